import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as pq
import yaml

from sitegen.build import build
from sitegen.check.catalogue import CATALOGUE
from sitegen.chunk import chunk_folder, in_form
from sitegen.cli import cli
from sitegen.config import Config
from sitegen.config.file import load_config

CHECKOUT = Path(__file__).parents[1]
DOCS = CHECKOUT / "docs"
_CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)+")
_REPORTING = frozenset({"Diagnostic", "report", "_report", "_say"})


def test_the_sample_dataset_is_up_to_date_with_the_docs():
    sample = pq.read_table(CHECKOUT / "sample" / "sitegen-docs.parquet").to_pylist()
    rows = chunk_folder(DOCS, url_root="", notices=[], keep_empty=False)
    wanted = in_form(tuple(rows), "seed")  # so that there is something to restore
    assert sample == wanted, "run: sitegen chunk docs -o sample/sitegen-docs.parquet --form seed"


def test_the_checkouts_own_configuration_builds_the_sample_without_warnings(tmp_path: Path):
    flags = {"output": tmp_path / "site", "jobs": 1, "cache": False}
    config = load_config(flags=flags, environ={}, cwd=CHECKOUT)
    result = build(config)
    assert [str(finding) for finding in result.diagnostics if finding.severity != "info"] == []
    assert result.report["pages"] == len(list(DOCS.rglob("*.md")))


def test_the_docs_build_as_a_folder_without_warnings(tmp_path: Path):
    result = build(Config(input=(str(DOCS),), output=tmp_path / "site", jobs=1))
    assert [str(finding) for finding in result.diagnostics] == []


def test_every_diagnostic_has_a_section_and_every_section_a_diagnostic():
    text = (DOCS / "diagnostics.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^### (.+)$", text, re.MULTILINE))
    sources = [path.read_text("utf-8") for path in sorted((CHECKOUT / "sitegen").rglob("*.py"))]
    reported = {code for source in sources for code in _codes(source)}
    assert reported - sections == set(), "codes without a section in docs/diagnostics.md"
    assert CATALOGUE.keys() == sections, "sitegen check knows other codes than the docs"
    gone = {code for code in sections if not any(f'"{code}"' in source for source in sources)}
    assert gone == set(), "sections of docs/diagnostics.md without a code"


def _codes(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            for argument in node.args if name in _REPORTING else ():
                value = getattr(argument, "value", None)
                if isinstance(value, str) and _CODE.fullmatch(value):
                    yield value


def test_every_yaml_and_toml_example_can_be_read():
    fence = re.compile(r"^```(yaml|toml)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
    for path in sorted(DOCS.rglob("*.md")):
        for kind, example in fence.findall(path.read_text(encoding="utf-8")):
            assert (yaml.safe_load if kind == "yaml" else tomllib.loads)(example), path.name


def test_every_command_and_its_options_are_documented():
    text = (DOCS / "cli.md").read_text(encoding="utf-8")
    for name, command in cli.commands.items():
        section = text.partition(f"## sitegen {name}\n")[2].partition("\n## ")[0]
        assert section, f"docs/cli.md has no section 'sitegen {name}'"
        for option in (each for parameter in command.params for each in parameter.opts):
            assert not option.startswith("-") or option in section, f"sitegen {name} {option}"


def test_every_key_of_the_configuration_is_documented():
    text = (DOCS / "configuration.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([\w.]+)`", text, re.MULTILINE))
    assert documented == set(_keys(Config()))


def _keys(value: object, at: str = "") -> Iterator[str]:
    for name in value.__struct_fields__:  # type: ignore[attr-defined]
        inner = getattr(value, name)
        if hasattr(inner, "__struct_fields__"):
            yield from _keys(inner, f"{at}{name}.")
        else:
            yield at + name

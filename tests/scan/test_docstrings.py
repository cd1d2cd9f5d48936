"""Docstrings: Google style with Markdown, read from text, markup and the sources of packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.file import load_config
from sitegen.errors import ConfigError, Diagnostic
from sitegen.model.objects import ApiDoc, ApiField, Documented
from sitegen.plan.api_source import read_docs
from sitegen.scan.docstrings import parse_google, parse_markup

GOOGLE = """Make an **X**.

    Args:
        size (`int`, *optional*, defaults to `max(1, 2)`):
            How large: in bytes.

            - a list
        **kwargs: Further ones.

        > For experts

        deep (`bool`): Whether.

    Returns:
        `List[int]`: the ids

    Raises:
        ValueError: if negative

    Example:

    ```py
    >>> X()
    ```
    """


def test_sections_are_taken_from_a_google_docstring_and_the_rest_is_markdown() -> None:
    text, sections = parse_google(GOOGLE)
    assert text.split("\n")[0] == "Make an **X**."
    assert text.endswith("Example:\n\n```py\n>>> X()\n```")
    assert [(s.title, [f.name for f in s.fields]) for s in sections] == [
        ("Parameters", ["size", "**kwargs"]),
        ("For experts", ["deep"]),
        ("Returns", [""]),
        ("Raises", ["ValueError"]),
    ]
    size = sections[0].fields[0]
    assert size.type == "`int`, *optional*, defaults to `max(1, 2)`"
    assert size.text == "How large: in bytes.\n\n- a list"
    assert sections[2].fields == (ApiField("", "`List[int]`", "the ids"),)


def test_a_header_without_body_is_text() -> None:
    assert parse_google("Returns:\n\nwhat it was given") == (
        "Returns:\n\nwhat it was given",
        (),
    )


def test_parameter_groups_of_the_markup_keep_their_titles() -> None:
    doc = parse_markup(
        "<name>lib.run</name><anchor>lib.run</anchor><parameters>no JSON</parameters>"
        "<paramsdesc>- **a** (`int`) -- one</paramsdesc><paramgroups>1</paramgroups>"
        "<paramsdesc1title>More</paramsdesc1title><paramsdesc1>- **b** -- two</paramsdesc1>"
    )
    assert doc is not None
    assert (doc.kind, doc.signature) == ("function", None)
    assert [(s.title, s.fields[0].name) for s in doc.sections] == [
        ("Parameters", "a"),
        ("More", "b"),
    ]


def test_markup_without_a_name_is_none_of_ours() -> None:
    assert parse_markup("words") is None


@pytest.fixture
def package(tmp_path: Path) -> Path:
    folder = tmp_path / "src" / "lib"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text("from lib.core import X, run\nraise SystemExit\n")
    (folder / "core.py").write_text(
        "class X:\n"
        '    """An X."""\n\n'
        "    def __init__(self, size: int = 1): ...\n\n"
        '    def go(self, *args):\n        """Go."""\n\n'
        "    def _hidden(self): ...\n\n"
        "    def __call__(self): ...\n\n"
        '    @property\n    def name(self) -> str:\n        """Its name."""\n\n'
        'def run(a, b=None):\n    """Run.\n\n    Args:\n        a: what\n    """\n'
    )
    return tmp_path / "src"


def docs(package: Path, *names: str) -> dict[str, ApiDoc]:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    objects = [Documented(name, "page", name) for name in names]
    return read_docs(objects, ["lib"], [package], [])


def test_docstrings_are_read_without_importing_the_package(package: Path) -> None:
    found = docs(package, "lib.X", "lib.X.__call__", "lib.run", "other.Y")
    assert list(found) == ["lib.X", "lib.run"]
    assert (found["lib.X"].kind, found["lib.X"].signature) == ("class", ("size: int = 1",))
    assert [(m.name, m.kind) for m in found["lib.X"].members] == [
        ("lib.X.go", "method"),
        ("lib.X.__call__", "method"),
        ("lib.X.name", "property"),
    ]
    assert found["lib.run"].signature == ("a", "b=None")
    assert found["lib.run"].sections[0].fields == (ApiField("a", "", "what"),)


def test_objects_that_the_sources_lack_are_counted_and_named(package: Path) -> None:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    notices: list[Diagnostic] = []
    assert read_docs([Documented("lib.Gone", "p", "lib.Gone")], ["lib"], [package], notices) == {}
    assert [notice.code for notice in notices] == ["api-unknown"]
    assert notices[0].message.endswith("not in the sources of lib: lib.Gone (page p)")


def test_a_package_that_is_not_there_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    with pytest.raises(ConfigError, match=r"api\.search_paths"):
        read_docs([], ["no_such_package_at_all"], [tmp_path], [])


def test_paths_of_the_configuration_count_from_its_file(tmp_path: Path) -> None:
    file = tmp_path / "sitegen.toml"
    (tmp_path / "src").mkdir()
    file.write_text(
        '[api]\npackages = "lib"\nsearch_paths = ["src"]\n'
        '[inventories]\n"https://x.example/" = "x.inv"\n'
    )
    config = load_config(file, environ={})
    assert config.api.packages == ("lib",)
    assert config.api.search_paths == (tmp_path / "src",)
    assert dict(config.inventories) == {"https://x.example/": str(tmp_path / "x.inv")}


def test_an_inventory_without_an_address_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "sitegen.toml"
    file.write_text('[inventories]\naccelerate = "x.inv"\n')
    with pytest.raises(ConfigError, match="'accelerate' is no https address"):
        load_config(file, environ={})

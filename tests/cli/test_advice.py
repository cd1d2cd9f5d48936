"""What a refusal of a dataset advises, done to the letter."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from itertools import product
from pathlib import Path

import pytest

from tests.examples import some

Run = Callable[..., tuple[int, str, str]]
Row = Mapping[str, object]
TEXT = "A pump moves water."

REFUSED: Mapping[str, tuple[Sequence[Row], Mapping[str, str]]] = {
    "no-names-at-all": (
        [{"body_of_it": TEXT, "origin": "docs/pump.md"}],
        {"text": "body_of_it", "source": "origin"},
    ),
    "no-text": (
        [{"said": TEXT, "source": "docs/pump.md"}],
        {"text": "said"},
    ),
    "ids-twice": (
        [
            {"text": TEXT, "source": "docs/pump.md", "id": "1"},
            {"text": "Stop it.", "source": "docs/pump.md", "id": "1"},
            {"text": "Dry it.", "source": "docs/pump.md", "id": "2"},
        ],
        {},
    ),
    "a-list-for-a-text": (
        [{"text": [1, 2], "said": TEXT, "source": "docs/pump.md"}],
        {"text": "said"},
    ),
}


@pytest.fixture
def refused(request: pytest.FixtureRequest, tmp_path: Path, run: Run) -> tuple[str, Path]:
    """The advice for a dataset, with the names that its reader knows, and the dataset."""
    rows, names = REFUSED[request.param]
    data = tmp_path / "d.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    code, _, said = run("build", "d.jsonl", "-o", "site", "--no-search")
    assert code == 1, said
    for ours, theirs in names.items():
        said = said.replace(f'{ours} = "NAME"', f'{ours} = "{theirs}"')
        said = said.replace(f"{ours}=NAME", f"{ours}={theirs}")
    return said, data


@pytest.mark.parametrize("refused", REFUSED, indirect=True)
def test_the_setting_that_a_refusal_advises_works(refused: tuple[str, Path], run: Run) -> None:
    said, data = refused
    (setting, *_) = re.findall(r"columns = \{[^}]*\}", said)
    (data.parent / "sitegen.toml").write_text(f"{setting}\n", "utf-8")
    code, _, said = run("build", "d.jsonl", "-o", "site", "--no-search")
    assert code == 0, said
    assert TEXT in (data.parent / "site" / "pump" / "index.html").read_text("utf-8")


@pytest.mark.parametrize("refused", ["no-names-at-all", "no-text"], indirect=True)
@pytest.mark.parametrize("command", ["build", "check", "inspect"])
def test_the_options_that_a_refusal_advises_work(
    refused: tuple[str, Path], run: Run, command: str
) -> None:
    said, _ = refused
    options = re.findall(r"--column \w+=\w+", said)
    assert options
    more = ("-o", "site", "--no-search") if command == "build" else ()
    words = [word for option in options for word in option.split()]
    code, _, said = run(command, "d.jsonl", *words, *more)
    assert code == 0, said


def test_a_name_that_is_nearly_right_is_told(tmp_path: Path, run: Run) -> None:
    row = {"text": TEXT, "source": "docs/pump.md", "pagetitle_": "Pumps"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    code, _, said = run("build", "d.jsonl", "--column", "title=pagetitle")
    assert code == 1
    (name,) = re.findall(r"did you mean '(\w+)'", said)
    code, _, said = run("build", "d.jsonl", "--column", f"title={name}", "-o", "s")
    assert code == 0, said


SETTINGS: Mapping[str, tuple[str, str]] = {
    'exclude = "["': ("exclude", "no ] closes"),
    'exclude = ["ok/", "a[b"]': ("'a[b'", "write it as in .gitignore"),
    "jobs = 100000": ("sitegen.toml:2: jobs must be", "to 1024, not 100000"),
    'toctree = "sub/no.yml"': ("sub/no.yml", "correct toctree"),
    'toctree = "tree.yml"': ("tree.yml: ", "did you mean 'trees.yml'?"),
    'redirects = "sub/no.yml"': ("sub/no.yml", "correct redirects"),
    '[theme]\nlogo = "sub/no.svg"': ("sub/no.svg", "correct theme.logo"),
    '[inventories]\n"https://a.org/" = "sub/no.inv"': ("sub/no.inv", "correct inventories"),
    '[feeds]\nprevious = "nope"': ("feeds.previous must be the folder of a build", "nope"),
    '[feeds]\nprevious = "docs"': ("feeds.previous must be the folder of a build", "docs"),
    '[publish]\ntarget = "foo:"': ("no publisher for 'foo:'", "known: file:, gh-pages:"),
    '[publish]\ntarget = "gh-page:"': ("no publisher for 'gh-page:'", "did you mean 'gh-pages:'?"),
    '[publish]\ntarget = "www"': ("no publisher for 'www'", "known: "),
    '[publish]\ntarget = "/srv/www"': ("no publisher for '/srv/www'", "file:///srv/www"),
    **{
        f'[publish.redirects]\n"{old}" = "{new}"': ("sitegen.toml:", said)
        for old, new, said in (
            ("a", "javascript:alert(1)", "'javascript:alert(1)'"),
            ("a", "//evil.example", "'//evil.example'"),
            ("../a", "b", "'../a'"),
            ("%2e%2e/a", "b", "'%2e%2e/a'"),
            ("a\\\\b", "b", "'a"),
            ("a?q=1", "b", "behind the ? of 'a?q=1'"),
            ("a", "", "not ''"),
        )
    },
}


@pytest.mark.parametrize("setting", SETTINGS)
def test_a_setting_that_cannot_be_is_named_with_what_to_do(
    tmp_path: Path, run: Run, setting: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "b.md").write_text(TEXT, "utf-8")
    (tmp_path / "trees.yml").write_text("[]", "utf-8")
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\n{setting}\n', "utf-8")
    for command in ("build", "check"):
        code, _, said = run(command)
        assert (code in {1, 2}, len(said.splitlines())) == (True, 1), said
        assert all(words in said for words in SETTINGS[setting]), said


LIBRARIES = [
    {"library": library, "source": source, "text": f"{head} {source} of {library}\n\n{TEXT}"}
    for library in ("alpha", "beta", "gamma")
    for source in ("index.md", "guide.md", "api.md")
    for head in ("#", "##")
]


@pytest.mark.parametrize("column", ["library", "Project", "set"])
@pytest.mark.parametrize("ids", [False, True])
def test_libraries_with_equal_sources_have_a_folder_each_as_is_advised(
    tmp_path: Path, run: Run, column: str, ids: bool
) -> None:
    rows = [
        {column if key == "library" else key: value for key, value in row.items()}
        | ({"id": f"{row['source']}_{row['text'].count('##')}"} if ids else {})
        for row in LIBRARIES
    ]
    (tmp_path / "d.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    code, _, said = run("build", "d.jsonl", "-v", "--no-search")
    assert code == int(ids)
    (setting, *_) = re.findall(r'columns = \{ folder = "\w+" \}', said)
    (tmp_path / "sitegen.toml").write_text(setting.replace("NAME", column) + "\n", "utf-8")
    code, _, said = run("build", "d.jsonl", "-v", "--no-search", "-o", "site")
    assert (code, "order-unknown" in said, "column-unused" in said) == (0, False, False), said
    assert "9 pages from 18 chunks" in said
    for library in ("alpha", "beta", "gamma"):
        page = (tmp_path / "site" / library / "guide" / "index.html").read_text("utf-8")
        assert f"guide.md of {library}" in page


@pytest.mark.parametrize("named", ["no/where.parquet", "no/*.parquet", "../no"])
@pytest.mark.parametrize("command", ["build", "check", "inspect", "init"])
def test_an_input_that_is_not_there_is_called_as_it_was_named(
    tmp_path: Path, run: Run, named: str, command: str
) -> None:
    (tmp_path / "no").mkdir()
    code, _, said = run(command, named)
    assert (code, said.partition(":")[2].partition(": ")[0].strip()) == (1, named)
    assert str(tmp_path) not in said


def test_columns_of_markdown_are_a_warning(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(TEXT, "utf-8")
    code, said, _ = run("check", "docs", "--column", "text=body")
    assert "`columns` names columns, and the input is Markdown" in said
    (tmp_path / "d.jsonl").write_text(json.dumps({"body": TEXT, "source": "b.md"}), "utf-8")
    code, said, _ = run("check", "docs", "d.jsonl", "--column", "text=body")
    assert (code, "which has none" in said) == (0, False)


def test_a_cache_that_cannot_be_written_is_told_and_the_site_is_built(
    tmp_path: Path, run: Run
) -> None:
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "file").write_text("", "utf-8")
    (tmp_path / "sitegen.toml").write_text('cache = "file"', "utf-8")
    code, _, said = run("build", "a.md", "--no-search")
    assert (code, "note: file cannot be written, so the next build starts anew" in said) == (
        0,
        True,
    )
    (tmp_path / "sitegen.toml").write_text('cache = "fine"', "utf-8")
    code, _, said = run("build", "a.md", "--no-search")
    assert (code, "note" in said) == (0, False)


@pytest.mark.parametrize(
    "command", ["build", "check", "inspect", "init", "chunk", "toctree", "serve"]
)
def test_a_file_is_named_as_it_opens_from_here(tmp_path: Path, run: Run, command: str) -> None:
    (tmp_path / "docs" / "in").mkdir(parents=True)
    (tmp_path / "docs" / "in" / "wide.md").write_text("# Wide\n\nText.\n", "utf-16")
    if command == "serve":  # it goes on until the file is as it must be
        code, _, said = run("serve", "docz", "--port", "0")
        assert (code, said) == (1, "error: docz: no such file or folder - did you mean 'docs'?\n")
        return
    code, _, said = run(command, "docs", *(("-o", "x.parquet") if command == "chunk" else ()))
    assert (code, said) == (1, "error: docs/in/wide.md: the text is UTF-16 - save it as UTF-8\n")


def test_a_folder_of_two_kinds_says_how_to_leave_one_out(tmp_path: Path, run: Run) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "docs" / "broken.parquet").write_bytes(b"PAR1")
    code, _, said = run("init", "docs")
    assert code == 1
    (line,) = re.findall(r"a line such as (\S+) in \.sitegenignore", said)
    (tmp_path / "docs" / ".sitegenignore").write_text(f"{line}\n", "utf-8")
    assert run("init", "docs")[0] == 0
    assert run("build", "--no-search")[0] == 0


def test_a_publish_that_names_no_file_says_so(tmp_path: Path, run: Run) -> None:
    (tmp_path / "a.md").write_text(TEXT, "utf-8")
    assert run("build", "a.md", "--no-search")[0] == 0
    for target in ("zip:", "zip:build"):
        code, _, said = run("publish", target)
        assert (code, "write zip:site.zip" in said) == (2, True), said


@pytest.mark.parametrize("command", ["build", "check", "config", "serve", "inspect"])
def test_a_configuration_that_is_not_there_is_named_with_what_to_do(
    tmp_path: Path, run: Run, command: str
) -> None:
    code, _, said = run(command, "-c", "nope.toml")
    assert (code, said.splitlines()) == (
        2,
        ["error: config file 'nope.toml' does not exist - correct --config, or write one with "
         "sitegen init"],
    )  # fmt: skip
    (tmp_path / "folder").mkdir()
    code, _, said = run(command, "-c", "folder")
    assert (code, "'folder' cannot be read: Is a directory" in said) == (2, True)


PLACES = (
    'toctree = "it.svg"',
    'redirects = "it.svg"',
    '[theme]\nlogo = "it.svg"',
    '[inventories]\n"https://a.org/" = "it.svg"',
    '[check]\nbaseline = "it.svg"',
    '[version]\nname = "1"\nbefore = "it.svg"',
    '[theme]\ntemplates = "th"',
    "",
)


@pytest.mark.integration
@pytest.mark.parametrize(
    ("setting", "kind"), some([*product(PLACES, ("pipe", "device", "folder"))], least=8)
)
def test_a_pipe_or_a_device_in_the_place_of_a_file_holds_nobody(
    tmp_path: Path, setting: str, kind: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "a.md").write_text(TEXT, "utf-8")
    (tmp_path / "sitegen.toml").write_text(f'input = "docs"\n{setting}\n', "utf-8")
    (tmp_path / "th").mkdir()
    named = "it.svg" if setting else "docs/.sitegenignore"
    place = tmp_path / ("th/page.html" if "th" in setting.split('"') else named)
    if kind == "pipe":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    else:
        place.symlink_to("/dev/zero")
    command = [sys.executable, "-m", "sitegen", "build", "--no-search"]
    done = subprocess.run(
        command, cwd=tmp_path, capture_output=True, text=True, timeout=30, check=False
    )
    # What an earlier build said is a help, and no need; for a template that is none there is ours.
    if "before" in setting or "templates" in setting:
        assert done.returncode == 0
        return
    assert done.returncode in {1, 2}, done.stderr
    assert len(done.stderr.splitlines()) == 1, done.stderr
    assert done.stderr.startswith("error: ")

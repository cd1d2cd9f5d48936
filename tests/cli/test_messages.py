"""What is wrong with a project's files is told with a place that opens, and what to write."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _project(tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide").mkdir(parents=True)
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nSee [setup](guide/setup.md).\n")
    (tmp_path / "docs" / "guide" / "setup.md").write_text("# Setup\n\nWords of a page.\n")


def test_each_fault_of_a_configuration_says_its_line(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text(
        'input = "docs"\ntitel = "x"\nexclude = [\n  "jobs = 3",\n]\n\n[check]\nbasline = "b"\n'
        '[theme.strings.de]\n"Serach" = "Suche"\n'
    )
    code, _, said = run("build")
    assert (code, said.splitlines()) == (
        2,
        [
            "error: sitegen.toml:2: unknown key 'titel': did you mean 'title'?; line 8: unknown "
            "key 'check.basline': did you mean 'baseline'?; line 10: unknown phrase 'Serach' in "
            "theme.strings.de: did you mean 'Search'?"
        ],
    )


def test_a_fault_in_a_pyproject_says_its_line(run: Run, tmp_path: Path) -> None:
    text = '[project]\nname = "x"\n[tool.sitegen]\ninput = "docs"\njobs = "two"\n'
    (tmp_path / "pyproject.toml").write_text(text)
    assert "error: pyproject.toml:5: jobs must be a whole number, not 'two'" in run("build")[2]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("input = docs\n", 'that is no value - put quotes around a text: key = "value"'),
        ('input = "docs\ntitle = "x"\n', "a text goes on in the next line - end it with a quote"),
        ('input = "C:\\docs"\n', "a \\ in a text stands alone - write / or \\\\"),
        ("[check]\n[check]\n", "the table is there already - write what is below it there"),
        ('input "docs"\n', 'there is no = behind a key - write key = "value"'),
        ('input = ["docs"\n', "a list never ends - write ] behind it"),
    ],
)
def test_what_is_no_toml_is_said_in_words_of_people(
    run: Run, tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "sitegen.toml").write_text(text)
    code, _, told = run("build")
    assert code == 2
    assert told.startswith("error: sitegen.toml:")
    assert said in told
    assert "\\n" not in told


def test_a_configuration_of_another_encoding_is_told_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_bytes('input = "docs"\ntitle = "é"\n'.encode("latin-1"))
    assert run("build")[2] == "error: sitegen.toml:2: not UTF-8 - save the file as UTF-8\n"
    (tmp_path / "sitegen.toml").write_bytes(b'\xef\xbb\xbfinput = "docs"\n')
    assert run("build")[0] == 0


@pytest.mark.parametrize("name", ["sitegen.tml", "Sitegen.toml", "sitegen.yml"])
def test_a_configuration_of_another_name_is_named(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text('input = "docs"\n')
    if (tmp_path / "sitegen.toml").exists():
        return  # a disk that knows no letter case
    code, _, said = run("build")
    assert (code, f"of the settings, did you mean {name!r}?" in said) == (2, True)


def test_an_address_with_one_slash_is_no_file(run: Run) -> None:
    said = run("build", "https:/host.org/data.jsonl")[2]
    assert "did you mean 'https://host.org/data.jsonl'?" in said
    code, _, said = run("build", "docs", "-o", "s3:/bucket/site")
    assert (code, "must look like s3://bucket/folder" in said) == (2, True)


def test_a_table_is_no_variable(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("SITEGEN_COLUMNS", "SITEGEN_THEME", "SITEGEN_VERSIONS"):
        monkeypatch.setenv(name, "x")
        code, _, said = run("build", "docs")
        assert (code, f"{name} is no setting: only a file holds a table" in said) == (2, True)
        monkeypatch.delenv(name)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["check", "docs", "--format", "srif"], "'srif' is none: did you mean 'sarif'?"),
        (["check", "docs", "--level", "warn"], "'warn' is none: did you mean 'warning'?"),
        (["completion", "zhs"], "'zhs' is none: did you mean 'zsh'?"),
        (["publish", "gh-pages"], "did you mean 'gh-pages:'?"),
        (
            ["publish", "https://github.com/you/project.git"],
            "write git+https://github.com/you/project.git#gh-pages",
        ),
    ],
)
def test_a_word_that_is_none_of_a_few_is_told_which_is_near(
    run: Run, arguments: list[str], said: str
) -> None:
    code, _, told = run(*arguments)
    assert (code, said in told) == (2, True), told


def test_redirects_that_lead_nowhere_are_told_what_may_be_meant(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "_redirects.yml").write_text("old: guide/setpu\na: b\nb: a\n")
    lines = run("build", "docs", "-v")[2].splitlines()
    at = lines.index("warning: 'old' leads to 'guide/setpu', which is no page [redirect-target]")
    assert lines[at + 1 : at + 3] == [
        "  --> docs/_redirects.yml:1",
        "  help: did you mean 'guide/setup'?",
    ]
    assert "warning: 'a' leads in a circle by 'b' [redirect-target]" in lines
    (tmp_path / "docs" / "_redirects.yml").write_text("# old ones\n- old: guide/setup\n")
    said = run("build", "docs")[2]
    assert said.startswith("error: docs/_redirects.yml:2: redirects are a mapping")
    assert "write a line for each, `old/page: new/page`" in said


@pytest.mark.parametrize("name", ["_toctree.yml", "_redirects.yml"])
def test_yaml_of_another_encoding_is_told_what_to_do(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "docs" / name).write_bytes("# ok\n- local: é\n".encode("latin-1"))
    assert "is not UTF-8 - save the file as UTF-8" in (said := run("build", "docs")[2])
    assert f"error: docs/{name}:2: " in said


def test_keys_of_front_matter_that_are_nearly_right_are_told(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "a.md").write_text("---\ntilte: A\ntags: x\nordr: 2\n---\n# A\n")
    said = run("build", "docs", "-v")[2]
    assert "help: 'ordr': did you mean 'order'?; 'tilte': did you mean 'title'?\n" in said


def test_a_folder_of_drafts_says_so(run: Run, tmp_path: Path) -> None:
    for page in ("index", "guide/setup"):
        (tmp_path / "docs" / f"{page}.md").write_text("---\ndraft: true\n---\n# A\n")
    said = run("build", "docs")[2]
    assert "no pages: all are drafts - remove `draft` from one" in said


def test_a_dataset_that_is_not_there_is_named_as_it_was_given(run: Run, tmp_path: Path) -> None:
    (tmp_path / "old.jsonl").write_text('{"text": "# A", "source": "a.md"}\n')
    code, _, said = run("diff", "old.jsonl", "nwe.jsonl")
    assert (code, said.partition(" - ")[0]) == (1, "error: nwe.jsonl: no such file or folder")


def test_a_column_that_no_page_can_be_without_cannot_be_left_out(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.jsonl").write_text('{"text": "# A", "source": "a.md"}\n')
    said = run("build", "d.jsonl", "--column", "source=false")[2]
    assert "no page can be made without source" in said
    assert "did you mean" not in said


def test_a_text_of_json_that_is_broken_says_where(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.json").write_text('{"text": "a",\n "source": x}')
    said = run("build", "d.json")[2]
    assert "not valid JSON: Expecting value in line 2, column 12" in said
    assert "(char" not in said

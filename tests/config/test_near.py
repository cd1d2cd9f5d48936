"""What is nearly right is told what it may be, by the name under which it was given."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture(autouse=True)
def _project(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text("# Guide\n\nWords enough for a page of a site.\n")
    (tmp_path / "docs" / "_toctree.yml").write_text("- local: guide\n")
    (tmp_path / "sitegen.toml").write_text("jobs = 1\n")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["doc"], "error: doc: no such file or folder - did you mean 'docs'?\n"),
        (
            ["docs/guid.md"],
            "error: docs/guid.md: no such file or folder - did you mean 'docs/guide.md'?",
        ),
        (["docs", "--toctree", "docs/_toctre.yml"], "error: docs/_toctre.yml: the toctree cannot"),
        (["docs", "-c", "sitgen.toml"], "does not exist - did you mean 'sitegen.toml'?"),
        (["docs", "--base-url", "foo"], "error: --base-url must look like https://host/path/"),
        (["docs", "--language", "zz-zz"], "error: --language must be a tag such as en or pt-BR"),
        (["docs", "--language", "english"], "error: --language must be a tag"),
    ],
)
def test_an_argument_that_cannot_be_is_told_what_it_must_be(
    run: Run, arguments: list[str], said: str
) -> None:
    code, out, err = run("build", *arguments)
    assert code in {1, 2}
    assert out == ""
    assert said in err


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("SITEGEN_TITEL", "x", "SITEGEN_TITEL is no setting: did you mean SITEGEN_TITLE?"),
        ("SITEGEN_BASE_URL", "foo", "error: SITEGEN_BASE_URL must look like"),
        ("SITEGEN_CONFIG", "x.toml", "SITEGEN_CONFIG is no setting: name the file by --config"),
        ("SITEGEN_THEME_LOGO", "x", "SITEGEN_THEME_LOGO is no setting: only a file holds"),
        ("SITEGEN_LANGUAGE", "zz", "error: SITEGEN_LANGUAGE must be a tag"),
    ],
)
def test_a_variable_that_cannot_be_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, name: str, value: str, said: str
) -> None:
    monkeypatch.setenv(name, value)
    code, _, err = run("build", "docs")
    assert code == 2
    assert said in err


def test_a_variable_of_somebody_else_is_left_alone(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SITEGEN_ROOM", "x")
    assert run("build", "docs")[0] == 0


def test_a_key_that_cannot_be_is_named_with_its_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('language = "zz"\n')
    assert "error: sitegen.toml:1: language must be a tag" in run("build", "docs")[2]


@pytest.mark.parametrize("tag", ["en", "pt-BR", "zh_Hans", "tlh", "EN-gb", "sr-Latn-RS"])
def test_any_tag_of_a_language_may_be_given(run: Run, tag: str) -> None:
    assert run("build", "docs", "--language", tag)[0] == 0


def test_the_page_that_an_entry_of_the_toctree_means_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "_toctree.yml").write_text("- local: giude\n- local: guide\n")
    err = run("build", "docs", "-v")[2]
    assert "--> docs/_toctree.yml:1\n  help: did you mean 'guide'?" in err


def test_what_is_wrong_with_yaml_is_one_line_with_its_place(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "_redirects.yml").write_text("a: b\nc: [\n")
    err = run("build", "docs")[2]
    assert err.startswith("error: docs/_redirects.yml:3: the redirects are not valid YAML: ")
    assert err.count("\n") == 1
    assert "\\n" not in err


def test_what_stands_on_two_lines_is_shown_on_one(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs" / "guide.md").write_text(
        "# Guide\n\n**Words\nthat **are not\nstrong** at all.\n\n[a link\nof two](some where.md)\n"
    )
    err = run("build", "docs", "-v")[2]
    assert "warning: " in err
    assert "\\n" not in err
    assert "\\x00" not in err

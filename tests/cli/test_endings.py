"""A command that ends with a code of its own says what for, and what it has written."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]
WHY = "2 warnings (link-file 1, link-page 1); --strict ends with 3"


@pytest.fixture(autouse=True)
def _project(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    words = "Words enough for a page of a site that a check lets be as it is."
    (tmp_path / "docs" / "index.md").write_text(f"# Home\n\n{words}\n\n[a](no.md) ![](no.png)\n")


@pytest.mark.parametrize(
    "command",
    [
        ("build", "docs"),
        ("build", "docs", "-q"),
        ("check", "docs"),
        ("check", "docs", "--level", "error"),
        ("check", "docs", "-o", "found.sarif", "--format", "sarif"),
    ],
)
def test_what_ends_a_strict_command_is_said_in_its_last_line(
    run: Run, command: tuple[str, ...]
) -> None:
    code, _, said = run(*command, "--strict")
    assert (code, said.splitlines()[-1]) == (3, WHY)
    code, _, said = run(*command)
    assert (code, WHY in said) == (0, False)


def test_errors_end_a_strict_command_and_are_counted_too(run: Run, tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('input = "docs"\n[check.rules]\nlink-file = "error"\n')
    for command in ("build", "check"):
        code, _, said = run(command, "--strict")
        end = "1 error, 1 warning (link-file 1, link-page 1); --strict ends with 3"
        assert (code, said.splitlines()[-1]) == (3, end)
        assert run(command)[0] == 1


def test_a_baseline_that_is_written_says_so_and_one_that_is_missing_how(
    run: Run, tmp_path: Path
) -> None:
    (tmp_path / "ci").mkdir()
    (tmp_path / "sitegen.toml").write_text('input = "docs"\n[check]\nbaseline = "ci/known.json"\n')
    for command in ("build", "check"):
        code, _, said = run(command, "--strict")
        assert (code, said.partition(": ")[2].partition(":")[0]) == (2, "ci/known.json")
        advised = said[said.index("sitegen check") :].split()[1:]
    code, _, said = run(*advised)
    assert (code, "ci/known.json written: 2 findings known from now on" in said) == (0, True)
    for command in ("build", "check"):
        assert run(command, "--strict")[0] == 0


def test_findings_for_programs_say_what_to_do_in_builds_too(run: Run) -> None:
    found = json.loads(run("build", "docs", "--json")[1])["diagnostics"]
    assert [(each["code"], each["help"]) for each in found] == [
        ("link-page", "correct the link, or add the page"),
        ("link-file", "add the file, or write its full address"),
    ]

"""Commands and outputs of the README and the docs: each can be given, those of tasks are run."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import click
import pytest

from sitegen.cli import cli

Run = Callable[..., tuple[int, str, str]]
CHECKOUT = Path(__file__).parents[1]
PAGES = [CHECKOUT / "README.md", *sorted((CHECKOUT / "docs").rglob("*.md"))]
TASKS = sorted((CHECKOUT / "docs" / "tasks").glob("*.md"))
_FENCE = re.compile(
    r"^```(\w*)(?: title=\"([^\"]+)\")?[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL
)
_CALL = re.compile(r"^.*?(?:\.venv/bin/)?\bsitegen (?=[a-z-])")
_SYNOPSIS = re.compile(r"[\[|<]|\.\.\.|\bTARGET\b")
_ELSEWHERE = re.compile(r"sitegen (?:serve|verify)|(?:hf|s3|gs)://")  # no end, or no network here


def commands(text: str) -> Iterator[str]:
    """Yield the lines of shell examples that call sitegen."""
    for kind, _, body in _FENCE.findall(text):
        if kind == "bash":
            lines = body.replace("\\\n", " ").splitlines()
            calls = (_CALL.sub("sitegen ", line) for line in lines)
            yield from (call for call in calls if call.startswith("sitegen "))


def arguments(command: str) -> list[str]:
    return shlex.split(re.split(r" (?:#|>|\||&&)", command)[0])[1:]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(CHECKOUT).as_posix())
def test_every_command_of_the_docs_can_be_given(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for command in commands(page.read_text("utf-8")):
        name, *rest = arguments(command) or [""]
        if _SYNOPSIS.search(command) or name.startswith("-"):
            continue
        for each in rest:
            if each.endswith(".py"):
                Path(each).write_text("")
        found = cli.get_command(click.Context(cli), name)
        assert found is not None, command
        found.make_context(name, rest)


def projects(text: str) -> Iterator[str]:
    """Yield what is done in one project: all of a page, or each section that has all it needs."""
    sections = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    doing = [section for section in sections if any(commands(section))]
    if all(title for section in doing for title in [re.search(r"^```\w+ title=", section, re.M)]):
        yield from doing
    else:
        yield text


def plain(said: str) -> list[str]:
    """What a command says, without what differs from one machine to another."""
    said = re.sub(r"in [\d.]+ s \([\d,]+ files", "in N s (N files", said)
    return [line.rstrip() for line in said.splitlines() if line.strip()]


@pytest.mark.integration
@pytest.mark.parametrize("page", TASKS, ids=lambda page: page.stem)
def test_a_task_comes_out_as_it_says(run: Run, page: Path, tmp_path: Path) -> None:
    for number, text in enumerate(projects(page.read_text("utf-8"))):
        origin, project = tmp_path / f"{number}.git", tmp_path / str(number)
        for folder, options in ((origin, ["--bare"]), (project, ["-b", "main"])):
            subprocess.run(["git", "init", "-q", *options, str(folder)], check=True)
        subprocess.run(
            ["git", "-C", str(project), "remote", "add", "origin", str(origin)], check=True
        )
        os.chdir(project)
        said: list[str] = []
        for kind, title, body in _FENCE.findall(text):
            if title:
                Path(title).parent.mkdir(parents=True, exist_ok=True)
                Path(title).write_text(body)
            elif kind == "bash":
                called = [c for c in commands(f"```bash\n{body}```\n") if not _ELSEWHERE.search(c)]
                answers = [run(*arguments(command)) for command in called]
                assert [code for code, _, _ in answers] == [0] * len(called), answers
                said = plain("\n".join(out + "\n" + err for _, out, err in answers))
            elif kind == "out":
                missing = [line for line in plain(body) if line not in said]
                assert missing == [], said

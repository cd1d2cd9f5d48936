"""What CONTRIBUTING and the recipes tell to do, done to the letter in a fresh checkout."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

pytestmark = pytest.mark.network  # each is followed in a checkout of its own

CHECKOUT = Path(__file__).parents[1]
_FENCE = re.compile(r'^```(\w+)(?: title="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
_KEPT = ("sitegen", "templates", "static", "docs", "sample", "pyproject.toml", "sitegen.toml")
_TESTS = ("conftest.py", "examples.py", "s3.py", "test_docs.py", "config/test_schema.py")
_ALONE = """#!/bin/sh
PYTHONPATH={checkout} exec {python} -P "$@"
"""


@dataclass(frozen=True)
class Recipe:
    """A section that tells how to add something: its blocks in order."""

    name: str
    blocks: tuple[tuple[str, str, str], ...]


def recipes() -> Iterator[Recipe]:
    for file in (CHECKOUT / "CONTRIBUTING.md", CHECKOUT / "docs/recipes.md"):
        for section in file.read_text("utf-8").split("\n## ")[1:]:
            blocks = tuple(match.groups() for match in _FENCE.finditer(section))
            if any(title for _, title, _ in blocks):
                yield Recipe(section.partition("\n")[0], blocks)


def changed(file: Path, diff: str) -> None:
    """Put the lines of a difference where those around them stand, once."""
    lines = diff.splitlines(keepends=True)
    old = "".join(line[1:] or "\n" for line in lines if line[0] in " -\n")
    new = "".join(line[1:] or "\n" for line in lines if line[0] in " +\n")
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name} holds these lines {text.count(old)} times:\n{old}"
    file.write_text(text.replace(old, new), "utf-8")


def appended(file: Path, block: str) -> None:
    gap = "\n\n" if file.suffix == ".py" and file.exists() else ""
    before = file.read_text("utf-8") if file.exists() else ""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{before}{gap}{block}", "utf-8")


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    """A checkout of its own, whose `.venv` is ours with this checkout in front."""
    folder = tmp_path / "checkout"
    ignore = shutil.ignore_patterns("__pycache__")
    for name in _KEPT:
        source = CHECKOUT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignore)
        else:
            shutil.copy(source, folder / name)
    (folder / "tests/config").mkdir(parents=True)
    (folder / "tests/render/components").mkdir(parents=True)
    for name in _TESTS:
        shutil.copy(CHECKOUT / "tests" / name, folder / "tests" / name)
    programs = folder / ".venv/bin"
    programs.mkdir(parents=True)
    alone = _ALONE.format(checkout=folder, python=sys.executable)
    for name, text in {
        "python": alone,
        "sitegen": alone.replace(' "$@"', ' -m sitegen "$@"'),
    }.items():
        (programs / name).write_text(text)
        (programs / name).chmod(0o755)
    return folder


def test_there_is_a_recipe_for_each_part_of_the_house() -> None:
    assert [recipe.name for recipe in recipes()] == [
        *("Add a component", "A reader", "A check", "A feed", "A publisher"),
        "A configuration key",
    ]


@pytest.mark.parametrize("recipe", [pytest.param(each, id=each.name) for each in recipes()])
def test_a_recipe_works_as_it_is_written(recipe: Recipe, fresh: Path) -> None:
    for language, title, block in recipe.blocks:
        if language == "diff":
            changed(fresh / title, block)
        elif title:
            appended(fresh / title, block)
    for command in (block for language, _, block in recipe.blocks if language == "bash"):
        done = subprocess.run(
            ["bash", "-eo", "pipefail", "-c", command],
            cwd=fresh,
            env={
                **{
                    name: os.environ[name]
                    for name in ("PATH", "HOME", "LANG")
                    if name in os.environ
                },
                "PYTEST_DEBUG_TEMPROOT": str(fresh.parent),  # others clean up the usual one
            },
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"

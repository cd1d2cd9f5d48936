"""Links of the file system that lead in circles, wherever a command is given a path."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def circle(tmp_path: Path) -> Path:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A\n\nWords.\n")
    (tmp_path / "docs" / "circle").symlink_to("circle")
    (tmp_path / "circle").symlink_to("circle")
    return tmp_path


def test_a_circle_in_the_folder_is_left_out_and_told(run: Run, circle: Path) -> None:
    code, _, said = run("build", "docs", "--no-search", "-v")
    assert code == 0
    assert "docs/circle" in said
    assert (circle / "build" / "index.html").is_file()


@pytest.mark.parametrize(
    "command",
    [
        ("build", "circle"),
        ("check", "circle"),
        ("inspect", "circle"),
        ("toctree", "circle"),
        ("build", "docs", "-o", "circle"),
        ("build", "docs", "-o", "circle/site"),
        ("build", "docs", "--toctree", "circle"),
        ("chunk", "docs", "-o", "circle/a.parquet"),
        ("diff", "circle", "docs"),
    ],
)
def test_a_circle_that_a_command_is_given_is_an_error_of_a_line(
    run: Run, circle: Path, command: tuple[str, ...]
) -> None:
    code, _, said = run(*command)
    assert code in {1, 2, 4}  # wrong, or not to be written
    assert said.startswith("error: ")
    assert "circle" in said
    assert "Traceback" not in said

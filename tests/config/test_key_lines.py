"""In which line of a configuration file the key stands that a fault is of."""

from __future__ import annotations

import pytest

from sitegen.config.key_lines import line_of
from tests.tempo import within

TEXT = '# a note\n[ build ]\r\njobs = 1\n\n[[ theme . links ]]\n"text"  = 1\n[a."b"]\nc.d = 1\n'


@pytest.mark.parametrize(
    ("fault", "line"),
    [
        ("build must be a table", 2),
        ("build.jobs must be a number", 3),
        ("theme.links[1] lacks a name", 5),
        ("theme.links[1].text must be a text", 6),
        ("a.b.c.d is unknown", 8),
        ("other is unknown", None),
    ],
)
def test_blanks_and_quotes_are_no_part_of_a_name(fault: str, line: int | None) -> None:
    assert line_of(fault, TEXT) == line


@pytest.mark.parametrize("line", [f"[ x {' ' * 2_000} x", f"a{' ' * 20_000}", f"[[{' ' * 2_000}"])
def test_blanks_without_an_end_take_no_time(line: str) -> None:
    with within(1):
        assert line_of("b must be a text", f"{line}\nb = 1\n") == 2

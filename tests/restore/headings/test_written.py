"""Headings that texts kept."""

from __future__ import annotations

import pytest

from sitegen.restore.headings.written import opening_heading, own_headings
from tests.tempo import within


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## Pumps\n\nText.", 0),
        ("<!-- note -->\n\n## Pumps", 2),
        ("Text.\n\n## Pumps", None),
        ("Text.\n\n## Pumps\n\n# Valves", 4),
        ("# ![](a.png)\n\n## Pumps", None),
        ("Text.", None),
    ],
)
def test_a_text_opens_with_its_heading_of_level_1_or_one_that_nothing_stands_above(
    text: str, line: int | None
) -> None:
    lines = text.split("\n")
    assert opening_heading(lines, own_headings(text, lines), len(lines)) == line


def test_a_page_of_many_headings_below_a_text_is_not_looked_through_for_each_of_them() -> None:
    lines = ["Text.", *(line for n in range(40_000) for line in ("", f"## Row {n}", "", "Text."))]
    own = own_headings("\n".join(lines), lines)
    with within(1.5):
        assert opening_heading(lines, own, len(lines)) is None

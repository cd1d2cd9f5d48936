"""Headings that columns name, where the texts of a page hold some of them."""

from __future__ import annotations

import pytest

from tests.assemble.chunks import chunk, put_together


@pytest.mark.parametrize(
    ("above", "path"),
    [
        ("# Ways\n\n## On/off switches\n\nx", ("Ways", "On", "off switches")),
        ("# A / B\n\n## C/D/E\n\nx", ("A", "B", "C", "D", "E")),
        ("# On\n\n## Off\n\nx", ("On", "Off")),
    ],
    ids=["one", "all", "none"],
)
def test_a_heading_that_a_path_takes_apart_at_its_slashes_is_not_written_again(
    above: str, path: tuple[str, ...]
) -> None:
    headings = tuple((words, level) for level, words in enumerate(path, start=1))
    rows = [chunk("a.md", above), chunk("a.md", "### Next\n\nText.", headings=headings, row=1)]
    (document,) = put_together(rows)[0].documents
    assert [section.headings for section in document.sections] == [(), ()]


def test_a_heading_below_one_with_slashes_has_the_level_that_it_has_without_them() -> None:
    headings = (("On", 1), ("off", 2), ("Details", 3))
    rows = [chunk("a.md", "# On/off\n\nx"), chunk("a.md", "Text.", headings=headings, row=1)]
    (document,) = put_together(rows)[0].documents
    assert document.sections[1].headings == (("Details", 2),)

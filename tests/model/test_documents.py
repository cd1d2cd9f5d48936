"""The parts of a document that come from its chunks."""

from __future__ import annotations

from sitegen.model import Document, Section


def _sections(*places: tuple[int, int]) -> tuple[Section, ...]:
    return tuple(
        Section(line, "", f"0_{number}", "f", number, column=column)
        for number, (line, column) in enumerate(places)
    )


def test_chunks_that_share_lines_have_their_own_parts_of_them() -> None:
    text = "one two three\nfour\nfive six"
    document = Document("page", "page.md", text, _sections((0, 0), (0, 4), (0, 8), (2, 5)))
    assert [part for _, part, _ in document.parts()] == [
        "one ",
        "two ",
        "three\nfour\nfive ",
        "six",
    ]


def test_a_line_of_very_many_chunks_is_parted_in_one_go() -> None:
    count = 40_000
    text = "".join(f"{number:>9} " for number in range(count))
    places = [(0, 10 * number) for number in range(count)]
    document = Document("page", "page.md", text, _sections(*places))
    parts = [part for _, part, _ in document.parts()]
    assert parts[0] == f"{0:>9} "
    assert "".join(parts) == text

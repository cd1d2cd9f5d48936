"""Lines that count each text among those of its page."""

from __future__ import annotations

import pytest

from tests.assemble.chunks import chunk, put_together

TEXTS = ("# Pumps\n\nA pump moves water.", "It stops when it is told.")


def page(*texts: str) -> str:
    rows = [chunk("docs/start.md", text, row=n) for n, text in enumerate(texts)]
    return next(iter(put_together(rows)[0].documents)).text


@pytest.mark.parametrize(
    "form",
    [
        *("{text}\n\n(chunk {n})", "[part {n}/2]\n{text}", "{text}\n[Part {n} of 2]"),
        *("--- Chunk {n} of 2 ---\n{text}", "{text}\n\n**Chunk #{n}**", "# Chunk {n}\n\n{text}"),
    ],
)
def test_a_line_that_counts_all_texts_of_a_page_is_taken_off(form: str) -> None:
    texts = [form.format(text=text, n=n) for n, text in enumerate(TEXTS, start=1)]
    assert page(*texts) == page(*TEXTS)


@pytest.mark.parametrize(
    "texts",
    [
        ("Part 1\n\nA pump moves water.", "Part 3\n\nIt stops."),
        ("Part 1\n\nA pump moves water.", "It stops."),
        ("Part 1\n\nA pump moves water.",),
        ("Parts 1\n\nA pump moves water.", "Parts 2\n\nIt stops."),
        ("## Part 1\n\nA pump moves water.", "## Part 2\n\nIt stops."),
        ("## Part 1 of 2\n\nA pump moves water.", "## Part 2 of 2\n\nIt stops."),
        ("Part 1\n\nA pump moves water.", "Part 2\n\nIt stops."),
        ("Part 1 of 5\n\nA pump moves water.", "Part 2 of 5\n\nIt stops."),
        ("Chunk 1", "Chunk 2"),
    ],
    ids=[
        *("not-in-a-row", "not-all", "one", "another-word"),
        *("heading", "heading-of-all", "parts", "more-than-rows", "nothing-else"),
    ],
)
def test_other_lines_with_numbers_stay(texts: tuple[str, ...]) -> None:
    shown = page(*texts)
    assert all(line in shown for text in texts for line in text.split("\n"))

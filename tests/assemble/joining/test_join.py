from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.assemble import assemble
from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.outline import headings_above
from sitegen.model import Chunk, Document, Seam
from sitegen.scan.overlap import shared

NO_HABITS = Habits()
PAGE = """\
# Pumps

A pump moves water from a low place to a high one and does not stop.

| Pump | Power |
| --- | --- |
| small | 1 kW |
| large | 9 kW |

- oil
- grease

```python
def start(pump):
    pump.open()

    return pump.run()
```

<div class="note">
Keep dry.
</div>

Done.
"""

texts = st.text(st.sampled_from("ab .#`|-\n"), min_size=1, max_size=80).filter(str.strip)
pages = st.one_of(st.just(PAGE), texts)


def joined(chunks: Sequence[Chunk], habits: Habits = NO_HABITS) -> str:
    return join_chunks(chunks, headings_above(chunks, habits), habits).text


def document(texts: Sequence[str], **more: object) -> Document:
    chunks = [Chunk("a.md", text, "d.jsonl", row, **more) for row, text in enumerate(texts)]
    (made,) = assemble(chunks, []).documents
    return made


def pieces(text: str, cuts: Sequence[int], overlap: int = 0) -> list[tuple[int, int]]:
    bounds = sorted({0, len(text), *(cut % len(text) for cut in cuts)})
    return [(max(begin - overlap, 0), end) for begin, end in pairwise(bounds)]


def trimmed(text: str) -> str:
    return text.rstrip("\n").lstrip("\n")


@given(pages, st.lists(st.integers(0, 400), max_size=8), st.integers(0, 30))
def test_texts_with_their_offsets_join_to_what_was_cut(
    text: str, cuts: list[int], overlap: int
) -> None:
    chunks = [
        Chunk("a.md", text[begin:end], "d", row, start=begin, end=end)
        for row, (begin, end) in enumerate(pieces(text, cuts, overlap))
    ]
    assert trimmed(joined(chunks)).strip() == trimmed(text).strip()


@given(pages, st.lists(st.integers(0, 400), max_size=8))
def test_texts_that_keep_their_edges_join_to_what_was_cut(text: str, cuts: list[int]) -> None:
    chunks = [
        Chunk("a.md", text[begin:end], "d", row)
        for row, (begin, end) in enumerate(pieces(text, cuts))
    ]
    assert joined(chunks, Habits(keeps_edges=True)).strip() == text.strip()


@given(st.lists(st.integers(40, 380), min_size=1, max_size=4, unique=True))
def test_an_overlap_is_shown_once(cuts: list[int]) -> None:
    parts = pieces(PAGE, cuts, overlap=30)
    assume(all(end - begin > 30 for begin, end in parts))
    chunks = [Chunk("a.md", PAGE[begin:end], "d", row) for row, (begin, end) in enumerate(parts)]
    assert joined(chunks, Habits(overlap=40, keeps_edges=True)) == PAGE


@given(st.text("ab", max_size=60), st.text("ab", max_size=60))
def test_the_longest_overlap_is_found_in_texts_that_repeat_themselves(one: str, two: str) -> None:
    longest = max(
        (n for n in range(min(len(one), len(two)) + 1) if one.endswith(two[:n])), default=0
    )
    assert shared(one, two, 3) == (longest if longest >= 3 else 0)
    assert shared("a" * 5_000 + "b", "a" * 5_000 + "c", 20) == 0


@given(st.integers(0, len(PAGE) - 1))
def test_the_source_map_says_where_each_text_begins(cut: int) -> None:
    assume(PAGE[:cut].strip())
    chunks = [
        Chunk("a.md", PAGE[:cut], "d", 0, start=0),
        Chunk("a.md", PAGE[cut:], "d", 1, start=cut),
    ]
    made = join_chunks(chunks, headings_above(chunks, Habits()), Habits())
    second = made.sections[1]
    lines = made.text.split("\n")
    rest = "\n".join([lines[second.line][second.column :], *lines[second.line + 1 :]])
    assert rest.strip() == PAGE[cut:].strip()
    assert second.seam is Seam.OFFSETS


def test_offsets_that_do_not_fit_the_texts_are_not_believed() -> None:
    chunks = [
        Chunk("a.md", "A pump moves water.", "d", 0, start=0),
        Chunk("a.md", "Close the valve.", "d", 1, start=7),
    ]
    assert joined(chunks) == "A pump moves water.\n\nClose the valve.\n"


@pytest.mark.parametrize(
    ("before", "after", "whole"),
    [
        ("A pump moves water from a", "low place to a high one.", "water from a low place"),
        ("Open the valve.", "Close the valve.", "valve.\n\nClose"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "| 3 | 4 |", "| 1 | 2 |\n| 3 | 4 |"),
        ("- oil", "- grease", "- oil\n- grease"),
        ("```python\nstart()", "stop()\n```", "start()\nstop()"),
        ("```python\nif wet:", "stop()\n    dry()\n```", "if wet:\n    stop()"),
        ("<!-- All rights", "reserved. -->\n\nText.", "rights\nreserved."),
        ('<img src="a.png"', 'alt="A">', 'src="a.png"\nalt'),
        ("Text.", "## Stop", "Text.\n\n## Stop"),
        ("```python\nstart()\n```", "valves are next", "```\n\nvalves"),
    ],
)
def test_what_stood_between_two_texts_is_told_by_the_place(
    before: str, after: str, whole: str
) -> None:
    chunks = [Chunk("a.md", before, "d", 0), Chunk("a.md", after, "d", 1)]
    assert whole in joined(chunks)


def test_a_build_is_told_how_much_was_cut_and_how_many_seams_are_guessed() -> None:
    last = "Open the valve first, then press the green button."
    chunks = [
        Chunk("a.md", text, "d.jsonl", row)
        for row, text in enumerate([f"A pump.\n\n{last}", f"{last}\n\nWait and", "stop."])
    ]
    notices = []
    assemble(chunks, notices)
    assert [(n.code, n.message.split(":")[0]) for n in notices] == [
        ("overlap-cut", "1 rows begin with the end of the row before"),
        (
            "seam-guessed",
            "1 rows go on in the paragraph, list, table or code of the row before, by their looks",
        ),
    ]


def test_the_characters_of_an_overlap_are_known_to_come_from_both_rows() -> None:
    last = "Open the valve first, then press the green button."
    sections = document([f"A pump.\n\n{last}", f"{last}\n\nWait."]).sections
    assert [(s.row, s.shared, s.seam) for s in sections] == [
        (0, 0, Seam.SECTION),
        (1, len(last), Seam.OVERLAP),
    ]


def test_a_section_is_preceded_by_a_blank_line_whatever_its_offsets_say() -> None:
    chunks = [
        Chunk("a.md", "A pump.", "d", 0, headings=(("Pumps", 1),), start=0),
        Chunk("a.md", "Start it.", "d", 1, headings=(("Start", 2),), start=8),
    ]
    assert joined(chunks) == "A pump.\n\nStart it.\n"


def test_a_heading_that_ends_a_text_and_begins_the_next_is_said_once() -> None:
    texts = ("Text.\n\n## Use", "## Use\n\nOther.", "## Use\n\nA third.")
    rows = [Chunk("a.md", text, "d", n) for n, text in enumerate(texts)]
    (document,) = assemble(rows, []).documents
    assert document.text == "Text.\n\n## Use\n\nOther.\n\n## Use\n\nA third.\n"


@pytest.mark.parametrize("blank", ["", " ", "\n\n"])
def test_a_row_without_words_parts_nothing(blank: str) -> None:
    texts = ("It pumps", blank, "and rests.")
    rows = [Chunk("a.md", text, "d", n) for n, text in enumerate(texts)]
    (document,) = assemble(rows, []).documents
    assert document.text.split() == ["It", "pumps", "and", "rests."]


def test_rows_of_numbers_that_are_alike_are_no_overlap_however_far_in_they_stand() -> None:
    row = f"[{', '.join('0' * 15)}],"
    texts = [f"```\ncounts = [{row}", f"{row}\n{' ' * 26}{row}\n```"]
    chunks = [Chunk("a.md", text, "d", at) for at, text in enumerate(texts)]
    habits = Habits(overlap=15, widest=15)
    assert join_chunks(chunks, headings_above(chunks, habits), habits).text.count(row) == 3

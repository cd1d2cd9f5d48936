"""Paths of headings that stand above texts as one line."""

from __future__ import annotations

import pytest

from sitegen.assemble import assemble
from sitegen.model import Chunk

SECTIONS = (
    ("Open", "Turn the key to the left\nand wait."),
    ("What does the lever do when the tank is dry?", "It stops"),
    ("The " + "very " * 30 + "long way", "Push the lever"),
)


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_below_a_path_of_headings_the_text_begins_whatever_its_lines_look_like(gap: str) -> None:
    chunks = [
        Chunk(f"{title}.md", f"{title} > {heading}{gap}{text}", "d.jsonl", row)
        for row, (title, heading, text) in enumerate(
            (title, *section) for title in ("Pumps", "Valves") for section in SECTIONS
        )
    ]
    for page, title in zip(assemble(chunks, []).documents, ("Pumps", "Valves"), strict=True):
        said = [words for section in page.sections for words, _ in section.headings]
        assert said == [title, *(heading for heading, _ in SECTIONS)]
        assert page.text == "\n\n".join(text for _, text in SECTIONS) + "\n"


def test_no_step_of_a_path_is_a_heading_below_the_deepest_there_is() -> None:
    steps = [f"Part {letter}" for letter in "abcdefgh"]
    chunks = [
        Chunk(f"{title}.md", " > ".join((title, *steps[:deep])) + f"\nTurn it {deep}.", "d", row)
        for row, (title, deep) in enumerate(
            (title, deep) for title in ("Pumps", "Valves") for deep in (1, 8)
        )
    ]
    for page in assemble(chunks, []).documents:
        said = [heading for section in page.sections for heading in section.headings]
        assert [words for words, _ in said[1:]] == steps
        assert max(level for _, level in said) == 6

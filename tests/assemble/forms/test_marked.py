"""What a splitter put above each text is taken off, in whatever marks it stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest

from sitegen.assemble import assemble
from sitegen.model import Chunk, Document

PAGES = {
    "pumps.md": ("Pumps", [("Open", "Turn the key."), ("Start", "Push **the** lever.")]),
    "valves.md": ("Valves", [("Close", "Turn it back."), ("Oil", "A drop is enough.")]),
}


def documents(head: Callable[[str, str], str]) -> list[Document]:
    chunks: Sequence[Chunk] = [
        Chunk(source, f"{head(title, heading)}\n\n{text}", "d.jsonl", row)
        for row, (source, title, heading, text) in enumerate(
            (source, title, *section)
            for source, (title, sections) in PAGES.items()
            for section in sections
        )
    ]
    return list(assemble(chunks, []).documents)


@pytest.mark.parametrize(
    "head",
    [
        "**{} > {}**", "_{} - {}_", "[{} / {}]", "# {} > {}", "> {} | {}", "{} - {}", "{} :: {}",
        "Context: {} > {}", "**{}**\n\n**{}**", "__{}__\n__{}__", "Document: {}\nHeadings: {}",
    ],
)  # fmt: skip
def test_a_title_and_heading_above_each_text_are_headings_and_said_once(head: str) -> None:
    for page, (title, sections) in zip(documents(head.format), PAGES.values(), strict=True):
        said = [words for s in page.sections for words, _ in s.headings]
        assert said == [title, sections[0][0], sections[1][0]]
        texts = [text for _, text in sections]
        assert [line for line in page.text.split("\n") if line] == texts


@pytest.mark.parametrize(
    "head", ["**Note**", "- {1} - {0}", "{1} - {0}", "> {1}", "[{0}](a.md) - {1}", "| {0} | {1} |"]
)
def test_what_is_not_the_same_on_a_page_and_its_own_is_left(head: str) -> None:
    texts = "".join(page.text for page in documents(head.format))
    for title, sections in PAGES.values():
        assert all(head.format(title, heading) in texts for heading, _ in sections)


@pytest.mark.parametrize("head", ["**{}**", "{}", "[{}]", "{} > {}"])
def test_a_title_above_texts_whose_headings_are_told_elsewhere_is_that_of_the_page(
    head: str,
) -> None:
    chunks = [
        Chunk(source, f"{head.format(title, heading)}\n\n{text}", "d", n, headings=((heading, 2),))
        for n, (source, title, heading, text) in enumerate(
            (source, title, *section)
            for source, (title, sections) in PAGES.items()
            for section in sections
        )
    ]
    for page, (title, sections) in zip(assemble(chunks, []).documents, PAGES.values(), strict=True):
        assert page.title == title
        assert [line for line in page.text.split("\n") if line] == [text for _, text in sections]


def test_a_heading_of_a_column_that_stands_in_bold_above_the_text_is_said_once() -> None:
    chunks = [
        Chunk(source, f"**{heading}**\n\n{text}", "d", n, headings=((heading, 2),))
        for n, (source, heading, text) in enumerate(
            (source, *section) for source, (_, sections) in PAGES.items() for section in sections
        )
    ]
    for page, (_, sections) in zip(assemble(chunks, []).documents, PAGES.values(), strict=True):
        assert [line for line in page.text.split("\n") if line] == [text for _, text in sections]


def test_texts_below_a_heading_that_each_repeats_are_paragraphs_of_their_own() -> None:
    texts = ("Open it.", "Turn the key.", "Close it.")
    chunks = [Chunk("a.md", f"# Pumps\n\n{text}", "d", n) for n, text in enumerate(texts)]
    (page,) = assemble(chunks, []).documents
    assert page.text.strip() == "# Pumps\n\n" + "\n\n".join(texts)

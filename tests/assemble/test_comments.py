"""Comments above a page that chunking has cut: what is shown of the chunks, and what is said."""

from __future__ import annotations

import re

import pytest

from sitegen.assemble import assemble
from sitegen.errors import Severity
from sitegen.model import Chunk
from sitegen.render import render
from sitegen.restore.headings.plain import plain_page

CLOCK = ("clock", "A clock.")


def shown(*chunks: tuple[str, str]) -> tuple[str, set[tuple[str, Severity]]]:
    """Return the words of a page of chunks (anchor, text), and what is found."""
    rows = [
        Chunk("docs/page.md", text, "d.jsonl", row, anchor, id=f"1_{row}")
        for row, (anchor, text) in enumerate(chunks)
    ]
    assembled = assemble(rows, [])
    body = render(plain_page(assembled.documents[0], "Title"), assembled.space)
    words = re.sub(r"<a class.*?</a>|<[^>]*>", " ", body.html)
    return " ".join(words.split()), {(d.code, d.severity) for d in body.diagnostics}


@pytest.mark.parametrize(
    "comment",
    [
        [("", "<!-- Copyright 2030.\n#"), ("you-may", "#"), ("at", "#\n#")],
        [("", "<!--Copyright 2030.\n#\n# As it is.\n#    https://example.org/licence")],
        [("", "<!-- Copyright 2030."), ("you-may", "#")],
        [("", "<!-- Copyright 2030.")],
        [("", "---\nlicence: open\n---\n\n<!-- Copyright 2030.\n#"), ("you-may", "#")],
        [("", "<!-- flag -->\n<!-- Copyright 2030.\n#"), ("you-may", "#")],
    ],
)
def test_a_licence_that_was_cut_at_its_hashes_is_hidden_and_reported(
    comment: list[tuple[str, str]],
) -> None:
    assert shown(*comment, CLOCK, ("size", "Big. <!-- not its end -->")) == (
        "Title Clock A clock. Size Big.",
        {("comment-across-chunks", Severity.WARNING)},
    )


@pytest.mark.parametrize(
    "comment",
    [
        [("", "<!---\nMade by a script.\n"), ("logos", "Upload them.\n--->")],
        [("", "<!-- Licence.\n\nAs is."), ("", "No warranty.\n-->")],
        [("", "<!-- Licence. -->\n\n<!--\nMade by a script."), ("a", "A."), ("b", "B. -->")],
        [("", "<!-- Copyright\n#"), ("you-may", "#"), ("limits", "#\n-->")],
    ],
)
def test_a_comment_above_a_page_is_hidden_in_all_chunks(comment: list[tuple[str, str]]) -> None:
    assert shown(*comment, CLOCK) == (
        "Title Clock A clock.",
        {("comment-across-chunks", Severity.INFO)},
    )


def test_what_follows_the_comment_in_its_last_chunk_is_the_page() -> None:
    words, _ = shown(("", "<!-- Licence."), ("", "As is.\n-->\n\nHello."), CLOCK)
    assert words == "Title Hello. Clock A clock."


@pytest.mark.parametrize(
    "later",
    ["```mermaid\nA --> B\n```", "Choose File --> Open.", "None."],
)
def test_an_arrow_in_a_later_chunk_ends_no_comment(later: str) -> None:
    words, found = shown(("", "<!-- Licence.\n\nAs is."), CLOCK, ("more", later))
    assert "Licence" in words
    assert "A clock." in words
    assert found >= {("comment-unclosed", Severity.WARNING)}


def test_a_comment_among_the_words_of_a_page_hides_no_headed_section() -> None:
    words, found = shown(("", "Hello.\n\n<!-- from here"), ("old", "Old.\n-->"), CLOCK)
    assert words == "Title Hello. Old Old. Clock A clock."
    assert found == {("comment-across-chunks", Severity.WARNING)}

"""Pages named by their address or their name alone."""

from __future__ import annotations

import pytest

from sitegen.scan.page_names import spelled_alike, title_of, wiki_names, wordless_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[](a.md) and [x](b.md)", ["a.md"]),
        ("<project:a.md> {doc}`b` :doc:`c` {doc}`x <d>`", ["a.md", "b", "c"]),
        ("```{toctree}\n:maxdepth: 2\n\na\nX <b>\nc/*\n```\nd\n", ["a"]),
        (".. toctree::\n   :hidden:\n\n   a\n\n   b/c\n\nd\n", ["a", "b/c"]),
        ("```{toctree}\na\n", ["a"]),
        ("Words of no page.", []),
    ],
)
def test_addresses_without_words_are_found(text: str, found: list[str]) -> None:
    assert list(wordless_in(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[[My-Page]] [[a/b#Part|words]]", ["my page", "a/b", "words"]),
        ("[[1, 2], [3]] [[[x]]] [[x]](y) \\[[x]] a[[x]]", []),
        ("[[#Part]]", []),
        ("## A heading [[its-id]]\n\n[[x]]", ["x"]),
    ],
)
def test_names_in_links_of_wikis_are_found_as_all_spellings_are_known(
    text: str, found: list[str]
) -> None:
    assert list(wiki_names(text)) == found


def test_case_hyphens_and_blanks_tell_no_names_apart() -> None:
    assert spelled_alike("My_own-Page") == spelled_alike("my own  page")


@pytest.mark.parametrize("line", ["[](", "[[", "[[a", "```{toctree}\n", "{doc}`\n", "[[a|", "[[a#"])
def test_much_that_is_never_ended_takes_no_longer_than_its_length(line: str) -> None:
    assert not list(wordless_in(line * 20_000)) + list(wiki_names(line * 20_000))


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# A *title* [[its-id]]\n\n## More\n", "A *title*"),
        ("<!-- licence\n# x -->\n\n(label)=\n# Title\n", "Title"),
        (".. _label:\n\n*****\nTitle\n*****\n", "Title"),
        ("\nTitle\n=====\n", "Title"),
        ("Words.\n\n# A part\n", ""),
        ("", ""),
    ],
)
def test_a_page_says_its_title_at_its_head(text: str, title: str) -> None:
    assert title_of(text) == title

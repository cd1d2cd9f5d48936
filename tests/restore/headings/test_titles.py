"""Titles that a dataset tells of its pages."""

from __future__ import annotations

import pytest

from sitegen.model import Chunk
from tests.restore.headings.restored import headings_of, restored

PUMPS = ("Big pumps", "Small pumps", "Valves")


def titles_of(told: dict[str, str], pages: dict[str, str] | None = None) -> list[str]:
    chunks = [
        Chunk(f"docs/{n}.md", f"# {words}\n\nText.", "d.jsonl", row, title=title)
        for row, (n, (words, title)) in enumerate(zip("abcdef", told.items(), strict=False))
    ]
    return [document.title for document in restored({}, pages or {}, chunks=chunks).values()]


@pytest.mark.parametrize(
    "form",
    [
        *("{} | Docs", "{} - Docs of Pumps", "{} — Docs"),
        *("{} (Docs)", "Docs · {}", "Docs | {}", "Docs of Pumps - {}"),
    ],
)
def test_the_name_of_the_site_with_all_titles_is_in_none(form: str) -> None:
    home = form.replace("{}", "").strip(" |-—·()")
    told = {words: form.format(words) for words in PUMPS} | {home: home}
    assert titles_of(told) == [*PUMPS, home]


def test_what_a_page_says_itself_is_no_name_of_a_site() -> None:
    told = {f"{words} overview": f"{words} - Overview" for words in PUMPS}
    assert titles_of(told) == list(told.values())


def test_what_few_titles_end_with_is_theirs() -> None:
    told = {"Big pumps": "Big pumps | Docs", "Small pumps": "Small pumps", "Valves": "Valves - new"}
    assert titles_of(told) == list(told.values())
    assert titles_of({"Pumps": "Pumps | Docs", "Valves": "Valves | Docs"})[0] == "Pumps | Docs"


def test_a_heading_says_more_than_the_name_of_a_file() -> None:
    told = {words: f"docs/{n}.md" for n, words in enumerate(PUMPS)}
    assert titles_of(told) == list(PUMPS)
    assert titles_of(dict(zip(PUMPS, "abc", strict=True))) == list(PUMPS)
    assert titles_of(told, {"docs/a": "By hand"})[0] == "By hand"


def test_a_page_without_a_heading_has_the_title_above_it_without_that_of_the_site() -> None:
    chunks = [Chunk(f"{n}.md", "Text.", "d.jsonl", 0, title=f"All of {n} | Docs") for n in "xyz"]
    assert [headings_of(d) for d in restored({}, chunks=chunks).values()] == [
        [f"# All of {n}"] for n in "xyz"
    ]


def test_a_title_that_all_pages_have_is_whole() -> None:
    assert titles_of(dict.fromkeys(PUMPS, "Pumps - Docs")) == ["Pumps - Docs"] * 3


@pytest.mark.parametrize("end", [" | Docs", ".md"])
def test_a_title_that_front_matter_says_stays_as_it_is(end: str) -> None:
    pages = {f"docs/{n}.md": f"---\ntitle: {n}{end}\n---\n\n# Big {n}\n\nText." for n in "abc"}
    rows = [Chunk(page, text, "d.jsonl", 0) for page, text in pages.items()]
    titles = [document.title for document in restored({}, chunks=rows).values()]
    assert titles == [f"{n}{end}" for n in "abc"]


def test_a_title_that_a_toctree_says_stays_though_the_dataset_says_it_too() -> None:
    told = dict(zip(PUMPS, "abc", strict=True))
    assert titles_of(told, {"docs/a": "a"}) == ["a", *PUMPS[1:]]

"""Pages of the same source in several languages and versions."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.assemble.grouping.groups import group_by_source
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Edition

PARTS = 6
EN, FR = ("en", ""), ("fr", "")


def rows(*editions: Edition, source: str = "docs/a.md") -> list[Chunk]:
    """The rows of a page in each edition, one after the other."""
    return [
        Chunk(source, f"Part {n} of it.", "d", PARTS * at + n, order=n, edition=edition)
        for at, edition in enumerate(editions)
        for n in range(PARTS)
    ]


def uncounted(chunks: list[Chunk]) -> list[Chunk]:
    return [replace(chunk, order=None) for chunk in chunks]


def grouped(chunks: list[Chunk]) -> tuple[dict[str, int], list[str]]:
    notices: list[Diagnostic] = []
    groups = group_by_source(chunks, notices)
    said = [notice.message for notice in notices if notice.code == "editions-apart"]
    return {source: len(groups[source]) for source in groups}, said


@pytest.mark.parametrize("counts", [True, False])
def test_a_page_in_several_languages_is_one_in_each(*, counts: bool) -> None:
    chunks = rows(EN, FR) + rows(EN, source="b.md")
    found, said = grouped(chunks if counts else uncounted(chunks))
    assert found == {"en/b.md": PARTS, "en/docs/a.md": PARTS, "fr/docs/a.md": PARTS}
    assert said == ["pages are in several languages, en, fr: each has a folder of its own"]


def test_rows_of_languages_by_turns_are_pages_of_these_too() -> None:
    chunks = [chunk for pair in zip(rows(EN), rows(FR), strict=True) for chunk in pair]
    assert grouped(uncounted(chunks))[0] == {"en/docs/a.md": PARTS, "fr/docs/a.md": PARTS}


def test_languages_of_each_version_have_folders_in_its_own() -> None:
    editions: list[Edition] = [(one, two) for two in ("1.0", "2.0") for one in ("en", "fr")]
    found, said = grouped(uncounted(rows(*editions)))
    assert set(found) == {f"{two}/{one}/docs/a.md" for one, two in editions}
    assert len(said) == 2


def test_languages_that_a_program_guessed_of_rows_part_no_page() -> None:
    chunks = rows(EN) + rows(EN, source="b.md")
    chunks[2] = replace(chunks[2], edition=FR)
    for some in (chunks, uncounted(chunks)):
        assert grouped(some) == ({"b.md": PARTS, "docs/a.md": PARTS}, [])


def test_versions_that_no_page_has_two_of_part_none() -> None:
    found, said = grouped(rows(("", "1")) + rows(("", "2"), source="b.md"))
    assert (set(found), said) == ({"docs/a.md", "b.md"}, [])


def test_sources_that_name_their_language_keep_their_place() -> None:
    chunks = rows(EN, source="docs/en/c.md") + rows(EN, FR, source="https://a.org/a")
    found, _ = grouped(chunks)
    assert set(found) == {"docs/en/c.md", "https://a.org/en/a", "https://a.org/fr/a"}


@pytest.mark.parametrize(
    ("texts", "editions"),
    [
        # what a changelog tells of each version
        (["## 2.0\n\nNew.", "## 1.0\n\nOld."], [("", "2.0"), ("", "1.0")]),
        # in which version something came
        (["# All", "## Run\n\nIt runs.", "## Stop\n\nIt stops."], [("", ""), ("", "1"), ("", "2")]),
        # the last row was edited
        (["## A", "## B", "## C"], [("", "1"), ("", "1"), ("", "2")]),
        # code in languages of programs
        (["# Run", "```ts\nrun()\n```", "```cs\nRun();\n```"], [EN, ("ts", ""), ("cs", "")]),
        (["```ts\nrun()\n```", "```cs\nRun();\n```"], [("ts", ""), ("cs", "")]),
    ],
)
@pytest.mark.parametrize("counts", [True, False])
def test_rows_that_start_no_page_part_none(
    texts: list[str], editions: list[Edition], *, counts: bool
) -> None:
    chunks = [
        Chunk("docs/a.md", text, "d", row, order=0 if counts else None, edition=edition)
        for row, (text, edition) in enumerate(zip(texts, editions, strict=True))
    ]
    assert grouped(chunks) == ({"docs/a.md": len(texts)}, [])


def test_a_page_whose_title_is_translated_is_one_in_each_language() -> None:
    texts = [("# Start", EN), ("More.", EN), ("# Début", FR), ("Plus.", FR)]
    chunks = [Chunk("a.md", text, "d", row, edition=own) for row, (text, own) in enumerate(texts)]
    assert grouped(chunks)[0] == {"en/a.md": 2, "fr/a.md": 2}


def test_versions_that_count_from_anew_are_pages_whatever_they_start_with() -> None:
    chunks = [
        replace(chunk, text=f"# Library {chunk.edition[1]}, {chunk.order}")
        for chunk in rows(("", "1.0"), ("", "2.0"))
    ]
    assert set(grouped(chunks)[0]) == {"1.0/docs/a.md", "2.0/docs/a.md"}

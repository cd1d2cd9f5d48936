from __future__ import annotations

import pytest

from sitegen.assemble import assemble
from sitegen.model import Chunk


def ids(*sources: str, row: int | None = 0) -> list[str]:
    chunks = [Chunk(source, "Text.", "d.jsonl", row) for source in sources]
    return sorted(document.id for document in assemble(chunks, []).documents)


def test_pages_of_many_repositories_are_found_below_the_names_of_these() -> None:
    assert ids(
        "hugging/pumps/blob/main/docs/source/en/index.md",
        "hugging/pumps/blob/main/docs/source/en/guides/start.md",
        "hugging/valves/blob/main/docs/source/a.mdx",
        "hugging/valves/blob/main/docs/source/b.mdx",
        "hugging/course/blob/main/chapters/en/chapter1/1.mdx",
        "hugging/course/blob/main/chapters/en/chapter2/1.mdx",
    ) == [
        *("course/chapter1/1", "course/chapter2/1"),
        *("pumps/guides/start", "pumps/index", "valves/a", "valves/b"),
    ]


def test_owners_stay_only_where_two_have_a_repository_of_one_name() -> None:
    assert ids(
        *("one/pumps/blob/main/docs/a.md", "one/pumps/blob/main/docs/b.md"),
        *("two/pumps/blob/main/docs/a.md", "two/pumps/blob/main/docs/b.md"),
        *("two/valves/tree/v1/docs/a.md", "two/valves/tree/v1/docs/b.md"),
    ) == ["one/pumps/a", "one/pumps/b", "two/pumps/a", "two/pumps/b", "valves/a", "valves/b"]


def test_folders_of_repositories_without_a_view_are_folded_too() -> None:
    assert ids(
        *("pumps/docs/source/a.md", "pumps/docs/source/b/c.md"),
        *("valves/docs/a.md", "valves/docs/b.md"),
    ) == ["pumps/a", "pumps/b/c", "valves/a", "valves/b"]


@pytest.mark.parametrize("row", [0, None])
def test_folders_of_one_documentation_stay_what_they_are(row: int | None) -> None:
    sources = ("docs/start/a.md", "docs/start/b.md", "docs/api/main/c.md", "docs/d.md")
    assert ids(*sources, row=row)[:2] == (
        ["api/main/c", "d"] if row == 0 else ["docs/api/main/c", "docs/d"]
    )


def test_pages_elsewhere_in_a_repository_keep_their_path_in_it() -> None:
    docs = [f"own/pumps/blob/main/docs/p{n}.md" for n in range(20)]
    more = [f"own/valves/blob/main/docs/p{n}.md" for n in range(20)]
    found = ids(*docs, *more, "own/pumps/blob/main/README.md")
    assert "pumps/p0" in found
    assert "pumps/README" in found

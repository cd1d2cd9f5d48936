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


KETTLE = [f"kettle/docs/source/{tag}/{name}.md" for tag in ("de", "en") for name in ("a", "b")]
IN_TWO = ["de/kettle/a", "de/kettle/b", "en/kettle/a", "en/kettle/b"]


@pytest.mark.parametrize(
    ("others", "found"),
    [
        (["lid/docs/source/en/a.md", "lid/docs/source/en/b.md"], ["en/lid/a", "en/lid/b"]),
        (["lid/docs/source/de/a.md", "lid/docs/source/en/a.md"], ["de/lid/a", "en/lid/a"]),
        (["spoon/docs/a.md"], ["spoon/a"]),
        (["teapot/docs/en/guides/a.md", "spoon/docs/a.md"], ["en/teapot/a", "spoon/a"]),
    ],
)  # fmt: skip
def test_the_languages_of_many_repositories_come_first(others: list[str], found: list[str]) -> None:
    assert ids(*KETTLE, *others) == sorted(IN_TWO + found)


def test_repositories_in_one_language_each_are_below_it() -> None:
    sources = ("kettle/docs/source/de/a.md", "teapot/docs/source/en/b.md")
    assert ids(*sources) == ["de/kettle/a", "en/teapot/b"]
    assert ids(*(each.replace("/de/", "/en/") for each in sources)) == ["kettle/a", "teapot/b"]


def test_languages_of_a_few_pages_do_not_move_all_others() -> None:
    docs = [f"spoon/docs/p{n}.md" for n in range(9)]
    assert "kettle/de/a" in ids(*KETTLE, *docs)


def test_versions_in_addresses_of_many_libraries_are_layout() -> None:
    assert ids(
        *("https://h.example/docs/kettle/main/de/a", "https://h.example/docs/kettle/main/en/a"),
        *("https://h.example/docs/teapot/v1.0/en/a", "https://h.example/docs/teapot/v1.0/en/b"),
    ) == ["de/kettle/a", "en/kettle/a", "en/teapot/a", "en/teapot/b"]

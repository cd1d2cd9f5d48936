"""What is read of a large input before all of it is."""

from __future__ import annotations

from collections.abc import Iterator

from sitegen.model import Chunk
from sitegen.read.first_look import FirstLook, LookAgain


def rows(*sources: str) -> Iterator[Chunk]:
    for number, source in enumerate(sources):
        yield Chunk(f"docs/{source}.md", "Text.", "d", number)


def seen(look: FirstLook, *sources: str) -> list[str]:
    return [chunk.source[5:-3] for chunk in look.of(rows(*sources))]


def test_the_first_chunks_are_enough_and_no_more_is_read() -> None:
    chunks = rows("a", "b", "c", "d")
    assert len(list(FirstLook(2).of(chunks))) == 1  # of b there may be more
    assert next(chunks).source == "docs/c.md"


def test_a_page_that_may_be_cut_in_two_is_left_out_unless_it_is_the_only_one() -> None:
    assert seen(FirstLook(3), "a", "a", "b", "b") == ["a", "a"]
    assert seen(FirstLook(2), "a", "a", "a") == ["a", "a"]
    assert seen(FirstLook(9), "a", "b", "b") == ["a", "b", "b"]


def test_a_page_that_somebody_waits_for_is_there_whole_wherever_it_stands() -> None:
    asked = FirstLook(3, lambda: ["far/z/"])
    assert seen(asked, "a", "a", "b", "b", "far/z", "c", "far/z") == ["a", "a", "far/z", "far/z"]
    cut = FirstLook(3, lambda: ["b/"])
    assert seen(cut, "a", "a", "b", "c", "b") == ["a", "a", "b", "b"]


def test_the_page_of_a_folder_is_its_index() -> None:
    assert seen(FirstLook(1, lambda: ["guide/"]), "a", "guide/README", "guide/x") == [
        "a",
        "guide/README",
    ]


def test_what_is_asked_for_is_asked_when_the_first_chunks_are_there() -> None:
    asked: list[str] = []

    def arriving() -> Iterator[Chunk]:
        yield from rows("a")
        asked.append("c/")
        yield from rows("b", "c")

    chunks = FirstLook(1, lambda: asked).of(arriving())
    assert [chunk.source for chunk in chunks] == ["docs/a.md"]
    chunks = FirstLook(2, lambda: asked).of(arriving())
    assert [chunk.source for chunk in chunks] == ["docs/a.md", "docs/c.md"]


def test_another_look_has_the_rows_of_its_pages_alone_and_takes_the_shorter_way_to_them() -> None:
    again = LookAgain({"docs/b.md", "docs/z.md"})
    assert [chunk.source for chunk in again.of(rows("a", "b", "c", "b"))] == ["docs/b.md"] * 2
    assert list(again.of(rows("a"), lambda is_asked: rows("b" if is_asked("docs/z.md") else "a")))

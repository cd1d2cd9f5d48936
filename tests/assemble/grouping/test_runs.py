"""Rows of one source are gathered however they come: as chunks, packed, or some of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import groupby
from operator import attrgetter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.assemble.grouping.groups import group_by_source
from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.model.runs import Bulk, PartOfFile
from sitegen.read.rows import Rows, unpacked
from sitegen.read.text import Repairs
from sitegen.store import shelf
from tests.examples import examples

ROW = st.tuples(
    st.sampled_from(("a.md", "./a.md", "b.md", "name", "c/d.md")),
    st.sampled_from(("", "#end", "https://x.org/a", "https://x.org/b#end")),
    st.sampled_from((("", ""), ("en", ""), ("fr", "2"))),
    st.booleans(),
)


def chunks(rows: Iterable[tuple[str, str, tuple[str, str], bool]]) -> list[Chunk]:
    return [
        Chunk(source, f"Text {row}.", "d.parquet", row, url=url, edition=edition)
        for row, (source, url, edition, _) in enumerate(rows)
    ]


def packed(
    rows: list[tuple[str, str, tuple[str, str], bool]], *, is_here: bool = True
) -> Iterator[Chunk | PartOfFile]:
    """The same rows, some of which come in runs, whose chunks may not be here."""
    both = zip(chunks(rows), (is_packed for *_, is_packed in rows), strict=True)
    for is_packed, some in groupby(both, lambda each: each[1]):
        if is_packed:
            kept = Rows(Repairs("d.parquet"))
            made = kept.pack(chunk for chunk, _ in some)
            yield PartOfFile(kept.runs, Bulk(partial(list, made), is_here=is_here))
        else:
            yield from (chunk for chunk, _ in some)


@pytest.mark.parametrize("held", [0, shelf.HELD])
@pytest.mark.parametrize("is_here", [True, False])
def test_rows_in_runs_are_gathered_as_chunks_are(is_here: bool, held: int, tmp_path: Path) -> None:
    @examples(100)
    @given(st.lists(ROW, min_size=1, max_size=12))
    def gathers_alike(rows: list[tuple[str, str, tuple[str, str], bool]]) -> None:
        of_chunks: list[Diagnostic] = []
        of_runs: list[Diagnostic] = []
        assert list(unpacked(packed(rows))) == chunks(rows)
        expected = dict(group_by_source(chunks(rows), of_chunks, tmp_path).drain())
        runs = packed(rows, is_here=is_here)
        assert dict(group_by_source(runs, of_runs, tmp_path).drain()) == expected
        assert of_runs == of_chunks

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(shelf, "HELD", held)
        gathers_alike()


def test_a_run_has_rows_of_one_source_and_no_more_of_them_than_are_objects_at_once() -> None:
    kept = Rows(Repairs("d.parquet"))
    kept.pack(iter(chunks([("a.md", "", ("", ""), True)] * 2_001 + [("b.md", "", ("", ""), True)])))
    assert list(map(attrgetter("source", "count"), kept.runs)) == [
        ("a.md", 1_000),
        ("a.md", 1_000),
        ("a.md", 1),
        ("b.md", 1),
    ]


def test_an_anchor_alone_is_the_address_of_no_page_of_a_run() -> None:
    kept = Rows(Repairs("d.parquet"))
    urls = ("#one", "https://x.org/a#two", "#three")
    kept.pack(iter(chunks([("name", url, ("", ""), True) for url in urls])))
    assert [run.pages for run in kept.runs] == [("https://x.org/a",)]

"""Provenance: from a chunk's id to its place, what a page knows of it, and the dataset again."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.feeds.placed import Marks, PlacedChunk, hash_of, marks_of, placed_chunk, shards
from sitegen.feeds.provenance import lookup
from sitegen.model import Head, Page, RenderedPage

ROWS = [
    {"source": "docs/source/en/a.md", "source_section": "", "text": "Start of a.", "id": "1_0"},
    {"source": "docs/source/en/a.md", "source_section": "#use", "text": "Use a.", "id": "1_1"},
    {"source": "docs/source/en/b.md", "source_section": "#b", "text": "All of b.", "id": "2_0"},
]


def made(rows: list[dict[str, str]], folder: Path, **flags: Any) -> Path:
    folder.mkdir()
    pq.write_table(pa.Table.from_pylist(rows), folder / "docs.parquet")
    (folder / "sitegen.toml").write_text(flags.pop("toml", ""))
    given = {"input": ("docs.parquet",), "output": Path("site"), "jobs": 1, "search": False}
    build(load_config(flags=given | flags, environ={}, cwd=folder))
    return folder / "site"


def found(site: Path, chunk_id: str) -> list[Any] | None:
    count = json.loads((site / "chunk" / "shards.json").read_text())
    table = json.loads((site / "chunk" / f"{hash_of(chunk_id) % count}.json").read_text())
    entry: list[Any] | None = table.get(chunk_id)
    return entry


def test_each_chunk_leads_to_its_section(tmp_path: Path) -> None:
    site = made(ROWS, tmp_path / "x")
    address, _ = found(site, "1_1") or []
    assert address == "a/#use"
    assert (found(site, "2_0") or [])[0] == "b/#b"


def test_a_page_knows_its_chunks_and_what_was_restored(tmp_path: Path) -> None:
    html = (made(ROWS, tmp_path / "x") / "a" / "index.html").read_text()
    block = re.search(r'<script type="application/json" id="sg-chunks"[^>]*>(.*?)</script>', html)
    assert block
    chunks = json.loads(block[1])["chunks"]
    assert [chunk[:3] for chunk in chunks] == [["1_0", 11, ""], ["1_1", 6, "use"]]
    assert chunks[1][3] == [["title", "guessed", "spelling"]]


def test_an_id_that_moved_leads_to_where_its_text_is_now(tmp_path: Path) -> None:
    before = made(ROWS, tmp_path / "before")
    moved = [*ROWS[:2], ROWS[2] | {"id": "9_0", "source": "docs/source/en/c.md"}]
    toml = f'[feeds]\nprevious = "{before}"\n'
    after = made(moved, tmp_path / "after", toml=toml)
    assert (found(after, "2_0") or [])[0] == "c/#b"
    assert (found(after, "9_0") or [])[0] == "c/#b"
    assert found(made(moved, tmp_path / "forgetful"), "2_0") is None


def test_tables_of_an_earlier_build_that_are_broken_are_refused(tmp_path: Path) -> None:
    before = made(ROWS, tmp_path / "before")
    (before / "chunk" / "shards.json").write_text('{"no": 1}')
    with pytest.raises(ConfigError, match="earlier build"):
        made(ROWS, tmp_path / "after", toml=f'[feeds]\nprevious = "{before}"\n')


def test_tables_stay_small_however_many_chunks_there_are() -> None:
    assert [shards(count) for count in (0, 399, 400, 5_000, 1_000_000)] == [1, 1, 2, 16, 4096]


def test_the_dataset_is_exported_with_the_address_of_each_chunk(tmp_path: Path) -> None:
    toml = 'base_url = "https://h/d"\n[feeds]\ndataset = true\n'
    site = made(ROWS, tmp_path / "x", toml=toml)
    rows = pq.read_table(io.BytesIO((site / "dataset.parquet").read_bytes())).to_pylist()
    assert [row["text"] for row in rows] == [row["text"] for row in ROWS]
    assert rows[1]["site_url"] == "https://h/d/a/#use"
    assert (rows[1]["page_title"], rows[1]["heading"]) == ("Use", "Use")
    assert (rows[1]["source"], rows[1]["source_section"]) == (ROWS[1]["source"], "#use")


def test_markup_in_ids_cannot_leave_the_pages_data(tmp_path: Path) -> None:
    rows = [ROWS[0] | {"id": "</script><script>alert(1)</script>"}]
    html = (made(rows, tmp_path / "x") / "a" / "index.html").read_text()
    assert "<script>alert" not in html


def test_without_chunks_nothing_of_them_is_written(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A", "../sitegen.toml": "[feeds]\nchunks = false\n"})
    assert not (built.folder / "chunk").exists()
    assert "sg-chunks" not in built.read("a/index.html")


MANY = [
    {"source": f"docs/{n % 50}.md", "source_section": "", "text": f"Text {n}.", "id": f"i{n}"}
    for n in range(2_000)
]


def tables(site: Path) -> dict[str, str]:
    return {path.name: path.read_text() for path in (site / "chunk").glob("*.json")}


def test_an_edited_chunk_has_its_own_table_written_alone(tmp_path: Path) -> None:
    write_rows(MANY, tmp_path)
    before = tables(built(tmp_path))
    assert len(before) == 9
    inodes = {path.name: path.stat().st_ino for path in (tmp_path / "site/chunk").glob("*.json")}
    write_rows([*MANY[:77], {**MANY[77], "text": "Edited."}, *MANY[78:]], tmp_path)
    after = tables(built(tmp_path))
    own = f"{hash_of('i77') % 8}.json"
    assert {name for name in before if after[name] != before[name]} == {own}
    now = {path.name: path.stat().st_ino for path in (tmp_path / "site/chunk").glob("*.json")}
    assert {name for name in now if now[name] != inodes[name]} == {own}


class OfOneId:
    """Pages of a chunk each, which all have one id."""

    def chunks(self, id: str) -> tuple[PlacedChunk, ...]:
        return (placed_chunk(id, "one", f"#{id}", id),)

    def marks(self) -> list[tuple[list[str], Marks]]:
        return [(["a", "b"], marks_of(map(self.chunks, "ab")))]


@pytest.mark.parametrize("order", ["ab", "ba"])
def test_of_chunks_of_one_id_the_first_in_reading_order_counts(order: str) -> None:
    def parts(order: str) -> list[tuple[object, bytes]]:
        heads = [Head(id, f"{id}.md") for id in order]
        pages = [RenderedPage(Page(h, h.id, f"{h.id}/"), Never(), Never()) for h in heads]
        found = lookup(pages, OfOneId(), "chunk", None, lambda _: False)
        return [(made_of, make().data) for made_of, make in found]

    (made_of, table), (of_number, number) = parts(order)
    assert json.loads(table) == {"one": [f"{order[0]}/#{order[0]}", order[0]]}
    (made_of_other, _), (of_same, same) = parts(order[::-1])
    assert made_of != made_of_other
    assert (of_number, number) == (of_same, same)


class OfAPage:
    """A page with chunks of some ids."""

    def __init__(self, ids: list[str]) -> None:
        self._chunks = tuple(placed_chunk("a", id, f"#{id}", id) for id in ids)

    def chunks(self, id: str) -> tuple[PlacedChunk, ...]:
        return self._chunks

    def marks(self) -> list[tuple[list[str], Marks]]:
        return [(["a"], marks_of([self._chunks]))]


@pytest.mark.parametrize("ids", [399, 400, 799, 800])
@pytest.mark.parametrize("twins", [0, 1, 2000])
def test_each_id_is_in_its_table_however_many_chunks_have_the_same(ids: int, twins: int) -> None:
    names = [f"i{each}" for each in range(ids)]
    head = Head("a", "a.md")
    page = RenderedPage(Page(head, "a", "a/"), Never(), Never())
    some = OfAPage(names + names[:1] * twins)
    *tables, number = [make() for _, make in lookup([page], some, "chunk", None, lambda _: False)]
    assert json.loads(number.data) == len(tables) == shards(ids)
    for place, table in enumerate(tables):
        own = [id for id in names if hash_of(id) % len(tables) == place]
        assert sorted(json.loads(table.data)) == sorted(own)


class Never:
    """What nobody may ask for."""

    def __call__(self) -> Any:
        raise AssertionError


def write_rows(rows: list[dict[str, str]], folder: Path) -> None:
    pq.write_table(pa.Table.from_pylist(rows), folder / "docs.parquet")


def built(folder: Path) -> Path:
    given = {"input": ("docs.parquet",), "output": Path("site"), "jobs": 1, "search": False}
    build(load_config(flags=given, environ={}, cwd=folder))
    return folder / "site"

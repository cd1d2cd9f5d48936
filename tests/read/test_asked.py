"""The pages that are asked for of a dataset of which no more need be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.config import Config
from sitegen.pipeline.gather import gather
from sitegen.read.aside import open_table
from sitegen.read.asked import Sources, rows_asked_for
from sitegen.read.columns.mapping import Chooser
from sitegen.read.files import find_files
from sitegen.read.first_look import FirstLook
from sitegen.store.recall import Store

PAGES = 40


@pytest.fixture(params=[("source", "docs/p{}.md"), ("url", "https://h.org/docs/p{}#part")])
def dataset(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A file of row groups of four rows; the rows of a page lie in two of them."""
    name, address = request.param
    pages = [*range(PAGES), *range(PAGES)]
    texts = [f"{word} {n}." for word in ("Text", "More") for n in range(PAGES)]
    sources = [address.format(n) for n in pages]
    file = tmp_path / "rows.parquet"
    pq.write_table(pa.table({"text": texts, name: sources}), file, row_group_size=4)
    return file


def test_only_the_parts_that_hold_a_page_are_read(dataset: Path) -> None:
    [file] = find_files([str(dataset)], [])
    made: list[Sources] = []

    def index(_read_from: object, make: Callable[[], Sources]) -> Sources:
        made.append(make())
        return made[-1]

    def is_asked(source: str) -> bool:
        return source.removesuffix(".md").endswith("/p33")

    found = rows_asked_for(file, Chooser({}, []), is_asked, index)
    assert [chunk.text for chunk in found] == ["Text 33.", "More 33."]
    assert [len(sources) for sources in made] == [4] * (PAGES * 2 // 4)


def test_an_index_is_kept_for_as_long_as_its_file_is_the_same(
    dataset: Path, tmp_path: Path
) -> None:
    config = Config(input=(str(dataset),))

    def shown(page: str) -> list[str]:
        with Store(tmp_path / "store.sqlite") as store:
            documents = gather(config, store, first=FirstLook(3, lambda: [f"{page}/"])).documents
            return [each.text.strip() for each in documents if each.id.endswith(page)]

    assert shown("p35") == shown("p35") == ["Text 35.\n\nMore 35."]
    table = pq.read_table(dataset)
    assert shown("p77") == []
    pq.write_table(table.set_column(1, table.column_names[1], [[*(["docs/p77"] * 80)]]), dataset)
    assert shown("p77")


@pytest.mark.parametrize("is_listed", [False, True])
def test_of_a_part_the_rows_that_are_asked_for_come_in_batches_or_alone(
    tmp_path: Path, is_listed: bool
) -> None:
    texts = [f"Text {n}." for n in range(300)]
    cells = [[text] for text in texts] if is_listed else texts
    pq.write_table(pa.table({"text": cells}), tmp_path / "rows.parquet", row_group_size=200)
    [file] = find_files([str(tmp_path / "rows.parquet")], [])
    with open_table(file) as table:
        (column,) = table.columns
        for asked, expected in (
            (None, range(200, 300)),
            ([0, 1, 63, 64, 99], (200, 201, 263, 264, 299)),
            ([], ()),
        ):
            found = [cell for batch in table.parts[1]([column], asked) for cell in batch[0]]
            assert found == [texts[number] for number in expected]


def test_of_a_changed_file_the_sources_of_those_parts_are_read_that_have_others(
    dataset: Path,
) -> None:
    made: dict[object, Sources] = {}

    def found(page: str) -> int:
        def index(read_from: object, make: Callable[[], Sources]) -> Sources:
            key = repr(read_from)
            if key not in made:
                made[key] = make()
            return made[key]

        [file] = find_files([str(dataset)], [])
        rows = rows_asked_for(file, Chooser({}, []), lambda source: page in source, index)
        return len(list(rows))

    assert found("p33") == 2
    parts = len(made)
    table = pq.read_table(dataset)
    texts = [f"Other {n}" for n in range(len(table))]
    pq.write_table(table.set_column(0, "text", [texts]), dataset, row_group_size=4)
    assert (found("p33"), len(made)) == (2, parts)
    sources = table.column(1).to_pylist()
    sources[0] = sources[0].replace("p0", "p99")
    name = table.column_names[1]
    pq.write_table(table.set_column(1, name, [sources]), dataset, row_group_size=4)
    assert (found("p99"), len(made)) == (1, parts + 1)


def test_a_reader_tells_each_source_of_a_part_once(tmp_path: Path) -> None:
    sources = ["b.md", "a.md", "b.md", None, "c.md", "c.md"]
    rows = pa.table({"text": ["Text."] * 6, "source": sources})
    pq.write_table(rows, tmp_path / "rows.parquet", row_group_size=4)
    [file] = find_files([str(tmp_path / "rows.parquet")], [])
    with open_table(file) as table:
        [column] = [column for column in table.columns if column.name == "source"]
        told = [list(table.distinct(part, column)) for part in range(len(table.parts))]
    assert told == [["b.md", "a.md"], ["c.md"]]

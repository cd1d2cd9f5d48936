from pathlib import Path

import pytest

from sitegen.errors import ReadError
from sitegen.model import Chunk
from sitegen.read.inputs import read

SHARED = Path(__file__).parents[3].parent / "shared"
HEADER = """text
stringlengths 5
58.6k
| source
stringclasses 470
values | url
stringlengths 49
167
| source_section
stringlengths 0
90
| file_type
stringclasses 1
value | id
stringlengths 3
6
|
---|---|---|---|---|---|
"""


def chunks(tmp_path: Path, text: str) -> list[Chunk]:
    path = tmp_path / "viewer.txt"
    path.write_text(text)
    return list(read([str(path)], {}, []))


def test_the_viewers_rows_equal_those_of_the_dataset() -> None:
    if not SHARED.exists():
        pytest.skip("the shared data are not here")
    data = SHARED / "data"
    dataset = read([str(data / "transformers-docs-collapsed.parquet")], {}, [])
    rows = {chunk.id: chunk for chunk in dataset}
    copied = list(read([str(data / "transformers-docs-viewer.txt")], {}, []))
    assert (len(copied), len({chunk.source for chunk in copied})) == (100, 8)
    assert [chunk.row for chunk in copied] == list(range(100))
    for chunk in copied:
        row = rows[chunk.id]
        assert (chunk.text, chunk.source) == (row.text, row.source)
        assert (chunk.url, chunk.anchor) == (row.url, row.anchor)


def test_tables_in_a_text_do_not_end_its_row(tmp_path: Path) -> None:
    text = "| Script | run.py |\n| --- | --- |\n|\n| a | docs/b.md | .md |\nEnd |"
    found = chunks(tmp_path, f"{HEADER}{text} | docs/a.md | https://h/a/#x | #x | .md | 1_2 |\n")
    assert [(chunk.text, chunk.source, chunk.id) for chunk in found] == [(text, "docs/a.md", "1_2")]


@pytest.mark.parametrize("end", [" |\n|\n", " |\n", "\n|\n", "\n"])
def test_a_row_without_section_may_end_in_several_ways(tmp_path: Path, end: str) -> None:
    rows = (
        f"A | docs/a.md | https://h/a/ | .md | 0_0{end}B | b.md | https://h/b/#c | #c | .md | 0_1"
    )
    found = chunks(tmp_path, HEADER + rows)
    assert [(chunk.text, chunk.anchor, chunk.id) for chunk in found] == [
        ("A", "", "0_0"),
        ("B", "c", "0_1"),
    ]


def test_the_columns_may_come_in_another_order(tmp_path: Path) -> None:
    header = "| id | source | text | url |\n| --- | :---: | --- | --- |\n"
    rows = "1 | a.md | A\nb | c | https://h/a/#s |\n2 | b.md | B | https://h/b/ |\n"
    assert [(c.id, c.source, c.text, c.anchor) for c in chunks(tmp_path, header + rows)] == [
        ("1", "a.md", "A\nb | c", "s"),
        ("2", "b.md", "B", ""),
    ]


def test_a_row_that_is_cut_is_refused_with_its_number(tmp_path: Path) -> None:
    rows = "A | docs/a.md | https://h/a/ | .md | 0_0 |\n|\nB | docs/b.md | https://h/b"
    with pytest.raises(ReadError, match=r"row 1 of viewer.txt: the row has no end"):
        chunks(tmp_path, HEADER + rows)


def test_text_that_is_no_copy_of_a_viewer_is_refused_with_what_to_use(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"not text copied from a dataset viewer.*Markdown"):
        chunks(tmp_path, "# Notes\n\nJust text.\n")


def test_reading_time_grows_no_faster_than_the_text(tmp_path: Path) -> None:
    # Quadratic reading of these would take minutes.
    for unit in ("a | ", "| x.md ", "#|.", "\n| b | #c | md", "https://h | "):
        with pytest.raises(ReadError, match="no end"):
            chunks(tmp_path, HEADER + unit * (400_000 // len(unit)) + " | x")

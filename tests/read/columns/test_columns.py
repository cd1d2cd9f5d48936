import json
from datetime import UTC, datetime
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import Chunk
from sitegen.read.inputs import read
from tests.tables import write_table


def chunks(path: Path, **columns: str) -> tuple[list[Chunk], list[Diagnostic]]:
    notices: list[Diagnostic] = []
    return list(read([str(path)], columns, notices)), notices


def table(path: Path, /, **columns: object) -> Path:
    pq.write_table(pa.table(columns), path / "d.parquet")
    return path / "d.parquet"


def refusal(path: Path, **columns: str) -> str:
    with pytest.raises(ReadError) as caught:
        chunks(path, **columns)
    return str(caught.value)


def messages(notices: list[Diagnostic], code: str) -> list[str]:
    return [notice.message for notice in notices if notice.code == code]


def test_likely_columns_are_guessed_and_the_guess_is_said_once(tmp_path: Path) -> None:
    for name in ("1.parquet", "2.parquet"):
        rows = {"Page_Content": ["x"], "FILE_PATH": ["a.md"], "href": ["u#a%20b"], "title": ["T"]}
        pq.write_table(pa.table(rows), tmp_path / name)
    found, notices = chunks(tmp_path)
    assert (found[0].text, found[0].source, found[0].url) == ("x", "a.md", "u#a%20b")
    assert (found[0].anchor, found[0].title) == ("a b", "T")
    assert messages(notices, "column-guessed") == [
        "the column 'Page_Content' is read as text",
        "the column 'FILE_PATH' is read as source",
        "the column 'href' is read as url",
    ]
    assert [text.split(":")[0] for text in messages(notices, "column-missing")] == [
        "no column 'source_section'",
        "no column 'file_type'",
        "no column 'id'",
    ]
    assert {notice.severity for notice in notices} == {Severity.INFO}


def test_the_standard_name_wins_over_a_likely_one(tmp_path: Path) -> None:
    path = table(tmp_path, content=["no"], text=["yes"], path=["no"], source=["yes.md"])
    found, notices = chunks(path)
    assert (found[0].text, found[0].source) == ("yes", "yes.md")
    assert messages(notices, "column-guessed") == []


def test_the_configuration_wins_over_every_name(tmp_path: Path) -> None:
    path = table(tmp_path, text=["no"], raw=["yes"], source=["a.md"], title=["H"])
    found, _ = chunks(path, text="raw", heading="title")
    assert (found[0].text, found[0].headings) == ("yes", (("H", 0),))


def test_a_configured_column_that_is_missing_is_refused_with_a_near_name(tmp_path: Path) -> None:
    message = refusal(table(tmp_path, contents=["x"], source=["a"]), text="content")
    assert "no column 'content', configured for text" in message
    assert "did you mean 'contents'?" in message


def test_a_missing_text_column_is_refused_with_the_columns_found(tmp_path: Path) -> None:
    message = refusal(table(tmp_path, texts=["x"], place=["a"]))
    assert "d.parquet: no column 'text' and no column 'source'; found: texts, place" in message
    assert "did you mean 'texts'?" in message
    assert 'columns = { text = "NAME", source = "NAME" }' in message


def test_a_column_that_occurs_twice_is_refused(tmp_path: Path) -> None:
    arrays = [pa.array(["x"])] * 3
    pq.write_table(pa.table(arrays, names=["text", "source", "text"]), tmp_path / "d.parquet")
    assert "'text' occurs 2 times" in refusal(tmp_path / "d.parquet")


@pytest.mark.parametrize(
    "array",
    [
        pa.array(["7"], pa.large_string()),
        pa.array(["7"], pa.string_view()),
        pa.array(["7"]).dictionary_encode(),
        pa.array([b"7"]),
        pa.array([b"7"], pa.large_binary()),
        pa.array([b"7"], pa.binary_view()),
        pa.array([b"7"], pa.binary(1)),
        pa.array([7]),
        pa.array([7], pa.uint8()),
        pa.array([7]).dictionary_encode(),
    ],
    ids=lambda array: str(array.type),
)
@pytest.mark.parametrize("name", ["d.parquet", "d.arrow"])
def test_types_that_can_be_text_are_accepted(tmp_path: Path, array: pa.Array, name: str) -> None:
    rows = pa.table({"text": array, "source": array, "id": array})
    write_table(rows, tmp_path / name)
    found, _ = chunks(tmp_path / name)
    assert (found[0].text, found[0].source, found[0].id) == ("7", "7", "7")


def test_ids_may_be_numbers_times_or_null(tmp_path: Path) -> None:
    time = pa.array([datetime(2025, 1, 14, tzinfo=UTC)], pa.timestamp("ms"))
    for ids, wanted in ((pa.array([1.5]), "1.5"), (time, "2025-01-14 00:00:00.000"), ([None], "")):
        assert chunks(table(tmp_path, text=["x"], source=["a"], id=ids))[0][0].id == wanted


@pytest.mark.parametrize("name", ["text", "source"])
@pytest.mark.parametrize("value", [["x", "y"], {"a": "x"}], ids=["list", "struct"])
def test_types_that_are_no_text_are_refused_with_what_was_wanted(
    tmp_path: Path, name: str, value: object
) -> None:
    columns: dict[str, object] = {"text": ["x"], "source": ["a"], "id": ["1"], name: [value]}
    message = refusal(table(tmp_path, **columns))
    assert f"d.parquet: the column {name!r} is of type" in message
    assert f"wanted is string for {name}" in message


def test_a_guessed_column_that_is_no_text_is_left_alone(tmp_path: Path) -> None:
    path = table(tmp_path, id=[["langchain", "Document"]], text=["x"], source=["a"])
    assert chunks(path)[0][0].id == ""
    assert "is of type list" in refusal(path, id="id")


def test_columns_that_are_not_needed_may_be_of_any_type(tmp_path: Path) -> None:
    path = table(tmp_path, embedding=[[1.0]], text=["x"], source=["a"], meta=[{"k": 1}])
    assert chunks(path)[0][0].text == "x"


def test_the_section_loses_one_hash_and_null_is_no_section(tmp_path: Path) -> None:
    path = table(
        tmp_path,
        text=["a"] * 4,
        source=["a"] * 4,
        url=["u#no"] * 4,
        source_section=["#a", "##b", "c", None],
    )
    assert [chunk.anchor for chunk in chunks(path)[0]] == ["a", "#b", "c", ""]


def test_a_text_that_is_json_is_not_looked_into(tmp_path: Path):
    row = '{"text": "{\\"type\\": \\"py\\", \\"url\\": \\"/x\\"}", "source": "a.md"}'
    (tmp_path / "d.jsonl").write_text(f"{row}\n", "utf-8")
    (chunk,), notices = chunks(tmp_path / "d.jsonl")
    assert chunk.url == ""
    assert messages(notices, "column-guessed") == []


def test_objects_that_a_table_was_made_flat_of_are_read_as_those(tmp_path: Path) -> None:
    for between in (".", "_", "__"):
        rows = {
            "page_content": ["x"],
            f"metadata{between}source": ["a.md"],
            f"metadata{between}Header 1": ["Pumps"],
            f"metadata{between}start_index": [7],
            f"metadata{between}relationships{between}1{between}node_id": ["no"],
            "source_title": ["no"],
        }
        (chunk,), _ = chunks(table(tmp_path, **rows))
        found = (chunk.source, chunk.headings, chunk.start, chunk.id)
        assert found == ("a.md", (("Pumps", 1),), 7, ""), between


def test_a_column_of_its_own_wins_over_one_that_was_in_an_object(tmp_path: Path) -> None:
    rows = {"text": ["x"], "metadata.source": ["no"], "source": ["a.md"], "meta_title": ["no"]}
    (chunk,), _ = chunks(table(tmp_path, **rows, title=["Pumps"]))
    assert (chunk.source, chunk.title) == ("a.md", "Pumps")


HEADINGS = (("Pumps", 1), ("Start 🤗", 2))


@pytest.mark.parametrize(
    "cell",
    [
        ["Pumps", "Start 🤗"],
        json.dumps(["Pumps", "Start 🤗"]),
        str(["Pumps", "Start 🤗"]),
        [{"level": 1, "text": "Pumps"}, {"level": 2, "text": "Start 🤗"}],
        [{"title": "Pumps"}, {"title": "Start 🤗"}],
        json.dumps([{"level": 1, "heading": "Pumps"}, {"level": 2, "heading": "Start 🤗"}]),
    ],
)
def test_a_list_of_headings_is_read_however_it_is_written(cell: object, tmp_path: Path) -> None:
    row = {"text": "x", "source": "a.md", "headings": cell}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert chunks(tmp_path / "d.jsonl")[0][0].headings == HEADINGS


@pytest.mark.parametrize("cell", ["[Optional]", "[1]", "[{[]: 1}]", "[" * 99 + "]" * 99])
def test_words_in_brackets_are_a_heading(cell: str, tmp_path: Path) -> None:
    row = {"text": "x", "source": "a.md", "headings": cell}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    assert chunks(tmp_path / "d.jsonl")[0][0].headings == ((cell, 0),)


def test_a_list_with_an_escape_that_python_does_not_know_is_read_in_silence(tmp_path: Path) -> None:
    row = {"text": "x", "source": "a.md", "headings": r"['\d+ words']"}
    (tmp_path / "d.jsonl").write_text(json.dumps(row))
    assert chunks(tmp_path / "d.jsonl")[0][0].headings[0][0] == r"\d+ words"


def test_a_row_may_hold_a_list_of_texts(tmp_path: Path) -> None:
    row = {"path": "a.md", "chunks": ["# Pumps", "Start it."], "n": 2}
    (tmp_path / "d.jsonl").write_text(json.dumps(row) + "\n", "utf-8")
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "d.parquet")
    for name in ("d.jsonl", "d.parquet"):
        found, _ = chunks(tmp_path / name)
        assert [(c.source, c.text) for c in found] == [("a.md", t) for t in row["chunks"]]


def test_a_row_whose_list_of_texts_is_empty_is_told_of(tmp_path: Path) -> None:
    rows = [{"chunks": ["a"], "source": "a.md"}, {"chunks": [], "source": "b.md"}]
    (tmp_path / "d.jsonl").write_text("\n".join(map(json.dumps, rows)))
    found, notices = chunks(tmp_path / "d.jsonl")
    assert [chunk.source for chunk in found] == ["a.md"]
    assert ("null-text", 1) in [(each.code, each.location.row) for each in notices]


def test_cells_of_last_changes_that_name_no_day_are_told_of_and_count_as_empty(
    tmp_path: Path,
) -> None:
    days = [None, "2026-05-01", "", "2026-05-01 10:00:00", "soon", "2026-13-01", "1/2/2026"]
    path = table(tmp_path, text=["A"] * 7, source=["a.md"] * 7, last_changed=days)
    found, notices = chunks(path)
    assert [chunk.changed for chunk in found] == ["", "2026-05-01", "", "2026-05-01", "", "", ""]
    (told,) = [notice for notice in notices if notice.code == "date-unreadable"]
    assert (told.severity, told.location) == (Severity.WARNING, Location(path.name, 4))
    assert told.message.endswith(": 3")


@pytest.mark.parametrize("days", [[1714521600], [True], [20260501.5]])
def test_numbers_are_no_days(tmp_path: Path, days: list[object]) -> None:
    path = tmp_path / "d.jsonl"
    rows = ({"text": "A", "source": "a.md", "last_changed": day} for day in days)
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    _, notices = chunks(path)
    assert "date-unreadable" in {notice.code for notice in notices}


def test_dates_and_times_of_parquet_are_days(tmp_path: Path) -> None:
    days = [datetime(2026, 5, 1, tzinfo=UTC), None]
    path = table(tmp_path, text=["A", "B"], source=["a.md"] * 2, last_changed=days)
    found, notices = chunks(path)
    assert [chunk.changed for chunk in found] == ["2026-05-01", ""]
    assert "date-unreadable" not in {notice.code for notice in notices}


def test_texts_are_read_as_they_were_before_a_context_was_added(tmp_path: Path) -> None:
    own = ["One.", "Two."]
    added = [f"This is about pumps.\n\n{text}" for text in own]
    found, _ = chunks(table(tmp_path, text=added, original_text=own, source=["a.md"] * 2))
    assert [chunk.text for chunk in found] == own


def test_a_text_that_is_no_part_of_the_other_is_another_text(tmp_path: Path) -> None:
    path = table(tmp_path, text=["Eins."], original_text=["One."], source=["a.md"])
    assert chunks(path)[0][0].text == "Eins."


@pytest.mark.parametrize("own", ["", " "])
def test_empty_texts_are_not_those_before_something_was_added(tmp_path: Path, own: str) -> None:
    path = table(tmp_path, text=["One."], original_text=[own], source=["a.md"])
    assert chunks(path)[0][0].text == "One."


def test_titles_that_are_paths_name_pages_rather_than_ids_of_documents(tmp_path: Path) -> None:
    path = table(tmp_path, text=["One."], document_id=["f00"], title=["docs/a.md"])
    (found,) = chunks(path)[0]
    assert (found.source, found.title) == ("docs/a.md", "")


def test_lines_of_the_file_tell_the_order_of_rows(tmp_path: Path) -> None:
    rows = [
        {"text": f"{n}", "metadata": {"source": "a.md", "loc": {"lines": {"from": n}}}}
        for n in (9, 2)
    ]
    (tmp_path / "d.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert [chunk.order for chunk in chunks(tmp_path / "d.jsonl")[0]] == [9, 2]


def test_metadata_that_pandas_wrote_as_python_does_is_read(tmp_path: Path) -> None:
    (tmp_path / "d.csv").write_text(f'text,metadata\nOne.,"{ {"source": "a.md", "page": None} }"\n')
    assert chunks(tmp_path / "d.csv")[0][0].source == "a.md"

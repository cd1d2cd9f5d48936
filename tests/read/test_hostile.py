import os
import struct
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.errors import Diagnostic, ReadError
from sitegen.read.inputs import read

ROWS = {"text": ["a b c"] * 200, "source": ["a.md"] * 200, "id": [str(i) for i in range(200)]}


def refusal(path: Path) -> str:
    notices: list[Diagnostic] = []
    with pytest.raises(ReadError) as caught:
        list(read([str(path)], {}, notices))
    message = str(caught.value)
    assert path.name in message
    assert "\n" not in message
    assert str(path) not in message
    return message


def good(path: Path) -> bytes:
    table = pa.table(ROWS)
    if path.suffix == ".parquet":
        pq.write_table(table, path, row_group_size=100, write_page_checksum=True)
    else:
        with pa.ipc.new_file(path, table.schema) as writer:
            writer.write_table(table, max_chunksize=100)
    return path.read_bytes()


@pytest.mark.parametrize("name", ["d.parquet", "d.arrow"])
def test_a_truncated_file_is_refused_at_every_length(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = good(path)
    lengths = {0, 1, 4, 7, 8, 12, len(data) - 1, *range(1, len(data), len(data) // 50)}
    for length in sorted(lengths):
        path.write_bytes(data[:length])
        # The end of an Arrow file is its magic alone: pyarrow reads it without the last byte.
        refusal(path)


@pytest.mark.integration
@pytest.mark.parametrize("name", ["d.parquet", "d.arrow"])
def test_a_changed_byte_is_refused_or_does_no_harm(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    data = good(path)
    refused = 0
    for place in range(0, len(data), max(1, len(data) // 150)):
        path.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            assert len(list(read([str(path)], {}, []))) <= 200
        except ReadError:
            refused += 1
    assert refused > 10


def test_a_broken_page_is_refused_with_its_row_group(tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    data = bytearray(good(path))
    place = pq.ParquetFile(path).metadata.row_group(1).column(0).data_page_offset + 25
    data[place] ^= 0xFF
    path.write_bytes(data)
    assert "d.parquet: row group 1 cannot be read" in refusal(path)


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".jsonl", ".csv", ".txt"])
def test_other_bytes_under_a_known_suffix_are_refused(tmp_path: Path, suffix: str) -> None:
    path = tmp_path / f"d{suffix}"
    for data in (b"<html>\n<p>x\n", b"\x00\xff" * 40, b"FEA1" + b"\0" * 40, b"\n\n"):
        path.write_bytes(data)
        refusal(path)


def test_feather_1_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "d.feather"
    path.write_bytes(b"FEA1....")
    assert "Feather version 1" in refusal(path)


@pytest.mark.integration
def test_a_dictionary_that_unfolds_without_end_stops_at_the_limit(tmp_path: Path) -> None:
    indices = pa.array([0] * 5000, pa.int32())
    same = {
        "text": pa.DictionaryArray.from_arrays(indices, pa.array(["A" * (1 << 20)])),
        "source": pa.DictionaryArray.from_arrays(indices, pa.array(["a.md"])),
    }
    table = pa.table(same)
    before = pa.total_allocated_bytes()
    pq.write_table(table, tmp_path / "d.parquet", compression="zstd", store_schema=False)
    with pa.ipc.new_file(tmp_path / "d.arrow", table.schema) as writer:
        writer.write_table(table)
    for name in ("d.parquet", "d.arrow"):
        message = refusal(tmp_path / name)
        row = int(message.removeprefix("row ").split(" of ")[0])
        # One text of 1 MiB and a little a row: that at which the limit that is stated is passed.
        assert f"more than {row} MiB" in message or f"more than {row + 1} MiB" in message
    assert pa.total_allocated_bytes() - before < 400 << 20


@pytest.mark.integration
def test_a_page_that_unpacks_beyond_the_limit_is_not_unpacked(tmp_path: Path) -> None:
    table = pa.table({"text": ["B" * (20 << 20)] * 4, "source": ["a.md"] * 4})
    pq.write_table(table, tmp_path / "d.parquet", compression="zstd", use_dictionary=False)
    assert "row 0 of d.parquet: more than 64 MiB" in refusal(tmp_path / "d.parquet")


@pytest.mark.parametrize("value", [-1, 7])
def test_indices_out_of_an_arrow_dictionary_are_refused(tmp_path: Path, value: int) -> None:
    indices = pa.array([0, value], pa.int8())
    wrong = pa.DictionaryArray.from_arrays(indices, pa.array(["x", "y"]), safe=False)
    table = pa.table({"text": wrong, "source": ["a.md"] * 2})
    with pa.ipc.new_file(tmp_path / "d.arrow", table.schema) as writer:
        writer.write_table(table)
    assert "record batch 0 cannot be read" in refusal(tmp_path / "d.arrow")


def test_offsets_out_of_an_arrow_buffer_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.arrow"
    table = pa.table({"text": ["x" * 987], "source": ["a.md"]})
    with pa.ipc.new_file(path, table.schema) as writer:
        writer.write_table(table)
    data = path.read_bytes()
    # The last place: the first is the length of the buffer in the metadata.
    place = data.rindex(struct.pack("<ii", 0, 987)) + 4
    path.write_bytes(data[:place] + struct.pack("<i", 1 << 30) + data[place + 4 :])
    assert "record batch 0 cannot be read" in refusal(path)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ('{"text": "a", "source": ', "not valid JSON"),
        ("[1]", "the row is of type list"),
        ("7", "the row is of type integer"),
        ('{"text": ["a"], "source": "a"}', "'text' is of type list"),
        ("[" * 100_000, "not valid JSON"),
        ('{"text": ' + "9" * 5000 + "}", "not valid JSON"),
    ],
)
def test_a_wrong_json_row_is_refused_with_its_number(
    tmp_path: Path, line: str, reason: str
) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text('{"text": "a", "source": "b"}\n' + line)
    message = refusal(path)
    assert "row 1 of d.jsonl" in message
    assert reason in message


@pytest.mark.parametrize(
    ("rows", "reason"),
    [
        ("a,b,c\n", "row 0 of d.csv: 3 cells, but the header names 2"),
        ('a,b\na,"b\nc', "row 1 of d.csv: not valid CSV"),
        ('a,"b"c\n', "row 0 of d.csv: not valid CSV"),
    ],
)
def test_a_wrong_csv_row_is_refused_with_its_number(tmp_path: Path, rows: str, reason: str) -> None:
    path = tmp_path / "d.csv"
    path.write_text("text,source\n" + rows)
    assert reason in refusal(path)


def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "d.parquet"
    good(path)
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("this user may read everything")
    assert "cannot be opened: Permission denied" in refusal(path)

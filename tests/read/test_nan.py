"""NaN is how pandas writes what is missing: a null."""

from pathlib import Path

import pyarrow as pa
import pyarrow.feather
import pyarrow.parquet as pq
import pytest

from sitegen.read.inputs import read


@pytest.mark.parametrize("suffix", ["jsonl", "json", "parquet", "feather"])
def test_nan_is_a_null(tmp_path: Path, suffix: str) -> None:
    file = tmp_path / f"docs.{suffix}"
    row = '{"text": "T", "source": "a.md", "source_section": NaN, "url": NaN, "id": "0_0"}'
    nan = float("nan")
    columns = {"text": ["T"], "source": ["a.md"], "source_section": [nan], "url": [nan]}
    table = pa.table(columns | {"id": ["0_0"]})
    if suffix == "parquet":
        pq.write_table(table, file)
    elif suffix == "feather":
        pyarrow.feather.write_feather(table, str(file))
    else:
        file.write_text(f"[{row}]" if suffix == "json" else f"{row}\n")
    (chunk,) = read([str(file)], {}, [])
    assert (chunk.anchor, chunk.url, chunk.text) == ("", "", "T")

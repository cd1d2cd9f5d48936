"""Files and configurations of datasets as other libraries make them."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from types import MappingProxyType

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ReadError
from tests.pipeline.foreign import FIRST, PUMP, codes, documents, jsonl, made, pages

OF_FILE = {"source_file": "pump.md"}


def test_a_packed_file_is_read_as_what_is_inside(tmp_path: Path) -> None:
    data = (json.dumps({"text": FIRST, "source": PUMP}) + "\n").encode()
    (tmp_path / "d.jsonl.gz").write_bytes(gzip.compress(data))
    with pa.CompressedOutputStream(str(tmp_path / "e.jsonl.zst"), "zstd") as file:
        file.write(data)
    for name in ("d.jsonl.gz", "e.jsonl.zst"):
        assert FIRST in pages(tmp_path / name)["pump"]
    (tmp_path / "f.jsonl.gz").write_bytes(gzip.compress(data * 99)[:60])
    with pytest.raises(ReadError, match="may be cut short"):
        pages(tmp_path / "f.jsonl.gz")


def test_a_pointer_of_git_lfs_is_named_as_such(tmp_path: Path) -> None:
    pointer = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n"
    (tmp_path / "d.parquet").write_text(pointer)
    with pytest.raises(ReadError, match="git lfs pull"):
        pages(tmp_path / "d.parquet")


@pytest.mark.parametrize(
    ("card", "read"),
    [
        ("", "chunks"),
        ("configs:\n- config_name: documents\n- config_name: chunks\n", "documents"),
        ("configs:\n- config_name: documents\n- config_name: chunks\n  default: true\n", "chunks"),
        (
            "configs:\n- config_name: a\n  data_files:\n  - split: train\n    path: documents/*\n"
            "- config_name: b\n  data_files: chunks/*\n",
            "documents",
        ),
    ],
    ids=["no-card", "the-first", "the-default", "patterns"],
)
def test_of_several_configurations_the_card_decides(tmp_path: Path, card: str, read: str) -> None:
    for name, columns in (("chunks", ("text", "source")), ("documents", ("document", "name"))):
        (tmp_path / name).mkdir()
        table = pa.table({columns[0]: [f"From {name}."], columns[1]: [PUMP]})
        pq.write_table(table, tmp_path / name / "train-0.parquet")
    if card:
        (tmp_path / "README.md").write_text(f"---\n{card}---\n\n# Card\n")
    assert f"From {read}." in pages(tmp_path)["pump"]
    assert "config-chosen" in codes(tmp_path)


def test_another_configuration_is_read_by_name(tmp_path: Path) -> None:
    for name, column in (("chunks", "text"), ("documents", "content")):
        (tmp_path / name).mkdir()
        jsonl(tmp_path / name, [{column: f"From {name}.", "source": PUMP}])
    assert "From documents." in pages(tmp_path, config_name="documents")["pump"]
    with pytest.raises(ReadError, match="did you mean 'documents'"):
        pages(tmp_path, config_name="document")


def test_what_a_refusal_advises_works_to_the_letter(tmp_path: Path) -> None:
    path = jsonl(tmp_path, [{"markdown_body": FIRST, "whence": PUMP}])
    with pytest.raises(ReadError) as caught:
        pages(path)
    advice = 'columns = { text = "NAME", source = "NAME" }'
    assert advice in str(caught.value)
    assert "--column text=NAME --column source=NAME" in str(caught.value)
    said = advice.replace('text = "NAME"', 'text = "markdown_body"').replace("NAME", "whence")
    (tmp_path / "sitegen.toml").write_text(said)
    config = load_config(flags={"input": ("d.jsonl",)}, cwd=tmp_path)
    assert FIRST in made(config)[0][0].text


def test_a_guess_can_be_refused(tmp_path: Path) -> None:
    rows = [{"text": FIRST, "source": PUMP, "id": "7", "title": "Not the title"}]
    refused = MappingProxyType({"title": "", "id": ""})
    (document,) = documents(jsonl(tmp_path, rows), columns=refused)
    assert (document.title, document.sections[0].chunk_id) == ("Pump", "")


def test_the_report_says_what_was_cut_and_which_chunks_were_joined_by_guess(tmp_path: Path) -> None:
    last = "Open the valve first, then press the green button."
    texts = [f"# Pumps\n\nA pump.\n\n{last}", f"{last}\n\nWait and", "stop.", "# Valves\n\nDone."]
    path = jsonl(tmp_path, [{"text": text, "source": PUMP} for text in texts])
    build(Config(input=(str(path),), output=tmp_path / "site", jobs=1, search=False))
    (page,) = json.loads((tmp_path / "site" / "build.json").read_text("utf-8"))["pages"]
    assert page["joined"] == {"guessed": [2], "overlap": len(last)}


def test_elements_name_the_chunks_that_begin_inside_of_them(tmp_path: Path) -> None:
    texts = ["# Pumps\n\nA pump moves water from a", "low place to a high", "one.\n\nDone."]
    rows = [
        {"text": text, "source": PUMP, "id": f"p {number}"} for number, text in enumerate(texts)
    ]
    build(Config(input=(str(jsonl(tmp_path, rows)),), output=tmp_path / "s", jobs=1, search=False))
    html = (tmp_path / "s" / "pump" / "index.html").read_text("utf-8")
    assert '<p data-chunks="p%201 p%202">A pump moves water from a low place' in html

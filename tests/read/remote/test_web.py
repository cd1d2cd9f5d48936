"""Files of the web: by ranges, without them, and from servers that are not as they say."""

from __future__ import annotations

import csv
import gzip
import io
import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from sitegen.config.file import load_config
from sitegen.errors import ReadError
from sitegen.model import Chunk
from sitegen.pipeline.gather import gather
from sitegen.read.excerpt import take_excerpt
from sitegen.read.first_look import FirstLook
from sitegen.read.inputs import read
from sitegen.read.remote.find import look_again
from sitegen.read.remote.open import keep_in
from sitegen.record.result import Result
from tests.read.remote.conftest import SOURCES, TEXTS
from tests.web import Web, settled

Parquet = Callable[..., bytes]
Built = Callable[..., Result]


def chunks(*inputs: str) -> list[Chunk]:
    return list(read(inputs, {}, []))


def rows(*inputs: str) -> list[tuple[str, str]]:
    return [(chunk.source, chunk.text) for chunk in chunks(*inputs)]


def refusal(*inputs: str) -> str:
    with pytest.raises(ReadError) as caught:
        chunks(*inputs)
    return str(caught.value)


def lines(count: int) -> bytes:
    row = '{"text": "Text %d. %s", "source": "docs/%d.md"}\n'
    return "".join(row % (n, "word " * 40, n) for n in range(count)).encode()


def forms() -> dict[str, bytes]:
    table = pa.table({"text": TEXTS, "source": SOURCES})
    arrow, csv_file = io.BytesIO(), io.StringIO()
    with pa.ipc.new_file(arrow, table.schema) as writer:
        writer.write_table(table)
    csv.writer(csv_file).writerows([["text", "source"], *zip(TEXTS, SOURCES, strict=True)])
    jsonl = "".join(f"{json.dumps(row)}\n" for row in table.to_pylist()).encode()
    return {
        "/d.arrow": arrow.getvalue(),
        "/d.csv": csv_file.getvalue().encode(),
        "/d.jsonl": jsonl,
        "/d.jsonl.gz": gzip.compress(jsonl),
        "/d.jsonl.zst": pa.compress(jsonl, codec="zstd", asbytes=True),
    }


@pytest.mark.parametrize("ranges", [True, False])
@pytest.mark.parametrize("name", [*forms()])
def test_every_form_is_read_with_ranges_and_without(name: str, ranges: bool, web: Web) -> None:
    web.files, web.ranges = forms(), ranges
    assert rows(web.url(name)) == list(zip(SOURCES, TEXTS, strict=True))


def test_a_name_counts_from_the_address_and_tells_nothing_of_it(web: Web, parquet: Parquet) -> None:
    web.files["/some/where/d.parquet"] = parquet()
    found = chunks(web.url("/some/where/d.parquet?token=secret"))
    assert {(chunk.file, chunk.row) for chunk in found} == {("d.parquet", row) for row in range(3)}


@pytest.mark.integration
def test_only_the_columns_that_are_read_travel(web: Web, tmp_path: Path) -> None:
    count = 40
    noise = [bytes([n]) + b"".join(hash((n, i)).to_bytes(8, signed=True) for i in range(30_000))
             for n in range(count)]  # fmt: skip
    table = {
        "embedding": noise,
        "text": [f"Text {n}." for n in range(count)],
        "source": [f"docs/{n}.md" for n in range(count)],
        "other": noise,
    }
    pq.write_table(pa.table(table), tmp_path / "d.parquet", row_group_size=10)
    web.files["/d.parquet"] = tmp_path / "d.parquet"
    assert web.size("/d.parquet") > 15_000_000
    assert len(rows(web.url("/d.parquet"))) == count
    assert web.sent < 5_000_000


@pytest.mark.integration
@pytest.mark.parametrize("lies", ["start", "whole", "unnamed"])
def test_a_server_that_lies_about_ranges_is_read_whole(lies: str, web: Web) -> None:
    web.lies = lies
    web.files["/d.jsonl"] = lines(12_000)
    assert len(rows(web.url("/d.jsonl"))) == 12_000


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("ranges", [True, False])
def test_a_body_that_ends_early_is_asked_for_again(ranges: bool, web: Web) -> None:
    web.ranges, web.cut = ranges, (100_000, 3)
    web.files["/d.jsonl"] = lines(12_000)
    assert len(rows(web.url("/d.jsonl"))) == 12_000


@pytest.mark.usefixtures("here")
@pytest.mark.parametrize("ranges", [True, False])
def test_a_body_that_always_ends_early_is_named(ranges: bool, web: Web) -> None:
    web.ranges, web.cut = ranges, (100_000, 1000)
    web.files["/d.jsonl"] = lines(12_000)
    words = refusal(web.url("/d.jsonl?signature=secret"))
    assert "/d.jsonl: it ends after" in words or "/d.jsonl: the answer ends" in words
    assert "secret" not in words


def test_what_tells_neither_its_size_nor_its_version_is_read_whole(web: Web) -> None:
    web.ranges = web.lengths = web.etags = False
    web.files["/d.jsonl"] = lines(3_000)
    assert len(rows(web.url("/d.jsonl"))) == 3_000


def test_a_file_that_changes_while_it_is_read_is_not_mixed(web: Web) -> None:
    web.files["/d.jsonl"] = lines(40_000)
    found = read([web.url("/d.jsonl")], {}, [])
    next(found)
    web.versions["/d.jsonl"] = '"another"'
    with pytest.raises(ReadError, match="was changed while it was read"):
        list(found)


@pytest.mark.parametrize(
    ("status", "words"),
    [
        (404, "there is nothing at"),
        (410, "gone for good"),
        (401, "may not be read: its host answers 401"),
        (403, "may not be read: its host answers 403"),
    ],
)
def test_a_refusal_says_what_it_means_without_secrets(status: int, words: str, web: Web) -> None:
    web.refused["/d.parquet"] = status
    said = refusal(web.url("/d.parquet?X-Signature=secret"))
    assert words in said
    assert "secret" not in said
    assert len(web.log) == 1  # asking again would not help


def test_a_busy_host_is_left_alone_as_long_as_it_asks(web: Web, parquet: Parquet) -> None:
    web.files["/d.parquet"] = parquet()
    web.busy = [(429, {"Retry-After": "0"}), (503, {}), (500, {})]
    assert len(rows(web.url("/d.parquet"))) == 3
    look_again()
    web.busy = [(429, {"Retry-After": "3600"})]
    assert "asks to wait 3600 seconds" in refusal(web.url("/d.parquet"))
    look_again()
    web.busy = [(503, {})] * 5
    assert "too busy: it answers 503" in refusal(web.url("/d.parquet"))


def test_a_build_with_nothing_to_do_costs_one_request_and_another_version_is_seen(
    web: Web, parquet: Parquet, built: Built, tmp_path: Path
) -> None:
    web.files["/d.parquet"] = parquet()
    url = web.url("/d.parquet?signature=secret")
    assert built(url).report["files"]["added"] > 3
    report = json.loads((tmp_path / "build/build.json").read_text("utf-8"))
    assert report["input"]["from"] == {
        "d.parquet": {
            "url": f"{web.url('/d.parquet')}?{report['input']['from']['d.parquet']['url'][-16:]}",
            "version": web.etag("/d.parquet"),
        }
    }
    web.log.clear()
    assert built(url).report["files"]["changed"] == 0
    assert web.log == ["GET /d.parquet?signature=secret bytes=0-0"]
    web.files["/d.parquet"] = parquet(["Intro.", "Use it well.", "Another page."])
    assert built(url).report["files"]["changed"] > 0
    kept = b"".join(f.read_bytes() for f in (tmp_path / ".sitegen").rglob("*") if f.is_file())
    site = b"".join(f.read_bytes() for f in (tmp_path / "build").rglob("*") if f.is_file())
    assert b"signature=secret" not in kept + site


@pytest.mark.integration
def test_bytes_that_came_are_not_asked_for_again(web: Web, tmp_path: Path) -> None:
    keep_in(tmp_path / "state")
    web.files["/d.jsonl"] = lines(12_000)
    first = rows(web.url("/d.jsonl"))
    sent = settled(web)
    look_again()
    assert rows(web.url("/d.jsonl?signature=new")) == first
    assert settled(web) - sent <= 1
    web.versions["/d.jsonl"] = '"new"'
    look_again()
    assert rows(web.url("/d.jsonl")) == first
    assert settled(web) > 1.9 * sent


def test_what_has_no_version_is_never_taken_from_before(
    web: Web, parquet: Parquet, built: Built
) -> None:
    web.etags = False
    web.files["/d.parquet"] = parquet()
    built(web.url("/d.parquet"))
    web.files["/d.parquet"] = parquet(["Intro.", "Use me.", "Another page."])
    assert built(web.url("/d.parquet")).report["files"]["changed"] > 0


@pytest.mark.parametrize("name", ["/folder/", "/page.html", "/d.zip", ""])
def test_what_is_no_dataset_file_is_refused_unasked(name: str, web: Web) -> None:
    assert "does not name a dataset file" in refusal(web.url(name))
    assert web.log == []


def test_an_empty_file_and_one_of_another_kind_are_named(web: Web, parquet: Parquet) -> None:
    web.files |= {"/e.parquet": b"", "/d.csv": parquet()}
    assert "the file is empty" in refusal(web.url("/e.parquet"))
    assert "a Parquet file, but named .csv" in refusal(web.url("/d.csv"))


def test_several_inputs_may_lie_here_and_there(web: Web, parquet: Parquet, tmp_path: Path) -> None:
    web.files |= {"/a/d.parquet": parquet(), "/b/d.parquet": parquet(sources=["x.md"] * 3)}
    (tmp_path / "here.csv").write_text("text,source\nHere.,docs/here.md\n")
    found = rows(web.url("/a/d.parquet"), str(tmp_path / "here.csv"), web.url("/b/d.parquet"))
    assert [source for source, _ in found] == [*SOURCES, "docs/here.md", *["x.md"] * 3]


def test_files_of_one_name_are_told_apart_by_their_hosts(web: Web, parquet: Parquet) -> None:
    web.files |= {"/a/d.parquet": parquet(), "/b/d.parquet": parquet(sources=["x.md"] * 3)}
    found = chunks(web.url("/a/d.parquet"), web.url("/b/d.parquet?signature=secret"))
    assert sorted({chunk.file for chunk in found}) == [
        f"127.0.0.1:{web.port}/b/d.parquet",
        "d.parquet",
    ]


@pytest.mark.integration
@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_of_a_large_dataset_little_travels_before_something_is_seen(
    form: str, web: Web, tmp_path: Path
) -> None:
    rows = [
        {"text": f"{n} {'word ' * 300}", "source": f"docs/{n // 10}.md", "other": "x" * 2_500}
        for n in range(500)
    ]
    file = tmp_path / f"d.{form}"
    if form == "jsonl":
        file.write_text("".join(f"{json.dumps(row)}\n" for row in rows) * 50)
    else:
        table = pa.Table.from_pylist(rows)
        with pq.ParquetWriter(file, table.schema, compression="none", use_dictionary=False) as to:
            for _ in range(50):
                to.write_table(table)
    web.files[f"/d.{form}"] = file
    assert file.stat().st_size > 90_000_000
    url = web.url(f"/d.{form}")
    config = load_config(flags={"input": [url]}, environ={}, cwd=tmp_path)
    assert len(gather(config, first=FirstLook(300)).documents) > 20
    first = settled(web)
    assert first < 8_000_000
    look_again()
    found = take_excerpt([url], {})
    assert 20_000 < found.rows < 30_000
    assert settled(web) - first < 20_000_000

"""Files made to harm: each is read in a process of its own, whose end, time and memory are seen."""

from __future__ import annotations

import base64
import gzip
import io
import json
import os
import random
import subprocess
import sys
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path

import pyarrow as pa
import pyarrow.ipc
import pyarrow.parquet as pq
import pytest

from tests.examples import some, times
from tests.tempo import is_within

pytestmark = pytest.mark.integration

SECONDS, MEGABYTES = 5, 500
READ = """
import gc, json, os, resource, sys
from sitegen.errors import ReadError
from sitegen.read.inputs import read
from sitegen.read.formats import arrow, csv, jsonl, parquet, viewer
gc.freeze()
for name in sys.stdin.read().splitlines():
    r, w = os.pipe()
    child = os.fork()
    if not child:
        os.dup2(w, 2)
        resource.setrlimit(resource.RLIMIT_CPU, (60, 60))
        said = ""
        try:
            for chunk in read([name], {}, []):
                pass
        except ReadError as error:
            said = str(error)
        os.write(w, ("SAID " + said).encode()[:4000])
        os._exit(0)
    os.close(w)
    said = b""
    while data := os.read(r, 65536):
        said += data
    os.close(r)
    _, status, usage = os.wait4(child, 0)
    print(json.dumps([name, status, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024,
                      said.decode(errors="replace")]), flush=True)
"""


def assert_harmless(files: Iterator[tuple[str, bytes]], folder: Path) -> None:
    names = []
    for name, data in files:
        (folder / name).write_bytes(data)
        names.append(str(folder / name))
    command = [sys.executable, "-c", READ]
    environ = os.environ | {"PYTHONHASHSEED": "0"}
    done = subprocess.run(
        command, input="\n".join(names), capture_output=True, text=True, env=environ, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = [json.loads(line) for line in done.stdout.splitlines()]
    assert len(results) == len(names)
    for name, status, seconds, megabytes, said in results:
        what = (Path(name).name, status, seconds, megabytes, said)
        assert status == 0, what
        assert is_within(SECONDS, seconds), what
        assert megabytes < MEGABYTES, what
        assert said.startswith("SAID "), what
        assert "\n" not in said, what


ROWS = [
    {
        "text": f"Text {n} of some length, with words. " * 9,
        "source": f"docs/page-{n // 4}.md",
        "id": f"{n // 4}_{n % 4}",
        "url": f"https://h.org/page-{n // 4}#s{n}",
        "n": n,
    }
    for n in range(60)
]


def parquet(table: pa.Table, **options: object) -> bytes:
    out = io.BytesIO()
    pq.write_table(table, out, **options)
    return out.getvalue()


def arrow(table: pa.Table, *, compression: str | None = None, stream: bool = False) -> bytes:
    out = io.BytesIO()
    options = pa.ipc.IpcWriteOptions(compression=compression)
    new = pa.ipc.new_stream if stream else pa.ipc.new_file
    with new(out, table.schema, options=options) as writer:
        writer.write_table(table)
    return out.getvalue()


def good() -> Iterator[tuple[str, bytes]]:
    table = pa.Table.from_pylist(ROWS)
    for codec in ("snappy", "zstd", "lz4", "gzip", "none"):
        yield f"{codec}.parquet", parquet(table, compression=codec, row_group_size=20)
    yield "file.arrow", arrow(table)
    yield "zstd.arrow", arrow(table, compression="zstd")
    yield "lz4-stream.arrow", arrow(table, compression="lz4", stream=True)
    yield "rows.jsonl", "\n".join(map(json.dumps, ROWS)).encode()
    lines = [",".join(ROWS[0]), *(",".join(f'"{v}"' for v in row.values()) for row in ROWS)]
    yield "rows.csv", "\n".join(lines).encode()


GOOD = dict(good())


@pytest.mark.heavy
@pytest.mark.parametrize("name", GOOD)
def test_a_file_that_is_cut_off_anywhere_does_no_harm(tmp_path: Path, name: str) -> None:
    data = GOOD[name]
    count = times(100)
    cuts = sorted({*range(13), *(len(data) * n // count for n in range(count)), len(data) - 1})
    assert_harmless(((f"{cut}-{name}", data[:cut]) for cut in cuts), tmp_path)


@pytest.mark.heavy
@pytest.mark.parametrize("name", GOOD)
def test_a_byte_that_is_another_anywhere_does_no_harm(tmp_path: Path, name: str) -> None:
    data, choice = GOOD[name], random.Random(name)  # noqa: S311
    tail = max(0, len(data) - 2500)  # where footers are
    places = [choice.randrange(len(data)) for _ in range(times(150))]
    places += [choice.randrange(tail, len(data)) for _ in range(times(150))]

    def flipped() -> Iterator[tuple[str, bytes]]:
        for number, at in enumerate(places):
            other = data[at] ^ choice.randrange(1, 256)
            yield f"{number}-{name}", data[:at] + bytes([other]) + data[at + 1 :]

    assert_harmless(flipped(), tmp_path)


def bombs() -> Iterator[tuple[str, bytes]]:
    many = pa.array(["B" * (8 << 20)] * 64)
    one = {"source": pa.array(["a.md"] * 64), "id": pa.array([f"0_{n}" for n in range(64)])}
    table = pa.table({"text": many, **one})
    for codec in ("zstd", "gzip", "lz4", "brotli"):
        yield f"bomb-{codec}.parquet", parquet(table, compression=codec, use_dictionary=False)
    for codec in ("zstd", "lz4"):
        yield f"bomb-{codec}.arrow", arrow(table, compression=codec)
    keys = pa.array([0] * 200_000, pa.int32())
    text = pa.DictionaryArray.from_arrays(keys, pa.array(["A" * (1 << 20)]))
    source = pa.DictionaryArray.from_arrays(keys, pa.array(["a.md"]))
    shared = pa.table({"text": text, "source": source})
    yield "dictionary.parquet", parquet(shared, compression="zstd", store_schema=False)
    yield "dictionary.arrow", arrow(shared, compression="zstd")


def gzipped(data: bytes) -> bytes:
    return gzip.compress(data, 6)


def zstandard(data: bytes) -> bytes:
    return bytes(pa.Codec("zstd").compress(data, asbytes=True))


PACKED: dict[str, Callable[[], bytes]] = {
    "rows.jsonl": lambda: (b'{"text": "' + b"A" * 1_000_000 + b'", "source": "a.md"}\n') * 600,
    "line.jsonl": lambda: b'{"text": "' + b"A" * 600_000_000,
    "objects.json": lambda: b"[" + b"{}," * 40_000_000,
    "numbers.json": lambda: b'[{"text": [' + b"1," * 60_000_000,
    "keys.jsonl": lambda: b"".join(
        (b'{"text": "T", "source": "a.md"', *(b', "%d": {}' % n for n in range(6_000_000)))
    ),
    "nothing.jsonl": lambda: b"\n" * 400_000_000,
    "rows.csv": lambda: b"text,source\n" + b"T,a.md\n" * 20_000_000,
    "quote.csv": lambda: b'text,source\n"' + b"T,a.md\n" * 20_000_000,
    "columns.csv": lambda: b"text,source" + b",a" * 40_000_000,
    "bars.txt": lambda: b"text | source\n---|---\n" + b" | " * 20_000_000,
}
WAYS = {"gz": gzipped, "zst": zstandard}


def misnamed() -> Iterator[tuple[str, bytes]]:
    for name in (b"na\xefve", b"\xff\xfe", b"\xed\xa0\x80", b"a\0b"):
        yield f"{name.hex()}.jsonl", b'{"text": "T", "source": "a.md", "' + name + b'": 1}'
        yield f"{name.hex()}.csv", b"text,source," + name + b"\nT,a.md,1\n"
        filler = "#" * len(name)
        table = pa.table({"text": ["T"], "source": ["a.md"], filler: ["x"]})
        for kind, data in (("parquet", parquet(table)), ("arrow", arrow(table))):
            yield f"{name.hex()}.{kind}", data.replace(filler.encode(), name)


def odd() -> Iterator[tuple[str, bytes]]:
    for kind, size in (("source", 60_000_000), ("url", 20_000_000), ("id", 20_000_000)):
        row = {"text": "T", "source": "a.md", "url": "https://h.org/", "id": "0_0"}
        table = pa.Table.from_pylist([row | {kind: "a/" * (size // 2)}])
        yield f"long-{kind}.parquet", parquet(table, compression="zstd")
        yield f"long-{kind}.jsonl", json.dumps(row | {kind: "a/" * (size // 2)}).encode()
    wide = {f"column {n}": pa.array([n]) for n in range(10_000)}
    yield "wide.parquet", parquet(pa.table({"text": ["T"], "source": ["a.md"], **wide}))
    yield "wide.arrow", arrow(pa.table({"text": ["T"], "source": ["a.md"], **wide}))
    yield (
        "wide.jsonl",
        json.dumps({"text": "T", "source": "a.md"} | dict.fromkeys(wide, 1)).encode(),
    )
    yield "wide.csv", (",".join(["text", "source", *wide]) + "\n").encode()
    deep: object = "T"
    for _ in range(60):
        deep = {"a": deep}
    yield "deep.parquet", parquet(pa.Table.from_pylist([{"text": deep, "source": "a.md"}]))
    yield "deep.arrow", arrow(pa.Table.from_pylist([{"text": deep, "source": "a.md"}]))
    yield "deep.jsonl", b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b', "source": "a.md"}'
    yield "deep.json", b"[" * 1_000_000
    yield "quote.csv", b'text,source\n"' + b"a,\n" * 2_000_000
    yield "line.jsonl", b'{"text": "' + b"a" * 60_000_000
    yield "same.jsonl", b'{"text": "T", "source": "a.md"}\n' * 20_000


def mislabelled() -> Iterator[tuple[str, bytes]]:
    names = [name for name in GOOD if name.startswith(("snappy", "zstd.arrow", "rows"))]
    for name in names:
        for suffix in ("parquet", "arrow", "feather", "jsonl", "json", "csv", "tsv", "txt", "md"):
            yield f"{name}.{suffix}", GOOD[name]
    for suffix in ("parquet", "arrow", "jsonl", "csv", "txt"):
        yield f"noise.{suffix}", random.Random(suffix).randbytes(100_000)  # noqa: S311
        yield f"gzip.{suffix}", b"\x1f\x8b\x08\x00" + bytes(1000)
        yield f"utf16.{suffix}", "text\tsource\nT\ta.md\n".encode("utf-16")
        yield f"magic.{suffix}", b"PAR1" + bytes(1000) + b"PAR1"


@pytest.mark.heavy
@pytest.mark.parametrize("kind", [bombs, odd, misnamed, mislabelled])
def test_a_file_that_is_made_to_harm_does_none(tmp_path: Path, kind: object) -> None:
    assert_harmless(kind(), tmp_path)  # type: ignore[operator]


@pytest.mark.heavy
@pytest.mark.parametrize(("name", "way"), some([*product(PACKED, WAYS)], least=10))
def test_a_file_that_unpacks_without_end_does_no_harm(tmp_path: Path, name: str, way: str) -> None:
    assert_harmless(iter([(f"{name}.{way}", WAYS[way](PACKED[name]()))]), tmp_path)


@pytest.mark.parametrize("signed", [True, False])
def test_an_encrypted_file_is_called_that(tmp_path: Path, signed: bool) -> None:
    encryption = pytest.importorskip("pyarrow.parquet.encryption")

    class Vault(encryption.KmsClient):
        def __init__(self, _: object) -> None:
            encryption.KmsClient.__init__(self)

        def wrap_key(self, key: bytes, _: str) -> bytes:
            return base64.b64encode(key)

    keys = encryption.EncryptionConfiguration(
        footer_key="footer", column_keys={"one": ["id"]}, plaintext_footer=signed
    )
    factory = encryption.CryptoFactory(Vault)
    connection = encryption.KmsConnectionConfig()
    properties = factory.file_encryption_properties(connection, keys)
    data = parquet(pa.Table.from_pylist(ROWS), encryption_properties=properties)
    assert_harmless(iter([("encrypted.parquet", data)]), tmp_path)
    done = subprocess.run(
        [sys.executable, "-m", "sitegen", "check", str(tmp_path / "encrypted.parquet")],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "encrypted" in done.stderr) == (1, True), done.stderr

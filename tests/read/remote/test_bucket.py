"""Datasets in a bucket: a file, a folder, a pattern; what changed there is seen."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sitegen.errors import ConfigError, ReadError
from sitegen.read.inputs import read
from sitegen.read.remote.find import look_again
from sitegen.record.result import Result
from tests.s3 import S3

Built = Callable[..., Result]


def rows(*names: str) -> bytes:
    return "".join(f'{{"text": "Of {name}.", "source": "{name}"}}\n' for name in names).encode()


def sources(item: str) -> list[str]:
    return [chunk.source for chunk in read([item], {}, [])]


def put(s3: S3, place: str, data: bytes) -> None:
    s3.ask("PUT", place, data).close()


@pytest.mark.integration
def test_a_file_a_folder_and_a_pattern_are_read(s3: S3) -> None:
    s3.make("docs")
    for name in ("a/x-2.jsonl", "a/x-10.jsonl", "a/b/y.jsonl", "a/_z.jsonl", "a/notes.txt"):
        put(s3, f"docs/{name}", rows(name))
    assert sources("s3://docs/a/b/y.jsonl") == ["a/b/y.jsonl"]
    assert sources("s3://docs/a/") == ["a/b/y.jsonl", "a/x-2.jsonl", "a/x-10.jsonl"]
    assert sources("s3://docs/a/x-*") == ["a/x-2.jsonl", "a/x-10.jsonl"]
    assert sources("s3://docs") == ["a/b/y.jsonl", "a/x-2.jsonl", "a/x-10.jsonl"]


def test_what_is_not_there_and_what_may_not_be_read_are_told_apart(s3: S3) -> None:
    s3.make("some")
    for item, words in {
        "s3://nowhere/d.parquet": "there is nothing at s3://nowhere/d.parquet",
        "s3://some/d.parquet": "there is nothing at s3://some/d.parquet",
        "s3://closed/d.parquet": "may not be read",
    }.items():
        with pytest.raises(ReadError, match=words) as caught:
            sources(item)
        assert "secret-of-the-test" not in str(caught.value)
    assert "set AWS_ACCESS_KEY_ID" in caught.value.help


@pytest.mark.parametrize(
    "item", ["s3://", "s3:///d.csv", "s3://key:word@some/d.csv", "s3://a/../b"]
)
def test_what_is_no_place_in_a_bucket_is_refused(item: str) -> None:
    with pytest.raises(ConfigError, match="not a place in a bucket") as caught:
        sources(item)
    assert "word" not in str(caught.value)


def test_a_build_with_nothing_to_do_asks_once_and_a_change_of_the_same_size_is_seen(
    s3: S3, built: Built
) -> None:
    s3.make("seen")
    put(s3, "seen/d.jsonl", rows("one"))
    built("s3://seen/d.jsonl")
    s3.text("_log")
    assert built("s3://seen/d.jsonl").report["files"]["changed"] == 0
    log = s3.text("_log").splitlines()
    assert {line.split()[0] for line in log} == {"HEAD"}
    put(s3, "seen/d.jsonl", rows("two"))
    assert built("s3://seen/d.jsonl").report["files"]["added"] > 0


def test_a_folder_is_listed_once_and_only_what_changed_travels(s3: S3, built: Built) -> None:
    s3.make("many")
    for name in ("a", "b", "c"):
        put(s3, f"many/{name}.jsonl", rows(name))
    built("s3://many")
    put(s3, "many/b.jsonl", rows("B"))
    look_again()
    s3.text("_log")
    assert built("s3://many").report["files"]["added"] > 0
    assert [line for line in s3.text("_log").splitlines() if line.startswith("GET /many/")] in (
        ["GET /many/b.jsonl"],
        ["GET /many/", "GET /many/b.jsonl"],
    )

"""A build to a bucket: files under their names, equal ones not sent, nothing foreign deleted."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.errors import ConfigError, PublishError
from sitegen.publish.straight import build as build_straight
from sitegen.record.result import Result
from tests.s3 import S3

Run = Callable[..., tuple[int, str, str]]
Built = Callable[..., Result]
ROWS = [("a.md", "# A\n\nSome text."), ("b.md", "# B\n\nOther text."), ("c.md", "# C")]


def write(folder: Path, rows: list[tuple[str, str]]) -> None:
    lines = [json.dumps({"source": source, "text": text}) for source, text in rows]
    (folder / "d.jsonl").write_text("\n".join(lines))


@pytest.fixture
def built(tmp_path: Path) -> Built:
    def run(output: str, rows: list[tuple[str, str]] = ROWS, **flags: object) -> Result:
        write(tmp_path, rows)
        given = {"input": ["d.jsonl"], "output": output, "jobs": 1, "search": False, **flags}
        return build_straight(load_config(flags=given, environ={}, cwd=tmp_path))

    return run


def folder_built(tmp_path: Path, rows: list[tuple[str, str]] = ROWS) -> dict[str, bytes]:
    write(tmp_path, rows)
    flags = {"input": ["d.jsonl"], "output": "plain", "jobs": 1, "search": False, "cache": False}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    folder = tmp_path / "plain"
    return {p.relative_to(folder).as_posix(): p.read_bytes()
            for p in folder.rglob("*") if p.is_file()}  # fmt: skip


@pytest.mark.integration
@pytest.mark.parametrize("cache", [True, False])
def test_a_bucket_holds_what_a_folder_would(
    cache: bool, s3: S3, built: Built, tmp_path: Path
) -> None:
    s3.make(f"held{cache}".lower())
    built(f"s3://held{cache}/docs".lower(), cache=cache)
    found = s3.objects(f"held{cache}".lower())
    assert {path.removeprefix("docs/"): data for path, data in found.items()} == folder_built(
        tmp_path
    )
    assert not (tmp_path / "build").exists()


@pytest.mark.integration
def test_only_what_differs_is_sent_the_manifest_last_and_deletions_of_ours_alone(
    s3: S3, built: Built
) -> None:
    s3.make("again")
    built("s3://again")
    s3.ask("PUT", "again/theirs.txt", b"keep").close()
    s3.log()
    assert built("s3://again").report["files"]["changed"] == 0
    assert s3.log() == []
    result = built("s3://again", [*ROWS[:1], ("b.md", "# B\n\nNew.")])
    log = s3.log()
    assert log[-1] == "PUT /again/.sitegen-manifest.json"
    assert "PUT /again/b/index.html" in log
    assert "DELETE /again/c/index.html" in log
    assert not [line for line in log if "assets/site" in line]
    assert s3.objects("again")["theirs.txt"] == b"keep"
    assert result.report["files"]["removed"] >= 1


@pytest.mark.integration
def test_a_build_from_another_machine_goes_on_with_the_bucket(
    s3: S3, built: Built, tmp_path: Path
) -> None:
    s3.make("other")
    built("s3://other/x", cache=str(tmp_path / "one"))
    s3.log()
    built("s3://other/x", cache=str(tmp_path / "two"))
    assert s3.log() == []


def test_a_bucket_of_somebody_else_is_left_alone(s3: S3, built: Built) -> None:
    s3.make("foreign")
    s3.ask("PUT", "foreign/index.html", b"theirs").close()
    with pytest.raises(PublishError, match="files that sitegen did not publish: index"):
        built("s3://foreign")
    assert s3.objects("foreign") == {"index.html": b"theirs"}


@pytest.mark.integration
def test_the_command_line_and_the_file_take_a_bucket_and_a_folder_wins_over_the_file(
    s3: S3, run: Run, tmp_path: Path
) -> None:
    s3.make("told")
    write(tmp_path, ROWS)
    (tmp_path / "sitegen.toml").write_text('input = "d.jsonl"\noutput = "s3://told/file"\n')
    status, _, err = run("build", "--jobs", "1", "--no-search")
    assert (status, "-> s3://told/file in" in err) == (0, True)
    assert run("build", "--jobs", "1", "--no-search", "-o", "s3://told/flag")[0] == 0
    assert {path.split("/")[0] for path in s3.objects("told")} == {"file", "flag"}
    assert run("build", "--jobs", "1", "--no-search", "-o", "here")[0] == 0
    assert (tmp_path / "here/index.html").exists()


@pytest.mark.integration
def test_a_bucket_holds_all_versions_and_its_name_is_said_of_one_that_would_be_lost(
    s3: S3, run: Run, tmp_path: Path
) -> None:
    s3.make("versions")
    write(tmp_path, ROWS)
    output = 'output = "s3://versions/docs"\nsearch = false\n'
    listed = [f'[[versions]]\nname = "{name}"\ninput = "d.jsonl"\n' for name in ("2.0", "1.0")]
    (tmp_path / "sitegen.toml").write_text(output + "".join(listed))
    assert run("build", "--jobs", "1")[0] == 0
    found = s3.objects("versions")
    assert {f"docs/{at}/a/index.html" for at in ("2.0", "1.0", "latest")} <= found.keys()
    assert "docs/versions.json" in found
    (tmp_path / "sitegen.toml").write_text(output + listed[0])
    status, _, err = run("build", "--jobs", "1")
    assert (status, err.split(" ")[1]) == (2, "s3://versions/docs:")
    assert s3.objects("versions") == found


@pytest.mark.parametrize(
    ("output", "words"),
    [
        ("ftp://host/x", "no build fills ftp://"),
        ("s3://", "must look like s3://bucket/folder"),
        ("s3://key:secret@bucket/x", "must look like s3://bucket/folder"),
        ("s3://bucket/../other", "must look like s3://bucket/folder"),
        ("gs://bucket/a b", "must look like s3://bucket/folder"),
    ],
)
def test_what_is_no_place_in_a_bucket_is_refused(output: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=words) as caught:
        load_config(flags={"input": ["d.jsonl"], "output": output}, environ={}, cwd=tmp_path)
    assert "secret" not in str(caught.value)

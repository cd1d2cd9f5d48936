"""A real S3 server on this machine, and processes that are really killed."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.errors import PublishError
from sitegen.publish import Outcome
from sitegen.publish.local_site import open_site
from tests.examples import ALL, times
from tests.s3 import S3

Site = Callable[..., Path]
Send = Callable[..., Outcome]
STYLE = "assets/site.12345678.css"
PAGES = {STYLE: "css", "index.html": "home", "a/index.html": "a", "b/index.html": "b"}


def expected(site: Path) -> dict[str, bytes]:
    opened = open_site(site)
    files = {path: (site / path).read_bytes() for path in opened.files}
    return files | {".sitegen-manifest.json": opened.manifest}


@pytest.mark.integration
def test_objects_carry_their_type_and_cache_header(s3: S3, make_site: Site, send: Send) -> None:
    s3.make("types")
    site = make_site(PAGES)
    send("s3://types", site)
    assert s3.objects("types") == expected(site)
    with s3.ask("HEAD", f"types/{STYLE}") as answer:
        assert answer.headers["Content-Type"] == "text/css; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    with s3.ask("HEAD", "types/a/index.html") as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert answer.headers["Cache-Control"] == "public, max-age=0, must-revalidate"


def test_a_second_publish_of_one_changed_page_is_four_uploads(
    s3: S3, make_site: Site, send: Send
) -> None:
    s3.make("twice")
    send("s3://twice/docs", make_site(PAGES))
    assert len(s3.log()) == 7  # five files, the manifest before and after
    send("s3://twice/docs", make_site(PAGES | {"a/index.html": "new"}))
    assert [entry.removeprefix("PUT /twice/docs/") for entry in s3.log()] == [
        ".sitegen-manifest.json",
        "a/index.html",
        "build.json",
        ".sitegen-manifest.json",
    ]
    assert send("s3://twice/docs", make_site(PAGES | {"a/index.html": "new"})).plan.is_empty
    assert s3.log() == []


def test_a_missing_bucket_is_said_without_secrets(s3: S3, make_site: Site, send: Send) -> None:
    with pytest.raises(PublishError, match="there is no bucket 'nowhere'") as caught:
        send("s3://nowhere/docs", make_site(PAGES))
    assert "secret-of-the-test" not in str(caught.value)
    assert s3.log() == []


@pytest.mark.parametrize("target", ["s3://closed", "s3://closed/docs"])
def test_keys_that_may_not_are_told_from_a_bucket_that_is_not_there(
    target: str, s3: S3, make_site: Site, send: Send
) -> None:
    with pytest.raises(PublishError, match="listing the target is not allowed") as caught:
        send(target, make_site(PAGES))
    assert "use keys that may list" in caught.value.help
    listings = [line for line in s3.text("_log").splitlines() if line.startswith("GET")]
    assert len(listings) == 1  # asking again would not help


@pytest.mark.heavy
def test_a_process_killed_at_any_request_leaves_whole_pages_and_is_completed_by_another(
    s3: S3, make_site: Site, tmp_path: Path
) -> None:
    def pages(version: str, names: str) -> dict[str, str]:
        style = f"assets/site.{version * 8}.css"
        return {style: version} | {f"{n}/index.html": f"{version} {style}" for n in names}

    old, new = make_site(pages("a", "abcdefghijkl"), "old"), make_site(pages("b", "ghijklmnopqr"))
    points, step = 0, ALL // times(ALL)
    while True:
        bucket = f"kill{points}"
        s3.make(bucket)
        run(s3, tmp_path, old, bucket)
        s3.ask("PUT", f"{bucket}/theirs.txt", b"keep").close()
        if run(s3, tmp_path, new, bucket, kill_at=points) == 0:
            break
        points += step
        live = s3.objects(bucket)
        for name, data in live.items():
            if name.endswith(".html"):
                assert data.decode().split()[1] in live, (points, name)
        assert run(s3, tmp_path, new, bucket) == 0
        assert s3.objects(bucket) == expected(new) | {"theirs.txt": b"keep"}
    assert points >= 20


def run(s3: S3, folder: Path, site: Path, bucket: str, kill_at: int | None = None) -> int:
    """Publish from a process of its own; it is killed when it begins its n-th change."""
    environ = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    command = [sys.executable, "-m", "sitegen", "publish", f"s3://{bucket}", "--site", str(site)]
    process = subprocess.Popen(
        command, cwd=folder, env=environ, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    s3.text("_kill/" if kill_at is None else f"_kill/{process.pid}/{kill_at}")
    process.communicate(timeout=60)
    return process.returncode

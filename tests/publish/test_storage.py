"""Object storage, with a bucket in memory: every step can be the last one."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from pyarrow import fs

from sitegen.errors import PublishError
from sitegen.model.own_names import MANIFEST
from sitegen.publish import storage
from sitegen.publish.local_site import open_site
from sitegen.publish.plan import make_plan
from sitegen.publish.storage import Storage
from sitegen.workers.progress import Progress

Site = Callable[..., Path]


class Killed(BaseException):
    """The process is gone."""


class Bucket:
    """What pyarrow's file systems are to us; after ``lives`` changes it kills its user."""

    def __init__(self) -> None:
        self.objects: dict[str, bytes] = {}
        self.headers: dict[str, dict[str, str]] = {}
        self.log: list[str] = []
        self.lives = 1 << 30
        self.faults: list[Exception] = []

    def get_file_info(self, selector: fs.FileSelector) -> list[Any]:
        return [
            SimpleNamespace(path=f"b/{name}", size=len(data), type=fs.FileType.File)
            for name, data in self.objects.items()
        ]

    def open_input_stream(self, path: str) -> io.BytesIO:
        return io.BytesIO(self.objects[path.removeprefix("b/")])

    def open_output_stream(self, path: str, metadata: dict[str, str]) -> Any:
        bucket, name = self, path.removeprefix("b/")

        class Upload(io.BytesIO):
            def close(self) -> None:
                if self.closed:
                    return
                data = self.getvalue()
                super().close()
                bucket.change(f"PUT {name}")
                bucket.objects[name] = data
                bucket.headers[name] = metadata

        return Upload()

    def delete_file(self, path: str) -> None:
        name = path.removeprefix("b/")
        self.change(f"DELETE {name}")
        del self.objects[name]

    def change(self, what: str) -> None:
        if self.lives <= 0:
            raise Killed
        if self.faults:
            raise self.faults.pop(0)
        self.lives -= 1
        self.log.append(what)


@pytest.fixture(autouse=True)
def _one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storage, "_UPLOADS", 1)


def publish(bucket: Bucket, folder: Path) -> None:
    site = open_site(folder)
    target = Storage(bucket, "b", "s3://b")
    plan = make_plan(site, target.look())
    if not plan.is_empty:
        target.send(site, plan, Progress(0))


def pages(version: str, names: str) -> Mapping[str, str]:
    """Each page needs the asset whose name stands in it."""
    style = f"assets/site.{version * 8}.css"
    return {style: version, "index.html": f"{version} {style}"} | {
        f"{name}/index.html": f"{version} {style}" for name in names
    }


def assert_every_page_is_whole(bucket: Bucket) -> None:
    for name, data in bucket.objects.items():
        if name.endswith(".html"):
            needed = re.search(r"assets/\S+", data.decode())
            assert needed is not None
            assert needed[0] in bucket.objects, name


def test_killed_at_any_step_pages_are_old_or_new_and_a_rerun_completes(make_site: Site) -> None:
    old, new = (
        make_site(pages("a", "klmnopqrstu"), "old"),
        make_site(pages("b", "pqrstuvwx"), "new"),
    )
    third = make_site(pages("c", "p"), "third")
    steps = 0
    while True:
        bucket = Bucket()
        publish(bucket, old)
        bucket.objects["theirs.html"] = b"assets/site.theirs.css"
        bucket.objects["assets/site.theirs.css"] = b""
        bucket.lives = steps
        try:
            publish(bucket, new)
        except Killed:
            steps += 1
        else:
            break
        assert_every_page_is_whole(bucket)
        bucket.lives = 1 << 30
        again = third if steps % 2 else new
        publish(bucket, again)
        expected = {p: (again / p).read_bytes() for p in open_site(again).files}
        ours = {name: data for name, data in bucket.objects.items() if "theirs" not in name}
        assert ours == expected | {MANIFEST: open_site(again).manifest}
        assert len(bucket.objects) == len(ours) + 2
    assert steps >= 20


def test_a_change_of_one_page_sends_three_files_and_the_manifest_twice(make_site: Site) -> None:
    bucket = Bucket()
    publish(bucket, make_site(pages("a", "pq")))
    bucket.log.clear()
    publish(bucket, make_site({**pages("a", "pq"), "p/index.html": "new assets/site.aaaaaaaa.css"}))
    assert bucket.log == [
        f"PUT {MANIFEST}",
        "PUT p/index.html",
        "PUT build.json",
        f"PUT {MANIFEST}",
    ]


def test_deletions_are_last_but_for_the_manifest(make_site: Site) -> None:
    bucket = Bucket()
    publish(bucket, make_site(pages("a", "pq")))
    bucket.log.clear()
    publish(bucket, make_site(pages("b", "p")))
    kinds = [entry.split()[0] for entry in bucket.log]
    assert kinds == [*["PUT"] * 5, "DELETE", "DELETE", "PUT"]
    assert bucket.log[1].startswith("PUT assets/")


def test_a_fault_of_the_network_is_tried_again_and_ends_in_words(make_site: Site) -> None:
    bucket, site = Bucket(), make_site(pages("a", "p"))
    bucket.faults = [OSError("reset by peer")] * 2
    publish(bucket, site)
    assert len(bucket.objects) == 5
    bucket.faults = [OSError("no route")] * 4
    with pytest.raises(PublishError, match=r"sending .* failed: no route - publish again"):
        publish(bucket, make_site(pages("b", "p")))


def test_a_damaged_manifest_is_not_taken_for_no_manifest(make_site: Site) -> None:
    bucket = Bucket()
    bucket.objects[MANIFEST] = b"{}"
    with pytest.raises(PublishError, match="is damaged"):
        publish(bucket, make_site(pages("a", "p")))

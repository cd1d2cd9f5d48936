"""When a watch takes up a change, told of events as the system tells of them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from watchdog.events import FileClosedEvent, FileModifiedEvent, FileSystemEvent

from sitegen.record.inputs import named_file
from sitegen.serve.area import Area
from sitegen.serve.watch import EMPTY, Watch


def area(file: Path) -> Area:
    return Area.of_places([named_file(file)])


def test_a_file_that_is_closed_is_taken_up_at_once(tmp_path: Path) -> None:
    page = tmp_path / "a.md"
    page.write_text("# A\n")
    watch = Watch(lambda: (area(page), {}), poll=True)  # no events but ours
    watch.start({})
    waited = []
    for _ in range(5):

        def save() -> None:
            watch.on_any_event(FileModifiedEvent(str(page)))
            time.sleep(0.01)
            watch.on_any_event(FileClosedEvent(str(page)))
            waited.append(time.monotonic())

        saving = threading.Thread(target=save)
        saving.start()
        assert watch.wait() == "a.md"
        saving.join()
        waited[-1] = time.monotonic() - waited[-1]
    assert min(waited) < 0.03


@pytest.mark.parametrize("event", [FileModifiedEvent, FileClosedEvent])
def test_a_file_that_is_empty_may_be_about_to_be_written(
    tmp_path: Path, event: Callable[[str], FileSystemEvent]
) -> None:
    page = tmp_path / "a.md"
    page.touch()
    watch = Watch(lambda: (area(page), {}), poll=True)
    watch.start({})
    emptied = time.monotonic()
    watch.on_any_event(event(str(page)))
    assert watch.wait() == "a.md"
    assert time.monotonic() - emptied >= EMPTY


def test_a_rest_without_events_ends_when_the_files_change() -> None:
    files = {"a.md": 1}
    watch = Watch(lambda: (Area(), dict(files)), poll=True)
    watch.start(dict(files))
    threading.Timer(0.1, files.update, [{"a.md": 2}]).start()
    started = time.monotonic()
    assert not watch.rest(10)
    assert time.monotonic() - started < 2
    assert watch.wait() == "a.md"


def test_what_an_author_may_hide_and_still_mean_is_watched(tmp_path: Path) -> None:
    area = Area(folders=(str(tmp_path),))
    shown = [".sitegenignore", ".well-known/security.txt", "_headers", "a/b.md"]
    hidden = [".git/HEAD", "a/.b.md", ".well-known/.x", ".a.md.swp"]
    assert [name for name in (*shown, *hidden) if area.concerns(str(tmp_path / name))] == shown

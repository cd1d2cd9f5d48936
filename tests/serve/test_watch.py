"""When a watch takes up a change, told of events as the system tells of them."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from watchdog.events import FileClosedEvent, FileModifiedEvent, FileSystemEvent
from watchdog.observers.api import EventQueue, ObservedWatch

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


def test_what_watches_says_nothing_when_it_is_ended_amidst_its_work(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    page = tmp_path / "a.md"
    page.touch()
    inotify = pytest.importorskip("watchdog.observers.inotify", reason="of Linux")
    watch = Watch(lambda: (area(page), {}))
    watch.start({})
    watch.stop()
    emitter = inotify.InotifyEmitter(EventQueue(), ObservedWatch(str(tmp_path), recursive=False))
    emitter.queue_events(0)  # as its thread does that has just been stopped
    assert not caplog.records


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


NO_THREADS = """
import resource, sys, threading
from pathlib import Path
from sitegen.record.inputs import named_file
from sitegen.serve.area import Area
from sitegen.serve.watch import Watch
page = Path(sys.argv[1])
watch = Watch(lambda: (Area.of_places([named_file(page)]), {"": page.read_text()}), poll=False)
threading.stack_size(1 << 31)  # more than there is room for
resource.setrlimit(resource.RLIMIT_AS, (1 << 30, 1 << 30))
watch.start({"": page.read_text()})
print(watch.polling)
page.write_text("changed")
print(watch.wait())
sys.argv = ["sitegen", "serve", str(page), "--port", "0", "--no-cache"]
from sitegen.cli import run
run()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux bounds memory")
def test_without_a_further_thread_files_are_looked_at_and_a_preview_says_why_it_ends(
    tmp_path: Path,
) -> None:
    page = tmp_path / "a.md"
    page.write_text("text")
    done = subprocess.run(
        [sys.executable, "-c", NO_THREADS, str(page)],
        cwd=tmp_path, capture_output=True, text=True, timeout=60, check=False,
    )  # fmt: skip
    assert done.stdout == "the system's limit on threads is reached\nsources\n", done.stderr
    assert done.returncode == 1
    assert "error: the system gives this process no thread to build in - " in done.stderr
    assert "Traceback" not in done.stderr

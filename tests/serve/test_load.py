"""A preview server under loads that no author makes and some programs do."""

from __future__ import annotations

import os
import re
import selectors
import socket
import statistics
import struct
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

if TYPE_CHECKING:
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.heavy
Serve = Callable[..., "Preview"]


def descriptors(preview: Preview) -> int:
    return len(list(Path(f"/proc/{preview.process.pid}/fd").iterdir()))


def memory(preview: Preview) -> float:
    text = Path(f"/proc/{preview.process.pid}/status").read_text()
    return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024  # type: ignore[index]


def settled(preview: Preview) -> None:
    preview.until_there("/build.json")


def times_of_pages(preview: Preview, number: int = 20) -> list[float]:
    found = []
    for _ in range(number):
        started = time.monotonic()
        assert preview.get().startswith(b"HTTP/1.1 200")
        found.append(time.monotonic() - started)
    return found


def test_500_listeners_all_hear_of_an_edit_and_pages_still_come(serve: Serve) -> None:
    preview = serve()
    settled(preview)
    before = memory(preview)
    clients = [preview.stream() for _ in range(500)]
    print("\nmemory of 500 streams", round(memory(preview) - before, 1), "MB")
    pages = times_of_pages(preview)
    print("page with 500 streams: median", round(1000 * statistics.median(pages), 1), "ms")
    with selectors.DefaultSelector() as waiting:
        for client in clients:
            client.setblocking(False)
            waiting.register(client, selectors.EVENT_READ)
        started = time.monotonic()
        (preview.folder / "docs/index.md").write_text("# Start\n\nZebra.\n")
        heard = 0
        while heard < len(clients) and time.monotonic() < started + 20:
            for key, _ in waiting.select(1):
                if b"data: " in key.fileobj.recv(4096):  # type: ignore[union-attr]
                    heard += 1
                    waiting.unregister(key.fileobj)
        took = time.monotonic() - started
    print("all 500 heard after", round(took, 2), "s")
    more = [preview.stream() for _ in range(12)]
    assert preview.get("/__livereload").startswith(b"HTTP/1.1 503")
    for client in (*clients, *more):
        client.close()
    assert heard == len(clients)
    preview.until(lambda: preview.get("/__livereload").startswith(b"HTTP/1.1 200"))
    assert "Traceback" not in preview.lines()


def test_slow_clients_hinder_nobody_and_are_let_go(serve: Serve) -> None:
    preview = serve()
    settled(preview)
    clients = [socket.create_connection(("127.0.0.1", preview.port)) for _ in range(200)]
    started = time.monotonic()
    slowest = 0.0
    for letter in b"GET / HTTP/1.1":
        for client in clients:
            try:
                client.send(bytes([letter]))
            except OSError:
                break
        slowest = max(slowest, *times_of_pages(preview, 3))
        time.sleep(0.9)
        if time.monotonic() > started + 12:
            break
    closed = 0
    for client in clients:
        client.settimeout(3)
        try:
            closed += client.recv(10) == b""
        except ConnectionError:
            closed += 1
        client.close()
    print("\nslowest page beside 200 slow clients", round(1000 * slowest), "ms; closed", closed)
    assert closed == 200


def test_a_thousand_clients_that_hang_up_leave_nothing_behind(serve: Serve) -> None:
    preview = serve(pages={"index.md": "# Start\n\n" + "words " * 100_000})
    settled(preview)
    before = descriptors(preview)
    request = f"GET / HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode()
    for number in range(1_000):
        client = socket.create_connection(("127.0.0.1", preview.port))
        client.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        client.send(request[: len(request) - number % 2])
        if number % 6 == 0:  # a whole request
            client.recv(1)
        client.close()
    preview.until(lambda: descriptors(preview) <= before + 1)
    assert preview.get().startswith(b"HTTP/1.1 200")
    assert "Traceback" not in preview.lines()
    print("\ndescriptors", before, "->", descriptors(preview))


def test_slow_readers_of_a_large_page_hinder_nobody(serve: Serve) -> None:
    preview = serve(pages={"index.md": "# Start\n", "big.md": "# Big\n\n" + "words " * 500_000})
    settled(preview)
    request = f"GET /big/ HTTP/1.1\r\nHost: 127.0.0.1:{preview.port}\r\n\r\n".encode()
    clients = []
    for _ in range(100):
        client = socket.socket()
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        client.connect(("127.0.0.1", preview.port))
        client.send(request)
        clients.append(client)
    time.sleep(1)
    pages = times_of_pages(preview)
    print("\npage beside 100 slow readers: median", round(1000 * statistics.median(pages)), "ms")
    assert statistics.median(pages) < 1
    before = descriptors(preview)
    preview.until(lambda: descriptors(preview) < before - 90, seconds=30)  # the limit is 20
    for client in clients:
        client.close()


def test_a_flood_of_changes_is_one_rebuild_after_it(serve: Serve) -> None:
    preview = serve(pages={f"p{n}.md": f"# P {n}\n" for n in range(200)})
    settled(preview)
    files = [str(path) for path in (preview.folder / "docs").iterdir()]
    started = time.monotonic()
    touched = 0
    while touched < 100_000:
        for file in files:
            os.utime(file)
        touched += len(files)
        late = touched / 20_000 - (time.monotonic() - started)
        if late > 0:
            time.sleep(late)
    spent = time.monotonic() - started
    (preview.folder / "docs/p7.md").write_text("# P 7\n\nAfter the flood.\n")
    preview.until(lambda: b"After the flood" in preview.get("/p7/"))
    time.sleep(2)
    built = re.findall(r"of 200 pages changed", preview.lines())
    print(f"\n{touched} touches in {spent:.1f} s; rebuilds after the first:", len(built) - 1)
    assert len(built) - 1 == 1


def test_a_large_dataset_is_served_at_once(serve: Serve, tmp_path: Path) -> None:
    rows = [
        {
            "text": f"Page {page} part {part}. " + f"Some words of `code_{page}` here. " * 12,
            "source": f"docs/source/en/part{page % 40}/page{page}.md",
            "source_section": f"#part-{part}",
            "id": f"{page}_{part}",
        }
        for page in range(20_000)
        for part in range(4)
    ]
    (tmp_path / "project").mkdir()
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "project" / "many.parquet")
    print("\nfile", round((tmp_path / "project" / "many.parquet").stat().st_size / 1e6, 1), "MB")
    started = time.monotonic()
    preview = serve("many.parquet")
    first = time.monotonic() - started
    assert preview.get().startswith(b"HTTP/1.1 200")
    request = f"GET /part39/page19999/ HTTP/1.1\r\nHost: localhost:{preview.port}\r\n\r\n"
    last = preview.raw(request.encode(), wait=60)
    print("first page", round(first, 2), "s; last page", round(time.monotonic() - started, 2), "s")
    assert b"Page 19999 part 3" in last
    slow = max(times_of_pages(preview, 30))
    print("slowest page while the rest is rendered", round(1000 * slow), "ms")

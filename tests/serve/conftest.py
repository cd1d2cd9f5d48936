"""A preview server in a process of its own, and raw requests to it."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.serve.chromium import PROGRAM, Chromium

PATIENCE = 60.0  # a busy machine is no fault of the code


@dataclass
class Preview:
    """A running server over ``folder``."""

    folder: Path
    port: int
    process: subprocess.Popen[str]

    def raw(self, data: bytes, *, wait: float = PATIENCE) -> bytes:
        """Send bytes and read until the server closes, or a whole answer is there."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as client:
            client.sendall(data)
            if b"\r\n\r\n" not in data:  # the server shall not wait for the rest
                client.shutdown(socket.SHUT_WR)
            return read_answer(client, has_body=not data.startswith(b"HEAD "))

    def get(self, target: str = "/", **headers: str) -> bytes:
        """Ask for a target as a browser does."""
        lines = {"Host": f"127.0.0.1:{self.port}", "Connection": "close"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
        return self.raw(f"GET {target} HTTP/1.1\r\n{head}\r\n".encode())

    def until(self, test: Callable[[], bool], seconds: float = PATIENCE) -> None:
        """Wait until something is so."""
        end = time.monotonic() + seconds
        while not test():
            assert time.monotonic() < end, self.lines()
            time.sleep(0.01)

    def until_there(self, target: str) -> None:
        """Wait until a file is made: asked for earlier, it is a page that says "not found"."""
        self.until(lambda: self.get(target).startswith(b"HTTP/1.1 200"))

    def lines(self) -> str:
        """What the server has printed."""
        return (self.folder.parent / "log").read_text()

    def stream(self) -> socket.socket:
        """Listen to the news; the first number has been read."""
        client = socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)
        client.sendall(
            f"GET /__livereload HTTP/1.1\r\nHost: 127.0.0.1:{self.port}\r\n\r\n".encode()
        )
        data = b""
        while b"data: " not in data:
            data += client.recv(4096)
        return client


def read_answer(client: socket.socket, *, has_body: bool = True) -> bytes:
    """Read an answer; of a stream its beginning."""
    data = b""
    try:
        while part := client.recv(65536):
            data += part
            head, end, body = data.partition(b"\r\n\r\n")
            if end and (not has_body or b"text/event-stream" in head):
                break
            if end and b"content-length: " in head:
                length = int(head.split(b"content-length: ")[1].split(b"\r\n")[0])
                if len(body) >= length or b" 304 " in head:
                    break
    except (TimeoutError, ConnectionError):
        pass
    return data


@contextmanager
def servers(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Start servers over ``docs`` in a project folder; all end with the block."""
    started: list[Preview] = []

    def start(*arguments: str, pages: dict[str, str] | None = None, **options: object) -> Preview:
        folder = tmp_path / "project"
        docs = folder / "docs"
        pages = {"index.md": "# Start\n\nHello.\n"} if pages is None else pages
        for name, text in pages.items():
            (docs / name).parent.mkdir(parents=True, exist_ok=True)
            (docs / name).write_text(text)
        taken = int(options.get("taken", 0))  # type: ignore[call-overload]
        port = taken or free_port()
        root = Path(__file__).parents[2]
        command = [sys.executable, "-m", "sitegen", "serve"]
        with (tmp_path / "log").open("a") as log:
            process = subprocess.Popen(
                [*command, *(arguments or ("docs",)), "--port", str(port)],
                cwd=folder,
                env={**os.environ, "PYTHONPATH": str(root)},
                stderr=log,
                text=True,
            )
        preview = Preview(folder, port, process)
        started.append(preview)
        end = time.monotonic() + PATIENCE
        while not taken and process.poll() is None and time.monotonic() < end:
            try:
                preview.get()
                break
            except ConnectionError:
                time.sleep(0.005)
        return preview

    try:
        yield start
    finally:
        for preview in started:
            if preview.process.poll() is None:
                preview.process.send_signal(signal.SIGINT)
                preview.process.wait(PATIENCE)


@pytest.fixture
def serve(tmp_path: Path) -> Iterator[Callable[..., Preview]]:
    """Start servers over ``docs`` in a project folder; all end with the test."""
    with servers(tmp_path) as start:
        yield start


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """A server over one page, for tests that do nothing but ask."""
    with servers(tmp_path_factory.mktemp("served")) as start:
        yield start()


@pytest.fixture(scope="module")
def open_to_all(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Preview]:
    """The same for other machines."""
    with servers(tmp_path_factory.mktemp("open")) as start:
        yield start("docs", "--host", "0.0.0.0")  # noqa: S104 - that is what is tested


def free_port() -> int:
    """Find a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
    return port


@pytest.fixture
def browser(tmp_path: Path) -> Iterator[Chromium]:
    """Start a browser that ends with the test."""
    if not PROGRAM:
        pytest.skip("no Chromium here")
    one = Chromium(tmp_path / "profile")
    yield one
    one.close()

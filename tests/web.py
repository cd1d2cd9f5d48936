"""A web server on this machine, with ranges and without, honest and not, which counts bytes."""

from __future__ import annotations

import hashlib
import re
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote

CHUNK = 1 << 16


@dataclass
class Web:
    """What it has, by path, and how it behaves; ``log`` are the requests, ``sent`` bytes of bodies.

    ``ranges``: it has them; ``lies`` says how it gives others: "start" (what it gives is from the
    start), "whole" (all of the file as a part of it), "unnamed" (it does not say which). ``cut``
    bodies end after so many bytes, so many times. ``busy`` answers come first.
    """

    port: int = 0
    files: dict[str, bytes | Path] = field(default_factory=dict)
    moved: dict[str, str] = field(default_factory=dict)
    refused: dict[str, int] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    ranges: bool = True
    etags: bool = True
    lengths: bool = True
    lies: str = ""
    cut: tuple[int, int] = (0, 0)
    busy: list[tuple[int, Mapping[str, str]]] = field(default_factory=list)
    log: list[str] = field(default_factory=list)
    heads: list[Mapping[str, str]] = field(default_factory=list)
    sent: int = 0

    def url(self, path: str) -> str:
        """The address of a file."""
        return f"http://127.0.0.1:{self.port}{path}"

    def size(self, path: str) -> int:
        file = self.files[path]
        return len(file) if isinstance(file, bytes) else file.stat().st_size

    def bytes(self, path: str, start: int, stop: int) -> bytes:
        file = self.files[path]
        if isinstance(file, bytes):
            return file[start:stop]
        with file.open("rb") as stream:
            stream.seek(start)
            return stream.read(stop - start)

    def etag(self, path: str) -> str:
        file = self.files[path]
        known = file if isinstance(file, bytes) else str(file).encode()
        return self.versions.get(path) or f'"{hashlib.sha256(known).hexdigest()[:16]}"'


class Handler(BaseHTTPRequestHandler):
    """Answers for the `Web` of its server."""

    protocol_version = "HTTP/1.1"
    web: Web

    def do_GET(self) -> None:
        web = self.web
        asked = self.path.split("?")[0]
        path = unquote(asked)
        web.log.append(f"{self.command} {self.path} {self.headers.get('Range', '')}".rstrip())
        web.heads.append(dict(self.headers))
        if web.busy:
            status, headers = web.busy.pop(0)
            return self.plain(status, headers)
        if path in web.refused:
            return self.plain(web.refused[path])
        if path in web.moved:
            return self.plain(302, {"Location": web.moved[path]})
        if path not in web.files:
            return self.missing(asked)
        return self.file(path)

    def missing(self, path: str) -> None:
        self.plain(404)

    def plain(self, status: int, headers: Mapping[str, str] = {}) -> None:
        self.send_response_only(status)
        for name, value in {"Content-Length": "0", **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def file(self, path: str) -> None:
        web, size = self.web, self.web.size(path)
        asked = re.fullmatch(r"bytes=(\d+)-(\d+)", self.headers.get("Range", ""))
        start, stop = (int(asked[1]), min(int(asked[2]) + 1, size)) if asked else (0, size)
        if asked and web.ranges and start >= size:
            return self.plain(416, {"Content-Range": f"bytes */{size}"})
        headers = {"Accept-Ranges": "bytes"} if web.ranges else {}
        if asked and web.ranges:
            if web.lies == "start" and start:
                start, stop = 0, stop - start
            if web.lies == "whole" and start:
                stop, start = size, 0
            named = f"bytes {start}-{stop - 1}/{size}"
            if web.lies == "whole":
                named = f"bytes {asked[1]}-{asked[2]}/{size}"
            headers |= {} if web.lies == "unnamed" and start else {"Content-Range": named}
        else:
            start, stop = 0, size
        if web.etags:
            headers["ETag"] = web.etag(path)
        if web.lengths:
            headers["Content-Length"] = str(stop - start)
        else:
            headers["Connection"] = "close"
            self.close_connection = True
        self.send_response_only(206 if asked and web.ranges else 200)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.body(path, start, stop)
        return None

    def body(self, path: str, start: int, stop: int) -> None:
        web = self.web
        most, times = web.cut
        if times and stop - start > most:
            web.cut, stop = (most, times - 1), start + most
            self.close_connection = True
        while start < stop:
            part = web.bytes(path, start, min(stop, start + CHUNK))
            try:
                self.wfile.write(part)
            except OSError:  # who asked has enough
                self.close_connection = True
                return
            web.sent += len(part)
            start += len(part)

    def log_message(self, *_: object) -> None:
        pass


class Server(ThreadingHTTPServer):
    """Says nothing of those who have enough: it would be taken for what a command has said."""

    def handle_error(self, request: Any, client_address: Any) -> None:
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


@contextmanager
def served(web: Web, handler: type[Handler] = Handler) -> Iterator[Web]:
    """Run a server for the block."""
    bound = type("Bound", (handler,), {"web": web})
    server = Server(("127.0.0.1", 0), bound)
    server.daemon_threads = True
    web.port = server.server_port
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()


def settled(web: Web) -> int:
    """The bytes of bodies that were sent, once no more are."""
    before = -1
    while before != web.sent:
        before = web.sent
        time.sleep(0.05)
    return web.sent

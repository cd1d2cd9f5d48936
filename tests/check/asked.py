"""x"""

from __future__ import annotations

import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any

ANSWERS = {
    "later": (429, {"Retry-After": "3600"}),
    "moved": (301, {"Location": "/fine"}),
    "elsewhere": (302, {"Location": "/fine"}),
    "ring": (302, {"Location": "/ring"}),
    "inward": (302, {"Location": "http://127.0.0.2:9/"}),
}


@dataclass
class Host:
    """A server whose paths say what is answered: ``/404``, ``/busy-2`` (two times), ``/fine``."""

    port: int = 0
    log: list[str] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    most: int = 0
    now: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}{path}"


class Handler(BaseHTTPRequestHandler):
    server: Any

    def do_HEAD(self) -> None:
        host: Host = self.server.host
        with host.lock:
            host.log.append(f"{self.command} {self.path}")
            host.times.append(time.monotonic())
            host.agents.add(self.headers["User-Agent"])
            host.now += 1
            host.most = max(host.most, host.now)
        time.sleep(0.005)
        with host.lock:
            host.now -= 1
        with suppress(ConnectionError):
            self.answer(host)

    do_GET = do_HEAD  # noqa: N815 - the name is the library's

    def answer(self, host: Host) -> None:
        name, _, number = self.path.strip("/").partition("-")
        if name in ANSWERS:
            status, headers = ANSWERS[name]
            self.reply(status, headers)
        elif name == "busy" and host.log.count(f"HEAD {self.path}") <= int(number):
            self.reply(503, {"Retry-After": number})
        elif name == "headless":
            self.reply(200 if self.command == "GET" else 405, {})
        elif name == "drip":
            self.wfile.write(b"HTTP/1.0 200 OK\r\n")
            for line in range(90):
                self.wfile.write(f"X-{line}: y\r\n".encode())
                time.sleep(0.05)
        else:
            self.reply(int(name) if name.isdecimal() else 200, {})

    def reply(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response_only(status)
        for key, value in headers.items():
            self.send_header(key, value)
        self.end_headers()

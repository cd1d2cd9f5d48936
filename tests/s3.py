"""A real S3 server on this machine, which logs its requests and may kill who asks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

_SERVER = """
import os, signal, sys, threading
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from werkzeug.serving import WSGIRequestHandler, make_server

class Quiet(WSGIRequestHandler):
    def log(self, *_):
        pass

s3 = DomainDispatcherApplication(create_backend_app)
log, victim, lock = [], [], threading.Lock()

def app(environ, start):
    method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
    with lock:
        if path.startswith("/_log"):
            answer = "\\n".join(log).encode()
            log.clear()
            start("200 OK", [("Content-Length", str(len(answer)))])
            return [answer]
        if path.startswith("/closed"):
            log.append(method + " " + path)
            start("403 Forbidden", [("Content-Length", "0")])
            return []
        if path.startswith("/_kill/"):
            victim[:] = map(int, filter(None, path.split("/")[2:]))
            start("200 OK", [("Content-Length", "0")])
            return []
        log.append(method + " " + path)
        if method in ("PUT", "DELETE") and victim:
            victim[1] -= 1
            if victim[1] < 0:
                os.kill(victim[0], signal.SIGKILL)
                start("500 Gone", [("Content-Length", "0")])
                return []
    return s3(environ, start)

server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
print(server.server_port, flush=True)
server.serve_forever()
"""


class S3:
    """A server that logs its requests and kills a process when that begins its n-th change."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(self, method: str, path: str, data: bytes | None = None) -> Any:
        url = f"http://127.0.0.1:{self.port}/{path}"
        headers = {"Authorization": "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/s3/x"}
        headers["Content-Type"] = "text/plain"
        return urlopen(Request(url, data, headers, method=method), timeout=10)

    def bytes(self, path: str) -> bytes:
        with self.ask("GET", quote(path, safe="/?=&-")) as answer:
            data: bytes = answer.read()
        return data

    def text(self, path: str) -> str:
        return self.bytes(path).decode()

    def log(self) -> list[str]:
        """Give the changes that were asked for since the last call."""
        lines = self.text("_log").splitlines()
        return [line for line in lines if line.startswith(("PUT", "DELETE", "POST"))]

    def make(self, bucket: str) -> None:
        self.text("_kill/")  # a process that an earlier test would have ended is gone
        self.ask("PUT", bucket).close()
        self.log()

    def keys(self, bucket: str) -> list[str]:
        """Give the names of all objects, those that stand for folders too."""
        return re.findall(r"<Key>([^<]+)</Key>", self.text(f"{bucket}?list-type=2"))

    def objects(self, bucket: str) -> dict[str, bytes]:
        keys = [key for key in self.keys(bucket) if key[-1] != "/"]
        return {key: self.bytes(f"{bucket}/{key}") for key in keys}


@contextmanager
def s3_served() -> Iterator[int]:
    """Run a server for the block; give its port."""
    process = subprocess.Popen(
        [sys.executable, "-c", _SERVER], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    assert process.stdout
    try:
        yield int(process.stdout.readline())
    finally:
        process.kill()
        process.wait()
        process.stdout.close()


def s3_at(port: int, monkeypatch: pytest.MonkeyPatch) -> S3:
    """The server at a port, to which the environment leads."""
    monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{port}")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "test")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret-of-the-test")
    monkeypatch.setenv("AWS_REGION", "us-east-1")
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    return S3(port)

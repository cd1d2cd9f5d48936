"""Hosts that send so slowly that nobody would wait for them."""

from __future__ import annotations

import contextlib
import socket
import time

import pytest

from sitegen.errors import ReadError
from sitegen.read.remote import pace
from sitegen.read.remote.client import Door
from sitegen.read.remote.transfer import Transfer
from sitegen.read.remote.web import look
from tests.web import Handler, Web, served


class Dripping(Handler):
    """Gives a byte now and then: of the head of an answer, of a part, or of the whole."""

    where = "head"

    def do_GET(self) -> None:  # noqa: N802 - the library calls it so
        self.web.log.append(self.path)
        if self.where == "head":
            drip(self.connection, b"HTTP/1.1 200 OK\r\nX: " + bytes([120]) * 4000)
        elif self.web.ranges and len(self.web.log) == 1:
            super().do_GET()
        else:
            self.wfile.write(
                b"HTTP/1.1 200 OK\r\nContent-Length: 4999\r\n\r\n"
                if not self.web.ranges
                else b"HTTP/1.1 206 Partial Content\r\nContent-Length: 4999\r\n"
                b"Content-Range: bytes 0-4998/4999\r\n\r\n"
            )
            drip(self.connection, bytes(4000))


def drip(connection: socket.socket, data: bytes) -> None:
    with contextlib.suppress(OSError):  # who asked has enough
        for byte in data:
            connection.sendall(bytes([byte]))
            time.sleep(0.02)


@pytest.mark.parametrize(("where", "ranges"), [("head", True), ("body", True), ("body", False)])
def test_a_host_that_sends_a_byte_now_and_then_is_given_up(
    monkeypatch: pytest.MonkeyPatch, where: str, *, ranges: bool
) -> None:
    monkeypatch.setattr(pace, "PATIENCE", 0.3)  # a test must not wait for a minute
    web = Web(files={"/slow.jsonl": bytes(4999)}, ranges=ranges)
    kind = type("Of", (Dripping,), {"where": where})
    with served(web, kind) as slow:
        began = time.monotonic()
        url = slow.url("/slow.jsonl")
        refused = pytest.raises(ReadError, match="its host sends less than 16 KiB a second")
        with refused as said, contextlib.closing(Transfer(look(url), url, Door())) as transfer:
            transfer(0, 4999)
    assert "/slow.jsonl: " in str(said.value)
    assert time.monotonic() - began < 10
    assert len(web.log) <= 3  # it is not asked again and again

"""Pace: connections whose answers must come at some speed, so that no host holds a build for ever.

A time-out is about one silence; a host that sends a byte now and then never runs into it.
"""

from __future__ import annotations

import io
import time
from http.client import HTTPResponse
from socket import SocketIO
from typing import TYPE_CHECKING, Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

if TYPE_CHECKING:
    from collections.abc import Buffer  # type: ignore[attr-defined]

PATIENCE = 60.0
"""Seconds of waiting that an answer may take, head and body."""
SLOWEST = 16 << 10
"""Bytes a second that it brings on the whole when it takes longer."""


class SlowError(Exception):
    """A host sends too little to wait for; asking again would take as long."""


class _Paced(io.RawIOBase):
    """What comes over a socket, as long as it comes at some speed."""

    def __init__(self, raw: SocketIO) -> None:
        self._raw, self._waited, self._bytes = raw, 0.0, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Buffer) -> int | None:
        """Take what is there.

        Raises:
            SlowError: it is less than an answer must bring.
        """
        began = time.monotonic()
        count = self._raw.readinto(buffer)
        self._waited += time.monotonic() - began
        self._bytes += count or 0
        if self._waited > PATIENCE and self._bytes < self._waited * SLOWEST:
            raise SlowError(f"its host sends less than {SLOWEST >> 10} KiB a second")
        return count

    def close(self) -> None:
        self._raw.close()
        super().close()


class _Answer(HTTPResponse):
    """An answer that is paced from its first byte on."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        raw = cast("SocketIO", self.fp.detach())
        self.fp = io.BufferedReader(cast("io.RawIOBase", _Paced(raw)))


class _Connection(HTTPConnection):
    response_class = _Answer


class _TLSConnection(HTTPSConnection):
    response_class = _Answer


class Pool(HTTPConnectionPool):
    """Connections to a host, without encryption."""

    ConnectionCls = _Connection


class TLSPool(HTTPSConnectionPool):
    """Connections to a host, with it."""

    ConnectionCls = _TLSConnection

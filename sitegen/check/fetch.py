"""Health: one address of another host -> its answer; bodies are not read, cookies not kept."""

from __future__ import annotations

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from http.client import HTTPException
from threading import Timer
from urllib.parse import quote, urljoin, urlsplit

from msgspec import Struct
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import HTTPError
from urllib3.response import BaseHTTPResponse

from sitegen.read.remote.hosts import RefusedError, addresses_of, wait_of

REDIRECTS = 5
_PORTS = {"http": 80, "https": 443}
_FOR_GOOD = frozenset((301, 308))
_NO_HEAD = frozenset((400, 403, 404, 405, 406, 501))  # also said where HEAD alone is not known
_HEADERS = {"User-Agent": "sitegen-check", "Accept": "*/*", "Accept-Encoding": "identity"}
_WHOLE = 3  # time-outs; an answer that drips in is cut after so many
_SAFE = "/%:@!$&'()*+,;=~"


class Answer(Struct, frozen=True):
    """What came back, or status 0 and what went wrong.

    ``asked`` is when that was, in seconds since 1970. ``moved`` is where the address leads for
    good, ``wait`` how many seconds the host wants to be left alone.
    """

    asked: float
    status: int
    words: str = ""
    moved: str = ""
    wait: float = 0.0


def ask(url: str, timeout: float, may_be_private: Callable[[str], bool]) -> Answer:
    """Ask for an address and follow its redirects; a host must be public, or one that may not.

    Raises:
        RefusedError: The address, or one that it leads to, must not be asked.
    """
    asked, moved, is_for_good = time.time(), "", True
    for _ in range(REDIRECTS + 1):
        try:
            answer = _one(url, timeout, may_be_private)
        except (OSError, HTTPException, HTTPError) as error:
            return Answer(asked, 0, _reason(error))
        location = answer.headers.get("Location")
        if not (300 <= answer.status < 400 and location):
            return Answer(asked, answer.status, answer.reason or "", moved, wait_of(answer.headers))
        url = urljoin(url, location)
        is_for_good = is_for_good and answer.status in _FOR_GOOD
        moved = url if is_for_good else moved
    return Answer(asked, 0, f"more than {REDIRECTS} redirects")


def _one(url: str, timeout: float, may_be_private: Callable[[str], bool]) -> BaseHTTPResponse:
    """Ask once: with HEAD, then with GET where the server may not know HEAD."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError) as error:  # an idna fault is a ValueError
        raise RefusedError(f"no address: {url!r}") from error
    target = quote(parts.path or "/", safe=_SAFE)
    target += f"?{quote(parts.query, safe=f'{_SAFE}?')}" if parts.query else ""
    is_fine = may_be_private(host)
    address, *_ = addresses_of(
        host, port, lambda address: is_fine or address.is_global, "of a private network"
    )
    for method in ("HEAD", "GET"):
        connection = _connection(parts.scheme, host, address, port, timeout)
        named = f"[{host}]" if ":" in host else host
        named += "" if port == _PORTS[parts.scheme] else f":{port}"
        answer = _exchange(connection, method, target, named)
        if answer.status not in _NO_HEAD:
            break
    return answer


def _connection(scheme: str, host: str, address: str, port: int, timeout: float) -> HTTPConnection:
    """What speaks with the host at one of its addresses; its certificate is for its name."""
    if scheme == "http":
        return HTTPConnection(address, port, timeout=timeout)
    return HTTPSConnection(
        address,
        port,
        timeout=timeout,
        ssl_context=_tls(),
        server_hostname=host,
    )


def _exchange(connection: HTTPConnection, method: str, target: str, host: str) -> BaseHTTPResponse:
    def cut() -> None:
        with suppress(OSError):  # it has just ended by itself
            if connection.sock:
                connection.sock.shutdown(socket.SHUT_RDWR)

    end = Timer(float(connection.timeout or 0) * _WHOLE, cut)
    end.daemon = True
    end.start()
    try:
        connection.request(
            method, target, headers={**_HEADERS, "Host": host}, preload_content=False
        )
        return connection.getresponse()
    finally:
        end.cancel()
        connection.close()


@cache
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _reason(error: Exception) -> str:
    error = error.__cause__ if isinstance(error.__cause__, OSError) else error
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return getattr(error, "strerror", None) or str(error) or type(error).__name__

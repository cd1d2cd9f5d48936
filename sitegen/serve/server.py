"""Server: uvicorn with limits on what one client may take, and sockets of our own choice."""

from __future__ import annotations

import asyncio
import errno
import re
import signal
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

import h11
import uvicorn
from starlette.types import ASGIApp
from uvicorn.protocols.http.h11_impl import H11Protocol

from sitegen.errors import SitegenError

PORT = 8000
_PORTS = 100  # tried from the first one on, when none was asked for
_HEAD = 16 * 1024  # bytes of a request
_HEAD_SECONDS = 10.0
_WRITE_SECONDS = 20.0
_LEAVE_SECONDS = 0.5  # for answers that are under way when a signal comes
_CONNECTIONS = 1_500
# In the head of a request a control character has no business but CR LF at the end of a line.
_BAD = re.compile(rb"[^\r]\n|\r[^\n]|[\x00-\x09\x0b\x0c\x0e-\x1f\x7f]")
_BAD_REQUEST = (
    b"HTTP/1.1 400 Bad Request\r\ncontent-type: text/plain\r\ncontent-length: 12\r\n"
    b"connection: close\r\n\r\nbad request\n"
)
_LISTENING = 256


class Protocol(H11Protocol):
    """HTTP/1.1 of uvicorn; a client that is slow or careless is let go."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Give a client so long for its first request."""
        self._head: asyncio.TimerHandle | None = None
        self._stuck: asyncio.TimerHandle | None = None
        self._tail = b"\r\n"
        super().connection_made(transport)
        self._head = self.loop.call_later(_HEAD_SECONDS, transport.abort)

    def data_received(self, data: bytes) -> None:
        """Refuse what no browser sends before the parser sees it."""
        text = self._tail[-1:] + data
        if _BAD.search(text):
            self.transport.write(_BAD_REQUEST)
            self.transport.close()
            return
        self._tail = data or self._tail
        super().data_received(data)
        waiting = self.conn.their_state is h11.IDLE
        if self._head is not None and not waiting:
            self._head.cancel()
            self._head = None
        elif self._head is None and waiting:
            self._head = self.loop.call_later(_HEAD_SECONDS, self.transport.abort)

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the timers."""
        for timer in (self._head, self._stuck):
            if timer is not None:
                timer.cancel()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Give a client so long to read."""
        super().pause_writing()
        self._stuck = self.loop.call_later(_WRITE_SECONDS, self.transport.abort)

    def resume_writing(self) -> None:
        """Go on: the client reads."""
        super().resume_writing()
        if self._stuck is not None:
            self._stuck.cancel()
            self._stuck = None


class Server(uvicorn.Server):
    """Ends on SIGINT, SIGTERM and SIGHUP within a second, and remembers which it was."""

    received = 0

    def __init__(self, app: ASGIApp, *, started: Callable[[], None], stop: Callable[[], None]):
        """``started`` is called when connections are accepted, ``stop`` to end open answers."""
        self._started, self._stop = started, stop
        super().__init__(
            uvicorn.Config(
                app,
                http=Protocol,
                ws="none",
                lifespan="off",
                loop="asyncio",
                log_config=None,
                log_level="critical",
                access_log=False,
                server_header=False,
                proxy_headers=False,
                h11_max_incomplete_event_size=_HEAD,
                limit_concurrency=_CONNECTIONS,
                timeout_graceful_shutdown=_LEAVE_SECONDS,  # type: ignore[arg-type]
                timeout_keep_alive=5,
                backlog=_LISTENING,
            )
        )

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Take the signals in the event loop, where they interrupt nothing."""
        loop = asyncio.get_running_loop()
        numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
        for number in numbers:
            loop.add_signal_handler(number, self._leave, number)
        try:
            yield
        finally:
            for number in numbers:
                loop.remove_signal_handler(number)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to accept connections."""
        self._started()
        await super().startup(sockets)

    def _leave(self, number: signal.Signals) -> None:
        self.force_exit = bool(self.received)
        self.received = int(number)
        self.should_exit = True
        self._stop()


def open_sockets(host: str, port: int | None) -> list[socket.socket]:
    """Listen on a port: the one asked for, else the first that is free from 8000 on.

    Without a ``host`` only this machine can connect, by IPv4 and, if it has that, IPv6.

    Raises:
        SitegenError: the port is taken, or the address is not one of this machine.
    """
    hosts = [host] if host else ["127.0.0.1", "::1"]
    tried = [port] if port is not None else range(PORT, PORT + _PORTS)
    for number in tried:
        try:
            return _bind(hosts, number)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise SitegenError(
                    f"cannot listen on {host or 'this machine'}, port {number}: {error.strerror}",
                    help="correct --host or --port",
                ) from error
    if port is not None:
        raise SitegenError(
            f"port {port} is taken by another program",
            help="name another with --port, or none: then a free one is found",
        )
    raise SitegenError(f"no port from {PORT} to {PORT + _PORTS - 1} is free", help="use --port")


def _bind(hosts: list[str], port: int) -> list[socket.socket]:
    found: list[socket.socket] = []
    try:
        for host in hosts:
            family = socket.AF_INET6 if ":" in host else socket.AF_INET
            with _without_ipv6(family):
                found.append(_listener(family, host, port))
                port = found[0].getsockname()[1]
    except BaseException:
        for one in found:
            one.close()
        raise
    return found


@contextmanager
def _without_ipv6(family: int) -> Iterator[None]:
    """Do without IPv6 where the machine has none."""
    try:
        yield
    except OSError as error:
        missing = {errno.EAFNOSUPPORT, errno.EADDRNOTAVAIL}
        if family != socket.AF_INET6 or error.errno not in missing:
            raise


def _listener(family: int, host: str, port: int) -> socket.socket:
    one = socket.socket(family, socket.SOCK_STREAM)
    try:
        one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            one.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        one.bind((host, port))
        one.listen(_LISTENING)
    except BaseException:
        one.close()
        raise
    return one


def addresses() -> list[str]:
    """The addresses by which other machines are likely to reach this one; nothing is sent."""
    found: dict[str, None] = {}
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with suppress(OSError), socket.socket(family, socket.SOCK_DGRAM) as one:
            one.connect((far, 9))  # chooses the interface, and that is all it does
            found[one.getsockname()[0]] = None
    return list(found)


def raise_file_limit() -> None:
    """Let many clients connect, as far as the system allows."""
    import resource  # noqa: PLC0415 - not on every system

    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 4_096 if hard == resource.RLIM_INFINITY else min(hard, 4_096)
    if soft < wanted:
        with suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))

"""Channel: the number of the newest preview -> every browser that listens."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import suppress

from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from sitegen.serve.guard import HEADERS

LISTENERS = 512
_HEARTBEAT = 15.0  # seconds; a dead connection is found when it is written to
_RETRY = b"retry: 500\n\n"


class Channel:
    """An ASGI application of one stream that all listeners share: it says opaque numbers only."""

    def __init__(self, number: Callable[[], str]) -> None:
        """``number`` gives the newest preview's."""
        self._number = number
        self._loop: asyncio.AbstractEventLoop | None = None
        self._news: asyncio.Future[None] | None = None
        self._listeners = 0
        self._closed = False

    def open(self) -> None:
        """Begin: to be called in the server's event loop."""
        self._loop = asyncio.get_running_loop()
        self._news = self._loop.create_future()

    def announce(self) -> None:
        """Wake all listeners; may be called in any thread."""
        if self._loop is not None:
            with suppress(RuntimeError):  # the server has just stopped
                self._loop.call_soon_threadsafe(self._wake)

    def close(self) -> None:
        """End all streams."""
        self._closed = True
        self._wake()

    async def news(self, timeout: float) -> None:
        """Wait for the next announcement, at most so many seconds."""
        if self._news is not None and not self._closed:
            await asyncio.wait({self._news}, timeout=timeout)

    def _wake(self) -> None:
        if self._loop is not None and self._news is not None:
            news, self._news = self._news, self._loop.create_future()
            news.set_result(None)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Stream the number now and at each change until the browser goes."""
        if self._listeners >= LISTENERS:
            headers = HEADERS | {"Retry-After": "5"}
            await PlainTextResponse("too many pages listen\n", 503, headers)(scope, receive, send)
            return
        self._listeners += 1
        try:
            await self._stream(scope, receive, send)
        finally:
            self._listeners -= 1

    async def _stream(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = HEADERS | {"Content-Type": "text/event-stream"}
        raw = [(key.lower().encode(), value.encode()) for key, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        if scope["method"] == "HEAD":
            await send({"type": "http.response.body"})
            return
        gone = asyncio.ensure_future(_gone(receive))
        try:
            seen, text = "", _RETRY
            while not gone.done() and not self._closed:
                if seen != self._number():
                    seen = self._number()
                    text += f"data: {seen}\n\n".encode()
                await send({"type": "http.response.body", "body": text, "more_body": True})
                assert self._news is not None  # noqa: S101 - open() comes before any request
                await asyncio.wait(
                    {self._news, gone}, timeout=_HEARTBEAT, return_when=asyncio.FIRST_COMPLETED
                )
                text = b": still here\n\n" if seen == self._number() else b""
            await send({"type": "http.response.body"})
        finally:
            gone.cancel()


async def _gone(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass

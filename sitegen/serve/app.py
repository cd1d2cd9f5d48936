"""App: requests that the guard let through -> files of the newest preview."""

from __future__ import annotations

import mimetypes
import re
import time
from html import escape
from pathlib import Path

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import Receive, Scope, Send

from sitegen.config import ThemeConfig
from sitegen.errors import SitegenError
from sitegen.layout.policy import content_policy
from sitegen.serve.builder import Builder
from sitegen.serve.channel import Channel
from sitegen.serve.guard import HEADERS, redirect_to
from sitegen.serve.preview import File, Preview
from sitegen.serve.state import State

STREAM = "__livereload"
SCRIPT = f"{STREAM}.js"
STATE = f"{STREAM}/state"
_FINGERPRINTED = re.compile(r"^assets/.*\.[0-9a-f]{8}\.\w+$")  # new bytes have a new name
_HEAD = re.compile(rb"<head\b[^>]*>\n?", re.IGNORECASE)
_STATE_HEADER = "Sitegen-Preview"
_PATIENCE = 60.0  # seconds that a request waits for a preview that may have its page
_DOUBT = 1.0  # ... that nothing is known of: it may have its address from a toctree
_PARTS = ("exchange.js", "warnings.js", "reload.js")
_SCRIPT = b'"use strict";\n{\n%s}\n' % b"".join(
    (Path(__file__).parent / name).read_bytes() for name in _PARTS
)
_SHELL = b"<!doctype html>\n<html lang=en>\n<head>\n<title>sitegen</title>\n</head>\n</html>\n"


class App:
    """An ASGI application over a builder; nothing is read from the disk here."""

    def __init__(self, builder: Builder, channel: Channel) -> None:
        """Serve the builder's newest preview, and its news through the channel."""
        self._builder, self._channel = builder, channel

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; the guard has put its path into the scope."""
        path: str = scope["site_path"]
        if path == STREAM:
            await self._channel(scope, receive, send)
            return
        if path == SCRIPT:
            response = Response(_SCRIPT, headers=HEADERS, media_type="text/javascript")
        elif path == STATE:
            response = self._state()
        else:
            response = await self._file(path, Request(scope))
        await response(scope, receive, send)

    def _state(self) -> Response:
        state = self._builder.state
        contents = {"read": state.contents.read, "changed": dict(state.contents.changed)}
        told = {"number": state.number, "error": state.error, "contents": contents}
        return JSONResponse({**told, "warnings": state.warnings}, headers=HEADERS)

    async def _file(self, path: str, request: Request) -> Response:
        state = await self._ready(path)
        preview = state.preview
        if preview is None:
            return self._page(_SHELL, state, status=503)
        name = _name(preview, path)
        if name is None:
            if preview.has(f"{path}/index.html"):
                return RedirectResponse(redirect_to(f"{path}/"), 308, headers=HEADERS)
            name, status = "404.html", 404
        else:
            status = 200
        try:
            file = await run_in_threadpool(preview.get, name)
        except SitegenError as error:
            self._builder.fail("page", error)
            return self._page(_SHELL, self._builder.state, status=500)
        assert file is not None  # noqa: S101 - the preview has it, and previews do not change
        if name.endswith(".html"):
            self._builder.asked(name)
        return self._answer(name, file, state, request, status=status)

    async def _ready(self, path: str) -> State:
        """Wait for a preview that has the page, or for the whole site to say that none has.

        What no row of a large input is of is said to be missing before that; should it be there
        after all, the browser shows it when all has been read.
        """
        end = time.monotonic() + _PATIENCE
        waiting = self._builder.waiting
        waiting[path] += 1
        try:
            while (rest := end - time.monotonic()) > 0:
                state = self._builder.state
                preview = state.preview
                if state.error or (preview and (not preview.is_partial or _name(preview, path))):
                    return state
                if preview and path[-1:] == "/":
                    await run_in_threadpool(self._builder.look_for, path)
                    if self._builder.state is not state:
                        continue
                    end = min(end, time.monotonic() + _DOUBT)
                await self._channel.news(min(rest, 1.0))
            return self._builder.state
        finally:
            waiting[path] -= 1
            if not waiting[path]:
                del waiting[path]

    def _answer(
        self, name: str, file: File, state: State, request: Request, *, status: int
    ) -> Response:
        headers = {"ETag": f'"{file.etag}"', _STATE_HEADER: _told(state)}
        if status == 200 and request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=HEADERS | headers)
        if name.endswith(".html"):
            return self._page(file.data, state, status=status, etag=file.etag)
        if _FINGERPRINTED.search(name):
            headers["Cache-Control"] = "private, max-age=31536000, immutable"
        kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
        return Response(file.data, status, HEADERS | headers, media_type=kind)

    def _page(self, html: bytes, state: State, *, status: int, etag: str = "") -> Response:
        """Put the reload script into a page on its way to the browser.

        It comes before all others: it must see the page as it was sent.
        """
        tag = (
            f'<script src="/{SCRIPT}" defer data-number="{state.number}" '
            f'data-page="{escape(etag)}" data-error="{int(bool(state.error))}" '
            f'data-contents="{state.contents.last}" '
            f'data-warnings="{len(state.warnings)}"></script>\n'
        ).encode()
        head = _HEAD.search(html)
        at = head.end() if head else 0
        html = html[:at] + tag + html[at:]
        theme = self._builder.config.theme if self._builder.config else ThemeConfig()
        policy = f"{content_policy(theme)}; frame-ancestors 'self'"
        headers = HEADERS | {"Content-Security-Policy": policy, _STATE_HEADER: _told(state)}
        headers |= {"ETag": f'"{etag}"'} if etag else {}
        return Response(html, status, headers, media_type="text/html")


def _told(state: State) -> str:
    """By what a page's own script knows which state an answer is of: it need not ask."""
    return f"{state.number} {int(bool(state.error))} {state.contents.last} {len(state.warnings)}"


def _name(preview: Preview, path: str) -> str | None:
    """Find the file that an address leads to."""
    name = f"{path}index.html" if not path or path.endswith("/") else path
    return name if preview.has(name) else None

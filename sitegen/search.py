"""Search: rendered pages -> the files of a Pagefind index, made in a process of its own."""

from __future__ import annotations

import base64
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from html import escape
from queue import SimpleQueue
from threading import Thread
from types import TracebackType
from typing import IO, Any, Self
from urllib.parse import quote

from sitegen.errors import ConfigError, SitegenError
from sitegen.model import OutputFile, RenderedPage, Site

FOLDER = "pagefind"
_NOT_SOUGHT = re.compile(
    r"</?span[^>]*>"  # colours of code: most tags of a page
    r'|<a class="sg-anchor".*?</a>|<figcaption class="sg-code-label">.*?</figcaption>'
    r'|<p class="sg-(?:callout-title|tab-label)">.*?</p>',
    re.DOTALL,
)
_HEADING = re.compile(r"<h[1-4](?=[ >])")
_WORD = re.compile(r"[^\W\d_]{4,}")
_MOST_WORDS = 20_000  # what misspellings are compared with; the words of headings
_ROOT = re.compile(r"pagefind(?:-worker)?\.js|pagefind-entry\.json|.*\.pf_\w+")


class SearchIndex:
    """Feeds Pagefind page by page while others are laid out, and takes the index in the end.

    The bytes of an index depend on the order of its pages, so they go in longest first - as they
    are rendered - in whatever order they are added.
    """

    def __init__(self, site: Site) -> None:
        """Start the indexer.

        Raises:
            ConfigError: Pagefind is not installed, or not for this machine.
        """
        self._language = site.language
        by_length = sorted(site.pages, key=lambda page: -len(page.document.text))
        self._order = iter([page.document.id for page in by_length])
        self._next = next(self._order, None)
        self._words: Counter[str] = Counter()
        self._waiting: dict[str, dict[str, str]] = {}
        self._sent = 0
        self._answers: SimpleQueue[bytes] = SimpleQueue()
        self._process = _start()
        self._input, self._output = _pipes(self._process)
        self._reader = Thread(target=_read_answers, args=(self._output, self._answers))
        self._reader.start()
        # Underscores stay: `from_pretrained` is a word besides the two that it is made of.
        self._send("NewIndex", config={"root_selector": "html", "include_characters": "_"})

    def __enter__(self) -> Self:
        """Give the index itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        """End the process, whether it is done or not."""
        self._process.kill()
        self._process.wait()
        self._reader.join()
        for stream in (self._input, self._output):
            with suppress(BrokenPipeError):  # what was not flushed has no reader any more
                stream.close()

    def add(self, rendered: RenderedPage) -> None:
        """Take a page; it is indexed once all before it in the order are there."""
        page = rendered.page
        self._waiting[page.document.id] = {
            "url": f"/{quote(page.permalink)}",
            "file_contents": _html(rendered, self._language),
        }
        for heading in rendered.body.headings:
            self._words.update(_WORD.findall(heading.text.lower()))
        while self._next is not None and self._next in self._waiting:
            file = self._waiting.pop(self._next)
            self._next = next(self._order, None)
            self._send("AddFile", index_id=0, file_path=None, **file)

    def files(self) -> Iterator[OutputFile]:
        """Yield the index and Pagefind's script, without its own user interfaces.

        Raises:
            SitegenError: Pagefind refused a page or died.
        """
        self._send("GetFiles", index_id=0)
        for _ in range(self._sent):
            answer = json.loads(base64.b64decode(self._answers.get() or _fail()))["payload"]
            if answer["type"] == "Error":
                raise SitegenError(f"the search index failed: {answer['message']}")
        stored = {each["path"]: each["content"] for each in answer["files"]}
        entry = json.loads(base64.b64decode(stored["pagefind-entry.json"]))
        wasm = {each["wasm"] or "unknown" for each in entry["languages"].values()}
        for path in sorted(stored):
            if _ROOT.fullmatch(path) or path in {f"wasm.{name}.pagefind" for name in wasm}:
                yield OutputFile(f"{FOLDER}/{path}", base64.b64decode(stored[path]))
        words = sorted(self._words, key=lambda word: (-self._words[word], word))[:_MOST_WORDS]
        yield OutputFile(f"{FOLDER}/words.json", json.dumps(words, ensure_ascii=False).encode())

    def _send(self, kind: str, **payload: Any) -> None:
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": {"type": kind, **payload}})
        try:
            self._input.write(base64.b64encode(message.encode()) + b",")
            self._input.flush()
        except BrokenPipeError:
            _fail()


def _start() -> subprocess.Popen[bytes]:
    remedy = "pip install 'sitegen[search]', or leave `search` out of the configuration"
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - a site without search needs none
    except ImportError as error:
        raise ConfigError("the search indexer is not installed", help=remedy) from error
    try:
        return subprocess.Popen(  # noqa: S603 - a program of a package that we depend on
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        raise ConfigError(
            f"the search indexer does not start: {error.strerror}", help=remedy
        ) from error


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the indexer was not started with pipes")
    return process.stdin, process.stdout


def _read_answers(stream: IO[bytes], answers: SimpleQueue[bytes]) -> None:
    """Take what the indexer says as it says it, or it would wait for us while we wait for it."""
    parts: list[bytes] = []
    while block := stream.read1(1 << 20):  # type: ignore[attr-defined]
        *whole, rest = block.split(b",")
        for end in whole:
            answers.put(b"".join((*parts, end)))
            parts.clear()
        parts.append(rest)
    answers.put(b"")


def _fail() -> bytes:
    raise SitegenError("the search indexer died", help="build again, or set `search = false`")


def _html(rendered: RenderedPage, language: str) -> str:
    """Reduce a page to what is to be found: its headings with their ids, and its text."""
    page = rendered.page
    crumbs = " › ".join(crumb.title for crumb in page.breadcrumbs)
    body = _NOT_SOUGHT.sub("", rendered.body.html)
    body = _HEADING.sub(r'\g<0> data-pagefind-weight="10"', body)
    return (
        f'<!doctype html><html lang="{escape(page.document.language or language)}">'
        f"<body><main data-pagefind-body>"
        f'<meta data-pagefind-meta="crumbs[content]" content="{escape(crumbs)}">{body}</main>'
    )

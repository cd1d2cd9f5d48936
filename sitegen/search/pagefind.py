"""Pagefind: pages as HTML -> the files of its index, made in a process of its own."""

from __future__ import annotations

import base64
import json
import os
import re
import selectors
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from typing import IO, Any, Self

from sitegen.data import install_line
from sitegen.errors import ConfigError, SitegenError
from sitegen.model import OutputFile
from sitegen.scan.patterns import rare

FOLDER = "pagefind"
_ENTRY = "pagefind-entry.json"
_INDEX = rare(rf"{re.escape(_ENTRY)}|.*\.pf_\w+")
_SCRIPTS = ("pagefind.js", "pagefind-worker.js")
_BLOCK = 1 << 16


def is_installed() -> bool:
    """Tell whether the indexer is there."""
    return find_spec("pagefind_bin") is not None


def remedy() -> str:
    """What to do where the indexer is missing."""
    return f'{install_line("search")}, or set `search = "headings"`'


class Indexer:
    """Feeds Pagefind page by page and takes the index in the end.

    The bytes of an index depend on the order of its pages. There is no thread: what the indexer
    answers is read while it is written to, or each would wait for the other.
    """

    def __init__(self) -> None:
        """Start the process.

        Raises:
            ConfigError: Pagefind is not installed, or not for this machine.
        """
        self._sent = 0
        self._answers = bytearray()
        self._process = _start()
        self._input, self._output = _pipes(self._process)
        # Underscores stay, and what C++ and C# end in: they make other words of these.
        self._send("NewIndex", config={"root_selector": "html", "include_characters": "_+#"})

    def __enter__(self) -> Self:
        """Give the indexer itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the process, whether it is done or not."""
        self._process.kill()
        self._process.wait()
        for stream in (self._input, self._output):
            with suppress(BrokenPipeError):  # what was not flushed has no reader any more
                stream.close()

    def add(self, url: str, html: str) -> None:
        """Index a page.

        Raises:
            SitegenError: Pagefind died.
        """
        self._send("AddFile", index_id=0, file_path=None, url=url, file_contents=html)

    def files(self, folder: str = FOLDER, *, whole: bool = True) -> Iterator[OutputFile]:
        """Yield the index and Pagefind's script, without its own user interfaces.

        An index that is not ``whole`` is one that another one's script looks into too.

        Raises:
            SitegenError: Pagefind refused a page or died.
        """
        self._send("GetFiles", index_id=0)
        while self._answers.count(b",") < self._sent:
            self._read()
        for answer in bytes(self._answers).split(b",")[: self._sent]:
            said = json.loads(base64.b64decode(answer))["payload"]
            if said["type"] == "Error":
                raise SitegenError(f"the search index failed: {said['message']}")
        stored = {each["path"]: base64.b64decode(each["content"]) for each in said["files"]}
        entry = json.loads(stored[_ENTRY])
        entry["languages"] = dict(sorted(entry["languages"].items()))  # in any order until here
        stored[_ENTRY] = json.dumps(entry, separators=(",", ":"), ensure_ascii=False).encode()
        wasm = {each["wasm"] or "unknown" for each in entry["languages"].values()}
        scripts = {*_SCRIPTS, *(f"wasm.{name}.pagefind" for name in wasm)} if whole else set()
        for path in sorted(stored):
            if path in scripts or _INDEX.fullmatch(path):
                yield OutputFile(f"{folder}/{path}", stored[path])

    def _send(self, kind: str, **payload: Any) -> None:
        self._sent += 1
        message = json.dumps({"message_id": self._sent, "payload": {"type": kind, **payload}})
        rest = memoryview(base64.b64encode(message.encode("utf-8", "replace")) + b",")
        with selectors.DefaultSelector() as ready:
            ready.register(self._input, selectors.EVENT_WRITE)
            ready.register(self._output, selectors.EVENT_READ)
            while rest:
                for key, _ in ready.select():
                    if key.fileobj is self._output:
                        self._read()
                    else:
                        rest = rest[self._write(rest) :]

    def _write(self, data: memoryview) -> int:
        try:
            return os.write(self._input.fileno(), data)
        except BlockingIOError:
            return 0
        except BrokenPipeError as error:
            raise _died() from error

    def _read(self) -> None:
        if not (said := os.read(self._output.fileno(), _BLOCK)):
            raise _died()
        self._answers += said


def _start() -> subprocess.Popen[bytes]:
    try:
        from pagefind_bin import get_executable  # noqa: PLC0415 - a site without it needs none
    except ImportError as error:
        raise ConfigError("the search indexer is not installed", help=remedy()) from error
    try:
        return subprocess.Popen(  # noqa: S603 - a program of a package that we depend on
            [str(get_executable()), "--service"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
    except OSError as error:
        message = f"the search indexer does not start: {error.strerror}"
        raise ConfigError(message, help=remedy()) from error


def _pipes(process: subprocess.Popen[bytes]) -> tuple[IO[bytes], IO[bytes]]:
    if process.stdin is None or process.stdout is None:
        raise RuntimeError("the indexer was not started with pipes")
    os.set_blocking(process.stdin.fileno(), False)
    return process.stdin, process.stdout


def _died() -> SitegenError:
    return SitegenError("the search indexer died", help='build again, or set `search = "headings"`')

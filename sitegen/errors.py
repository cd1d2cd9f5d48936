"""Exceptions, places and findings: what every stage uses to say what is wrong and where."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum
from typing import TypeVar

from msgspec import Struct

T = TypeVar("T")

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")

_LINE_END = re.compile(r"\s*\n\s*")

EXIT_REFUSED = 1
EXIT_USAGE = 2
EXIT_FINDINGS = 3
EXIT_OUTPUT = 4
EXIT_PUBLISH = 5
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


_ROWS_ARE_LINES = (".jsonl", ".ndjson")


class Location(Struct, frozen=True, gc=False):
    """A place in the input: rows count from 0 as in the dataset, lines of a page from 1.

    ``file`` is counted from the input's folder; `Whereabouts` finds it from where a command runs.
    If the page includes it, ``within`` is the line of the page's text, from 0, where that stands.
    """

    file: str = ""
    row: int | None = None
    chunk_id: str = ""
    page: str = ""
    line: int | None = None
    within: int | None = None

    @property
    def line_of_page(self) -> int | None:
        """The line of the page's text, from 0."""
        return self.line - 1 if self.within is None and self.line is not None else self.within

    @property
    def line_of_file(self) -> int:
        """The line at which editors open the file: the first where rows are no lines of it."""
        if self.row is None:
            return self.line or 1
        return self.row + 1 if self.file.lower().endswith(_ROWS_ARE_LINES) else 1

    def __str__(self) -> str:
        """Say the place in words: ``chunk 36_13 (row 812 of docs.parquet), page x, line 214``.

        The line of a file stands as terminals open it: ``guide/index.md:3, page guide/index``.
        """
        line = f"line {self.line}" if self.line is not None else ""
        row = f"row {self.row} of {self.file}" if self.row is not None else self.file
        if self.chunk_id:
            row = f"chunk {self.chunk_id} ({row})" if row else f"chunk {self.chunk_id}"
        elif row == self.file and row and line:
            row, line = f"{row}:{self.line}", ""
        page = f"page {self.page}" if self.page else ""
        return printable(", ".join(part for part in (row, page, line) if part))


BROKEN = (Exception, SystemExit)
"""What the code of others may raise that is theirs to be blamed for."""


class Severity(StrEnum):
    """How much a finding matters; ``--strict`` fails on warnings and errors."""

    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


class Diagnostic(Struct, frozen=True):
    """One finding: a value that travels forward with the pages and is never raised."""

    code: str
    severity: Severity
    message: str
    location: Location = Location()
    help: str = ""

    def __str__(self) -> str:
        """Format as a message, its place and the remedy, one line each."""
        lines = [f"{self.severity}: {printable(self.message)} [{self.code}]"]
        if place := str(self.location):
            lines.append(f"  --> {place}")
        if self.help:
            lines.append(f"  help: {printable(self.help)}")
        return "\n".join(lines)


def as_record(finding: Diagnostic) -> dict[str, str | int | None]:
    """A finding as names and plain values."""
    place = finding.location
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "message": finding.message,
        "file": place.file,
        "row": place.row,
        "chunk": place.chunk_id,
        "page": place.page,
        "line": place.line,
        "help": finding.help,
    }


class SitegenError(Exception):
    """The input or the world is not as it must be; the message says what, where and what to do."""

    exit_code = EXIT_REFUSED

    def __init__(self, message: str, *, location: Location | None = None, help: str = "") -> None:
        """Keep the parts apart so that every caller can print or serialise them its own way."""
        super().__init__(message)
        self.message = message
        self.location = location or Location()
        self.help = help

    def __reduce__(self) -> tuple[object, ...]:
        """Cross process borders whole: a worker's error reads as one raised in-process."""
        return (_rebuild, (type(self), self.message, self.location, self.help))

    def __str__(self) -> str:
        """Say it in one line: place, what is wrong, what to do."""
        place = str(self.location)
        remedy = f" - {printable(self.help)}" if self.help else ""
        return f"{place + ': ' if place else ''}{printable(self.message)}{remedy}"


class ConfigError(SitegenError):
    """The command line or the configuration file asks for something that cannot be."""

    exit_code = EXIT_USAGE


class ReadError(SitegenError):
    """An input cannot be read or does not hold what a chunk dataset holds."""


class ReaderFailedError(ReadError):
    """A reader that an extension brings has failed at a file; others can be read."""


class PlanError(SitegenError):
    """The documents cannot be laid out as a site (no pages, colliding permalinks)."""


class TemplateError(SitegenError):
    """A template of the theme or of the project fails."""


class WriteError(SitegenError):
    """The output folder cannot be written; the old site is still there."""

    exit_code = EXIT_OUTPUT


class PublishError(SitegenError):
    """A target refuses the site, cannot be reached or is not ours to overwrite."""

    exit_code = EXIT_PUBLISH


class OutputRefusedError(WriteError):
    """The output folder is not ours to write: foreign files, an input, a root."""

    exit_code = EXIT_USAGE


class VersionsLostError(OutputRefusedError):
    """A build would lose versions that the output holds, and there may be no data to make them."""


class OutputLockedError(WriteError):
    """Another build is writing the same output folder."""

    exit_code = EXIT_REFUSED


def _rebuild(
    kind: type[SitegenError], message: str, location: Location, remedy: str
) -> SitegenError:
    return kind(message, location=location, help=remedy)


def printable(text: str) -> str:
    """Show control and direction characters as escapes: names from data cannot forge log lines.

    What stands on several lines is said in one.
    """
    text = _LINE_END.sub(" ", text)
    return _UNPRINTABLE.sub(lambda m: m[0].encode("unicode_escape").decode(), text)


def checked(kind: type[T], value: object) -> T:
    """A value that the code of others gives, if it is what it must be.

    Raises:
        TypeError: it is something else.
    """
    if not isinstance(value, kind):
        raise TypeError(f"{kind.__name__} is wanted, and {type(value).__name__} was given")
    return value


def nearest(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """The known word that is nearest, whatever its letter case; empty if none is so much alike."""
    import difflib  # noqa: PLC0415 - not for what is right

    spelled = {each.lower(): each for each in sorted(known, reverse=True)}
    found = difflib.get_close_matches(word.lower(), [*spelled], n=1, cutoff=alike)
    return spelled[found[0]] if found else ""


def nearly(word: str, known: Iterable[str], alike: float = 0.6) -> str:
    """A question that names the known word that is nearest; empty if none is so much alike."""
    found = nearest(word, known, alike)
    return f"did you mean {found!r}?" if found else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """Name the nearest known word as a question, or list what is known."""
    words = sorted(known)
    return nearly(word, words) or f"known: {', '.join(words)}"

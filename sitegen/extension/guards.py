"""Guards: parts of an extension that name it when they fail, and let the build go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec.structs import replace

from sitegen.errors import (
    BROKEN,
    Diagnostic,
    Location,
    PublishError,
    ReaderFailedError,
    Severity,
    SitegenError,
    checked,
)
from sitegen.extension.nouns import Publisher, Reader

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.config import Config
    from sitegen.feeds import Feed, Files, Whole
    from sitegen.model import OutputFile
    from sitegen.read.columns.mapping import Column
    from sitegen.read.files import InputFile
    from sitegen.read.rows import Batch, Table

FAILED = "extension-failed"
_HELP = "tell those who wrote the extension"
Note = Callable[[Diagnostic], None]


def open_table(opener: Reader, extension: str, stream: BinaryIO, file: InputFile) -> Table:
    """Open a table by a reader of an extension, whose failures are the file's."""
    from sitegen.read.rows import Table  # noqa: PLC0415 - loaded, if a file is open

    def batches(columns: Sequence[Column]) -> Iterator[Batch]:
        with _reading(extension, file):
            yield from table.batches(columns)

    with _reading(extension, file):
        table = checked(Table, opener(stream, file))
    return replace(table, batches=batches)


@contextmanager
def _reading(extension: str, file: InputFile) -> Iterator[None]:
    try:
        yield
    except (SitegenError, OSError, MemoryError):
        raise
    except BROKEN as error:
        raise ReaderFailedError(
            f"the reader of the extension {extension!r} failed: {said(error)}",
            location=Location(file=file.name),
            help=_HELP,
        ) from error


def safe_rule(
    find: Callable[[Examined], Iterable[Diagnostic]], extension: str
) -> Callable[[Examined], Iterator[Diagnostic]]:
    """The rule of a check, which finds itself where it fails."""

    def rule(site: Examined) -> Iterator[Diagnostic]:
        try:
            yield from (checked(Diagnostic, found) for found in find(site))
        except BROKEN as error:
            yield failed(extension, "a check", error)

    return rule


def safe_feed(feed: Feed, extension: str, note: Note) -> Feed:
    """The feed with its failures noted; it is made with each build, lest a failure be kept."""
    part = f"the feed {feed.name!r}"

    def is_on(config: Config) -> object:
        try:
            return feed.is_on(config)
        except BROKEN as error:
            note(failed(extension, part, error))
            return False

    def make(whole: Whole, files: Files) -> Iterable[OutputFile]:
        try:
            return [_free(file, files) for file in feed.make(whole, files)]
        except BROKEN as error:
            note(failed(extension, part, error))
            return ()

    return replace(feed, is_on=is_on, make=make, made_of=lambda _: None)


def safe_publisher(opener: Publisher, extension: str) -> Publisher:
    """The opener of a target, whose failures and those of what it opens are errors that name it."""

    @contextmanager
    def opened(target: Any) -> Iterator[Any]:
        try:
            with opener(target) as publisher:
                yield publisher
        except (SitegenError, MemoryError):
            raise
        except BROKEN as error:
            raise PublishError(
                f"the publisher of the extension {extension!r} failed: {said(error)}", help=_HELP
            ) from error

    return opened


def _free(file: object, files: Files) -> OutputFile:
    """A file of a feed that a site can take beside those that it has."""
    from sitegen.model import OutputFile  # noqa: PLC0415 - loaded, if a feed is made
    from sitegen.write.manifest import check_path  # noqa: PLC0415

    made = checked(OutputFile, file)
    checked(bytes, made.data)
    check_path(checked(str, made.path))
    if made.path in files.paths:
        raise ValueError(f"the site has a file {made.path!r} already")
    return made


def failed(extension: str, part: str, error: BaseException) -> Diagnostic:
    """The finding that a part of an extension failed."""
    message = f"{part} of the extension {extension!r} failed: {said(error)}"
    return Diagnostic(FAILED, Severity.ERROR, message, help=_HELP)


def said(error: BaseException) -> str:
    """An exception in a line."""
    return f"{type(error).__name__}: {error}"

"""Guards: parts of an extension that name it when they fail, and let the build go on."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any, BinaryIO

from sitegen.errors import (
    Diagnostic,
    Location,
    PublishError,
    ReaderFailedError,
    Severity,
    SitegenError,
)
from sitegen.extension.nouns import Publisher, Reader

if TYPE_CHECKING:
    from sitegen.check import Examined
    from sitegen.config import Config
    from sitegen.feeds import Feed, Files, Whole
    from sitegen.model import OutputFile
    from sitegen.read.columns import Column
    from sitegen.read.files import InputFile
    from sitegen.read.rows import Batch, Table

FAILED = "extension-failed"
_HELP = "tell those who wrote the extension"
Note = Callable[[Diagnostic], None]


def open_table(opener: Reader, extension: str, stream: BinaryIO, file: InputFile) -> Table:
    """Open a table by a reader of an extension, whose failures are the file's."""

    def batches(columns: Sequence[Column]) -> Iterator[Batch]:
        with _reading(extension, file):
            yield from table.batches(columns)

    with _reading(extension, file):
        table = opener(stream, file)
    return replace(table, batches=batches)


@contextmanager
def _reading(extension: str, file: InputFile) -> Iterator[None]:
    try:
        yield
    except (SitegenError, OSError, MemoryError):
        raise
    except Exception as error:
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
            yield from find(site)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not ours
            yield failed(extension, "a check", error)

    return rule


def safe_feed(feed: Feed, extension: str, note: Note) -> Feed:
    """The feed with its failures noted; it is made with each build, lest a failure be kept."""
    part = f"the feed {feed.name!r}"

    def is_on(config: Config) -> object:
        try:
            return feed.is_on(config)
        except Exception as error:  # noqa: BLE001 - as above
            note(failed(extension, part, error))
            return False

    def make(whole: Whole, files: Files) -> Iterable[OutputFile]:
        try:
            return list(feed.make(whole, files))
        except Exception as error:  # noqa: BLE001 - as above
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
        except Exception as error:
            raise PublishError(
                f"the publisher of the extension {extension!r} failed: {said(error)}", help=_HELP
            ) from error

    return opened


def failed(extension: str, part: str, error: Exception) -> Diagnostic:
    """The finding that a part of an extension failed."""
    message = f"{part} of the extension {extension!r} failed: {said(error)}"
    return Diagnostic(FAILED, Severity.ERROR, message, help=_HELP)


def said(error: Exception) -> str:
    """An exception in a line."""
    return f"{type(error).__name__}: {error}"

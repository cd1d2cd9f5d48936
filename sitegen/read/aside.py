"""Stage ``read``: the table of a file, open in a process that a hostile file may end.

What is read comes from there batch by batch; the process is used for one file after the other.
"""

from __future__ import annotations

import os
import pickle
import signal
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sitegen.errors import Location, ReadError
from sitegen.limits.idle import keep, kept, taken
from sitegen.limits.memory import is_bounded
from sitegen.limits.process import EndedError, Process, is_expendable
from sitegen.read.bounds import too_much_memory, too_much_time
from sitegen.read.columns.mapping import Column
from sitegen.read.files import READERS, InputFile, Reader, added_reader
from sitegen.read.remote.open import keep_in, kept_in
from sitegen.read.rows import Batch, Table
from sitegen.read.tables import open_here

_Around = tuple[Path | bool, Mapping[str, str]]


@contextmanager
def open_table(file: InputFile) -> Iterator[Table]:
    """Open the table of a file, which whatever happens to its reader can do no harm.

    Raises:
        ReadError: no reader knows its suffix, the reader refuses it, or it ends the reader.
    """
    with kept():
        process = None if is_expendable() else _for(added_reader(file.suffix))
        if process is None:
            with open_here(file) as table:
                yield table
            return
        try:
            yield _table(process, file)
        finally:
            _done_with(process)


def columns_of(file: InputFile) -> list[str] | None:
    """The names of the columns of a file; none if it cannot be opened."""
    try:
        with open_table(file) as table:
            return [column.name for column in table.columns]
    except ReadError:
        return None


def _for(reader: Reader | None) -> Process | None:
    """A process that opens files, by a reader of an extension if it is one; none if there is none.

    A copy of this process has all readers; another one finds those that are called by a name.
    """
    try:
        process = taken() or Process(_Reader)
    except (OSError, EndedError):  # no room for a process, or no interpreter of its own
        return None
    if process.is_copy or _has_name(reader):
        return process
    _done_with(process)
    return None


def _around(file: InputFile) -> _Around | None:
    """What a remote file is asked for with: where it is kept, and keys, endpoints and proxies."""
    return (kept_in(), dict(os.environ)) if file.remote else None


def _found_anywhere(file: InputFile) -> InputFile:
    """A file as a process finds it that was started when this one was in another folder."""
    return file if file.remote else replace(file, path=file.path.absolute())


def _has_name(reader: Reader | None) -> bool:
    try:
        pickle.dumps(reader)
    except (pickle.PicklingError, AttributeError):
        return False
    return True


def _table(process: Process, file: InputFile) -> Table:
    reader = None if process.is_copy else added_reader(file.suffix)
    at = 0

    def ask(*question: object) -> Any:
        try:
            return process.ask(*question)
        except EndedError as error:
            raise _ended(file, error.signal) from error

    def batches(
        part: int | None, columns: Sequence[Column], *asked: Sequence[int] | None
    ) -> Iterator[Batch]:
        nonlocal at
        number = ask("begin", part, columns, *asked)
        while found := ask("next", number):
            batch, at = found
            yield batch

    columns, rows, parts, numbers = ask("open", _found_anywhere(file), reader, _around(file))
    return Table(
        columns,
        partial(batches, None),
        partial(ask, "inside"),
        [partial(batches, part) for part in range(parts)],
        rows,
        lambda: at,
        partial(ask, "mark"),
        numbers,
        partial(ask, "distinct"),
    )


def _ended(file: InputFile, number: int) -> ReadError:
    if number == signal.SIGPROF:
        return too_much_time(file)
    # As Linux ends what takes the last memory; and where there is a limit, what gets none ends as
    # its library happens to: it raises, aborts or writes to nowhere.
    if number == signal.SIGKILL or is_bounded():
        return too_much_memory(file)
    how = f" by {signal.Signals(number).name}" if number else ""
    return ReadError(
        f"the file ends the process that reads it{how}",
        location=Location(file=file.name),
        help="it is damaged, or made to harm: write or download it again",
    )


def _done_with(process: Process) -> None:
    if process.is_idle:
        try:
            process.ask("close")
        except EndedError:
            return
        keep(process)
    else:
        process.end()


class _Reader:
    """What happens in the process: one open table at a time."""

    def __init__(self) -> None:
        self._held = ExitStack()
        self._table = Table((), lambda _: iter(()))
        self._coming: list[Iterator[Batch]] = []

    def __call__(self, what: str, *given: Any) -> object:
        steps: dict[str, Callable[..., object]] = {
            "open": self._open,
            "inside": self._table.inside,
            "mark": self._table.mark,
            "distinct": self._table.distinct,
            "begin": self._begin,
            "next": self._next,
            "close": self._close,
        }
        return steps[what](*given)

    def _open(self, file: InputFile, reader: Reader | None, around: _Around | None) -> object:
        if around is not None:
            keep_in(around[0])
            os.environ.update(around[1])
        if reader is not None:
            READERS.enter(reader.format, {file.suffix: reader})
            self._held.callback(READERS.leave, reader.format)
        table = self._table = self._held.enter_context(open_here(file))
        return table.columns, table.rows, len(table.parts), table.numbers

    def _begin(
        self, part: int | None, columns: Sequence[Column], *asked: Sequence[int] | None
    ) -> int:
        batches = self._table.batches if part is None else self._table.parts[part]
        self._coming.append(batches(columns, *asked))
        return len(self._coming) - 1

    def _next(self, number: int) -> object:
        batch = next(self._coming[number], None)
        return None if batch is None else (batch, self._table.position())

    def _close(self) -> None:
        self._coming.clear()
        self._held.close()

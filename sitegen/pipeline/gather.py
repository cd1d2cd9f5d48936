"""Gather: the configured input -> documents put together, no heading restored yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from sitegen.assemble import assemble, join_document
from sitegen.assemble.front_matter import Front
from sitegen.assemble.joining.habits import Habits
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Document
from sitegen.model.runs import PartOfFile
from sitegen.pipeline.gathered import Gathered, aside, on_shelf
from sitegen.read.asked import Sources, rows_asked_for
from sitegen.read.columns.mapping import Chooser
from sitegen.read.files import PAGES, InputFile, find_files
from sitegen.read.first_look import FirstLook, LookAgain
from sitegen.read.folders.includes import includes_others
from sitegen.read.inputs import OfFile, read_by, read_file, read_runs
from sitegen.restore import restore_whitespace
from sitegen.store.recall import NOTHING_KEPT, Store


def gather(
    config: Config,
    store: Store = NOTHING_KEPT,
    *,
    first: FirstLook | LookAgain | None = None,
    of_file: OfFile[Chunk] | None = None,
    between: Callable[[], None] | None = None,
) -> Gathered:
    """Read the input and put its documents together; a ``first`` look reads no more than it needs.

    ``of_file`` may give the chunks of a file that another machine has read. Between rows
    ``between`` is called, which may wait for what is more urgent.

    Raises:
        SitegenError: the input is not as it must be.
    """
    notices: list[Diagnostic] = []
    given = (config.input, config.columns, notices)
    which = partial(read_by, config_name=config.config_name, exclude=config.exclude)
    if first is None:
        rows: Iterable[Chunk | PartOfFile] = which(of_file or partial(_runs, store), *given)
        rows = _paused(rows, between) if between else rows
    else:
        chunks = which(partial(_chunks, store), *given)
        rows = first.of(chunks, partial(_asked_for, config, store))
    folder = aside(config)
    assembled = assemble(rows, notices, partial(_document, store), folder, store)
    documents = assembled.documents
    whole = restore_whitespace(documents, config.restore.whitespace, folder)
    if whole is not documents:
        documents = on_shelf(whole, folder)
    return Gathered(documents, assembled.space, notices, store.is_new, store.used)


def _paused(
    rows: Iterable[Chunk | PartOfFile], between: Callable[[], None]
) -> Iterator[Chunk | PartOfFile]:
    for row in rows:
        yield row
        between()


def _asked_for(config: Config, store: Store, is_asked: Callable[[str], bool]) -> Iterator[Chunk]:
    """The chunks of the sources that are asked for, by an index that is kept."""

    def index(read_from: object, make: Callable[[], Sources]) -> Sources:
        return store.recall("sources", read_from, make, Sources)

    for file in find_files(config.input, [], config.config_name, config.exclude):
        yield from rows_asked_for(file, Chooser(config.columns, []), is_asked, index)


def _runs(store: Store, file: InputFile, chooser: Chooser) -> Iterable[Chunk | PartOfFile]:
    """The rows of a file; on a disk parts of it are kept, and not read again as they were."""
    if store.keeps and not store.in_memory:
        return read_runs(file, chooser, store)
    return _chunks(store, file, chooser)


def _chunks(store: Store, file: InputFile, chooser: Chooser) -> Iterable[Chunk]:
    """Read a file again only when its size, time or inode has changed, or what it includes may.

    That is kept in memory alone.
    """
    if not store.in_memory:
        return read_file(file, chooser)
    try:
        stat = file.stat()
        may_differ = file.suffix in PAGES and includes_others(file.path)
    except OSError:  # reading says it better
        may_differ = True
    if may_differ:
        return read_file(file, chooser)

    def make() -> tuple[list[Chunk], list[Diagnostic]]:
        found: list[Diagnostic] = []
        return list(read_file(file, Chooser(chooser.configured, found))), found

    given = (str(file.path), file.name, file.source, chooser.configured)
    chunks, found = store.recall("read", (given, stat), make)
    chooser.notices += [finding for finding in found if chooser.is_news(finding)]
    return chunks


def _document(
    store: Store, document_id: str, group: Sequence[Chunk], habits: Habits, language: str
) -> tuple[Document, Front]:
    given = (document_id, group, habits, language)
    return store.recall("join", given, partial(join_document, *given))

"""The pipeline as one function: read, assemble, restore, plan, render, lay out, check, write.

Imports of the stages stand inside the functions that start them: the worker processes are forked
before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

import gc
import hashlib
import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Executor, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.config import Config
from sitegen.errors import (
    ConfigError,
    Diagnostic,
    Location,
    ReadError,
    Severity,
    SitegenError,
)
from sitegen.model import Body, Document, LinkSpace, OutputFile, RenderedPage, Site, TocEntry

if TYPE_CHECKING:
    from sitegen.check import LinkReport
    from sitegen.writer import Written

_BATCH = 60_000  # characters of text that a worker takes at once: short, so that all end together
_WORTH_WORKERS = 300_000  # bytes of input; below it starting processes costs more than it saves


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made of its input."""

    site: Site
    chunks: int
    links: LinkReport
    diagnostics: tuple[Diagnostic, ...]
    written: Written

    def count(self, severity: Severity) -> int:
        """Count the findings of one severity."""
        return sum(d.severity is severity for d in self.diagnostics)


def build(config: Config) -> Result:
    """Build a site from the configured input and make it live as a whole.

    Raises:
        SitegenError: the input or the output is not as it must be; the old site is untouched.
    """
    with _workers(config) as workers:
        return _make(config, _prepare(config), workers)


@dataclass(frozen=True, slots=True)
class _Plan:
    """The planned site, what its links may name, and what was noticed on the way."""

    site: Site
    space: LinkSpace
    notices: tuple[Diagnostic, ...]

    @property
    def chunks(self) -> int:
        return sum(len(page.document.sections) for page in self.site.pages)


def _prepare(config: Config) -> _Plan:
    """Read the input and plan the site; no page is parsed yet."""
    from sitegen.assemble import assemble
    from sitegen.nav import plan, read_toctree
    from sitegen.readers import find_toctree, read
    from sitegen.restore import restore

    if not config.input:
        raise ConfigError(
            "no input",
            help="name a dataset (sitegen build docs.parquet) or set `input` in sitegen.toml",
        )
    notices: list[Diagnostic] = []
    path = config.toctree or find_toctree(config.input)
    toctree = read_toctree(path, notices) if path else ()
    assembled = assemble(read(config.input, config.columns, notices), notices)
    documents = restore(assembled.documents, _titles(toctree), config.restore)
    site = plan(documents, toctree, title=config.title, language=config.language, notices=notices)
    return _Plan(site, assembled.space, tuple(notices))


def _titles(toctree: Sequence[TocEntry]) -> dict[str, str]:
    return {entry.local: entry.title for top in toctree for entry in top.walk() if entry.local}


def _make(config: Config, plan: _Plan, workers: Workers) -> Result:
    """Render, lay out, check and write, page by page as the workers finish."""
    from sitegen.assets import load_assets
    from sitegen.check import check_links
    from sitegen.theme import lay_out
    from sitegen.writer import open_output

    site = plan.site
    bodies = workers.render([page.document for page in site.pages], plan.space)
    outlines: dict[str, RenderedPage] = {}
    paths: set[str] = set()

    def rendered() -> Iterator[RenderedPage]:
        by_id = {page.document.id: page for page in site.pages}
        for document_id, body in bodies:
            whole = RenderedPage(by_id[document_id], body)
            outlines[document_id] = replace(whole, body=replace(body, html=""))
            yield whole

    with open_output(config.output, protect=_protected(config), clean=config.clean) as output:

        def write(files: Iterable[OutputFile]) -> None:
            for file in files:
                paths.add(file.path)
                output.write(file)

        assets = load_assets(config.theme.static)
        write(assets.files)
        write(_content_assets(config))
        write(lay_out(site, rendered(), config.theme, assets=assets.urls, base_url=config.base_url))
        pages = [outlines[page.document.id] for page in site.pages]
        links = check_links(pages, paths)
        diagnostics = (
            *plan.notices,
            *(finding for page in pages for finding in page.body.diagnostics),
            *links.diagnostics,
        )
        write(_feeds(config, plan, links))
        written = output.publish()
    return Result(site, plan.chunks, links, diagnostics, written)


def _feeds(config: Config, plan: _Plan, links: LinkReport) -> Iterator[OutputFile]:
    from sitegen import feeds
    from sitegen.readers.files import find_files

    site = plan.site
    yield feeds.robots(config.base_url)
    if config.base_url:
        yield from feeds.sitemaps(site, config.base_url)
    facts = {
        "sitegen": __version__,
        "title": site.title,
        "input": {
            "files": [file.name for file in find_files(config.input, [])],
            "sha256": _content_digest(plan),
        },
        "counts": {
            "pages": len(site.pages),
            "chunks": plan.chunks,
            "links": links.checked,
            "links_missing": links.missing,
            "restored": feeds.restored_counts(site.pages),
        },
    }
    yield feeds.build_report(site, facts)


def _content_assets(config: Config) -> Iterator[OutputFile]:
    from sitegen.readers import find_assets

    for path, file in find_assets(config.input):
        place = Location(file=path)
        if "\\" in path:
            raise ReadError("a backslash in a file's name", location=place, help="rename the file")
        try:
            yield OutputFile(path, file.read_bytes())
        except OSError as error:
            raise ReadError(f"cannot be read: {error.strerror}", location=place) from error


def _content_digest(plan: _Plan) -> str:
    """Digest what was read, whatever the order of the rows that it came in."""
    digest = hashlib.sha256()
    for document in sorted((page.document for page in plan.site.pages), key=lambda d: d.id):
        sections = [(s.chunk_id, s.anchor) for s in document.sections]
        digest.update(repr((document.source, document.text, sections)).encode("utf-8", "replace"))
    return digest.hexdigest()


def _protected(config: Config) -> list[Path]:
    paths = [Path(item) for item in config.input]
    paths += [config.theme.templates, config.theme.static, config.toctree]  # type: ignore[list-item]
    return [path for path in paths if path is not None]


class Workers:
    """Renders documents in this process or in others; the bytes are the same."""

    def __init__(self, pool: Executor | None, jobs: int) -> None:
        """Take a pool of ``jobs`` processes, or none to render here."""
        self._pool = pool
        self._jobs = jobs

    def render(self, documents: Sequence[Document], space: LinkSpace) -> Iterator[tuple[str, Body]]:
        """Yield each document's id and body, in the order in which they are done.

        Raises:
            SitegenError: a worker process died, for want of memory for example.
        """
        if self._pool is None:
            from sitegen.render import render

            for document in documents:
                yield document.id, render(document, space)
            return
        work = (self._pool.submit(_render_batch, batch, space) for batch in _batches(documents))
        try:
            # A few batches ahead keep workers busy; more would only pile up finished pages.
            waiting = set(islice(work, self._jobs + 2))
            while waiting:
                done, waiting = wait(waiting, return_when=FIRST_COMPLETED)
                waiting |= set(islice(work, len(done)))
                for batch in done:
                    yield from batch.result()
        except BrokenProcessPool as error:
            raise SitegenError(
                "a worker process died while rendering",
                help="it may have run out of memory: try --jobs 1",
            ) from error


def _batches(documents: Sequence[Document]) -> Iterator[list[Document]]:
    """Cut the work into batches of like size, the longest pages first."""
    batch: list[Document] = []
    size = 0
    for document in sorted(documents, key=lambda d: -len(d.text)):
        batch.append(document)
        size += len(document.text)
        if size >= _BATCH:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


@contextmanager
def _workers(config: Config) -> Iterator[Workers]:
    """Start worker processes early: they load their libraries while the input is read."""
    jobs = config.jobs or len(os.sched_getaffinity(0))
    if jobs == 1 or _input_size(config.input) < _WORTH_WORKERS:
        yield Workers(None, 1)
        return
    import multiprocessing

    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPoolExecutor(jobs, multiprocessing.get_context(method))
    try:
        for _ in range(jobs):
            pool.submit(_warm_up)
        yield Workers(pool, jobs)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _input_size(inputs: Iterable[str]) -> int:
    """Add up the sizes of input files; a folder or a glob counts as large."""
    paths = [Path(item) for item in inputs]
    return sum(p.stat().st_size if p.is_file() else _WORTH_WORKERS for p in paths)


def _warm_up() -> None:
    """Load what rendering needs in a fresh worker process."""
    from sitegen.markdown import parser

    parser()
    # Rendering leaves no cycles behind worth a search; what is loaded by now stays for good.
    gc.freeze()
    gc.set_threshold(100_000, 50, 50)


def _render_batch(documents: list[Document], space: LinkSpace) -> list[tuple[str, Body]]:
    from sitegen.render import render

    return [(document.id, render(document, space)) for document in documents]

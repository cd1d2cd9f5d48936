"""The pipeline as one function: read, assemble, restore, plan, render, lay out, check, write.

Imports of the stages stand inside the functions that start them: the worker processes are forked
before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.config import Config
from sitegen.errors import ConfigError, Diagnostic, Location, ReadError, Severity
from sitegen.model import Document, LinkSpace, OutputFile, RenderedPage, Site, TocEntry
from sitegen.objects import ApiDoc
from sitegen.workers import Workers, start_workers

if TYPE_CHECKING:
    from sitegen.check import LinkReport
    from sitegen.references import References
    from sitegen.writer import Written


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
    with start_workers(config) as workers:
        return _make(config, _prepare(config), workers)


@dataclass(frozen=True, slots=True)
class Examined:
    """A site that was rendered and not written."""

    pages: tuple[RenderedPage, ...]
    diagnostics: tuple[Diagnostic, ...]


def examine(config: Config) -> Examined:
    """Render a site from the configured input and look up its links; nothing is written.

    Raises:
        SitegenError: the input is not as it must be.
    """
    from sitegen.assets import load_assets
    from sitegen.check import check_links
    from sitegen.readers import find_assets

    with start_workers(config) as workers:
        plan = _prepare(config)
        documents = [page.document for page in plan.site.pages]
        bodies = dict(workers.render(documents, plan.space, plan.references.of))
    pages = tuple(RenderedPage(page, bodies[page.document.id]) for page in plan.site.pages)
    paths = {file.path for file in load_assets(config.theme.static).files}
    paths |= {path for path, _ in find_assets(config.input)}
    links = check_links(pages, paths)
    rendering = (finding for page in pages for finding in page.body.diagnostics)
    return Examined(pages, (*plan.notices, *rendering, *links.diagnostics))


@dataclass(frozen=True, slots=True)
class _Plan:
    """The planned site, what its links may name, and what was noticed on the way."""

    site: Site
    space: LinkSpace
    references: References
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
    references = _index(config, documents, assembled.space, notices)
    return _Plan(site, assembled.space, references, tuple(notices))


def _titles(toctree: Sequence[TocEntry]) -> dict[str, str]:
    return {entry.local: entry.title for top in toctree for entry in top.walk() if entry.local}


def _index(
    config: Config, documents: Sequence[Document], space: LinkSpace, notices: list[Diagnostic]
) -> References:
    """Find what the pages document, and what installed packages and other sites tell of it."""
    from sitegen.inventory import read_inventory
    from sitegen.references import index_objects, package_of

    packages = config.api.packages
    package = package_of(space) or (packages[0] if len(packages) == 1 else "")
    references = index_objects(documents, package)
    external = {
        entry.name: entry
        for base_url, path in config.inventories.items()
        for entry in read_inventory(Path(path), base_url)
    }
    docs: dict[str, ApiDoc] = {}
    if packages:
        from sitegen.api_source import read_docs

        docs = read_docs(references.objects, packages, config.api.search_paths, notices)
    return references.with_docs(docs, external) if docs or external else references


def _make(config: Config, plan: _Plan, workers: Workers) -> Result:
    """Render, lay out, check and write, page by page as the workers finish."""
    from sitegen.assets import load_assets
    from sitegen.check import check_links
    from sitegen.feeds import site_headers
    from sitegen.theme import CSP, lay_out
    from sitegen.writer import open_output

    site = plan.site
    documents = [page.document for page in site.pages]
    bodies = workers.render(documents, plan.space, plan.references.of)
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
        write([site_headers(CSP, [file.path for file in assets.files])])
        write(lay_out(site, rendered(), config.theme, assets=assets.urls, base_url=config.base_url))
        pages = [outlines[page.document.id] for page in site.pages]
        links = check_links(pages, paths)
        diagnostics = (
            *plan.notices,
            *(finding for page in pages for finding in page.body.diagnostics),
            *links.diagnostics,
        )
        write(_feeds(config, plan))
        write([_build_report(plan, links, config, output.facts())])
        written = output.publish()
    return Result(site, plan.chunks, links, diagnostics, written)


def _feeds(config: Config, plan: _Plan) -> Iterator[OutputFile]:
    from sitegen import feeds

    yield feeds.robots(config.base_url)
    yield feeds.no_jekyll()
    if config.publish.redirects:
        yield feeds.redirects(config.publish.redirects)
    if config.base_url:
        yield from feeds.sitemaps(plan.site, config.base_url)
    yield feeds.objects_inventory(plan.site, plan.references.objects)


def _build_report(
    plan: _Plan, links: LinkReport, config: Config, output: Mapping[str, object]
) -> OutputFile:
    from sitegen import feeds
    from sitegen.readers.files import find_files

    site, objects = plan.site, plan.references.objects
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
            "objects": len(objects),
            "restored": feeds.restored_counts(site.pages),
        },
    }
    return feeds.build_report(site, facts | {"output": output})


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

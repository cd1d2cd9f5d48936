"""The pipeline as one function: prepare a plan, render, lay out, check, write.

What was remembered of the build before only saves work; the bytes are those of a clean build.
Imports of the stages stand inside the functions that start them: the worker processes are forked
before any of the parent's data and libraries are loaded.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen import __version__
from sitegen.config import Config
from sitegen.errors import Diagnostic, Location, ReadError, SitegenError
from sitegen.model import Body, OutputFile, RenderedPage
from sitegen.record import Record, Stat, begin, layout_keys, load_record, look, save_record
from sitegen.urls import output_path
from sitegen.workers import Workers, open_workers

if TYPE_CHECKING:
    from sitegen.cache import Cache
    from sitegen.check import LinkReport
    from sitegen.plan import Plan
    from sitegen.report import Result


def build(config: Config) -> Result:
    """Build a site from the configured input and make it live as a whole.

    Raises:
        SitegenError: the input or the output is not as it must be; the old site is untouched.
    """
    last = load_record(config)
    with open_workers(config, early=not last.fits(config)) as workers:
        from sitegen.plan import prepare

        began, before = begin(), _before(config)
        result, made = _make(config, prepare(config), workers, last)
    if before:
        save_record(config, replace(made, began=began, report=result.report()), before)
    return result


def _before(config: Config) -> dict[str, Stat]:
    """Look at the input before it is read; what is wrong with it, reading says better."""
    if not config.cache:
        return {}
    try:
        return look(config)
    except (SitegenError, OSError):
        return {}


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
    from sitegen.bodies import bodies
    from sitegen.check import check_links
    from sitegen.readers import find_assets

    with open_workers(config, early=True) as workers:
        from sitegen.plan import prepare

        plan = prepare(config)
        documents = [page.document for page in plan.site.pages]
        nothing = open_cache(replace(config, cache=False))
        made = {id: body for id, _, body in bodies(documents, plan.call, nothing, workers.render)}
    pages = tuple(RenderedPage(page, made[page.document.id]) for page in plan.site.pages)
    paths = {file.path for file in load_assets(config.theme.static).files}
    paths |= {path for path, _ in find_assets(config.input)}
    links = check_links(pages, paths)
    rendering = (finding for page in pages for finding in page.body.diagnostics)
    return Examined(pages, (*plan.notices, *rendering, *links.diagnostics))


def _make(config: Config, plan: Plan, workers: Workers, last: Record) -> tuple[Result, Record]:
    """Render, lay out, check and write, page by page as the workers finish."""
    from sitegen.assets import load_assets
    from sitegen.bodies import bodies
    from sitegen.check import check_links
    from sitegen.feeds import site_headers
    from sitegen.report import Result
    from sitegen.theme import CSP, lay_out
    from sitegen.writer import open_output

    site, outlines, layouts = plan.site, dict[str, RenderedPage](), dict[str, str]()
    paths: set[str] = set()
    assets = load_assets(config.theme.static)
    layout_key = layout_keys(config, site, assets.urls)
    with (
        open_output(config.output, protect=_protected(config), clean=config.clean) as output,
        closing(open_cache(config)) as cache,
    ):

        def rendered() -> Iterator[RenderedPage]:
            """Yield the pages whose files are not known to be on the disk as they must be."""
            by_id = {page.document.id: page for page in site.pages}
            documents = [page.document for page in site.pages]
            for name, key, body in bodies(documents, plan.call, cache, workers.render):
                page = by_id[name]
                outlines[name] = RenderedPage(page, replace(body, html=""))
                path = output_path(page.permalink)
                layouts[path] = layout_key(page, key)
                is_known = layouts[path] == last.layouts.get(path)
                if is_known and output.keep(path, last.output.get(path)):
                    paths.add(path)
                else:
                    yield RenderedPage(page, body)

        def write(files: Iterable[OutputFile]) -> None:
            for file in files:
                paths.add(file.path)
                output.write(file)

        write(assets.files)
        write(content_assets(config))
        write([site_headers(CSP, [file.path for file in assets.files])])
        write(lay_out(site, rendered(), config.theme, assets=assets.urls, base_url=config.base_url))
        pages = [outlines[page.document.id] for page in site.pages]
        links = check_links(pages, paths)
        diagnostics = (
            *plan.notices,
            *(finding for page in pages for finding in page.body.diagnostics),
            *links.diagnostics,
        )
        write(feeds_of(config, plan))
        write([report_of(config, plan, links, output.facts())])
        written = output.publish()
        made = Record(layouts=layouts, output=output.signatures() if config.cache else {})
    return Result(site, plan.chunks, links, diagnostics, written), made


def open_cache(config: Config) -> Cache[Body]:
    """Open the store of rendered bodies that the configuration names."""
    from sitegen.cache import Cache

    file = config.cache / "bodies-1.sqlite" if isinstance(config.cache, Path) else None
    return Cache(file, Body)


def feeds_of(config: Config, plan: Plan) -> Iterator[OutputFile]:
    """Make the files that machines read, besides the report."""
    from sitegen import feeds

    yield feeds.robots(config.base_url)
    yield feeds.no_jekyll()
    if config.publish.redirects:
        yield feeds.redirects(config.publish.redirects)
    if config.base_url:
        yield from feeds.sitemaps(plan.site, config.base_url)
    yield feeds.objects_inventory(plan.site, plan.references.objects)


def report_of(
    config: Config, plan: Plan, links: LinkReport, output: Mapping[str, object]
) -> OutputFile:
    """Make ``build.json``; ``output`` tells of all other files."""
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


def content_assets(config: Config) -> Iterator[OutputFile]:
    """Take along the images and downloads of Markdown folders.

    Raises:
        ReadError: one cannot be read, or its name is no path of a site.
    """
    from sitegen.readers import find_assets

    for path, file in find_assets(config.input):
        place = Location(file=path)
        if "\\" in path:
            raise ReadError("a backslash in a file's name", location=place, help="rename the file")
        try:
            yield OutputFile(path, file.read_bytes())
        except OSError as error:
            raise ReadError(f"cannot be read: {error.strerror}", location=place) from error


def _content_digest(plan: Plan) -> str:
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

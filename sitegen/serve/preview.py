"""Preview: one planned site in memory; a page is rendered and laid out when it is asked for."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from functools import partial
from weakref import proxy

from msgspec import Struct
from msgspec.structs import replace

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.extension import failures
from sitegen.feeds import feeds_of
from sitegen.feeds.llms import twin
from sitegen.layout.assets import Assets
from sitegen.layout.frame import frame_of
from sitegen.layout.listings import listings
from sitegen.layout.own_pages import own_files
from sitegen.layout.page import lay_out_page
from sitegen.layout.templates import Templates
from sitegen.model import Body, OutputFile, Page, RenderedPage
from sitegen.pipeline.documents import Ground
from sitegen.pipeline.pages import Pages, without_texts
from sitegen.pipeline.planning import Planned
from sitegen.pipeline.rendering import Job, with_places
from sitegen.pipeline.result import look_up
from sitegen.pipeline.steps import whole_of
from sitegen.pipeline.work import render_one
from sitegen.plan.own_pages import own_pages
from sitegen.restore import Seen
from sitegen.search import SearchIndex
from sitegen.search.headings import headings_index
from sitegen.serve.fed import Fed, FedBy
from sitegen.store.recall import Store
from sitegen.store.sha256 import sha256_of
from sitegen.urls import NOT_FOUND, output_path, twin_path

_KEPT_PAGES = 256  # laid-out pages kept for the next request


class File(Struct, frozen=True):
    """A file of the site, and what names its content."""

    data: bytes
    etag: str


class Surroundings(Struct, frozen=True):
    """What is read from the disk besides documents; ``content`` are images and downloads."""

    assets: Assets
    content: Mapping[str, bytes]
    templates: Templates


class Preview:
    """All files of a site by path. What changes makes another preview; what this one has stays."""

    def __init__(
        self,
        config: Config,
        planned: Planned,
        store: Store,
        around: Surroundings,
        *,
        is_partial: bool = False,
    ) -> None:
        """Prepare for requests; nothing is rendered yet. ``is_partial``: some pages are lacking."""
        self.plan, self.is_partial, self.around = planned.plan, is_partial, around
        self.store, self.jobs, self._grounds = store, planned.jobs, [planned.ground]
        store.find(self.jobs.keys, None)  # not to be forgotten
        # Addresses are those of this machine. The index of the texts would be made anew with each
        # change, so it comes later; that of the headings costs nothing.
        search = bool(config.search) and "headings"
        feeds = replace(config.feeds, previous=None, print_page=False)
        check = replace(config.check, page=False)
        version = replace(config.version, list="", canonical="")
        self._config = replace(
            config, base_url="", search=search, feeds=feeds, check=check, version=version
        )
        plan = planned.plan
        self._frame = frame_of(plan.site, around.templates, around.assets.urls, self._config)
        self._static = {file.path: file.data for file in around.assets.files} | dict(around.content)
        self._pages = {output_path(page.permalink): page for page in plan.site.pages}
        self._listings = listings(plan.site)
        self._others = self._own_files()
        self._lock = threading.RLock()
        self._made: dict[str, File] = {}
        has_twins, taken = self._config.feeds.markdown, plan.space.markdown_folders
        twinned = plan.site.pages if has_twins else ()
        self._twins = {twin_path(page.permalink, taken): page for page in twinned}
        self._fed = Fed(self.jobs.folder)
        self._outlines: Iterable[RenderedPage] = ()
        self.texts: Mapping[str, bytes] = {}

    @property
    def ground(self) -> Ground:
        """What all documents agree upon."""
        return self._grounds[0]

    def _own_files(self) -> Mapping[str, Callable[[], OutputFile]]:
        """The pages that are the site's own; the preview is not kept by these, which it has."""
        me = proxy(self)
        has_own = any(page.document.id == NOT_FOUND for page in self.plan.site.pages)
        not_found = (lambda: me.body(NOT_FOUND)) if has_own else None

        def describe(permalink: str) -> str:
            return str(me._describe(permalink))

        goals = self.plan.redirects.goals
        return own_files(self._frame, self._listings, goals, describe, not_found)

    def with_jobs(self, jobs: Iterable[Job]) -> Preview | None:
        """The same site, in which some documents read otherwise; ``None`` where none does."""
        changed = [job for job in jobs if job.key != self.jobs.key(job.prepared.document.id)]
        if not changed:
            return None
        other = copy(self)
        other.jobs = self.jobs.but_for(changed)
        other._made, other._lock, other._others = {}, threading.RLock(), other._own_files()
        return other

    def let_go(self, seen: Mapping[str, Seen]) -> None:
        """Keep as much of the evidence as some pages have seen, by their ids.

        All of it takes much memory, and another one is made.
        """
        evidence = self.ground.evidence
        self._grounds[0] = replace(self.ground, evidence=evidence and evidence.only(seen))

    def body(self, name: str) -> Body:
        """The body of a document, rendered now if need be."""
        body = self.store.recall("body", self.jobs.key(name), partial(self._render, name), Body)
        return with_places(body, partial(self.jobs.document, name))

    def _render(self, name: str) -> Body:
        return render_one(self.jobs.of(name).call, self.ground.space)

    def _describe(self, permalink: str) -> str:
        """The description of a page; empty if there is none."""
        page = self._pages.get(output_path(permalink))
        return self.body(page.document.id).description if page else ""

    def changed_since(self, before: Preview | None) -> int:
        """How many pages read otherwise than before: all of them where what surrounds them does."""
        pages = self.plan.site.pages
        if before is None or self._surroundings() != before._surroundings():
            return len(pages)
        known = {page.permalink: page for page in before.plan.site.pages}
        both = ((page, known.get(page.permalink)) for page in pages)
        changed = sum(old is None or before._facts(old) != self._facts(new) for new, old in both)
        is_same = self.plan.site.navigation == before.plan.site.navigation
        return changed if changed or is_same else len(pages)

    def _surroundings(self) -> tuple[object, ...]:
        """What stands on each page besides what is its own."""
        site = self.plan.site
        return (
            id(self.around.templates),
            self.around.assets,
            self._config,
            site.title,
            site.language,
        )

    def _facts(self, page: Page) -> tuple[object, ...]:
        """What is a page's own: its body, its title and its place."""
        key = self.jobs.key(page.document.id)
        return key, page.title, page.breadcrumbs, page.previous, page.next, page.moved

    def get(self, path: str) -> File | None:
        """Give a file of the site, laid out now if need be; ``None``: there is none.

        Raises:
            TemplateError: naming the template and the line at fault.
        """
        with self._lock:
            if path in self._made:
                return self._made[path]
        data = self._data(path)
        if data is None:
            return None
        file = File(data, sha256_of(data, 16))
        with self._lock:
            while len(self._made) >= _KEPT_PAGES:
                del self._made[next(iter(self._made))]
            self._made[path] = file
        return file

    def has(self, path: str) -> bool:
        """Tell whether there is such a file."""
        own = (self._pages, self._others, self._static, self._twins, self._fed.paths)
        return any(path in some for some in own)

    def is_as(self, other: Preview) -> bool:
        """Tell whether both have the same files."""
        mine, theirs = (
            (p._config, p.plan, p.is_partial, p.around.assets, p.around.content)
            for p in (self, other)
        )
        if self.around.templates is not other.around.templates or mine != theirs:
            return False
        ids = (page.document.id for page in self.plan.site.pages)
        return all(self.jobs.key(id) == other.jobs.key(id) for id in ids)

    def prove(self, paths: list[str], *, whole: bool) -> None:
        """Lay out the named pages and one of each kind, or all: a template's fault is found now.

        Raises:
            TemplateError: as ``get``.
        """
        first = next(iter(self._pages))
        wanted = list(self._pages) if whole else [first, *(p for p in paths if self.has(p))]
        for path in dict.fromkeys([*wanted, *self._others]):
            self.get(path)

    def finish(self, is_current: Callable[[], bool]) -> tuple[Diagnostic, ...] | None:
        """Render what is missing and add the feeds; ``None`` if there is a newer preview by then.

        Returns:
            What there is to say about the site.
        """
        config, plan = self._config, self.plan
        pages = Pages(plan.site, self.jobs, self.jobs.folder)
        for page in plan.site.pages:
            if not is_current():
                return None
            pages.add(page.document.id, without_texts(self.body(page.document.id)))
        paths = {*self._pages, *self._others, *self._static}
        found = look_up(config, plan, pages, paths)
        whole = whole_of(config, plan, self.jobs, pages, self.around.assets, found)
        paths |= self._twins.keys()
        fed = Fed(self.jobs.folder)
        for feed in feeds_of(config):
            if not is_current():
                return None
            paths |= fed.paths
            for file in feed.make(whole, FedBy(paths, self._twin_at)):
                if file.path not in paths:
                    fed.add(file)
        self._fed, self._outlines = fed, pages
        return (*found.findings, *failures())

    def index_texts(self, is_current: Callable[[], bool]) -> None:
        """Index the texts of all pages, which are rendered by now, unless a newer preview comes.

        Raises:
            SitegenError: as `SearchIndex`.
        """
        with SearchIndex(self.plan.site, full=True) as search:
            search.start()
            for page in self.plan.site.pages:
                if not is_current():
                    return
                name = page.document.id
                search.add(page, self.jobs.key(name), partial(self._sought, name))
            found = (file for part in range(search.parts) for file in search.files(part))
            self.search_in({file.path: file.data for file in found})

    def search_in(self, texts: Mapping[str, bytes]) -> None:
        """Let readers search in an index of texts, that of an earlier preview perhaps."""
        folder = own_pages(self.plan.site, self._config).get("search", "")
        indexes = sum(path.endswith("/pagefind-entry.json") for path in texts)
        site, aside = self.plan.site, self.jobs.folder
        headings = headings_index(site, self._outlines, folder, full=indexes, aside=aside)
        files = {**texts, **{file.path: file.data for file in headings}}
        with self._lock:
            self.texts, self._static = texts, self._static | files
            for path in files:
                self._made.pop(path, None)

    def _sought(self, name: str) -> str:
        return self.body(name).sought

    def _data(self, path: str) -> bytes | None:
        if path in self.around.content:  # what the author has is not made
            return self.around.content[path]
        if path in self._pages:
            page = self._pages[path]
            body = self.body(page.document.id)
            with self._lock:
                read = partial(self.jobs.document, page.document.id)
                rendered = RenderedPage(page, lambda: body, read)
                return lay_out_page(self._frame, rendered).data
        if path in self._others:
            with self._lock:
                return self._others[path]().data
        if path in self._static:
            return self._static[path]
        return self._twin_at(path) if path in self._twins else self._fed.get(path)

    def _twin_at(self, path: str) -> bytes:
        page = self._twins[path]
        body = partial(self.body, page.document.id)
        return twin(page, body, self.plan.space.markdown_folders).data

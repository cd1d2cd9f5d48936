"""Preview: one planned site in memory; a page is rendered and laid out when it is asked for."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import chain

from sitegen.check.links import check_links
from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.feeds import feeds_of, for_machines, indexes_of, report_of
from sitegen.feeds.llms import twin
from sitegen.layout import Layout
from sitegen.layout.assets import Assets
from sitegen.layout.templates import Templates
from sitegen.model import Body, OutputFile, RenderedPage
from sitegen.model.calls import Call
from sitegen.pipeline.bodies import bodies, placed
from sitegen.plan.jobs import Plan
from sitegen.render import render
from sitegen.store.cache import Cache
from sitegen.urls import output_path

_KEPT_PAGES = 256  # laid-out pages kept for the next request
_AT_ONCE = 32  # pages rendered between two looks at whether there is a newer preview


@dataclass(frozen=True, slots=True)
class File:
    """A file of the site, and what names its content."""

    data: bytes
    etag: str


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is read from the disk besides documents; ``content`` are images and downloads."""

    assets: Assets
    content: Mapping[str, bytes]
    templates: Templates


class Bodies:
    """The bodies of a plan's documents; those of the plan before are used again."""

    def __init__(self, plan: Plan, cache: Cache[Body], before: Bodies | None) -> None:
        """Take over the bodies of documents that read as they did before."""
        self._plan, self._cache, self._lock = plan, cache, threading.Lock()
        self._known: dict[str, Body] = {}
        self.documents = {page.document.id: page.document for page in plan.site.pages}
        if before is None:
            return
        was = before._plan
        is_same_site = (was.space, was.references) == (plan.space, plan.references)
        for name, body in before._known.copy().items():  # requests add to it
            if (now := self.documents.get(name)) is None:
                continue
            then = before.documents[name]
            if is_same_site and now is then:
                self._known[name] = body
            elif plan.job(now).call() == was.job(then).call():
                self._known[name] = placed(body, now)

    def of(self, name: str) -> Body:
        """Give one body, rendering it now if need be."""
        if name not in self._known:
            self._fill([name])
        return self._known[name]

    def missing(self) -> list[str]:
        """List the documents that are not rendered yet, in reading order."""
        return [name for name in self.documents if name not in self._known]

    def fill(self, names: list[str]) -> int:
        """Look up or render some bodies; give how many."""
        return self._fill([name for name in names if name not in self._known])

    def _fill(self, names: list[str]) -> int:
        some = [self.documents[name] for name in names]
        made = {n: body for n, _, body in bodies(some, self._plan.job, self._cache, _render)}
        with self._lock:
            self._known.update(made)
        return len(made)


def _render(calls: Iterable[Call]) -> Iterator[tuple[str, Body]]:
    return ((arguments[0].id, render(*arguments)) for arguments in list(calls))


class Preview:
    """All files of a site by path. What changes makes another preview; this one never does."""

    def __init__(
        self,
        config: Config,
        plan: Plan,
        bodies_of: Bodies,
        around: Surroundings,
        *,
        partial: bool = False,
    ) -> None:
        """Prepare for requests; nothing is rendered yet. ``partial``: some pages are lacking."""
        self.plan, self.bodies, self.partial = plan, bodies_of, partial
        self.around = around
        # Addresses are those of this machine, and the text's index would be made anew with each
        # change: that of the headings costs nothing.
        search = bool(config.search) and "headings"
        feeds = replace(config.feeds, previous=None, print_page=False)
        self._config = config = replace(config, base_url="", search=search, feeds=feeds)
        layout = Layout(plan.site, around.templates, around.assets.urls, config)
        self._static = {file.path: file.data for file in around.assets.files} | dict(around.content)
        self._pages = {output_path(page.permalink): page for page in plan.site.pages}
        self._others: dict[str, Callable[[], OutputFile]] = layout.others(plan.redirects.goals)
        self._layout = layout
        self._lock = threading.RLock()
        self._made: dict[str, File] = {}

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
        file = File(data, hashlib.sha256(data).hexdigest()[:16])
        with self._lock:
            while len(self._made) >= _KEPT_PAGES:
                del self._made[next(iter(self._made))]
            self._made[path] = file
        return file

    def has(self, path: str) -> bool:
        """Tell whether there is such a file."""
        return path in self._pages or path in self._others or path in self._static

    def is_as(self, other: Preview) -> bool:
        """Tell whether both have the same files."""
        mine, theirs = (
            (p._config, p.plan, p.partial, p.around.assets, p.around.content) for p in (self, other)
        )
        return self.around.templates is other.around.templates and mine == theirs

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
        waiting = self.bodies.missing()
        for start in range(0, len(waiting), _AT_ONCE):
            if not is_current():
                return None
            self.bodies.fill(waiting[start : start + _AT_ONCE])
        pages = [
            RenderedPage(page, body if page.moved else replace(body, html=""))
            for page in self.plan.site.pages
            for body in (self.bodies.of(page.document.id),)
        ]
        links = check_links(pages, {*self._pages, *self._others, *self._static})
        config, plan = self._config, self.plan
        feeds = {file.path: file.data for file in feeds_of(config, plan)}
        report = report_of(config, plan, links, {})
        feeds[report.path] = report.data
        taken = plan.space.markdown_folders
        made = [twin(page, taken) for page in pages if config.feeds.markdown]
        read = {file.path: file.data for file in made}.__getitem__
        indexes = chain.from_iterable(lot.make() for lot in indexes_of(config, plan, pages))
        for file in chain(made, indexes, for_machines(config, plan, pages, read)):
            if not is_current():
                return None
            if not self.has(file.path):
                feeds[file.path] = file.data
        self._static = feeds | self._static
        return (
            *self.plan.notices,
            *(finding for page in pages for finding in page.body.diagnostics),
            *links.diagnostics,
        )

    def _data(self, path: str) -> bytes | None:
        if path in self.around.content:  # what the author has is not made
            return self.around.content[path]
        if path in self._pages:
            page = self._pages[path]
            body = self.bodies.of(page.document.id)
            with self._lock:
                return self._layout.page(RenderedPage(page, body)).data
        if path in self._others:
            with self._lock:
                return self._others[path]().data
        return self._static.get(path)

"""Documents: the configured input -> a site whose pages are not rendered yet."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.feeds.content import candidates
from sitegen.model import Document, Site, TocEntry
from sitegen.model.inventory import read_inventory
from sitegen.model.moves import Redirects
from sitegen.model.objects import ApiDoc, ObjectIndex
from sitegen.pipeline.gather import Gathered, gather
from sitegen.plan.addresses import There
from sitegen.plan.jobs import Job, Plan
from sitegen.plan.nav import plan
from sitegen.plan.object_index import index_objects, package_of
from sitegen.plan.own_pages import GENERATED, own_permalinks
from sitegen.plan.redirect_file import read_redirects
from sitegen.plan.redirects import check_rules, plan_redirects
from sitegen.plan.references import References
from sitegen.plan.toctree import read_toctree
from sitegen.read import find_redirects, find_toctree
from sitegen.read.first_look import FirstLook
from sitegen.record.inputs import api_places, stat_files
from sitegen.restore import Corpus, Glance, digests, restore_headings
from sitegen.store.memory import Memory
from sitegen.store.stat import Stat
from sitegen.urls import fold


class Draft:
    """A plan in the making: its documents come one by one, and the plan when all have come."""

    def __init__(
        self,
        config: Config,
        gathered: Gathered,
        memory: Memory | None = None,
        corpus: Corpus | Glance | None = None,
    ) -> None:
        """Begin with what was gathered; no heading is restored and no page is parsed yet.

        A ``memory`` gives back what builds before it made of parts that have not changed, and a
        ``corpus`` the headings. Without a corpus the gathered documents are let go of one by one.

        Raises:
            SitegenError: the toctree, an inventory or a package cannot be read.
        """
        notices: list[Diagnostic] = []
        self._config, self._notices, self._memory = config, notices, memory
        path = config.toctree or find_toctree(config.input)
        self._toctree = _toctree(path, notices, memory) if path else ()
        notices += gathered.notices
        self._space = gathered.space
        documents = gathered.documents
        sources = digests(documents) if corpus is not None else None
        packages = config.api.packages
        package = package_of(self._space) or (packages[0] if len(packages) == 1 else "")
        index = index_objects(documents, package, memory, sources)
        self._references = _references(config, index, notices, memory)
        titles = _titles(self._toctree)
        self._coming = restore_headings(documents, titles, config.restore, corpus, sources)
        self._documents: list[Document] = []

    def documents(self) -> Iterator[Document]:
        """Give the documents, each as soon as it is restored, but none twice."""
        for document in self._coming:
            self._documents.append(document)
            yield document

    def job(self, document: Document) -> Job:
        """Give what there is to do to render one of the documents."""
        return Job(document, self._space, self._references.of(document, self._memory))

    def plan(self) -> Plan:
        """Plan the site of all documents.

        Raises:
            SitegenError: the toctree or the redirects do not fit the documents.
        """
        deque(self.documents(), maxlen=0)
        config, notices = self._config, self._notices
        title, language = config.title, config.language
        site = plan(self._documents, self._toctree, title=title, language=language, notices=notices)
        site, redirects = _redirects(config, site, notices)
        return Plan(site, self._space, self._references, tuple(notices), redirects)


def prepare(
    config: Config,
    memory: Memory | None = None,
    corpus: Corpus | Glance | None = None,
    *,
    first: FirstLook | None = None,
) -> Plan:
    """Read the input and plan the site, as `gather` and `Draft` do.

    Raises:
        SitegenError: the configuration or the input is not as it must be.
    """
    return Draft(config, gather(config, memory, first=first), memory, corpus).plan()


def _redirects(config: Config, site: Site, notices: list[Diagnostic]) -> tuple[Site, Redirects]:
    path = config.redirects or find_redirects(config.input)
    if path is None and not config.publish.redirects:
        return site, Redirects()
    files = {*GENERATED, *(path for path, _ in candidates(config))}
    titles = {page.permalink: page.title for page in site.pages}
    there = There(titles, own_permalinks(site, config), {fold(path): path for path in files})
    notices += check_rules(config.publish.redirects, there, urlsplit(config.base_url).path)
    lines = read_redirects(path, files) if path else ()
    return plan_redirects(lines, site, notices, there)


def _toctree(path: Path, notices: list[Diagnostic], memory: Memory | None) -> tuple[TocEntry, ...]:
    def make() -> tuple[tuple[TocEntry, ...], list[Diagnostic]]:
        found: list[Diagnostic] = []
        return read_toctree(path, found), found

    if memory is None or not path.is_file():
        toctree, found = make()
    else:
        given = Stat.from_info(path.stat())
        toctree, found = memory.recall("toctree", path, given, make)
    notices += found
    return toctree


def _titles(toctree: Sequence[TocEntry]) -> dict[str, str]:
    return {entry.local: entry.title for top in toctree for entry in top.walk() if entry.local}


def _references(
    config: Config, index: ObjectIndex, notices: list[Diagnostic], memory: Memory | None
) -> References:
    """Add what installed packages and other sites tell of the objects that the pages document."""
    make = partial(References, index)
    references = memory.recall("references", 0, index, make) if memory else make()
    external = {
        entry.name: entry
        for base_url, path in config.inventories.items()
        for entry in read_inventory(Path(path), base_url)
    }
    docs = _docs(config, references, notices, memory) if config.api.packages else {}
    return references.with_docs(docs, external) if docs or external else references


def _docs(
    config: Config, references: References, notices: list[Diagnostic], memory: Memory | None
) -> dict[str, ApiDoc]:
    from sitegen.plan.api_source import read_docs

    def make() -> tuple[dict[str, ApiDoc], list[Diagnostic]]:
        found: list[Diagnostic] = []
        api = config.api
        return read_docs(references.objects, api.packages, api.search_paths, found), found

    if memory is None:
        docs, found = make()
    else:
        names = [entry.name for entry in references.objects]
        sources = stat_files(api_places(config.api))
        docs, found = memory.recall("api", 0, (config.api, sources, names), make)
    notices += found
    return docs

"""Documents: gathered documents -> what all of them agree upon, and a site of the restored ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple, Protocol
from urllib.parse import urlsplit

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen import feeds
from sitegen.config import Config
from sitegen.config.phrases import in_order
from sitegen.errors import Diagnostic
from sitegen.feeds.content import candidates, find_content
from sitegen.model import Head, LinkSpace, Site, TocEntry
from sitegen.model.moves import Redirects
from sitegen.pipeline.gathered import Gathered
from sitegen.pipeline.references import package_in, references_of
from sitegen.pipeline.restoring import ask_evidence
from sitegen.pipeline.survey import AllDefined, Run, Survey
from sitegen.plan.addresses import There
from sitegen.plan.changed import last_changes, with_days
from sitegen.plan.fallbacks import first_language, led_back, missed
from sitegen.plan.nav import plan, site_language
from sitegen.plan.own_pages import GENERATED, own_pages
from sitegen.plan.planned import Plan
from sitegen.plan.redirect_file import Redirect, own_redirects, read_redirects
from sitegen.plan.redirects import check_rules, led_on, plan_redirects
from sitegen.plan.references import References
from sitegen.plan.site_root import site_home, site_roots
from sitegen.plan.toctree import below, read_toctree, renames, toctree_bytes, with_names
from sitegen.read.files import find_files
from sitegen.read.folders.beside import find_below
from sitegen.restore import Evidence
from sitegen.store.recall import Store
from sitegen.urls import fold
from sitegen.workers import HERE, Map


class _Toctree(NamedTuple):
    """The entries of a toctree, and what was found in it."""

    entries: tuple[TocEntry, ...]
    found: list[Diagnostic]


class Ground(Struct, frozen=True):
    """What all documents agree upon before any of them is restored.

    ``titles`` are those of the toctree, by document id, ``redirects`` those of files. Without
    ``evidence`` no heading is restored but as its anchor reads. ``days`` are those of
    last changes, by source, that a history tells. ``runs`` part the documents of a large site;
    what these define for others to name is ``defined``, if nothing else tells of it.
    """

    space: LinkSpace
    toctree: tuple[TocEntry, ...]
    titles: Mapping[str, str]
    references: References
    evidence: Evidence | None
    redirects: tuple[Redirect, ...]
    notices: tuple[Diagnostic, ...]
    days: Mapping[str, str] = field(default_factory=dict)
    runs: Sequence[Run] = ()
    defined: AllDefined | None = None


def agree(
    config: Config,
    gathered: Gathered,
    store: Store,
    each: Map = HERE,
    evidence: Evidence | None = None,
) -> Ground:
    """Conclude what all documents say together; ``evidence`` of before may be taken for it.

    Raises:
        SitegenError: the toctree, an inventory or a package cannot be read.
    """
    notices = list(gathered.notices)
    package = package_in(config, gathered)
    survey = Survey(gathered.documents, store, package)
    heads = survey.heads
    toctree = _toctrees(config, heads, notices, store)
    if names := renames(toctree, {head.id for head in heads}):
        toctree = tuple(with_names(entry, names) for entry in toctree)
        gathered.documents.change(lambda each: replace(each, id=names.get(each.id, each.id)))
        survey = Survey(gathered.documents, store, package)
        heads = survey.heads
    titles = {
        entry.local: entry.title
        for top in toctree
        for entry in top.walk()
        if entry.title and entry.local
    }
    read = None
    if evidence is None and config.restore.headings:
        read = ask_evidence(survey, titles, store, each)
    redirects = _redirects(config, heads)
    texts = (each.text for each in gathered.documents)
    space = replace(
        _space(config, gathered, survey, redirects),
        renamed=(*gathered.space.renamed, *names.items()),
        language=config.language or site_language(heads, notices, texts),
        strings=in_order(config.theme.strings),
    )
    references = references_of(config, survey, notices, store)
    runs = survey.runs
    defined = survey.defined if runs and not config.api.packages else None
    del heads, survey  # many; those of the restored documents come later
    days = _days(config, notices, store)
    if read:
        evidence = read()
    said = tuple(notices)
    given = (space, toctree, titles, references, evidence, redirects, said, days)
    return Ground(*given, runs, defined)


def _space(
    config: Config, gathered: Gathered, survey: Survey, redirects: tuple[Redirect, ...]
) -> LinkSpace:
    """What links may name: also pages of before, and pages by their place on the host."""
    known, heads = gathered.space, survey.heads
    lines = (*redirects, *own_redirects(heads, redirects))
    moved = led_on(lines, heads)
    roots: tuple[str, ...] = (config.site_root.strip("/"),) if config.site_root else ()
    home = ""
    if not (roots or known.roots):  # who knows the old site leads there
        ids = [*(head.id for head in heads), *(old for old, *_ in moved)]
        roots = site_roots(ids, survey.paths(), lambda: (path for path, _ in candidates(config)))
        home = "" if roots else site_home([head.id for head in heads], survey.paths())
    if first := first_language(heads, config.language):
        taken = {old for old, *_ in moved}
        more = missed(gathered.documents, first)
        moved += tuple(each for each in more if each[0] not in taken)
    return replace(known, site_roots=roots, home=home, redirected=moved)


class Documents(feeds.Documents, Protocol):
    """Restored documents: the heads of all, and the rest of each when it is asked for."""

    @property
    def heads(self) -> Sequence[Head]:
        """The heads of all documents, in their order."""


def plan_site(config: Config, ground: Ground, documents: Documents) -> Plan:
    """Plan the site of all restored documents.

    Raises:
        SitegenError: the toctree or the redirects do not fit the documents.
    """
    notices = list(ground.notices)
    site = plan(
        documents.heads,
        ground.toctree,
        title=config.title,
        language=ground.space.language,
        notices=notices,
    )
    changed = last_changes(config.version, _as_read(documents))
    site = replace(site, pages=with_days(site.pages, changed, ground.days))
    site, redirects = _planned_redirects(config, ground.redirects, site, notices)
    content = find_content(config, site, redirects, notices)
    index = ground.references.index  # the tables that names are looked up in are large
    return Plan(site, ground.space, index, tuple(notices), redirects, content)


def _days(config: Config, notices: list[Diagnostic], store: Store) -> Mapping[str, str]:
    """The day of the last commit of each page, by its source, if the configuration asks for it."""
    if config.dates != "git":
        return {}
    from sitegen.read.folders.history import days_of  # starts programs

    files = find_files(config.input, [], config.config_name, config.exclude)
    return days_of(files, notices, store)


def _as_read(documents: Documents) -> Iterator[tuple[str, Sequence[str]]]:
    """Yield each document's id with what is known of its text as it was read."""
    for head in documents.heads:
        chunks = [chunk.digest for chunk in documents.chunks(head.id)]
        yield head.id, chunks if all(chunks) else (documents.document(head.id).text,)


def _redirects(config: Config, documents: Sequence[Head]) -> tuple[Redirect, ...]:
    """The lines of all files of redirects."""
    ids = (document.id for document in documents)
    found = [("", config.redirects)] if config.redirects else _found(config, "_redirects", ids)
    files = {*GENERATED, *(path for path, _ in candidates(config))} if found else set()
    lines = [x for folder, path in found for x in read_redirects(path, files, folder=folder)]
    return led_back(lines, documents, config.language) if lines else ()


def _planned_redirects(
    config: Config, lines: tuple[Redirect, ...], site: Site, notices: list[Diagnostic]
) -> tuple[Site, Redirects]:
    by_pages = any(page.document.redirect_from for page in site.pages)
    if not (lines or by_pages or config.publish.redirects):
        return site, Redirects()
    files = {*GENERATED, *(path for path, _ in candidates(config))}
    titles = {page.permalink: page.title for page in site.pages}
    there = There(
        titles, frozenset(own_pages(site, config).values()), {fold(path): path for path in files}
    )
    notices += check_rules(config.publish.redirects, there, urlsplit(config.base_url).path)
    lines += tuple(own_redirects((page.document for page in site.pages), lines))
    return plan_redirects(lines, site, notices, there)


def _found(config: Config, stem: str, ids: Iterable[str]) -> list[tuple[str, Path]]:
    """The files of a name in folders of pages; one for each folder, the first input's."""
    found: dict[str, Path] = {}
    for folder, path in find_below(config.input, stem, ids, config.exclude):
        found.setdefault(folder, path)
    return list(found.items())


def _toctrees(
    config: Config, heads: Iterable[Head], notices: list[Diagnostic], store: Store
) -> tuple[TocEntry, ...]:
    """The configured toctree, else that of the top and of each folder that it says nothing of."""
    if config.toctree:
        return _toctree(config.toctree, "", notices, store)
    whole: tuple[TocEntry, ...] = ()
    ids = (head.id for head in heads)
    for folder, path in _found(config, "_toctree", ids):
        name = f"{folder}/{path.name}" if folder else ""
        whole += below(folder, _toctree(path, name, notices, store), whole)
    return whole


def _toctree(
    path: Path, name: str, notices: list[Diagnostic], store: Store
) -> tuple[TocEntry, ...]:
    data = toctree_bytes(path)

    def make() -> _Toctree:
        found: list[Diagnostic] = []
        return _Toctree(read_toctree(path, found, name=name, data=data), found)

    toctree = store.recall("toctree", (str(path), name, data), make, _Toctree)
    notices += toctree.found
    return toctree.entries

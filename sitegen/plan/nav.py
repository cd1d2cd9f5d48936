"""Navigation: documents and an authored toctree become a site of pages in reading order."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from sitegen.errors import Diagnostic, PlanError, Severity
from sitegen.languages import is_language, name_of
from sitegen.model import Head, NavItem, Page, PageLink, Site, TocEntry
from sitegen.plan.fallbacks import first_language, instead_of, tongue
from sitegen.plan.folders import folder_title, from_paths, name_of_page, spellings, told_apart
from sitegen.plan.near import NearPages
from sitegen.scan.scripts import written_in
from sitegen.urls import INDEX_NAMES, NOT_FOUND, fold, permalink

_LIBRARY = re.compile(r"/docs/([^/]+)/")
_SHARED = 0.9  # of the addresses; what fewer have is a part of the documentation


def plan(
    documents: Sequence[Head],
    toctree: Sequence[TocEntry],
    *,
    title: str,
    language: str,
    notices: list[Diagnostic],
) -> Site:
    """Lay documents out as pages: permalinks, navigation, breadcrumbs, previous and next.

    Pages that the toctree does not name follow by folders, in the order that they ask for, else
    in natural order of their paths. Hidden ones have no place in the navigation.

    Raises:
        PlanError: there are no pages.
    """
    if not documents:
        raise _no_pages(notices)
    documents = told_apart(documents)
    by_id = {document.id: document for document in documents}
    first, near = first_language(documents, language), NearPages(by_id)
    authored = [
        (_tongues(entry, by_id), item)
        for entry in toctree
        for item in _authored([entry], by_id, first, near, notices)
    ]
    named = {entry.local for top in toctree for entry in top.walk()}
    notices += _named_twice(toctree)
    rest = [d for d in documents if d.id not in named and not is_hidden(d)]
    if toctree:
        message = "the page is not in the toctree and follows it"
        spoken = {language for languages, _ in authored for language in languages}
        notices += (
            Diagnostic("toctree-missing", Severity.WARNING, message, document.place)
            for document in rest
            if tongue(document) in {"", *spoken}  # another language has no toctree
        )
    navigation = _by_language(authored, rest, by_id)
    pages = _in_reading_order(navigation, {permalink(d.id): d for d in documents})
    pages += tuple(_alone(d) for d in documents if d.id not in named and is_hidden(d))
    language = language or site_language(documents, notices)
    return Site(title or site_title(documents, language), pages, navigation, language)


def _no_pages(notices: Iterable[Diagnostic]) -> PlanError:
    if draft := next((notice for notice in notices if notice.code == "draft"), None):
        help = "remove `draft` from one"
        return PlanError("no pages: all are drafts", location=draft.location, help=help)
    message = "no pages: the input holds no documents"
    return PlanError(message, help="check the input's rows and the column mapping")


def _authored(
    entries: Iterable[TocEntry],
    by_id: dict[str, Head],
    first: str,
    near: NearPages,
    notices: list[Diagnostic],
) -> Iterator[NavItem]:
    for entry in entries:
        items = tuple(_authored(entry.sections, by_id, first, near, notices))
        address = permalink(entry.local) if entry.local in by_id else None
        instead = "" if address is not None else instead_of(entry.local, first, by_id)
        if entry.local and address is None and not instead:
            message = f"the toctree names {entry.local!r}, which the input does not hold"
            help = near.to(entry.local)
            notices.append(Diagnostic("toctree-page", Severity.WARNING, message, entry.place, help))
        if address is not None or items or entry.url or instead:
            title = entry.title or _title_of(instead or entry.local, by_id)
            url = permalink(instead) if instead else entry.url
            yield NavItem(title, address, items, entry.expanded, url=url)


def _named_twice(toctree: Iterable[TocEntry]) -> Iterator[Diagnostic]:
    """Yield the entries whose page another one names already."""
    first: dict[str, TocEntry] = {}
    for entry in (entry for top in toctree for entry in top.walk() if entry.local):
        if (other := first.setdefault(entry.local, entry)) is not entry:
            message = f"the toctree names {entry.local!r} in line {other.place.line} already"
            yield Diagnostic("toctree-twice", Severity.WARNING, message, entry.place)


def _tongues(top: TocEntry, by_id: Mapping[str, Head]) -> frozenset[str]:
    """The languages whose pages an entry and all below it name, also of pages that are not there.

    Pages outside of all languages are of "".
    """
    languages = {*map(tongue, by_id.values())}
    named = [entry.local for entry in top.walk() if entry.local]
    tops = {local: local.partition("/")[0] for local in named}
    return frozenset(
        tongue(by_id[local]) if local in by_id else tops[local]
        for local in named
        if local in by_id or tops[local] in languages
    )


def _by_language(
    authored: Sequence[tuple[frozenset[str], NavItem]],
    rest: Sequence[Head],
    by_id: Mapping[str, Head],
) -> tuple[NavItem, ...]:
    """The authored items and those of the rest behind, those of each language an item of its own.

    What is in no folder of a language comes first.
    """
    languages = sorted({*map(tongue, by_id.values())} - {""})
    if len(languages) < 2:
        return (*(item for _, item in authored), *from_paths(rest))
    groups: dict[str, tuple[NavItem, ...]] = dict.fromkeys(("", *languages), ())
    for inside, item in authored:
        groups[next(iter(inside)) if len(inside) == 1 else ""] += (item,)
    for language in groups:
        own = from_paths([each for each in rest if tongue(each) == language], language)
        start = permalink(language)
        groups[language] += tuple(sorted(own, key=lambda item: item.permalink != start))
    return groups.pop("") + tuple(
        NavItem(
            name_of(language, languages),
            None,
            items,
            language=language,
            listed=_listed(language, by_id),
        )
        for language, items in groups.items()
        if items
    )


def _listed(language: str, by_id: Mapping[str, Head]) -> str:
    """Where the pages of a language are listed, if it has no start page of its own."""
    start = permalink(language)
    has_start = any(f"{language}/{name}" in by_id for name in INDEX_NAMES)
    return "" if has_start else start


def _title_of(local: str, by_id: Mapping[str, Head]) -> str:
    """What an entry without a title is called: its page's own, else the words of its path."""
    document = by_id.get(local)
    return name_of_page(document) if document else folder_title(local.rpartition("/")[2])


def is_hidden(document: Head) -> bool:
    """Whether a page asks to be left out of the navigation, or is for what is not there."""
    return document.own_place.hidden.lower() == "true" or document.id == NOT_FOUND


def _alone(document: Head) -> Page:
    return Page(document=document, title=document.title, permalink=permalink(document.id))


def _in_reading_order(
    navigation: Sequence[NavItem], documents: dict[str, Head]
) -> tuple[Page, ...]:
    """Walk the navigation; a page named twice keeps its first place."""
    places: dict[str, tuple[str, tuple[PageLink, ...], NavItem | None]] = {}

    def walk(items: Iterable[NavItem], above: tuple[PageLink, ...], within: NavItem | None) -> None:
        for item in items:
            library = item if item.is_library else within
            if item.permalink is not None:
                places.setdefault(item.permalink, (item.title, above, library))
            link = () if item.language else (PageLink(item.title, item.address),)
            walk(item.items, above + link, library)

    walk(navigation, (), None)
    order = list(places)
    links = [PageLink(places[address][0], address) for address in order]

    def link(index: int, here: str) -> PageLink | None:
        """A neighbour, if it is of the language and the library of the page."""
        if not 0 <= index < len(order):
            return None
        there = order[index]
        is_tongue = documents[there].language == documents[here].language
        return links[index] if is_tongue and places[there][2] is places[here][2] else None

    return tuple(
        Page(
            document=documents[address],
            title=documents[address].title,
            permalink=address,
            breadcrumbs=places[address][1],
            previous=link(index - 1, address),
            next=link(index + 1, address),
        )
        for index, address in enumerate(order)
    )


def site_title(documents: Sequence[Head], language: str) -> str:
    """Name the site after the library that its old addresses share, else after its start page."""
    addresses = [each.url for each in documents if each.url]
    found = Counter(match[1] for url in addresses if (match := _LIBRARY.search(url)))
    name, count = found.most_common(1)[0] if found else ("", 0)
    if found and count >= _SHARED * len(addresses):
        library, _, last = name.rpartition("-")
        is_tongue = library and is_language(last) and last[:2].lower() == language[:2].lower()
        return folder_title(library if is_tongue else name, spellings(documents))
    start = next((d for d in documents if permalink(d.id) == ""), None)
    # A page that is named by its file alone says nothing of the site.
    return start.title if start and fold(start.title) not in INDEX_NAMES else "Documentation"


def site_language(
    documents: Sequence[Head], notices: list[Diagnostic], texts: Iterable[str] = ()
) -> str:
    """The language of all documents: that of their folders, else what their script tells."""
    languages = {document.language for document in documents if document.language}
    if len(languages) == 1 and all(document.language for document in documents):
        return languages.pop()
    pairs = zip(documents, texts, strict=False)  # nobody need say what the texts are
    told = written_in(text for document, text in pairs if not document.language)
    if told:
        message = f"the text is written in the script of {told!r}, so the site is in that language"
        help = f'correct it with language = "{told}" or another tag'
        notices.append(Diagnostic("language-guessed", Severity.INFO, message, help=help))
    return told or "en"

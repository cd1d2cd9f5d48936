"""Navigation: documents and an authored toctree become a site of pages in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sitegen.errors import Diagnostic, PlanError, Severity
from sitegen.model import Document, NavItem, Page, PageLink, Site, TocEntry
from sitegen.urls import INDEX_NAMES, natural_key, permalink

_NUMBER = re.compile(r"[+-]?[0-9]{1,9}(?:\.[0-9]{1,9})?")


def plan(
    documents: Sequence[Document],
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
        raise PlanError(
            "no pages: the input holds no documents",
            help="check the input's rows and the column mapping",
        )
    by_id = {document.id: document for document in documents}
    navigation = tuple(_authored(toctree, by_id, notices))
    named = {entry.local for top in toctree for entry in top.walk()}
    notices += (finding for document in documents for finding in _odd_places(document))
    rest = [d for d in documents if d.id not in named and not is_hidden(d)]
    if toctree:
        message = "the page is not in the toctree and follows it"
        notices += (
            Diagnostic("toctree-missing", Severity.WARNING, message, document.locate(0))
            for document in rest
        )
    navigation += from_paths(rest)
    pages = _in_reading_order(navigation, {permalink(d.id): d for d in documents})
    pages += tuple(_alone(d) for d in documents if d.id not in named and is_hidden(d))
    return Site(title or site_title(documents), pages, navigation, language or _language(documents))


def _authored(
    entries: Iterable[TocEntry], by_id: dict[str, Document], notices: list[Diagnostic]
) -> Iterator[NavItem]:
    for entry in entries:
        items = tuple(_authored(entry.sections, by_id, notices))
        address = permalink(entry.local) if entry.local in by_id else None
        if entry.local and address is None:
            message = f"the toctree names {entry.local!r}, which the input does not hold"
            notices.append(Diagnostic("toctree-page", Severity.WARNING, message, entry.place))
        if address is not None or items:
            title = entry.title or _title_of(entry.local, by_id)
            yield NavItem(title, address, items, entry.expanded)


def _title_of(local: str, by_id: Mapping[str, Document]) -> str:
    """What an entry without a title is called: its page's own, else the words of its path."""
    document = by_id.get(local)
    return _name(document) if document else folder_title(local.rpartition("/")[2])


def is_hidden(document: Document) -> bool:
    """Whether a page asks to be left out of the navigation."""
    return document.own_place.hidden.lower() == "true"


def _odd_places(document: Document) -> Iterator[Diagnostic]:
    """Yield what is wrong with the place that a page asks for."""
    place = document.own_place
    for key, value, fits, wanted in (
        ("order", place.order, _NUMBER.fullmatch(place.order), "a number"),
        ("hidden", place.hidden, place.hidden.lower() in {"true", "false"}, "true or false"),
    ):
        if value and not fits:
            message = f"{key} of the front matter must be {wanted}, not {value!r}"
            yield Diagnostic("nav-place", Severity.WARNING, message, document.locate(0))


def _rank(document: Document | None) -> float:
    """Where a page wants to stand among its neighbours; those that do not say come last."""
    order = document.own_place.order if document else ""
    return float(order) if _NUMBER.fullmatch(order) else float("inf")


def _name(document: Document) -> str:
    return document.own_place.title or document.title


def _alone(document: Document) -> Page:
    return Page(document=document, title=document.title, permalink=permalink(document.id))


def from_paths(documents: Iterable[Document]) -> tuple[NavItem, ...]:
    """Build navigation from folders: a folder's index is the page of its group."""
    tree: dict[Any, Any] = {}
    for document in sorted(documents, key=lambda d: _path_key(d.id)):
        *folders, name = document.id.split("/")
        branch = tree
        for folder in folders:
            branch = branch.setdefault((folder, True), {})
        branch[name, False] = document
    return _items(tree)


def _path_key(document_id: str) -> tuple[Any, ...]:
    folder, _, name = document_id.rpartition("/")
    is_index = name.lower() in INDEX_NAMES
    return (natural_key(folder) if is_index else natural_key(document_id), not is_index)


def _items(branch: dict[Any, Any]) -> tuple[NavItem, ...]:
    ranked = sorted(_ranked(branch), key=lambda pair: pair[0])
    return tuple(item for _, item in ranked)


def _ranked(branch: dict[Any, Any]) -> Iterator[tuple[float, NavItem]]:
    pages = {name: value for (name, is_folder), value in branch.items() if not is_folder}
    for (name, is_folder), value in branch.items():
        if not is_folder:
            if (name, True) not in branch:
                yield _rank(value), NavItem(_name(value), permalink(value.id))
            continue
        items = _items(value)
        # A page beside a folder of its name (`a.md`, `a/b.md`) or the folder's index heads it.
        head = pages.get(name)
        index = next((d for (n, f), d in value.items() if not f and n.lower() in INDEX_NAMES), None)
        if head is None and index is not None:
            head, items = index, tuple(i for i in items if i.permalink != permalink(index.id))
        title = _name(head) if head else folder_title(name)
        yield _rank(head), NavItem(title, permalink(head.id) if head else None, items)


def folder_title(name: str) -> str:
    """Read a group's title from a folder name."""
    words = " ".join(name.replace("_", " ").replace("-", " ").split())
    return words[:1].upper() + words[1:] or name


def _in_reading_order(
    navigation: Sequence[NavItem], documents: dict[str, Document]
) -> tuple[Page, ...]:
    """Walk the navigation; a page named twice keeps its first place."""
    places: dict[str, tuple[str, tuple[PageLink, ...]]] = {}

    def walk(items: Iterable[NavItem], above: tuple[PageLink, ...]) -> None:
        for item in items:
            if item.permalink is not None:
                places.setdefault(item.permalink, (item.title, above))
            walk(item.items, (*above, PageLink(item.title, item.permalink)))

    walk(navigation, ())
    order = list(places)
    links = [PageLink(places[address][0], address) for address in order]
    return tuple(
        Page(
            document=documents[address],
            title=documents[address].title,
            permalink=address,
            breadcrumbs=places[address][1],
            previous=links[index - 1] if index else None,
            next=links[index + 1] if index + 1 < len(links) else None,
        )
        for index, address in enumerate(order)
    )


def site_title(documents: Sequence[Document]) -> str:
    """Name the site after the library in its old addresses, else after its start page."""
    for document in documents:
        match = re.search(r"/docs/([^/]+)/", document.url)
        if match:
            return folder_title(match[1])
    start = next((d for d in documents if permalink(d.id) == ""), None)
    return start.title if start else "Documentation"


def _language(documents: Sequence[Document]) -> str:
    languages = {document.language for document in documents if document.language}
    return languages.pop() if len(languages) == 1 else "en"

"""Plan: documents and an authored toctree become a site of pages in reading order."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sitegen.errors import Diagnostic, Location, PlanError, Severity
from sitegen.model import Document, NavItem, Page, PageLink, Site, TocEntry
from sitegen.urls import INDEX_NAMES, PAGE_SUFFIX, natural_key, permalink

if TYPE_CHECKING:
    from yaml.events import Event

_KNOWN_KEYS = frozenset(
    {"local", "title", "sections", "isExpanded", "newlocal", "local_fw", "quiz", "subtitle", "new"}
)
_MARKUP = re.compile(r"[*`]|<[^>]*>")
_LINE = "\0line"  # no key of YAML holds NUL
_DEPTH = 100  # lists and mappings; an entry is in two


def read_toctree(path: Path, notices: list[Diagnostic]) -> tuple[TocEntry, ...]:
    """Read a ``_toctree.yml``; unknown keys are tolerated with a notice.

    Raises:
        PlanError: the file cannot be read or is not a list of entries, with the line.
    """
    import yaml  # noqa: PLC0415 - only sites with a toctree need it

    place = Location(file=str(path))
    # A base loader knows strings only: `no`, `404` and `1.10` are titles as they are written.
    loader: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)

    class Loader(loader):  # type: ignore[misc]
        def construct_mapping(self, node: Any, deep: bool = False) -> dict[Any, Any]:
            """Note the line of each mapping."""
            return {**super().construct_mapping(node, deep), _LINE: node.start_mark.line + 1}

    try:
        data = path.read_bytes()
        _refuse_bombs(yaml.parse(data, Loader=loader), place)
        nodes = yaml.load(data, Loader=Loader)  # noqa: S506 - it makes no objects
    except OSError as error:
        raise PlanError(f"the toctree cannot be read: {error.strerror}", location=place) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else None
        raise PlanError(
            f"the toctree is not valid YAML: {getattr(error, 'problem', None) or error}",
            location=Location(file=str(path), line=line),
        ) from error
    return _entries(nodes or [], Location(file=path.name), notices)


def _refuse_bombs(events: Iterable[Event], place: Location) -> None:
    """Refuse what grows without bound when it is loaded: aliases, and nesting without end."""
    depth = 0
    for event in events:
        kind = type(event).__name__
        depth += kind.endswith("StartEvent") - kind.endswith("EndEvent")
        if kind == "AliasEvent" or depth > _DEPTH:
            what = "an alias (*name)" if kind == "AliasEvent" else "too deep a nesting"
            raise PlanError(
                f"the toctree holds {what}",
                location=replace(
                    place, line=event.start_mark.line + 1 if event.start_mark else None
                ),
                help="write the entries out",
            )


def _entries(nodes: Any, place: Location, notices: list[Diagnostic]) -> tuple[TocEntry, ...]:
    if not isinstance(nodes, list):
        raise PlanError(
            "a toctree is a list of entries with `title`, `local`, `sections`",
            location=place,
            help=f"found {str(nodes)[:60]!r}",
        )
    entries: list[TocEntry] = []
    for node in nodes:
        if not isinstance(node, dict):
            raise PlanError(
                f"a toctree entry must be a mapping, not {str(node)[:60]!r}", location=place
            )
        here = replace(place, line=node.pop(_LINE))
        unknown = sorted(key for key in map(str, node) if key not in _KNOWN_KEYS)
        if unknown:
            message = f"unknown toctree keys ignored: {', '.join(unknown)}"
            notices.append(Diagnostic("toctree-key", Severity.INFO, message, here))
        sections = _entries(_value(node, "sections") or [], place, notices)
        local = PAGE_SUFFIX.sub("", str(_value(node, "local")).strip("/").removeprefix("./"))
        title = " ".join(_MARKUP.sub("", str(_value(node, "title"))).split())
        if title or local:
            expanded = str(_value(node, "isExpanded")).lower() == "true"
            entries.append(TocEntry(title or local, local, sections, expanded, here))
        else:  # a group without a title only holds its sections together
            entries += sections
    return tuple(entries)


def _value(node: dict[Any, Any], key: str) -> Any:
    value = node.get(key, "")
    return "" if value in ("~", "null") else value


def plan(
    documents: Sequence[Document],
    toctree: Sequence[TocEntry],
    *,
    title: str,
    language: str,
    notices: list[Diagnostic],
) -> Site:
    """Lay documents out as pages: permalinks, navigation, breadcrumbs, previous and next.

    Pages that the toctree does not name follow in natural order of their paths.

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
    rest = [document for document in documents if document.id not in named]
    if toctree:
        message = "the page is not in the toctree and follows it"
        notices += (
            Diagnostic("toctree-missing", Severity.WARNING, message, document.locate(0))
            for document in rest
        )
    navigation += _from_paths(rest)
    pages = _in_reading_order(navigation, {permalink(d.id): d for d in documents})
    return Site(
        title or _site_title(documents), pages, navigation, language or _language(documents)
    )


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
            yield NavItem(entry.title, address, items, entry.expanded)


def _from_paths(documents: Iterable[Document]) -> tuple[NavItem, ...]:
    """Build navigation from folders: a folder's index is the page of its group."""
    tree: dict[Any, Any] = {}
    for document in sorted(documents, key=lambda d: _path_key(d.id)):
        *folders, name = document.id.split("/")
        branch = tree
        for folder in folders:
            branch = branch.setdefault((folder, True), {})
        branch[name, False] = document
    return tuple(_items(tree))


def _path_key(document_id: str) -> tuple[Any, ...]:
    folder, _, name = document_id.rpartition("/")
    is_index = name.lower() in INDEX_NAMES
    return (natural_key(folder) if is_index else natural_key(document_id), not is_index)


def _items(branch: dict[Any, Any]) -> Iterator[NavItem]:
    pages = {name: value for (name, is_folder), value in branch.items() if not is_folder}
    for (name, is_folder), value in branch.items():
        if not is_folder:
            if (name, True) not in branch:
                yield NavItem(value.title, permalink(value.id))
            continue
        items = tuple(_items(value))
        # A page beside a folder of its name (`a.md`, `a/b.md`) or the folder's index heads it.
        head = pages.get(name)
        index = next((d for (n, f), d in value.items() if not f and n.lower() in INDEX_NAMES), None)
        if head is None and index is not None:
            head, items = index, tuple(i for i in items if i.permalink != permalink(index.id))
        title = head.title if head else folder_title(name)
        yield NavItem(title, permalink(head.id) if head else None, items)


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


def _site_title(documents: Sequence[Document]) -> str:
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

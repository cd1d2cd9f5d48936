"""Skeleton: documents -> the text of a toctree, or of one with the pages that it lacks."""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.errors import Location, PlanError
from sitegen.limits.files import read_regular
from sitegen.model import Head, NavItem, TocEntry
from sitegen.plan.folders import from_paths
from sitegen.plan.nav import is_hidden
from sitegen.plan.toctree import local_page
from sitegen.urls import INDEX_NAMES, natural_key, permalink

_UTF_16 = codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE

if TYPE_CHECKING:
    from yaml.nodes import Node, ScalarNode


def skeleton(documents: Iterable[Head]) -> str:
    """A toctree of all documents, by titles and folders, as YAML."""
    documents = tuple(document for document in documents if not is_hidden(document))
    ids = {permalink(document.id): document.id for document in documents}
    return _dump([_entry(item, ids) for item in from_paths(documents)])


def entries_of(documents: Sequence[Head], folder: str) -> tuple[TocEntry, ...]:
    """Entries of the documents of a folder, which ends in ``/``; of all if it is empty."""
    shown = [document for document in documents if not is_hidden(document)]
    inside = [replace(each, id=each.id.removeprefix(folder)) for each in shown]
    ids = {permalink(each.id): f"{folder}{each.id}" for each in inside}
    return tuple(_entry_of(item, ids) for item in from_paths(inside))


def dump_entries(entries: Iterable[TocEntry]) -> str:
    """The text of a toctree of entries."""
    return _dump([_told(entry) for entry in entries])


def completed(text: str, documents: Sequence[Head]) -> str:
    """The text of a toctree with the documents added that it lacks; all else stays as written.

    A page goes where the pages of its folder stand; those of folders that the toctree does not
    know come last, in groups of their own.

    Raises:
        PlanError: the toctree is written in braces and brackets.
    """
    import yaml  # noqa: PLC0415 - only toctrees need it

    root = yaml.compose(text, Loader=yaml.SafeLoader)
    if root is None:
        return text + skeleton(documents)
    places = list(_places(root))
    if not places:
        raise PlanError(
            "pages cannot be added to a toctree in brackets",
            help="write it as a list, one entry a line",
        )
    known = {place.local for place in places}
    lines = text.splitlines()
    added: dict[int, list[str]] = {}
    strangers: list[Head] = []
    for document in sorted(documents, key=_order):
        if document.id in known or is_hidden(document):
            continue
        found = _neighbour(document.id, places)
        if found is None:
            strangers.append(document)
            continue
        at, dash = found
        entry = _dump([{"local": document.id, "title": document.title}])
        added.setdefault(at, []).extend(_indented(entry, dash))
    if strangers:
        dash = min(place.dash for place in places)
        added.setdefault(len(lines), []).extend(_indented(skeleton(strangers), dash))
    out = list(added.get(0, ()))
    for number, line in enumerate(lines, 1):
        out += (line, *added.get(number, ()))
    return "\n".join(out) + "\n"


class _Place(Struct, frozen=True):
    """An entry of a toctree: its page, its first and last line (from 0), its dash's column."""

    local: str
    first: int
    last: int
    dash: int
    sections: tuple[_Place, ...] = field(default=())


def _places(items: Node) -> Iterator[_Place]:
    """Yield the entries of a list and all below them that stand on lines of their own."""
    if items.id != "sequence" or items.flow_style:  # type: ignore[attr-defined]
        return
    for item in items.value:
        if item.id != "mapping":
            continue
        values: dict[str, Any] = {key.value: value for key, value in item.value}
        inside = tuple(_places(values["sections"])) if "sections" in values else ()
        local = values.get("local")
        dash = items.start_mark.column if items.start_mark else 0
        start, name = item.start_mark.line, local_page(local.value) if local else ""
        yield _Place(name, start, max(_last_lines(item)), dash, inside)
        yield from inside


def _last_lines(node: Node) -> Iterator[int]:
    """Yield the line of each scalar; where a node ends, comments and blank lines may be between."""
    if node.id == "scalar":  # type: ignore[attr-defined]
        scalar: ScalarNode = node  # type: ignore[assignment]
        mark = scalar.end_mark
        yield mark.line - (scalar.style in ("|", ">") and mark.column == 0)
    for child in node.value if node.id != "scalar" else ():  # type: ignore[attr-defined]
        for part in child if isinstance(child, tuple) else (child,):
            yield from _last_lines(part)


def _neighbour(page: str, places: Sequence[_Place]) -> tuple[int, int] | None:
    """Where a page is to be added: behind how many lines, and at which column."""
    folder = page.rpartition("/")[0]
    mates = [p for p in places if p.local and p.local.rpartition("/")[0] == folder]
    before = [p for p in mates if _key(p.local) < _key(page)]
    if before:
        last = max(before, key=lambda place: _key(place.local))
        if _is_index(last.local) and last.sections:
            return last.sections[0].first, last.sections[0].dash
        return last.last + 1, last.dash
    if mates:
        first = min(mates, key=lambda place: _key(place.local))
        return first.first, first.dash
    head = next((p for p in places if folder and p.local == folder), None)
    if head is None:
        return None
    if head.sections:
        end = max(head.sections, key=lambda place: place.last)
        return head.last + 1 if end.last == head.last else end.last + 1, head.sections[0].dash
    return head.last + 1, head.dash


def _is_index(page: str) -> bool:
    return page.rpartition("/")[2].lower() in INDEX_NAMES


def _key(page: str) -> tuple[Any, ...]:
    return (not _is_index(page), natural_key(page))


def _order(document: Head) -> tuple[Any, ...]:
    return _key(document.id)


def _entry(item: NavItem, ids: dict[str, str]) -> dict[str, Any]:
    local = {} if item.permalink is None else {"local": ids[item.permalink]}
    sections = [_entry(inner, ids) for inner in item.items]
    return {**local, "title": item.title} | ({"sections": sections} if sections else {})


def _entry_of(item: NavItem, ids: dict[str, str]) -> TocEntry:
    local = "" if item.permalink is None else ids[item.permalink]
    return TocEntry(item.title, local, tuple(_entry_of(inner, ids) for inner in item.items))


def _told(entry: TocEntry) -> dict[str, Any]:
    local = {"local": entry.local} if entry.local else {"url": entry.url} if entry.url else {}
    sections = [_told(inner) for inner in entry.sections]
    return {**local, "title": entry.title} | ({"sections": sections} if sections else {})


def _dump(entries: Sequence[dict[str, Any]]) -> str:
    import yaml  # noqa: PLC0415 - only toctrees need it

    return yaml.safe_dump(list(entries), sort_keys=False, allow_unicode=True, width=10**6)


def _indented(entry: str, column: int) -> list[str]:
    return [" " * column + line for line in entry.splitlines()]


def read_text(path: Path) -> str:
    """The text of a toctree that was read already, in one of the encodings that YAML has.

    Raises:
        PlanError: it is gone.
    """
    try:
        data = read_regular(path)
        return data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8")
    except OSError as error:
        raise PlanError(
            f"the toctree cannot be read: {error.strerror}", location=Location(file=str(path))
        ) from error

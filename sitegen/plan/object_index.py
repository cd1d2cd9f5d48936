"""Object index: all documents -> the objects they document, and the ids their authors wrote."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Set
from sys import intern
from typing import NamedTuple
from urllib.parse import urlsplit

from msgspec import Struct

from sitegen.model import Document, Head, LinkSpace
from sitegen.model.objects import LABEL, METHOD, MODULE, Documented, ObjectIndex, kind_of, qualified
from sitegen.scan import headings
from sitegen.scan.autodoc import Marker, scan_markers
from sitegen.scan.described import described
from sitegen.scan.labels import id_of_label, is_labelled, known_as, labels_in
from sitegen.scan.page_names import title_of
from sitegen.scan.patterns import rare
from sitegen.urls import WRITTEN_ID_PREFIX, slug

_ANCHOR = rare(
    r"<anchor>\s*([\w.-]+)\s*</anchor>"
    r"|<[Dd]ocstring\s[^>]*?anchor=(?:[{\"']+([\w.-]+)(?=[}\"'])|([\w.-]+)(?=[\s/>]))"
)
# The id of `<hfoptions>` names a choice, and is on no element of the page.
_WRITTEN_ID = rare(r"<(?!hfoption)\w[^<>]*?\s(?:id|name)=[\"']?([\w.-]+)")


_NONE: frozenset[str] = frozenset()  # many pages have none
_Object = tuple[str, str, tuple[str, ...] | None]


class Scanned(NamedTuple):
    """The ids that a document's author wrote, and the objects: name, kind, `Documented.without`.

    ``labels`` are those of places: how they are known, the id there, and the heading. ``title`` is
    what the page says that it is called, as it is written.
    """

    written_ids: frozenset[str]
    objects: tuple[_Object, ...]
    labels: tuple[tuple[str, str, str], ...] = ()
    title: str = ""


class Defined(Struct, frozen=True):
    """What a document defines for others to name, without the rest of it."""

    id: str
    language: str
    scanned: Scanned


def index_of(
    scanned: Iterable[tuple[Document | Head | Defined, Scanned]], package: str
) -> ObjectIndex:
    """Index the objects that documents document, as `scan_document` has found them in each."""
    objects: list[Documented] = []
    written_ids: dict[str, frozenset[str]] = {}
    titles: dict[str, str] = {}
    for document, found in scanned:
        titles[document.id] = found.title
        written_ids[document.id] = found.written_ids or _NONE
        first: dict[str, Documented] = {}
        for spelled, kind, without in found.objects:
            if spelled not in first:
                name, kind = intern(spelled), intern(kind)  # noqa: PLW2901 - many have the same
                first[name] = Documented(
                    name, document.id, name, kind, language=document.language, without=without
                )
        objects += first.values()
        objects += (
            Documented(name, document.id, id, LABEL, language=document.language, title=title)
            for name, id, title in found.labels
        )
    return ObjectIndex(package, tuple(objects), written_ids, titles)


def package_of(space: LinkSpace) -> str:
    """Read the package's name from the old site's addresses, ``/docs/{package}/``."""
    for root in space.roots:
        match urlsplit(root).path.strip("/").split("/"):
            case ["docs", package, *_]:
                return package
    return ""


def scan_document(document: Document, package: str) -> Scanned:
    """Find the ids that one document's author wrote, its labels, and the objects of a package."""
    text = document.text
    labels = dict(labels_in(text, _headed(document))) if is_labelled(text) else {}
    written = {id_of_label(label) for label in labels}
    if " id=" in text or "<a name=" in text:
        written.update(match[1] for match in _WRITTEN_ID.finditer(text))
    if written:  # those that headings have too are theirs
        written -= {section.anchor for section in document.sections}
        written -= set(map(slug, _titles(text)))
    return Scanned(
        frozenset(written),
        tuple(_objects(document, package)),
        tuple(_labelled(labels, written)),
        document.title or title_of(text),
    )


def _titles(text: str) -> Iterator[str]:
    """The headings of Markdown, of which those of HTML are none: their ids are written by hand."""
    lines = text.split("\n")
    for number, _, title in headings(lines):
        if not lines[number].lstrip().startswith("<"):
            yield title


def _headed(document: Document) -> dict[int, str]:
    """The headings that columns say, by the line that each stands above."""
    return {each.line: each.headings[-1][0] for each in document.sections if each.headings}


def _labelled(labels: Mapping[str, str], written: Set[str]) -> Iterator[tuple[str, str, str]]:
    for label, title in labels.items():
        id = id_of_label(label)
        yield known_as(label), f"{WRITTEN_ID_PREFIX}{id}" if id in written else id, title


def _marked(marker: Marker, kind: str, package: str) -> Iterator[_Object]:
    name = qualified(marker.name, package)
    yield name, kind, marker.without if marker.takes_all else None
    for member in marker.listed:
        full = f"{name}.{member}"
        yield (full, kind_of(full), marker.without) if kind == MODULE else (full, METHOD, None)


def _objects(document: Document, package: str) -> Iterator[_Object]:
    for marker in scan_markers(document.text):
        yield from _marked(marker, kind_of(marker.name), package)
    for found in described(document.text).values():
        if found.marker is None:
            yield found.name, found.kind, None
        else:
            yield from _marked(found.marker, found.kind, package)
    if package:
        below = f"{package}."
        for section in document.sections:
            if section.anchor.startswith(below):
                yield section.anchor, kind_of(section.anchor), None
    if "ocstring" in document.text:
        for match in _ANCHOR.finditer(document.text):
            name = match[1] or match[2] or match[3]
            yield name, kind_of(name), None

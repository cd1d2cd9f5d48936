"""References: all documents -> an index of the objects they document, and what each names."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import partial
from urllib.parse import urlsplit

from sitegen.autodoc import scan_markers
from sitegen.memory import Memory
from sitegen.model import Document, LinkSpace
from sitegen.objects import CLASS, METHOD, ApiDoc, Documented, Named, kind_of, qualified
from sitegen.scan import atx_headings
from sitegen.urls import resolve, slug

_REFERENCE = re.compile(r"\[`\s*~?\s*(\w+(?:\.\w+)*(?:#\w+)?)(?:\(\))?\s*`\]")
_ANCHOR = re.compile(r"<anchor>\s*([\w.]+)\s*</anchor>|<[Dd]ocstring\s[^>]*?anchor=[{\"']*([\w.]+)")
# Two patterns are much faster than one with a choice: each starts with a fixed text.
_FRAGMENT_LINKS = (
    re.compile(r"\]\(([\w./-]+)#([\w.-]+)"),
    re.compile(r"href=[\"']?([\w./-]+)#([\w.-]+)"),
)
# The id of `<hfoptions>` names a choice, and is on no element of the page.
_WRITTEN_ID = re.compile(r"<(?!hfoption)\w[^<>]*?\s(?:id|name)=[\"']?([\w.-]+)")
_SITE_ABSOLUTE = (
    re.compile(r"\]\((/[\w][\w/.-]*)"),
    re.compile(r"href=[\"']?(/[\w][\w/.-]*)"),
)
# First segments that name another library: their rest must not match an object of this one.
_LIBRARIES = frozenset(
    (
        "accelerate",
        "datasets",
        "diffusers",
        "evaluate",
        "huggingface_hub",
        "optimum",
        "peft",
        "safetensors",
        "timm",
        "tokenizers",
        "torch",
        "transformers",
        "trl",
    )
)


class References:  # noqa: PLW1641 - equal by tables, which have no hash
    """Which page and anchor documents which object. Pure: built once, asked for each document."""

    def __init__(
        self,
        objects: Iterable[Documented],
        *,
        package: str = "",
        pages: Mapping[str, frozenset[str]] | None = None,
        external: Mapping[str, Documented] | None = None,
        docs: Mapping[str, ApiDoc] | None = None,
    ) -> None:
        """Index objects by the last part of their names.

        ``pages`` maps the ids of all documents to the ids that their authors wrote by hand.
        """
        self.package = package
        self.objects = tuple(objects)
        self._pages = pages or {}
        self._written = frozenset(id for ids in self._pages.values() for id in ids)
        self._external = external or {}
        self._docs = docs or {}
        self._all = (package, self.objects, self._pages, self._external, self._docs)
        self._by_last: dict[str, list[Documented]] = defaultdict(list)
        self._by_page: dict[str, list[str]] = defaultdict(list)
        for entry in self.objects:
            self._by_last[entry.name.rpartition(".")[2]].append(entry)
            self._by_page[entry.page].append(entry.name)

    def __eq__(self, other: object) -> bool:
        """Tell whether both say the same of every document."""
        return isinstance(other, References) and self._all == other._all

    def with_docs(
        self, docs: Mapping[str, ApiDoc], external: Mapping[str, Documented]
    ) -> References:
        """Add what installed packages and inventories of other sites tell."""
        objects = {(entry.name, entry.page): _told(entry, docs) for entry in self.objects}
        for entry in self.objects if docs else ():
            for member in docs[entry.name].members if entry.name in docs else ():
                if entry.takes_all and not member.name.rpartition(".")[2].startswith("_"):
                    more = replace(entry, name=member.name, anchor=member.name, kind=member.kind)
                    objects.setdefault((more.name, more.page), more)
        return References(
            objects.values(),
            package=self.package,
            pages=self._pages,
            external=external,
            docs=docs,
        )

    def of(self, document: Document) -> Named:
        """Gather what a document names, each name resolved."""
        text = document.text
        names = sorted(set(_REFERENCE.findall(text))) if "[`" in text else ()
        found = ((name, self.resolve(name, document)) for name in names)
        own = dict.fromkeys(self._by_page.get(document.id, ())) if self._docs else ()
        absolute = {path for pattern in _SITE_ABSOLUTE for path in pattern.findall(text)}
        return Named(
            self.package,
            tuple((name, target) for name, target in found if target is not None),
            tuple(self._docs[name] for name in own if name in self._docs),
            tuple(path for path in sorted(absolute) if self._is_page(path)),
            tuple(sorted(set(self._written_ids(document)))) if self._written else (),
        )

    def resolve(self, name: str, document: Document) -> Documented | None:
        """Find the object by the longest unambiguous suffix; an unknown method's class will do."""
        name, _, parameter = name.partition("#")
        if name.split(".")[0] in _LIBRARIES - {self.package}:
            return self._elsewhere(name)
        found = self._find(name, document)
        if found is not None:
            return self._parameter(found, parameter) if parameter else found
        owner = name.rpartition(".")[0]
        if owner and (card := self._find(owner, document)) and card.kind == CLASS:
            return Documented(card.name, card.page, card.anchor)  # what it is, nobody says
        return self._elsewhere(name) or self._elsewhere(qualified(name, self.package))

    def _find(self, name: str, document: Document) -> Documented | None:
        parts = name.split(".")
        known = self._by_last.get(parts[-1], ())
        for start in range(len(parts)):
            if start and parts[start - 1] != parts[start - 1].lower():
                return None  # only modules may be left off, never a class
            wanted = ".".join(parts[start:])
            suffix = f".{wanted}"
            found = [o for o in known if o.name == wanted or o.name.endswith(suffix)]
            if start and len(parts) - start == 1:
                found = [o for o in found if o.kind != METHOD]
            if found:
                return self._choose(found, wanted, document)
        return None

    def _choose(
        self, found: list[Documented], wanted: str, document: Document
    ) -> Documented | None:
        """Prefer the same page, then the same language, then the package's own top level."""
        exact = qualified(wanted, self.package)
        found = [o for o in found if o.page == document.id] or found
        found = [o for o in found if o.language == document.language] or found
        found = [o for o in found if o.name == exact] or found
        if len({o.name for o in found}) > 1:
            return None
        return min(found, key=lambda o: (len(o.page), o.page))

    def _parameter(self, found: Documented, parameter: str) -> Documented:
        doc = self._docs.get(found.name)
        if doc is None and (owner := self._docs.get(found.name.rpartition(".")[0])):
            doc = next((m for m in owner.members if m.name == found.name), None)
        fields = {f.name for section in doc.sections for f in section.fields} if doc else set()
        anchor = f"{found.anchor}.{parameter}" if parameter in fields else found.anchor
        return Documented(found.name, found.page, anchor)

    def _elsewhere(self, name: str) -> Documented | None:
        return self._external.get(name) or self._external.get(name.rpartition(".")[0])

    def _written_ids(self, document: Document) -> Iterator[tuple[str, str]]:
        for pattern in _FRAGMENT_LINKS:
            for path, fragment in pattern.findall(document.text):
                if fragment in self._written:
                    target = resolve(path, document.id)
                    if target and fragment in self._pages.get(target.path, ()):
                        yield target.path, fragment

    def _is_page(self, path: str) -> bool:
        target = resolve(path, "index")
        return target is not None and target.is_page and target.path in self._pages


def _told(entry: Documented, docs: Mapping[str, ApiDoc]) -> Documented:
    """Correct the guess at an object's kind by its source."""
    doc = docs.get(entry.name)
    owner = docs.get(entry.name.rpartition(".")[0]) if doc is None else None
    if owner is not None:
        doc = next((member for member in owner.members if member.name == entry.name), None)
    return replace(entry, kind=doc.kind) if doc and doc.kind else entry


def index_objects(
    documents: Iterable[Document], package: str, memory: Memory | None = None
) -> References:
    """Scan documents for the objects they document: autodoc lines, docstrings, dotted anchors."""
    objects: dict[tuple[str, str], Documented] = {}
    pages: dict[str, frozenset[str]] = {}
    for document in documents:
        make = partial(_scan, document, package)
        given = (document, package)
        scanned = memory.recall("index", document.id, given, make) if memory else make()
        pages[document.id], found = scanned
        for entry in found:
            objects.setdefault((entry.name, entry.page), entry)
    entries = tuple(objects.values())
    make_all = partial(References, entries, package=package, pages=pages)
    return memory.recall("references", 0, (entries, pages), make_all) if memory else make_all()


def package_of(space: LinkSpace) -> str:
    """Read the package's name from the old site's addresses, ``/docs/{package}/``."""
    for root in space.roots:
        match urlsplit(root).path.strip("/").split("/"):
            case ["docs", package, *_]:
                return package
    return ""


def _scan(document: Document, package: str) -> tuple[frozenset[str], tuple[Documented, ...]]:
    place, language = document.id, document.language
    objects = (
        Documented(name, place, name, kind, language=language, takes_all=takes_all)
        for name, kind, takes_all in _objects(document, package)
    )
    return frozenset(_ids_by_hand(document)), tuple(objects)


def _ids_by_hand(document: Document) -> set[str]:
    """Find ids of raw HTML, save those that headings have too."""
    text = document.text
    if " id=" not in text and "<a name=" not in text:
        return set()
    found = {match[1] for match in _WRITTEN_ID.finditer(text)}
    if found:
        found -= {section.anchor for section in document.sections}
        found -= {slug(title) for _, _, title in atx_headings(text.split("\n"))}
    return found


def _objects(document: Document, package: str) -> Iterator[tuple[str, str, bool]]:
    for marker in scan_markers(document.text):
        name = qualified(marker.name, package)
        kind = kind_of(marker.name)
        yield name, kind, marker.takes_all
        for member in marker.listed:
            yield f"{name}.{member}", METHOD, False
    if package:
        for section in document.sections:
            if section.anchor.startswith(f"{package}."):
                yield section.anchor, kind_of(section.anchor), False
    if "ocstring" in document.text:
        for match in _ANCHOR.finditer(document.text):
            name = match[1] or match[2]
            yield name, kind_of(name), False

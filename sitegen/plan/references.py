"""References: the objects that all documents document -> what each document names of them."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Protocol

from msgspec.structs import replace

from sitegen.model import Document
from sitegen.model.objects import (
    CLASS,
    LABEL,
    ApiDoc,
    Documented,
    Mentions,
    Named,
    ObjectIndex,
    qualified,
)
from sitegen.plan.page_names import by_name, names_of, nearest
from sitegen.plan.suffixes import Lookup, Objects, Suffixes, last_part
from sitegen.scan.patterns import rare
from sitegen.store.table import Table
from sitegen.urls import resolve

_TYPE = rare(r"\b[A-Za-z_]*[A-Z]\w*\b|\b\w+(?:\.\w+)+")
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


class Index(Protocol):
    """What an `ObjectIndex` tells; where one is kept, the objects come when they are asked for."""

    @property
    def package(self) -> str: ...  # noqa: D102 - as there
    @property
    def written_ids(self) -> Mapping[str, frozenset[str]]: ...  # noqa: D102
    @property
    def titles(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def labels(self) -> tuple[Documented, ...]: ...  # noqa: D102
    @property
    def count(self) -> int: ...  # noqa: D102
    def every(self) -> Iterator[Documented]: ...  # noqa: D102
    def title_of(self, page: str) -> str: ...  # noqa: D102
    def given(self) -> object: ...  # noqa: D102


class References:  # noqa: PLW1641 - equal by tables, which have no hash
    """Which page and anchor documents which object. Pure: built once, asked for each document."""

    def __init__(
        self,
        index: Index,
        *,
        objects: Objects | None = None,
        called: Lookup | None = None,
        external: Mapping[str, Documented] | None = None,
        docs: Mapping[str, ApiDoc] | None = None,
    ) -> None:
        """Look objects up by the last part of their names, in tables if there are some already.

        So are pages by what they are ``called``.

        ``external`` gives those of other sites by name, ``docs`` what installed packages say.
        """
        self.index = index
        self.package, self._pages = index.package, index.written_ids
        self.labels, self.count = index.labels, index.count
        self._written = frozenset(id for ids in self._pages.values() for id in ids)
        self._external = external or {}
        self._docs = docs or {}
        self._objects, self._called = objects, called
        self._suffixes = Suffixes(objects or Objects.of(self.objects), self.package)
        self._labelled = _by_label(self.labels)
        self._by_page: dict[str, list[str]] = defaultdict(list)
        for entry in self.objects if self._docs else ():
            self._by_page[entry.page].append(entry.name)

    @cached_property
    def objects(self) -> tuple[Documented, ...]:
        """All objects, in the order of the pages that document them."""
        return tuple(entry for entry in self.index.every() if entry.kind != LABEL)

    def __eq__(self, other: object) -> bool:
        """Tell whether both say the same of every document."""
        return isinstance(other, References) and self._sources == other._sources

    def given(self) -> tuple[object, ...]:
        """All that decides what it says, in an order that does not change from run to run."""
        return self.index.given(), self._external, self._docs

    @property
    def _sources(self) -> tuple[object, ...]:
        return self.index, self._external, self._docs

    def with_docs(
        self, docs: Mapping[str, ApiDoc], external: Mapping[str, Documented]
    ) -> References:
        """Add what installed packages and inventories of other sites tell."""
        if not docs:
            objects, called = self._objects, self._called
            return References(self.index, objects=objects, called=called, external=external)
        told = {(entry.name, entry.page): _told(entry, docs) for entry in self.objects}
        owners = deque(self.objects)
        while owners:
            entry = owners.popleft()
            for member in docs[entry.name].members if entry.name in docs else ():
                last = last_part(member.name)
                if entry.without is not None and last[0] != "_" and last not in entry.without:
                    more = replace(entry, name=member.name, anchor=member.name, kind=member.kind)
                    told.setdefault((more.name, more.page), more)
                    owners += [more] if more.name in docs else []  # of a module
        every = (*told.values(), *self.labels)
        index = ObjectIndex(self.package, every, self.index.written_ids, self.index.titles)
        return References(index, external=external, docs=docs)

    def forget(self) -> None:
        """Let go of what was looked up up to now, where that can be looked up again."""
        self._suffixes.forget()
        for each in (self._objects.by_suffix if self._objects else None, self._called):
            if isinstance(each, Table):
                each.forget()

    def of(self, document: Document, said: Mentions) -> Named:
        """What a document that mentions so much names, each name resolved.

        Whatever is looked up here by a name has its number in `pipeline.redefined`.
        """
        own = dict.fromkeys(self._by_page.get(document.id, ())) if self._docs else ()
        types = {type for name in own if name in self._docs for type in _types(self._docs[name])}
        names = sorted({*said.names, *types}) if types else said.names
        found = ((name, self.resolve(name, document)) for name in names)
        return Named(
            self.package,
            tuple((name, target) for name, target in found if target is not None),
            tuple(self._docs[name] for name in own if name in self._docs),
            tuple(path for path in said.paths if self._is_page(path)),
            tuple(self._written_ids(document.id, said.fragments)) if self._written else (),
            tuple(self._titled(document.id, said.wordless)),
        )

    def resolve(self, name: str, document: Document) -> Documented | None:
        """Find the object by the longest unambiguous suffix; an unknown method's class will do."""
        if name.startswith("#"):
            return self._label(name[1:], document)
        if name.startswith("[["):
            return nearest(self._pages_called.get(name[2:]) or (), document.id)
        name, _, parameter = name.partition("#")
        if name.split(".")[0] in _LIBRARIES - {self.package}:
            return self._elsewhere(name)
        found = self._suffixes.find(name, document)
        if found is not None:
            return self._parameter(found, parameter) if parameter else found
        owner = name.rpartition(".")[0]
        if owner and (card := self._suffixes.find(owner, document)) and card.kind == CLASS:
            return Documented(card.name, card.page, card.anchor)  # what it is, nobody says
        return self._elsewhere(name) or self._elsewhere(qualified(name, self.package))

    @cached_property
    def _pages_called(self) -> Lookup:
        """Pages by their names, which few sites link by."""
        return self._called or by_name(names_of(self.index.titles))

    def _label(self, name: str, document: Document) -> Documented | None:
        """The place that a label names: of several the page's own, or one in its language."""
        known = self._labelled
        return (
            known.get((name, document.id))
            or known.get((name, None, document.language))
            or known.get((name, None, None))
        )

    def _parameter(self, found: Documented, parameter: str) -> Documented:
        doc = self._docs.get(found.name)
        if doc is None and (owner := self._docs.get(found.name.rpartition(".")[0])):
            doc = next((m for m in owner.members if m.name == found.name), None)
        fields = {f.name for section in doc.sections for f in section.fields} if doc else set()
        anchor = f"{found.anchor}.{parameter}" if parameter in fields else found.anchor
        return Documented(found.name, found.page, anchor)

    def _elsewhere(self, name: str) -> Documented | None:
        return self._external.get(name) or self._external.get(name.rpartition(".")[0])

    def _written_ids(
        self, page: str, fragments: Iterable[tuple[str, str]]
    ) -> Iterator[tuple[str, str]]:
        found = ((resolve(path, page), id) for path, id in fragments if id in self._written)
        ids = {(t.path, id) for t, id in found if t and id in self._pages.get(t.path, ())}
        yield from sorted(ids)

    def _titled(self, page: str, addresses: Iterable[str]) -> Iterator[tuple[str, str]]:
        for address in addresses:
            target = resolve(address, "index" if address.startswith("/") else page)
            is_page = target is not None and "#" not in target.suffix
            if target and is_page and (title := self.index.title_of(target.path)):
                yield address, title

    def _is_page(self, path: str) -> bool:
        target = resolve(path, "index")
        return target is not None and target.is_page and target.path in self._pages


def _by_label(labels: Iterable[Documented]) -> dict[tuple[str | None, ...], Documented]:
    """Labels by name and page, and the best of each name in a language and in all."""
    known: dict[tuple[str | None, ...], Documented] = {}
    for entry in labels:
        known.setdefault((entry.name, entry.page), entry)
        for key in ((entry.name, None, entry.language), (entry.name, None, None)):
            if known.setdefault(key, entry).place > entry.place:
                known[key] = entry
    return known


def _types(doc: ApiDoc) -> Iterator[str]:
    """The names in the signature of an object and in those of its members."""
    for parameter in doc.signature or ():
        yield from _TYPE.findall(parameter.partition(":")[2].partition("=")[0])
    for member in doc.members:
        yield from _types(member)


def _told(entry: Documented, docs: Mapping[str, ApiDoc]) -> Documented:
    """Correct the guess at an object's kind by its source."""
    doc = docs.get(entry.name)
    owner = docs.get(entry.name.rpartition(".")[0]) if doc is None else None
    if owner is not None:
        doc = next((member for member in owner.members if member.name == entry.name), None)
    return replace(entry, kind=doc.kind) if doc and doc.kind else entry

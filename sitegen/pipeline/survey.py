"""Survey: gathered documents -> what each says by itself of all that they agree upon together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, partial
from itertools import chain
from typing import NamedTuple

from msgspec import Struct

from sitegen.model import Document, Head
from sitegen.model.objects import ObjectIndex
from sitegen.plan.object_index import Scanned, index_of, scan_document
from sitegen.plan.site_root import addresses
from sitegen.restore.lexicon.reading import Text
from sitegen.restore.lexicon.wanted import Asked, asked_by
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf, runs_of


class Surveyed(Struct, frozen=True):
    """What a document says: ``text`` is what its text is known by, ``paths`` are addresses."""

    head: Head
    anchors: tuple[str, ...]
    text: str
    paths: tuple[str, ...]
    scanned: Scanned


class Run(NamedTuple):
    """Neighbouring documents of a large site: how many, and what all of them are known by."""

    size: int
    key: str


class Survey:
    """What documents say, each by itself.

    Of a large site all is looked up at once, by what the documents are in its file, and many by
    one key; none of them is unpacked for it that is as it was. Else each is looked at when its
    turn comes: other processes may work by then.
    """

    def __init__(self, documents: Shelf[Document], store: Store, package: str = "") -> None:
        """Look for the objects of a package."""
        self.documents, self.package = documents, package
        self._store = store
        self._paths: Set[str] | None = None
        self.runs: list[Run] = []
        if documents.is_large and store.keeps:
            self._take(chain.from_iterable(self._runs()))

    def _take(self, surveyed: Iterable[Surveyed]) -> None:
        """Keep what is looked at of all documents, and of what many say the same once."""
        heads, keys, paths = list[Head](), list[str](), set[str]()

        def anchors() -> Iterator[tuple[str, Sequence[str]]]:
            for each in surveyed:
                heads.append(each.head)
                keys.append(each.text)
                paths.update(each.paths)
                scanned.append(each.scanned)
                yield each.head.id, each.anchors

        scanned: list[Scanned] = []
        self.asked = asked_by(anchors())
        self.heads, self.keys, self._paths = heads, keys, paths
        self.index = index_of(zip(heads, scanned, strict=True), self.package)

    @cached_property
    def heads(self) -> Sequence[Head]:
        """The heads of all documents."""
        return [document.head() for document in self.documents]

    @cached_property
    def asked(self) -> Asked:
        """All pages with the anchors of their sections."""
        return asked_by((document.id, document.anchors()) for document in self.documents)

    @cached_property
    def keys(self) -> Sequence[str]:
        """What the texts of all documents are known by, if anything is kept."""
        if not self._store.keeps:
            return [""] * len(self.documents)
        return [self._store.key("text", text_of(document)) for document in self.documents]

    def paths(self) -> Iterable[str]:
        """The addresses in all texts that begin at the root of a host, in any order."""
        if self._paths is not None:
            return self._paths
        return (path for document in self.documents for path in addresses(document.text))

    @cached_property
    def index(self) -> ObjectIndex:
        """The objects that all documents document."""
        return index_of(zip(self.heads, self._scanned(), strict=True), self.package)

    def _scanned(self) -> Iterator[Scanned]:
        """To scan a document takes no longer than to read what was found from a disk."""
        keys = self.keys if self._store.in_memory else [""] * len(self.documents)
        for key, document in zip(keys, self.documents, strict=True):
            scan = partial(scan_document, document, self.package)
            yield self._store.recall("scan", (key, self.package), scan)

    def _runs(self) -> Iterator[list[Surveyed]]:
        start = 0
        for run in runs_of(self.documents):
            key = self._store.key("run", run)
            self.runs.append(Run(len(run), key))
            make = partial(self._look_at, range(start, start + len(run)))
            yield self._store.recall("survey", (self.package, key), make, list[Surveyed])
            start += len(run)

    def _look_at(self, numbers: Iterable[int]) -> list[Surveyed]:
        return [self._surveyed(self.documents[number]) for number in numbers]

    def _surveyed(self, document: Document) -> Surveyed:
        return Surveyed(
            document.head(),
            document.anchors(),
            self._store.key("text", text_of(document)),
            tuple(dict.fromkeys(addresses(document.text))),
            scan_document(document, self.package),
        )


def text_of(document: Document) -> Text:
    """What is read of a document."""
    return Text(document.id, document.url, document.text, document.anchors())

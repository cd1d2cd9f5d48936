"""Survey: gathered documents -> what each says by itself of all that they agree upon together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import cached_property, partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from sitegen.model import Document, Head
from sitegen.model.objects import Documented, ObjectIndex
from sitegen.model.runs import Bulk
from sitegen.plan.object_index import Defined, Scanned, index_of, scan_document
from sitegen.plan.site_root import addresses
from sitegen.restore.lexicon.reading import Text
from sitegen.restore.lexicon.wanted import Asked, asked_by
from sitegen.store.later import expected, recall_with_bulks
from sitegen.store.packing import pack
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf, runs_of


class Surveyed(Struct, frozen=True):
    """What a document says: ``text`` is what its text is known by, ``paths`` are addresses.

    ``defines`` is what all is known by that it defines for others to name.
    """

    head: Head
    anchors: tuple[str, ...]
    text: str
    paths: tuple[str, ...]
    defines: str


class Run(NamedTuple):
    """Neighbouring documents of a large site: how many, and what all of them are known by."""

    size: int
    key: str


class AllDefined:
    """What the documents of a large site define for others to name, as it is kept."""

    def __init__(self, package: str, folder: Path | None) -> None:
        """Take what neighbouring documents define by `add`, and put it aside in a folder."""
        self.package = package
        self.runs: dict[str, range] = {}
        """The numbers of neighbouring documents, by the key under which it is kept."""
        self._numbers: dict[str, int] = {}
        self._shelf: Shelf[Defined] = Shelf(Defined, folder)
        self._shelf.put_aside()

    def add(self, key: str, ids: Sequence[str], bulk: Bulk) -> None:
        """Take what documents with these ids define, packed, as it is kept under a key."""
        numbers = self.runs[key] = range(len(self._shelf), len(self._shelf) + len(ids))
        self._numbers.update(zip(ids, numbers, strict=True))
        self._shelf.append_bulk(bulk, [(0, 0, "")] * len(ids))

    def indexed(self) -> ObjectIndex:
        """All of it.

        Raises:
            LostError: it is kept no more.
        """
        return self._index(self._shelf)

    def every(self) -> Iterator[Documented]:
        """Yield all objects and labels in the order of the documents; raises as `indexed`."""
        return (entry for each in self._shelf for entry in self._index([each]).objects)

    def of(self, id: str) -> ObjectIndex:
        """What one document defines; raises as `indexed`."""
        number = self._numbers.get(id)
        return self._index([] if number is None else [self._shelf[number]])

    def of_run(self, key: str) -> Iterator[Defined]:
        """Yield what the documents of a run define; raises as `indexed`."""
        return map(self._shelf.__getitem__, self.runs[key])

    def _index(self, some: Iterable[Defined]) -> ObjectIndex:
        return index_of(((each, each.scanned) for each in some), self.package)


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
        self.defined = AllDefined(package, documents.folder)
        self.defines: list[str] = []
        """What is known by of each document of a large site that it defines."""
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
                self.defines.append(each.defines)
                yield each.head.id, each.anchors

        self.asked = asked_by(anchors())
        self.heads, self.keys, self._paths = heads, keys, paths

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
        if self.runs:
            return self.defined.indexed()
        return index_of(zip(self.heads, self._scanned(), strict=True), self.package)

    def _scanned(self) -> Iterator[Scanned]:
        package, store = self.package, self._store
        told = zip(self.keys, map(_told_by_columns, self.documents), strict=True)
        keys = [store.key("scan", (package, *each)) for each in told]
        store.expect(keys)
        for key, document in zip(keys, self.documents, strict=True):
            yield store.recall_by(key, partial(scan_document, document, package), Scanned)

    def _runs(self) -> Iterator[list[Surveyed]]:
        start, store = 0, self._store
        runs = (Run(len(run), store.key("run", run)) for run in runs_of(self.documents))
        for run, key in expected(store, runs, self._key):
            self.runs.append(run)
            make = partial(self._look_at, range(start, start + run.size))
            surveyed, (defined,) = recall_with_bulks(store, key, make, list[Surveyed])
            self.defined.add(key, [each.head.id for each in surveyed], defined)
            yield surveyed
            start += run.size

    def _key(self, run: Run) -> str:
        return self._store.key("survey", (self.package, run.key))

    def _look_at(self, numbers: Iterable[int]) -> tuple[list[Surveyed], list[list[bytes]]]:
        surveyed, packed = list[Surveyed](), list[bytes]()
        for document in map(self.documents.__getitem__, numbers):
            scanned = scan_document(document, self.package)
            packed.append(pack(Defined(document.id, document.language, scanned)))
            surveyed.append(self._surveyed(document, scanned))
        return surveyed, [packed]

    def _surveyed(self, document: Document, scanned: Scanned) -> Surveyed:
        found = document.id, document.language, sorted(scanned.written_ids), scanned[1:]
        return Surveyed(
            document.head(),
            document.anchors(),
            self._store.key("text", text_of(document)),
            tuple(dict.fromkeys(addresses(document.text))),
            self._store.key("defined", found),
        )


def text_of(document: Document) -> Text:
    """What is read of a document."""
    return Text(document.id, document.url, document.text, document.anchors())


def _told_by_columns(document: Document) -> tuple[str, list[tuple[int, str]]]:
    """What is scanned of a document besides its text: its title, and headings above lines."""
    headed = [(each.line, each.headings[-1][0]) for each in document.sections if each.headings]
    return document.title, headed

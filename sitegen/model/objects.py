"""The nouns of documented Python objects: what an index, a card and an inventory say of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct, field

CLASS, FUNCTION, METHOD, PROPERTY = "class", "function", "method", "property"
MODULE = "module"
"""An object whose members have cards of their own, below its own."""
LABEL = "label"
"""A place that its author named: no object, but known to other pages as objects are."""


class ApiField(Struct, frozen=True):
    """A parameter, return value or error; ``type`` and ``text`` are Markdown."""

    name: str
    type: str = ""
    text: str = ""


class ApiSection(Struct, frozen=True):
    """A titled part of a docstring: Parameters, Returns, Raises."""

    title: str
    fields: tuple[ApiField, ...]


class ApiDoc(Struct, frozen=True):
    """What a docstring and a signature say of an object; ``name`` is also its anchor.

    ``signature`` has one item per parameter (``x: int = 1``); ``None`` when nothing states it.
    """

    name: str
    kind: str = ""
    signature: tuple[str, ...] | None = None
    text: str = ""
    sections: tuple[ApiSection, ...] = ()
    members: tuple[ApiDoc, ...] = ()
    source: str = ""


class Documented(Struct, frozen=True, gc=False):
    """An object and the place that documents it: a document's anchor, or a URL of another site.

    ``title`` is the heading of a place that is a label. Where the card of an object shows all its
    public members, also those that are not listed, ``without`` are the names of those that it does
    not; else it is ``None``.
    """

    name: str
    page: str
    anchor: str
    kind: str = ""
    url: str = ""
    language: str = ""
    without: tuple[str, ...] | None = None
    title: str = ""

    @property
    def place(self) -> tuple[int, str]:
        """By what one of several pages that document the same is preferred: the smallest is."""
        return len(self.page), self.page

    @property
    def is_callable(self) -> bool:
        """Whether a reference to it is written with ``()``."""
        return self.kind in {FUNCTION, METHOD}


class ObjectIndex(Struct, frozen=True):
    """What all documents define for others to name, in the order of the documents.

    ``package`` is the one that names without a package are of. ``written_ids`` maps the id of every
    document to the ids that its author wrote by hand, ``titles`` to what it says
    that it is called, as that is written.
    """

    package: str = ""
    objects: tuple[Documented, ...] = ()
    written_ids: Mapping[str, frozenset[str]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)

    @property
    def labels(self) -> tuple[Documented, ...]:
        """What is no object, but a place that its author named."""
        return tuple(entry for entry in self.objects if entry.kind == LABEL)

    @property
    def count(self) -> int:
        """How many objects there are."""
        return len(self.objects) - len(self.labels)

    def every(self) -> Iterator[Documented]:
        """Yield all objects and labels."""
        return iter(self.objects)

    def title_of(self, page: str) -> str:
        """What a page says that it is called; empty if there is none, or it says nothing."""
        return self.titles.get(page, "")

    def given(self) -> object:
        """All of it in an order that does not change from run to run."""
        written = {page: sorted(ids) for page, ids in self.written_ids.items() if ids}
        titles = sorted(self.titles.items())
        return self.package, self.objects, list(self.written_ids), written, titles


class Mentions(Struct, frozen=True):
    """What a document's text alone mentions: names of objects, each as written and once, in order.

    Those of labels begin with ``#``. ``paths`` are site-absolute addresses, ``fragments`` the
    links to ids: path and fragment; ``wordless`` are the addresses that stand without words.
    """

    names: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    fragments: tuple[tuple[str, str], ...] = ()
    wordless: tuple[str, ...] = ()


class Named(Struct, frozen=True):
    """What one document names: all that its body knows of other pages.

    ``references`` pairs a name as written (without ``~``, ``()`` and blanks) with what documents
    it; ``docs`` tells of the objects that the document itself documents; ``pages`` are the
    site-absolute addresses (``/glossary``) that turned out to be pages of this very site, and
    ``written_ids`` the links to ids that other pages' authors wrote by hand: page and fragment.
    ``titles`` pairs the addresses that it gives without words with the titles of their pages.
    """

    package: str = ""
    references: tuple[tuple[str, Documented], ...] = ()
    docs: tuple[ApiDoc, ...] = ()
    pages: tuple[str, ...] = ()
    written_ids: tuple[tuple[str, str], ...] = ()
    titles: tuple[tuple[str, str], ...] = ()


NOTHING_NAMED = Named()


def kind_of(name: str) -> str:
    """Guess what an object is by the spelling of its name (PEP 8)."""
    above, _, last = name.rpartition(".")
    if last.lstrip("_")[:1].isupper():
        return CLASS
    return METHOD if above.rpartition(".")[2][:1].isupper() else FUNCTION


def qualified(name: str, package: str) -> str:
    """Give an object's name below its package, as doc-builder writes anchors."""
    if not package or name == package or name.startswith(f"{package}."):
        return name
    return f"{package}.{name}"


def top_level(name: str, package: str) -> str:
    """Give ``pkg.Class.method`` for ``pkg.module.Class.method``; empty when that is the same."""
    if not package or not name.startswith(f"{package}."):
        return ""
    parts = name.split(".")[1:]
    starts = (i for i, part in enumerate(parts) if part.lstrip("_")[:1].isupper())
    first = next(starts, len(parts) - 1)
    return ".".join((package, *parts[first:])) if first else ""

"""Assemble: the chunks of each page, as they were written -> documents, and what these tell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from msgspec import Struct, field

from sitegen.assemble.front_matter import Front
from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.parts import Part, Parts, Summary
from sitegen.assemble.told import Joints, look_at_joints
from sitegen.model import Chunk, Document
from sitegen.scan.scripts import named_language
from sitegen.store.packing import pack
from sitegen.store.shelf import Shelf, digest_of

Join = Callable[[str, Sequence[Chunk], Habits, str], tuple[Document, Front]]
"""Makes a document of its id, its chunks, the habits of all and its language."""


class Told(Summary):
    """What documents tell: what their front matter says, their old addresses, and their joints."""

    fronts: list[tuple[str, Front]] = field(default_factory=list)
    addresses: list[tuple[str, str]] = field(default_factory=list)
    joints: Joints = field(default_factory=Joints)


class _Known(Struct, frozen=True):
    """What there is to know of packed documents: bytes, sizes, digests, and what they tell."""

    values: list[tuple[int, int, str]]
    told: Told


def _packed(make: Callable[[], tuple[list[Document], Told]]) -> tuple[_Known, list[list[bytes]]]:
    documents, told = make()
    packed = list(map(pack, documents))
    both = zip(packed, documents, strict=True)
    return _Known([(len(a), len(b.text), digest_of(a)) for a, b in both], told), [packed]


def documents_of(
    parts: Parts, join: Join, habits: Habits, spoken: Callable[[str], str], folder: Path | None
) -> tuple[Shelf[Document], Told]:
    """All documents in source order, and what they tell; the chunks are let go of.

    ``spoken`` is the language of a source as far as folders tell it.
    """
    documents: Shelf[Document] = Shelf(Document, folder)
    told = Told()
    for part in parts.parts:
        languages = list(map(spoken, part.sources))
        make = partial(_join_all, parts, part, join, habits, languages)
        if not part.key:
            some, of_some = make()
            for document in some:
                documents.append(document, len(document.text))
            told.add(of_some)
            continue
        given, made = (habits, languages), partial(_packed, make)
        known, (packed,) = parts.recall_with_bulks("documents", part, given, made, _Known)
        documents.append_bulk(packed, known.values)
        told.add(known.told)
    parts.close()
    return documents, told


def _join_all(
    parts: Parts, part: Part, join: Join, habits: Habits, spoken: Sequence[str]
) -> tuple[list[Document], Told]:
    """The documents of a part, whose languages are ``spoken`` as far as folders tell."""
    documents: list[Document] = []
    told = Told()
    for (source, group), language in zip(parts.rows(part.sources).items(), spoken, strict=True):
        id = parts.ids[source]
        language = language or named_language(id, (chunk.text for chunk in group))  # noqa: PLW2901
        document, front = join(id, group, habits, language)
        if front.says:
            told.fronts.append((id, front))
        if not front.draft:
            documents.append(document)
            told.addresses.append((id, document.url.rstrip("/")))
    told.joints = look_at_joints(documents)
    return documents, told

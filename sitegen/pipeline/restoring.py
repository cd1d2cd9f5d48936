"""Restoring: gathered documents -> restored ones, again only where what they looked at differs."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from sitegen.feeds.placed import PlacedChunk, content_of, placed_chunks
from sitegen.limits.seconds import within_page_limit
from sitegen.model import Document
from sitegen.model.objects import Mentions
from sitegen.pipeline.adding_up import Sum, add_up
from sitegen.pipeline.survey import Survey, text_of
from sitegen.plan.mentions import mentions
from sitegen.restore import (
    Changes,
    Evidence,
    Seen,
    Titles,
    WordsOfPages,
    agree,
    number_of,
    plain_page,
    restore_page,
    spelled,
)
from sitegen.restore.corpus import Known
from sitegen.restore.headings.site_names import shared_title
from sitegen.restore.lexicon import TABLES, keys_of
from sitegen.restore.lexicon.reading import AnyRead, ReadBefore, Text, read_texts
from sitegen.restore.lexicon.wanted import Asked, Wanted, wanted
from sitegen.store.digest import digest
from sitegen.store.later import found
from sitegen.store.recall import Store
from sitegen.workers import Map, Part, Step

_AT_ONCE = 256  # documents that are looked up by one question
_GROUPS_AT_ONCE = 32  # groups of documents whose counts are
_MANY = 500  # documents that are counted together at most, as long as there is a choice
_MOST_GROUPS = 512  # of a site that is not large; each counts the words that all have in common
_OF_LARGE = 64  # groups of a large site, as long as none is too large: to add them up takes longer
_COUNTED_AGAIN = 128  # documents of a group of a large site: all are, for one that changed
_LIGHT = 4  # times less that it takes to count the words of a text than to render it


_Group = tuple[int, Sequence[int]]
"""A number, and the numbers of the documents in it."""


class Prepared(Struct, frozen=True):
    """A restored document with what is made of it alone.

    ``digest`` is that of the document without the places of its rows (a new row moves all rows
    below it, and no page reads differently for that); it is empty where nothing is kept.
    ``content`` is the digest of what was read of it. ``seen`` is what it looked at of the evidence
    while it was restored.
    """

    document: Document
    digest: str
    content: str
    mentions: Mentions
    chunks: tuple[PlacedChunk, ...]
    seen: Seen = Seen()


READ: Step[list[Text], Wanted, AnyRead] = Step(read_texts, list[Text], Wanted, ReadBefore)
"""What worker processes do with the texts of some documents; most of an answer stays packed."""


def ask_evidence(
    survey: Survey, titles: Mapping[str, str], store: Store, each: Map
) -> Callable[[], Evidence]:
    """What waits for all that documents say together; other processes begin to read them at once.

    ``titles`` are those of a toctree, by document id.
    """
    asked, keys, documents = survey.asked, survey.keys, survey.documents
    want = store.recall("wanted", asked, partial(wanted, asked), Wanted)
    known_by = store.key("asked", asked)
    groups = _groups(asked, store, each.jobs)
    usual = documents.size // max(1, _LIGHT * len(groups))

    def texts(group: Sequence[int]) -> list[Text]:
        return [text_of(documents[number]) for number in group]

    def read(groups: Iterable[_Group]) -> Iterator[tuple[int, AnyRead]]:
        # All of one size: the answers come in the order of the groups or nearly so, and few wait.
        parts = (Part(usual, partial(texts, some)) for _, some in groups)
        return each(READ, parts, want)

    keys_of_groups = [
        store.key("words", (known_by, [keys[number] for number in some])) for _, some in groups
    ]
    may_wait = store.holds(keys_of_groups) if documents.is_large and not store.in_memory else set()
    known: Iterator[tuple[_Group, Callable[[], AnyRead]]]
    known = store.recall_each(groups, lambda group: keys_of_groups[group[0]], read, ReadBefore)
    heads = survey.heads
    shared = shared_title((head.title for head in heads), (head.url for head in heads))
    told = Titles(titles, shared)

    def answers() -> Iterator[tuple[int, Known]]:
        for (number, some), load in known:
            pages, key = [asked[each][0] for each in some], keys_of_groups[number]
            later = partial(found, store, key, ReadBefore)  # the documents may be gone by then
            yield number, (pages, later, False) if key in may_wait else (pages, load, True)

    def expected() -> Iterator[Known]:
        for number, answer in enumerate(_in_order(answers())):  # the order in which they are loaded
            if not (may_wait or number % _GROUPS_AT_ONCE):
                store.expect(keys_of_groups[number : number + _GROUPS_AT_ONCE])
            yield answer

    def evidence() -> Evidence:
        own = WordsOfPages(documents.folder, known_by)
        read_of_all = own.put_aside(expected())
        whole = add_up(store, known_by, keys_of_groups, read_of_all)
        return agree(asked, whole.counts, own, want, told, _changes(whole), store)

    return evidence


def _changes(whole: Sum) -> Changes:
    """The questions that are answered otherwise where other entries were counted, and some more."""
    keys, tables = keys_of(whole.entries), (*TABLES, "seen", "pairs_seen", "known")
    numbers = frozenset(number_of(table, key) for table in tables for key in keys)
    return Changes(whole.since, whole.now, numbers)


def restored(
    documents: Iterable[Document],
    titles: Mapping[str, str],
    evidence: Evidence | None,
    store: Store,
) -> Iterator[Prepared]:
    """Yield every document with a title, and every section with its heading, in their order.

    Without evidence anchors are read as words.
    """
    rest = iter(documents)
    while some := list(islice(rest, _AT_ONCE)):
        given = [(placeless(each) if store.keeps else "", titles.get(each.id, "")) for each in some]
        store.expect(store.key("restore", each) for each in given)
        for document, (source, stated) in zip(some, given, strict=True):
            make = partial(_restore, document, stated, evidence, store)
            if evidence is None or not store.keeps:
                yield make()
                continue
            holds = partial(_still_reads, evidence)
            prepared = store.recall("restore", (source, stated), make, Prepared, holds)
            yield replace(prepared, document=_with_places(prepared.document, document))


def placeless(document: Document) -> str:
    """The digest of all of a document but the places of its rows in the input."""
    sections = [
        (s.line, s.anchor, s.chunk_id, s.headings, s.column, s.shared, s.seam, s.origins)
        for s in document.sections
    ]
    return digest(replace(document, sections=()), sections)


def _restore(document: Document, stated: str, evidence: Evidence | None, store: Store) -> Prepared:
    """Restore a document; what it looks at is watched only where it is remembered."""
    if evidence is None:
        plain = within_page_limit(document.source, plain_page, document, stated)
        return _prepared(plain, store, Seen())
    watched = evidence.watched() if store.keeps else None
    look = watched or evidence
    whole = within_page_limit(document.source, restore_page, document, stated, look)
    return _prepared(whole, store, watched.seen_so_far() if watched else Seen())


def _prepared(document: Document, store: Store, seen: Seen) -> Prepared:
    known_by = placeless(document) if store.keeps else ""
    return Prepared(
        document,
        known_by,
        content_of(document),
        mentions(document.text),
        placed_chunks(document),
        seen,
    )


def _still_reads(evidence: Evidence, prepared: Prepared) -> bool:
    return evidence.still_reads(prepared.seen, spelled)


def _with_places(restored: Document, document: Document) -> Document:
    """Say of each section where its row is in the input of this build."""
    sections = tuple(
        old
        if (old.file, old.row) == (now.file, now.row)
        else replace(old, file=now.file, row=now.row)
        for old, now in zip(restored.sections, document.sections, strict=True)
    )
    return restored if sections == restored.sections else replace(restored, sections=sections)


def _groups(asked: Asked, store: Store, jobs: int) -> Sequence[_Group]:
    """Each document by itself, or many by their ids; where nothing is kept, those of a process."""
    count = len(asked) if store.keeps else max(-(-len(asked) // _MANY), min(len(asked), jobs))
    if count > _MOST_GROUPS:
        # Of twice as many pages only there are other groups, so that new ones change but their own.
        count = max(_OF_LARGE, 1 << (len(asked) // _COUNTED_AGAIN).bit_length())
    groups: dict[int, list[int]] = {}
    for number, (id, _) in enumerate(asked):
        is_own = count == len(asked)
        at = number if is_own else zlib.crc32(id.encode("utf-8", "replace")) % count
        groups.setdefault(at, []).append(number)
    return list(enumerate(groups.values()))


def _in_order(answers: Iterable[tuple[int, Known]]) -> Iterator[Known]:
    """Yield what was read of each group in the order of the groups, as soon as that can be."""
    early: dict[int, Known] = {}
    following = 0
    for number, known in answers:
        early[number] = known
        while following in early:
            yield early.pop(following)
            following += 1

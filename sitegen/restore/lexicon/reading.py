"""Restore: read all texts once and fill the Lexicon."""

from __future__ import annotations

import gc
import posixpath
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from functools import partial
from itertools import chain, compress, count, islice
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from msgspec import Raw, Struct
from msgspec.msgpack import decode

from sitegen.restore.lexicon import Counts, Lexicon, OwnWords, entry
from sitegen.restore.lexicon.glue import compose
from sitegen.restore.lexicon.vocabulary import Vocabulary, vocabulary
from sitegen.restore.lexicon.wanted import LONGEST, Wanted, own_words
from sitegen.restore.lexicon.words import bare, split_links, tokens
from sitegen.scan.patterns import rare
from sitegen.store.recall import Store
from sitegen.urls import PAGE_SUFFIX, is_absolute

_HUMP = rare(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")


class Text(NamedTuple):
    """What is read of a document; ``asks`` are the anchors of its sections."""

    id: str
    url: str
    text: str
    asks: tuple[str, ...]


class Read(Struct, frozen=True):
    """What some texts say: all together for a Lexicon, and each page for itself."""

    counts: Counts
    own: dict[str, OwnWords]


class ReadBefore(Struct, frozen=True):
    """The same as it is remembered, of which nothing is unpacked that nobody asks for."""

    counts: Raw
    own: dict[str, Raw]


AnyRead = Read | ReadBefore


def counts_of(read: AnyRead) -> Counts:
    """What some texts say together."""
    return read.counts if isinstance(read, Read) else decode(read.counts, type=Counts)


def read_texts(texts: Iterable[Text], want: Wanted) -> Read:
    """Count what some texts say of all that is wanted."""
    with _no_collections():
        reading = _Reading(want, vocabulary(want))
        for text in texts:
            reading.read(text)
        return Read(reading.counts, reading.own)


def conclude(lexicon: Lexicon, want: Wanted, store: Store) -> dict[str, str]:
    """How names that no text holds are composed, by all texts; few edits have a say in it."""
    unknown = [k for k in want.words if "-" not in k and not lexicon.knows(k)]
    given = sorted(unknown), sorted(lexicon.camel)
    return store.recall("composed", given, partial(_composed, *given), dict[str, str])


def _composed(unknown: Iterable[str], camel: Iterable[str]) -> dict[str, str]:
    humps = chain.from_iterable(_HUMP.findall(bare(token)) for token in camel)
    return compose(unknown, Counter(humps))


class _Reading:
    """One pass over some documents, which counts what their tokens are as words."""

    def __init__(self, want: Wanted, known: Vocabulary) -> None:
        self._want = want
        self._ids = want.pages
        self.own: dict[str, OwnWords] = {}
        self.counts: defaultdict[str, int] = defaultdict(int)
        self._known = known

    def read(self, document: Text) -> None:
        """Count the words, pairs, phrases and links of a document."""
        own = self.own[document.id] = OwnWords()
        prose, links = split_links(document.text)
        self._read_links(document, links)
        found = tokens(prose)
        known = self._known
        keys = list(map(known.__getitem__, found))
        times = Counter(found)
        self._count(times)
        self._count_own(own, own_words(document.id, document.asks), times)
        self._count_openers(
            Counter(compress(islice(found, 1, None), map(known.ends.__contains__, found)))
        )
        pairs = zip(keys, islice(keys, 1, None), strict=False)
        starts = self._want.phrases
        for i in compress(count(), map(self._want.pairs.__contains__, pairs)):
            if name := known.pair(found[i], found[i + 1]):
                self.counts[name] += 1
            if anchors := starts.get((keys[i], keys[i + 1])):
                ahead = "-".join(keys[i : i + LONGEST]) + "-"
                if ahead.startswith(anchors):
                    for anchor in filter(ahead.startswith, anchors):
                        self._read_phrase(own, anchor[:-1], found[i : i + LONGEST])

    def _count(self, times: Mapping[str, int]) -> None:
        """Count what the tokens of a page are as words, wherever they stand."""
        counts, words, others = self.counts, self._known.words, self._known.others
        for token in filter(words.__contains__, times):
            counts[words[token]] += times[token]
        for token in filter(others.__contains__, times):
            for name in others[token]:
                counts[name] += times[token]

    def _count_own(self, own: OwnWords, asks: Set[str], times: Mapping[str, int]) -> None:
        """Count by spelling the tokens of a page that it ``asks`` for itself."""
        known = self._known
        for token in compress(times, map(asks.__contains__, map(known.__getitem__, times))):
            if form := known.word(token):
                own.words[known[token]][form] += times[token]

    def _count_openers(self, times: Mapping[str, int]) -> None:
        """Count the words that a sentence begins with."""
        openers = self._known.openers
        for token in filter(openers.__contains__, times):
            self.counts[openers[token]] += times[token]

    def _read_phrase(self, own: OwnWords, anchor: str, ahead: Sequence[str]) -> None:
        """Note the phrase ahead whose slug is a whole anchor."""
        stop, length = 0, -1
        while length < len(anchor):
            length += len(self._known[ahead[stop]]) + 1
            stop += 1
        between = ahead[1 : stop - 1]
        if self._known.ends.isdisjoint(ahead[: stop - 1]) and all(map(self._may_head, between)):
            form = self._known.phrase(" ".join(ahead[:stop]))
            self.counts[entry("phrases", anchor, form)] += 1
            own.phrases[anchor][form] += 1

    def _may_head(self, token: str) -> bool:
        """Whether a token may stand between the words of a heading."""
        return bool(self._known[token] or self._known.side(token))

    def _read_links(self, document: Text, links: Iterable[tuple[str, str]]) -> None:
        host = urlsplit(document.url).netloc
        for text, href in links:
            path, _, anchor = href.partition("#")
            if not path:
                target = document.id
            elif path.startswith("https://") or is_absolute(path):
                if not host or f"//{host}/" not in path:
                    continue
                target = self._tail(path)
            else:
                joined = posixpath.join(posixpath.dirname(document.id), unquote(path))
                target = PAGE_SUFFIX.sub("", posixpath.normpath(joined))
            if target in self._ids:
                self.counts[entry("links", target, anchor, text)] += 1

    def _tail(self, address: str) -> str:
        """Find the page that an address of the old site names, whatever the version in it."""
        segments = PAGE_SUFFIX.sub("", address.rstrip("/")).split("/")
        tails = ("/".join(segments[i:]) for i in range(3, len(segments)))
        return next((tail for tail in tails if tail in self._ids), "")


@contextmanager
def _no_collections() -> Iterator[None]:
    """Look for no cycles of garbage: there are none, and looking takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

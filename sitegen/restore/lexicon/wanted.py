"""Restore: what the anchors of a corpus ask for; nothing else is looked for or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import pairwise, product

from msgspec import Struct, field

from sitegen.restore.headings.english import SMALL
from sitegen.restore.headings.written import numbered_by
from sitegen.restore.lexicon.words import LATIN_RUN, squash
from sitegen.urls import INDEX_NAMES, slug

_COMPOUND = 4  # parts of the longest hyphenated word: state-of-the-art
_NUMBER = re.compile(r"^\d+(?:-\d+)?-(?=.)")
LINK_IN_HEADING = re.compile(
    r"(?<=[^\W_])https(?:www)?[a-z0-9-]{3,}(?:com|org|net|co|io|dev)[a-z0-9-]{3,}$"
)
LONGEST = 24  # parts; longer anchors are asked for by their words alone


class Wanted(Struct, eq=False):
    """Slugs of words, pairs of neighbours and whole phrases, as anchors and paths hold them.

    ``phrases`` are anchors with a hyphen behind, by the pair of words that they begin with.
    ``pages`` are all ids, ``names`` the letters and digits of paths.
    """

    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    phrases: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    pages: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)


Asked = tuple[tuple[str, tuple[str, ...]], ...]
"""All pages with the anchors of their sections."""


def asked_by(pages: Iterable[tuple[str, Sequence[str]]]) -> Asked:
    """What pages ask for, by their ids and the anchors of their sections."""
    once: dict[str, str] = {}  # many pages have an Overview
    return tuple((id, tuple(map(once.setdefault, anchors, anchors))) for id, anchors in pages)


def wanted(asked: Asked) -> Wanted:
    """Take apart what pages ask for."""
    want = Wanted(pages={page for page, _ in asked})
    words: set[str] = set()
    known: set[str] = set()
    for page, given in asked:
        stem = stem_anchor(page)
        want.names.add(squash(stem))
        anchors = _anchors(page, stem, given)
        words |= _words(stem, anchors)
        anchors -= known
        known |= anchors
        for anchor in anchors:
            if "-" in anchor:
                _ask(want, anchor, anchor.split("-")[:LONGEST])
    want.words = words | {word[:-1] for word in words if len(word) > 6 and word[-1] == "s"}
    want.pairs |= want.phrases.keys()
    want.pairs -= {(left, right) for left, right in want.pairs if {left, right} <= SMALL}
    return want


def own_words(page: str, given: Iterable[str]) -> set[str]:
    """The words that a page asks for by the anchors of its sections and its own name."""
    stem = stem_anchor(page)
    return _words(stem, _anchors(page, stem, given))


def _words(stem: str, anchors: Iterable[str]) -> set[str]:
    words = {squash(stem)}
    for anchor in anchors:
        if not anchor.isascii():
            words.update(LATIN_RUN.findall(anchor))
        words |= _spans(anchor)
    return words


def _anchors(page: str, stem: str, given: Iterable[str]) -> set[str]:
    """The anchors of a page, its own name as one, also without numbers in front."""
    folder = numbered_by(page)[0]
    anchors = {*filter(None, (stem, folder and stem_anchor(folder), *given))}
    return anchors | {_NUMBER.sub("", anchor) for anchor in anchors if anchor[:1].isdecimal()}


@lru_cache(maxsize=1 << 14)  # many pages have an Overview
def _spans(anchor: str) -> frozenset[str]:
    """The words of an anchor, and the hyphenated ones that some of them may be together."""
    parts = anchor.split("-")
    return frozenset(
        "-".join(parts[i:j])
        for i in range(len(parts))
        for j in range(i + 1, min(i + _COMPOUND, len(parts)) + 1)
    )


def _ask(want: Wanted, anchor: str, parts: list[str]) -> None:
    twos = [f"{one}-{two}" for one, two in pairwise(parts)]
    for left, right in product((parts, twos), repeat=2):
        want.pairs.update(zip(left, right[1 if left is parts else 2 :], strict=False))
    for border in range(1, min(_COMPOUND, len(parts))):
        for end in range(border + 1, min(border + _COMPOUND, len(parts)) + 1):
            pair = "-".join(parts[:border]), "-".join(parts[border:end])
            want.phrases[pair] = (*want.phrases.get(pair, ()), f"{anchor}-")


def stem_anchor(document_id: str) -> str:
    """Give a page's name as an anchor would spell it: ``model_doc/depth_anything``."""
    *folders, name = document_id.split("/")
    if name.lower() in INDEX_NAMES and folders:
        name = folders[-1]
    return slug(name.replace("_", "-")) or slug(name)

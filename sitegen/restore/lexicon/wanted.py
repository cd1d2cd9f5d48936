"""Restore: what the anchors of a corpus ask for; nothing else is looked for or kept."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from sitegen.model import Document
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


@dataclass(slots=True)
class Wanted:
    """Slugs of words, pairs of neighbours and whole phrases, as anchors and paths hold them.

    ``phrases`` are anchors with a hyphen behind, by the pair of words that they begin with.
    ``pages`` are the words that each page asks for, ``names`` the letters and digits of paths.
    """

    words: set[str] = field(default_factory=set)
    pairs: set[tuple[str, str]] = field(default_factory=set)
    phrases: dict[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    pages: dict[str, set[str]] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)


Asked = tuple[tuple[str, tuple[str, ...]], ...]
"""All pages with the anchors of their sections."""


def asked_by(documents: Iterable[Document]) -> Asked:
    """What documents ask for."""
    return tuple((d.id, tuple(section.anchor for section in d.sections)) for d in documents)


def wanted(asked: Asked) -> Wanted:
    """Take apart what pages ask for."""
    want = Wanted()
    spans: dict[str, set[str]] = {}
    for page, given in asked:
        words = want.pages.setdefault(page, set())
        stem = stem_anchor(page)
        want.names.add(squash(stem))
        anchors = {*filter(None, (stem, stem_anchor(numbered_by(page)[0]), *given))}
        for anchor in anchors | {
            _NUMBER.sub("", anchor) for anchor in anchors if anchor[:1].isdecimal()
        }:
            if not anchor.isascii():
                words.update(LATIN_RUN.findall(anchor))
            if "-" not in anchor:
                words.add(anchor)
                continue
            if anchor not in spans:
                parts = anchor.split("-")
                spans[anchor] = {
                    "-".join(parts[i:j])
                    for i in range(len(parts))
                    for j in range(i + 1, min(i + _COMPOUND, len(parts)) + 1)
                }
                _ask(want, anchor, parts[:LONGEST])
            words |= spans[anchor]
        words.add(squash(stem))
    words = set().union(*want.pages.values())
    want.words = words | {word[:-1] for word in words if len(word) > 6 and word[-1] == "s"}
    want.pairs |= want.phrases.keys()
    want.pairs -= {(left, right) for left, right in want.pairs if {left, right} <= SMALL}
    return want


def _ask(want: Wanted, anchor: str, parts: list[str]) -> None:
    for border in range(1, len(parts)):
        lefts = ("-".join(parts[i:border]) for i in range(max(border - 2, 0), border))
        rights = [
            "-".join(parts[border:j]) for j in range(border + 1, min(border + 3, len(parts) + 1))
        ]
        want.pairs |= {(left, right) for left in lefts for right in rights}
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

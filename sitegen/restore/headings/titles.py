"""Restore: page titles, and whether a page's first section is its title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain, islice

from msgspec import Struct

from sitegen.model import Certainty, Document, Reason
from sitegen.restore.evidence import Evidence
from sitegen.restore.headings.casing import is_common
from sitegen.restore.headings.site_names import LONGEST, PARTS, parted
from sitegen.restore.headings.texts import HeadingTexts, Text
from sitegen.restore.headings.written import numbered_by, path_words, plain
from sitegen.restore.lexicon import Forms
from sitegen.restore.lexicon.wanted import Asked, stem_anchor
from sitegen.restore.lexicon.words import squash
from sitegen.scan.ids import split_id
from sitegen.scan.patterns import rare
from sitegen.scan.plain import literal_tags
from sitegen.urls import PAGE_SUFFIX, slug

_MANY = 5  # pages with a section of the same anchor, and their share of all pages
_SHARE = 0.02
_RECURRING = 2  # pages that open with the same anchor: `overview` is nobody's title
_ASIDE = rare(r"!\[[^\]]*\]\([^)]*\)|:[a-z][\w+-]*:")  # images, emoji


class Openers(Struct, frozen=True):
    """How many pages open with an anchor, and how many hold it at all."""

    first: Counter[str]
    anywhere: Counter[str]
    pages: int

    def recurring(self) -> list[str]:
        """The anchors of so many pages that their place is the same on all."""
        least = max(_MANY, _SHARE * self.pages)
        return [anchor for anchor, count in self.anywhere.items() if count >= least]


def count_openers(asked: Asked) -> Openers:
    """Count the first anchors of all pages."""
    first = Counter(chain.from_iterable(islice(filter(None, given), 1) for _, given in asked))
    anywhere = Counter(chain.from_iterable(set(filter(None, given)) for _, given in asked))
    return Openers(first, anywhere, len(asked))


def without_site(title: str, headings: Iterable[str], evidence: Evidence) -> str:
    """A title that was told without that of the site with it.

    It is whole where one of the page's ``headings`` says as much in its own way; one that reads
    the same to the letter may be a copy of it.
    """
    where = evidence.site_stands()
    own, _, name = parted(title, where)
    if not own or name != evidence.shared_title():
        return title
    written = [split_id(each)[0] for each in headings]
    said = _words(title)
    says = (h for h in written if _words(h) == said)
    return title if any(parted(h, where)[2] != name for h in says) else own


def names_place(title: str) -> bool:
    """Whether a title that was told is a path or an address."""
    return "://" in title or PAGE_SUFFIX.search(title) is not None


def names_page(title: str, evidence: Evidence) -> bool:
    """Whether a title that was told is words, and of a page: no path, address or site's name."""
    is_words = bool(_words(title[:LONGEST])) and not names_place(title)
    return is_words and title != evidence.shared_title()


def says_title(heading: str, title: str) -> bool:
    """Whether a heading, which is Markdown, says a title, or one of them says more than the other.

    A site's name may follow, or stand before; a number, emoji and pictures are no words of either.
    """
    heading, title = split_id(heading)[0][:LONGEST], literal_tags(title[:LONGEST])
    said, told = _words(heading), _words(title)
    return (
        told in {said, *map(_words, PARTS.split(heading))}
        or said in map(_words, PARTS.split(title))
        or told == said["".join(said[:1]).isdigit() :]
    )


def _words(markdown: str) -> tuple[str, ...]:
    return tuple(filter(None, slug(plain(_ASIDE.sub(" ", markdown))).split("-")))


def opens_with_title(document: Document, anchor: str, stated: str, evidence: Evidence) -> bool:
    """Tell whether the first section of a page, with this anchor, is headed by the page's title."""
    stem = stem_anchor(document.id)
    linked = evidence.links(document.id)
    if anchor in {slug(stated), stem}:
        return bool(stated) or _names(anchor)
    if not stated and not _names(stem):
        return _names(anchor)  # a bare number says less than any heading
    if evidence.opening(anchor) > _RECURRING:
        return False
    if any(slug(text) == anchor for text in linked) or _related(anchor, stem):
        return True
    if (
        evidence.is_alone()
        or evidence.opening(anchor) == _RECURRING
        or evidence.holding(anchor) > _RECURRING
    ):
        return False
    return not any(squash(text) == squash(stem) for text in linked)


def _names(words: str) -> bool:
    return any(character.isalpha() for character in words)


def _related(anchor: str, stem: str) -> bool:
    """Tell whether an anchor speaks of what a page's path names, or spells its acronym out."""
    parts = anchor.split("-")
    if "".join(part[:1] for part in parts) == squash(stem):
        return True
    return any(
        len(one) > 2 and (one.startswith(other) or other.startswith(one))
        for one in stem.split("-")
        for other in parts
        if len(other) > 2
    )


def title_of_path(document: Document, evidence: Evidence, texts: HeadingTexts) -> Text:
    """Name a page after its path, spelled as links to it and its texts spell it."""
    stem = stem_anchor(document.id)
    name = squash(stem)
    linked = Forms()
    for text, count in evidence.links(document.id).items():
        words = text.replace("`", "").replace("*", "").strip()
        if squash(slug(words)) == name:
            linked[words] += count
    spelled = evidence.names(name)
    usual = max(spelled, key=lambda form: (spelled[form], form), default="")
    if linked:
        best = max(linked, key=lambda form: (linked[form], not is_common(form), form))
        if not is_common(best):
            sure = Certainty.LIKELY if best == usual else Certainty.GUESSED
            return Text(best, sure, Reason.LINKS)
    if not _names(stem):  # a number says less than what it numbers
        folder, joint, number = numbered_by(document.id)
        words = texts.of(stem_anchor(folder), "").text if folder else ""
        return Text(words + joint + number, Certainty.GUESSED, Reason.PATH)
    by_words = texts.of(stem, "")
    if by_words.certainty is Certainty.GUESSED and not is_common(usual):
        return Text(usual, Certainty.GUESSED, Reason.PHRASE)
    return Text(by_words.text or path_words(document.id), Certainty.GUESSED, Reason.PATH)


def title_of_section(anchor: str, stated: str, texts: HeadingTexts) -> Text:
    """Write the title that heads a page's first section."""
    if stated and slug(plain(stated)) == anchor:
        return Text(stated, Certainty.CERTAIN, Reason.STATED)
    return texts.title(anchor)

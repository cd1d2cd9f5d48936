"""Restore: what restoring all headings leaves behind: the next time is only a difference."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Self

import msgspec

from sitegen.model import Document
from sitegen.restore.headings.pages import Evidence, restore_page
from sitegen.restore.headings.style import Style, judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.headings.written import unwritten
from sitegen.restore.lexicon import Lexicon, differing
from sitegen.restore.lexicon.reading import build_lexicon, read_texts, settle
from sitegen.restore.lexicon.wanted import Wanted, asked_by, parts_of, wanted

_SHARE = 4  # when one page of so many has changed, all are read anew


@dataclass(slots=True)
class Kept:
    """A page: the digest of it as it came, its stated title, and what it became."""

    source: bytes
    stated: str = ""
    restored: Document | None = None


@dataclass(frozen=True, slots=True)
class Ahead:
    """What a corpus wants to know of its texts, and its pages by the parts of their anchors."""

    want: Wanted
    pages_by_part: Mapping[str, set[str]]

    @classmethod
    def of(cls, asked: Sequence[tuple[str, Sequence[str]]]) -> Self:
        """Conclude it from the anchors of all pages."""
        pages: defaultdict[str, set[str]] = defaultdict(set)
        for page, anchors in asked:
            for part in parts_of(page, anchors):
                pages[part].add(page)
        return cls(wanted(asked), dict(pages))

    def asking(self, keys: Iterable[str]) -> set[str]:
        """Find the pages whose headings may ask the Lexicon for one of some keys, or for more."""
        found: set[str] = set()
        for key in keys:
            # Nothing is looked up by hyphens alone.
            if holders := [self.pages_by_part.get(part, set()) for part in key.split("-") if part]:
                found |= set.intersection(*holders)
        return found


@dataclass(slots=True)
class Corpus:
    """The evidence of all texts, and the pages that were restored by it.

    Its pages are always those of a corpus that was restored anew: a text that changes takes its
    counts out of the Lexicon and puts the new ones in, and all pages that ask for one of the words
    concerned are restored again. That rests on two things: `unwritten` gives a text that counts as
    the old one did, and `parts_of` covers every slug that a page's headings are looked up by.
    ``asked`` are the pages and their anchors; where these change, all texts are read anew.
    ``ahead`` is what follows from them alone, once it was needed. ``is_new`` says whether there is
    anything to keep since it was last kept.
    """

    asked: list[tuple[str, list[str]]] = field(default_factory=list)
    lexicon: Lexicon = field(default_factory=Lexicon)
    style: Style | None = None
    pages: dict[str, Kept] = field(default_factory=dict)
    ahead: Ahead | None = None
    is_new: bool = False

    def look_ahead(self) -> Ahead:
        """Conclude what a change of some texts will need."""
        self.ahead = self.ahead or Ahead.of(self.asked)
        return self.ahead

    def restored(
        self, documents: Sequence[Document], sources: Mapping[str, bytes], titles: Mapping[str, str]
    ) -> Iterator[Document]:
        """Give all documents restored, in their order; ``titles`` are those of a toctree, by id."""
        self._take(documents, sources)
        style = judge_style(documents, self.lexicon, titles)
        self._judge(style)
        evidence = Evidence(self.lexicon, count_openers(documents), style)
        for document in documents:
            kept, stated = self.pages[document.id], titles.get(document.id, "")
            if kept.restored is None or kept.stated != stated:
                kept.restored, kept.stated = restore_page(document, stated, evidence), stated
                self.is_new = True
            yield kept.restored

    def _take(self, documents: Sequence[Document], sources: Mapping[str, bytes]) -> None:
        """Have the Lexicon count the texts as they are now."""
        asked = asked_by(documents)
        is_as_asked = asked == self.asked
        changed = [
            d for d in documents if not is_as_asked or self.pages[d.id].source != sources[d.id]
        ]
        many = len(changed) * _SHARE > len(documents)
        if many or not all(self.pages[d.id].restored for d in changed):
            self._read_anew(documents, sources)
        elif changed:
            try:
                self._exchange(changed, sources)
            except ValueError:  # a file that no build of ours has left so
                self._read_anew(documents, sources)

    def _read_anew(self, documents: Sequence[Document], sources: Mapping[str, bytes]) -> None:
        self.lexicon, self.style = build_lexicon(documents), None
        self.asked, self.ahead = asked_by(documents), None
        self.pages = {name: Kept(source) for name, source in sources.items()}

    def _exchange(self, changed: Sequence[Document], sources: Mapping[str, bytes]) -> None:
        """Count changed texts as they are now, and forget the pages that may read otherwise."""
        ahead = self.look_ahead()
        want = ahead.want
        restored = (self.pages[document.id].restored for document in changed)
        before = [replace(each, text=unwritten(each)) for each in restored if each]
        old, new = (read_texts(some, want, sources.keys()) for some in (before, changed))
        composed, sign = self.lexicon.composed, self.lexicon.sign
        if self.lexicon.exchange(old, new):
            settle(self.lexicon, want)
        keys, pages = differing(old, new)
        keys |= {key for key, _ in composed.items() ^ self.lexicon.composed.items()}
        if sign != self.lexicon.sign:
            pages = set(sources)
        for document in changed:
            self.pages[document.id] = Kept(sources[document.id])
        self._forget(pages | ahead.asking(keys))

    def _judge(self, style: Style) -> None:
        """Forget the pages whose headings are in another case than before."""
        if (before := self.style) is not None:
            if (before.corpus, before.is_known) != (style.corpus, style.is_known):
                self._forget(self.pages)
            self._forget({page for page, _ in before.pages.items() ^ style.pages.items()})
        self.style = style

    def _forget(self, pages: Iterable[str]) -> None:
        for page in pages:
            if page in self.pages:
                self.pages[page].restored = None


@dataclass(frozen=True, slots=True)
class Glance:
    """A corpus that is looked at in haste: an edited text counts as it was.

    What a changed text says of headings elsewhere seldom matters, and takes its time; the corpus
    itself, asked next, sees to it.
    """

    corpus: Corpus

    def restored(
        self, documents: Sequence[Document], sources: Mapping[str, bytes], titles: Mapping[str, str]
    ) -> Iterator[Document]:
        """Give all documents restored, as `Corpus.restored` does."""
        corpus = self.corpus
        if corpus.style is None or asked_by(documents) != corpus.asked:
            yield from corpus.restored(documents, sources, titles)
            return
        evidence = Evidence(corpus.lexicon, count_openers(documents), corpus.style)
        for document in documents:
            kept, stated = corpus.pages[document.id], titles.get(document.id, "")
            if kept.restored and (kept.source, kept.stated) == (sources[document.id], stated):
                yield kept.restored
            else:
                yield restore_page(document, stated, evidence)


def digests(documents: Iterable[Document]) -> dict[str, bytes] | None:
    """Digest documents, by id; ``None`` if one holds a lone surrogate, which is in no file."""
    try:
        return {d.id: hashlib.sha256(msgspec.msgpack.encode(d)).digest() for d in documents}
    except ValueError:
        return None

"""Corpus: what all documents say together becomes the evidence that each page is restored by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from msgspec import Struct

from sitegen.restore.evidence import Evidence, Table
from sitegen.restore.headings.style import judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.lexicon import TABLES, Counts, Lexicon, OwnWords, total
from sitegen.restore.lexicon.reading import AnyRead, conclude
from sitegen.restore.lexicon.wanted import Asked, Wanted
from sitegen.store.shelf import Shelf

_OF_BYTE = 8  # characters that take as much memory as a byte of packed counts, unpacked


class Titles(NamedTuple):
    """Titles that are told: those of a toctree, by document id, and the one of most pages."""

    stated: Mapping[str, str]
    shared: str = ""


def agree(
    asked: Asked, counts: Counts, own: WordsOfPages, want: Wanted, titles: Titles
) -> Evidence:
    """The evidence of all documents: the anchors of each, and what was read of their texts.

    That is what all say together, and what each page says for itself.
    """
    lexicon = Lexicon.of(counts)
    openers = count_openers(asked)
    style = judge_style(asked, lexicon, titles.stated)
    tables: dict[str, Table] = {name: getattr(lexicon, name) for name in TABLES}
    tables |= {
        "seen": lexicon.seen(),
        "pairs_seen": {pair: total(forms) for pair, forms in lexicon.pairs.items()},
        "known": dict.fromkeys((*lexicon.words, *lexicon.code), True),
        "on_page": _OfPage(own, "words"),
        "page_phrases": _OfPage(own, "phrases"),
        "composed": _Later(cache(partial(conclude, lexicon, want))),
        "opening": openers.first,
        "holding": openers.anywhere,
        "recurring": dict.fromkeys(openers.recurring(), True),
        "cases": {page: case.value for page, case in style.pages.items()},
        "whole": {
            "shared_title": titles.shared,
            "is_alone": len(asked) == 1,
            "case": style.corpus.value,
            "knows_case": style.is_known,
        },
    }
    return Evidence(tables, own.asked)


class _Later(Struct, frozen=True):
    """A table that is made when something is looked up in it: by then pages are rendered."""

    make: Callable[[], Table]

    def get(self, key: str, /) -> object:
        """What is under a key."""
        return self.make().get(key)


class WordsOfPages:
    """What the pages say for themselves, of which the last is at hand."""

    def __init__(self, folder: Path | None, asked: str = "") -> None:
        """Put aside in ``folder`` what does not fit into memory.

        ``asked`` is what all pages are asked for, as it is known by.
        """
        self.asked = asked
        self._numbers: dict[str, int] = {}
        self._shelf: Shelf[OwnWords] = Shelf(OwnWords, folder)
        self._last = ("", OwnWords())

    def put_aside(self, read: Iterable[AnyRead]) -> Iterator[AnyRead]:
        """Put aside what is of pages alone of all that was read, as it goes by."""
        for each in read:
            for page, own in each.own.items():
                self._numbers[page] = len(self._shelf)
                if isinstance(own, OwnWords):
                    self._shelf.append(own, own.size())
                else:
                    data = bytes(own)
                    self._shelf.append_packed(data, _OF_BYTE * len(data))
            yield each

    def of(self, page: str) -> OwnWords | None:
        """What a page says, if there is one."""
        if page != self._last[0] and page in self._numbers:
            self._last = page, self._shelf[self._numbers[page]]
        return self._last[1] if page == self._last[0] else None


class _OfPage(Struct, frozen=True):
    """One of the tables of pages, looked up by page and slug."""

    own: WordsOfPages
    table: str

    def get(self, key: tuple[str, str], /) -> object:
        """The spellings of a slug on a page."""
        page, slug = key
        own = self.own.of(page)
        return getattr(own, self.table).get(slug) if own else None

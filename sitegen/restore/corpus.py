"""Corpus: what all documents say together becomes the evidence that each page is restored by."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from sitegen.model.runs import Bulk
from sitegen.restore.evidence import OF_SITE, Changes, Concluded, Evidence, Table
from sitegen.restore.headings.site_names import SharedTitle
from sitegen.restore.headings.style import judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.lexicon import TABLES, Counts, Lexicon, OwnWords, total
from sitegen.restore.lexicon.reading import AnyRead, conclude
from sitegen.restore.lexicon.wanted import Asked, Wanted
from sitegen.store.packing import pack
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf

Known = tuple[Sequence[str], Callable[[], AnyRead], bool]
"""Some pages, what gives what was read of them, and whether that is in memory."""
_OF_BYTE = 8  # characters that take as much memory as a byte of packed counts, unpacked


class Titles(NamedTuple):
    """Titles that are told: those of a toctree, by document id, and the one of most pages."""

    stated: Mapping[str, str]
    shared: SharedTitle = SharedTitle()


def agree(  # noqa: PLR0913, PLR0917 - what all say together, and each page for itself
    asked: Asked,
    counts: Counts,
    own: WordsOfPages,
    want: Wanted,
    titles: Titles,
    changes: Changes,
    store: Store,
) -> Evidence:
    """The evidence of all documents: the anchors of each, and what was read of their texts."""
    lexicon = Lexicon.of(counts)
    openers = count_openers(asked)
    style = judge_style(asked, lexicon, titles.stated)
    cases = {page: case.value for page, case in style.pages.items()}
    whole = {
        "shared_title": titles.shared.title,
        "site_stands": titles.shared.where,
        "is_alone": len(asked) == 1,
        "case": style.corpus.value,
        "knows_case": style.is_known,
    }
    composed = _Later(partial(conclude, lexicon, want, store))

    def concluded() -> Concluded:
        return {"cases": cases, OF_SITE: whole, "composed": composed.table()}

    tables: dict[str, Table] = {name: getattr(lexicon, name) for name in TABLES}
    tables |= {
        "seen": lexicon.seen(),
        "pairs_seen": {pair: total(forms) for pair, forms in lexicon.pairs.items()},
        "known": dict.fromkeys((*lexicon.words, *lexicon.code), True),
        "on_page": _OfPage(own, "words"),
        "page_phrases": _OfPage(own, "phrases"),
        "composed": composed,
        "opening": openers.first,
        "holding": openers.anywhere,
        "recurring": dict.fromkeys(openers.recurring(), True),
        "cases": cases,
        OF_SITE: whole,
    }
    return Evidence(tables, own.asked, changes, concluded)


class _Later(Struct):
    """A table that is made when something is looked up in it: by then pages are rendered.

    What it is made of is let go of, which is much.
    """

    make: Callable[[], Mapping[str, Any]] | None
    made: Mapping[str, Any] = {}

    def table(self) -> Mapping[str, Any]:
        """The table."""
        if (make := self.make) is not None:
            self.made = make()
            self.make = None
        return self.made

    def get(self, key: str, /) -> object:
        """What is under a key."""
        return self.table().get(key)


def _same(read: AnyRead) -> AnyRead:
    return read


def _own(load: Callable[[], AnyRead]) -> Sequence[bytes]:
    """What was read of each of some pages, packed."""
    own = load().own.values()
    return [pack(each) if isinstance(each, OwnWords) else bytes(each) for each in own]


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

    def put_aside(self, read: Iterable[Known]) -> Iterator[Callable[[], AnyRead]]:
        """Put aside what is of pages alone of all that was read, as it goes by.

        Of many pages, what was read before is looked at when one of them is asked for.
        """
        for pages, load, is_here in read:
            self._numbers |= {page: at for at, page in enumerate(pages, len(self._shelf))}
            if is_here:
                whole = load()
                for own in whole.own.values():
                    if isinstance(own, OwnWords):
                        self._shelf.append(own, own.size())
                    else:
                        data = bytes(own)
                        self._shelf.append_packed(data, _OF_BYTE * len(data))
                yield partial(_same, whole)
            else:
                self._shelf.put_aside()
                bulk = Bulk(partial(_own, load), is_here=False)
                self._shelf.append_bulk(bulk, ((0, 0, "") for _ in pages))
                yield load

    def of(self, page: str) -> OwnWords | None:
        """What a page says, if there is one."""
        last = self._last  # threads of a preview ask too
        if page != last[0] and page in self._numbers:
            last = self._last = page, self._shelf[self._numbers[page]]
        return last[1] if page == last[0] else None


class _OfPage(Struct, frozen=True):
    """One of the tables of pages, looked up by page and slug."""

    own: WordsOfPages
    table: str

    def get(self, key: tuple[str, str], /) -> object:
        """The spellings of a slug on a page."""
        page, slug = key
        own = self.own.of(page)
        return getattr(own, self.table).get(slug) if own else None

"""Evidence: what all texts say, asked one question at a time, and the slice that a page asked."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from itertools import compress
from operator import ne
from typing import Any, NamedTuple, Protocol

from sitegen.restore.headings.casing import Case, Word
from sitegen.restore.headings.site_names import Where
from sitegen.restore.lexicon import NO_FORMS
from sitegen.restore.seen import OF_PAGES, Key, Question, Seen, Slice, WordAt

OF_SITE = "whole"
"""The table of what all texts say of the site as a whole: a few answers, which are always there."""
Spell = Callable[["Evidence", WordAt], Word | None]
"""Concludes from evidence how a word is spelled."""


class Table(Protocol):
    """What answers are looked up in."""

    def get(self, key: Any, /) -> Any:
        """What is under a key; ``None`` if nothing."""


Concluded = Mapping[str, Mapping[str, Any]]
"""Tables by their names that are concluded of all that was counted."""


class Changes(NamedTuple):
    """The questions, by number, that counts of texts answer otherwise than at some other time.

    ``since`` and ``now`` are what was counted then and now, as it is known; ``None``: nobody knows.
    """

    since: str | None = None
    now: str = ""
    numbers: frozenset[int] = frozenset()


class Evidence:
    """Answers what restoring a page asks of all texts.

    All answers come through `look`, so that who watches it has seen all that a page depends on
    besides its own text.
    """

    def __init__(
        self,
        tables: Mapping[str, Table],
        asked: str = "",
        changes: Changes = Changes(),  # noqa: B008 - it is never changed
        concluded: Callable[[], Concluded] = dict,
        pages: Collection[str] | None = None,
    ) -> None:
        """Answer from tables by their names; ``asked`` is what all pages ask for, as it is known.

        It is empty where nothing is kept. ``changes`` are those of counts, ``concluded`` is what
        is made of these. ``pages`` are those alone that may ask; ``None``: all may.
        """
        self._tables, self.asked = tables, asked
        self.changes, self.concluded = changes, concluded
        self._pages = pages

    def answers(self, page: str) -> bool:
        """Whether a page may ask: it would be told that nothing is known of what is forgotten."""
        return self._pages is None or page in self._pages

    def look(self, table: str, key: str | tuple[str, str]) -> Any:
        """What a table has under a key; ``None`` if nothing."""
        return self._tables[table].get(key)

    def conclude(self, at: WordAt, spell: Spell) -> Word | None:
        """How a word is spelled."""
        return spell(self, at)

    def still_reads(self, seen: Seen, spell: Spell, same: Collection[str] = ()) -> bool:
        """Whether all is answered as it was; all of the ``same`` tables is known to be.

        Counts of common words change with each edit, and what is concluded of them rarely does.
        """
        if not all(each.table in same or self._now(each) == each.answers for each in seen.looked):
            return False
        others: set[int] = set()
        start = 0
        for each in seen.of_words:
            now = each.answers if each.table in same else self._now(each)
            if now != each.answers:
                is_other = map(ne, now, each.answers)
                others.update(compress(range(start, start + len(now)), is_other))
            start += len(now)
        return not others or all(
            self.conclude(at, spell) == word
            for at, word, looked in seen.words
            if not others.isdisjoint(looked)
        )

    def only(self, seen: Mapping[str, Seen]) -> Evidence:
        """As much of it as some pages have seen, as they have, and what is said of the site.

        Of all else nothing is known: other pages may not ask, and of what these ask after an edit
        some is as if no text said it.
        """
        known: dict[str, dict[Key, Any]] = {name: {} for name in self._tables}
        for page in seen.values():
            for table, keys, answers in (*page.looked, *page.of_words):
                known[table].update(zip(keys, answers, strict=True))
        of_site = {name: table for name, table in self._tables.items() if name == OF_SITE}
        return Evidence({**known, **of_site}, self.asked, pages=frozenset(seen))

    def says_of_pages(self, seen: Seen) -> bool:
        """Whether all that pages say for themselves is still answered by the letter as it was."""
        own = (each for each in (*seen.looked, *seen.of_words) if each.table in OF_PAGES)
        return all(self._now(each) == each.answers for each in own)

    def _now(self, seen: Slice) -> tuple[Any, ...]:
        """What the table answers now."""
        return tuple(map(self._tables[seen.table].get, seen.keys))

    def watched(self) -> Watched:
        """The same evidence, watched."""
        return Watched(self)

    def on_page(self, page: str, key: str) -> Mapping[str, int]:
        """Spellings in a page's own text."""
        return self.look("on_page", (page, key)) or NO_FORMS

    def words(self, key: str) -> Mapping[str, int]:
        """Spellings inside sentences."""
        return self.look("words", key) or NO_FORMS

    def openers(self, key: str) -> Mapping[str, int]:
        """Spellings where a sentence, line or cell begins."""
        return self.look("openers", key) or NO_FORMS

    def code(self, key: str) -> Mapping[str, int]:
        """Spellings between back-ticks."""
        return self.look("code", key) or NO_FORMS

    def names(self, key: str) -> Mapping[str, int]:
        """Spellings of the letters and digits of a path."""
        return self.look("names", key) or NO_FORMS

    def pairs(self, left: str, right: str) -> Mapping[str, int]:
        """Spellings of two words side by side."""
        return self.look("pairs", (left, right)) or NO_FORMS

    def phrases(self, anchor: str, page: str) -> Mapping[str, int]:
        """Phrases whose slug is a whole anchor: those of a page if it has any, else of all."""
        found = self.look("page_phrases", (page, anchor)) or self.look("phrases", anchor)
        return found or NO_FORMS

    def links(self, page: str, anchor: str = "") -> Mapping[str, int]:
        """The words of all links to a page, or to an anchor of it."""
        return self.look("links", (page, anchor)) or NO_FORMS

    def seen(self, key: str) -> int:
        """How often a word is met in prose."""
        return self.look("seen", key) or 0

    def pairs_seen(self, left: str, right: str) -> int:
        """How often two words are met side by side."""
        return self.look("pairs_seen", (left, right)) or 0

    def knows(self, key: str) -> bool:
        """Whether any text holds a word."""
        return bool(self.look("known", key))

    def composed(self, key: str) -> str:
        """A name that no text holds, of the parts of other names; empty if there is none."""
        return self.look("composed", key) or ""

    def is_alone(self) -> bool:
        """Whether there is one page only."""
        return bool(self.look(OF_SITE, "is_alone"))

    def shared_title(self) -> str:
        """The title that most pages have; empty if there is none."""
        return self.look(OF_SITE, "shared_title") or ""

    def site_stands(self) -> Where:
        """Where in their own titles most pages have that one."""
        return self.look(OF_SITE, "site_stands") or "behind"

    def opening(self, anchor: str) -> int:
        """How many pages open with an anchor."""
        return self.look("opening", anchor) or 0

    def holding(self, anchor: str) -> int:
        """How many pages hold an anchor."""
        return self.look("holding", anchor) or 0

    def recurs(self, anchor: str) -> bool:
        """Whether so many pages have a section that its place is the same on all."""
        return bool(self.look("recurring", anchor))

    def case(self, page: str) -> Case:
        """The case of a page's headings."""
        return Case(self.look("cases", page) or self.look(OF_SITE, "case"))

    def case_of_title(self, page: str) -> Case:
        """The case of a page's title: a glossary's is no term."""
        case = self.case(page)
        return Case(self.look(OF_SITE, "case")) if case is Case.LOWER else case

    def knows_case(self, page: str) -> bool:
        """Whether enough headings are certain to judge the case of a page's by."""
        return bool(self.look(OF_SITE, "knows_case")) or self.look("cases", page) is not None


class Watched(Evidence):
    """Evidence that notes what it was asked."""

    def __init__(self, evidence: Evidence) -> None:
        """Answer as other evidence does."""
        super().__init__(evidence._tables, evidence.asked)
        self._seen: defaultdict[str, dict[Key, Any]] = defaultdict(dict)
        self._numbers: dict[Question, int] = {}
        self._answers: list[tuple[Question, Any]] = []
        self._words: dict[WordAt, tuple[Word | None, list[int]]] = {}
        self._of_word: list[int] | None = None  # numbers of what is looked at for the word at hand

    def look(self, table: str, key: str | tuple[str, str]) -> Any:
        """As `Evidence.look`."""
        answer = self._tables[table].get(key)
        if self._of_word is None:
            self._seen[table][key] = answer
            return answer
        number = self._numbers.get(question := (table, key))
        if number is None:
            number = self._numbers[question] = len(self._answers)
            self._answers.append((question, answer))
        self._of_word.append(number)
        return answer

    def conclude(self, at: WordAt, spell: Spell) -> Word | None:
        """As `Evidence.conclude`; what is looked at for it is noted with the word alone."""
        known = self._words.get(at)
        if known is None:
            self._of_word = []
            known = self._words[at] = spell(self, at), self._of_word
            self._of_word = None
        return known[0]

    def seen_so_far(self) -> Seen:
        """All questions up to now with their answers."""
        words = ((at, *known) for at, known in self._words.items())
        return Seen.of(self._seen, self._answers, words)

"""Restore: Title Case or sentence case, judged from the headings that are certain."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from msgspec import Struct

from sitegen.restore.headings.casing import Case, is_common
from sitegen.restore.headings.english import SMALL
from sitegen.restore.lexicon import Lexicon, total
from sitegen.restore.lexicon.wanted import Asked
from sitegen.restore.lexicon.words import Tokens
from sitegen.urls import slug

_MAJORITY = 0.6
_COMMON = 4  # of so many spellings a small one makes a common word: titles are among the others
_WITNESSES = 5
_TERMS = 10  # sections in alphabetical order that make a glossary
_LINKED_TERMS = 3


class Style(Struct, frozen=True):
    """The case of headings: of the corpus, and of pages where it is known.

    ``is_known`` is false when too few headings are certain to judge the corpus by.
    """

    corpus: Case
    pages: Mapping[str, Case]
    is_known: bool = True


class _Judge(dict[str, bool | None]):
    """Judges headings by their words after the first that have no capitals of their own.

    Of each word it has whether it begins with a capital where it need not; ``None``: it may need.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._keys = Tokens()

    def __missing__(self, word: str) -> bool | None:
        says = word.lower() not in SMALL and self._is_common_word(self._keys[word])
        raised = self[word] = not is_common(word[:1]) if says else None
        return raised

    def verdict(self, text: str) -> bool | None:
        """Tell whether a heading is in Title Case; ``None`` when nothing in it says."""
        behind = map(self.__getitem__, text.replace("`", "").split()[1:])
        raised = [each for each in behind if each is not None]
        return all(raised) if raised else None

    def _is_common_word(self, key: str) -> bool:
        forms = self._lexicon.words.get(key)
        small = sum(n for form, n in forms.items() if is_common(form)) if forms else 0
        return not forms or _COMMON * small > total(forms)


def judge_style(asked: Asked, lexicon: Lexicon, titles: Mapping[str, str]) -> Style:
    """Judge from links that say a heading whole, and from authored titles."""
    judge = _Judge(lexicon)
    everywhere: Counter[bool] = Counter()
    pages: dict[str, Counter[bool]] = {}
    terms: Counter[str] = Counter()
    said = [(page, title, False) for page, title in titles.items()]
    for (page, anchor), texts in lexicon.links.items():
        exact = [t for t in texts if not anchor or slug(t.replace("`", "")) == anchor]
        said += [(page, text, bool(anchor)) for text in exact if not is_common(text[:1])]
        small = bool(exact) and all(is_common(text[:1]) for text in exact)
        terms[page] += bool(anchor) and small
    for page, text, of_section in said:
        if (verdict := judge.verdict(text)) is not None:
            everywhere[verdict] += 1
            if of_section:
                pages.setdefault(page, Counter())[verdict] += 1
    corpus = Case.TITLE if everywhere[True] > _MAJORITY * everywhere.total() else Case.SENTENCE
    known = {
        page: Case.TITLE if votes[True] > votes[False] else Case.SENTENCE
        for page, votes in pages.items()
        if votes[True] != votes[False]
    }
    known |= {
        page: Case.LOWER
        for page, anchors in asked
        if terms[page] >= _LINKED_TERMS and _is_glossary(anchors)
    }
    return Style(corpus, known, everywhere.total() >= _WITNESSES)


def _is_glossary(given: Iterable[str]) -> bool:
    """Tell whether sections behind the first are terms in alphabetical order."""
    anchors = [anchor for anchor in given if anchor][1:]
    return len(anchors) >= _TERMS and anchors == sorted(anchors)

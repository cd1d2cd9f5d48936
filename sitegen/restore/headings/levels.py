"""Restore: heading levels, from what can be known without the headings."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from sitegen.model import Certainty, Reason
from sitegen.restore.headings.texts import Marks
from sitegen.restore.headings.written import STATED, Found

_SECTION = 2
_DEEPEST = 6
_INTRODUCTION = 600  # characters


class Outlined(NamedTuple):
    """A section as its level is judged.

    ``is_api``: it documents objects. ``given``: the level that its text states, or 0. ``recurs``:
    many pages have such a section.
    """

    anchor: str
    is_api: bool
    text: str
    given: int = 0
    recurs: bool = False

    @property
    def introduces(self) -> bool:
        """Whether the text ends as if a list of sections were to follow."""
        return self.text.endswith((":", "："))

    @property
    def heads_cards(self) -> bool:
        """Whether the text is short enough to do no more than introduce objects."""
        return not self.is_api and len(self.text) < _INTRODUCTION


def levels(sections: Sequence[Outlined], marks: Marks) -> list[tuple[int, Found]]:
    """Judge the level of each section of a page; a ``given`` level is kept.

    No level is skipped. A section is a part of the page unless its number, the sections that it
    introduces, or its return under several others say that it lies deeper.
    """
    repeated = _repeated(sections)
    catalogue = _is_catalogue(sections, repeated)
    judged: list[tuple[int, Found]] = []
    among_cards = False
    for index, section in enumerate(sections):
        previous = sections[index - 1] if index else None
        above = judged[-1][0] if judged else _SECTION - 1
        number = marks.numbers.get(section.anchor)
        heads_cards = previous is not None and previous.heads_cards
        among_cards = section.is_api and catalogue and (among_cards or heads_cards)
        if section.given:
            judged.append((section.given, STATED))
            continue
        level, reason = _SECTION, Reason.RECURS if section.recurs else Reason.USUAL
        if number and number.depth:
            level, reason = level + number.depth - 1, Reason.NUMBER
        elif among_cards:
            level, reason = level + 1, Reason.CARD
        elif section.anchor in repeated or section.anchor in marks.qualified:
            level, reason = level + 1, Reason.RETURNS
        elif previous and previous.introduces and not section.is_api:
            level, reason = above + 1, Reason.INTRODUCED
        sure = section.recurs or (section.is_api and not catalogue)
        certainty = Certainty.LIKELY if sure else Certainty.GUESSED
        judged.append((min(level, above + 1, _DEEPEST), Found(certainty, reason)))
    return judged


def _repeated(sections: Sequence[Outlined]) -> set[str]:
    """Find the anchors that return after other sections: the same heading under several others."""
    last: dict[str, int] = {}
    found: set[str] = set()
    for index, section in enumerate(sections):
        if index - last.get(section.anchor, index) > 1:
            found.add(section.anchor)
        last[section.anchor] = index
    return found


def _is_catalogue(sections: Sequence[Outlined], repeated: set[str]) -> bool:
    """Tell whether API cards come in several groups, each behind a section that introduces it."""
    groups = 0
    for before, card in pairwise(sections):
        if card.is_api and card.anchor in repeated:
            return False
        groups += card.is_api and before.heads_cards and not before.given
    return groups > 1

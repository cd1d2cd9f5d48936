"""Assemble: the two ends of a seam, and the lines there that rules ask for."""

from __future__ import annotations

import re

from msgspec import Struct

from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.joining.place import Place

_WORD = re.compile(r"\S")
_INDENTED = re.compile(r"\s*\n [^\S\n]*+\S")


class Edges(Struct, gc=False):
    """The texts ``before`` and ``after`` a seam as the dataset has them.

    ``last`` and ``first`` are their lines at the seam, ``place`` is that at the end of the first
    text.
    """

    before: str
    after: str
    last: str
    first: str
    place: Place
    habits: Habits

    @property
    def has_blank(self) -> bool:
        """Whether a blank line is in one of the texts."""
        return "\n\n" in self.before or "\n\n" in self.after

    @property
    def has_indents(self) -> bool:
        """Whether a line of the texts is indented by a blank, but for their first."""
        return "\n " in self.after or "\n " in self.before

    @property
    def above(self) -> str:
        """The last line of the first text that is not blank, without white space at its end."""
        text = self.before.rstrip()
        return text[text.rfind("\n") + 1 :]

    @property
    def second(self) -> str:
        """The second line of the second text."""
        return _line(self.after, len(self.first) + 1)

    @property
    def below(self) -> str:
        """The line of the second text below its first that is not blank."""
        end = len(self.first)
        word = _WORD.search(self.after, end)
        return _line(self.after, self.after.rfind("\n", end, word.start()) + 1) if word else ""

    @property
    def is_indented_below(self) -> bool:
        """Whether that line is indented by blanks."""
        end = len(self.first)
        is_space = self.after[end + 1 : end + 2].isspace()
        return is_space and _INDENTED.match(self.after, end) is not None


def edges(before: str, after: str, place: Place, habits: Habits) -> Edges:
    """The edges of two texts, the first of which ends at a place."""
    end = after.find("\n")
    first = after[:end] if end >= 0 else after
    return Edges(before, after, before[before.rfind("\n") + 1 :], first, place, habits)


def _line(text: str, at: int) -> str:
    """The line of a text that begins there."""
    end = text.find("\n", at)
    return text[at : end if end >= 0 else None]

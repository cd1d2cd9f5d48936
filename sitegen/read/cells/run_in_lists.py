"""Stage ``read``: a list that was run into the paragraph above it -> its items."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_OPENS = re.compile(r":[^\S\n]([-*+]|1[.)])\s(?=\S)")
_SIGN = re.compile(r"\s+\S+\s")
_ENDS_ITEM = ".,;!?)"
_OF_NUMBERS = "-*+"  # minus, times and plus, before numbers alone


class RunIn(NamedTuple):
    """A paragraph, and the mark and the texts of the items that stood below it."""

    above: str
    mark: str = ""
    items: tuple[str, ...] = ()

    def starts(self, text: str) -> Iterator[int]:
        """Where in the ``text`` that it was taken out of each item begins."""
        at = len(self.above)
        for item in self.items:
            sign = _SIGN.match(text, at)
            start = sign.end() if sign else at
            yield start
            at = start + len(item)


def run_in_list(text: str) -> RunIn:
    """Take a paragraph apart that a list was run into, as ``These are: - one - two``.

    Authors set a list right below a paragraph that not all parsers end there. Where lines are as
    they were, so are lists.
    """
    opens = None if "\n\n" in text else _OPENS.search(text)
    if opens is None:
        return RunIn(text)
    items = items_of(text[opens.end() :], opens[1])
    is_sum = opens[1] in _OF_NUMBERS and all(item[:1].isdecimal() for item in items)
    if len(items) == 1 or is_sum:
        return RunIn(text)
    return RunIn(text[: opens.start() + 1], opens[1], items)


def items_of(text: str, mark: str) -> tuple[str, ...]:
    """The items of a list, from behind the ``mark`` of its first on.

    A dash opens an item where that begins as the first does, or where the one before has ended:
    others are dashes of a sentence.
    """
    ends = mark[-1] if mark[-1] in ".)" else ""
    sign_of = r"(\d{1,9})" + re.escape(ends) if ends else re.escape(mark)
    items: list[str] = []
    at = 0
    for sign in re.finditer(rf"[^\S\n]{sign_of}\s(?=\S)", text):
        if ends and int(sign[1]) != len(items) + 2:
            continue
        is_alike = text[sign.end()].isupper() == text[0].isupper()
        if mark == "-" and not is_alike and text[sign.start() - 1] not in _ENDS_ITEM:
            continue
        items.append(text[at : sign.start()].strip())
        at = sign.end()
    return (*items, text[at:].strip())

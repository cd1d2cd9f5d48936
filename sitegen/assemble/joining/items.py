"""Assemble: how deep an item of a list stands that begins a text, told by the lines around it."""

from __future__ import annotations

import re

from sitegen.assemble.joining.edges import Edges
from sitegen.assemble.joining.place import indent_of
from sitegen.assemble.joining.style import ITEM

_HANGS = re.compile(
    r"^([ \t]*)((?:[-*+]|\d{1,9}[.)])[ \t]+)\S[^\n]*\n"
    r"(?:[ \t]*\n)*( +)(?![-*+] |\d{1,9}[.)] )\S",
    re.MULTILINE,
)


def indent_of_item(item: re.Match[str], at: Edges, *, anywhere: bool) -> int:
    """The indent of the ``item`` that begins a text in a list.

    What goes on it is as deep as its words. It stands with the item below if it is one more of a
    list, above it where that is deeper than the last item; with the only one above that has the
    number before; and with the last where the list around that has other marks. Texts that may
    begin ``anywhere`` begin in the middle of a list too.
    """
    below = at.below
    after = ITEM.match(below)
    above = _items_above(at.before)
    if below[:1] == " " and not after:
        depth = indent_of(below) - _hang(item, at)
        known = {len(each[1]) for each in above}
        if at.second.strip():  # below a blank line authors indent by more than need be
            known |= _depths(above) if above else {depth}
        return max(depth, 0) if depth in known else 0
    if after and _goes_on(item, after, at.last):
        return len(after[1])
    deep = {len(each[1]): each for each in above}  # the last of each depth
    follows = [depth for depth, each in deep.items() if _is_next(each, item)]
    if len(follows) == 1:
        return follows[0]
    if not above:
        return 0
    *around, last = above
    depth = len(last[1])
    below_it = len(after[1]) - depth if after else -1
    is_alike = after is not None and _kind(item) == _kind(after) == _kind(last)
    if below_it > 0 or (anywhere and below_it == 0 and is_alike):
        return depth
    outer = next((each for each in reversed(around) if len(each[1]) < depth), None)
    is_inner = outer is not None and _kind(item) == _kind(last) != _kind(outer)
    return depth if is_inner else 0


def indent_of_paragraph(at: Edges, below: str) -> int:
    """The indent of a paragraph in a list: as that below it, if that belongs to an item above.

    Where only a label stands in the item above, it is what that tells of. A list that stands right
    below a paragraph may be deeper than it.
    """
    depth = indent_of(below)
    last = at.last
    if not depth and not last.endswith(":"):
        return 0
    above = _items_above(at.before)
    if depth and (depth in _depths(above) or not (above or ITEM.match(below))):
        return depth
    if above and above[-1].string == last and last.endswith(":"):
        return _hang(above[-1], at) + len(above[-1][1])
    return 0


def _goes_on(item: re.Match[str], after: re.Match[str], last: str) -> bool:
    """Whether an item stands as the one below: it has the number before, or both end a sentence.

    An item of bullets does where all of them are parts of one sentence.
    """
    if _kind(item) != _kind(after):
        return False
    if item[2][:-1]:
        return _is_next(item, after)
    above = ITEM.match(last)
    ends = {last[-1:], item.string[-1]}
    return above is not None and above[1] == after[1] and ends <= {";", ","}


def _is_next(item: re.Match[str], after: re.Match[str]) -> bool:
    """Whether an item has the number behind that of another one."""
    numbers = item[2][:-1], after[2][:-1]
    return all(numbers) and _kind(item) == _kind(after) and int(numbers[0]) + 1 == int(numbers[1])


def _items_above(text: str) -> list[re.Match[str]]:
    """The items in the last block of a text."""
    found = map(ITEM.match, text.split("\n"))
    return [item for item in found if item]


def _depths(items: list[re.Match[str]]) -> set[int]:
    """How deep what goes on some items may stand: as their words do, or by four columns."""
    return {depth for item in items for depth in (item.end() - 1, len(item[1]) + 4)}


def _kind(item: re.Match[str]) -> str:
    return item[2][-1]


def _hang(item: re.Match[str], at: Edges) -> int:
    """How much deeper than the mark of an item is what goes on it: as near it, else its words."""
    for text in (at.before, at.after[len(at.first) + 1 :]):
        for hangs in reversed(_HANGS.findall(text)):
            step = len(hangs[2]) - len(hangs[0])
            if step > 0 and step != len(hangs[1]):
                return step
    return item.end() - 1 - len(item[1])

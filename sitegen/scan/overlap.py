"""What one text ends with and the next begins with."""

from __future__ import annotations

LEAST_OVERLAP = 20
"""Characters that two texts share by no accident."""

_LINES = 3
_HEAD = 20  # characters
_TRIES = 32  # places where the longest overlap may begin, before all are looked at together


def shared(before: str, after: str, least: int) -> int:
    """How many characters, ``least`` or more, ``before`` ends and ``after`` begins with; 0: none.

    Takes time in proportion to the two texts, also where they repeat themselves.
    """
    head = after[:least]
    if (at := before.find(head)) < 0 or len(head) < least or not head:
        return 0
    spare = len(before) - len(after)
    if at < spare and (at := before.find(head, spare)) < 0:
        return 0
    for _ in range(_TRIES):
        if after.startswith(before[at:]):
            return len(before) - at
        if (at := before.find(head, at + 1)) < 0:
            return 0
    length = _longest(before[-len(after) :], after)
    return length if length >= least else 0


def shared_lines(before: str, after: str) -> int:
    """How many characters of whole lines, one to three, one text ends and the other begins with.

    The first of them may have lost its indent. A text that the next holds as a whole would not
    have been one of its own: it is another that reads the same, such as a fence.
    """
    if before[before.rfind("\n") + 1 :].lstrip() not in after:
        return 0
    begins = after.split("\n", _LINES)
    ends = before.rsplit("\n", _LINES)
    for count in range(min(_LINES, len(ends), len(begins)), 0, -1):
        first, *others = ends[-count:]
        if [first.lstrip(), *others] == begins[:count] and any(begins[:count]):
            same = len("\n".join(begins[:count]))
            return same if same < len(before) else 0
    return 0


def repeats(before: str, after: str, held: int) -> bool:
    """Whether the ``held`` characters that two texts share stand next to what begins as they do."""
    head = after[: min(held, _HEAD)]
    at = len(before) - held
    is_above = before.rfind(head, max(0, at - held - len(head)), at + len(head) - 1) >= 0
    return is_above or after.find(head, 1, 2 * held + len(head)) > 0


def _longest(before: str, after: str) -> int:
    """Find the longest end of one text that begins the other, by the failures of its prefixes."""
    failures = [0] * len(after)
    matched = 0
    for index in range(1, len(after)):
        matched = _grown(after, after[index], matched, failures)
        failures[index] = matched
    matched = 0
    for character in before:
        if matched == len(after):
            matched = failures[matched - 1]
        matched = _grown(after, character, matched, failures)
    return matched


def _grown(text: str, character: str, matched: int, failures: list[int]) -> int:
    while matched and text[matched] != character:
        matched = failures[matched - 1]
    return matched + (text[matched] == character)

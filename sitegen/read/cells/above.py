"""Stage ``read``: a text as it is embedded, below its headings -> the path of these."""

from __future__ import annotations

from sitegen.scan.patterns import rare

STEPS = rare(r"\s+(?:>|»|›|→)\s+")
"""What stands between the headings of a path."""

_NO_HEADING = rare(r"[.:;,…。：，]$|^[\w ]+: ")  # of a text, or a name and its value
_LONGEST = 120  # characters of a heading


def added_above(added: object, own: object) -> list[str] | None:
    """What a text has above it in another cell, by steps; `None` where it is not the same text."""
    if not isinstance(added, str) or not isinstance(own, str) or not own.strip():
        return [] if added == own or not own else None
    text = added.strip()
    if not text.endswith(own.strip()):
        return None
    above = filter(None, map(str.strip, text.removesuffix(own.strip()).split("\n")))
    return [step.strip("*_ ") for line in above for step in STEPS.split(line)]


def are_headings(steps: list[str]) -> bool:
    """Whether what stands above a text reads as headings do."""
    return not any(len(step) > _LONGEST or _NO_HEADING.search(step) for step in steps)

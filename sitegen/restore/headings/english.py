"""Restore: what English headings have that their anchors lost; other languages pass unharmed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from sitegen.scan.patterns import rare


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# Articles, conjunctions and short prepositions: small in titles in Title Case.
SMALL = _words(
    "a an and as at but by for from if in into is nor of off on onto or per so than the to up via"
    " vs with without yet"
)
# Parts that join the next word with a hyphen when nothing says otherwise.
PREFIXES = _words("anti co cross inter mid multi non post pre re self semi sub un")
_LABELS = _words("example usage")
_LEADS = _words("and but so")
_ASKING = _words("how what when where which who whom whose why")
_BEING = _words("are is was were")
_AUXILIARY = _BEING | _words(
    "am can could did do does had has have may might must shall should will would"
)
_SUBJECTS = _words("i you we they he she it this that there these those")
_DETERMINERS = _words("a an the my your our its their")
_CAMEL_CASE = rare(r"[a-z0-9][A-Z][a-z]")
_FAULT = re.compile(r"[a-z]{3,}(?:error|exception|warning)")


def is_question(words: Sequence[str]) -> bool:
    """Tell whether lower-case words ask: ``how can i help``, but not ``how to help``."""
    if words and words[0] in _LEADS:
        words = words[1:]
    if len(words) < 2:
        return False
    first, second = words[:2]
    if first in _AUXILIARY:
        return second in _SUBJECTS | _DETERMINERS and len(words) > 2
    if first in {"whats", "wheres", "hows", "whos"}:
        return True
    if first not in _ASKING or second in _SUBJECTS:
        return False
    if second in _AUXILIARY:
        is_clause = first in {"what", "who"} and len(words) <= 4 and words[-1].endswith("ed")
        return not is_clause  # what is done, who may be asked
    asks_of = any(word in _AUXILIARY and after in _SUBJECTS for word, after in pairwise(words[1:]))
    happens = first in {"what", "who"} and second.endswith("s") and len(words) > 2
    return (
        asks_of
        or happens
        or words[-1] in _ASKING
        or (first in {"what", "which"} and words[-2] in _BEING)
    )


def label_length(words: Sequence[str], forms: Sequence[str] = ()) -> int:
    """Count the words of a label that a colon ends: ``example`` of ``Example: Adding a page``.

    ``forms`` are the words as they are spelled: ``Usage: LineReader`` names a class.
    """
    if len(words) > 3 and _FAULT.fullmatch(words[0]):
        return 1
    if len(words) > 1 and words[0] in _LABELS and words[1].endswith("ing"):
        return 1
    if len(words) == 2 == len(forms) and words[0] in _LABELS and _CAMEL_CASE.search(forms[1]):
        return 1
    asks = len(words) > 3 and not is_question(words) and words[0] not in _ASKING | _AUXILIARY
    return 1 if asks and words[1] in _ASKING and is_question(words[1:]) else 0


def acronym_at(parts: Sequence[str]) -> tuple[int, int] | None:
    """Find an acronym behind the words it stands for: where those begin, where it stands.

    >>> acronym_at(["using", "tensor", "parallelism", "tp"])
    (1, 3)
    """
    for index in range(2, len(parts)):
        length = len(parts[index])
        start = index - length
        if parts[index] in SMALL or not 2 <= length <= index:
            continue
        if parts[index] == "".join(p[:1] for p in parts[start:index]):
            return start, index
    return None

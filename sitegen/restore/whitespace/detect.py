"""Restore, white space: tells whether a dataset has lost its blank lines and indentation."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator

from sitegen.model import Document, Seam
from sitegen.scan.patterns import rare

_OPENS_FENCE = rare(r"^(`{3,})[^`\n]*\n", re.MULTILINE)
_ENDS_FENCE = rare(r"^(`{3,})$\n?", re.MULTILINE)
_INDENTED_CODE = rare(r"^`{3,}[^`\n]*\n(?:(?!```).*\n)*?(?:[ \t]|\n)", re.MULTILINE)
_SOME = 20
_RARELY = 0.02  # share of the line ends
_ENOUGH = 5  # signs; a few short chunks may well need no blank line
_ADDS_BLANK = frozenset({Seam.SECTION, Seam.BLOCK})  # what joining may have put there
# Where authors leave a blank line above, glued to the line before: fences, tags, tables, lists.
_SIGN = rare(r"\n(?:```|~~~|</?[A-Z]|\||[-*+] |1[.)] |\[\[)")

# What Python does not allow: a line that opens a block, and a line at its own depth behind it.
_OPENS_BLOCK = rare(
    r"\n(?:\.\.\. |>>> )?(?:def|class|for|if|with|while|try|else|elif)\b[^\n]*:\n(?=[^\s#`])"
    r"|[\[{(]\n(?=[^\s`\]})])"
)


def is_collapsed(documents: Iterable[Document]) -> bool:
    """Whether no text holds a blank line or an indented line, though some surely should.

    Code may hold both: some splitters leave it alone, lists too, and what they cut of code looks
    like text. A faithful dataset costs nothing: its first pages settle it.
    """
    signs = blank = lines = 0
    is_indented = keeps_code = False
    for document in documents:
        prose = document.text.strip("\n")
        most = sum(section.seam in _ADDS_BLANK for section in document.sections[1:])
        if "\n\n\n" in prose or prose.count("\n\n") > most or "\n " in prose or "\n\t" in prose:
            keeps_code = keeps_code or _INDENTED_CODE.search(prose) is not None
            prose = "".join(_outside_of_fences(prose))
            is_indented = is_indented or "\n " in prose or "\n\t" in prose
            blank += max(prose.count("\n\n") - most, 0)
        lines += prose.count("\n")
        if blank > (_RARELY * lines if keeps_code else 0) + _SOME:
            return False
        if signs < _ENOUGH:
            signs += len(_SIGN.findall(document.text))
    is_faithful = (is_indented and not keeps_code) or blank > (_RARELY * lines if keeps_code else 0)
    return signs >= _ENOUGH and not is_faithful


def _outside_of_fences(text: str) -> Iterator[str]:
    """The parts of a text that no fence is around; one that nothing ends is around none."""
    ends = [(match.start(), match.end(), len(match[1])) for match in _ENDS_FENCE.finditer(text)]
    long_enough: dict[int, list[tuple[int, int, int]]] = {}  # by the fewest signs that will do
    at = begin = 0
    while opening := _OPENS_FENCE.search(text, begin):
        fewest = len(opening[1])
        if fewest not in long_enough:
            long_enough[fewest] = [end for end in ends if end[2] >= fewest]
        possible = long_enough[fewest]
        number = bisect_left(possible, (opening.end(),))
        if number == len(possible):
            begin = opening.end()
            continue
        yield text[at : opening.start()]
        at = begin = possible[number][1]
    yield text[at:]


def is_dedented(documents: Iterable[Document]) -> bool:
    """Whether no line of any document is indented, though some code surely was."""
    found = False
    for document in documents:
        if "\n " in document.text or "\n\t" in document.text:
            return False
        found = found or _OPENS_BLOCK.search(document.text) is not None
    return found

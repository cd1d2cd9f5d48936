"""Assemble: line ends that a dataset writes as a backslash and an `n` are line ends again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec.structs import replace

from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

_HIDDEN = rare(r"(?<![\\`\"'(])\\n(?:\\n|#|[-*] |```)")
_ESCAPE = rare(r"(?:\\u[0-9a-fA-F]{4})+|\\x[0-9a-f]{2}|\\.|\\\Z")
_ESCAPES = {f"\\{sign}": sign for sign in "\"'\\/"} | {"\\n": "\n", "\\t": "\t", "\\r": ""}
_ALONE = rare(
    r"(?:(?<=\s)(\\+)|(?<!\\))\\n(?!(?:abla|eq|ewline|olimits|onumber|ot|u)(?![a-z]))(?!(?<=[^`]`\\n)`)"
)
"""A line end where backslashes were not doubled, perhaps below one that goes on in the next line.

None begins a word of a formula, or stands alone between backticks.
"""
_STRING = rare(r"(?:[^\"'#\\]|\\.|(['\"])(?:(?!\1)[^\\]|\\.)*\1)*(?P<open>['\"])?")
"""A line of code up to the quote of a string that does not end in it, or up to a comment."""
_FAR = 2_000  # characters; no string of one line is longer
_LINES = 20  # that a string ends with


class LineEnds(Summary):
    """How many texts there are, hide line ends, and show one, of which the first is enough."""

    texts: int = 0
    hide: int = 0
    show: int = 0

    @property
    def are_hidden(self) -> bool:
        """Whether no text has a line end, and most have a backslash and an `n` in their stead."""
        return not self.show and 2 * self.hide > self.texts


def look_for_line_ends(groups: Rows) -> LineEnds:
    """See whether texts have line ends."""
    seen = LineEnds()
    for group in groups.values():
        for chunk in group:
            if "\n" in chunk.text or chunk.row is None:
                return LineEnds(show=1)
            seen.texts += 1
            seen.hide += _HIDDEN.search(chunk.text) is not None
    return seen


class _Escapes(Summary):
    others: int = 0  # than doubled ones


def with_line_ends(parts: Parts) -> None:
    """Give texts that all hide their line ends these.

    All backslashes were doubled then, as JSON does, unless some stands before what needs none.
    """
    unhidden = _with_ends_alone if parts.see(_look_for_escapes, _Escapes).others else _unescaped
    parts.change(
        unhidden.__name__,
        lambda *given: [replace(chunk, text=unhidden(chunk.text)) for chunk in given[1]],
    )


def _look_for_escapes(groups: Rows) -> _Escapes:
    texts = (chunk.text for group in groups.values() for chunk in group)
    are_doubled = all(
        escape in _ESCAPES or len(escape) > len("\\n")
        for text in texts
        for escape in _ESCAPE.findall(text)
    )
    return _Escapes(others=int(not are_doubled))


def _unescaped(text: str) -> str:
    """The text without escapes; of the signs that no text may hold, none comes back by them."""
    return _ESCAPE.sub(_told_by, text).replace("\0", "\ufffd").replace("\r", "")


def _told_by(escape: re.Match[str]) -> str:
    written = escape[0]
    if written.startswith("\\x"):
        return chr(int(written[2:], 16))
    if written.startswith("\\u"):  # one sign may be written as two halves
        units = bytes.fromhex(written.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    return _ESCAPES[written]


def _with_ends_alone(text: str) -> str:
    lines = _ALONE.sub(r"\1\n", text).split("\n")
    fences = FenceScanner()
    done: list[str] = []
    is_open = False
    for number, line in enumerate(lines):
        if is_open:
            done[-1] += f"\\n{line}"
        else:
            fences.feed(line)
            done.append(line)
        is_open = fences.inside and _goes_on(done[-1], lines, number + 1)
    return "\n".join(done)


def _goes_on(line: str, lines: Sequence[str], after: int) -> bool:
    """Whether a line of code ends within a string that ends at the start of what comes after.

    Or one that begins at its end; then the backslash and the `n` are meant.
    """
    found = _STRING.match(line) if len(line) < _FAR else None
    if found is None or not (quote := found["open"]) or 3 * quote in line:
        return False
    rest = next((each for each in lines[after : after + _LINES] if each), "")
    return rest.startswith(quote) or (line.endswith(quote) and quote in rest)

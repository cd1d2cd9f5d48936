"""Assemble: lines that were cut in two: within a word, a row of a table or between sentences."""

from __future__ import annotations

from sitegen.assemble.joining.edges import Edges
from sitegen.assemble.joining.place import indent_of
from sitegen.assemble.joining.style import ITEM, MARK, OPENS_BLOCK
from sitegen.scan.patterns import rare

_PART_OF_FENCE = rare(r"[ \t]*`{1,2}")
_CLOSES_TAG = rare(r"</(\w+)>")
_IN_TEXT = frozenset({"td", "th", "li", "dd", "dt", "a", "b", "i", "em", "strong", "code", "kbd"})
_STOP = rare(r"\w[.]\Z")
_STOPS = frozenset("].,;!?")
_STOP_BEFORE = rare(r"[.,;!?](?: |\Z)")  # what the sentence above was cut at
_GOES_ON = rare(r"[a-z]|[)\]]+\S")
_NO_PROSE = rare(rf"{OPENS_BLOCK.pattern}|{ITEM.pattern}|[|>]|\[[^\]]*\]:")
_FULL_STOPS = frozenset(".!?")
_OPENS_STRING = r"(?<![\w\\])[rbfuRBFU]{0,2}"
_QUOTE = rare(rf"""{_OPENS_STRING}(["'])""")
_STRING = rare(rf"""{_OPENS_STRING}(?:"[^"\\]*+(?:\\.[^"\\]*+)*"|'[^'\\]*+(?:\\.[^'\\]*+)*')""")
_OF_CALL = rare(r"[\w)\]]\.\Z")
_CALLED = rare(r"[A-Za-z_]\w*[.(\[]")
_COMMENT = rare(r"#|//|/\*|--")
_BARE_DELIMITER = rare(r"[ \t]*:?-+:?[ \t]*\|[-|: \t]*\Z")
_NOTE = rare(r"[ \t]*(?:#|//) ")
_PROSE = rare(r"[A-Z][a-z']* [a-z]")
_LABEL = rare(r":[*_]*\s*\Z")
_RAGGED = 8  # characters by which wrapped lines differ
_CLOSE = 2  # characters by which the longest of them do


def within_line(at: Edges) -> str | None:
    """What stood between two texts that one line was cut into; `None` where none was.

    One was where a mark has lost its words, a row of a table its end, a line of a quote its
    mark, a fence or an element its end, or in code a string that of a sentence in it.
    """
    last, first, place = at.last, at.first, at.place
    if first.startswith("```"):
        return "" if last.endswith("`") and _PART_OF_FENCE.fullmatch(last) else None
    if first.startswith("</") and (tag := _CLOSES_TAG.match(first)):
        is_within = last.count(f"<{tag[1]}") > last.count(f"</{tag[1]}")
        return "" if is_within or (tag[1] in _IN_TEXT and not place.is_open) else None
    if place.is_open:
        quote = first[:1]
        is_quoted = quote in {'"', "'", "`"} and last.count(quote) % 2 == 1
        return "" if is_quoted and last[-1:] in _FULL_STOPS and place.in_code else None
    if first[:1] in _STOPS and (first.startswith("](") or _STOP_BEFORE.match(first)):
        return ""
    if is_row(last):
        is_torn = is_open_row(last, first) and not first.startswith("|")
    else:
        is_torn = last.startswith(">") and at.second.startswith(">") and not first.startswith(">")
    if is_torn or MARK.fullmatch(last):
        return "" if _is_name(at) else " "
    return None


def within_words_of_code(at: Edges) -> str | None:
    """A blank, where a sentence of code ends and the next begins: in a string, or in a comment.

    The string ends in the second text. Without a mark of its own a comment begins as no code does.
    Nothing, where who cuts at sentences took the full stop of a name for the end of one.
    """
    last, first = at.last, at.first
    if last[-1:] not in _FULL_STOPS or not first:
        return None
    if not at.habits.room and _CALLED.match(first) and _OF_CALL.search(last):
        return "" if not _COMMENT.search(last) else None
    if _NOTE.match(last):
        return " " if _PROSE.match(first) else None
    opened = _QUOTE.search(_STRING.sub("", last))
    if opened is None or opened[1] * 3 in last:  # a text over several lines
        return None
    return " " if opened[1] in first else None


def is_row(line: str) -> bool:
    """Whether a line is one of a table, as far as it goes."""
    return line.lstrip().startswith("|")


def is_open_row(last: str, first: str) -> bool:
    """Whether a row of a table may end in the next text."""
    return is_row(last) and not last.rstrip().endswith("|") and first.rstrip().endswith("|")


def are_of_a_log(last: str, after: str) -> bool:
    """Whether two lines begin with the same sign around a name, as those of a log do."""
    if last.lstrip()[:1] != after.lstrip()[:1]:
        return False
    words = last.split(maxsplit=1)
    if not words or words[0].isalnum() or words[:1] != after.split(maxsplit=1)[:1]:
        return False
    return any(map(str.isalnum, words[0]))


def within_sentences(at: Edges, width: int) -> str | None:
    """What stood where a line of prose was cut between two sentences; `None` where none was.

    One of wrapped prose was where the first line of the second text ends where the next word had
    room, or where both parts are just a line of that ``width``. A full stop within a name is no
    end of a sentence.
    """
    if _is_name(at):
        return ""
    last, first, below = at.last, at.first, at.second
    if last[-1:] == ">" or _NO_PROSE.match(first):
        return None
    item, other = ITEM.match(last), ITEM.match(below)
    if item and other and item[1] == other[1] and not _LABEL.search(first):
        return " "  # no paragraph but a label stands right above an item
    within = _indent_of_text(last)
    word = below.lstrip(" ").partition(" ")[0]
    if not word or within != indent_of(below) or _NO_PROSE.match(below, within):
        return None
    both = len(last) + 1 + len(first)
    had_room = within + len(first) + 1 + len(word) <= width - _RAGGED and both <= width + _RAGGED
    is_line = both <= width + _CLOSE and both + 1 + len(word) >= width - _CLOSE
    return " " if had_room or is_line else None


def beside_bare_row(at: Edges) -> str | None:
    """What stood above or below a row of a table whose rows begin without a sign; `None`: no such.

    Its head has a blank line above it. The rest of a row stands above another one. A row alone may
    be a sentence with a sign in it.
    """
    if "|" in at.first and not is_row(at.first) and _BARE_DELIMITER.match(at.second):
        return "\n\n"
    row = at.place.line
    if "|" not in row or is_row(row) or not at.place.style.has_bare_tables:
        return None
    block = at.before[at.before.rfind("\n\n") + 1 :].strip("\n").split("\n")
    if not all("|" in line for line in block[1:]):  # it may begin with the rest of a row
        return None
    if "|" in at.first:
        return None if is_row(at.first) else "\n"
    if "|" in at.second and not OPENS_BLOCK.match(at.first):
        return " "
    return "\n\n" if len(block) > 1 else None


def is_as_deep(at: Edges, indent: int) -> bool:
    """Whether a text is prose, and stands at an ``indent`` where the words above it do."""
    return not _NO_PROSE.match(at.first) and _indent_of_text(at.last) == indent


def _is_name(at: Edges) -> bool:
    """Whether a full stop that a text ends with is within a name."""
    return _STOP.search(at.last) is not None and _GOES_ON.match(at.after) is not None


def _indent_of_text(line: str) -> int:
    """Where the words of a line of prose begin, or of an item; -1 where it is neither."""
    if item := ITEM.match(line):
        return item.end() - 1
    indent = indent_of(line)
    return -1 if not line.strip() or _NO_PROSE.match(line, indent) else indent

"""Assemble: what stood between two texts of a page, told by the place where it was cut."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from string import ascii_lowercase, digits
from typing import NamedTuple

from sitegen.assemble.joining.edges import Edges
from sitegen.assemble.joining.indents import first_indent
from sitegen.assemble.joining.place import indent_of, is_in_tag
from sitegen.assemble.joining.style import FULL_STOPS, ITEM, OPENS_BLOCK
from sitegen.assemble.joining.torn import (
    are_of_a_log,
    beside_bare_row,
    is_as_deep,
    is_row,
    within_line,
    within_sentences,
    within_words_of_code,
)
from sitegen.scan.patterns import rare

_SENTENCE_ENDS = (*FULL_STOPS, *":;…：；؛|>")
_CLOSES_SENTENCE = "\"'”’»)]*_`"
_IN_SENTENCE = frozenset(f"{ascii_lowercase}(,.;)")
_IN_CODE = frozenset(f"{FULL_STOPS},;:，、；：،؛")  # where sentences, or parts of long ones, end
_OPENS_CODE = rare(r"(?:async )?(?:def|class|func|fn|function|export|public|@\w)\b|@")
_NOTE = rare(r"//|#(?!\w)|/\*")
_ROW_END = rare(r"\|[ \t]*\Z|^[ \t]*\|")  # a whole row, or the rest of one
_NEXT_ROW = rare(r"[ \t]*\|(?![^\n]*\n[ \t]*\|[ \t:]*-)")  # none that opens another table
_ADDRESS = rare(r"\[[^\]]+\]: *\S")
_OPENS_ADDRESS = rare(r" {0,3}\[[^\]]+\]:[ \t]*\Z")
_NEXT_ITEM = rare(rf"\n(?={ITEM.pattern}|[ \t]*\n)")
_FENCES = ("```", "~~~")
_LONG_LINE = 40  # characters; a line that long is prose, no label
_DIGIT = "0"
_DIGITS = frozenset(digits)


def between(at: Edges) -> str:
    """Guess what stood between two texts: a blank line, a line end, a blank or nothing.

    An indent that the second text has lost is given back.
    """
    habits, place = at.habits, at.place
    if habits.whole_blocks:
        return "\n\n" + " " * first_indent(at)
    if habits.hard and len(at.before) == habits.hard:
        return ""
    where = (_CODE if place.in_code else _COMMENT) if place.is_open else _PROSE
    begins, ends, one_line = at.first[:1], at.last.lstrip()[:1], len(at.last) == len(at.before)
    # Few signs are any rule's: with all others alike, what is asked is soon known.
    begins = begins if begins in _SIGNS else ""
    ends = ends if ends in _SIGNS else ""
    for rule in _rules(where, begins, ends, habits.room > 0, one_line):
        if (space := rule(at)) is not None:
            return space
    return _above_paragraph(at)


def _without_room(at: Edges) -> str | None:
    """A blank, where not even the next word fitted into a text: it was cut between two words."""
    word = at.after.split(maxsplit=1)[0]
    is_whole = _ends_sentence(at.before) and word[0] not in _IN_SENTENCE
    return " " if not is_whole and len(at.before) + 1 + len(word) >= at.habits.room else None


def _alike(at: Edges) -> str | None:
    """A line end, between lines of one table, quote, list of addresses or address."""
    last, first = at.last, at.first
    is_alike = (
        first[:1] in {" ", "\t"}
        or ("|" in last and _ROW_END.search(last) and _NEXT_ROW.match(at.after))
        or (last.startswith(">") and first.startswith(">"))
        or (_ADDRESS.match(last) and _ADDRESS.match(first))
        or _OPENS_ADDRESS.match(last)
    )
    return "\n" if is_alike else None


def _of_no_size(at: Edges) -> str | None:
    """What stands between texts that were not cut for want of room, but by sentences or tokens."""
    space = beside_bare_row(at)
    if space is None and at.habits.evenly:
        space = within_sentences(at, at.place.style.width)
    if space is None and 2 * len(at.before) < at.habits.usual:
        # Nobody cuts so small a piece, but items and sentences of them: it ended there.
        if at.place.in_list and ITEM.match(at.first):
            return None
        indent = first_indent(at)
        return " " if indent and is_as_deep(at, indent) else "\n\n" + " " * indent
    return space


def _end_of_code(at: Edges) -> str | None:
    if not at.after.startswith(_FENCES):
        return None
    return "\n" + " " * (first_indent(at) if at.place.fence_indent else 0)


def _in_code(at: Edges) -> str:
    """A line end, or a blank line where the splitter found one, or a new part begins."""
    last, after = at.place.line, at.after
    indent = first_indent(at)
    space = "\n" + " " * indent
    if at.habits.keeps_indents or after.lstrip().startswith(_FENCES):
        return space
    if last.lstrip().startswith(_FENCES) or are_of_a_log(last, after):
        return space
    ends_block = last.startswith(" ") and not indent and after[:1] not in ")]}"
    is_note = _NOTE.match(after) is not None and not _NOTE.match(last.lstrip())
    if ends_block or is_note or _OPENS_CODE.match(after) or not _is_fine_in_code(at):
        return "\n" + space
    return space


def _is_fine_in_code(at: Edges) -> bool:
    """Whether code was not cut at a blank line: there was none, or brackets are open.

    Who cuts between sentences cuts lines that end as none does at blank lines alone.
    """
    if not at.habits.room:
        end = at.last.rstrip(_CLOSES_SENTENCE)[-1:]
        return (
            not at.habits.by_sentences
            or end in _IN_CODE
            or at.place.brackets.are_open(at.place.line)
        )
    return not at.has_blank and (_is_fine(at) or at.place.brackets.are_open(at.place.line))


def _in_comment(at: Edges) -> str:
    return ("\n" if not at.habits.room or _is_fine(at) else "\n\n") + " " * first_indent(at)


def _in_tag(at: Edges) -> str | None:
    return _in_comment(at) if is_in_tag(at.before) else None


def _above_item(at: Edges) -> str | None:
    item = ITEM.match(at.first)
    if item is None:
        return None
    place, habits, fine = at.place, at.habits, _is_fine(at)
    is_tight = (
        fine
        or not habits.room
        or place.length > len(at.before)  # the rest of a line stays alone, as cut
        or _goes_on_list(at)
    )
    is_tight = is_tight and place.in_list and not place.style.is_loose(item[2], at.before, at.after)
    indent = first_indent(at, anywhere=fine and habits.refills)
    return ("\n" if is_tight else "\n\n") + " " * indent


def _above_block(at: Edges) -> str | None:
    if not OPENS_BLOCK.match(at.first):
        return None
    is_of_tag = at.last.lstrip().startswith("<") and _is_fine(at)
    return ("\n" if is_of_tag else "\n\n") + " " * first_indent(at)


def _above_paragraph(at: Edges) -> str:
    if (space := beside_bare_row(at)) is not None:
        return space
    if _goes_on(at):
        return " "
    ends = "\n\n" if not _is_fine(at) or _is_paragraph(at) else "\n"
    return ends + " " * first_indent(at)


_Ask = Callable[[Edges], str | None]


class _Rule(NamedTuple):
    """A rule, and what it is asked by; without a sign it is asked whatever stands there.

    ``where`` is code, a comment, or prose, or several of them. The signs of ``begins`` stand at the
    head of the second text, of ``ends`` at that of the last line of the first; one is enough.
    ``by_size`` is whether the texts are cut for want of room, ``one_line`` whether the first of
    them is one line; `None`: that is no matter.
    """

    ask: _Ask
    where: str
    begins: str = ""
    ends: str = ""
    by_size: bool | None = None
    one_line: bool | None = None


_CODE, _COMMENT, _PROSE = "code", "comment", "prose"
_EVERYWHERE = f"{_CODE} {_COMMENT} {_PROSE}"
_RULES = (  # the first that has an answer is right
    _Rule(within_line, _EVERYWHERE, "`<]\"'.,;!?", f"|>-*+{_DIGIT}"),
    _Rule(_without_room, f"{_CODE} {_PROSE}", by_size=True, one_line=True),
    _Rule(within_words_of_code, _CODE),
    _Rule(_alike, _PROSE, " \t|>[", "["),
    _Rule(_of_no_size, _PROSE, by_size=False),
    _Rule(_end_of_code, _CODE, "`~"),
    _Rule(_in_code, _CODE),
    _Rule(_in_comment, _COMMENT),
    _Rule(_in_tag, _PROSE),
    _Rule(_above_item, _PROSE, f"-*+{_DIGIT}"),
    _Rule(_above_block, _PROSE, "#`~<[$-*_."),
)


_SIGNS = _DIGITS.union(*(rule.begins + rule.ends for rule in _RULES))


@lru_cache(maxsize=4096)
def _rules(where: str, begins: str, ends: str, by_size: bool, one_line: bool) -> tuple[_Ask, ...]:
    """The rules to be asked there, where these characters stand."""
    begins, ends = (_DIGIT if sign in _DIGITS else sign for sign in (begins, ends))
    return tuple(
        rule.ask
        for rule in _RULES
        if where in rule.where
        and rule.by_size in {None, by_size}
        and rule.one_line in {None, one_line}
        and (
            (begins and begins in rule.begins)
            or (ends and ends in rule.ends)
            or not (rule.begins or rule.ends)
        )
    )


def _is_paragraph(at: Edges) -> bool:
    """Whether a line that had no room begins a paragraph, or what stands below an item."""
    last, first = at.last, at.first
    if ITEM.match(last) and first[:1].isupper() and at.place.in_list:
        # What goes on an item is indented, or in the middle of a sentence.
        return not at.place.style.wraps_items or _ends_sentence(last)
    return (
        _ends_sentence(last)
        and (is_row(last) or not _is_full(at.before, first))
        and not at.place.style.goes_on_in_line(at.before, first)
    )


def _goes_on_list(at: Edges) -> bool:
    """Whether an item that had room for its first line may follow the one above without a blank.

    Who cuts a list between items of several lines had room for all lines of the next, or for none.
    """
    habits, before = at.habits, at.before
    if ITEM.match(at.last):
        cuts_anywhere = habits.by_lines or habits.cuts_lines
        return cuts_anywhere or (not habits.refills and "\n\n" not in before)
    if habits.refills or "\n\n" in before:
        return False
    end = _NEXT_ITEM.search(at.after)
    length = end.start() if end else len(at.after)
    is_list = sum(map(bool, map(ITEM.match, before.split("\n")))) > 1
    return is_list and len(before) + 1 + length >= habits.room


def _ends_sentence(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSES_SENTENCE).endswith(_SENTENCE_ENDS)


def _goes_on(at: Edges) -> bool:
    """Whether a line of prose ends and another begins in the middle of a sentence.

    A long line without a full stop does where the splitter did not look for blank lines first.
    """
    is_prose = (at.habits.by_lines or not at.habits.room) and len(at.last) >= _LONG_LINE
    if not is_prose and at.first[:1] not in _IN_SENTENCE:
        return False
    if _ADDRESS.match(at.last) or _ADDRESS.match(at.first):
        return False
    return not _ends_sentence(at.last) and not OPENS_BLOCK.match(at.last.lstrip())


def _is_full(before: str, first: str) -> bool:
    """Whether the next word had no room on the last of several lines."""
    *lines, last = before.split("\n")
    width = max(map(len, lines), default=0)
    return len(last) <= width < len(last) + 1 + len(first.split(" ", 1)[0])


def _is_fine(at: Edges) -> bool:
    """Whether a splitter that cuts at blank lines first had to cut within a block here.

    Then neither text holds a blank line, and the next line did not fit into the first.
    """
    habits = at.habits
    room, first, last = habits.room, len(at.first), len(at.last)
    if not room:
        return False
    if not habits.by_lines and last <= habits.overlap and last + 1 + first <= room:
        return False  # it would be there again
    length = len(at.before) + 1 + first
    if length < room and at.last[:1] == " " and not habits.keeps_indents:
        length += 2 * indent_of(at.last)  # both texts have lost an indent
    return length >= room and not at.has_blank

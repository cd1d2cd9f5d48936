"""Assemble: what stood between two texts of a page, told by the place where it was cut."""

from __future__ import annotations

import re

from sitegen.assemble.joining.habits import Habits, with_next
from sitegen.assemble.joining.indents import first_indent
from sitegen.assemble.joining.place import Place, indent_of, is_in_tag
from sitegen.assemble.joining.style import ITEM, OPENS_BLOCK
from sitegen.assemble.joining.torn import are_of_a_log, is_row, within_line, within_sentences

_SENTENCE_ENDS = tuple(".!?:;…。！？：；|>")
_CLOSES_SENTENCE = "\"'”’»)]*_`"
_IN_SENTENCE = re.compile(r"[a-z(,.;)]")
_OPENS_CODE = re.compile(r"(?:async )?(?:def|class|func|fn|function|export|public|@\w)\b|@")
_NOTE = re.compile(r"//|#(?!\w)|/\*")
_ROW_END = re.compile(r"\|[ \t]*\Z|^[ \t]*\|")  # a whole row, or the rest of one
_NEXT_ROW = re.compile(r"[ \t]*\|(?![^\n]*\n[ \t]*\|[ \t:]*-)")  # none that opens another table
_ADDRESS = re.compile(r"\[[^\]]+\]: *\S")
_OPENS_ADDRESS = re.compile(r" {0,3}\[[^\]]+\]:[ \t]*\Z")
_NEXT_ITEM = re.compile(rf"\n(?={ITEM.pattern}|[ \t]*\n)")
_LONG_LINE = 40  # characters; a line that long is prose, no label


def between(before: str, after: str, place: Place, habits: Habits) -> str:
    """Guess what stood between two texts: a blank line, a line end, a blank or nothing.

    ``before`` and ``after`` are the texts as the dataset has them, ``place`` that at the end of
    the first. An indent that the second text has lost is given back.
    """
    if habits.whole_blocks:
        return "\n\n" + " " * first_indent(before, after, place, anywhere=False)
    return _anywhere(before, after, place, habits)


def _anywhere(before: str, after: str, place: Place, habits: Habits) -> str:
    """What stood between texts that may also be cut within a block."""
    last, first = before[before.rfind("\n") + 1 :], after.partition("\n")[0]
    is_hard = habits.hard and len(before) == habits.hard
    if (torn := "" if is_hard else within_line(last, after, place)) is not None:
        return torn
    if _had_no_room(before, after, habits) and not place.in_comment:
        return " "
    if not place.is_open and (_are_alike(last, after) or first[:1] in {" ", "\t"}):
        return "\n"
    if not habits.room and not place.is_open:
        space = within_sentences(last, after, place.style.width) if habits.evenly else None
        if space is not None:
            return space
        if 2 * len(before) < habits.usual and not (place.in_list and ITEM.match(first)):
            return "\n\n"  # nobody cuts so small a piece, but items: it ended there
    return _above_line(before, after, place, habits)


def _above_line(before: str, after: str, place: Place, habits: Habits) -> str:
    """What stood above a text that begins a line, with the indent that it has lost."""
    fine = _is_fine(before, after, habits)
    anywhere = fine and habits.refills
    if place.in_code:
        has_blank = "\n\n" in before or "\n\n" in after
        fine = fine or not habits.room or (not has_blank and place.brackets.are_open(place.line))
        indent = first_indent(before, after, place, anywhere=anywhere)
        space = "\n" if habits.keeps_indents else _in_code(place.line, after, indent, fine=fine)
        return space + " " * indent
    if place.in_comment or is_in_tag(before):
        space = "\n" if fine or not habits.room else "\n\n"
    else:
        space = _in_prose(before, after, place, habits, fine=fine)
    if not space.endswith("\n"):
        return space
    return space + " " * first_indent(before, after, place, anywhere=anywhere)


def _are_alike(last: str, after: str) -> bool:
    """Whether lines of one table, quote, list of addresses or address follow each other."""
    is_table = "|" in last and _ROW_END.search(last) and _NEXT_ROW.match(after)
    is_quote = last.startswith(">") and after.startswith(">")
    is_list = _ADDRESS.match(last) and _ADDRESS.match(after)
    return bool(is_table or is_quote or is_list or _OPENS_ADDRESS.match(last))


def _in_code(last: str, after: str, indent: int, *, fine: bool) -> str:
    """A line end, or a blank line where the splitter found one, or a new part begins."""
    if after.lstrip().startswith(("```", "~~~")):
        return "\n"
    if last.lstrip().startswith(("```", "~~~")) or are_of_a_log(last, after):
        return "\n"
    ends_block = last.startswith(" ") and not indent and after[:1] not in ")]}"
    is_note = _NOTE.match(after) is not None and not _NOTE.match(last.lstrip())
    opens_block = is_note or _OPENS_CODE.match(after) is not None
    return "\n" if fine and not ends_block and not opens_block else "\n\n"


def _in_prose(before: str, after: str, place: Place, habits: Habits, *, fine: bool) -> str:
    last = before.rsplit("\n", 1)[-1]
    first = after.split("\n", 1)[0]
    if item := ITEM.match(first):
        is_tight = (
            fine
            or not habits.room
            or place.length > len(before)  # the rest of a line stays alone, as cut
            or _goes_on_list(before, after, habits)
        )
        is_tight = is_tight and place.in_list and not place.style.is_loose(item[2], before, after)
        return "\n" if is_tight else "\n\n"
    if OPENS_BLOCK.match(first):
        return "\n" if fine and last.lstrip().startswith("<") else "\n\n"
    if _goes_on(last, first, habits):
        return " "
    if not fine:
        return "\n\n"
    if ITEM.match(last) and first[:1].isupper() and place.in_list:
        # What goes on an item is indented, or in the middle of a sentence.
        goes_on = place.style.wraps_items and not _ends_sentence(last)
        return "\n" if goes_on else "\n\n"
    is_whole = (
        _ends_sentence(last)
        and (is_row(last) or not _is_full(before, first))
        and not place.style.goes_on_in_line(before, first)
    )
    return "\n\n" if is_whole else "\n"


def _goes_on_list(before: str, after: str, habits: Habits) -> bool:
    """Whether an item that had room for its first line may follow the one above without a blank.

    Who cuts a list between items of several lines had room for all lines of the next, or for none.
    """
    last = before[before.rfind("\n") + 1 :]
    if ITEM.match(last):
        cuts_anywhere = habits.by_lines or habits.cuts_lines
        return cuts_anywhere or (not habits.refills and "\n\n" not in before)
    if habits.refills or "\n\n" in before:
        return False
    end = _NEXT_ITEM.search(after)
    length = end.start() if end else len(after)
    is_list = sum(map(bool, map(ITEM.match, before.split("\n")))) > 1
    return is_list and len(before) + 1 + length >= habits.room


def _ends_sentence(text: str) -> bool:
    return text.rstrip().rstrip(_CLOSES_SENTENCE).endswith(_SENTENCE_ENDS)


def _goes_on(last: str, first: str, habits: Habits) -> bool:
    """Whether a line of prose ends and another begins in the middle of a sentence.

    A long line without a full stop does where the splitter did not look for blank lines first.
    """
    if _ends_sentence(last) or OPENS_BLOCK.match(last.lstrip()):
        return False
    is_prose = (habits.by_lines or not habits.room) and len(last) >= _LONG_LINE
    return is_prose or _IN_SENTENCE.match(first) is not None


def _is_full(before: str, first: str) -> bool:
    """Whether the next word had no room on the last of several lines."""
    *lines, last = before.split("\n")
    width = max(map(len, lines), default=0)
    return len(last) <= width < len(last) + 1 + len(first.split(" ", 1)[0])


def _had_no_room(before: str, after: str, habits: Habits) -> bool:
    """Whether not even the next word fitted into a text: it was cut between two words."""
    if not habits.room or "\n" in before:
        return False
    word = after.split(maxsplit=1)[0]
    is_whole = _ends_sentence(before) and not _IN_SENTENCE.match(word)
    return not is_whole and len(before) + 1 + len(word) >= habits.room


def ends_block(text: str, following: str, habits: Habits) -> bool:
    """Whether a text is the rest of a block that was too large for one text.

    The next paragraph had room in it, but what such a block was cut into stays apart.
    """
    return habits.refills and 0 < with_next(text, following) <= habits.room


def _is_fine(before: str, after: str, habits: Habits) -> bool:
    """Whether a splitter that cuts at blank lines first had to cut within a block here.

    Then neither text holds a blank line, and the next line did not fit into the first.
    """
    if not habits.room or "\n\n" in before or "\n\n" in after:
        return False
    first, last = len(after.partition("\n")[0]), len(before) - before.rfind("\n") - 1
    if not habits.by_lines and last <= habits.overlap and last + 1 + first <= habits.room:
        return False  # it would be there again
    lost = 0 if habits.keeps_indents else 2 * indent_of(before[len(before) - last :])
    return len(before) + 1 + first + lost >= habits.room  # both texts have lost an indent

"""Assemble: how a dataset was cut, as all its rows together show it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, pairwise

from msgspec import Struct

from sitegen.assemble.joining.overlap import repeats, shared
from sitegen.assemble.joining.style import OPENS_BLOCK
from sitegen.model import Chunk

LEAST_OVERLAP = 20
"""Characters that two texts share by no accident."""
SHORT_OVERLAP = 8
"""Characters that they share by no accident where texts of the dataset are known to overlap."""

_ANY_OVERLAP = 4  # characters; where one too many does no harm
_LEAST_LIMIT = 400  # characters
_LEAST_SIZE = 100  # characters; nobody cuts shorter texts
_OFTEN = 0.02  # share of the cuts that makes a habit
_RARELY = 0.01
_SELDOM = 0.125
_MOSTLY = 0.5
_WORD = re.compile(r"[a-z]+ ")
_FULL = 0.8  # a text of that much of the limit had little room for more
_MANY_FULL = 0.2
_FEW = 500  # one text of so many may be longer than the limit: it could not be cut


class Habits(Struct, frozen=True):
    """What the splitter of a dataset does.

    ``limit`` is the size that few texts are above, but 400 at least; ``usual`` is it without that.
    ``room`` is that which none is above and many are close to, so that what would still have fitted
    was put in; 0 if there is none. ``hard``: many texts are exactly as long as this, cut in the
    middle of words. ``cuts_sections``: a section goes over several rows. ``overlap``: nearly all
    rows that begin with the end of the one before do so with no more characters; 0 if that is no
    habit. ``widest``: no more have those that do not repeat themselves, but for few. ``in_words``:
    they begin with whole words. ``keeps_edges``: texts hold the white space that they were cut at.
    ``by_lines``: blank lines were none to the splitter, so that it cut paragraphs before it had to.
    ``keeps_indents``: texts begin with the indent of their first line. ``evenly``: most texts that
    another goes on are about as long as the longest, as texts are that end where they are full.
    ``refills``: whole paragraphs are put into a text as long as there is room, so that one without
    a blank line that had room for the next is the rest of a paragraph that was cut. ``cuts_lines``:
    texts end at any line, also those that hold blank lines. ``whole_blocks``: they are cut at blank
    lines alone, so that some without one are longer than all others.
    """

    limit: int = _LEAST_LIMIT
    usual: int = 0
    room: int = 0
    hard: int = 0
    cuts_sections: bool = False
    overlap: int = 0
    widest: int = 0
    in_words: bool = False
    keeps_edges: bool = False
    by_lines: bool = False
    keeps_indents: bool = False
    evenly: bool = False
    refills: bool = False
    cuts_lines: bool = False
    whole_blocks: bool = False


def goes_on(before: Chunk, after: Chunk) -> bool:
    """Whether a text stands under the same heading as the one before."""
    return after.anchor == before.anchor and after.headings == before.headings


def learn_habits(groups: Collection[Sequence[Chunk]], *, by_lines: bool = False) -> Habits:
    """Learn them from the chunks of all sources, each in their order."""
    lengths = [len(chunk.text) for group in groups for chunk in group]
    usual = _size(lengths)
    limit = max(_LEAST_LIMIT, usual)
    seams = cuts = sized = edged = indented = full = torn = 0
    overlaps: list[int] = []
    clear: list[int] = []
    needs: list[int] = []
    for group in groups:
        again = False
        for before, after in pairwise(group):
            seams += 1
            if not goes_on(before, after):
                again = False
            else:
                cuts += 1
                sized += again or 2 * len(before.text) > limit
                overlaps.append(shared(before.text, after.text, LEAST_OVERLAP))
                if overlaps[-1] and not repeats(before.text, after.text, overlaps[-1]):
                    clear.append(overlaps[-1])
                torn += not begins_words(before.text, overlaps[-1])
                needs.append(_needed(before.text, after.text, overlaps[-1]))
                full += 2 * len(before.text) > usual
                indented += after.text[:1] in {" ", "\t"}
                edged += before.text[-1:].isspace() or after.text[:1].isspace()
                again = True
    if not cuts:
        return Habits(limit, usual)
    longest = lengths[-1 - len(lengths) // _FEW]
    room = longest if _is_room(longest, lengths, list(filter(None, needs))) else 0
    cuts_lines = room > 0 and _cuts_lines(groups)
    return Habits(
        limit,
        usual,
        room,
        _hard(lengths),
        cuts > _OFTEN * seams and 2 * sized >= cuts,
        _most(sorted(filter(None, overlaps)), cuts),
        sorted(clear)[-1 - len(clear) // _FEW] if clear else 0,
        torn <= _RARELY * sum(map(bool, overlaps)),
        edged > _MOSTLY * cuts,
        by_lines,
        indented > _OFTEN * cuts,
        full > _MOSTLY * cuts,
        room > 0 and not by_lines and not cuts_lines and _refills(groups, room),
        cuts_lines,
        _keeps_blocks(groups),
    )


def begins_words(text: str, held: int) -> bool:
    """Whether the last ``held`` characters of a text begin with a whole word."""
    return held in {0, len(text)} or any(map(str.isspace, text[-held - 1 : -held + 1 or None]))


def with_next(text: str, after: str) -> int:
    """How long a text without a blank line would be with the paragraph that the next one begins.

    0 where that goes on in a further one.
    """
    end = -1 if "\n\n" in text else after.find("\n\n")
    return len(text) + len("\n\n") + end if end >= 0 else 0


def _refills(groups: Iterable[Sequence[Chunk]], room: int) -> bool:
    """Whether of texts without a blank line nearly only rests of paragraphs had room for more."""
    full = fit = rests = 0
    triples = chain.from_iterable(zip(g, g[1:], g[2:], strict=False) for g in groups)
    for above, text, after in triples:
        length = with_next(text.text, after.text)
        if not length or not (goes_on(above, text) and goes_on(text, after)):
            continue
        if "\n\n" not in above.text:
            rests += length <= room
        elif length <= room:
            fit += 1
        else:
            full += 1
    return fit <= _SELDOM * (full + fit) and rests > 0


def _keeps_blocks(groups: Collection[Sequence[Chunk]]) -> bool:
    """Whether texts end where the next whole block had no room, and no block is cut that has none.

    Some blocks of several lines are longer than all texts of several blocks then.
    """
    texts = [chunk.text for group in groups for chunk in group]
    room = max((len(text) for text in texts if "\n\n" in text), default=0)
    large = sum(len(text) > room and "\n" in text for text in texts)
    if room < _LEAST_SIZE or large <= 1:
        return False
    seams = fit = 0
    for before, after in chain.from_iterable(map(pairwise, groups)):
        seams += 1
        held = shared(before.text, after.text, _ANY_OVERLAP)
        block = after.text[held:].lstrip("\n").partition("\n\n")[0]
        fit += len(before.text) + len("\n\n") + len(block) <= room
    return fit <= _RARELY * seams


def _cuts_lines(groups: Iterable[Sequence[Chunk]]) -> bool:
    """Whether texts of several paragraphs often end in the middle of one, in a table or sentence.

    Who cuts at blank lines first ends these with a paragraph; in code such lines tell nothing.
    """
    seams = torn = 0
    for before, after in chain.from_iterable(map(pairwise, groups)):
        if "\n\n" not in before.text or "```" in before.text or "```" in after.text:
            continue
        last = before.text[before.text.rfind("\n") + 1 :]
        is_table = last.startswith("|") and after.text.startswith("|")
        is_wrapped = _WORD.match(after.text) and (last[-1:].isalnum() or last.endswith(","))
        seams += 1
        torn += bool(is_table or is_wrapped)
    return torn > _OFTEN * seams


def _needed(before: str, after: str, held: int) -> int:
    """How long a text would be with the paragraph that the next begins; 0 where that says nothing.

    It does where both texts go over several paragraphs: who cuts at blank lines first had to cut
    between whole ones.
    """
    end = after.find("\n\n", held + 1)
    is_prose = "\n\n" in before and not OPENS_BLOCK.match(after, held)
    return len(before) + len("\n\n") + end - held if is_prose and end > 0 else 0


def _is_room(longest: int, lengths: Sequence[int], needs: Sequence[int]) -> bool:
    """Whether texts are as long as they are for want of room, and not by a count of words."""
    full = sum(length >= _FULL * longest for length in lengths)
    had_room = sum(need <= longest for need in needs)
    is_full = longest >= _LEAST_SIZE and full > _MANY_FULL * len(lengths)
    return is_full and had_room <= _MOSTLY * len(needs)


def _hard(lengths: Sequence[int]) -> int:
    (length, count), *_ = Counter(lengths).most_common(1)
    is_habit = count > _MANY_FULL * len(lengths) and count > 1 and length >= _LEAST_SIZE
    return length if is_habit else 0


def _size(lengths: list[int]) -> int:
    """Guess the size at which texts were cut: few are longer (what could not be cut)."""
    lengths.sort()
    return lengths[-1 - len(lengths) // 20] if lengths else 0


def _most(overlaps: Sequence[int], cuts: int) -> int:
    """What nearly all overlaps are not above, if they are a habit."""
    return overlaps[-1 - len(overlaps) // 10] if len(overlaps) > _OFTEN * cuts else 0

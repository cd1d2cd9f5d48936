"""Assemble: how a dataset was cut, as all its rows together show it."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from sitegen.assemble.joining.cuts import LONG_OVERLAP, Cuts, Refills, look_for_cuts
from sitegen.assemble.joining.whole_blocks import keeps_blocks
from sitegen.assemble.joining.whole_lines import cut_at_lines, cut_by_count
from sitegen.assemble.parts import Parts
from sitegen.model import Chunk

_LEAST_LIMIT = 400  # characters
_LEAST_SIZE = 100  # characters; nobody cuts shorter texts
_OFTEN = 0.02  # share of the cuts that makes a habit
_RARELY = 0.01
_NOW_AND_THEN = 0.05
_A_FEW = 8  # cuts
_SELDOM = 0.125
_MOSTLY = 0.5
_FULL = 0.8  # a text of that much of the limit had little room for more
_MANY_FULL = 0.2
_FEW = 500  # one text of so many may be longer than the limit: it could not be cut


class Habits(Struct, frozen=True):
    """What the splitter of a dataset does.

    ``limit`` is the size that few texts are above, but 400 at least; ``usual`` is it without that.
    ``room`` is that which none is above and many are close to, so that what would still have fitted
    was put in; 0 if there is none. ``hard``: many texts are exactly as long as this, cut in the
    middle of words. ``cuts_sections``: a section goes over several rows; ``whole_sections``: hardly
    one does. ``overlap``: nearly all rows that begin with the end of the one before do so with no
    more characters; 0 if that is no habit. ``exactly``: all of them do with so few that only this
    shows it. ``widest``: no more have those that do not repeat themselves, but for few.
    ``in_words``: they begin with whole words. ``keeps_edges``: texts hold the white space that they
    were cut at. ``keeps_lines``: they hold whole lines as they are, and nothing of the line ends
    between them. ``by_lines``: blank lines were none to the splitter, so that it cut paragraphs
    before it had to. ``keeps_indents``: texts begin with the indent of their first line.
    ``evenly``: most texts that another goes on are about as long as the longest, as texts are that
    end where they are full. ``refills``: whole paragraphs are put into a text as long as there is
    room, so that one without a blank line that had room for the next is the rest of a paragraph
    that was cut. ``cuts_lines``: texts end at any line, also those that hold blank lines.
    ``whole_blocks``: they are cut at blank lines alone, so that some without one are longer than
    all others, or at headings that are not in them. ``by_sentences``: texts end with sentences and
    at blank lines, whatever their size. ``repeats``: some text begins with what the one before ends
    with, if by accident; where none does, no seam is asked for it.
    """

    limit: int = _LEAST_LIMIT
    usual: int = 0
    room: int = 0
    hard: int = 0
    cuts_sections: bool = False
    whole_sections: bool = False
    overlap: int = 0
    exactly: int = 0
    widest: int = 0
    in_words: bool = False
    keeps_edges: bool = False
    keeps_lines: bool = False
    by_lines: bool = False
    keeps_indents: bool = False
    evenly: bool = False
    refills: bool = False
    cuts_lines: bool = False
    whole_blocks: bool = False
    by_sentences: bool = False
    repeats: bool = True


def learn_habits(parts: Parts, *, by_lines: bool = False) -> Habits:
    """Learn them from the chunks of all sources, each in their order."""
    seen = parts.see(look_for_cuts, Cuts)
    cuts, lengths = seen.cuts, _Counts(seen.lengths)
    overlaps, clear = _Counts(seen.overlaps), _Counts(seen.clear)
    short = _Counts(seen.short)
    if short.total > max(_A_FEW, _OFTEN * cuts) >= overlaps.total:
        overlaps = clear = short  # an overlap of a few words
    usual = lengths.at_most(20)  # few are longer: what could not be cut
    limit = max(_LEAST_LIMIT, usual)
    if not cuts:
        return Habits(limit, usual)
    longest = lengths.at_most(_FEW)
    room = longest if _is_room(longest, lengths, _Counts(seen.needs)) else 0
    cuts_lines = room > 0 and cut_at_lines(seen.lines)
    keeps_edges = _keeps_edges(seen)
    is_habit = clear.total and overlaps.total > _OFTEN * cuts
    overlap = _usual_overlap(overlaps, clear) if is_habit else 0
    evenly = _Counts(seen.cut).above(usual / 2) > _MOSTLY * cuts
    sized = seen.after + _Counts(seen.begun).above(limit / 2)
    return Habits(
        limit,
        usual,
        room,
        _hard(lengths),
        cuts > _OFTEN * seen.seams and 2 * sized >= cuts,
        cuts <= _OFTEN * seen.seams,
        overlap,
        0 if overlap else _exact_overlap(seen),
        clear.at_most(_FEW),
        seen.torn <= _RARELY * overlaps.total,
        keeps_edges,
        not keeps_edges
        and seen.ended > _SELDOM * cuts
        and (cut_by_count(parts) or cut_at_lines(seen.lines)),
        by_lines,
        seen.indented > _OFTEN * cuts,
        evenly,
        room > 0 and not by_lines and not cuts_lines and _refills(seen.refills, room),
        cuts_lines,
        keeps_blocks(parts, seen.blocks, seen.seams)
        or (by_lines and not room and not evenly and _keeps_sentences(seen)),
        not room and not by_lines and seen.mid <= _NOW_AND_THEN * cuts,
        overlap > 0 or max(clear.counts, default=0) >= LONG_OVERLAP,
    )


class _Counts:
    """Numbers that were counted."""

    def __init__(self, counts: Mapping[int, int]) -> None:
        self.counts = counts
        self.total = sum(counts.values())

    def at_most(self, one_of: int) -> int:
        """The least number that at most one of so many is above; 0 where there are none."""
        rest = self.total // one_of
        for number in sorted(self.counts, reverse=True):
            rest -= self.counts[number]
            if rest < 0:
                return number
        return 0

    def above(self, least: float) -> int:
        """How many are above one."""
        return sum(count for number, count in self.counts.items() if number > least)


def _usual_overlap(overlaps: _Counts, clear: _Counts) -> int:
    """What nearly all overlaps are no longer than; where it shows, those that repeat nothing."""
    return clear.at_most(10) if 2 * clear.total > overlaps.total else overlaps.at_most(10)


def _keeps_sentences(seen: Cuts) -> bool:
    """Whether hardly any sentence is cut: who cuts at lines, but at headings alone, cuts none."""
    return seen.cuts > _A_FEW and seen.mid <= _RARELY * seen.cuts


def _exact_overlap(seen: Cuts) -> int:
    """The few characters that all texts share with the one before; signs alone may be an accident.

    Texts cut at every so many characters have such an overlap, whatever stands there.
    """
    if seen.cuts <= _A_FEW:
        return 0
    held = (n for n, count in seen.exact.items() if count == seen.cuts)
    return max((n for n in held if seen.worded[n] > _MOSTLY * seen.cuts), default=0)


def _keeps_edges(seen: Cuts) -> bool:
    """Whether texts hold what they were cut at: blanks now and then, or line ends nearly always."""
    # Tokens and sentences are often cut where no white space is, but who takes that off leaves no
    # blank at all; a few of them may be slips.
    if seen.within >= _A_FEW and seen.within > _NOW_AND_THEN * seen.cuts:
        return True
    # Lines that were put together again hold the ends of blank ones alone.
    least = _MOSTLY if seen.within > _SELDOM * seen.cuts else 1 - _SELDOM
    return seen.within + seen.ended > least * seen.cuts


def is_another(before: Chunk, chunk: Chunk, habits: Habits) -> bool:
    """Whether a chunk is another section than the one before, if it is called the same.

    It is where sections are not cut as a rule, unless the text before has the size at which all
    are. Headings alone say less than anchors do: hardly any section may be cut.
    """
    by_anchor = chunk.anchor and not habits.cuts_sections
    is_told = by_anchor or (chunk.headings and habits.whole_sections)
    return bool(is_told) and len(before.text) * 2 <= habits.limit


def with_next(text: str, after: str) -> int:
    """How long a text without a blank line would be with the paragraph that the next one begins.

    0 where that goes on in a further one.
    """
    end = -1 if "\n\n" in text else after.find("\n\n")
    return len(text) + len("\n\n") + end if end >= 0 else 0


def ends_block(text: str, following: str, habits: Habits) -> bool:
    """Whether a text is the rest of a block that was too large for one text.

    The next paragraph had room in it, but what such a block was cut into stays apart.
    """
    return len(text) + len("\n\n") < habits.room and 0 < with_next(text, following) <= habits.room


def _refills(seen: Refills, room: int) -> bool:
    """Whether of texts without a blank line nearly only rests of paragraphs had room for more."""
    others = _Counts(seen.others)
    fit = others.total - others.above(room)
    return fit <= _SELDOM * others.total and any(length <= room for length in seen.rests)


def _is_room(longest: int, lengths: _Counts, needs: _Counts) -> bool:
    """Whether texts are as long as they are for want of room, and not by a count of words."""
    full = sum(count for length, count in lengths.counts.items() if length >= _FULL * longest)
    had_room = needs.total - needs.above(longest)
    is_full = longest >= _LEAST_SIZE and full > _MANY_FULL * lengths.total
    return is_full and had_room <= _MOSTLY * needs.total


def _hard(lengths: _Counts) -> int:
    """The length that many texts have; of several the least."""
    length = min(lengths.counts, key=lambda length: (-lengths.counts[length], length))
    count = lengths.counts[length]
    is_habit = count > _MANY_FULL * lengths.total and count > 1 and length >= _LEAST_SIZE
    return length if is_habit else 0

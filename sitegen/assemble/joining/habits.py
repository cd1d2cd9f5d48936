"""Assemble: how a dataset was cut, as all its rows together show it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from itertools import chain, pairwise

from msgspec import Struct, field

from sitegen.assemble.joining.overlap import repeats, shared
from sitegen.assemble.joining.style import OPENS_BLOCK
from sitegen.assemble.joining.whole_blocks import keeps_blocks
from sitegen.assemble.joining.whole_lines import cut_at_lines, cut_by_count
from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.model import Chunk

LEAST_OVERLAP = 20
"""Characters that two texts share by no accident."""
SHORT_OVERLAP = 8
"""Characters that they share by no accident where texts of the dataset are known to overlap."""

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
    middle of words. ``cuts_sections``: a section goes over several rows. ``overlap``: nearly all
    rows that begin with the end of the one before do so with no more characters; 0 if that is no
    habit. ``widest``: no more have those that do not repeat themselves, but for few. ``in_words``:
    they begin with whole words. ``keeps_edges``: texts hold the white space that they were cut at.
    ``keeps_lines``: they hold whole lines as they are, and nothing of the line ends between them.
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
    keeps_lines: bool = False
    by_lines: bool = False
    keeps_indents: bool = False
    evenly: bool = False
    refills: bool = False
    cuts_lines: bool = False
    whole_blocks: bool = False


def goes_on(before: Chunk, after: Chunk) -> bool:
    """Whether a text stands under the same heading as the one before."""
    return after.anchor == before.anchor and after.headings == before.headings


class Cuts(Summary):
    """How many seams between texts there are, and ``cuts`` of sections; lengths are counted.

    ``lengths`` are those of texts, ``cut`` those of texts that another goes on, ``after`` how many
    of these go one on themselves, and ``begun`` the lengths of the others. ``overlaps`` and
    ``clear`` are what neighbours share, ``short`` the same of less than is no accident, ``needs``
    what `_needed` gives, 0 left out. The rest counts
    texts that are torn, or indented, and seams ``within`` a line and at its end whose white space
    a text holds. An indent is none that was cut at.
    """

    lengths: dict[int, int] = field(default_factory=dict)
    seams: int = 0
    cuts: int = 0
    cut: dict[int, int] = field(default_factory=dict)
    after: int = 0
    begun: dict[int, int] = field(default_factory=dict)
    overlaps: dict[int, int] = field(default_factory=dict)
    clear: dict[int, int] = field(default_factory=dict)
    needs: dict[int, int] = field(default_factory=dict)
    short: dict[int, int] = field(default_factory=dict)
    torn: int = 0
    indented: int = 0
    within: int = 0
    ended: int = 0


class Refills(Summary):
    """How long texts without a blank line would be with the next paragraph, counted.

    ``rests`` are below such a text too; those of the ``others`` begin a paragraph.
    """

    rests: dict[int, int] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)


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
    cuts_lines = room > 0 and cut_at_lines(parts)
    keeps_edges = _keeps_edges(seen)
    sized = seen.after + _Counts(seen.begun).above(limit / 2)
    return Habits(
        limit,
        usual,
        room,
        _hard(lengths),
        cuts > _OFTEN * seen.seams and 2 * sized >= cuts,
        _usual_overlap(overlaps, clear) if clear.total and overlaps.total > _OFTEN * cuts else 0,
        clear.at_most(_FEW),
        seen.torn <= _RARELY * overlaps.total,
        keeps_edges,
        not keeps_edges
        and seen.ended > _SELDOM * cuts
        and (cut_by_count(parts) or cut_at_lines(parts)),
        by_lines,
        seen.indented > _OFTEN * cuts,
        _Counts(seen.cut).above(usual / 2) > _MOSTLY * cuts,
        room > 0 and not by_lines and not cuts_lines and _refills(parts, room),
        cuts_lines,
        keeps_blocks(parts),
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


def look_for_cuts(groups: Rows) -> Cuts:
    """See where texts were cut, and how long they are."""
    seen = Cuts()
    counts = [Counter[int]() for _ in range(7)]
    lengths, cut, begun, overlaps, clear, needs, short = counts
    for group in groups.values():
        lengths.update(len(chunk.text) for chunk in group)
        again = False
        for before, after in pairwise(group):
            seen.seams += 1
            if not goes_on(before, after):
                again = False
                continue
            seen.cuts += 1
            cut[len(before.text)] += 1
            if again:
                seen.after += 1
            else:
                begun[len(before.text)] += 1
            held = shared(before.text, after.text, SHORT_OVERLAP)
            is_again = before.text == after.text
            if 0 < held < LEAST_OVERLAP:
                is_short = begins_words(before.text, held) and not is_again
                short[held] += is_short and not repeats(before.text, after.text, held)
                held = 0
            if held and not is_again:
                overlaps[held] += 1
                clear[held] += not repeats(before.text, after.text, held)
                seen.torn += not begins_words(before.text, held)
            if needed := _needed(before.text, after.text, held):
                needs[needed] += 1
            seen.indented += after.text[:1] in {" ", "\t"}
            ended = before.text.endswith("\n") or after.text.startswith("\n")
            seen.ended += ended
            seen.within += not ended and _keeps_blank(before.text, after.text)
            again = True
    *most, seen.needs, seen.short = map(dict, counts)
    seen.lengths, seen.cut, seen.begun, seen.overlaps, seen.clear = most
    return seen


def _keeps_blank(before: str, after: str) -> bool:
    """Whether a text ends or begins with one blank at a word, neither an indent nor a break."""
    if after[:1].isspace():
        return after[0] == " " and after[1:2].isalnum() and not before[-1:].isspace()
    return before[-1:] == " " and not before[-2:-1].isspace()


def _keeps_edges(seen: Cuts) -> bool:
    """Whether texts hold what they were cut at: blanks now and then, or line ends nearly always."""
    # Tokens and sentences are often cut where no white space is, but who takes that off leaves no
    # blank at all; a few of them may be slips.
    if seen.within >= _A_FEW and seen.within > _NOW_AND_THEN * seen.cuts:
        return True
    # Lines that were put together again hold the ends of blank ones alone.
    least = _MOSTLY if seen.within > _SELDOM * seen.cuts else 1 - _SELDOM
    return seen.within + seen.ended > least * seen.cuts


def begins_words(text: str, held: int) -> bool:
    """Whether the last ``held`` characters of a text begin with a whole word."""
    return held in {0, len(text)} or any(map(str.isspace, text[-held - 1 : -held + 1 or None]))


def with_next(text: str, after: str) -> int:
    """How long a text without a blank line would be with the paragraph that the next one begins.

    0 where that goes on in a further one.
    """
    end = -1 if "\n\n" in text else after.find("\n\n")
    return len(text) + len("\n\n") + end if end >= 0 else 0


def _refills(parts: Parts, room: int) -> bool:
    """Whether of texts without a blank line nearly only rests of paragraphs had room for more."""
    seen = parts.see(_look_for_refills, Refills)
    others = _Counts(seen.others)
    fit = others.total - others.above(room)
    return fit <= _SELDOM * others.total and any(length <= room for length in seen.rests)


def _look_for_refills(groups: Rows) -> Refills:
    rests, others = Counter[int](), Counter[int]()
    triples = chain.from_iterable(zip(g, g[1:], g[2:], strict=False) for g in groups.values())
    for above, text, after in triples:
        length = with_next(text.text, after.text)
        if length and goes_on(above, text) and goes_on(text, after):
            (others if "\n\n" in above.text else rests)[length] += 1
    return Refills(rests=dict(rests), others=dict(others))


def _needed(before: str, after: str, held: int) -> int:
    """How long a text would be with the paragraph that the next begins; 0 where that says nothing.

    It does where both texts go over several paragraphs: who cuts at blank lines first had to cut
    between whole ones.
    """
    end = after.find("\n\n", held + 1)
    is_prose = "\n\n" in before and not OPENS_BLOCK.match(after, held)
    return len(before) + len("\n\n") + end - held if is_prose and end > 0 else 0


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

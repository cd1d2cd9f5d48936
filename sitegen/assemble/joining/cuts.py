"""Assemble: where the rows of a dataset were cut, in figures; each text is looked at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import field

from sitegen.assemble.joining.style import OPENS_BLOCK
from sitegen.assemble.joining.whole_blocks import Blocks, see_blocks
from sitegen.assemble.joining.whole_lines import Lines, see_lines
from sitegen.assemble.parts import Rows, Summary
from sitegen.model import Chunk
from sitegen.scan.overlap import LEAST_OVERLAP, repeats, shared

SHORT_OVERLAP = 8
"""Characters that they share by no accident where texts of the dataset are known to overlap."""
_COMMAS = frozenset(",，、،")
_TINY = range(SHORT_OVERLAP - 1, 0, -1)
LONG_OVERLAP = 3 * LEAST_OVERLAP
"""Characters that they share by no accident where texts do not overlap as a habit."""


def goes_on(before: Chunk, after: Chunk) -> bool:
    """Whether a text stands under the same heading as the one before."""
    return after.anchor == before.anchor and after.headings == before.headings


def begins_words(text: str, held: int) -> bool:
    """Whether the last ``held`` characters of a text begin with a whole word."""
    if held in {0, len(text)}:
        return True
    return text[-held].isspace() or text[-held - 1].isspace()


class Refills(Summary):
    """How long texts without a blank line would be with the next paragraph, counted.

    ``rests`` are below such a text too; those of the ``others`` begin a paragraph.
    """

    rests: dict[int, int] = field(default_factory=dict)
    others: dict[int, int] = field(default_factory=dict)


class Cuts(Summary):
    """How many seams between texts there are, and ``cuts`` of sections; lengths are counted.

    ``lengths`` are those of texts, ``cut`` those of texts that another goes on, ``after`` how many
    of these go one on themselves, and ``begun`` the lengths of the others. ``overlaps`` and
    ``clear`` are what neighbours share, ``short`` the same of less than is no accident, ``needs``
    what `_needed` gives, 0 left out. ``exact`` counts the seams of pages all of which share so few
    characters, ``worded`` those of them that share a letter or a digit. The rest counts texts that
    are torn, or indented, and seams ``within`` a line and at its end whose white space a text
    holds. An indent is none that was cut at. Seams in the ``mid`` of a sentence are those that
    what may go on one follows a word at.
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
    exact: dict[int, int] = field(default_factory=dict)
    worded: dict[int, int] = field(default_factory=dict)
    torn: int = 0
    indented: int = 0
    within: int = 0
    ended: int = 0
    mid: int = 0
    lines: Lines = field(default_factory=Lines)
    blocks: Blocks = field(default_factory=Blocks)
    refills: Refills = field(default_factory=Refills)


def look_for_cuts(groups: Rows) -> Cuts:
    """See where texts were cut, and how long they are."""
    seen = Cuts()
    lengths, begun, cut = Counter[int](), Counter[int](), Counter[int]()
    for rows in groups.values():
        group = [chunk for chunk in rows if chunk.text]  # an empty one parts nothing
        texts = [chunk.text for chunk in group]
        blanks = [text.find("\n\n") for text in texts]
        lengths.update(map(len, texts))
        seen.seams += max(0, len(texts) - 1)
        see_lines(seen.lines, texts, blanks)
        see_blocks(seen.blocks, texts, blanks)
        goes = list(map(goes_on, group, group[1:]))
        if True in goes:
            _see_exact(seen, texts, goes)
            first, others = _see_seams(seen, texts, blanks, goes)
            begun.update(first)
            cut.update(first + others)
            seen.after += len(others)
    seen.lengths, seen.begun, seen.cut = dict(lengths), dict(begun), dict(cut)
    seen.cuts = sum(cut.values())
    return seen


def _see_seams(
    seen: Cuts, texts: Sequence[str], blanks: Sequence[int], goes: Sequence[bool]
) -> tuple[list[int], list[int]]:
    """See the seams of a page at which the next text ``goes`` on the one before.

    The answer is the lengths of the texts that go none on there, and of those that go one on too.
    """
    begun: list[int] = []
    after: list[int] = []
    again = is_rest = False
    seams = zip(texts, texts[1:], blanks, blanks[1:], goes, strict=False)
    for above, text, blank, below, is_cut in seams:
        if not is_cut:
            again = False
            continue
        length = len(above)
        (after if again else begun).append(length)
        if again and blank < 0 <= below:
            _count(seen.refills.rests if is_rest else seen.refills.others, length + 2 + below)
        # To ask for the first characters costs less than to call what asks for more.
        held = _see_overlap(seen, above, text) if text[:SHORT_OVERLAP] in above else 0
        if blank >= 0 and below >= 0 and (needed := _needed(length, text, below, held)):
            _count(seen.needs, needed)
        if text[0].isspace() or above[-1].isspace():
            _see_edges(seen, above, text)
        elif (above[-1].isalnum() or above[-1] in _COMMAS) and _may_go_on(text[0]):
            seen.mid += 1
        again, is_rest = True, blank < 0
    return begun, after


def _may_go_on(letter: str) -> bool:
    """Whether a sentence may go on with a letter: a small one, or one of a script without them."""
    return letter.islower() or (letter.isalpha() and letter.lower() == letter.upper())


def _see_exact(seen: Cuts, texts: Sequence[str], goes: Sequence[bool]) -> None:
    """Count the seams of a page if each of them shares just as many characters, though a few."""
    first = goes.index(True)
    for held in _TINY:
        if not texts[first].endswith(texts[first + 1][:held]):
            continue
        cut = [
            (a, b[:held]) for a, b, is_cut in zip(texts, texts[1:], goes, strict=False) if is_cut
        ]
        if all(above.endswith(head) for above, head in cut):
            _count(seen.exact, held, len(cut))
            _count(seen.worded, held, sum(any(map(str.isalnum, head)) for _, head in cut))


def _count(counts: dict[int, int], number: int, times: int = 1) -> None:
    counts[number] = counts.get(number, 0) + times


def _see_overlap(seen: Cuts, before: str, after: str) -> int:
    """Count what two texts share; the answer is how much, 0 where that may be an accident."""
    held = shared(before, after, SHORT_OVERLAP)
    if not held or before == after:
        return held if held >= LEAST_OVERLAP else 0
    opens = begins_words(before, held)
    is_clear = not repeats(before, after, held)
    if held < LEAST_OVERLAP:
        if opens and is_clear:
            _count(seen.short, held)
        return 0
    _count(seen.overlaps, held)
    if is_clear:
        _count(seen.clear, held)
    seen.torn += not opens
    return held


def _see_edges(seen: Cuts, before: str, after: str) -> None:
    """Count what white space a seam holds."""
    seen.indented += after[:1] in {" ", "\t"}
    ended = before.endswith("\n") or after.startswith("\n")
    seen.ended += ended
    seen.within += not ended and _keeps_blank(before, after)


def _keeps_blank(before: str, after: str) -> bool:
    """Whether a text ends or begins with one blank at a word, neither an indent nor a break."""
    if after[:1].isspace():
        return after[0] == " " and after[1:2].isalnum() and not before[-1:].isspace()
    return before[-1:] == " " and not before[-2:-1].isspace()


def _needed(length: int, after: str, blank: int, held: int) -> int:
    """How long a text would be with the paragraph that the next begins; 0 where that says nothing.

    It does where both texts go over several paragraphs: who cuts at blank lines first had to cut
    between whole ones.
    """
    end = blank if blank > held else after.find("\n\n", held + 1)
    is_prose = end > 0 and (after[held].isalpha() or not OPENS_BLOCK.match(after, held))
    return length + len("\n\n") + end - held if is_prose else 0

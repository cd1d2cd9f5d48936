"""Assemble: the rows of one source, in their order -> one text that knows its seams."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import chain, zip_longest
from operator import attrgetter

from msgspec import Struct
from msgspec.structs import replace

from sitegen.assemble.joining.cuts import (
    LONG_OVERLAP,
    SHORT_OVERLAP,
    begins_words,
    goes_on,
)
from sitegen.assemble.joining.edges import edges
from sitegen.assemble.joining.habits import Habits, ends_block, is_another
from sitegen.assemble.joining.indents import of_length
from sitegen.assemble.joining.place import Place
from sitegen.assemble.joining.seams import between
from sitegen.assemble.joining.style import Style
from sitegen.assemble.joining.torn import is_open_row
from sitegen.assemble.outline import Above
from sitegen.model import Chunk, Origin, Seam, Section
from sitegen.scan.overlap import LEAST_OVERLAP, repeats, shared, shared_lines

_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_OPENS_BLANK = frozenset(" \t\n")
_HEADING = re.compile(r"#{1,6}[ \t]+")
_WIDEST_GAP = 60  # characters; where more is missing, it is no white space but in rows of tables
_SLACK = 1.25  # so much may be longer than the longest, where texts are cut by words
_WORD = 4  # characters
# A member of an enumeration is looked up by a function, and each seam would ask for some.
_SECTION, _OFFSETS, _OVERLAP, _EDGES, _BLOCK, _GUESSED = Seam
_BETWEEN = attrgetter("between")


class Cut(Struct, frozen=True, gc=False):
    """How a text is joined to the one before: what stands between, what of it is there already."""

    seam: Seam
    between: str = ""
    shared: int = 0


class Joined(Struct, frozen=True):
    """The text of a page and its source map."""

    text: str
    sections: tuple[Section, ...]


def join_chunks(chunks: Sequence[Chunk], above: Sequence[Above], habits: Habits) -> Joined:
    """Join the texts of chunks and note where each begins.

    ``above`` says what stands above each chunk. A text that goes on in the next row
    is put together as it was before it was cut; a new section is preceded by a blank line.
    """
    texts: list[str] = []
    cuts: list[Cut] = []
    style: Style | None = None
    place: Place | None = None  # most pages need none
    fresh: list[str] = []  # what it has not seen yet

    def here() -> Place:
        """The place at the end of what is joined so far."""
        nonlocal style, place
        if place is None:
            style = style or _style(chunks, habits)
            place = Place(style)
        place.feed("".join(fresh))
        fresh.clear()
        return place

    before: Chunk | None = None
    for chunk, following in zip_longest(chunks, chunks[1:]):
        if before is None or not _continues(before, chunk, habits):
            _end_section(texts, cuts)
            cuts.append(Cut(_SECTION, "\n\n" if texts else ""))
            texts.append(chunk.text[_blank_lines(chunk.text) :])
            place, fresh = None, [texts[-1]]
            before = chunk
            continue
        cut = _cut(before, chunk, here, habits, following)
        text = chunk.text[cut.shared :]
        cuts.append(cut)
        texts.append(text)
        fresh += (cut.between, text)
        if chunk.text:  # an empty one parts nothing
            before = chunk
    _end_section(texts, cuts)
    return _with_map(chunks, above, texts, cuts)


def _style(chunks: Sequence[Chunk], habits: Habits) -> Style:
    by_blocks = habits.room > 0 and not habits.by_lines and not habits.cuts_lines
    return Style([chunk.text for chunk in chunks], by_blocks=by_blocks)


def _continues(before: Chunk, chunk: Chunk, habits: Habits) -> bool:
    """Whether a chunk goes on the text of the one before."""
    if chunk.anchor or chunk.headings:
        return goes_on(before, chunk) and not is_another(before, chunk, habits)
    return not (before.anchor or before.headings)


def _blank_lines(text: str) -> int:
    """How long the blank lines are that a text begins with."""
    blank = _BLANK_LINES.match(text)
    return blank.end() if blank else 0


def _end_section(texts: list[str], cuts: list[Cut]) -> None:
    """Take the line ends off the end of the last section."""
    for index in range(len(texts) - 1, -1, -1):
        texts[index] = texts[index].rstrip("\n")
        if texts[index] or cuts[index].seam is _SECTION:
            return
        cuts[index] = replace(cuts[index], between="")


def _cut(
    before: Chunk,
    chunk: Chunk,
    here: Callable[[], Place],
    habits: Habits,
    following: Chunk | None,
) -> Cut:
    """Decide how a text goes on: as its offsets say, as the texts agree, or as it looks."""
    text, after = before.text, chunk.text
    if before.start is not None and (gap := _gap(before, chunk)) is not None:
        if gap <= 0:
            return Cut(_OFFSETS, "", min(-gap, len(after)))
        return Cut(_OFFSETS, of_length(gap, edges(text, after, here(), habits)))
    exact = habits.exactly
    if held := _exactly(text, after, exact) if exact else _overlap(text, after, habits):
        return Cut(_OVERLAP, "", held)
    if habits.keeps_lines or habits.keeps_edges or text.isspace() or not after.strip():
        return Cut(_EDGES, "\n" if habits.keeps_lines else "")
    space = between(edges(text, after, here(), habits))
    if space[:2] != "\n\n":
        return Cut(_GUESSED, space)
    if (
        habits.refills
        and following
        and ends_block(after, following.text, habits)
        and _continues(chunk, following, habits)
    ):
        space = space[1:]
    return Cut(_BLOCK if space[:2] == "\n\n" else _GUESSED, space)


def _gap(before: Chunk, chunk: Chunk) -> int | None:
    """How many characters of the source stand between two texts; negative where they overlap.

    ``None`` where the dataset does not say it, or what it says does not fit the texts.
    """
    if before.start is None or chunk.start is None or before.start < 0:
        return None
    gap = chunk.start - before.start - len(before.text)
    if gap >= 0:
        last, first = before.text[before.text.rfind("\n") + 1 :], chunk.text.partition("\n")[0]
        return gap if gap <= _WIDEST_GAP or is_open_row(last, first) else None
    end = before.text[gap:] if -gap <= len(before.text) else ""
    fits = chunk.text.startswith(end) or end.startswith(chunk.text)
    return gap if end and fits else None


def _exactly(before: str, after: str, held: int) -> int:
    """How many characters texts share that share just so many, or as many as there are."""
    return min(held, len(after)) if before.endswith(after[:held]) else 0


def _overlap(before: str, after: str, habits: Habits) -> int:
    """How many characters of a text the one before holds already."""
    if not habits.repeats:
        return _heading_again(before, after) if after[:1] == "#" else 0
    is_short = habits.overlap <= LEAST_OVERLAP
    least = (_WORD if is_short else SHORT_OVERLAP) if habits.overlap else LONG_OVERLAP
    head = after[:least]
    # To ask for the first characters costs less than to call what asks for more.
    is_there = head in before
    if is_there and (held := shared(before, after, least)):
        widest = habits.widest if habits.overlap else 0
        if held > _SLACK * widest and repeats(before, after, held):
            # Lines that repeat themselves go on so; they are not there twice.
            return shared(before[-widest:], after, least) if widest else 0
        if _is_of_heading(before, held) or (before == after and not repeats(before, after, held)):
            return 0  # a row that says the same as the one before is another one
        if _is_overlap(before, after, held, habits):
            return held
    if habits.overlap:
        return shared_lines(before, after) if is_there or "\n" in head else 0
    return _heading_again(before, after) if after.startswith("#") else 0


def _is_of_heading(before: str, held: int) -> bool:
    """Whether the text below a heading begins with words of it."""
    last = before[before.rfind("\n") + 1 :]
    if last[:1] != "#":
        return False
    if _HEADING.match(last) and held < min(len(last), LEAST_OVERLAP):
        return True
    return _HEADING.fullmatch(last[:-held]) is not None


def _is_overlap(before: str, after: str, held: int, habits: Habits) -> bool:
    """Whether texts share as much as no accident does; a few characters if they are whole words."""
    opens = begins_words(before, held)
    if held >= LEAST_OVERLAP and (opens or not habits.in_words):
        return True
    return opens and (held == len(after) or any(map(str.isspace, after[held - 1 : held + 1])))


def _heading_again(before: str, after: str) -> int:
    """How long a heading is that a text ends with and the next begins with: it stood there once."""
    first = after.partition("\n")[0]
    is_again = before.endswith(f"\n{first}") and _HEADING.match(first)
    return len(first) if is_again else 0


def _with_map(
    chunks: Sequence[Chunk],
    above: Sequence[Above],
    texts: Sequence[str],
    cuts: Sequence[Cut],
) -> Joined:
    pieces = zip(map(_BETWEEN, cuts), texts, strict=True)
    page = "".join(chain.from_iterable(pieces)) + "\n"
    sections: list[Section] = []
    end = seen = opens = line = 0  # of texts, of what is counted, of the line
    for chunk, (anchor, headings), text, cut in zip(chunks, above, texts, cuts, strict=True):
        start = end + len(cut.between)
        end = start + len(text)
        if text[:1] in _OPENS_BLANK:
            start += _blank_lines(text)  # a text begins where it says something
        if ends := page.count("\n", seen, start):
            line += ends
            opens = start if page[start - 1] == "\n" else page.rfind("\n", seen, start) + 1
        seen = start
        seam, row = cut.seam, chunk.row
        if seam is not _SECTION:
            anchor, headings = "", ()  # noqa: PLW2901
        origins = chunk.origins if row is not None else _origins(chunk)
        section = Section(
            line,
            anchor,
            chunk.id,
            chunk.file,
            row,
            headings,
            start - opens,
            cut.shared,
            seam,
            origins,
        )
        sections.append(section)
    return Joined(page, tuple(sections))


def _origins(chunk: Chunk) -> tuple[Origin, ...]:
    """Whose the lines of a page are, the blank ones at its head not counted."""
    blank = _BLANK_LINES.match(chunk.text)
    if blank is None:
        return chunk.origins
    above = blank[0].count("\n")
    moved = (each._replace(line=each.line - above) for each in chunk.origins)
    return (Origin(0, chunk.file, above), *moved)

"""Assemble: some chunks of a dataset -> how it was cut, in figures; nothing is joined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import quantiles

from msgspec import Struct

from sitegen.assemble.forms.context import without_context
from sitegen.assemble.forms.inverse import Forms, as_written, look_for_forms
from sitegen.assemble.grouping.groups import group_by_source
from sitegen.assemble.grouping.order import in_order, leave_parts_out, put_in_order
from sitegen.assemble.joining.cuts import goes_on
from sitegen.assemble.joining.habits import Habits, learn_habits
from sitegen.assemble.parts import Parts
from sitegen.errors import Diagnostic
from sitegen.model import Chunk
from sitegen.scan import atx_headings
from sitegen.scan.overlap import LEAST_OVERLAP, shared

_MOSTLY = 0.5
_SOME = 0.1


class Shape(Struct, frozen=True):
    """How a dataset was cut.

    ``rows_are``: pages, sections, parts of sections, or parts of pages. ``size`` is that which
    texts were cut at, and ``overlap`` the most that neighbours share, in characters; 0 for none.
    ``headings`` stand in the text, in columns, or are anchors alone; else there are none.
    ``order`` is our column that tells it, or empty: the rows do. ``shared`` is the part of all
    text that is there twice. ``pages`` is how many the rows are of.
    """

    rows_are: str
    size: int
    overlap: int
    headings: str
    order: str
    shared: float
    repeats_headings: bool
    marks_blank_lines: bool
    pages: int


def shape_of(chunks: Sequence[Chunk], notices: list[Diagnostic]) -> Shape:
    """See how chunks were cut, and add what is doubtful to ``notices``.

    Raises:
        ReadError: the same place of a source is claimed by chunks with different texts.
    """
    pages = group_by_source(chunks, notices)
    count = len(pages)
    parts = Parts(pages)
    leave_parts_out(parts, notices)
    told = Counter(in_order(list(group))[1] for group in parts.all().values() if len(group) > 1)
    put_in_order(parts, notices)
    notices += parts.see(look_for_forms, Forms).notices
    marked = as_written(parts, notices)
    groups = parts.all()
    without_context(parts, parts.see(look_for_forms, Forms).context)
    bare = parts.all()
    repeats = any(
        a.text != b.text
        for source, group in groups.items()
        for a, b in zip(group, bare[source], strict=True)
    )
    habits = learn_habits(parts, by_lines=marked)
    overlaps = _overlaps(bare.values()) if habits.overlap else []
    rows_are = _unit(list(bare.values()), habits)
    return Shape(
        rows_are,
        0 if rows_are in {"pages", "sections"} else habits.hard or habits.room,
        _most(overlaps),
        _headings(list(bare.values())),
        told.most_common(1)[0][0] if told else "",
        sum(overlaps) / max(1, sum(len(chunk.text) for chunk in chunks)),
        repeats,
        marked,
        count,
    )


def _overlaps(groups: Iterable[Sequence[Chunk]]) -> list[int]:
    """How many characters neighbours share, where they do."""
    lengths = [
        shared(before.text, after.text, LEAST_OVERLAP)
        for group in groups
        for before, after in pairwise(group)
        if goes_on(before, after)
    ]
    return [length for length in lengths if length]


def _most(lengths: Sequence[int]) -> int:
    """What nearly all of some lengths are below."""
    return round(quantiles([0, *lengths], n=20)[-1]) if lengths else 0


def _unit(groups: Sequence[Sequence[Chunk]], habits: Habits) -> str:
    several = sum(len(group) > 1 for group in groups)
    if several <= _SOME * len(groups):
        return "pages"
    has_sections = any(chunk.anchor or chunk.headings for group in groups for chunk in group)
    if has_sections:
        return "parts of sections" if habits.cuts_sections else "sections"
    seams = sum(len(group) - 1 for group in groups)
    opened = sum(chunk.text.startswith("#") for group in groups for chunk in group[1:])
    return "sections" if opened > (1 - _SOME) * seams else "parts of pages"


def _headings(groups: Sequence[Sequence[Chunk]]) -> str:
    """Where the headings of most pages are."""
    in_text = sum(
        any(True for _ in atx_headings(line for c in group for line in c.text.split("\n")))
        for group in groups
    )
    if in_text > _MOSTLY * len(groups):
        return "text"
    chunks = [chunk for group in groups for chunk in group]
    if sum(bool(chunk.headings) for chunk in chunks) > _SOME * len(chunks):
        return "columns"
    if sum(bool(chunk.anchor) for chunk in chunks) > _SOME * len(chunks):
        return "anchors"
    return "text" if in_text > _SOME * len(groups) else "none"

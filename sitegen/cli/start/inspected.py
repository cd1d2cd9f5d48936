"""A look at a dataset before its build: what it is, how it is read, what a build will give."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from sitegen.assemble.grouping.order import NAME_ORDER
from sitegen.assemble.shape import Shape, shape_of
from sitegen.cli.printing import count
from sitegen.cli.start.settings import Settings, settings_text
from sitegen.cli.start.unused import looks_like
from sitegen.errors import Diagnostic, Severity
from sitegen.read.columns.makers import maker_of
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import LEVELS, NAMES, level_of
from sitegen.read.excerpt import Excerpt, take_excerpt

if TYPE_CHECKING:
    from sitegen.config import Config

_TOLD_ELSEWHERE = frozenset({"column-guessed"})
_UNSTRUCTURED = "unstructured"
_HEADINGS = {
    "text": "headings stand in the text",
    "columns": "headings come from columns",
    "anchors": "headings are restored from their anchors",
    "none": "no headings: each page is one text",
}


class Read(Struct, frozen=True):
    """A column that is read as one of ours, and why."""

    ours: str
    theirs: str
    type: str
    why: str


class Unused(Struct, frozen=True):
    """A column that nothing is read from; ``like`` is which of ours it could be, or empty."""

    name: str
    type: str
    like: str


class Inspected(Struct, frozen=True):
    """What a look at a dataset shows. Numbers are exact if ``is_whole``: all of it was read.

    ``lie_apart``: rows of a page are not one after the other; then there may be more pages.
    """

    files: int
    kind: str
    rows: int
    pages: int
    is_whole: bool
    lie_apart: bool
    maker: str
    shape: Shape
    columns: tuple[Read, ...]
    unused: tuple[Unused, ...]
    order: str
    doubts: tuple[Diagnostic, ...]
    gives: tuple[str, ...]
    settings: str


def inspect_data(config: Config, inputs: Sequence[str]) -> Inspected:
    """Look at the input of a configuration; ``inputs`` is how one would write it.

    Raises:
        ReadError: what is looked at is not as it must be.
    """
    excerpt = take_excerpt(config.input, config.columns, config.config_name, config.exclude)
    shape = shape_of(excerpt.chunks, excerpt.notices)
    if sources := len({chunk.source for chunk in excerpt.chunks}):  # one is not always a page
        excerpt.pages = round(excerpt.pages * shape.pages / sources)
    if maker_of(excerpt.columns) == _UNSTRUCTURED and shape.rows_are == "parts of pages":
        shape = replace(shape, rows_are="elements", size=0)
    if excerpt.lie_apart and shape.rows_are == "pages":
        told = next((ours for ours in ("order", "start") if ours in excerpt.chosen), "")
        shape = replace(shape, rows_are="parts of pages", order=told)
    columns = {ours: c.name for ours, c in excerpt.chosen.items() if c.name != ours}
    refused: dict[str, str | bool] = {
        ours: False for ours, theirs in config.columns.items() if not theirs
    }
    values = {"config_name": config.config_name} if config.config_name else {}
    settings = Settings(inputs, values, columns=refused | columns, pinned=True)
    return Inspected(
        excerpt.files,
        excerpt.kind,
        excerpt.rows,
        excerpt.pages,
        excerpt.is_whole,
        excerpt.lie_apart,
        _maker(excerpt, shape),
        shape,
        tuple(_read(excerpt, config)),
        tuple(_unused(excerpt)),
        _order(excerpt, shape),
        tuple(_doubts(excerpt, shape)),
        tuple(_gives(excerpt, shape)),
        settings_text(settings),
    )


def pages_of(seen: Excerpt | Inspected) -> str:
    """How many pages there are, as far as what was looked at tells."""
    about = "at least " if seen.lie_apart else "about "
    return f"{'' if seen.is_whole else about}{count(seen.pages, 'page')}"


def _maker(excerpt: Excerpt, shape: Shape) -> str:
    """Who wrote the rows, and by which of its splitters, as far as columns and texts tell."""
    maker = maker_of(excerpt.columns)
    at_headings = shape.marks_blank_lines or any(level in excerpt.chosen for level in LEVELS)
    if at_headings and maker in {"", "LangChain"}:
        return "LangChain, split at headings" + (" and by size" if shape.size else "")
    return "LangChain recursive" if maker == "LangChain" and shape.size else maker


def _read(excerpt: Excerpt, config: Config) -> Iterator[Read]:
    for ours, column in excerpt.chosen.items():
        why = "configured" if ours in config.columns else _why(ours, column, excerpt)
        yield Read(ours, column.name, column.type, why)


def _why(ours: str, column: Column, excerpt: Excerpt) -> str:
    """Why a column is read as one of ours that nobody configured."""
    if ours == "source" and column == excerpt.chosen.get("url"):
        return "no column names a page, its url does"
    name = column.word
    place = f", in {'the JSON of ' if column.in_text else ''}{column.keys[0]!r}"
    where = place if len(column.keys) > 1 else ""
    if level_of(name):
        return f"its name: headings of level {level_of(name)}{where}"
    names = NAMES.get(ours, ())
    if ours == "heading" and name not in names:
        return f"it has the texts below their headings{where}"
    if name not in names:
        return f"nothing else names a page{where}"
    return f"{'its name' if name in {ours, names[0]} else 'a usual name'}{where}"


def _unused(excerpt: Excerpt) -> Iterator[Unused]:
    """The columns that nothing is read from, without those that only hold what others name."""
    used = {column.keys for column in excerpt.chosen.values()}
    known = set(excerpt.chosen)
    if excerpt.chosen and not any("/" in chunk.source for chunk in excerpt.chunks):
        known.discard("source")
    for column in excerpt.columns:
        if any(_is_within(keys, column.keys) or _is_within(column.keys, keys) for keys in used):
            continue
        cells = excerpt.cells.get(column, [])
        yield Unused(column.name, column.type, looks_like(cells, known))


def _is_within(keys: tuple[str, ...], others: tuple[str, ...]) -> bool:
    """Whether keys lead to, or into, what others lead to."""
    return keys[: len(others)] == others


def _order(excerpt: Excerpt, shape: Shape) -> str:
    if shape.order and shape.order in excerpt.chosen:
        name = excerpt.chosen[shape.order].name
        what = {"order": "numbers", "start": "places", "id": "numbers in the ids"}[shape.order]
        return f"by the {what} of {name!r}"
    return "one row a page" if shape.rows_are == "pages" else "as the rows stand"


def _doubts(excerpt: Excerpt, shape: Shape) -> Iterator[Diagnostic]:
    """What may be wrong; a row is named only where all were counted."""
    codes = set()
    for notice in excerpt.notices:
        codes.add(notice.code)
        if notice.code not in _TOLD_ELSEWHERE:
            row = notice.location.row if excerpt.is_whole else None
            yield replace(notice, location=replace(notice.location, row=row))
    if excerpt.lie_apart and not shape.order and "order-unknown" not in codes:
        yield Diagnostic(
            "order-unknown",
            Severity.WARNING,
            "the rows of pages lie apart, and nothing says in which order they come",
            help=NAME_ORDER,
        )


def _gives(excerpt: Excerpt, shape: Shape) -> Iterator[str]:
    """What a build makes of it, a sentence each."""
    yield pages_of(excerpt)
    yield _HEADINGS[shape.headings]
    if round(shape.shared, 3):
        yield f"rows overlap: {shape.shared:.1%} of the text is there twice, and is shown once"
    if shape.rows_are.startswith("parts"):
        yield "rows of a page are joined where they were cut"
    if shape.repeats_headings:
        yield "the headings that each text begins with are shown once"
    if shape.marks_blank_lines:
        yield "two blanks at the end of a line become the blank line that they stand for"
    if shape.rows_are == "elements":
        yield "titles, items, code and tables become Markdown again"

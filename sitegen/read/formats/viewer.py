"""Stage ``read``: text copied from the page of a dataset viewer -> rows.

Such text starts with the names of the columns, each with lines of statistics, and a line of
dashes. A row is its cells with `` | `` between them. Texts run over many lines and may hold tables
themselves. A null cell is left out altogether; its row is then followed by a line of one bar.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from sitegen.errors import Location, ReadError
from sitegen.read.columns.mapping import Column
from sitegen.read.columns.names import NAMES
from sitegen.read.files import InputFile
from sitegen.read.formats.llms import pages_in
from sitegen.read.rows import Batch, Table

SIZE_LIMIT = 64 << 20

_KNOWN = frozenset(name for names in NAMES.values() for name in names)
_RULE = re.compile(r"^[ \t]*\|?[ \t]*:?-{3,}:?[ \t]*(?:\|[ \t]*:?-{3,}:?[ \t]*)+\|?[ \t]*\n", re.M)
_FOOTER = "Subsets and Splits"

# What a cell of a column looks like tells the end of a row from a table in its text.
_CELL = {
    "text": r".*?",
    "url": r"[a-zA-Z][\w+.-]*+://[^|\s]*+",
    "section": r"#[^|\n]*+",
    "file_type": r"\.\w++",
    "id": r"[^|\s]++",
}
_ANY = r"[^|\n]++"
_MAY_BE_NULL = frozenset({"url", "section", "heading"})


def open_table(stream: BinaryIO, file: InputFile) -> Table:
    """Open text copied from a dataset viewer, or one of all pages of a site.

    Raises:
        ReadError: the text does not start as such texts do, or ends within a row.
    """
    text = stream.read(SIZE_LIMIT + 1).decode("utf-8-sig", errors="surrogateescape")
    text = text.replace("\r\n", "\n")
    if len(text) <= SIZE_LIMIT and (pages := pages_in(text)):
        return pages
    rule = _RULE.search(text[: 1 << 16])
    names = _header(text[: rule.start()]) if rule else []
    if not rule or len(names) < 2 or len(text) > SIZE_LIMIT:
        raise ReadError(
            "not text copied from a dataset viewer: column names and a line ---|---| are missing"
            if len(text) <= SIZE_LIMIT
            else f"longer than {SIZE_LIMIT >> 20} MiB",
            location=Location(file=file.name),
            help="read Markdown from a folder of .md files, datasets from Parquet, JSONL or CSV, "
            "all pages of a site from a text with the address of each above it: <!-- a.md -->",
        )
    start = rule.end()

    def batches(wanted: Sequence[Column]) -> Iterator[Batch]:
        places = [names.index(column.name) + 1 for column in wanted]
        for cells in _rows(text, start, _pattern(names), file):
            yield [[None if cell is None else cell.strip()] for cell in map(cells.group, places)]

    return Table([Column(name) for name in names], batches)


def _header(text: str) -> list[str]:
    """Take the name of each column: a line that is a known name, else the first line."""
    names = []
    for cell in text.strip().strip("|").split("|"):
        lines = [line.strip() for line in cell.splitlines() if line.strip()] or [""]
        names.append(next((line for line in lines if line in _KNOWN), lines[0].split(" ")[0]))
    return names


def _pattern(names: Sequence[str]) -> re.Pattern[str]:
    """Build the expression of a row: one group per column, in the order of the header."""
    ours = {theirs: name for name, known in NAMES.items() for theirs in known}
    kinds = [ours.get(name, "") for name in names]
    # Something certain must follow the text, or its first line end would be the row's.
    after = set(kinds[kinds.index("text") + 1 :]) if "text" in kinds else set(kinds)
    may_be_null = _MAY_BE_NULL if after - _MAY_BE_NULL else frozenset()
    cells = []
    bar = ""
    for kind in kinds:
        cell = f"{bar}({_CELL.get(kind, _ANY)})"
        cells.append(f"(?:{cell})?" if kind in may_be_null else cell)
        bar = r"(?:^|[ \t])\|[ \t]+" if kind == "text" else r"[ \t]*\|[ \t]+"
    end = r"[ \t]*(?:\|[ \t]*)?(?:\n\|[ \t]*)?(?:\n|\Z)"
    return re.compile("".join(cells) + end, re.M | re.S)


def _rows(text: str, at: int, row: re.Pattern[str], file: InputFile) -> Iterator[re.Match[str]]:
    count = 0
    while match := row.match(text, at):
        yield match
        count += 1
        at = match.end()
    rest = text[at:].strip()
    if rest and not rest.startswith(_FOOTER) and (" | " in rest or not count):
        raise ReadError(
            "the row has no end: its other cells are missing or not as in the header",
            location=Location(file=file.name, row=count),
            help="copy the whole rows, from the column names on",
        )

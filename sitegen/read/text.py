"""Stage ``read``: the characters of a cell -> text that every later stage can handle."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable, Iterator

from msgspec import Struct, field

from sitegen.errors import Diagnostic, Location, Severity
from sitegen.scan.days import day_of
from sitegen.scan.patterns import rare

TEXT_LIMIT = 16_000_000
"""The longest text of one row, in bytes of UTF-8."""

_SURROGATES = rare(r"[\ud800-\udfff]")


class Tally(Struct):
    """How often something happened, and the row where it happened first."""

    count: int = 0
    first: int | None = None

    def add(self, row: int | None) -> None:
        """Count one more."""
        if not self.count:
            self.first = row
        self.count += 1

    def add_all(self, after: Tally) -> None:
        """Count what happened in the rows that follow."""
        if not self.count:
            self.first = after.first
        self.count += after.count


class Repairs(Struct):
    """What had to be changed in the texts of one file."""

    file: str
    invalid: Tally = field(default_factory=Tally)
    cut: Tally = field(default_factory=Tally)
    undated: Tally = field(default_factory=Tally)
    packed: Tally = field(default_factory=Tally)

    def add(self, after: Repairs) -> None:
        """Count what had to be changed in the rows that follow."""
        self.invalid.add_all(after.invalid)
        self.cut.add_all(after.cut)
        self.undated.add_all(after.undated)
        self.packed.add_all(after.packed)

    def notices(self) -> Iterator[Diagnostic]:
        """Yield one warning per kind of change, at the first row that it befell."""
        for code, rows, message, help in (
            (
                "invalid-utf8",
                self.invalid,
                "texts with NUL or invalid UTF-8: {}; what is no character is shown as U+FFFD",
                "take NUL bytes out, and write the file again as UTF-8",
            ),
            (
                "text-cut",
                self.cut,
                f"texts longer than {TEXT_LIMIT // 1_000_000} MB: {{}}; the rest is not read",
                "split the text into rows of its sections",
            ),
            (
                "date-unreadable",
                self.undated,
                "cells of the column of last changes that name no day: {}",
                "write a day such as 2026-05-01, or leave the cell empty",
            ),
            (
                "elements-unreadable",
                self.packed,
                "rows whose orig_elements cannot be unpacked: {}; what they were made of is "
                "guessed from their texts",
                "write the rows again with the library that made them",
            ),
        ):
            if rows.count:
                place = Location(file=self.file, row=rows.first)
                yield Diagnostic(code, Severity.WARNING, message.format(rows.count), place, help)


def clean(text: str, row: int | None, repairs: Repairs) -> tuple[str, int]:
    """Give a text without surrogates, NUL, CR and BOM, cut at the limit, and its size in bytes."""
    if text[:1] == "\ufeff":
        text = text[1:]
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\0" in text:
        text = _SURROGATES.sub("\ufffd", text.replace("\0", "\ufffd"))
        repairs.invalid.add(row)
    text = valid(text, row, repairs)
    size = len(text) if text.isascii() else len(text.encode())
    if size > TEXT_LIMIT:
        text = text.encode()[:TEXT_LIMIT].decode(errors="ignore")
        repairs.cut.add(row)
        size = TEXT_LIMIT
    return text, size


def day(cell: object, row: int | None, repairs: Repairs) -> str:
    """The day that a cell names; an empty one names none, and so does one that cannot be read."""
    text = cell.strip() if isinstance(cell, str) else ""
    found = day_of(text)
    if not found and (text or cell):
        repairs.undated.add(row)
    return found


def valid(text: str, row: int | None, repairs: Repairs) -> str:
    """Give U+FFFD for lone surrogates: readers hand on bytes that are no UTF-8 as such."""
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        repairs.invalid.add(row)
        return _SURROGATES.sub("\ufffd", text)
    return text


def text_of(cell: str) -> str | None:
    """The text that a cell holds in base64, or as it is; none for the bytes of a picture."""
    try:
        data = b64decode(cell.replace("\r", "").replace("\n", ""), validate=True)
    except ValueError:
        return cell
    try:
        return data.decode()
    except ValueError:
        return None


def are_packed(cells: Iterable[object]) -> bool:
    """Whether more cells hold a text in base64 than one as it is."""
    texts = [(cell, text_of(cell)) for cell in cells if isinstance(cell, str) and cell]
    plain = sum(text == cell for cell, text in texts)
    return 2 * plain < sum(text is not None for _, text in texts)

"""Chunk: the build's reverse, a folder of doc-builder Markdown -> a chunk dataset."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.errors import ConfigError, Diagnostic, Location, ReadError, Severity, WriteError
from sitegen.model import Document, LinkSpace, Section
from sitegen.read import read
from sitegen.render.context import PageContext
from sitegen.render.parser import parser
from sitegen.scan import FenceScanner, atx_headings

COLUMNS = ("text", "source", "url", "source_section", "file_type", "id")


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a chunk dataset, its fields in the order of ``COLUMNS``; ``None`` is null."""

    text: str
    source: str
    url: str | None
    source_section: str | None
    file_type: str
    id: str


def write_chunks(
    folder: Path, output: Path, *, url_root: str, notices: list[Diagnostic]
) -> tuple[Row, ...]:
    """Chunk a folder of Markdown into a Parquet file and return its rows.

    The bytes depend on the pages, ``url_root`` and the version of pyarrow alone.

    Raises:
        ConfigError: the file would not be Parquet, or would lie in the folder.
        ReadError: the folder cannot be read or holds no Markdown.
        WriteError: the file cannot be written; an old one is untouched.
    """
    if output.suffix.lower() not in {".parquet", ".pq"}:
        raise ConfigError(
            f"chunks are written as Parquet, not as {output.name!r}",
            help="name a file that ends in .parquet",
        )
    if output.resolve().is_relative_to(folder.resolve()):
        raise ConfigError(
            f"{output.name!r} would lie in the folder of the pages",
            help="name a file outside of it",
        )
    rows = tuple(chunk_folder(folder, url_root=url_root, notices=notices))
    try:
        _write(rows, output)
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror or error}", location=Location(file=str(output))
        ) from error
    return rows


def chunk_folder(folder: Path, *, url_root: str, notices: list[Diagnostic]) -> Iterator[Row]:
    """Yield a row per section with text; pages and their sections count from 0 in the ids.

    Pages come in natural order of their paths. ``url_root`` is where the pages are published;
    without it ``url`` is null.

    Raises:
        ReadError: the folder cannot be read or holds no Markdown.
    """
    if not folder.is_dir():
        raise ReadError(f"no folder {str(folder)!r}", help="name a folder of Markdown pages")
    number = 0
    for page in read([str(folder.absolute())], {}, notices):
        if page.row is not None:
            raise ReadError(
                "this is a dataset already",
                location=Location(file=page.file),
                help="name a folder of Markdown pages",
            )
        path, dot, suffix = page.source.rpartition(".")
        address = f"{url_root.rstrip('/')}/{path}/" if url_root else None
        sections = list(split_sections(page.text))
        for index, (section, text) in enumerate(sections):
            url = address and address + (section or "")
            yield Row(text, page.source, url, section, dot + suffix, f"{number}_{index}")
        if not sections:
            message = "a page without text below its headings gives no chunk and is left out"
            place = Location(file=page.file, page=page.source)
            notices.append(Diagnostic("null-text", Severity.WARNING, message, place))
        number += bool(sections)


def split_sections(text: str) -> Iterator[tuple[str | None, str]]:
    """Split a page at its ATX headings outside code fences: section (``#anchor``) and text.

    Headings themselves, sections without text and empty lines around a text are left out; what
    stands above the first heading has no section. Headings in comments split too.
    """
    section: str | None = None
    lines: list[str] = []
    fences = FenceScanner()
    for line in text.split("\n"):
        heading = None if fences.feed(line) else next(atx_headings([line]), None)
        if heading is None:
            lines.append(line)
            continue
        yield from _section(section, lines)
        section, lines = f"#{_anchor(heading[2])}", []
    yield from _section(section, lines)


def _section(section: str | None, lines: Sequence[str]) -> Iterator[tuple[str | None, str]]:
    text = "\n".join(lines).strip("\n")
    if text.strip():
        yield section, text


def _anchor(heading: str) -> str:
    """Ask the parser itself, so that a chunk's section is the anchor that a build gives."""
    document = Document("", "", "", (Section(0, "", "", "", None),))
    env = {"page": PageContext(document, LinkSpace()), "headings": []}
    parser().parse(f"# {heading}", env)
    found = env["headings"]
    return found[0].id  # type: ignore[index,no-any-return]


def _write(rows: Sequence[Row], output: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 - `sitegen --help` must not load it
    import pyarrow.parquet as pq  # noqa: PLC0415

    schema = pa.schema([(name, pa.string()) for name in COLUMNS])
    table = pa.table({name: [getattr(row, name) for row in rows] for name in COLUMNS}, schema)
    output.parent.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(prefix=f".{output.name}.", dir=output.parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            pq.write_table(table, file, compression="zstd")
        Path(name).chmod(0o644)
        Path(name).replace(output)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise

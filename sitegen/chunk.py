"""Chunk: the build's reverse, a folder of doc-builder Markdown -> a chunk dataset."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import Struct

from sitegen.errors import ConfigError, Diagnostic, Location, ReadError, Severity, WriteError
from sitegen.limits.files import real
from sitegen.model import Document, LinkSpace, Section
from sitegen.read.inputs import read
from sitegen.render.context import PageContext
from sitegen.render.parser import parser
from sitegen.scan import FenceScanner, atx_headings
from sitegen.store.whole import draft_of

FORMS = ("sitegen", "seed", "langchain", "llamaindex")
"""Ours; ours without headings and levels; as `MarkdownHeaderTextSplitter`, `MarkdownNodeParser`."""
_SEED = ("text", "source", "url", "source_section", "file_type", "id")
COLUMNS = (*_SEED, "heading", "level")


class Row(Struct, frozen=True):
    """One row of a chunk dataset, its fields in the order of ``COLUMNS``; ``None`` is null."""

    text: str
    source: str
    url: str | None
    source_section: str | None
    file_type: str
    id: str
    heading: str | None = None
    level: int | None = None


class Part(NamedTuple):
    """The text under one heading: its section (``#anchor``), the heading's words and level."""

    section: str | None
    text: str
    heading: str | None = None
    level: int | None = None


def write_chunks(
    folder: Path, output: Path, *, url_root: str, notices: list[Diagnostic], form: str = FORMS[0]
) -> tuple[Row, ...]:
    """Chunk a folder of Markdown into a Parquet file and return its rows.

    The bytes depend on the pages, ``url_root``, the form and the version of pyarrow alone.

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
    if real(output).is_relative_to(real(folder)):
        raise ConfigError(
            f"{output.name!r} would lie in the folder of the pages",
            help="name a file outside of it",
        )
    pages = chunk_folder(folder, url_root=url_root, notices=notices, keep_empty=form != "seed")
    rows = tuple(pages)
    try:
        _write(in_form(rows, form), output)
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror or error}", location=Location(file=str(output))
        ) from error
    return rows


def chunk_folder(
    folder: Path, *, url_root: str, notices: list[Diagnostic], keep_empty: bool = True
) -> Iterator[Row]:
    """Yield a row per section; pages and their sections count from 0 in the ids.

    Pages come in natural order of their paths. ``url_root`` is where the pages are published;
    without it ``url`` is null. ``keep_empty``: a section without text is a row too.

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
        parts = [part for part in split_sections(page.text) if keep_empty or part.text.strip()]
        for index, (section, text, heading, level) in enumerate(parts):
            url = address and address + (section or "")
            place = (page.source, url, section, dot + suffix, f"{number}_{index}")
            yield Row(text, *place, heading, level)
        if not parts:
            message = "a page without text below its headings gives no chunk and is left out"
            notices.append(
                Diagnostic(
                    "null-text",
                    Severity.WARNING,
                    message,
                    Location(file=page.file, page=page.source),
                )
            )
        number += bool(parts)


def split_sections(text: str) -> Iterator[Part]:
    """Split a page at its ATX headings outside code fences.

    Headings themselves and empty lines around a text are left out; what stands above the first
    heading has no section. Headings in comments split too.
    """
    part = Part(None, "")
    lines: list[str] = []
    fences = FenceScanner()
    for line in text.split("\n"):
        found = None if fences.feed(line) else next(atx_headings([line]), None)
        if found is None:
            lines.append(line)
            continue
        yield from _ended(part, lines)
        _, level, words = found
        part, lines = Part(f"#{_anchor(words)}", "", words, level), []
    yield from _ended(part, lines)


def _ended(part: Part, lines: Sequence[str]) -> Iterator[Part]:
    """Yield a part with its text; what has neither a heading nor a text is none."""
    text = "\n".join(lines).strip("\n")
    if part.section is not None or text.strip():
        yield part._replace(text=text if text.strip() else "")


def in_form(rows: Sequence[Row], form: str) -> list[dict[str, object]]:
    """The rows as the columns of a form."""
    if form in {"sitegen", "seed"}:
        names = COLUMNS if form == "sitegen" else _SEED
        return [{name: getattr(row, name) for name in names} for row in rows]
    made: list[dict[str, object]] = []
    path: list[tuple[int, str]] = []
    for before, row in zip((None, *rows), rows, strict=False):
        if before is None or before.source != row.source:
            path = []
        level, words = row.level or 0, row.heading
        path = [step for step in path if step[0] < level] if words is not None else []
        if form == "langchain":
            own = {} if words is None else {f"Header {level}": words}
            above = {f"Header {step}": heading for step, heading in path}
            metadata: dict[str, object] = {"source": row.source, **above, **own}
            made.append({"page_content": row.text, "metadata": metadata})
        else:
            head = "" if words is None else f"{'#' * level} {words}\n\n"
            header_path = "".join(f"/{heading}" for _, heading in path) + "/"
            metadata = {"file_path": row.source, "header_path": header_path}
            made.append({"id_": row.id, "text": f"{head}{row.text}", "metadata": metadata})
        if words is not None:
            path.append((level, words))
    return made


def _anchor(heading: str) -> str:
    """Ask the parser itself, so that a chunk's section is the anchor that a build gives."""
    document = Document("", "", "", (Section(0, "", "", "", None),))
    env = {"page": PageContext(document, LinkSpace()), "headings": []}
    parser().parse(f"# {heading}", env)
    found = env["headings"]
    return found[0].id  # type: ignore[index,no-any-return]


def _schema(row: Mapping[str, object]) -> Any:
    """The columns of a form, whatever its first row lacks."""
    import pyarrow as pa  # noqa: PLC0415 - as below

    headers = ["source", *(f"Header {level}" for level in range(1, 7))]
    keys = headers if "page_content" in row else ["file_path", "header_path"]
    kinds = {"level": pa.int32(), "metadata": pa.struct([(key, pa.string()) for key in keys])}
    return pa.schema([(name, kinds.get(name, pa.string())) for name in row])


def _write(rows: Sequence[Mapping[str, object]], output: Path) -> None:
    import pyarrow as pa  # noqa: PLC0415 - `sitegen --help` must not load it
    import pyarrow.parquet as pq  # noqa: PLC0415

    table = pa.Table.from_pylist(list(rows), _schema(rows[0] if rows else dict.fromkeys(COLUMNS)))
    output.parent.mkdir(parents=True, exist_ok=True)
    with draft_of(output) as draft:
        pq.write_table(table, draft, compression="zstd")

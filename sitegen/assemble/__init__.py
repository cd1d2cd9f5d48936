"""Assemble: chunks are grouped by source, ordered and joined to documents with a source map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from sitegen.assemble.sources import common_root, identify, is_multilingual, language_of, segments
from sitegen.errors import Diagnostic, ReadError, Severity
from sitegen.model import Chunk, Document, LinkSpace, OwnPlace, Section
from sitegen.store.memory import Memory
from sitegen.urls import markdown_folders, natural_key, permalink

_DIGITS = re.compile(r"([0-9]+)")
_BLANK_LINES = re.compile(r"(?:[ \t]*\n)+")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_LIMIT = 65_536
_PLACES = (("order", "sidebar_position", "nav_order"), ("nav_title", "sidebar_label"), ("hidden",))
"""The keys of front matter that say where a page stands: ours first, then those of others."""
_LEAST_LIMIT = 400  # characters; nobody cuts texts shorter than that


@dataclass(frozen=True, slots=True)
class Assembled:
    """All documents in source order, and what links between them may name."""

    documents: list[Document]
    space: LinkSpace


def assemble(
    chunks: Iterable[Chunk], notices: list[Diagnostic], memory: Memory | None = None
) -> Assembled:
    """Put documents together again, whatever the order of the rows.

    Raises:
        ReadError: the same place of a source is claimed by chunks with different texts.
    """
    by_source: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        by_source.setdefault(chunk.source, []).append(chunk)
    limit = _size_limit(by_source.values())
    paths = {source: segments(source) for source in sorted(by_source)}
    files = {source for source, group in by_source.items() if group[0].row is None}
    root = common_root({source: path for source, path in paths.items() if source not in files})
    # Pages of a folder count from there, beside what a dataset's paths have below their root.
    paths |= {source: (*root, *paths[source]) for source in files}
    ids, renamed = identify(paths, root, notices)
    multilingual = is_multilingual(
        path[len(root) :] for path in paths.values() if path[: len(root)] == root
    )
    documents = []
    for source, document_id in ids.items():
        group = _ordered(document_id, by_source.pop(source), notices)  # texts are held once
        language = document_id.split("/")[0] if multilingual else language_of(root)
        given = (document_id, group, limit, language)
        make = partial(_document, *given)
        documents.append(memory.recall("join", source, given, make) if memory else make())
    folders = markdown_folders(permalink(document.id) for document in documents)
    space = LinkSpace(_old_roots(documents), tuple(renamed.items()), tuple(sorted(folders)))
    return Assembled(documents, space)


def _document(document_id: str, group: Sequence[Chunk], limit: int, language: str) -> Document:
    return _take_front_matter(replace(_join(document_id, group, limit), language=language))


def _size_limit(groups: Iterable[Sequence[Chunk]]) -> int:
    """Guess the size at which texts were cut: few are longer (what could not be cut)."""
    sizes = sorted(len(chunk.text) for group in groups for chunk in group)
    return max(_LEAST_LIMIT, sizes[-1 - len(sizes) // 20]) if sizes else _LEAST_LIMIT


def _ordered(document_id: str, group: list[Chunk], notices: list[Diagnostic]) -> list[Chunk]:
    """Order the chunks of one source by the numbers in their ids, else by file and row."""
    chunks: dict[object, Chunk] = {}
    dropped: list[Chunk] = []
    for chunk in sorted(group, key=lambda c: (natural_key(c.file), c.row or 0)):
        first = chunks.setdefault(chunk.id or len(chunks), chunk)
        if first is chunk:
            continue
        if (chunk.text, chunk.anchor) != (first.text, first.anchor):
            raise ReadError(
                f"chunk {chunk.id} of {chunk.source!r} stands at row {first.row} of {first.file} "
                f"and, with another text, at row {chunk.row} of {chunk.file}",
                help="give each chunk of a source its own id, or remove one of the two rows",
            )
        dropped.append(chunk)
    if dropped:
        notices.append(
            Diagnostic(
                "duplicate-chunk",
                Severity.INFO,
                f"{len(dropped)} exact duplicates of chunks of {group[0].source!r} left out",
                replace(dropped[0].location, page=document_id),
            )
        )
    return _by_numbers(list(chunks.values()))


def _by_numbers(chunks: list[Chunk]) -> list[Chunk]:
    """Order chunks by the numbers in their ids, if all ids are alike but for these."""
    parts = {chunk.id: _DIGITS.split(chunk.id) for chunk in chunks}
    words, *others = [each[::2] for each in parts.values()]
    if len(words) == 1 or any(each != words for each in others):
        return chunks

    def key(chunk: Chunk) -> tuple[list[tuple[int, str]], str]:
        # `int` refuses numbers that are very long.
        numbers = [digits.lstrip("0") for digits in parts[chunk.id][1::2]]
        return [(len(number), number) for number in numbers], chunk.id

    return sorted(chunks, key=key)


def _join(document_id: str, group: Sequence[Chunk], limit: int) -> Document:
    """Join chunk texts, a blank line between sections, and note where each begins."""
    texts: list[str] = []
    sections: list[Section] = []
    line = 0
    previous: Chunk | None = None
    for chunk in group:
        # A section cut for its size goes on under the same anchor: it gets no second heading.
        goes_on = (
            previous is not None
            and chunk.anchor == previous.anchor
            and len(previous.text) * 2 > limit
        )
        anchor = "" if goes_on else chunk.anchor
        sections.append(Section(line, anchor, chunk.id, chunk.file, chunk.row, chunk.heading))
        blank = _BLANK_LINES.match(chunk.text)
        text = chunk.text[blank.end() if blank else 0 :].rstrip("\n")
        texts.append(text)
        line += text.count("\n") + 2
        previous = chunk
    url = next((chunk.url.split("#")[0] for chunk in group if chunk.url), "")
    text = "\n\n".join(texts) + "\n"
    return Document(document_id, group[0].source, text, tuple(sections), url=url)


def _take_front_matter(document: Document) -> Document:
    """Read title and place from YAML front matter and blank it, so that line numbers stay."""
    match = _FRONT_MATTER.match(document.text[:_FRONT_MATTER_LIMIT])
    if match is None:
        return document
    import yaml  # noqa: PLC0415 - few datasets hold front matter

    try:
        # The base loader knows strings only: `2024-01-01` and `no` are titles, merges no bombs.
        table = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - it makes no objects
    except (yaml.YAMLError, RecursionError):
        return document  # a thematic break and text, not front matter
    if not isinstance(table, dict):
        return document
    blank = "\n" * match[0].count("\n")
    return replace(
        document,
        text=blank + document.text[match.end() :],
        title=_words(table, "title"),
        own_place=OwnPlace(*(_words(table, *names) for names in _PLACES)),
    )


def _words(table: Mapping[Any, Any], *names: str) -> str:
    """The text of the first of some keys that there is."""
    found = (table[name] for name in names if isinstance(table.get(name), str))
    return " ".join(next(found, "").split())


def _old_roots(documents: Sequence[Document]) -> tuple[str, ...]:
    """Find the old site's addresses: what stays of pages' URLs without their document ids."""
    roots: Counter[str] = Counter()
    for document in documents:
        url = document.url.rstrip("/")
        if url.endswith(f"/{document.id}"):
            roots[url.removesuffix(document.id)] += 1
    return tuple(root for root, count in sorted(roots.items()) if count * 2 > len(documents))

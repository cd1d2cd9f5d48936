"""Assemble: chunks -> the chunks of each page: by their source or, where that is none, by url."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from sitegen.assemble.sources import same_path
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk

_NUMBER = re.compile(r"(?:[-_#:.\s]+(?:chunk|part|section|split)?[-_#:.\s]*)?\d+$", re.IGNORECASE)
_MANY = 10


def group_by_source(chunks: Iterable[Chunk], notices: list[Diagnostic]) -> dict[str, list[Chunk]]:
    """Gather the chunks of each source, however its path is written.

    A source without a folder that has rows of several pages, by their urls, is the name of a
    project or of a file that is in many folders: its rows are gathered by url instead.
    """
    groups: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        groups.setdefault(same_path(chunk.source), []).append(chunk)
    notices += _odd_pages(groups)
    names = [source for source, group in groups.items() if _is_no_page(source, group)]
    for source in names:
        for chunk in groups.pop(source):
            page = _page(chunk) or source
            groups.setdefault(page, []).append(replace(chunk, source=page))
    if names:
        shown = ", ".join(map(repr, sorted(names)[:3])) + (", ..." if len(names) > 3 else "")
        notices.append(
            Diagnostic(
                "grouped-by-url",
                Severity.INFO,
                f"{len(names)} sources are no pages but hold several, by their urls: {shown}; "
                "rows are grouped by url",
                help="to group them by source all the same: columns = { url = false }",
            )
        )
    return groups


def _odd_pages(groups: Mapping[str, Sequence[Chunk]]) -> Iterator[Diagnostic]:
    """Yield what makes pages of a dataset look wrong: several urls each, or a number each."""
    many = {
        source: urls
        for source, group in groups.items()
        if not _is_no_page(source, group)
        and len(urls := {page for chunk in group if (page := _page(chunk))}) > 1
    }
    if many:
        source = min(many)
        yield Diagnostic(
            "urls-of-a-page",
            Severity.INFO,
            f"{len(many):,} pages have rows of several urls, such as {source!r}: "
            f"{', '.join(sorted(many[source])[:2])}",
            replace(groups[source][0].location, chunk_id=""),
            'name the column of the pages\' paths: columns = { source = "NAME" }',
        )
    rows = {source: group for source, group in groups.items() if group[0].row is not None}
    pages = {_NUMBER.sub("", source) for source in rows}
    if len(rows) >= _MANY and 2 * len(pages) <= len(rows) == sum(map(len, rows.values())):
        first = min(rows)
        yield Diagnostic(
            "page-per-row",
            Severity.WARNING,
            f"each row is a page of its own, such as {first!r}: the {len(rows):,} sources are "
            f"{len(pages):,} with a number each",
            replace(rows[first][0].location, chunk_id=""),
            'name the column of the pages\' paths: columns = { source = "NAME" }',
        )


def _is_no_page(source: str, group: Sequence[Chunk]) -> bool:
    if "/" in source or "\\" in source:
        return False
    return len({page for chunk in group if (page := _page(chunk))}) > 1


def _page(chunk: Chunk) -> str:
    return chunk.url.partition("#")[0]

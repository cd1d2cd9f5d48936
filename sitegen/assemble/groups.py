"""Assemble: chunks -> the chunks of each page: by their source or, where that is none, by url."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from sitegen.assemble.sources import same_path
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk


def group_by_source(chunks: Iterable[Chunk], notices: list[Diagnostic]) -> dict[str, list[Chunk]]:
    """Gather the chunks of each source, however its path is written.

    A source without a folder that has rows of several pages, by their urls, is the name of a
    project or of a file that is in many folders: its rows are gathered by url instead.
    """
    groups: dict[str, list[Chunk]] = {}
    for chunk in chunks:
        groups.setdefault(same_path(chunk.source), []).append(chunk)
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


def _is_no_page(source: str, group: list[Chunk]) -> bool:
    if "/" in source or "\\" in source:
        return False
    return len({page for chunk in group if (page := _page(chunk))}) > 1


def _page(chunk: Chunk) -> str:
    return chunk.url.partition("#")[0]

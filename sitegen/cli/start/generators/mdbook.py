"""An mdBook: its settings, and the summary that lists its chapters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from sitegen.cli.start.generators.taken import Taken, read_source, read_table, without_empty
from sitegen.model import TocEntry
from sitegen.plan.toctree import local_page
from sitegen.scan.plain import plain

NAMES = ("book.toml",)
SUMMARY = "SUMMARY.md"
_PART = re.compile(r"#+ |---+\s*$")
_CHAPTER = re.compile(
    r"(?P<indent>[ \t]*)(?:(?:[-*+][ \t]+)?\[(?P<title>.*)\]\((?P<goal>(?:[^()]|\([^()]*\))*)\)"
    r"|[-*+][ \t]+(?P<group>[^\s\[\]][^\[\]]*))\s*"
)


def take(file: Path) -> Taken:
    """Take over title, language, chapters, the repository and redirects.

    Raises:
        ConfigError: the file is no TOML.
    """
    table = read_table(file)
    book, html = _table(table, "book"), _table(_table(table, "output"), "html")
    folder = str(book.get("src") or "src")
    edit = str(html.get("edit-url-template") or "").replace("{path}", f"{folder}/{{source}}")
    repository = str(html.get("git-repository-url") or "")
    moved = _table(html, "redirect")
    summary = file.parent / folder / SUMMARY
    return Taken(
        input=folder,
        settings=without_empty(
            {"title": book.get("title"), "language": book.get("language"), "theme.edit_url": edit}
        ),
        exclude=(SUMMARY,),
        links={"Code": repository} if repository else {},
        navigation=tuple(parts(read_source(summary))) if summary.is_file() else (),
        redirects={_page(old): _page(str(new)) for old, new in moved.items()},
        left=tuple(f"preprocessor {name}" for name in _table(table, "preprocessor")),
    )


def parts(summary: str) -> Iterator[TocEntry]:
    """Yield the chapters of a summary; those below the heading of a part are a group.

    The first heading is that of the summary itself.
    """
    part, lines = "", list[str]()
    head, _, rest = summary.lstrip().partition("\n")
    for line in (*(rest if _is_title(head) else summary).splitlines(), "# "):
        if not _PART.match(line):
            lines.append(line)
            continue
        chapters = tuple(_chapters(lines))
        yield from (TocEntry(part, sections=chapters),) if part and chapters else chapters
        part, lines = plain(line.strip("#- ")).strip(), []


def _is_title(line: str) -> bool:
    return line.startswith("# ") and line.strip("# ") in {"Summary", "Table of contents"}


def _chapters(lines: list[str]) -> Iterator[TocEntry]:
    """Yield the chapters of lines, each with those that are indented below it."""
    found = [match for match in map(_CHAPTER.fullmatch, lines) if match]
    while found:
        first, *rest = found
        depth = _indent(first)
        inner = next((n for n, m in enumerate(rest) if _indent(m) <= depth), len(rest))
        goal = (first["goal"] or "").strip()
        path = (goal.partition(' "')[0] if goal.endswith('"') else goal).strip("<> ")
        is_other = "://" in path
        page = local_page(path.partition("#")[0]) if not is_other else ""
        entry = TocEntry(
            plain(first["title"] or first["group"]).strip(), page, url=path if is_other else ""
        )
        yield replace(entry, sections=tuple(_chapters([m[0] for m in rest[:inner]])))
        found = rest[inner:]


def _indent(match: re.Match[str]) -> int:
    return len(match["indent"].expandtabs(4))


def _page(address: str) -> str:
    return address if "://" in address else address.strip("/").removesuffix(".html")


def _table(table: dict[str, Any], key: str) -> dict[str, Any]:
    value = table.get(key)
    return value if isinstance(value, dict) else {}

"""Diff: a difference -> text, a JSON object, or one HTML page that needs nothing else."""

from __future__ import annotations

import base64
import difflib
import hashlib
from collections.abc import Iterator
from html import escape
from itertools import groupby

from sitegen.diff.compare import Change, Difference, Kind, PageChange
from sitegen.diff.dataset import Piece
from sitegen.errors import printable

_SIGNS = {
    Kind.ADDED: "+",
    Kind.REMOVED: "-",
    Kind.CHANGED: "~",
    Kind.MOVED: ">",
    Kind.RECHUNKED: "#",
    Kind.ROW_MOVED: "=",
}
_LONGEST = 20_000  # characters of a chunk that are compared line by line
_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:.5rem;border:1px solid #8888}"
    "ins{background:#2da44e40;text-decoration:none}del{background:#cf222e40}"
    ":root{color-scheme:light dark}"
)


def as_text(difference: Difference) -> str:
    """List pages, and under each its chunks, one line each; empty when all is equal."""
    lines = []
    for title, changes in _by_page(difference):
        lines.append(printable(title))
        lines += [f"  {_SIGNS[change.kind]} {printable(_words(change))}" for change in changes]
    return "".join(f"{line}\n" for line in lines)


def as_object(difference: Difference) -> dict[str, object]:
    """Give the difference as one JSON object of format 1."""
    return {
        "format": 1,
        "percent": round(difference.percent, 4),
        "counts": {kind.value: difference.count(kind) for kind in Kind},
        "pages": [
            {"kind": page.kind.value, "old": page.old, "new": page.new} for page in difference.pages
        ],
        "chunks": [
            {
                "kind": change.kind.value,
                "old": [_place(piece) for piece in change.old],
                "new": [_place(piece) for piece in change.new],
                "similarity": change.similarity,
            }
            for change in difference.chunks
        ],
    }


def as_html(difference: Difference) -> str:
    """Show the difference with the lines that came and went; all text of the data is escaped."""
    style = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    parts = [
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8">',
        '<meta http-equiv="Content-Security-Policy" '
        f"content=\"default-src 'none'; style-src 'sha256-{style}'\">",
        '<meta name="viewport" content="width=device-width"><title>Difference</title>',
        f"<style>{_STYLE}</style></head><body><h1>Difference</h1>",
        *(f"<p>{escape(line)}</p>" for line in difference.summary.splitlines()),
    ]
    for title, changes in _by_page(difference):
        parts.append(f"<section><h2>{_safe(title)}</h2>")
        for change in changes:
            parts.append(f"<h3>{_safe(_words(change))}</h3>")
            if change.kind is not Kind.ROW_MOVED:
                parts.append(f"<pre>{''.join(_lines(change))}</pre>")
        parts.append("</section>")
    return "\n".join([*parts, "</body></html>\n"])


def _by_page(difference: Difference) -> Iterator[tuple[str, list[Change]]]:
    """Yield each page that something is to be said of, with its chunks."""
    chunks = {page: list(of) for page, of in groupby(difference.chunks, lambda c: c.page)}
    for page in difference.pages:
        yield _title(page), chunks.pop(page.new or page.old, [])
    for name, changes in chunks.items():  # rows moved, or the page that a chunk has left
        yield f"{name}", changes


def _title(page: PageChange) -> str:
    if page.kind is Kind.MOVED:
        return f"{page.old} -> {page.new} ({page.kind})"
    return f"{page.new or page.old} ({page.kind})"


def _words(change: Change) -> str:
    sides = [", ".join(map(_name, side)) for side in (change.old, change.new) if side]
    same = len(sides) == 2 and sides[0] == sides[1] and change.kind is Kind.CHANGED
    words = sides[0] if same else " -> ".join(sides)
    if change.kind is Kind.CHANGED:
        words += f", {change.similarity:.0%} of the words kept"
    return f"{change.kind}: {words}"


def _name(piece: Piece) -> str:
    place = str(piece.location)
    return f"{piece.page}#{piece.anchor} {place}" if piece.anchor else f"{piece.page} {place}"


def _place(piece: Piece) -> dict[str, object]:
    return {
        "page": piece.page,
        "anchor": piece.anchor,
        "position": piece.position,
        "id": piece.id,
        "file": piece.section.file.rpartition("/")[2],
        "row": piece.section.row,
    }


def _lines(change: Change) -> Iterator[str]:
    old, new = ("\n".join(p.text for p in side)[:_LONGEST] for side in (change.old, change.new))
    if change.kind in {Kind.MOVED, Kind.RECHUNKED}:
        yield _safe(new)
        return
    for line in difflib.ndiff(old.splitlines(), new.splitlines()):
        tag = {"+ ": "ins", "- ": "del"}.get(line[:2])
        if tag:
            yield f"<{tag}>{_safe(line)}</{tag}>\n"
        elif not line.startswith("?"):
            yield f"{_safe(line)}\n"


def _safe(text: str) -> str:
    return escape("\n".join(printable(line) for line in text.split("\n")))

"""Give sections their headings: the dataset's anchor as id, words read from the anchor."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sitegen.model import Certainty, Document, Restored, Section
from sitegen.scan import headings, visible_lines
from sitegen.urls import INDEX_NAMES, slug

_CUSTOM_ID = re.compile(r"\s*\[\[(.+?)\]\]\s*$")
_FORMATTING = re.compile(r"\\([\\*_\[\]<>#])|[*`]|!?\[([^\]]*)\]\([^)]*\)|<[^>]*>")


def restore_headings(document: Document, title: str, *, enabled: bool) -> Document:
    """Write the headings that the chunk texts lack into a document, and settle its title.

    The title is the toctree's (``title``), the front matter's, the heading that the document
    opens with, that of a first section whose anchor the path repeats, or the path's - in this
    order. A page without a heading of level 1 gets its title as one.
    """
    lines = document.text.split("\n")
    own = {number: (level, text) for number, level, text in headings(lines)}
    lacking = [s for s in document.sections if s.anchor and not _has_heading(s, lines, own)]
    before = lacking[0].line if lacking else len(lines)
    opens = _opening_heading(lines, own, before)
    stated = " ".join((title or document.title).split())
    best = stated or _text_of(own, opens) or _escaped(_title_of_path(document))
    if not enabled:
        return replace(document, title=_plain(best))
    opening = lacking[0] if lacking and opens is None else None
    if opening and opening.anchor in {slug(_plain(best)), slug(_stem(document))}:
        best = stated or opening.heading or _humanise(opening.anchor)
    else:
        opening = None
    insertions = {}
    for section in lacking:
        text = best if section is opening else section.heading or _humanise(section.anchor)
        certainty = Certainty.CERTAIN if section.heading else Certainty.GUESSED
        insertions[section.line] = (f"{'#' if section is opening else '##'} {text}", certainty)
    if opens is not None and lines[opens].lstrip().startswith("##"):
        lines[opens] = f"# {own[opens][1]}"  # a page's title is its heading of level 1
    heading = best if opens is None and opening is None else ""
    return _insert(replace(document, title=_plain(best)), heading, lines, insertions)


def _opening_heading(
    lines: Sequence[str], own: Mapping[int, tuple[int, str]], before: int
) -> int | None:
    """Find the line of the document's own title above line ``before``.

    That is its first heading of level 1, or one of any level that nothing stands above.
    """
    for number, (level, _) in own.items():
        if number >= before:
            break
        if level == 1 or not any(line.strip() for _, line in visible_lines(lines[:number])):
            return number
    return None


def _insert(
    document: Document, title: str, lines: list[str], insertions: dict[int, tuple[str, Certainty]]
) -> Document:
    """Put the page title and section headings in their places and move the source map along."""
    text: list[str] = []
    sections: list[Section] = []
    restored: list[Restored] = []
    if title:
        text += [f"# {title}", ""]
        restored.append(Restored(0, "title", Certainty.GUESSED))
    for index, section in enumerate(document.sections):
        end = (
            document.sections[index + 1].line if index + 1 < len(document.sections) else len(lines)
        )
        # Above the first heading stands the page's title; an anchor stays with its own heading.
        above = index == 0 and not section.anchor
        sections.append(replace(section, line=0 if above else len(text)))
        if section.line in insertions:
            heading, certainty = insertions[section.line]
            restored.append(Restored(len(text), "heading", certainty))
            text += [heading, ""]
        moved = len(text) - section.line
        restored += [
            replace(r, line=r.line + moved)
            for r in document.restored
            if section.line <= r.line < end
        ]
        text += lines[section.line : end]
    return replace(
        document, text="\n".join(text), sections=tuple(sections), restored=tuple(restored)
    )


def _has_heading(
    section: Section, lines: Sequence[str], own: Mapping[int, tuple[int, str]]
) -> bool:
    """Tell whether a chunk text opens with its own heading (other datasets keep them)."""
    line = section.line
    while line < len(lines) and not lines[line].strip():
        line += 1
    if line not in own:
        return False
    text = own[line][1]
    custom = _CUSTOM_ID.search(text)
    return section.anchor in {custom[1] if custom else "", slug(_plain(text))}


def _text_of(own: Mapping[int, tuple[int, str]], line: int | None) -> str:
    return _CUSTOM_ID.sub("", own[line][1]) if line is not None else ""


def _plain(text: str) -> str:
    return _FORMATTING.sub(lambda m: m[1] or m[2] or "", text).strip()


def _stem(document: Document) -> str:
    *folders, name = document.id.split("/")
    if name.lower() in INDEX_NAMES and folders:
        return folders[-1]
    return name


def _title_of_path(document: Document) -> str:
    return _humanise(_stem(document).replace("_", "-")) or document.id


def _humanise(anchor: str) -> str:
    """Read words from an anchor: ``usage-tips`` is ``Usage tips``."""
    words = " ".join(anchor.replace("-", " ").split())
    return words[:1].upper() + words[1:]


def _escaped(title: str) -> str:
    """Keep the characters of a path literal in Markdown."""
    return re.sub(r"([\\*_\[\]<>#])", r"\\\1", title)

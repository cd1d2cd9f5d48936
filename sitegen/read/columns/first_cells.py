"""Stage ``read``: where the first cells show that another column is what one of ours shall be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING

from sitegen.read.cells.above import added_above, are_headings
from sitegen.read.cells.paths import are_encoded, begin_with_paths, is_page
from sitegen.read.columns.guess import guess
from sitegen.read.columns.names import HTML, LEVELS, NAMES, ORIGINALS, WEAK, WITH_HEADINGS

if TYPE_CHECKING:
    from sitegen.read.columns.mapping import Column

Cells = Callable[["Column"], Sequence[object]]
"""The first cells of a column, which show what it holds."""

_KEYS = frozenset({"parent_id", "document_id", "doc_id"})
_IDS_OF_FILES = ("file_id",)  # other ids of documents may be those of their rows
_TITLES = frozenset(NAMES["title"])
_SOURCES = frozenset(NAMES["source"])
_ODD = 0.1  # of the texts: a heading may end as a sentence does
_MARK = re.compile(r"^(?:#{1,6} |```)", re.MULTILINE)
_WITH_MARKS = (
    *("markdown", "md", "content_md", "text_md", "content_markdown", "text_markdown"),
    *("markdown_content", "raw_markdown", *HTML),
)
"""What columns are called of texts whose marks another column may lack, best first."""


def take_what_says(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take another column of texts where the first cells of the guessed one are all empty."""
    others = list(columns)
    while (text := chosen.get("text")) and "text" not in configured:
        others = [column for column in others if column.keys != text.keys]
        free = {ours: column for ours, column in chosen.items() if ours != "text"}
        found = guess("text", others, free)
        # Texts are the most of a dataset: they are looked at only where there are others.
        if found is None or found.many != text.many or any(_stripped(cells(text))):
            return
        chosen["text"] = found


def take_what_names(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take another column for the source where all that the guessed one says is nothing.

    It is empty, or the same word throughout, which is no path, while a better one differs.
    """
    named = chosen.get("source")
    others = list(columns)
    while named not in {None, chosen.get("url")} and "source" not in configured:
        said = _said(cells(named))
        if len(said) > 1 and _are_titles(said) and _name_pages(chosen.get("url"), cells):
            chosen["source"] = chosen["url"]
            return
        if len(said) > 1 or named.is_list or any(map(is_page, said)):
            return
        others = [column for column in others if column.keys != named.keys]
        free = {ours: each for ours, each in chosen.items() if ours not in {"source", "title"}}
        found = guess("source", others, free)
        if found is None or (said and not _names_better(found, cells)):
            return
        if found == chosen.get("title"):
            del chosen["title"]
        named = chosen["source"] = found


def _are_titles(sources: Collection[str]) -> bool:
    """Whether sources are words as titles have them, and no paths or names of files."""
    has_path = any(is_page(each) or "/" in each or "\\" in each for each in sources)
    return not has_path and 2 * sum(map(_is_title, sources)) > len(sources)


def _is_title(source: str) -> bool:
    words = source.split()
    return len(words) > 1 or (source.isalnum() and source[:1].isupper())


def _name_pages(urls: Column | None, cells: Cells) -> bool:
    """Whether every row has an address, and not all have that of one page."""
    said = [] if urls is None else cells(urls)
    pages = {cell.partition("#")[0] if isinstance(cell, str) else "" for cell in said}
    return len(pages) > 1 and "" not in pages


def _said(cells: Sequence[object]) -> set[str]:
    return {str(cell) for cell in cells if cell not in ("", None)}


def _names_better(column: Column, cells: Cells) -> bool:
    """Whether a column of sources tells rows apart."""
    return column.word in _SOURCES and len(_said(cells(column))) > 1


def name_by_paths(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take titles or ids that begin with paths, where what names pages is no path itself.

    Keys that are addresses in base64 name them better than names of files.
    """
    named, title, ids = (chosen.get(ours) for ours in ("source", "title", "id"))
    if "source" in configured:
        return
    keys = (each for each in columns if each.word in _KEYS and not each.many)
    key = next((each for each in keys if are_encoded(cells(each))), None)
    if key and not (named and any("/" in str(cell) for cell in cells(named))):
        chosen["source"] = key
        return
    is_weak = named is None or named.word in WEAK
    is_guessed = title is not None and "title" not in configured and title is not named
    if is_weak and is_guessed and title and begin_with_paths(cells(title)):
        chosen["source"] = chosen.pop("title")
    elif (named is None or named.word in _TITLES) and ids and begin_with_paths(cells(ids)):
        chosen["source"] = ids
        if named and "title" not in configured:
            chosen.setdefault("title", named)


def tell_files_apart(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Put files that are called alike into folders by their ids, where no path tells them apart."""
    named = chosen.get("source")
    if named is None or named.has_several or "folder" in {*chosen, *configured}:
        return
    for key in _called(_IDS_OF_FILES, columns):
        both = zip(cells(named), cells(key), strict=True)
        told = [(str(name), str(id)) for name, id in both if name and id]
        names, pairs = {name for name, _ in told}, set(told)
        # Where no id is that of two rows, they are those of rows.
        if len(names) < len(pairs) < len(told) and not any("/" in name for name in names):
            chosen["folder"] = key
            return


def _holds(added: str, own: str) -> bool:
    """Whether something was added to a text; an empty one is none that was there."""
    return own in added and bool(own.strip()) == bool(added.strip())


def text_beside(chosen: Mapping[str, Column], columns: Sequence[Column]) -> Column | None:
    """The column of texts that a better one was taken for, for rows which that has no text of."""
    own, names = chosen["text"], NAMES["text"]
    if own.word not in {*ORIGINALS, *_WITH_MARKS}:
        return None
    likelier = names[: names.index(own.word)] if own.word in names else names
    return next(_called(likelier, columns), None)


def _called(names: Iterable[str], columns: Sequence[Column]) -> Iterator[Column]:
    """Yield the columns that hold a value a row, by their names, in the order of these."""
    for name in names:
        yield from (
            each for each in columns if each.word == name and each.readable and not each.many
        )


def take_as_it_was(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take the column of texts before anything was added to them, if there is such a one."""
    text = chosen.get("text")
    if text is None or "text" in configured or text.many:
        return
    for column in _called(ORIGINALS, columns):
        pairs = zip(cells(column), cells(text), strict=True)
        if all(isinstance(a, str) and isinstance(b, str) and _holds(b, a) for a, b in pairs):
            chosen["text"] = column
            return


def take_headings_above(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take for headings the column of the same texts below theirs, where no other tells any."""
    text = chosen.get("text")
    tell = {"heading", "parents", "section", *LEVELS}
    if text is None or text.many or not tell.isdisjoint((*chosen, *configured)):
        return
    for column in _called(WITH_HEADINGS, columns):
        if column == text:
            continue
        found = [added_above(*pair) for pair in zip(cells(column), cells(text), strict=True)]
        above = list(filter(None, found))
        odd = sum(not are_headings(steps) for steps in above)
        if above and None not in found and odd <= _ODD * len(above):
            chosen["heading"] = column
            return


def take_with_marks(
    chosen: dict[str, Column],
    configured: Mapping[str, str],
    columns: Sequence[Column],
    cells: Cells,
) -> None:
    """Take the texts in Markdown or HTML, where those beside them have no line ends, or no marks.

    Who crawls a site, or prepares a search, puts plain words beside.
    """
    text = chosen.get("text")
    if text is None or "text" in configured or not text.readable:
        return
    own: list[str] | None = None
    for name in _WITH_MARKS:
        for column in columns:
            is_beside = column.many == text.many and column != text
            if column.word == name and column.readable and is_beside:
                own = own or _stripped(cells(text))
                marked = _stripped(cells(column))
                if any(_MARK.search(cell) for cell in own):
                    return
                is_marked = any(map(_MARK.search, marked))
                if any("\n" in cell for cell in own) and not is_marked:
                    return
                are_all = all(there for there, cell in zip(marked, own, strict=False) if cell)
                has_lines = 2 * sum("\n" in cell for cell in marked) > sum(map(bool, own)) > 0
                if are_all and (is_marked or has_lines):
                    chosen["text"] = column
                    return


def _stripped(cells: Sequence[object]) -> list[str]:
    each = chain.from_iterable(cell if isinstance(cell, list) else [cell] for cell in cells)
    return [cell.strip() if isinstance(cell, str) else "" for cell in each]


def take_titles_inside(
    chosen: dict[str, Column], configured: Mapping[str, str], columns: Sequence[Column]
) -> None:
    """Take the titles inside of a list of texts for headings, where the row has one of its own."""
    text, title = chosen.get("text"), chosen.get("title")
    if text is None or not text.many or title is None or title.many:
        return
    inside = guess("title", [each for each in columns if each.many], {"text": text})
    if inside is not None and "heading" not in chosen and "heading" not in configured:
        chosen["heading"] = inside

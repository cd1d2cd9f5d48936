"""Stage ``read``: a whole document as docling writes it, a tree of its items -> a row of Markdown.

The form is that of ``DoclingDocument.export_to_dict()``: ``body`` and ``groups`` name their
children, which stand in lists of texts, tables and pictures.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from sitegen.read.cells.elements import as_words, fence, inside
from sitegen.read.cells.marks import Span, target

_SCHEMA = "DoclingDocument"
_LISTS = frozenset({"list", "ordered_list"})
_HEADINGS = frozenset({"title", "section_header"})
_OF_LISTS = frozenset({*_LISTS, "list_item"})
_HOLD_NO_BLOCKS = frozenset({*_OF_LISTS, "inline", "picture"})
"""What is written with all that it holds; words within a picture are no text of the page."""
_LEFT_OUT = frozenset({"page_header", "page_footer"})  # of printed pages
_BOXES = {"checkbox_selected": "- [x] ", "checkbox_unselected": "- [ ] "}
_MARKS = {"bold": "**", "italic": "*", "strikethrough": "~~"}
_NO_BLANK_BEFORE = frozenset(".,;:!?)]}")
_NO_BLANK_BEHIND = ("(", "[", "{")
_ENTRY = re.compile(r"(?:-|\d+\.) ")
_NUMBER = re.compile(r"[0-9]{1,9}")
_DEEPEST = 50  # lists in lists; what is deeper stands there too
_DEEPEST_HEADING = 6

Node = Mapping[str, object]


def document_of(row: Node) -> Node | None:
    """The document that a row is, or holds as what a conversion gave; ``None`` if it is none."""
    inner = row.get("document")
    held = inner.get("json_content") if isinstance(inner, dict) else None
    for each in (row, inner, held):
        if isinstance(each, dict) and each.get("schema_name") == _SCHEMA:
            return each
    return None


def with_document(row: dict[str, object], folder: str) -> dict[str, object]:
    """The row of a document that a file in a ``folder`` holds; other rows as they are.

    Files of several folders may be called alike, of which a document tells the name alone.
    """
    document = document_of(row)
    if document is None:
        return row
    origin = document.get("origin")
    name = origin.get("filename") if isinstance(origin, dict) else None
    source = str(name or document.get("name") or "")
    text = "\n\n".join(_Document(document).blocks())
    return {"source": f"{folder}/{source}" if folder else source, "text": text}


class _Document:
    """A document whose items are written once each, in the order of its body."""

    def __init__(self, document: Node) -> None:
        self._document = document
        self._written: set[str] = set()  # a tree that names an item again may have no end

    def blocks(self) -> Iterator[str]:
        """Its blocks in Markdown."""
        body = self._document.get("body")
        yield from self._blocks(body if isinstance(body, dict) else {}, 0)

    def _children(self, node: Node, name: str = "children") -> Iterator[Node]:
        """The items that a node names, but those that are written already."""
        named = node.get(name)
        for each in named if isinstance(named, list) else ():
            ref = each.get("$ref") if isinstance(each, dict) else None
            if not isinstance(ref, str) or ref in self._written:
                continue
            self._written.add(ref)
            if item := self._item(ref):
                yield item

    def _item(self, ref: object) -> Node | None:
        """The item that a reference such as ``#/texts/0`` names."""
        _, _, path = str(ref).partition("#/")
        kind, _, number = path.partition("/")
        items = self._document.get(kind)
        if not isinstance(items, list) or not _NUMBER.fullmatch(number):
            return None
        item = items[int(number)] if int(number) < len(items) else None
        return item if isinstance(item, dict) else None

    def _blocks(self, node: Node, depth: int) -> Iterator[str]:
        """The blocks of all that a node holds; ``depth`` counts the lists that it is in."""
        for item in self._items(node, is_flat=depth >= _DEEPEST):
            label = str(item.get("label", ""))
            if label in _LISTS and depth < _DEEPEST:
                items = enumerate(self._children(item), start=1)
                found = "\n".join(self._entry(each, number, depth, item) for number, each in items)
            elif label == "list_item":
                found = self._entry(item, 1, depth, {})
            else:
                found = self._inline(item) if label == "inline" else self._block(item, label)
            if found:
                yield found

    def _items(self, node: Node, *, is_flat: bool) -> Iterator[Node]:
        """All items in a node that are blocks of their own; in a flat one those of lists are."""
        within = _HOLD_NO_BLOCKS - _OF_LISTS if is_flat else _HOLD_NO_BLOCKS
        rest = [self._children(node)]
        while rest:
            item = next(rest[-1], None)
            if item is None:
                rest.pop()
                continue
            label = str(item.get("label", ""))
            if label not in _LEFT_OUT and item.get("content_layer", "body") == "body":
                yield item
                if label not in within:
                    rest.append(self._children(item))

    def _block(self, item: Node, label: str) -> str:
        """An item that stands alone, in Markdown; nothing where it only holds others."""
        text = _text_of(item)
        if label in {"table", "picture"}:
            captions = map(_words, self._children(item, "captions"))
            return "\n\n".join(filter(None, [*captions, _table(item.get("data"))]))
        if label in _HEADINGS:
            words = " ".join((_words(item) or self._held(item)).split())
            return f"{'#' * _level(item, label)} {words}" if words else ""
        if not text:
            return ""
        if label == "code":
            return fence(text, _language(item))
        return f"$$\n{text}\n$$" if label == "formula" else _BOXES.get(label, "") + _words(item)

    def _entry(self, item: Node, number: int, depth: int, group: Node) -> str:
        """An item of a list, with what stands in it below its words."""
        is_ordered = item.get("enumerated") is True or group.get("label") == "ordered_list"
        mark = f"{number}." if is_ordered else "-"
        done = f"{mark} {_words(item) or self._held(item)}"
        for block in self._blocks(item, depth + 1) if depth < _DEEPEST else ():
            above = "\n" if _ENTRY.match(block) else "\n\n"
            done += inside(above + block, " " * (len(mark) + 1))
        return done

    def _held(self, item: Node) -> str:
        """The words of an item that has none itself, but texts on one line in it."""
        named = item.get("children")
        first = named[0] if isinstance(named, list) and named else None
        found = self._item(first.get("$ref")) if isinstance(first, dict) else None
        if not found or found.get("label") != "inline":
            return ""
        return self._inline(next(self._children({"children": [first]}), {}))

    def _inline(self, group: Node) -> str:
        """Texts of several kinds that stand on one line."""
        done = ""
        for item in self._children(group):
            words = _inline(item)
            apart = done and not done.endswith(_NO_BLANK_BEHIND)
            done += " " * bool(apart and words[:1] not in _NO_BLANK_BEFORE) + words
        return done


def _inline(item: Node) -> str:
    text = _text_of(item)
    if item.get("label") == "code":
        marks = "``" if "`" in text else "`"
        return f"{marks}{text}{marks}"
    return f"${text}$" if item.get("label") == "formula" else _words(item)


def _text_of(item: Node) -> str:
    text = item.get("text")
    return text.strip("\n") if isinstance(text, str) else ""


def _words(item: Node) -> str:
    """The text of an item in Markdown, with its emphasis and its link."""
    text = _text_of(item).strip()
    form = item.get("formatting")
    marks = [sign for name, sign in _MARKS.items() if isinstance(form, dict) and form.get(name)]
    opens, closes = "".join(marks), "".join(reversed(marks))
    if address := target(item.get("hyperlink")):
        opens, closes = f"[{opens}", f"{closes}]({address})"
    spans = [(0, Span(text, opens, closes))] if text and opens else []
    return as_words(text, spans)


def _language(item: Node) -> str:
    language = str(item.get("code_language") or "").lower()
    return "" if language == "unknown" or not language.isalnum() else language


def _level(item: Node, label: str) -> int:
    """How deep a heading is; docling counts those below the title."""
    level = item.get("level")
    below = level if isinstance(level, int) and label != "title" else int(label != "title")
    return min(max(below, 0) + 1, _DEEPEST_HEADING)


def _table(data: object) -> str:
    """A table by its grid, as wide as the widest row; others may end before that."""
    grid = data.get("grid") if isinstance(data, dict) else None
    rows = [row for row in grid if isinstance(row, list)] if isinstance(grid, list) else []
    if not rows:
        return ""
    width = max(map(len, rows))
    lines = [[_cell(cell, (y, x)) for x, cell in enumerate(row)] for y, row in enumerate(rows)]
    lines[0] += [""] * (width - len(rows[0]))
    lines.insert(1, ["---"] * width)
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _cell(cell: object, place: tuple[int, int]) -> str:
    """The words of a cell at a row and a column; one over several stands in the first of them."""
    if not isinstance(cell, dict):
        return ""
    begins = cell.get("start_row_offset_idx", place[0]), cell.get("start_col_offset_idx", place[1])
    return " ".join(_words(cell).split()).replace("|", "\\|") if begins == place else ""

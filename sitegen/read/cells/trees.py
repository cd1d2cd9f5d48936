"""Stage ``read``: sections that hold sections of their own in a row -> one list of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.read.columns.names import level_of

_WORDS = ("heading", "title", "name")


def without_tree(row: Mapping[str, object]) -> dict[str, object]:
    """A row whose items hold items under the name of its list, with all of them in that list.

    Each stands below the one that holds it, which it names among its ``parent_headings``.
    """
    return {
        name: list(_nodes(cell, name)) if _is_tree(cell, name) else _by_heading(cell, name)
        for name, cell in row.items()
    }


def _by_heading(cell: object, name: str) -> object:
    """A list of the texts that stand under their headings in an object; other cells as they are.

    Nextra writes anchors before the headings: ``install#Install it``.
    """
    if not isinstance(cell, dict) or not all(isinstance(text, str) for text in cell.values()):
        return cell
    if all(map(level_of, cell)):  # the headings above one text, as Azure AI Search has them
        return cell
    are_anchored = any("#" in key for key in cell) and all("#" in key or not key for key in cell)
    if name != "sections" and not are_anchored:
        return cell
    parts = ((key.rpartition("#"), text) for key, text in cell.items())
    return [{"anchor": key[0], "heading": key[2], "text": text} for key, text in parts]


def _is_tree(cell: object, name: str) -> bool:
    items = cell if isinstance(cell, list) else []
    inner = (item.get(name) for item in items if isinstance(item, dict))
    return any(isinstance(each, dict) for of in inner if isinstance(of, list) for each in of)


def _nodes(items: object, name: str) -> Iterator[object]:
    """Yield each item before those that it holds; however deep they are, on no stack of calls."""
    above: tuple[str, ...] = ()
    waiting = [(item, above) for item in reversed(items)] if isinstance(items, list) else []
    while waiting:
        item, above = waiting.pop()
        if not isinstance(item, dict):
            yield item
            continue
        key = next((key for key in _WORDS if isinstance(item.get(key), str)), "")
        words, inner = str(item.get(key, "")), item.get(name)
        own = {each: cell for each, cell in item.items() if each not in {key, name}}
        yield {"parent_headings": list(above), "heading": words} | own
        below = (*above, words)
        waiting += [(each, below) for each in reversed(inner)] if isinstance(inner, list) else []

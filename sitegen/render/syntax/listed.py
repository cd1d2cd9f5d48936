"""Tables that directives write as a list of lists, or as values between commas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from sitegen.render.syntax.containers import sentence

_PARAGRAPH = frozenset(("paragraph_open", "inline", "paragraph_close"))
_LONGEST = 1 << 17  # characters of a value between commas


def table_of_lists(state: StateBlock, first: int, asked: Mapping[str, str]) -> None:
    """Make a table of the tokens from a place on, where they are a list of rows, each one of cells.

    A list whose cells hold more than a sentence, which no row of Markdown does, stays one.
    """
    rows = [_items(row) for row in _items(state.tokens[first:])]
    if not rows or not all(rows):
        return
    cells = [[_sentence(cell) for cell in row] for row in rows]
    if all(cell is not None for row in cells for cell in row):
        del state.tokens[first:]
        heads, stubs = _number(asked, "header-rows"), _number(asked, "stub-columns")
        push_table(state, [[cell for cell in row if cell] for row in cells], heads, stubs)


def _items(tokens: Sequence[Token]) -> list[list[Token]]:
    """What the items of a list hold; none, unless the tokens are a list."""
    if not tokens or tokens[0].type != "bullet_list_open" or tokens[-1].type != "bullet_list_close":
        return []
    items: list[list[Token]] = []
    depth = 0
    for token in tokens[1:-1]:
        depth += token.nesting
        if token.type == "list_item_open" and depth == 1:
            items.append([])
        elif token.type != "list_item_close" or depth:
            items[-1].append(token)
    return items


def _sentence(tokens: Sequence[Token]) -> Token | None:
    """What some tokens say in a cell, with breaks between paragraphs; nothing of other blocks."""
    if not {token.type for token in tokens} <= _PARAGRAPH:
        return None
    said = [token for token in tokens if token.type == "inline"]
    cell = said[0] if said else sentence("", 0)
    cell.content = "<br>".join(token.content for token in said)
    return cell


def table_of_csv(state: StateBlock, source: str, asked: Mapping[str, str]) -> bool:
    """Push a table of values between commas, or what else is said to be between them, if it is."""
    import csv  # noqa: PLC0415 - few pages have such tables

    between = {"tab": "\t", "space": " "}.get(asked.get("delim", ""), asked.get("delim") or ",")
    lines = [*filter(None, [asked.get("header", "")]), *source.splitlines(keepends=True)]
    limit = csv.field_size_limit(_LONGEST)  # one for the process, and who reads a file has his own
    try:
        read = list(csv.reader(lines, delimiter=between[0], skipinitialspace=True))
    except (csv.Error, ValueError, TypeError):  # a cell too long, or what cannot be between two
        return False
    finally:
        csv.field_size_limit(limit)
    rows = [[" ".join(cell.split()) for cell in row] for row in read if row]
    texts = [[sentence(cell, state.line) for cell in row] for row in rows]
    heads = ("header" in asked) + _number(asked, "header-rows")
    push_table(state, texts, heads, _number(asked, "stub-columns"))
    return True


def _number(asked: Mapping[str, str], name: str) -> int:
    said = asked.get(name, "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 3 else 0


def push_table(
    state: StateBlock, rows: Sequence[Sequence[Token]], heads: int, stubs: int = 0
) -> None:
    """Push a table that so many rows and columns head, all of its rows as wide as the widest."""
    width, line = max(map(len, rows), default=0), state.line
    if not width:
        return
    state.push("table_open", "table", 1).map = [line, line + 1]
    for part, some in (("thead", rows[:heads]), ("tbody", rows[heads:])):
        if not some:
            continue
        state.push(f"{part}_open", part, 1)
        for row in some:
            state.push("tr_open", "tr", 1)
            for number in range(width):
                tag = "th" if part == "thead" or number < stubs else "td"
                state.push(f"{tag}_open", tag, 1)
                state.tokens.append(row[number] if number < len(row) else sentence("", line))
                state.push(f"{tag}_close", tag, -1)
            state.push("tr_close", "tr", -1)
        state.push(f"{part}_close", part, -1)
    state.push("table_close", "table", -1)

"""Restore, white space: decides how deep each statement of flush Python stands.

The grammar leaves few choices; where it does, the use of names and authors' habits decide.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from sitegen.model import Certainty
from sitegen.restore.whitespace.code.python_lines import Statement

_DEEPEST = 20  # blocks; Python itself ends at 100
_ENDS_BLOCK = frozenset({"return", "raise", "break", "continue", "pass"})
_OPENED_BY = {
    "elif": frozenset({"if", "elif"}),
    "else": frozenset({"if", "elif", "for", "while", "except"}),
    "except": frozenset({"try", "except"}),
    "finally": frozenset({"try", "except", "else of try"}),
    "case": frozenset({"match"}),
}
_STARTS = {  # of a clause that may come later: what its statement begins with
    "elif": frozenset({"if"}),
    "else": frozenset({"if", "for", "while", "try"}),
    "except": frozenset({"try"}),
    "finally": frozenset({"try"}),
}
_DEFINITIONS = frozenset({"def", "class", "@"})
_NAME = re.compile(r"(?<![\w.\"'])[A-Za-z_]\w*")
_BOUND = re.compile(r"((?:[A-Za-z_]\w*\s*,\s*)*[A-Za-z_]\w*)\s*(?::[^=]+)?=(?!=)")
_DEFINED = re.compile(r"(?:async )?(?:def|class) (\w+)")
_METHOD = re.compile(r"(?:async )?def \w+\( ?(?:self|cls)\b")
_SELF = re.compile(r"\bself\.")
_STRING = re.compile(r"\"[^\"]*\"|'[^']*'")
_ORDER = (Certainty.CERTAIN, Certainty.LIKELY, Certainty.GUESSED)


class _Frame(Struct):
    """An open block: what opened it, what that defines, and the names that live in it."""

    keyword: str
    defines: str = ""
    names: set[str] = field(default_factory=set)


def worst(*certainties: Certainty) -> Certainty:
    """Give the least certain."""
    return max(certainties, key=_ORDER.index)


def depths_of(parts: Sequence[Statement], *, floor: int) -> tuple[list[int], Certainty]:
    """Give every statement its depth. Blocks at the left go on to the end with a ``floor`` of 1."""
    depths = [0] * len(parts)
    certainty = Certainty.CERTAIN
    ahead = _look_ahead(parts)
    frames: list[_Frame] = []
    previous: Statement | None = None
    comments: list[int] = []
    for index, part in enumerate(parts):
        if part.keyword == "#":
            comments.append(index)
            continue
        depth = len(frames)
        if previous is not None and not previous.opens and previous.keyword != "@":
            least = _least(frames, ahead[index], min(floor, depth))
            depth, sure = _choose(parts, index, frames, previous, least)
            certainty = worst(certainty, sure)
        beside = len(frames) if part.keyword in _OPENED_BY else depth
        for comment in comments:
            depths[comment] = beside
        comments.clear()
        depths[index] = depth
        _enter(frames, depth, part)
        previous = part
        if len(frames) > _DEEPEST:
            return [0] * len(parts), Certainty.GUESSED
    for comment in comments:
        depths[comment] = len(frames)
    return depths, certainty


class _Ahead(Struct, frozen=True):
    """What comes below a statement: why it must be in a function, and a clause to be matched."""

    function: str = ""  # `return`, `self` or nothing
    clause: str = ""  # `else`, `except`, ...


def _look_ahead(parts: Sequence[Statement]) -> list[_Ahead]:
    """Say of every statement what comes below it, up to the line that opens its block."""
    function = clause = ""
    out: list[_Ahead] = []
    for part in reversed(parts):
        if part.keyword in {"return", "yield"}:
            function = "return"
        elif not function and _SELF.search(part.code):
            function = "self"
        if part.keyword in _DEFINITIONS:
            function = clause = ""
        elif part.opens and clause and part.keyword in _STARTS[clause]:
            clause = ""
        out.append(_Ahead(function, clause))
        if part.keyword in _STARTS:
            clause = part.keyword
    return out[::-1]


def _least(frames: Sequence[_Frame], ahead: _Ahead, floor: int) -> int:
    """Give the least depth of a statement for what comes below it."""
    if ahead.function:
        for depth, frame in enumerate(frames):
            if frame.keyword == "def" and (ahead.function == "return" or "self" in frame.names):
                floor = max(floor, depth + 1)
                break
    if ahead.clause:
        openers = _OPENED_BY[ahead.clause]
        fitting = (d + 1 for d, frame in enumerate(frames) if frame.keyword in openers)
        return max(floor, next(fitting, 0))
    return floor


def _enter(frames: list[_Frame], depth: int, part: Statement) -> None:
    """Close the blocks that a statement ends and open its own; note the names it binds."""
    after_except = depth < len(frames) and frames[depth].keyword == "except"
    del frames[depth:]
    if frames:
        frames[-1].names |= {n for n in _bound(part) if not any(n in f.names for f in frames)}
    if part.opens:
        is_trys = part.keyword == "else" and after_except
        keyword = "else of try" if is_trys else part.keyword
        frames.append(_Frame(keyword, _defined(part), _parameters(part)))


def _choose(
    parts: Sequence[Statement],
    index: int,
    frames: Sequence[_Frame],
    previous: Statement,
    least: int,
) -> tuple[int, Certainty]:
    """Choose the depth of a statement among those that the grammar allows."""
    part = parts[index]
    here = len(frames)
    if openers := _OPENED_BY.get(part.keyword):
        fitting = [depth for depth in range(here) if frames[depth].keyword in openers]
        fitting += [here] if previous.keyword in openers else []  # a block on its opener's line
        if fitting:
            return fitting[-1], Certainty.CERTAIN if len(fitting) == 1 else Certainty.GUESSED
    if here == 0:
        return 0, Certainty.CERTAIN
    if previous.keyword in _ENDS_BLOCK:
        here -= 1
    if here <= least:
        return max(here, least), Certainty.LIKELY
    if part.keyword in _DEFINITIONS:
        return max(_definition(parts, index, frames), least), Certainty.GUESSED
    return max(_by_use(part, frames, here, previous), least), Certainty.GUESSED


def _definition(parts: Sequence[Statement], index: int, frames: Sequence[_Frame]) -> int:
    """Place a definition: a method in its class, any other at the left."""
    while parts[index].keyword in {"@", "#"} and index + 1 < len(parts):
        if parts[index].code.startswith(("@staticmethod", "@classmethod", "@property")):
            break
        index += 1
    if _METHOD.match(parts[index].code) or parts[index].keyword == "@":
        classes = [d for d, frame in enumerate(frames) if frame.keyword == "class"]
        if classes:
            return classes[-1] + 1
    return 0


def _by_use(part: Statement, frames: Sequence[_Frame], here: int, previous: Statement) -> int:
    """Place a statement in the innermost block whose names it uses, or that surely goes on."""
    names = set(_NAME.findall(_STRING.sub("", part.code)))
    for depth in range(here, 0, -1):
        if _belongs(part, names, frames, depth, previous):
            return depth
    return 0


def _belongs(
    part: Statement, names: set[str], frames: Sequence[_Frame], depth: int, previous: Statement
) -> bool:
    frame = frames[depth - 1]
    keyword = frame.keyword
    if frame.defines in names:
        return False  # what a block defines is used below it
    if keyword == "class":
        return depth == len(frames) and bool(_bound(part)) and "self" not in names
    if part.keyword in {"return", "yield"}:
        return keyword == "def" or bool(names & frame.names)
    if part.keyword in {"break", "continue"}:
        return True
    if part.keyword in {"import", "from"}:
        return previous.keyword in {"import", "from"} and depth == len(frames)
    return bool(names & frame.names) or (
        keyword in {"for", "while"} and not part.keyword and not _bound(part)
    )


def _defined(part: Statement) -> str:
    """Name the function or class that a statement defines."""
    match = _DEFINED.match(part.code)
    return match[1] if match else ""


def _bound(part: Statement) -> set[str]:
    """Name what a statement binds."""
    if part.keyword in {"import", "from"}:
        return set(_NAME.findall(part.code.rpartition("import ")[2]))
    match = _BOUND.match(part.code)
    return set(_NAME.findall(match[1])) if match else set()


def _parameters(part: Statement) -> set[str]:
    """Name what a block's first line binds for its body."""
    code = part.code
    if part.keyword == "def":
        return set(_NAME.findall(_STRING.sub("", code.partition("(")[2])))
    if part.keyword == "for":
        return set(_NAME.findall(code.partition("for ")[2].partition(" in ")[0]))
    if part.keyword in {"with", "except"} and " as " in code:
        return set(re.findall(r" as (\w+)", code))
    return set()

"""Roles of MyST, ``{py:func}`a.b```, and of reStructuredText, ``:doc:`guide```; and its links."""

from __future__ import annotations

import re

from markdown_it.rules_inline import StateInline

from sitegen.render.rules.references import push_reference
from sitegen.render.syntax.inline import drop, push_container, push_leaf

_ROLE = re.compile(
    r"(?:\{(?P<name>[A-Za-z][\w:+.-]{0,30}+)\}|:(?P<plain>[A-Za-z]\w{0,20}+(?::\w{1,20}+)?):)(?P<ticks>`{1,3})(?P<said>[^`\n]{1,500}+)(?P=ticks)(?!`)"
)
_LINK = re.compile(
    r"`(?P<title>[^`<>\n]{0,300}[^`<>\s])\s*+<(?P<goal>(?=[^`<>\s]*[/.:#_])[^`<>\s]{1,500}+)>`__?(?![\w`])"
)
_TITLED = re.compile(r"(?P<title>[^<>]*[^<>\s])\s*<(?P<goal>[^<>]+)>")
_DOMAINS = ("c:", "cpp:", "js:", "py:")
_OBJECTS = frozenset(
    ("attr", "class", "const", "data", "exc", "func", "meth", "mod", "obj", "type")
)
_CODE = frozenset(
    (
        *("code", "command", "dfn", "envvar", "file", "guilabel", "kbd", "literal", "makevar"),
        *("menuselection", "option", "program", "samp"),
    )
)
_WORDS = frozenset(("abbr", "any", "eq", "keyword", "numref", "ref", "term", "token"))


def role(state: StateInline, silent: bool) -> bool:
    """Take a role that is known: an object, code, a page, words, or letters below and above."""
    match = _ROLE.match(state.src, state.pos, state.posMax)
    if match is None or (match["plain"] and state.src[state.pos - 1 : state.pos].isalnum()):
        return False
    name, end = (match["name"] or match["plain"]).lower(), match.end()
    is_object = name in _OBJECTS or name.startswith(_DOMAINS)
    is_known = is_object or name in _CODE or name in _WORDS or name in {"doc", "sub", "sup"}
    if not is_known or silent:
        state.pos = end if is_known else state.pos
        return is_known
    titled = _TITLED.fullmatch(match["said"])
    title, goal = (titled["title"], titled["goal"]) if titled else ("", match["said"])
    if is_object:
        _object(state, title, goal, end)
    elif name in {"sub", "sup"}:
        push_container(
            state, f"words:{name}", {}, (state.pos, match.start("said")), (match.end("said"), end)
        )
        state.pos = end
    elif name == "doc":
        label = title or goal.rstrip("/").rpartition("/")[2]
        push_leaf(state, "Link", {"href": goal, "label": label}, end)
    elif name in _CODE:
        _code(state, match["said"], end)
    else:
        drop(state, end, title or goal)
    return True


def _object(state: StateInline, title: str, goal: str, end: int) -> None:
    """Push a reference to an object: `~` shows the last part of its name, `!` looks for none."""
    name = goal.lstrip("~!.").removesuffix("()")
    shown = title or (name.rpartition(".")[2] if goal.startswith("~") else goal.lstrip("~!."))
    if goal.startswith("!"):
        _code(state, shown, end)
    else:
        push_reference(state, name, shown, end)


def _code(state: StateInline, code: str, end: int) -> None:
    token = state.push("code_inline", "code", 0)
    token.markup, token.content, token.meta["span"] = "`", code, (state.pos, end)
    state.pos = end


def named_link(state: StateInline, silent: bool) -> bool:
    """Take words and an address between backticks, as reStructuredText has it.

    Between underlines it is code that is emphasised, as it is with a placeholder for an address.
    """
    match = _LINK.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1 : state.pos] == "_":
        return False
    if not silent:
        tags = (match.start(), match.start("title")), (match.end("title"), match.end())
        push_container(state, "Link", {"href": match["goal"]}, *tags)
    state.pos = match.end()
    return True

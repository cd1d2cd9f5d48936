"""Block rule for callouts and tabs that Hugo, GitBook and Markdoc write as shortcodes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from markdown_it.rules_block import StateBlock

from sitegen.render.components.callouts import FOLDED, KINDS, title_of
from sitegen.render.syntax.containers import (
    Directive,
    Inside,
    push_bare_body,
    push_body,
    push_callout,
    push_code,
    push_paragraph,
    source_of,
)
from sitegen.render.syntax.directives import push_directive
from sitegen.render.syntax.pictures import destination, push_figure
from sitegen.render.twin.pieces import escaped
from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

_TAG = rare(
    r"\{(?P<sign>%|\{[<%])[ \t]*+(?P<slash>/?)(?P<name>[A-Za-z][\w-]*+)"
    r"(?P<said>(?:\"[^\"\n]*+\"|[^\"{}\n])*)\}{1,2}[ \t]*+"
)
_ENDS = {"%": "%}", "{<": ">}}", "{%": "%}}"}
_ARGUMENT = rare(
    r"(?:(?P<key>[A-Za-z][\w-]*+)=)?(?:\"(?P<quoted>[^\"]*+)\"|'(?P<apart>[^']*+)'|(?P<bare>[^\s\"'=]++))"
)
_CALLOUTS = frozenset(("admonition", "alert", "aside", "callout", "hint", "notice")) | KINDS.keys()
_GROUPS = {"tabs": "Tabs", "tab": "TabItem"}
_AROUND = frozenset(("code", "column", "columns", "content-ref", "raw", "step", "stepper"))
"""Shortcodes that only arrange what they are around."""
_KNOWN = _CALLOUTS | _GROUPS.keys() | _AROUND | {"comment", "highlight"}
_ALONE = frozenset(("figure", "vimeo", "youtube"))
"""Those that are around nothing."""
_LEADING = frozenset(("embed", "file"))
"""Those of GitBook that lead to what they name; a text between them and their end is its name."""
_OF_FIGURES = {"alt": "alt", "height": "height", "link": "target", "width": "width"}
"""What a figure says by the options of a directive."""
_KIND = ("style", "type", "color", "kind")
_LABEL = ("title", "label", "header", "name")
_LONGEST = 1_000  # characters of a line that is a tag


class _Tag(NamedTuple):
    """A shortcode that has its line to itself: how it is written, and what it says."""

    sign: str
    name: str
    is_end: bool
    said: str

    def arguments(self) -> tuple[dict[str, str], list[str]]:
        """Those that have a name by it, and those that have none."""
        named, others = dict[str, str](), list[str]()
        for found in _ARGUMENT.finditer(self.said):
            value = next(
                text for text in found.group("quoted", "apart", "bare") if text is not None
            )
            if found["key"]:
                named[found["key"].lower()] = value
            else:
                others.append(value.strip("[]"))
        return named, others


def shortcode(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take what stands between `{% hint %}` and `{% endhint %}`, or Hugo's like, on their lines.

    What has no end, or a name that says nothing here, is shown and reported as any other tag.
    """
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith(("{%", "{{"), position):
        return False
    tag = _tag(state.src[position : state.eMarks[start]])
    if tag and tag.name in _ALONE and not tag.is_end:
        return silent or _push_alone(state, tag)
    if tag and tag.name in _LEADING and tag.sign == "%" and not tag.is_end:
        return silent or _push_leading(state, tag, start, end)
    if tag is None or tag.is_end or tag.name not in _KNOWN:
        return False
    last = _closings(state).get(start, end)
    if last >= end:
        return False
    if not silent:
        _push(state, tag, Inside(start + 1, last, last + 1))
    return True


def _tag(line: str) -> _Tag | None:
    line = line.strip()
    match = _TAG.fullmatch(line) if line.startswith("{") and len(line) <= _LONGEST else None
    if match is None or not line.endswith(closing := _ENDS[match["sign"]]):
        return None
    name = match["name"].lower()
    is_liquid_end = match["sign"] == "%" and name.startswith("end")
    said = match["said"].removesuffix(closing.rstrip("}"))
    return _Tag(
        match["sign"],
        name.removeprefix("end") if is_liquid_end else name,
        bool(match["slash"]) or is_liquid_end,
        said.strip(),
    )


def _closings(state: StateBlock) -> Mapping[int, int]:
    """The line at which each shortcode of a text ends, by its own; a text is gone through once."""
    source, known = state.env.get("shortcodes", ("", {}))
    found: dict[int, int] = known
    if source is not state.src:
        found, opened, fences = {}, dict[str, list[int]](), FenceScanner()
        for number, line in enumerate(state.src.split("\n")):
            if fences.feed(line) or "{" not in line or not (tag := _tag(line)):
                continue
            if not tag.is_end:
                opened.setdefault(tag.name, []).append(number)
            elif opened.get(tag.name):
                found[opened[tag.name].pop()] = number
        state.env["shortcodes"] = state.src, found
    return found


def _push(state: StateBlock, tag: _Tag, inside: Inside) -> None:
    named, others = tag.arguments()
    if tag.name in _GROUPS:
        _push_group(state, tag, inside)
    elif tag.name == "highlight":
        is_numbered = "linenos" in named or "linenos" in " ".join(others)
        asked = {"linenos": "true"} if is_numbered else {}
        push_code(state, others[0] if others else "", asked, inside)
        state.line = inside.after
    elif tag.name == "comment":
        state.line = inside.after
    elif tag.name in _AROUND:
        begin = len(state.tokens)
        push_bare_body(state, inside)
        for token in state.tokens[begin:] if named.get("title") else ():
            if token.type == "fence":
                token.info += f' title="{named["title"]}"'
        state.line = inside.after
    else:
        said = [*(named.get(key, "") for key in _KIND), *others[:1], tag.name]
        word = next((each.lower() for each in said if each.lower() in KINDS), "note")
        attributes = {"kind": KINDS[word], "title": title_of(word)}
        if tag.name in FOLDED:
            attributes["fold"] = "open" if named.get("open") == "true" else "closed"
        titles = [each for each in others if each.lower() not in KINDS]
        push_callout(state, attributes, named.get("title", " ".join(titles)), inside)


def _push_alone(state: StateBlock, tag: _Tag) -> bool:
    """Push a picture with its caption, or a video; false where nothing says which one."""
    named, others = tag.arguments()
    inside = Inside(state.line + 1, state.line + 1, state.line + 1)
    if tag.name != "figure":
        said = named.get("id") or " ".join(others[:1])
        return push_directive(state, Directive(tag.name, said, {}, inside))
    if not (source := named.get("src", "")):
        return False
    asked = {known: named[key] for key, known in _OF_FIGURES.items() if key in named}
    caption = " ".join(filter(None, (named.get("title"), named.get("caption"))))
    push_figure(state, Directive(tag.name, source, asked, inside), caption)
    state.line = inside.after
    return True


def _push_leading(state: StateBlock, tag: _Tag, start: int, end: int) -> bool:
    """Push a link to what is embedded elsewhere, or to a file; false where nothing is named."""
    named, _ = tag.arguments()
    if not (goal := named.get("url") or named.get("src", "")):
        return False
    last = _closings(state).get(start, end)
    inside = Inside(start + 1, last, last + 1) if last < end else Inside(start, start, start + 1)
    said = " ".join(source_of(state, inside).split())
    if not said or "[" in said or "]" in said:  # no link stands in one
        name = goal if tag.name == "embed" else goal.rpartition("/")[2]
        said = escaped(said or named.get("caption") or name)
    push_paragraph(state, f"[{said}]({destination(goal)})", start)
    state.line = inside.after
    return True


def _push_group(state: StateBlock, tag: _Tag, inside: Inside) -> None:
    """Push tabs, or one of them; Hextra names all of them in front."""
    named, others = tag.arguments()
    opening = state.push("component_open", "", 1)
    opening.info, opening.map = _GROUPS[tag.name], [state.line, inside.last]
    waiting = state.env.setdefault("shortcode-tabs", [])
    if tag.name == "tabs":
        waiting.append(named.get("items", "").split(",")[::-1])
    else:
        label = next((named[key] for key in _LABEL if named.get(key)), " ".join(others))
        following = waiting[-1].pop() if waiting and waiting[-1] else ""
        opening.attrs = {"label": label or following.strip()}
    push_body(state, inside)
    if tag.name == "tabs":
        waiting.pop()
    state.push("component_close", "", -1).info = opening.info
    state.line = inside.after

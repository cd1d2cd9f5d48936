"""Roles of MyST, ``{py:func}`a.b```, and of reStructuredText, ``:doc:`guide```; and its links."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import NamedTuple

from markdown_it.rules_inline import StateInline

from sitegen.errors import Severity
from sitegen.render.anchors import plain_label
from sitegen.render.context import PageContext
from sitegen.render.rules.references import push_labelled, push_reference
from sitegen.render.syntax.inline import drop, problem, push_container, push_leaf
from sitegen.render.syntax.page_form import is_restructured
from sitegen.render.syntax.restructured import goal_of
from sitegen.scan.labels import known_as
from sitegen.scan.patterns import rare

_ROLE = re.compile(
    r"(?:\{(?P<name>[A-Za-z][\w:+.-]{0,30}+)\}|:(?P<plain>[A-Za-z]\w{0,20}+(?::\w{1,20}+)?):)(?P<ticks>`{1,3})(?P<said>[^`\n]{1,500}+)(?P=ticks)(?!`)"
)
_LINK = re.compile(
    r"`(?P<title>[^`<>]{0,300}[^`<>\s])"
    r"(?:\s*+<(?:(?P<name>[^`<>/:#.]{1,300})_|(?P<goal>(?=[^`<>\s]*[/.:#_])[^`<>\s]{1,500}+))>`__?"
    r"|`_)(?![\w`])"
)
_TITLED = rare(r"(?P<title>[^<>]*[^<>\s])\s*<(?P<goal>[^<>]+)>")
_DOMAINS = ("c:", "cpp:", "js:", "py:")
_ICON = rare(r"octicon|fa[bsr]?|material-[a-z]+")
_BADGE = rare(r"bdg(?:-[a-z-]+)?")
_NUMBERS = rare(r"%s|\{(?:name|number)\}")  # figures have none here
_OF_SPHINX = frozenset(("genindex", "modindex", "search"))  # pages that it makes itself
_PLACE_HELP = "write .. _name: above the place, or correct the name"
_LABEL_HELP = "write (label)= or .. _label: above its heading, or correct the label"
_BADGE_OF = rare(r"bdg-(link|ref)(?:-[a-z-]+)?")


_Show = Callable[[StateInline, "_Said"], None]


class _Said(NamedTuple):
    """What a role says: a title before ``<goal>``, or a goal alone; where all stands."""

    name: str
    title: str
    goal: str
    inside: tuple[int, int]
    end: int


def role(state: StateInline, silent: bool) -> bool:
    """Take a role that is known: an object, code, a page, words, or letters below and above."""
    match = _ROLE.match(state.src, state.pos, state.posMax)
    if match is None or (match["plain"] and state.src[state.pos - 1 : state.pos].isalnum()):
        return False
    name, end = (match["name"] or match["plain"]).lower(), match.end()
    show = _shown_by(name)
    if show and not silent:
        titled = _TITLED.fullmatch(match["said"])
        title, goal = (titled["title"], titled["goal"]) if titled else ("", match["said"])
        show(state, _Said(name, title, goal, match.span("said"), end))
    elif show:
        state.pos = end
    return show is not None


def _object(state: StateInline, said: _Said) -> None:
    """Push a reference to an object: `~` shows the last part of its name, `!` looks for none."""
    goal = said.goal
    name = goal.lstrip("~!.").removesuffix("()")
    shown = said.title or (name.rpartition(".")[2] if goal.startswith("~") else goal.lstrip("~!."))
    if goal.startswith("!"):
        _push_code(state, shown, said.end)
    else:
        push_reference(state, name, shown, said.end)


def _code(state: StateInline, said: _Said) -> None:
    _push_code(state, state.src[slice(*said.inside)], said.end)


def _push_code(state: StateInline, code: str, end: int) -> None:
    token = state.push("code_inline", "code", 0)
    token.markup, token.content, token.meta["span"] = "`", code, (state.pos, end)
    state.pos = end


def _address(state: StateInline, said: _Said) -> None:
    label = said.title or said.goal
    push_leaf(state, "Link", {"href": said.goal, "label": label}, said.end)


def _page(state: StateInline, said: _Said) -> None:
    page: PageContext = state.env["page"]
    title = said.title or page.title_of(said.goal)
    label = plain_label(state, title) or said.goal.rstrip("/").rpartition("/")[2]
    push_leaf(state, "Link", {"href": said.goal, "label": label}, said.end)


def _numbered(state: StateInline, said: _Said) -> None:
    """Push a link to a document by its number, where it is one."""
    label = said.title or f"{said.name.upper()} {said.goal}"
    if said.goal.isdecimal():
        href = _NUMBERED[said.name].format(int(said.goal))
        push_leaf(state, "Link", {"href": href, "label": label}, said.end)
    else:
        drop(state, said.end, label)


def _words(state: StateInline, said: _Said) -> None:
    drop(state, said.end, said.title or said.goal)


def _label(state: StateInline, said: _Said) -> None:
    """Push a link to the place that a label names, by its title or by its heading."""
    name = f"#{known_as(said.goal)}"
    target = state.env["page"].reference(name)
    if target is None:
        if said.goal not in _OF_SPHINX:
            message = f"no page has the label {said.goal!r}"
            problem(state, "reference-unresolved", message, _LABEL_HELP, Severity.INFO)
        _words(state, said)
        return
    title = "" if _NUMBERS.search(said.title) else said.title
    push_labelled(state, name, title or target.title or said.goal, said.end)


def _anything(state: StateInline, said: _Said) -> None:
    """Push a link to what has a name: a place, a page, or an object."""
    page: PageContext = state.env["page"]
    if page.place(said.goal):
        _label(state, said)
    elif page.title_of(said.goal):
        _page(state, said)
    else:
        _object(state, said)


def _icon(state: StateInline, said: _Said) -> None:
    """Leave out a picture of a set that is not there."""
    drop(state, said.end)


def _formula(state: StateInline, said: _Said) -> None:
    token = state.push("math_inline", "math", 0)
    token.content, token.markup = state.src[slice(*said.inside)], "$`"
    token.meta |= {"display": False, "span": (state.pos, said.end)}
    state.pos = said.end


def _around(component: str) -> _Show:
    def show(state: StateInline, said: _Said) -> None:
        first, last = said.inside
        push_container(state, component, {}, (state.pos, first), (last, said.end))
        state.pos = said.end

    return show


def _each(show: _Show, names: str) -> dict[str, _Show]:
    return dict.fromkeys(names.split(), show)


_SHOWN: Mapping[str, _Show] = MappingProxyType(
    _each(_object, "attr class const data exc func meth mod obj type")
    | _each(_code, "code command dfn envvar file guilabel kbd literal makevar menuselection")
    | _each(_code, "option program samp")
    | _each(_words, "abbr eq index keyword term token")
    | _each(_anything, "any")
    | _each(_label, "numref ref")
    | _each(_address, "download")
    | _each(_page, "doc")
    | _each(_numbered, "pep rfc")
    | {"math": _formula, "sub": _around("words:sub"), "sup": _around("words:sup")}
)
_NUMBERED = {
    "pep": "https://peps.python.org/pep-{:04}/",
    "rfc": "https://datatracker.ietf.org/doc/html/rfc{}",
}


def _shown_by(name: str) -> _Show | None:
    """What shows a role of a name, if it is known."""
    if name.startswith(_DOMAINS):
        return _object
    if _ICON.fullmatch(name):
        return _icon
    if badge := _BADGE_OF.fullmatch(name):
        return _address if badge[1] == "link" else _words
    return _around("Badge") if _BADGE.fullmatch(name) else _SHOWN.get(name)


def named_link(state: StateInline, silent: bool) -> bool:
    """Take words and an address between backticks, as reStructuredText has it, or words alone.

    Between underlines it is code that is emphasised, as it is with a placeholder for an address.
    Words alone lead where a line elsewhere says that they do, or to the heading of these words;
    so does a name in place of an address.
    """
    match = _LINK.match(state.src, state.pos, state.posMax)
    if match is None or state.src[state.pos - 1 : state.pos] == "_":
        return False
    href = match["goal"] or goal_of(state, name := match["name"] or match["title"])
    if not href and not is_restructured(state):
        return False
    if not href and not silent:
        message = f"no place of the page is called {name!r}"
        problem(state, "reference-unresolved", message, _PLACE_HELP, Severity.INFO)
        drop(state, match.end(), match["title"])
    elif not silent:
        tags = (match.start(), match.start("title")), (match.end("title"), match.end())
        push_container(state, "Link", {"href": href}, *tags)
    state.pos = match.end()
    return True

"""Block rules for callouts and tabs as MkDocs, Docusaurus, MyST and their kin write them."""

from __future__ import annotations

import re
from collections.abc import Mapping

from markdown_it.rules_block import StateBlock

from sitegen.render.anchors import plain_label
from sitegen.render.components.callouts import FOLDED, KINDS, VERSIONS, title_of
from sitegen.render.syntax.blocks import CODE_GROUP, make_tabs_of_code
from sitegen.render.syntax.containers import Directive, Inside, push_body, push_callout, push_target
from sitegen.render.syntax.directives import DIRECTIVES, push_directive
from sitegen.render.syntax.fences import closing_line
from sitegen.render.syntax.lines import (
    ends_paragraph,
    indented_to,
    last_line_of_unclosed,
    line_begun_at,
    stripped_line,
)
from sitegen.render.syntax.options import options, settings
from sitegen.render.syntax.rows_of_tabs import push_tab, push_tabs
from sitegen.scan import FenceScanner
from sitegen.scan.patterns import rare

_STARTS = frozenset(":/!?=`~(")
_TARGET = re.compile(r"\((?P<id>[^\W_][\w:. -]*)\)=[ \t]*")
_FENCED = re.compile(
    r"(?P<mark>:{3,}|/{3,})[ \t]*+(?P<brace>\{?)(?P<name>[A-Za-z][A-Za-z:-]*+)\}?"
    r"(?:\[(?P<bracketed>[^\n]*)\](?=[ \t{]|$))?"
    r"(?:\{(?P<said>[^{}\"]*(?:\"[^\"]*\"[^{}\"]*)*|[^{}]*)\})?"
    r"[ \t]*+(?:\|[ \t]*+)?(?P<plain>(?:[^{}]|\{[\w:-]+\}(?=`))*)(?:\{(?P<asked>[^{}]*+)\}[ \t]*+)?"
)
"""Blanks have one place each: with several, a line of a few hundred took minutes."""
_CLASSED = re.compile(
    r"(?P<mark>:{3,})[ \t]*+\{[ \t]*+(?:#[\w-]++[ \t]++)?\.(?:callout-)?(?P<name>[A-Za-z]++)"
    r"(?P<said>(?:[ \t][^{}]*+)?)\}[ \t]*+"
)
"""A callout of Quarto or Pandoc, whose name is its class."""
_HEADING = rare(r"#{1,6}[ \t]+(.+?)(?:[ \t]+#+)?")  # the title of such a callout
_TITLED = rare(r"title=\"([^\"]*)\"")
_DIRECTIVE = re.compile(
    r"(?P<mark>`{3,}|~{3,})[ \t]*\{(?P<name>[A-Za-z][A-Za-z:-]*)\}[ \t]*(?P<plain>[^`\n]*)"
)
_INDENTED = re.compile(
    r"(?P<mark>!!!|\?\?\?\+?)[ \t]*(?P<name>[A-Za-z]+)"
    r"(?:(?:[ \t]+[\w-]+)*[ \t]+\"(?P<plain>.*)\""
    r"|(?:[ \t]+(?:inline|end|annotate)\b)*(?:[ \t]+(?P<bare>[^\s\"][^\"]*))?)[ \t]*"
)
_TAB = re.compile(
    r"(?:===[!+]?|!!![ \t]+tab)"
    r"(?:(?:[ \t]+[\w-]+)*[ \t]+\"(?P<label>.+)\"|[ \t]+(?P<bare>[^\s\"=][^\"=]*))[ \t]*"
)
"""Labels and titles without quotes are those of a body that stands further in."""
_SIGNED = re.compile(r"(?P<sign>[!?])>[ \t]+(?=\S)")
_SIGNS = {"!": "important", "?": "tip"}
"""The callouts of Docsify, which are one paragraph."""
_TAB_SETS = frozenset(("tab-set", "tabs"))
_TABS = frozenset(("tab-item", "tab"))
_CODE_GROUPS = frozenset(("code-group", "tab-set-code"))
_GROUPS = _TAB_SETS | _TABS | _CODE_GROUPS
"""Containers that are components of ours."""
_LONGEST = 1_000  # characters of a line that is a marker


def admonition(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a callout between ``:::note`` and ``:::``, or below ``!!! note``; tabs too.

    MyST writes it as a fence: `{note}` behind three backticks. Its ``(id)=`` is a place for links.
    """
    position, stop = state.bMarks[start] + state.tShift[start], state.eMarks[start]
    if state.src[position : position + 1] not in _STARTS or stop - position > _LONGEST:
        return False
    tab = _TAB.fullmatch(state.src, position, stop)
    if tab and _has_body(state, tab, start, end):
        return silent or _tabs(state, start, end)
    place = None if silent else _TARGET.fullmatch(state.src, position, stop)
    fenced = _DIRECTIVE.fullmatch(state.src, position, stop)
    fenced = fenced or _FENCED.fullmatch(state.src, position, stop)
    fenced = fenced or _CLASSED.fullmatch(state.src, position, stop)
    match = place or fenced or _INDENTED.fullmatch(state.src, position, stop)
    if match is None or not (place or _is_known(match)):
        return False
    if not _has_body(state, match, start, end):
        return False
    if place:
        push_target(state, place["id"])
        state.line = start + 1
    elif fenced and not silent:
        return _container(state, fenced, start, end)
    elif not silent:
        last = indented_to(state, start, end)
        _callout(state, match, {}, Inside(start + 1, last, last))
    return True


def signed_callout(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take a paragraph of Docsify whose first sign says what callout it is."""
    position = state.bMarks[start] + state.tShift[start]
    match = _SIGNED.match(state.src, position, state.eMarks[start])
    if match is None or silent:
        return match is not None
    below = range(start + 1, end)
    last = next((n for n in below if state.isEmpty(n) or ends_paragraph(state, n, end)), end)
    kind = _SIGNS[match["sign"]]
    with line_begun_at(state, start, match.end(), last):
        push_callout(state, {"kind": kind, "title": title_of(kind)}, "", Inside(start, last, last))
    return True


def _container(state: StateBlock, fenced: re.Match[str], start: int, end: int) -> bool:
    """Push what stands between two marks; a directive may lack what it is to show."""
    mark = fenced["mark"]
    is_fence = mark[0] in "`~"
    last, is_closed = (closing_line if is_fence else closing_of_container)(state, start, end, mark)
    if is_fence and not is_closed:
        _report_unclosed(state, mark, start)
    asked, first = (settings if mark[0] == "/" else options)(state, start + 1, last)
    if "open" in (fenced.groupdict().get("asked") or "").split():
        asked["open"] = "true"
    inside = Inside(first, last, last + is_closed)
    if (name := _name(fenced)) in _TAB_SETS:
        push_tabs(state, inside)
    elif name in _TABS:
        push_tab(state, _title(fenced), inside)
    elif name in _CODE_GROUPS:
        _code_group(state, inside)
    elif name in KINDS:
        _callout(state, fenced, asked, inside)
    else:
        return push_directive(state, Directive(name, _title(fenced), asked, inside))
    return True


def _has_body(state: StateBlock, match: re.Match[str], start: int, end: int) -> bool:
    """Whether lines stand further in than a marker whose title has no quotes; others need none."""
    return not match.groupdict().get("bare") or indented_to(state, start, end) > start + 1


def _name(match: re.Match[str]) -> str:
    """The name of a container; Pandoc writes a class of Quarto without braces: `callout-note`."""
    name: str = match["name"].lower()
    return name.removeprefix("callout-") if match["mark"][0] == ":" else name


def _is_known(match: re.Match[str]) -> bool:
    """Whether a name is one that its form knows: those of MyST alone stand in braces."""
    name = _name(match)
    is_of_myst = match.re is _DIRECTIVE or bool(match.groupdict().get("brace"))
    is_group = name in _GROUPS and match.re is not _INDENTED
    return name in KINDS or is_group or (is_of_myst and name in DIRECTIVES)


def _callout(
    state: StateBlock, match: re.Match[str], asked: Mapping[str, str], inside: Inside
) -> None:
    """Push a callout, foldable where its marker, its name or its class say so."""
    name = _name(match)
    classes = (asked.get("class") or asked.get("type") or "").lower().replace(",", " ").split()
    kind = next((KINDS[each] for each in classes if each in KINDS.keys() - FOLDED), KINDS[name])
    attributes = {"kind": kind, "title": title_of(name)}
    is_open = match["mark"].endswith("+") or asked.get("open", "false").lower() == "true"
    if match["mark"][0] == "?" or name in FOLDED or not FOLDED.isdisjoint(classes):
        attributes["fold"] = "open" if is_open else "closed"
    if id := asked.get("name") or asked.get("label"):
        push_target(state, id)
    title = _title(match)
    if match.re is _CLASSED and not title and (heading := _HEADING.fullmatch(_line(state, inside))):
        title, inside = heading[1].strip(), inside._replace(first=inside.first + 1)
    if title and name in VERSIONS and match["mark"][0] in ":`~":
        attributes["title"] = state.env["page"].say(f"{VERSIONS[name]} in {{}}", title)
        title = ""
    push_callout(state, attributes, title, inside)


def _line(state: StateBlock, inside: Inside) -> str:
    """The first line of a body."""
    if inside.first == inside.last:
        return ""
    return state.src[state.bMarks[inside.first] : state.eMarks[inside.first]].strip()


def _title(match: re.Match[str]) -> str:
    """The title behind a marker, as Markdown."""
    named = match.groupdict()
    titled = _TITLED.search(named.get("said") or "")
    title = named.get("bracketed") or (titled and titled[1]) or named.get("plain")
    return (title or named.get("bare") or "").strip()


def _code_group(state: StateBlock, inside: Inside) -> None:
    """Push code in a container as the tabs that it is elsewhere a tag of."""
    opening = state.push("component_open", "", 1)
    opening.info, opening.map = CODE_GROUP, [state.line, inside.last]
    push_body(state, inside)
    make_tabs_of_code(state, opening)
    state.push("component_close", "", -1).info = opening.info
    state.line = inside.after


def closing_of_container(state: StateBlock, start: int, end: int, mark: str) -> tuple[int, bool]:
    """The line after a container's body, and whether it is the mark that ends it; else reported.

    A pass tells that of all that begin on its way, or many that never end would take for ever.
    """
    # A docstring on the page is a text of its own, and has lines of the same numbers.
    known = state.env.setdefault("containers", {}).setdefault((state.src, mark, end), {})
    opened, fences = [] if start in known else [start], FenceScanner()
    for line in range(start + 1, end if opened else start):
        if state.sCount[line] < state.blkIndent and not state.isEmpty(line):
            break  # what holds the container ends there
        text = stripped_line(state, line)
        if fences.feed(state.src[state.bMarks[line] : state.eMarks[line]]):
            continue
        if not text.startswith(mark) or text.startswith(mark + mark[0]):
            continue
        if text != mark:
            opened.append(line)
        else:
            known[opened.pop()] = line
            if not opened:
                break
    known.update(dict.fromkeys(opened, -1))
    if known[start] >= 0:
        return known[start], True
    _report_unclosed(state, mark, start)
    return min(last_line_of_unclosed(state, start, end) + 1, end), False


def _report_unclosed(state: StateBlock, mark: str, start: int) -> None:
    message = f"what begins with {mark} and a name is never closed"
    help = f"write {mark} below it"
    state.env["page"].report("component-unclosed", message, help=help, line=start)


def _tabs(state: StateBlock, start: int, end: int) -> bool:
    """Push tabs that follow each other as a group."""
    group = state.push("component_open", "", 1)
    group.info = "Tabs"
    line = last = start
    while line < end:
        position = state.bMarks[line] + state.tShift[line]
        tab = _TAB.fullmatch(state.src, position, state.eMarks[line])
        if tab is None or state.sCount[line] != state.sCount[start]:
            break
        if not _has_body(state, tab, line, end):
            break
        last = indented_to(state, line, end)
        opening = state.push("component_open", "", 1)
        opening.info, opening.attrs = (
            "TabItem",
            {"label": plain_label(state, (tab["label"] or tab["bare"]).strip())},
        )
        opening.map = [line, last]
        push_body(state, Inside(line + 1, last, last))
        state.push("component_close", "", -1).info = "TabItem"
        line = state.skipEmptyLines(last)
    state.push("component_close", "", -1).info = "Tabs"
    group.map = [start, last]
    state.line = last
    return True

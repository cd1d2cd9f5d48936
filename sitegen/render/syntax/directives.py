"""What directives of MyST and reStructuredText show that are no callout and no tabs."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from itertools import pairwise
from types import MappingProxyType

from markdown_it.rules_block import StateBlock

from sitegen.render.anchors import plain_label
from sitegen.render.components.callouts import title_of
from sitegen.render.context import PageContext
from sitegen.render.syntax.containers import (
    Directive,
    Inside,
    component_around,
    element_around,
    push_bare_body,
    push_body,
    push_callout,
    push_code,
    push_html,
    push_inline,
    push_paragraph,
    push_target,
    source_of,
)
from sitegen.render.syntax.described import (
    AUTO_NAMES,
    NAMES,
    SETTINGS,
    description,
    documented,
    object_at,
    setting,
)
from sitegen.render.syntax.lines import stripped_line
from sitegen.render.syntax.listed import table_of_csv, table_of_lists
from sitegen.render.syntax.pictures import destination, embedded, figure, image
from sitegen.render.syntax.rows_of_tabs import push_tab, push_tabs
from sitegen.render.twin.pieces import escaped
from sitegen.scan.described import is_style
from sitegen.scan.patterns import rare

_ENTRY = rare(r"(?P<title>[^<>]*[^<>\s])\s*<(?P<goal>[^<>\s]+)>")
_PATH = rare(r"[^\s<>*?]+")
_ENDS_WORDS = rare(r"[][<\\]")
_FILED = rare(r"\s:\s.*")  # behind a term of a glossary: how an index files it
_HEAD, _FOOT = rare(r"\^{3,}"), rare(r"\+{3,}")
_LANGUAGES = {
    **dict.fromkeys(("parsed-literal", "productionlist", "testoutput"), "text"),
    **dict.fromkeys(("doctest", "testcode"), "python"),
    **dict.fromkeys(("digraph", "graphviz"), "dot"),
    "mermaid": "mermaid",
}
"""What the code of some directives is written in; of others they say it themselves."""
_FILE, _BETWEEN_WORDS = rare(r"/|\.mdx?$"), rare(r"[-_]+")

Show = Callable[[StateBlock, Directive], None]


def _nothing(_state: StateBlock, _directive: Directive) -> None:
    """Show nothing: it says how pages are made, or lists what stands beside each page."""


def _body(state: StateBlock, directive: Directive) -> None:
    push_bare_body(state, directive.inside)


def _code(state: StateBlock, directive: Directive) -> None:
    language = _LANGUAGES.get(directive.name) or directive.said
    push_code(state, language, directive.asked, directive.inside)


def _formula(state: StateBlock, directive: Directive) -> None:
    """Show a formula; no blank line is in one of Markdown."""
    token = state.push("math_block", "math", 0)
    lines = (directive.said, *source_of(state, directive.inside).split("\n"))
    token.content = "\n".join(("", *filter(str.strip, lines), ""))
    token.markup, token.map = "$$", [state.line, directive.inside.after]
    token.meta["display"] = True


def _table(state: StateBlock, directive: Directive) -> None:
    """Show a table below its caption: one of Markdown, of lists in a list, or of CSV."""
    inside = directive.inside
    with component_around(state, "directive:figure", {}, inside):
        if directive.said:
            with component_around(state, "directive:caption", {}, inside):
                push_inline(state, directive.said, state.line)
        if directive.name == "csv-table":
            if not table_of_csv(state, source_of(state, inside), directive.asked):
                push_code(state, "csv", {}, inside)
        else:
            first = len(state.tokens)
            push_body(state, inside)
            if directive.name == "list-table":
                table_of_lists(state, first, directive.asked)


def _contents(state: StateBlock, directive: Directive) -> None:
    """List the pages of a ``toctree`` that is shown; what a pattern names is not known here."""
    if "hidden" in directive.asked:
        return
    if caption := directive.asked.get("caption"):
        push_paragraph(state, f"**{caption}**")
    lines = range(*directive.inside[:2])
    found = [(line, _entry(state, stripped_line(state, line))) for line in lines]
    if not any(entry for _, entry in found):
        return
    opening = state.push("bullet_list_open", "ul", 1)
    opening.markup, opening.map = "-", [state.line, directive.inside.last]
    for line, entry in found:
        if entry:
            with element_around(state, "list_item", "li", line):
                push_paragraph(state, entry, line)
                state.tokens[-1].hidden = state.tokens[-3].hidden = True
    state.push("bullet_list_close", "ul", -1).markup = "-"


def _entry(state: StateBlock, line: str) -> str:
    """An entry of a ``toctree`` as a link; empty when it is none."""
    if titled := _ENTRY.fullmatch(line):
        return f"[{titled['title']}]({destination(titled['goal'])})"
    if line == "self" or not _PATH.fullmatch(line):
        return ""
    stem = line.removesuffix("/index").rpartition("/")[2].partition(".")[0]
    title = _title_of(state, line) or _BETWEEN_WORDS.sub(" ", stem) or line
    return f"[{title}]({destination(line)})"


def _title_of(state: StateBlock, href: str) -> str:
    """What is called so where a link leads, as Markdown that may stand in a link's words."""
    page: PageContext = state.env["page"]
    title = page.title_of(href)
    return escaped(plain_label(state, title)) if _ENDS_WORDS.search(title) else title


def _glossary(state: StateBlock, directive: Directive) -> None:
    """Show terms over what stands further in below them, behind what is below none."""
    first, last, _ = directive.inside
    indent = min((state.sCount[n] for n in range(first, last) if not state.isEmpty(n)), default=0)
    terms = [n for n in range(first, last) if not state.isEmpty(n) and state.sCount[n] == indent]
    push_body(state, Inside(first, terms[0], terms[0]))
    state.push("dl_open", "dl", 1).map = [first, last]
    for line, following in pairwise([*terms, last]):
        with element_around(state, "dt", "dt", line):
            push_inline(state, _FILED.sub("", stripped_line(state, line)), line)
        if any(not state.isEmpty(below) for below in range(line + 1, following)):
            with element_around(state, "dd", "dd", line + 1):
                push_body(state, Inside(line + 1, following, following))
    state.push("dl_close", "dl", -1)


def _included(state: StateBlock, directive: Directive) -> None:
    """Say which file belongs here: one that the input holds stands here already."""
    token = state.push("component", "", 0)
    token.info, token.attrs = directive.name, {"source": json.dumps({"path": directive.said})}
    token.map = [state.line, directive.inside.after]


def _quote(state: StateBlock, directive: Directive) -> None:
    opening = state.push("blockquote_open", "blockquote", 1)
    opening.markup, opening.map = ">", [state.line, directive.inside.last]
    push_body(state, directive.inside)
    state.push("blockquote_close", "blockquote", -1).markup = ">"


def _aside(state: StateBlock, directive: Directive) -> None:
    """Show as a callout what stands beside the text, or is called by its kind: an exercise."""
    name = directive.name.rpartition(":")[2]
    kind = title_of("note" if name in {"margin", "sidebar", "topic"} else name)
    push_callout(state, {"kind": "note", "title": kind}, directive.said, directive.inside)


def _raw(state: StateBlock, directive: Directive) -> None:
    """Show HTML, sanitised as all of it is; what is for other output is not shown."""
    if directive.said == "html":
        push_html(state, source_of(state, directive.inside), *directive.inside[:2])


def _strong(state: StateBlock, directive: Directive) -> None:
    push_paragraph(state, f"**{directive.said}**")


def _button(state: StateBlock, directive: Directive) -> None:
    """Show a link as a button; where a label is named that nothing has, its words."""
    title = _title_of(state, directive.said)
    words = source_of(state, directive.inside).strip() or title or directive.said
    is_label = directive.name == "button-ref" and not (
        title or directive.asked.get("ref-type") in {"doc", "myst"} or _FILE.search(directive.said)
    )
    push_paragraph(
        state, words if is_label else f"[{words}]({destination(directive.said)}){{ .button }}"
    )


def _card(state: StateBlock, directive: Directive) -> None:
    """Show a card: a head over ``^^^`` and a foot below ``+++`` are parts of what it says."""
    asked, (first, last, _) = directive.asked, directive.inside
    attributes = {"title": plain_label(state, directive.said)}
    page: PageContext = state.env["page"]
    if "link" in asked and (asked.get("link-type") != "ref" or page.place(asked["link"])):
        attributes["href"] = asked["link"]
    lines = range(first, last)
    head = next((n for n in lines if _HEAD.fullmatch(stripped_line(state, n))), None)
    foot = next((n for n in lines if _FOOT.fullmatch(stripped_line(state, n))), None)
    cuts = [first - 1, *sorted(n for n in (head, foot) if n is not None), last]
    with component_around(state, "Card", attributes, directive.inside):
        for before, after in pairwise(cuts):
            if before + 1 < after:
                push_body(state, Inside(before + 1, after, after))


def _grid(state: StateBlock, directive: Directive) -> None:
    with component_around(state, "CardGrid", {}, directive.inside):
        push_body(state, directive.inside)


def _tabs(state: StateBlock, directive: Directive) -> None:
    push_tabs(state, directive.inside)


def _tab(state: StateBlock, directive: Directive) -> None:
    push_tab(state, directive.said, directive.inside)


def _each(show: Show, names: str) -> dict[str, Show]:
    return dict.fromkeys(names.split(), show)


DIRECTIVES: Mapping[str, Show] = MappingProxyType(
    _each(_nothing, "codeauthor contents default-role highlight index meta program sectionauthor")
    | _each(_nothing, "tabularcolumns module currentmodule py:module py:currentmodule")
    | _each(_body, "container cssclass div eval-rst grid-item hlist ifconfig only rst-class")
    | _each(_code, "code code-block prompt sourcecode parsed-literal productionlist")
    | _each(_code, "mermaid digraph graphviz doctest testcode testoutput")
    | _each(_tabs, "tab-set tabs")
    | _each(_tab, "group-tab tab tab-item")
    | dict.fromkeys(SETTINGS, setting)
    | _each(_quote, "epigraph highlights pull-quote")
    | _each(_table, "csv-table list-table table")
    | _each(_aside, "margin sidebar topic exercise solution")
    | _each(_aside, "prf:theorem prf:proof prf:lemma prf:definition prf:example prf:remark")
    | _each(_aside, "prf:algorithm prf:axiom prf:corollary prf:observation prf:proposition")
    | _each(embedded, "iframe video vimeo youtube")
    | _each(_button, "button-link button-ref")
    | _each(_card, "card grid-item-card")
    | _each(figure, "figure figure-md")
    | _each(_included, "include literalinclude")
    | dict.fromkeys(NAMES, description)
    | dict.fromkeys(AUTO_NAMES, documented)
    | {
        "glossary": _glossary,
        "grid": _grid,
        "image": image,
        "math": _formula,
        "raw": _raw,
        **dict.fromkeys(("centered", "rubric"), _strong),
        "toctree": _contents,
    }
)
"""By name, what shows a directive; what runs code, or needs other files, is not among them."""
_NAMED = frozenset((image, embedded, _strong, _button, _included, _tab, setting))
"""Those that show what stands behind their name."""
_AROUND = frozenset((_quote, _glossary, _raw, _table, _formula, _code))
"""Those that show their body."""


def _is_described(state: StateBlock, directive: Directive) -> bool:
    """Whether a directive says what object it describes, and anything of it."""
    found = object_at(state, state.line)
    has_body = directive.inside.first < directive.inside.last
    return found is not None and (has_body or found.parameters is not None)


def push_directive(state: StateBlock, directive: Directive) -> bool:
    """Push what a directive shows, and go on behind it; false where what it needs is not there."""
    name, said, asked, (first, last, after) = directive
    while first < last and state.isEmpty(first):
        first += 1
    directive = directive._replace(inside=Inside(first, last, after))
    show = _body if is_style(name, said) else DIRECTIVES[name]
    if (not said and (show in _NAMED or name == "figure")) or "file" in asked or "url" in asked:
        return False
    if show is description and not _is_described(state, directive):
        return False
    if show is documented and object_at(state, state.line) is None:
        return False
    if show is _included and first < last:
        return False
    if show in _AROUND and first == last and not (said and show is _formula):
        return False
    if id := asked.get("name"):
        push_target(state, id)
    show(state, directive)
    state.line = after
    return True

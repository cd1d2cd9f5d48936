"""Links without words, which say the title of where they lead, and those of wikis."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from urllib.parse import unquote

from markdown_it.rules_core import StateCore
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.model.objects import Documented
from sitegen.render.anchors import plain_label, plain_text
from sitegen.render.context import PageContext
from sitegen.render.syntax.inline import push_leaf
from sitegen.scan.page_names import PROJECT_LINK, WIKI_LINK, spelled_alike
from sitegen.urls import slug


def project_link(state: StateInline, silent: bool) -> bool:
    """Take ``<project:guide.md>`` and ``<project:#label>`` of MyST as links without words."""
    match = PROJECT_LINK.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    if silent:
        state.pos = match.end()
    else:
        goal = match[1]
        page: PageContext = state.env["page"]
        label = plain_label(state, page.title_of(goal) or goal)
        push_leaf(state, "Link", {"href": goal, "label": label}, match.end())
    return True


def wiki_link(state: StateInline, silent: bool) -> bool:
    """Take ``[[Page]]``, ``[[Page#Heading]]`` and ``[[Page|words]]``, where such a page is.

    Some wikis have the words first.
    """
    match = WIKI_LINK.match(state.src, state.pos, state.posMax)
    if match is None or state.linkLevel:
        return False
    page: PageContext = state.env["page"]
    name, section, words = match.group("name", "section", "words")
    anchor = f"#{slug(section)}" if section else ""
    if words and name and not _called(name, page) and _called(words, page):
        name, words = words, name
    found = _called(name, page) if name else None
    if not found and (name or not section):
        return False
    if silent:
        state.pos = match.end()
        return True
    label = words or " > ".join(filter(None, (name, section)))
    href = f"@site/./{found.page}{anchor}" if found else anchor
    push_leaf(
        state, "Link", {"href": href, "label": plain_label(state, label.strip())}, match.end()
    )
    return True


def _called(name: str, page: PageContext) -> Documented | None:
    return page.reference(f"[[{spelled_alike(name)}")


def say_titles(state: StateCore) -> None:
    """Give the words to links that have none, where it is known what they lead to.

    This comes before headings get their ids, which are made of such words too.
    """
    for token in _wordless(state):
        token.children = list(_worded(token.children or [], {}, state))


def say_headings(state: StateCore) -> None:
    """Give them to those that lead to a heading of the page, when all have their ids."""
    wordless = _wordless(state)
    headings = dict(_headings(state.tokens)) if wordless else {}
    for token in wordless:
        token.children = list(_worded(token.children or [], headings, state))


def _wordless(state: StateCore) -> list[Token]:
    return [t for t in state.tokens if t.type == "inline" and "[](" in t.content]


def _headings(tokens: Iterable[Token]) -> Iterator[tuple[str, str]]:
    """The links to the page's own headings, and what these say."""
    for opening, inline in pairwise(tokens):
        if opening.type == "heading_open":
            yield f"#{opening.attrs['id']}", plain_text(inline.children or ())


def _worded(
    children: Iterable[Token], headings: Mapping[str, str], state: StateCore
) -> Iterator[Token]:
    page: PageContext = state.env["page"]
    opening: Token | None = None
    for child in children:
        if child.type == "link_close" and opening is not None:
            href = str(opening.attrs.get("href", ""))
            if words := headings.get(unquote(href)) or plain_label(state, page.title_of(href)):
                opening.meta["words"] = words
                yield Token("text", "", 0, content=words)
        opening = child if child.type == "link_open" else None
        yield child

"""A core rule that reports once for each other dialect that its marks are shown as written."""

from __future__ import annotations

import re
from itertools import pairwise

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import Severity
from sitegen.render.code.languages import knows
from sitegen.render.context import PageContext
from sitegen.render.rules.dialect_marks import DIALECTS, Dialect

_SIGNS = tuple(dict.fromkeys(sign for each in DIALECTS for sign in each.signs))
_COMMON = frozenset(".`")  # a regex would stop there too often, as at letters
_LOOKED_FOR = tuple(
    sign for sign in _SIGNS if len(sign) == 1 or sign[0].isalpha() or sign[0] in _COMMON
)
_OTHERS = re.compile("|".join(re.escape(sign) for sign in _SIGNS if sign not in _LOOKED_FOR))
"""Signs that most pages have none of, in one pass."""
_IN_HTML = tuple(each for each in DIALECTS if each.in_html)
_NO_TEXT = re.compile(
    r"<(code|pre|script|style)\b(?:(?!</\1\b).)*|<!--(?:(?!-->).)*|<[^<>]*>",
    re.DOTALL | re.IGNORECASE,
)
_OF_MYST = "directives of MyST ({x})"
_OF_MDX = "blocks of MDX (mdx-code-block)"
_SHOWN = {"text": None, "softbreak": "\n", "hardbreak": "\n", "code_inline": "`"}
"""What a text is looked at by: the content of these, or what stands for it; not what is escaped."""


def foreign(state: StateCore) -> None:
    """Look a page's texts through for the dialects whose signs it has."""
    page: PageContext = state.env["page"]
    sentences = "\n\n".join([token.content for token in state.tokens if token.type == "inline"])
    waiting = spoken = _spoken(sentences)
    for before, token in pairwise(state.tokens) if waiting else ():
        if token.type == "inline":
            is_heading = before.type == "heading_open"
            waiting = _look(page, token, waiting, is_heading=is_heading) if waiting else waiting
    unsaid = [each for each in _IN_HTML if each in waiting or each not in spoken]
    for token in state.tokens:
        if token.type == "html_block" and "{" in token.content:
            unsaid = _look_in_html(page, token, unsaid)
    fences = [token for token in state.tokens if token.type == "fence"]
    for name, is_one in ((_OF_MYST, _is_of_myst), (_OF_MDX, _is_of_mdx)):
        if first := next((fence for fence in fences if is_one(fence.info)), None):
            _report(page, first, name)


def _spoken(text: str) -> list[Dialect]:
    """The dialects whose marks a text may hold, also as code; most pages hold none."""
    here = {sign for sign in (_SIGNS if _OTHERS.search(text) else _LOOKED_FOR) if sign in text}
    found = [each for each in DIALECTS if not here.isdisjoint(each.signs)] if here else []
    near = [each for each in found if each.near is None or each.near.search(text)]
    return [each for each in near if each.marks.search(text)]


def _look(
    page: PageContext, token: Token, waiting: list[Dialect], *, is_heading: bool
) -> list[Dialect]:
    """Report the dialects that a text speaks; give those that none has spoken yet."""
    here = [each for each in waiting if any(sign in token.content for sign in each.signs)]
    if not here:
        return waiting
    text = "".join(
        _SHOWN.get(child.type) or child.content
        for child in token.children or ()
        if child.type in _SHOWN or (child.type == "text_special" and len(child.content) > 1)
    )
    waiting = list(waiting)
    for each in here:
        found = (each.in_headings or not is_heading) and each.marks.search(text)
        if found:
            _report(page, token, each.name, text.count("\n", 0, found.start()))
            waiting.remove(each)
    return waiting


def _look_in_html(page: PageContext, token: Token, waiting: list[Dialect]) -> list[Dialect]:
    """The same for the text of a block of HTML, of which code is none."""
    text = _NO_TEXT.sub(lambda found: "\n" * found[0].count("\n"), token.content)
    found = [(each, mark) for each in waiting if (mark := each.marks.search(text))]
    for each, mark in found:
        _report(page, token, each.name, text.count("\n", 0, mark.start()))
    return [each for each in waiting if each not in {known for known, _ in found}]


def _is_of_myst(info: str) -> bool:
    return info.lstrip().startswith("{") and not knows(info)


def _is_of_mdx(info: str) -> bool:
    return info.strip() == "mdx-code-block"


def _report(page: PageContext, token: Token, name: str, below: int = 0) -> None:
    """Report a dialect, so many lines below the first of a token."""
    line = (token.map[0] if token.map else 0) + below
    message = f"{name} are shown as they are written"
    page.report("dialect", message, severity=Severity.INFO, line=line)

"""A core rule that reports markup which means nothing where it stands, and is shown as it is."""

from __future__ import annotations

import re

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import Severity
from sitegen.render.code.highlight import knows
from sitegen.render.context import PageContext
from sitegen.render.html.sanitize import TAGS

_HELP = "correct it, or write it as code or with a backslash"
_SUSPECT = re.compile(r"\*\*|~~|\[\^|</?[A-Za-z]")
_ROWS = re.compile(r"\|[^\n]+\|[ \t]*(?:\n[ \t]*\|[^\n]+\|[ \t]*)+")
_PAIR = re.compile(
    r"(?<![*\w(])(\*\*|~~)(?![\s*~])[^*~]+(?:(?<=[\w.:!?)\"'])\1(?![*~])|(?<= )\1(?=\w))"
)
_NOTE = re.compile(r"\[\^[\w-]+\](?!:)")
_HTML = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/][^<>]*[=\"'])")

_DIALECTS = (
    (re.compile(r"\{%.*?%\}"), "tags of Liquid or Jinja ({% ... %})"),
    (re.compile(r"\{\{[<%].*?[>%]\}\}"), "shortcodes of Hugo ({{< ... >}})"),
    (re.compile(r"\[TOC\]$|\[\[_TOC_\]\]$"), "a marker for a table of contents ([TOC])"),
    (
        re.compile(r"\.\. [a-z-]+::(?:\s|$)", re.MULTILINE),
        "directives of reStructuredText (.. x::)",
    ),
    (re.compile(r"^--?8<--", re.MULTILINE), "snippets of MkDocs (--8<--)"),
    (re.compile(r"^:{3,}[ \t]*\{?[A-Za-z]", re.MULTILINE), "containers of an unknown name (:::)"),
    (
        re.compile(r"^(?:!!!|\?\?\?\+?) [a-z]+(?: \"[^\"]*\")?$", re.MULTILINE),
        "callouts of an unknown name (!!!)",
    ),
    (re.compile(r"^export \w|^import \w.* from ['\"]", re.MULTILINE), "imports or exports of MDX"),
)
_OF_MYST = "directives of MyST ({x})"
_FOREIGN = re.compile(r"\{[%{]|TOC|::|--8<|!!! |\?\?\? ")


def foreign(state: StateCore) -> None:
    """Report once for each other dialect that its marks are shown as they are written."""
    page: PageContext = state.env["page"]
    reported: set[str] = set()
    for token in state.tokens:
        if token.type == "fence" and token.info.lstrip().startswith("{") and not knows(token.info):
            _report(page, token, _OF_MYST, reported)
        if token.type != "inline" or not _may_be_foreign(token.content):
            continue
        text = "".join(c.content for c in token.children or () if c.type in {"text", "softbreak"})
        for pattern, name in _DIALECTS:
            if name not in reported and pattern.search(text):
                _report(page, token, name, reported)


def _report(page: PageContext, token: Token, name: str, reported: set[str]) -> None:
    if name not in reported:
        reported.add(name)
        line = token.map[0] if token.map else 0
        message = f"{name} are shown as they are written"
        page.report("dialect", message, severity=Severity.INFO, line=line)


def leftovers(state: StateCore) -> None:
    """Report what is left as text of emphasis, footnotes, tables and tags."""
    page: PageContext = state.env["page"]
    for token in state.tokens:
        if token.type != "inline" or not _is_suspect(token.content):
            continue
        if found := _left(token):
            message = f"{found} is shown as it is written"
            line = token.map[0] if token.map else 0
            page.report("markup-shown", message, severity=Severity.INFO, help=_HELP, line=line)


# `re` passes over a text at once where each choice of a pattern begins with a known character. What
# begins with a place in the text is therefore asked apart.
def _may_be_foreign(text: str) -> bool:
    return bool(_FOREIGN.search(text)) or "import " in text or "export " in text


def _is_suspect(text: str) -> bool:
    return bool(_SUSPECT.search(text)) or text.lstrip().startswith("|")


def _left(token: Token) -> str:
    """Name the first markup that came to nothing in a text; empty when there is none."""
    if _ROWS.fullmatch(token.content.strip()):
        return "a table without a row of dashes below its header"
    text = "".join(
        child.content if child.type in {"dropped", "softbreak", "text"} else "\0"
        for child in token.children or ()
    )
    if found := _PAIR.search(text):
        return f"{found[1]} around {found[0].strip('*~ ')[:40]!r}"
    if found := _NOTE.search(text):
        return f"the mark of a footnote that nothing defines, {found[0]},"
    for found in _HTML.finditer(text):
        if found[1].lower() in TAGS:
            return f"the tag <{found[1]}>, which cannot be read,"
    return ""

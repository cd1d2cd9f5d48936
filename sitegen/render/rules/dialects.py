"""A core rule that reports once for each other dialect that its marks are shown as written."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import Severity
from sitegen.render.code.languages import knows
from sitegen.render.context import PageContext


class _Dialect(NamedTuple):
    """Marks of another dialect: without one of the ``signs`` in a page's sentences there are none.

    One character is found at once, more take longer. Where signs are common, ``near`` finds
    quickly what may be such a mark. No mark goes on beyond where another begins, so that looking
    takes no longer than the text is. A pattern that begins with a character, and looks back behind
    it, is found several times as fast as one that looks back first. Between two texts of a page is
    a blank line, in none is any.
    """

    name: str
    signs: tuple[str, ...]
    marks: re.Pattern[str]
    near: re.Pattern[str] | None = None
    in_headings: bool = True


_DIALECTS = (
    _Dialect(
        "tags of Liquid or Jinja ({% ... %})",
        ("{",),
        re.compile(r"\{(?<!\{\{)(?:%(?:(?!\{%).)*?%|#\s(?:(?!\{#).)*?\s#)\}"),
    ),
    _Dialect(
        "shortcodes of Hugo ({{< ... >}})",
        ("{",),
        re.compile(r"\{\{[<%](?:(?!\{\{).)*?[>%]\}\}"),
    ),
    _Dialect(
        "expressions of templates ({{ ... }})",
        ("{",),
        re.compile(r"\{\{(?![<%])(?:(?!\{\{).)*?\}\}"),
    ),
    _Dialect("included files ({* ... *})", ("{",), re.compile(r"\{\*(?:(?!\{\*).)*?\*\}")),
    _Dialect(
        "lists of attributes ({#id .class})",
        ("{",),
        re.compile(
            r"\{(?:(?<!\{\{)(?<!:::\{)(?<!::: \{):? ?[#.]"
            r"(?!if\b|each\b|await\b|key\b)[A-Za-z][^{}\n]*\}"
            r"|:? ?(?:(?:align|class|height|loading|rel|style|target|title|width)="
            r"(?:\"[^\"\n]*\"|[^\s{}\"]+) ?)+\})"
        ),
    ),
    _Dialect(
        "comments of Obsidian (%%words%%)", ("%%",), re.compile(r"%%(?<![\w%]%%)[^%\n]+%%(?!%)")
    ),
    _Dialect(
        "abbreviations (*[A]: words)", ("*[",), re.compile(r"^\*\[[^\]\n]+\]: ", re.MULTILINE)
    ),
    _Dialect(
        "markers for a table of contents ([TOC])",
        ("TOC", "toc"),
        re.compile(r"\[(?:TOC|\[_?(?:TOC|toc)_?\])\]$|^(?:\{:toc\}|\[toc\])$", re.MULTILINE),
    ),
    _Dialect(
        "links of wikis ([[page]])",
        ("[[",),
        re.compile(r"\[\[(?!(?:TOC|toc)\]|autodoc\b|open-in-colab)[^\W\d_][^\[\]\n]*\]\]"),
        in_headings=False,  # there it is an id in a wrong place, and reported as that
    ),
    _Dialect(
        "directives of reStructuredText (.. x::)",
        ("::",),
        re.compile(r"\.\. [a-z-]+::(?:\s|$)", re.MULTILINE),
    ),
    _Dialect(
        "comments and targets of reStructuredText (.. x)",
        (".. ",),
        re.compile(r"\.(?<![^\n]\.)(?<![^\n]\n\.)\. (?![a-z-]+::)(?=\S)"),
    ),
    _Dialect("links of reStructuredText (`x`_)", ("`_",), re.compile(r"`_{1,2}(?![\w`_])")),
    _Dialect(
        "blocks of AsciiDoc (== x, [NOTE], image::x[])",
        ("==", "::", "[NOTE]", "[source"),
        re.compile(
            r"=(?<![^\n]=)(?<![^\n]\n=)={1,5} \S[^=\n]*(?: =+)?(?![^\n])"
            r"|\|(?<![^\n]\|)={3,}(?![^\n])"
            r"|::(?<=(?<![^\n])(?:audio|image|video)::)[^\s\[]{0,99}\["
            r"|::(?<=(?<![^\n])include::)[^\s\[]{0,99}\["
            r"|\[(?<![^\n]\[)"
            r"(?:NOTE|source(?:,[\w, -]*)?)\](?![^\n])",
        ),
    ),
    _Dialect(
        "blocks of Jira ({code})",
        ("{",),
        re.compile(
            r"\{(?<![^\n]\{)(code|noformat|panel|quote)(?::[^{}\n]*)?\}"
            r"(?:(?![^\n])|(?=[^\n]*\{\1\}))"
        ),
    ),
    _Dialect(
        "citations of Pandoc ([@key])",
        ("[@",),
        re.compile(r"\[@[^\W_][^\[\]\n/]*\](?!\()"),
    ),
    _Dialect(
        "ids of blocks (^id)", ("^",), re.compile(r"\^(?<= \^)[a-z0-9][a-z0-9-]{2,}(?!\n?[^\n])")
    ),
    _Dialect("roles of reStructuredText (:x:`name`)", (":`",), re.compile(r":(?<!\S:)[a-z:]+:`")),
    _Dialect(
        "roles of MyST ({x}`name`)", ("}`",), re.compile(r"\{(?<![\w{$]\{)[A-Za-z][\w:+.-]*\}`")
    ),
    _Dialect(
        "blocks of an unknown name (///)",
        ("///",),
        re.compile(r"^/{3,}[ \t]*[a-z][\w-]*(?: \|.*)?$", re.MULTILINE),
    ),
    _Dialect("snippets of VitePress (<<<)", ("<<<",), re.compile(r"^<<<[ \t]*\S", re.MULTILINE)),
    _Dialect("snippets of MkDocs (--8<--)", ("8<-",), re.compile(r"^--?8<--", re.MULTILINE)),
    _Dialect(
        "containers of an unknown name (:::)",
        ("::",),
        re.compile(r"^:{2}(?::+[ \t]*\{?\.?[A-Za-z]|[a-z][\w-]*[\[{])", re.MULTILINE),
    ),
    _Dialect(
        "callouts of an unknown name (!!!)",
        ("!!!", "???"),
        re.compile(r"^(?:!!!|\?\?\?[+-]?) ?(?:[a-z-]+ ?$|(?:[a-z-]+ )*\".*$)", re.MULTILINE),
    ),
    _Dialect(
        "imports or exports of MDX",
        ("import ", "export "),
        re.compile(
            r"^export (?:async|class|const|default|function|let|var)\b|^import \w.* from ['\"]",
            re.MULTILINE,
        ),
    ),
    _Dialect(
        "marked words (==words==)",
        ("==",),
        re.compile(r"==(?<![\w=]==)(?=[^\s=])[^=\n]*[^\s=]==(?![\w=])"),
    ),
    _Dialect("keys (++ctrl+c++)", ("++",), re.compile(r"\+\+(?<![\w+{]\+\+)[\w+-]+\+\+(?![\w+])")),
    _Dialect(
        "marks of changes ({++words++})",
        ("{",),
        re.compile(
            r"\{(?<!\{\{)(?:\+\+[^{}\n]+\+\+|--[^{}\n]+--|==[^{}\n]+==|>>[^{}\n]+<<"
            r"|\+ [^{}\n]+ \+|- [^{}\n]+ -)\}"
        ),
    ),
    _Dialect(
        "extensions of kramdown ({::name})", ("{:",), re.compile(r"\{(?:::/?[a-z]|:/(?:[a-z]|\}))")
    ),
    _Dialect(
        "extensions of DocFX ([!INCLUDE ...])",
        ("[!",),
        re.compile(r"\[!(?:(?:div|include|video)\s|code(?:-\w+)?\b)", re.IGNORECASE),
    ),
    _Dialect(
        "tables drawn in lines (+---+)",
        ("--+", "=="),
        re.compile(r"^(?:\+(?:[-=:]{2,}\+)+|={2,}(?:[ \t]+={2,})+)[ \t]*$", re.MULTILINE),
    ),
    _Dialect(
        "formulas without dollar signs (\\begin{...})",
        ("\\begin{",),
        re.compile(r"^\\begin\{[A-Za-z]+\*?\}", re.MULTILINE),
    ),
    _Dialect(
        "letters above or below (x^2^, H~2~O)",
        ("~", "^"),
        re.compile(r"(?<=\w)([~^])[^\W_]{1,8}\1(?![~^])"),
        re.compile(r"~\w{1,8}[~^]|\^\w{1,8}[~^]"),
    ),
    _Dialect(
        "names of icons (:name:)",
        (":",),
        re.compile(r"(?<![\w:`/.]):[a-z][a-z0-9_+-]+:(?![\w:`/])"),
        re.compile(r":[a-z][a-z0-9_+-]+:"),
    ),
)
_SIGNS = tuple(dict.fromkeys(sign for each in _DIALECTS for sign in each.signs))
_COMMON = frozenset(".`")  # a regex would stop there too often, as at letters
_LOOKED_FOR = tuple(
    sign for sign in _SIGNS if len(sign) == 1 or sign[0].isalpha() or sign[0] in _COMMON
)
_OTHERS = re.compile("|".join(re.escape(sign) for sign in _SIGNS if sign not in _LOOKED_FOR))
"""Signs that most pages have none of, in one pass."""
_OF_MYST = "directives of MyST ({x})"
_SHOWN = {"text": None, "softbreak": "\n", "hardbreak": "\n", "code_inline": "`"}
"""What a text is looked at by: the content of these, or what stands for it; not what is escaped."""


def foreign(state: StateCore) -> None:
    """Look a page's texts through for the dialects whose signs it has."""
    page: PageContext = state.env["page"]
    sentences = "\n\n".join([token.content for token in state.tokens if token.type == "inline"])
    waiting = _spoken(sentences)
    for before, token in pairwise(state.tokens) if waiting else ():
        if token.type == "inline":
            is_heading = before.type == "heading_open"
            waiting = _look(page, token, waiting, is_heading=is_heading) if waiting else waiting
    fences = [token for token in state.tokens if token.type == "fence"]
    if first := next((fence for fence in fences if _is_of_myst(fence.info)), None):
        _report(page, first, _OF_MYST)


def _spoken(text: str) -> list[_Dialect]:
    """The dialects whose marks a text may hold, also as code; most pages hold none."""
    here = {sign for sign in (_SIGNS if _OTHERS.search(text) else _LOOKED_FOR) if sign in text}
    found = [each for each in _DIALECTS if not here.isdisjoint(each.signs)] if here else []
    near = [each for each in found if each.near is None or each.near.search(text)]
    return [each for each in near if each.marks.search(text)]


def _look(
    page: PageContext, token: Token, waiting: list[_Dialect], *, is_heading: bool
) -> list[_Dialect]:
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


def _is_of_myst(info: str) -> bool:
    return info.lstrip().startswith("{") and not knows(info)


def _report(page: PageContext, token: Token, name: str, below: int = 0) -> None:
    """Report a dialect, so many lines below the first of a token."""
    line = (token.map[0] if token.map else 0) + below
    message = f"{name} are shown as they are written"
    page.report("dialect", message, severity=Severity.INFO, line=line)

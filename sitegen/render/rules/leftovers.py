"""A core rule that reports markup which means nothing where it stands, and is shown as it is."""

from __future__ import annotations

import re
from collections.abc import Collection
from itertools import islice

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.errors import Severity
from sitegen.render.context import PageContext
from sitegen.render.html.allow_list import TAGS
from sitegen.render.html.raw import WORDLESS
from sitegen.render.rules.cjk import SPACELESS
from sitegen.render.syntax.inline import looks_like_component

_HELP = "correct it, or write it as code or with a backslash"
# Each begins with a sign: it is found several times as fast as what begins with any letter, or by
# looking back.
_SUSPECT = re.compile(r"\*\*|~~|\$\$|\\[(\[]|<[?!][A-Za-z\[]|\[\^|\]\[|\]:[ \t]|-->|</?[A-Za-z]")
_UNDERLINES = rf"_(?<=[^\s_]_)_?[{SPACELESS}]"
_ROWS = re.compile(r"\|[^\n]+\|[ \t]*(?:\n[ \t]*\|[^\n]+\|[ \t]*)+")
_PAIR = re.compile(
    r"(\*\*|~~)(?<![*\w(]..)(?![\s*~])[^*~]+"
    r"(?:(?<![\x00- #$&(*+,\-/;<=>@\[\\^`{|}~\x7f])\1(?![*~])|(?<= )\1(?=\w))"
)
_UNDERLINED = rf"(_(?<!\w_)_?)(?=[^\W_])[^_\n]+(?<=[^\s_])\1(?=[{SPACELESS}])"
_FORMULA = re.compile(r"\$\$(?<!\S\$\$)(?!\S)")
_MARKUP = re.compile(r"<\?[a-z]+\s|<!(?:DOCTYPE\b|\[CDATA\[)", re.IGNORECASE)
_STARRED = re.compile(r"\*[^\s*][^*]*\s\*")
_SPACED = re.compile(r"(\*\*)(?<![^\n]\*\*)\s[^*\n]*[^\W\d][^*\n]*\s\*\*(?!\S)")
_NOTE = re.compile(r"\[\^[\w-]+\](?!:)")
_REFERENCE = re.compile(
    r"\[(?<![\w\])]\[)(?=[^\[\]\n]*[^\W\d])[^\[\]\n]+\]"
    r"\[(?=[^\[\]\n]*[^\W\d]|\])[^\[\]\n]*\](?![\[(])"
)
_COMMENT_END = re.compile(r"-(?<![^\n]-)--?>(?![^\n])")
_WITH_BLANKS = re.compile(
    r"\[(?<![^\n]\[)[^\[\]\n^]{1,200}\]:[ \t]+[^\s<][^ \t\n]*[ \t][^\n]*?"
    r"\.(?:html?|ipynb|jpe?g|mdx?|pdf|png|rst|svg|txt)(?:#\S{0,200})?"
    r"(?:[ \t]+[\"'(][^\n]*)?(?![^\n])"
)
_UNDEFINED = (
    (_WITH_BLANKS, "an address with blanks and without <>"),
    (_NOTE, "the mark of a footnote that nothing defines"),
    (_REFERENCE, "a link whose address nothing defines"),
    (_MARKUP, "what begins as XML does"),
    (_COMMENT_END, "the end of a comment that nothing begins"),
    (_FORMULA, "a formula that nothing ends before a blank line"),
)
_SHOWN = {"softbreak": "\n"}
# In HTML, where none is read: clear signs of Markdown, but for what is in a tag or in code.
_IN_HTML = re.compile(
    r"\*\*(?=[^\s*])[^*\n]+\*\*|\[(?<!\]\[)[^\[\]\n]+\]\([^()\s]+\)|`[^`\n]+`"
    r"|^[ \t]*(?:[-*+]|#{1,6}|1\.)[ \t]+[^\s<>]",
    re.MULTILINE,
)
_CODE = ("pre", "code", "script", "style", "svg", "kbd", "samp", "textarea")
_MOST = 5  # signs of a block that are looked at
_HTML = re.compile(r"</?([A-Za-z][A-Za-z0-9]*)(?=[\s/][^<>]*[=\"']|[ \t]*/[ \t]+>)")
_NO_CONTENT_NAMES = (
    "area base body button canvas data datalist dialog embed fieldset form frame frameset head "
    "hgroup html input label legend link main map marquee menu meta meter nobr noembed noframes "
    "noscript object optgroup option output param script search select slot style svg template "
    "textarea title"
)
_NO_CONTENT = frozenset(_NO_CONTENT_NAMES.split())
"""Elements of HTML that no page may hold; words in angle brackets are often called so too."""
_ELEMENT = re.compile(r"</([A-Za-z]+)\s*>|<([A-Za-z]+)\s[^<>]*=[^<>]*>")
_ENDED = re.compile(r"</([A-Za-z][\w.-]{0,40})[ \t]*>")
_LEFT_OUT = re.compile(r"<(canvas|object|template)(?=[\s>])", re.IGNORECASE)
_CUT_TAG = re.compile(r"<([A-Za-z][A-Za-z0-9]*)\s(?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*\Z")
# CommonMark takes the backslash for one that shows the bracket; that is what it means before names
# and behind them: `\(my_name\)`, `call\(x=1\)`.
_BRACKETED = re.compile(
    r"\\(?<!\\\\)(?<![A-Za-z\d_*`\]]\\)\("
    r"(?=(?:(?!\\\))[^$\n]){0,200}?(?:[\^=]|_(?:(?<=[\W_][A-Za-z]_)|(?=\{))|\\[A-Za-z]{2}))"
    r"(?:(?!\\[(\[])[^$\n])*?\\\)"
    r"|\\(?<![^\n]\\)\[(?=(?:(?!\\\])[^$]){0,200}?(?:[\^=]|\\[A-Za-z]{2}))(?:(?!\\[(\[])[^$])*?\\\]$",
    re.MULTILINE,
)


def leftovers(state: StateCore) -> None:
    """Report what is left as text of emphasis, footnotes, tables and tags."""
    page: PageContext = state.env["page"]
    for token in state.tokens:
        if token.type == "inline" and _is_suspect(token.content) and (found := _left(token)):
            message = f"{found} is shown as it is written"
            line = token.map[0] if token.map else 0
            page.report("markup-shown", message, severity=Severity.INFO, help=_HELP, line=line)
        elif token.type == "html_block" and (sign := _in_html(token.content)):
            message = f"Markdown in HTML, {sign[0].strip()[:40]!r}, is shown as it is written"
            help = "put a blank line between the tag and the text, or write it as HTML"
            line = (token.map[0] if token.map else 0) + token.content.count("\n", 0, sign.start())
            page.report("markup-shown", message, severity=Severity.INFO, help=help, line=line)
        if token.type == "html_block" and (said := _no_content(token.content)):
            line = token.map[0] if token.map else 0
            page.report("markup-shown", said, severity=Severity.INFO, help=_HELP, line=line)


def _no_content(html: str) -> str:
    """Say what of a block of HTML is shown as it is written, or not at all."""
    if found := _LEFT_OUT.search(html):
        return f"what <{found[1]}> holds is left out"
    if name := _element(html, _NO_CONTENT - WORDLESS):
        return f"the element <{name}>, which pages do not hold, is shown as it is written"
    ended = (tag[1] for tag in _ENDED.finditer(html))
    if name := next(filter(looks_like_component, ended), ""):
        return f"the tag </{name}>, which is of no element and no component, is shown as written"
    if found := _CUT_TAG.search(html.rstrip()):
        return f"the tag <{found[1]}>, which ends below a blank line, is shown as it is written"
    return ""


def _element(text: str, names: Collection[str] = _NO_CONTENT) -> str:
    """The first element of HTML in a text that no page may hold."""
    found = (tag[1] or tag[2] for tag in _ELEMENT.finditer(text))
    return next((name for name in found if name.lower() in names), "")


def _in_html(html: str) -> re.Match[str] | None:
    """The first sign of Markdown in a block of HTML that is neither in a tag nor in code."""
    for found in islice(_IN_HTML.finditer(html), _MOST):
        before = html[: found.start()].lower()
        is_code = any(before.rfind(f"<{tag}") > before.rfind(f"</{tag}") for tag in _CODE)
        if not is_code and before.rfind("<") <= before.rfind(">"):
            return found
    return None


def _is_suspect(text: str) -> bool:
    if _SUSPECT.search(text) or text.lstrip()[:1] in {"|", "*"}:
        return True
    return "_" in text and not text.isascii() and re.search(_UNDERLINES, text) is not None


def _left(token: Token) -> str:
    """Name the first markup that came to nothing in a text; empty when there is none."""
    if _ROWS.fullmatch(token.content.strip()):
        return "a table without a row of dashes below its header"
    text = "".join(
        _SHOWN.get(child.type, child.content)
        if child.type in {"dropped", "softbreak", "text"}
        or (child.type == "html_inline" and child.content[:2] in {"<?", "<!"})
        else "\0"
        for child in token.children or ()
    )
    if _STARRED.fullmatch(text.strip()):
        return "emphasis whose last * has a blank before it"
    underlined = None if text.isascii() else re.search(_UNDERLINED, text)
    if found := _PAIR.search(text) or underlined or _SPACED.search(text):
        said = " ".join(found[0].replace("\0", " ").split()).strip("*_~ ")
        return f"{found[1]} around {said[:40]!r}"
    for pattern, what in _UNDEFINED:
        if found := pattern.search(text):
            return f"{what}, {found[0].strip()},"
    return _unread(token, text)


def _unread(token: Token, text: str) -> str:
    """Name the first tag or formula that is not read as one; empty when there is none."""
    for found in _HTML.finditer(text):
        if found[1].lower() in TAGS:
            return f"the tag <{found[1]}>, which cannot be read,"
    tags = [child.content for child in token.children or () if child.type == "html_inline"]
    if name := _element("".join(tags)):
        return f"the element <{name}>, which pages do not hold,"
    if formula := _BRACKETED.search(token.content):
        return f"a formula between {formula[0][:2]} and {formula[0][-2:]}, without its backslashes,"
    return ""

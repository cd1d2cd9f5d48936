r"""Formulas: TeX between ``$$``, ``$``, ``\\( \\)`` or ``\\[ \\]`` becomes MathML in builds."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from html import escape, unescape
from textwrap import shorten
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token

from sitegen.render.context import PageContext
from sitegen.render.rules.cjk import SPACELESS
from sitegen.render.rules.tex import known_tex
from sitegen.scan.patterns import rare

if TYPE_CHECKING:
    from math_core import LatexToMathML

LONGEST = 2_000  # characters; also bounds how deep the converter, which recurses, can be led

_ON_LINES = "\\\\["  # elsewhere it is a bracket that was escaped twice: `list\\\\[int\\\\]`
_CLOSING = {
    "$$": "$$",
    "\\($$": "$$\\)",
    "\\\\(": "\\\\)",
    _ON_LINES: "\\\\]",
    "$`": "`$",
    "$": "$",
}
_DISPLAYED = ("$$", _ON_LINES)
# Pandoc's rule, and no digit or Latin letter before: `US$5`. Money goes on in words: `$5 to 6$`,
# and names of a shell in names: `$HOME/$USER`.
_DOLLARS = re.compile(
    r"(?<![A-Za-z_\d$\\])\$(?![\s$])((?:[^$\\`]++|\\[^`])+)(?<!\s)\$"
    r"(?![\d$]|(?<=[/:_.=&?(^]\$)[A-Za-z])"
)
_MONEY = rf"\d[\d.,]*[kKMB]?(?:\s+[A-Za-z]{{2,}}(?![\w{{(])|\s*[{SPACELESS}\u3001\u3002\uff0c])"
_DOUBLED = rare(r"\s*(?:\\?\\\((.*?)\\?\\\)|\$(.*)\$)\s*", re.DOTALL)
_DEFINES = rare(
    r"\\(?:[egx]?def|let|futurelet|(?:re|provide)?newcommand)(?![A-Za-z])|\\DeclareMath"
)

_ELEMENTS = rare(
    "math|m(?:enclose|frac|i|multiscripts|n|o|over|padded|phantom|prescripts|root|row|s|space|sqrt|"
    "style|sub|subsup|sup|table|td|text|tr|under|underover)|none|b|code|em|i|s|span|u"
)
_ATTRIBUTES = {
    "accent": "true|false",
    "accentunder": "true|false",
    "columnalign": "[a-z ]+",
    "columnspan": r"\d{1,2}",
    "display": "block",
    "displaystyle": "true|false",
    "fence": "true|false",
    "form": "prefix|infix|postfix",
    "largeop": "true|false",
    "linethickness": r"[\d.]{1,6}(?:em|ex|px|pt|%)?",
    "mathvariant": "normal",
    "movablelimits": "true|false",
    "notation": "[a-z ]+",
    "rowspan": r"\d{1,2}",
    "scriptlevel": r"[+-]?\d",
    "separator": "true|false",
    "stretchy": "true|false",
    "symmetric": "true|false",
} | dict.fromkeys(
    ("depth", "height", "lspace", "maxsize", "minsize", "rspace", "voffset", "width"),
    r"[+-]?(?:\d{1,2}(?:\.\d*)?|\.\d+)(?:em|ex|px|pt|%)?",
)
_STYLE = rare(
    r"(?:(?:border-(?:top|bottom|left|right)|color|font-(?:size|variant-caps)|justify-items|"
    r"math-(?:shift|depth|style)|margin-(?:left|right)|padding(?:-(?:top|bottom|left|right))?|"
    r"text-align|width):\s?(?:\#[0-9A-Fa-f]{3,8}|[a-z-]+|-?[\d.]{1,6}(?:em|ex|%)?|\s)+(?:;\s?|$))+"
)
_FEW = 12  # blanks beside a formula
_MOST_UNCLOSED = 10
_DEEPEST = 100
_TOKEN = rare(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)
_SHAPES = "(?:brac|paren|angle|floor|ceil|vert|group|moust|corner|bag|blk)"
_OPENS = rare(rf"\\(?:\{{|[ul]?l{_SHAPES})", re.IGNORECASE)
_CLOSES = rare(rf"\\(?:\}}|[ur]?r{_SHAPES})", re.IGNORECASE)
_PLACE = rare(r"^\d+: ")
_PIECE = rare(r"<(/?)([a-z]+)((?:\s[a-z]+=\"[^\"<>]*\")*)\s*(/?)>|([^<>]+)")
_ATTRIBUTE = rare(r"\s([a-z]+)=\"([^\"]*)\"")


class FormulaError(ValueError):
    """A formula that cannot be shown as one; the message says why."""


def formulas(md: MarkdownIt) -> None:
    """Teach a parser formulas; they are taken out before HTML, escapes and emphasis."""
    interrupting: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote", "list"]}
    md.block.ruler.before("fence", "math_block", _math_block, interrupting)
    md.inline.ruler.before("escape", "math_inline", _math_inline)


def _math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Take ``$$ ... $$`` that has its lines for itself; no blank line stands in a formula."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("$$", position):
        return False
    for line in range(start, end):
        if state.isEmpty(line) or state.sCount[line] < min(state.blkIndent, state.sCount[start]):
            return False
        begin = position + 2 if line == start else state.bMarks[line] + state.tShift[line]
        close = state.src.find("$$", begin, state.eMarks[line])
        if close >= 0:
            break
    else:
        return False
    if state.src[close + 2 : state.eMarks[line]].strip():
        return False
    text = state.getLines(start, line + 1, state.sCount[start], keepLastLF=False).strip()
    tex = text[2:-2]
    if not tex.strip() or len(tex) > LONGEST or "`" in tex:
        return False
    if not silent:
        token = state.push("math_block", "math", 0)
        token.content, token.markup, token.map = tex, "$$", [start, line + 1]
        token.meta["display"] = True
        state.line = line + 1
    return True


def _math_inline(state: StateInline, silent: bool) -> bool:
    """Take a formula of a sentence or a table cell."""
    if state.src[state.pos] not in "$\\":
        return False
    found = _formula(state.src, state.pos, state.posMax)
    if found is None:
        return False
    tex, markup, end = found
    if not silent:
        token = state.push("math_inline", "math", 0)
        token.content, token.markup = tex, markup
        token.meta["display"] = markup in _DISPLAYED and _DOUBLED.fullmatch(tex) is None
    state.pos = end
    return True


def _formula(text: str, at: int, end: int) -> tuple[str, str, int] | None:
    """Find the formula that starts at a place: its TeX, its delimiter and the place after it."""
    for opening, closing in _CLOSING.items():
        if opening == "$" or not text.startswith(opening, at):
            continue
        start = at + len(opening)
        close = text.find(closing, start, min(end, start + LONGEST))
        tex = text[start:close]
        if close < 0 or not tex.strip() or "`" in tex:
            return None
        after = close + len(closing)
        if opening == _ON_LINES and not _has_lines(text, at, after):
            return None
        return tex, opening, after
    match = _DOLLARS.match(text, at, min(end, at + LONGEST))
    if match is None or re.match(_MONEY, match[1]):
        return None
    return match[1], "$", match.end()


def _has_lines(text: str, start: int, end: int) -> bool:
    """Whether nothing else stands on the lines between two places."""
    before = text[max(0, start - _FEW) : start].rpartition("\n")
    is_first = bool(before[1]) or start < _FEW
    return (
        is_first and not before[2].strip() and not text[end : end + _FEW].partition("\n")[0].strip()
    )


def formula(token: Token, page: PageContext) -> str:
    """Render a formula, held back from the sanitiser; a bad one shows its source."""
    tex, markup = token.content, token.markup
    try:
        return page.hold(mathml(tex, display=token.meta["display"]))
    except FormulaError as error:
        written = f"{markup}{tex}{_CLOSING[markup]}"
        page.report("bad-math", f"{shorten(written, 60)!r}: {error}", help="correct the TeX")
        return f'<code class="sg-math-error">{escape(written, quote=False)}</code>'


@lru_cache(maxsize=4096)
def mathml(tex: str, *, display: bool) -> str:
    """Convert TeX to a ``<math>`` element of listed elements and attributes, all text escaped.

    Raises:
        FormulaError: the TeX is wrong, or asks for what a page may not hold.
    """
    while doubled := _DOUBLED.fullmatch(tex):
        tex = doubled[1] or doubled[2] or ""
    tex = tex.strip()
    if _DEFINES.search(tex):
        raise FormulaError("formulas cannot define commands")
    try:
        known = known_tex(tex)
    except RecursionError as error:
        raise FormulaError(str(error)) from error
    if _unclosed(known) > _MOST_UNCLOSED:
        raise FormulaError("too many brackets are never closed")
    from math_core import LatexError  # noqa: PLC0415 - most pages have no formula

    try:
        html = _converter().convert_with_local_state(_rows(known), displaystyle=display)
    except (LatexError, UnicodeError) as error:
        raise FormulaError(_PLACE.sub("", " ".join(str(error).split()))) from error
    alt = escape(" ".join(tex.split()))
    return "".join(_checked(html)).replace("<math", f'<math alttext="{alt}"', 1)


def _unclosed(tex: str) -> int:
    """Count brackets without an end in their group: each doubles the time of the converter."""
    total = depth = 0
    outer: list[int] = []
    tokens = iter(_TOKEN.findall(tex))
    for token in tokens:
        kind = unicodedata.category(token)[:2] if len(token) == 1 else ""
        if token in {"\\left", "\\right", "\\middle"}:
            next(tokens, None)
        if token in {"{", "\\left", "\\begin"}:
            outer.append(depth)
            depth = 0
            if len(outer) > _DEEPEST:
                raise FormulaError("groups nest too deep")
        elif token in {"}", "\\right", "\\end"}:
            total += depth
            depth = outer.pop() if outer else 0
        elif token in {"&", "\\\\"}:
            total, depth = total + depth, 0
        elif kind == "Ps" or _OPENS.match(token):
            depth += 1
        elif depth and (kind == "Pe" or _CLOSES.match(token)):
            depth -= 1
    return total + depth + sum(outer)


@cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML  # noqa: PLC0415 - as above

    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True)


def _rows(tex: str) -> str:
    r"""Let ``\\`` break rows outside of environments too, and know TeX's own name for text."""
    tex = tex.replace("\\hbox", "\\text")
    rows = tex.removesuffix("\\\\")
    if "\\\\" not in rows or "\\begin" in tex:
        return tex
    environment = "aligned" if re.search(r"(?<!\\)&", rows) else "gathered"
    return f"\\begin{{{environment}}}{rows}\\end{{{environment}}}"


def _checked(html: str) -> Iterator[str]:
    """Write the converter's output anew, piece by piece, out of the lists alone."""
    at = 0
    for piece in _PIECE.finditer(html):
        if piece.start() != at:
            break
        at = piece.end()
        closing, name, attributes, empty, text = piece.groups()
        if text is not None:
            yield escape(unescape(text), quote=False)
        elif _ELEMENTS.fullmatch(name) is None:
            raise FormulaError(f"<{name}> is not allowed in a formula")
        elif closing:
            yield f"</{name}>"
        else:
            yield f"<{name}{''.join(_listed(attributes))}>" + (f"</{name}>" if empty else "")
    if at != len(html):
        raise FormulaError("the converter's answer is no MathML")


def _listed(attributes: str) -> Iterator[str]:
    for name, value in _ATTRIBUTE.findall(attributes):
        rule = _ATTRIBUTES.get(name)
        if (rule and re.fullmatch(rule, value)) or (name == "style" and _STYLE.fullmatch(value)):
            yield f' {name}="{value}"'

r"""What KaTeX and amsmath know and the converter does not, written in what it knows.

Sizes, links, colours of boxes and the like have no say in MathML: what they stand around is kept.
"""

from __future__ import annotations

import re

from sitegen.scan.patterns import rare

_COMMAND = rare(r"\\(?:[A-Za-z]+\*?|.)", re.DOTALL)
_SIZES = "tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge"
_LETTERS = {"oe": "œ", "OE": "Œ", "ae": "æ", "AE": "Æ", "aa": "å", "AA": "Å", "o": "ø", "O": "Ø",
            "ss": "ß", "i": "ı", "j": "ȷ"}  # fmt: skip
PLAIN = {
    **dict.fromkeys((f"\\{name}" for name in _SIZES.split()), ""),
    **dict.fromkeys(("\\nobreak", "\\allowbreak", "\\strut", "\\mathstrut"), ""),
    **{f"\\{name}": rf"\text{{{letter}}}" for name, letter in _LETTERS.items()},
    **{f"\\{name}": rf"\text{{{name}}}" for name in ("KaTeX", "LaTeX", "TeX")},
    "\\bfseries": "\\bf",
    "\\centerdot": "\\cdot",
    "\\dotsb": "\\cdots",
    "\\dotsc": "\\ldots",
    "\\dotsi": "\\cdots",
    "\\dotsm": "\\cdots",
    "\\dotso": "\\ldots",
    "\\hspace*": "\\hspace",
    "\\intop": "\\int",
    "\\mathellipsis": "\\ldots",
    "\\sdot": "\\cdot",
    "\\smallint": "\\int",
    "\\varinjlim": r"\underrightarrow{\lim}",
    "\\varliminf": r"\underline{\lim}",
    "\\varlimsup": r"\overline{\lim}",
    "\\varprojlim": r"\underleftarrow{\lim}",
}
"""Commands without arguments."""

_KEPT = (
    "clap",
    "llap",
    "mathclap",
    "mathllap",
    "mathnormal",
    "mathrlap",
    "rlap",
    "smash",
    "vcenter",
)
_SECOND = ("cssId", "href", "htmlClass", "htmlData", "htmlId", "htmlStyle")
ARGUMENTS = {
    **{f"\\{name}": (1, "{#1}") for name in _KEPT},
    **{f"\\{name}": (2, "{#2}") for name in _SECOND},
    "\\above": (1, r"\over "),
    "\\cancelto": (2, r"\cancel{#2}^{#1}"),
    "\\colorbox": (2, r"\text{#2}"),
    "\\displaylines": (1, r"\begin{gathered}#1\end{gathered}"),
    "\\enclose": (2, r"\boxed{#2}"),
    "\\eqref": (1, r"\text{(#1)}"),
    "\\fcolorbox": (3, r"\boxed{\text{#3}}"),
    "\\label": (1, ""),
    "\\mathbfit": (1, r"\boldsymbol{#1}"),
    "\\mathbfsf": (1, r"\mathsf{#1}"),
    "\\mathsfit": (1, r"\mathsf{#1}"),
    "\\mbox": (1, r"\text{#1}"),
    "\\overlinesegment": (1, r"\overline{#1}"),
    "\\pmb": (1, r"\boldsymbol{#1}"),
    "\\ref": (1, r"\text{#1}"),
    "\\sout": (1, r"\cancel{#1}"),
    "\\stackbin": (2, r"\stackrel{#1}{#2}"),
    "\\substack": (1, r"\begin{subarray}{c}#1\end{subarray}"),
    "\\textmd": (1, r"\text{#1}"),
    "\\textnormal": (1, r"\text{#1}"),
    "\\textup": (1, r"\text{#1}"),
    "\\underlinesegment": (1, r"\underline{#1}"),
    "\\url": (1, r"\text{#1}"),
}
"""Commands by how many arguments they take and what stands for them."""

_ENVIRONMENTS = (
    (rare(r"\\(begin|end)\{alignat(\*?)\}(?:\{\d+\})?"), r"\\\1{align\2}"),
    (rare(r"\\(begin|end)\{alignedat\}(?:\{\d+\})?"), r"\\\1{aligned}"),
    (rare(r"\\(begin|end)\{([pbBvV]?)matrix\*\}(?:\[[lrc]\])?"), r"\\\1{\2matrix}"),
    (rare(r"\\(begin|end)\{smallmatrix\}"), r"\\\1{matrix}"),
    (rare(r"\\(begin|end)\{split\}"), r"\\\1{aligned}"),
)
_TAG = rare(r"\\tag(\*?)\s*\{([^{}]*)\}")
_SPACE = rare(r"\\mskip\s*(-?[\d.]+(?:em|ex|pt|mu))")
_CODE = rare(r"\\unicode\{x([0-9A-Fa-f]{1,5})\}|\\char\"([0-9A-Fa-f]{1,5})(?![0-9A-Fa-f])")
_VERBATIM = rare(r"\\verb\*?([^A-Za-z\s*])([^\n{}\\^~]*?)\1")
_SIGN = rare(r"[$%&#_]")  # behind a backslash in text
_COLOUR = rare(r"\\(?:text)?color\s*\{\s*(?:#[0-9A-Fa-f]{3,8}|(?:rgb|hsl)a?\([^{}()]*\))\s*\}")
_LIMITS = rare(r"(\\mathop\s*\{(?:[^{}]|\{[^{}]*\})*\})\s*\\limits(?![A-Za-z])")
_CIRCLED = rare(r"\\textcircled\s*\{?([A-Za-z0-9])\}?")
_MIXED = rare(r"\\text\{([^{}$]*)\$([^${}]*)\$([^{}]*)\}")
_SPECIAL = rare(
    r"\\(?:tag|mskip|unicode|char|verb|textcircled|mathop|(?:text)?color\s*\{\s*[#rh]|text\{[^{}]*\$"
    r"|begin\{(?:align|small|split|.?matrix\*))"
)
_DEEPEST = 60


def known_tex(tex: str) -> str:
    """Return a formula in what the converter knows, as far as there are words for it.

    Raises:
        RecursionError: arguments nest too deep.
    """
    if _SPECIAL.search(tex):
        tex = _rewritten(tex)
    return _expanded(tex, 0) if "\\" in tex else tex


def _rewritten(tex: str) -> str:
    """Write environments, numbers of formulas and characters by number as the converter does."""
    for pattern, known in _ENVIRONMENTS:
        tex = pattern.sub(known, tex)
    tex = _SPACE.sub(lambda m: rf"\hspace{{{m[1]}}}" if m[1][-2:] != "mu" else m[0], tex)
    tex = _CODE.sub(lambda m: rf"\text{{{_character(m[1] or m[2])}}}", tex)
    tex = _VERBATIM.sub(lambda m: rf"\text{{{_SIGN.sub(_escaped, m[2])}}}", tex)
    tex = _LIMITS.sub(r"\1", _COLOUR.sub("", tex))
    tex = _CIRCLED.sub(lambda m: rf"\text{{{_circled(m[1])}}}", tex)
    while (mixed := _MIXED.sub(r"\\text{\1}\2\\text{\3}", tex)) != tex:
        tex = mixed
    tags = [rf"\qquad\text{{{m[2] if m[1] else f'({m[2]})'}}}" for m in _TAG.finditer(tex)]
    if len(tags) == 1 and "\\\\" not in tex and "\\begin" not in tex:
        return _TAG.sub("", tex).rstrip() + tags[0]
    rest = iter(tags)
    return _TAG.sub(lambda _: next(rest), tex)


def _expanded(tex: str, depth: int) -> str:
    if depth > _DEEPEST:
        raise RecursionError("arguments nest too deep")
    out: list[str] = []
    at = 0
    while match := _COMMAND.search(tex, at):
        out.append(tex[at : match.start()])
        name, at = match[0], match.end()
        count, template = ARGUMENTS.get(name, (0, ""))
        if count:
            for number in range(1, count + 1):
                argument, at = _argument(tex, at)
                template = template.replace(f"#{number}", _expanded(argument, depth + 1))
            out.append(template)
        else:
            out.append(PLAIN.get(name, name))
    out.append(tex[at:])
    return "".join(out)


def _argument(tex: str, at: int) -> tuple[str, int]:
    """Read an argument, past an optional one in square brackets: a group or a single token."""
    while at < len(tex) and tex[at].isspace():
        at += 1
    if tex.startswith("[", at) and (end := tex.find("]", at)) > 0:
        return _argument(tex, end + 1)
    if not tex.startswith("{", at):
        single = _COMMAND.match(tex, at)
        end = single.end() if single else min(at + 1, len(tex))
        return tex[at:end], end
    depth = 0
    for sign in re.finditer(r"\\.|[{}]", tex[at:], re.DOTALL):
        depth += {"{": 1, "}": -1}.get(sign[0], 0)
        if depth == 0:
            return tex[at + 1 : at + sign.start()], at + sign.end()
    return tex[at + 1 :], len(tex)


def _character(number: str) -> str:
    code = int(number, 16)
    is_shown = code >= 0xA0 and not 0xD800 <= code < 0xE000
    return chr(code) if is_shown or chr(code).isalnum() else " "


def _escaped(sign: re.Match[str]) -> str:
    return f"\\{sign[0]}"


def _circled(letter: str) -> str:
    if letter.isdigit():
        return "⓪①②③④⑤⑥⑦⑧⑨"[int(letter)]
    return chr((0x24D0 if letter.islower() else 0x24B6) + ord(letter.lower()) - ord("a"))

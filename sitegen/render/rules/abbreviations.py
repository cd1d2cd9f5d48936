"""Abbreviations of PHP Markdown Extra: ``*[HTML]: words`` says what HTML is wherever it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from markdown_it import MarkdownIt
from markdown_it.ruler import RuleOptionsType
from markdown_it.rules_block import StateBlock
from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.render.rules.cjk import SPACELESS
from sitegen.scan.patterns import rare

# A star behind the words would end emphasis that begins with the first one.
_LINE = rare(r"\*\[(?P<short>[^\[\]\n]{1,100})\]:[ \t]+(?P<words>[^\s*][^*\n]*)")
_MOST = 300  # of a page: each word is compared with all of them


def abbreviations(md: MarkdownIt) -> None:
    """Teach ``*[HTML]: words``."""
    ending: RuleOptionsType = {"alt": ["paragraph", "reference", "blockquote"]}
    md.block.ruler.before("list", "abbreviation", _abbreviation, ending)
    md.core.ruler.push("abbreviations", _explain)


def _abbreviation(state: StateBlock, start: int, _end: int, silent: bool) -> bool:
    """Take a line that explains one; it is shown in the page's twin alone."""
    position = state.bMarks[start] + state.tShift[start]
    if not state.src.startswith("*[", position):
        return False
    match = _LINE.fullmatch(state.src, position, state.eMarks[start])
    known = state.env.setdefault("abbreviations", {})
    if match is None or len(known) >= _MOST:
        return False
    if not silent:
        known.setdefault(match["short"], match["words"].strip())
        token = state.push("abbreviation", "", 0)
        token.content, token.map = match[0].strip(), [start, start + 1]
        state.line = start + 1
    return True


def _explain(state: StateCore) -> None:
    """Put what explains an abbreviation around it, in all sentences of a page."""
    known: Mapping[str, str] = state.env.get("abbreviations", {})
    if not known:
        return
    pattern = re.compile("|".join(map(_whole, sorted(known, key=lambda each: (-len(each), each)))))
    for token in state.tokens:
        if token.type == "inline" and token.children and pattern.search(token.content):
            token.children = [*_explained(token.children, pattern, known)]


def _whole(short: str) -> str:
    """A pattern of an abbreviation that is no part of a word; a particle may follow Latin letters.

    Letters of scripts that set no words apart may too.
    """
    letter = rf"[^\W{SPACELESS}]" if short.isascii() else r"\w"
    return rf"(?<!{letter}){re.escape(short)}(?!{letter})"


def _explained(
    tokens: Sequence[Token], pattern: re.Pattern[str], known: Mapping[str, str]
) -> Iterator[Token]:
    for token in tokens:
        if token.type != "text":
            yield token
            continue
        at = 0
        for found in pattern.finditer(token.content):
            if at < found.start():
                yield Token("text", "", 0, content=token.content[at : found.start()])
            yield Token("abbr_open", "abbr", 1, attrs={"title": known[found[0]]})
            yield Token("text", "", 0, content=found[0])
            yield Token("abbr_close", "abbr", -1)
            at = found.end()
        yield Token("text", "", 0, content=token.content[at:]) if at else token

"""Dispatch: markdown-it's parsers, asking at each place only the rules that can begin there.

markdown-it asks every rule at every line and at every sign; nearly all answer no, by looking at
one character. Here that character is looked up instead. The tokens are the same, which a test
holds against the parsers as they come.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.ruler import Ruler
from markdown_it.rules_block import StateBlock
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.render.block_state import block_state
from sitegen.render.first_signs import BLOCK_STARTS, INLINE_STARTS, PAIRING

Rule = Callable[..., bool]

_FAR = 100  # lines below
_TASKS = {"[ ]": False, "[x]": True, "[X]": True}


class _Chain(NamedTuple):
    """The rules of one chain by the character that they begin with, in their order.

    ``text`` matches what none of them begins with.
    """

    by_start: Mapping[str, tuple[Rule, ...]]
    others: tuple[Rule, ...]
    text: re.Pattern[str]


class _Chains:
    """The chain of a ruler, made anew when its rules change. Threads may share it."""

    def __init__(self, ruler: Ruler[Any], starts: Mapping[str, str], name: str = "") -> None:
        self._ruler, self._starts, self._name = ruler, starts, name
        self._chain: _Chain | None = None
        self._made_of: object = None

    def now(self) -> _Chain:
        """Give the chain of the rules as they are."""
        # A ruler forgets what it has compiled when its rules change. This is asked everywhere.
        if self._chain is None or self._made_of is not self._ruler.__cache__:
            self._ruler.getRules(self._name)  # compiles them
            self._chain, self._made_of = self._made(), self._ruler.__cache__
        return self._chain

    def _made(self) -> _Chain:
        rules = [
            (rule.fn, self._starts.get(rule.name))
            for rule in self._ruler.__rules__
            if rule.enabled and (not self._name or self._name in rule.alt)
        ]
        known = {start for _, starts in rules for start in starts or ""}
        by_start = {
            start: tuple(fn for fn, starts in rules if starts is None or start in starts)
            for start in known
        }
        others = tuple(fn for fn, starts in rules if starts is None)
        text = re.compile(f"[^{re.escape(''.join(sorted(known)))}]+")
        return _Chain(by_start, others, text)


class BlockDispatch(ParserBlock):
    """The block parser; paragraphs are its own, since they ask for each of their lines."""

    def __init__(self) -> None:
        """Begin with markdown-it's rules."""
        super().__init__()
        self._rules = _Chains(self.ruler, BLOCK_STARTS)
        self._ending = _Chains(self.ruler, BLOCK_STARTS, "paragraph")
        underlined = next(rule.fn for rule in self.ruler.__rules__ if rule.name == "lheading")
        self.ruler.at("lheading", _only_over_lines(underlined))
        self.ruler.at("paragraph", self._paragraph)

    def parse(
        self,
        src: str,
        md: MarkdownIt,
        env: EnvType,
        outTokens: list[Token],  # noqa: N803
    ) -> list[Token] | None:
        """Push the tokens of a text, as `ParserBlock.parse` does."""
        if not src:
            return None
        state = block_state(src, md, env, outTokens)
        self.tokenize(state, state.line, state.lineMax)
        return state.tokens

    def tokenize(self, state: StateBlock, startLine: int, endLine: int) -> None:  # noqa: N803
        """Push the tokens of some lines, as `ParserBlock.tokenize` does."""
        chain = self._rules.now()
        by_start, others = chain.by_start, chain.others
        src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
        deepest, last = state.md.options.maxNesting, state.lineMax
        line, had_empty = startLine, False
        while line < endLine:
            while line < last and begins[line] + shifts[line] >= ends[line]:
                line += 1
            state.line = line
            if line >= endLine or state.sCount[line] < state.blkIndent:
                break
            if state.level >= deepest:
                state.line = endLine
                break
            for rule in by_start.get(src[begins[line] + shifts[line]], others):
                if rule(state, line, endLine, False):
                    break
            if state.line <= line:
                raise RuntimeError("no block rule took a line")
            state.tight = not had_empty
            line = state.line
            if not had_empty and line <= endLine:
                had_empty = begins[line - 1] + shifts[line - 1] >= ends[line - 1]
            if line < endLine and begins[line] + shifts[line] >= ends[line]:
                had_empty = True
                line += 1
                state.line = line

    def _paragraph(self, state: StateBlock, start: int, _end: int, _silent: bool) -> bool:
        """Take lines up to an empty one or to what ends a paragraph (CommonMark 0.31.2, 4.8).

        Where no indented code is known, what is indented ends it too. In an item a box is a task
        without words.
        """
        chain = self._ending.now()
        by_start, others = chain.by_start, chain.others
        src, begins, shifts, ends = state.src, state.bMarks, state.tShift, state.eMarks
        parent, state.parentType = state.parentType, "paragraph"
        line, last = start + 1, state.lineMax
        while line < last and (position := begins[line] + shifts[line]) < ends[line]:
            if state.sCount[line] >= 0 and not state.is_code_block(line):
                for rule in by_start.get(src[position], others):
                    if rule(state, line, last, True):
                        break
                else:
                    line += 1
                    continue
                break
            line += 1
        content = mdTrim(state.getLines(start, line, state.blkIndent, keepLastLF=False))
        state.line = line
        if content in _TASKS and state.tokens and state.tokens[-1].type == "list_item_open":
            state.tokens[-1].meta, content = {"checked": _TASKS[content]}, ""
        state.push("paragraph_open", "p", 1).map = [start, line]
        inline = state.push("inline", "", 0)
        inline.content, inline.map, inline.children = content, [start, line], []
        state.push("paragraph_close", "p", -1)
        state.parentType = parent
        return True


def _only_over_lines(stock: Rule) -> Rule:
    """Ask for underlined headings only where a line below begins as an underline, or is far."""

    def lheading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        line, signs = start + 1, "-=" if state.ddIndent < 0 else "-=:"  # or a definition ends it
        while line < end:
            position = state.bMarks[line] + state.tShift[line]
            if position >= state.eMarks[line]:
                return False
            if state.src[position] in signs or line - start > _FAR:
                return stock(state, start, end, silent)
            line += 1
        return False

    return lheading


class InlineDispatch(ParserInline):
    """The parser of sentences; ``state`` is what its rules work on."""

    state: type[StateInline] = StateInline

    def __init__(self) -> None:
        """Begin with markdown-it's rules."""
        super().__init__()
        self._rules = _Chains(self.ruler, INLINE_STARTS)
        self._others_after = _Chains(self.ruler2, PAIRING)

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        """Push the tokens of some text, as `ParserInline.parse` does.

        Half of all texts have no sign in them: one token, and nothing to pair up afterwards. Most
        others have no runs of signs to pair up.
        """
        if not self._rules.now().text.fullmatch(src):
            state = self.state(src, md, env, tokens)
            self.tokenize(state)
            is_paired = state.delimiters or any(
                meta and meta["delimiters"] for meta in state.tokens_meta
            )
            after = self.ruler2.getRules("") if is_paired else self._others_after.now().others
            for rule in after:
                rule(state)
            return state.tokens
        tokens.append(Token("text", "", 0, content=src))
        return tokens

    def tokenize(self, state: StateInline) -> None:
        """Push the tokens of some text, as `ParserInline.tokenize` does."""
        chain = self._rules.now()
        by_start, text = chain.by_start, chain.text
        src, end = state.src, state.posMax
        deepest = state.md.options["maxNesting"]
        while (position := state.pos) < end:
            if state.level < deepest:
                if plain := text.match(src, position, end):
                    state.append_pending(plain[0])
                    state.pos = plain.end()
                    continue
                for rule in by_start[src[position]]:
                    if rule(state, False):
                        break
                if state.pos > position:
                    continue
            state.append_pending(src[position])
            state.pos = position + 1
        if state.pending:
            state.pushPending()

    def skipToken(self, state: StateInline) -> None:  # noqa: N802 - markdown-it's name
        """Go past one token without making it, as `ParserInline.skipToken` does."""
        position = state.pos
        known = state.cache.get(position)
        if known is not None:
            state.pos = known
            return
        stop = self.terminator_re.search(state.src, position)
        after = stop.start() if stop else state.posMax
        if state.level >= state.md.options["maxNesting"]:
            state.pos = state.posMax + 1
        elif after > position:
            state.pos = after
        else:
            state.level += 1
            for rule in self._rules.now().by_start.get(state.src[position], ()):
                if rule(state, True):
                    break
            state.level -= 1
            if state.pos <= position:
                state.pos = position + 1
        state.cache[position] = state.pos

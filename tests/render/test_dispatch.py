"""Dispatch: looking a rule up by its first character gives the tokens of asking every rule."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.common.utils import mdTrim
from markdown_it.parser_block import ParserBlock
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token
from markdown_it.utils import EnvType

from sitegen.model import Document, LinkSpace, Section
from sitegen.render import commonmark, dispatch, first_signs
from sitegen.render.commonmark import build_parser
from sitegen.render.context import PageContext
from sitegen.render.parser import RULES, parser
from sitegen.render.renderer import Renderer
from sitegen.render.rules.cjk import CjkState
from tests.cases import cases, needs_shared
from tests.examples import examples

DOCS = sorted((Path(__file__).parents[2] / "docs").rglob("*.md"))
# What rules begin with or look for, so that random texts run into one another's borders.
SIGNS = [
    *("#", "##", "-", "*", "**", "_", "~~", "`", "``", "```", ">", "|", "|-|-|", "---", "==="),
    *("[", "]", "](", ")", "[`x`]", "[^1]", "[^1]:", "^[", "!", "<", "<Tip>", "</Tip>", "<b>"),
    *("<!--", "-->", "{#if pt}", "{/if}", "{", "}", "$", "$$", "\\", "\\(", "&amp;", "&", ":"),
    *("\n: ", "\n\n: ", "word\n: word", "\n  "),
    *(
        "[[autodoc]] x",
        "[[open-in-colab]]",
        "https://a.b/c_d",
        "://",
        "1.",
        "word",
        "x",
        "é",
        "가",
        "（",
    ),
    *(
        "==",
        "^^",
        "~",
        "++",
        "^",
        "{: .note }",
        "{ .x }",
        ":material-x:",
        "{% hint %}",
        "{% endhint %}",
    ),
    *(" ", "  ", "\t", "\n", "\n\n", "\n    ", "\0"),
]
texts = st.lists(st.sampled_from(SIGNS), max_size=40).map("".join)


class _AskingAll(ParserBlock):
    """Markdown-it's own parser; only its paragraphs are ours, since what is indented ends them."""

    def __init__(self) -> None:
        super().__init__()
        self.ruler.at("paragraph", self._paragraph)

    def _paragraph(self, state: StateBlock, start: int, end: int, silent: bool) -> bool:
        rules = self.ruler.getRules("paragraph")
        parent, state.parentType = state.parentType, "paragraph"
        line, last = start + 1, state.lineMax
        while line < last and not state.isEmpty(line):
            if state.sCount[line] >= 0 and any(rule(state, line, last, True) for rule in rules):
                break
            line += 1
        state.line = line
        state.push("paragraph_open", "p", 1).map = [start, line]
        inline = state.push("inline", "", 0)
        inline.content = mdTrim(state.getLines(start, line, state.blkIndent, False))
        inline.map, inline.children = [start, line], []
        state.push("paragraph_close", "p", -1)
        state.parentType = parent
        return True


class _AskingAllInline(ParserInline):
    """Markdown-it's own parser of sentences, with our rule for what may open emphasis."""

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        state = CjkState(src, md, env, tokens)
        self.tokenize(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


@pytest.fixture(scope="module")
def asking_all() -> Iterator[MarkdownIt]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commonmark, "BlockDispatch", _AskingAll)
        patch.setattr(commonmark, "InlineDispatch", _AskingAllInline)
        yield build_parser(RULES.values(), renderer=Renderer)


def tokens(md: MarkdownIt, text: str) -> list[Token]:
    page = PageContext(Document("p", "p.md", text, (Section(0, "", "1_0", "", 0),)), LinkSpace())
    return md.parse(text, {"page": page, "headings": []})


@pytest.mark.integration
@given(text=texts)
@examples(400)
def test_random_signs_give_the_same_tokens(asking_all: MarkdownIt, text: str) -> None:
    assert tokens(parser(), text) == tokens(asking_all, text)


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.stem)
def test_our_documentation_gives_the_same_tokens(asking_all: MarkdownIt, path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert tokens(parser(), text) == tokens(asking_all, text)


@needs_shared
@pytest.mark.parametrize("name", ["commonmark_spec", "cmark_regression", "gfm_extensions"])
def test_conformance_cases_give_the_same_tokens(asking_all: MarkdownIt, name: str) -> None:
    for case in cases(name):
        text = case["payload"]
        assert tokens(parser(), text) == tokens(asking_all, text), text


def test_every_rule_that_is_looked_up_exists() -> None:
    block, inline = parser().block.ruler, parser().inline.ruler
    assert first_signs.BLOCK_STARTS.keys() <= {rule.name for rule in block.__rules__}
    assert first_signs.INLINE_STARTS.keys() <= {rule.name for rule in inline.__rules__}
    assert first_signs.PAIRING.keys() <= {rule.name for rule in parser().inline.ruler2.__rules__}


def test_threads_that_begin_together_parse_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    def slowly(pattern: str) -> re.Pattern[str]:
        time.sleep(0.05)  # the others come meanwhile
        return re.compile(pattern)

    monkeypatch.setattr(dispatch, "re", SimpleNamespace(compile=slowly, escape=re.escape))
    md = build_parser(RULES.values(), renderer=Renderer)
    with ThreadPoolExecutor(4) as pool:
        first, *others = pool.map(lambda _: tokens(md, "# A\n\nSome *text*.\n"), range(4))
    assert all(each == first for each in others)

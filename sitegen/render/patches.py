"""Patches: where markdown-it and linkify-it offer no door, and a parser is changed in place.

Each has a test that fails when upstream does by itself what is patched here. Where upstream leaves
a choice - rules, options, `normalizeLink`, `validateLink` - the module that chooses says so itself;
`dispatch` holds the parsers that ask fewer rules.
"""

from __future__ import annotations

import re
from copy import copy
from importlib import import_module
from types import SimpleNamespace
from typing import Any, Literal

from linkify_it.main import Match
from markdown_it import MarkdownIt, helpers
from markdown_it.rules_block import StateBlock
from markdown_it.token import Token, convert_attrs
from markdown_it.utils import EnvType, OptionsDict

from sitegen.render.rules.cjk import end_of_address
from sitegen.safe_urls import safe_url, with_scheme
from sitegen.scan.patterns import rare
from sitegen.scan.templated import templated_address

MAX_NESTING = 200  # levels
_PLAIN_URL = re.compile(r"[\w/.~#?=&:+,;@!$*-]*", re.ASCII).fullmatch  # stays as it is when encoded
_PLAIN_DESTINATION = re.compile(r"[^\x00-\x20\x7f<&\\()]+")
_BAR = rare(r"(?<!\\)\|")
_OF_DESTINATION = frozenset("<&\\(")  # what only markdown-it's own function reads


def link_bare_addresses(md: MarkdownIt) -> None:
    """Make links of `http://` and `https://` addresses only: `README.md` is no host in Moldova."""
    md.options["linkify"] = True
    md.enable("linkify")
    linkify = md.linkify
    if linkify is None:
        raise RuntimeError("linkify-it-py is not installed")
    linkify.set({"fuzzy_link": False, "fuzzy_email": False, "fuzzy_ip": False})
    for schema in ("ftp:", "//", "mailto:"):
        linkify.add(schema, None)
    # Its own test looks through every text by regex, twice.
    test = linkify.test
    linkify.pretest = lambda text: "://" in text
    linkify.test = lambda text: "://" in text and test(text)
    at_start, all_of = linkify.match_at_start, linkify.match
    linkify.match_at_start = lambda text: (link := at_start(text)) and _shortened(link)
    linkify.match = lambda text: [_shortened(link) for link in all_of(text) or ()]


def _shortened(link: Match) -> Match:
    """Take off the end of a bare address what is no part of it."""
    address = link.raw[: end_of_address(link.raw)]
    link.last_index -= len(link.raw) - len(address)
    link.raw = link.text = link.url = address
    return link


def safe_links(md: MarkdownIt) -> None:
    """Let links and images lead only where a page may lead."""
    md.helpers = SimpleNamespace(**vars(helpers))  # type: ignore[assignment]
    md.helpers.parseLinkDestination = _link_destination  # type: ignore[attr-defined]
    normalize = md.normalizeLink
    md.normalizeLink = lambda url: with_scheme(url if _PLAIN_URL(url) else normalize(url))  # type: ignore[method-assign]
    md.validateLink = safe_url  # type: ignore[method-assign]


def _link_destination(text: str, at: int, end: int) -> object:
    """Read an address without signs of Markdown at once; markdown-it goes by the character."""
    if text.startswith("{", at) and (found := templated_address(text, at, end)):
        return SimpleNamespace(ok=True, pos=found[1], str=found[0])
    plain = _PLAIN_DESTINATION.match(text, at, end)
    if plain is None or text[plain.end() : min(plain.end() + 1, end)] in _OF_DESTINATION:
        return helpers.parseLinkDestination(text, at, end)
    return SimpleNamespace(ok=True, pos=plain.end(), str=plain[0])


def light_tokens(_md: MarkdownIt) -> None:
    """Make tokens without a look at attributes that none begins with: a page has hundreds."""
    Token.__init__ = _begin  # type: ignore[method-assign]


def _begin(  # noqa: PLR0913, PLR0917 - what a token of markdown-it has, in its order
    self: Token,
    type: str,
    tag: str,
    nesting: Literal[-1, 0, 1],
    attrs: object = None,
    map: list[int] | None = None,
    level: int = 0,
    children: list[Token] | None = None,
    content: str = "",
    markup: str = "",
    info: str = "",
    meta: dict[Any, Any] | None = None,
    block: bool = False,
    hidden: bool = False,
) -> None:
    self.type, self.tag, self.nesting = type, tag, nesting
    self.attrs = convert_attrs(attrs) if attrs else {}
    self.map, self.level, self.children = map, level, children
    self.content, self.markup, self.info = content, markup, info
    self.meta = {} if meta is None else meta
    self.block, self.hidden = block, hidden


def split_rows_at_once(_md: MarkdownIt) -> None:
    """Part the rows of tables by one look for bars; markdown-it goes by the character."""
    # The package has a function of the name of this module.
    vars(import_module("markdown_it.rules_block.table"))["escapedSplit"] = cells_of


def cells_of(row: str) -> list[str]:
    """The cells of a row between its outer bars; behind a backslash a bar is a sign."""
    if "\\" not in row:
        return row.split("|")
    return [cell.replace("\\|", "|") for cell in _BAR.split(row)]


def keep_depths(md: MarkdownIt) -> None:
    """Nest blocks deep, and show what is deeper still as plain text; markdown-it drops it.

    The last rule to teach: it takes the parser as it is. Sentences keep markdown-it's own limit,
    beyond which their text stays text.
    """
    parse, tokenize = md.block.parse, md.block.tokenize
    deep = copy(md)
    deep.options = OptionsDict({**md.options, "maxNesting": MAX_NESTING + 1})  # type: ignore[typeddict-item]

    def parse_deep(text: str, _md: MarkdownIt, env: EnvType, out: list[Token]) -> object:
        return parse(text, deep, env, out)

    def tokenize_all(state: StateBlock, start: int, end: int) -> None:
        if state.level < MAX_NESTING:
            tokenize(state, start, end)
            return
        line = start
        while line < end and (state.isEmpty(line) or state.sCount[line] >= state.blkIndent):
            line += 1
        token = state.push("too_deep", "pre", 0)
        token.content = state.getLines(start, line, state.blkIndent, keepLastLF=False)
        token.map = [start, line]
        state.line = line
        message = f"lists, quotes or components nest deeper than {MAX_NESTING} levels"
        state.env["page"].report("nesting-too-deep", message, help="nest less", line=start)

    md.block.parse = parse_deep  # type: ignore[method-assign, assignment]
    md.block.tokenize = tokenize_all  # type: ignore[method-assign, assignment]

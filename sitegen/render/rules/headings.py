"""Core rules for headings: one h1 per page, an anchor for each, and further spellings of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import partial
from html import escape, unescape

from markdown_it.rules_core import StateCore
from markdown_it.token import Token

from sitegen.model import Certainty, Heading
from sitegen.model.objects import PROPERTY
from sitegen.render.anchors import anchor, custom_anchor, other_anchors, plain_text, words_of_html
from sitegen.render.context import PageContext
from sitegen.render.html.sanitize import user_content
from sitegen.scan.ids import has_id_within, split_id
from sitegen.scan.patterns import rare
from sitegen.urls import slug

_IN_PAGE_LINK = re.compile(r"\]\(#([^)\s]+)\)")
_WRITTEN_ID = re.compile(r"<\w[^<>]*?\s(?:id|name)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'<>]+))")
_HTML_HEADING = re.compile(r"<h([1-6])(\s[^<>]*)?>(.*?)</h\1\s*>", re.DOTALL | re.IGNORECASE)
_TARGET = rare(r"</?(?:a|span)(?:\s[^<>]*)?>", re.IGNORECASE)
_PICTURE = rare(r"<(?:img|picture|svg|video)\b", re.IGNORECASE)
_NAMELESS = "section"
_NO_SPACE = re.compile(r"#(?<![^\n]#)(?:#{1,5}[^\s#]|#{0,5}[^\S \t\n])")


def custom_ids(state: StateCore) -> None:
    """Take ``[[id]]`` off the text of a heading, and remember the anchor of the whole."""
    for index, token in enumerate(state.tokens):
        if token.type != "inline":
            continue
        opening = state.tokens[index - 1]
        if opening.type != "heading_open":
            if "#" in token.content and (found := _NO_SPACE.search(token.content)):
                below = token.content.count("\n", 0, found.start())
                message = "no space after the heading's #"
                _report(state, token, "heading-without-space", message, below)
            continue
        token.content, id = split_id(token.content)
        if id:
            parsed = state.md.parseInline(id, state.env)[0].children or []
            opening.meta["anchor"] = custom_anchor(parsed)
        if has_id_within(token.content):
            _report(state, token, "heading-custom-id", "[[id]] names a heading at its end only")


def headings(state: StateCore) -> None:
    """Give every heading its anchor: the dataset's where a section begins, else doc-builder's."""
    page: PageContext = state.env["page"]
    _drop_empty(state.tokens)
    opened = [index for index, token in enumerate(state.tokens) if token.type == "heading_open"]
    _one_title(state.tokens, opened)
    _levels_without_gaps([state.tokens[index] for index in opened])
    by_line = {section.line: section.anchor for section in page.document.sections}
    numbers: Counter[str] = Counter()
    of_sections = {section.anchor for section in page.document.sections}
    written: list[tuple[Token, Token]] = []
    for index in opened:
        opening, inline = state.tokens[index : index + 2]
        given = by_line.get(opening.map[0]) if opening.map else None
        local = given or opening.meta.get("anchor") or _anchor(inline.children or ())
        own = _unique(local, page, numbers, frozenset() if given else of_sections)
        opening.attrSet("id", own)
        written.append((opening, inline))
    texts = {id(opening): plain_text(inline.children or []) for opening, inline in written}
    found: list[Heading] = state.env["headings"]
    for token in state.tokens:
        kind = token.type
        if kind == "inline":
            if "<" in token.content:
                _written_ids(token.content, page)
        elif token.nesting < 0:
            continue
        elif kind == "heading_open":
            found.append(Heading(int(token.tag[1]), str(token.attrs["id"]), texts[id(token)]))
        elif kind == "component_open" and token.info == "autodoc:member":
            found.append(_member(token, found))
        elif kind == "component" and token.info == "autodoc" and found:
            token.attrSet("under", found[-1].text)
        elif kind == "html_block":
            _written_ids(token.content, page)
            name = partial(_named, page, found, numbers, of_sections)
            token.meta["written"] = token.content  # for the twin: a target is no Markdown
            token.content = _HTML_HEADING.sub(name, token.content)
    _aliases(written, page)


def _anchor(inline: Sequence[Token]) -> str:
    """An anchor that is not empty: of a picture it is its description, of emoji alone a word."""
    return anchor(inline) or slug(plain_text(inline)) or _NAMELESS


def _member(token: Token, found: Sequence[Heading]) -> Heading:
    """A documented member, as an entry below the last heading that is none."""
    above = next((each.level for each in reversed(found) if "." not in each.id), 1)
    name = str(token.attrs["name"])
    call = "" if token.attrs["kind"] == PROPERTY else "()"
    return Heading(min(above + 1, 6), str(token.attrs["id"]), f"{name}{call}")


def _drop_empty(tokens: list[Token]) -> None:
    """Leave out headings that hold nothing; the targets that some hold stay, as a paragraph."""
    ends = [index for index, token in enumerate(tokens) if token.type == "heading_close"]
    for end in reversed(ends):
        children = tokens[end - 1].children or ()
        if not all(map(_says_nothing, children)):
            continue
        if not any(child.type == "html_inline" for child in children):
            del tokens[end - 2 : end + 1]
            continue
        for token, kind in ((tokens[end - 2], "paragraph_open"), (tokens[end], "paragraph_close")):
            token.type, token.tag = kind, "p"


def _says_nothing(token: Token) -> bool:
    if token.type == "html_inline":
        return _TARGET.fullmatch(token.content) is not None
    is_text = token.type in {"dropped", "softbreak", "text", "text_special"}
    return is_text and not token.content.strip()


def _one_title(tokens: list[Token], opened: Sequence[int]) -> None:
    """Let the first heading be the page's title if none is, and no other heading."""
    titles = [index for index in opened if tokens[index].tag == "h1"]
    if not titles and opened and not _has_written_title(tokens):
        _set_level(tokens, opened[0], "h1")
    for index in titles[1:]:
        _set_level(tokens, index, "h2")


def _levels_without_gaps(headings: Iterable[Token]) -> None:
    """Say of a heading two levels below the last that it is one below, as it is to be heard.

    It stays what its author wrote in looks and in the tag.
    """
    above: list[tuple[int, int]] = [(1, 1)]  # levels as written, and as they are said
    for opening in headings:
        level = int(opening.tag[1])
        while above and above[-1][0] >= level:
            above.pop()
        said = above[-1][1] + 1 if above else 1
        above.append((level, said))
        if said != level:
            opening.attrSet("aria-level", str(said))


def _has_written_title(tokens: list[Token]) -> bool:
    return any(t.type == "html_block" and "<h1" in t.content.lower() for t in tokens)


def _set_level(tokens: list[Token], index: int, tag: str) -> None:
    tokens[index].tag = tokens[index + 2].tag = tag


def _unique(local: str, page: PageContext, numbers: Counter[str], reserved: Collection[str]) -> str:
    """Number the repeats of an anchor; those of the dataset's own sections are theirs."""
    unique = local
    while unique in reserved or not page.claim(unique):
        numbers[local] += 1
        unique = f"{local}-{numbers[local]}"
    return unique


def _named(
    page: PageContext,
    found: list[Heading],
    numbers: Counter[str],
    reserved: Collection[str],
    heading: re.Match[str],
) -> str:
    """Note a heading of raw HTML; one without an id of its own is given the target of one."""
    before = heading.string[: heading.start()]
    if before.rfind("<!--") > before.rfind("-->"):
        return heading[0]
    level, text = int(heading[1]), words_of_html(heading[3])
    if not text and not _PICTURE.search(heading[3]):
        targets = (f'<span id="{escape(id)}"></span>' for id in _ids(heading[0]))
        return "".join(targets)
    id = next(_ids(heading[0].partition(">")[0] + ">"), "")
    if id and id not in page.ids and not numbers[user_content(id)]:
        numbers[user_content(id)] += 1
        found.append(Heading(level, user_content(id), text))
    elif text:
        id = _unique(slug(text), page, numbers, reserved)
        found.append(Heading(level, id, text))
        target = page.hold(f'<span id="{escape(id)}" class="sg-alias"></span>')
        return f"<h{level}{heading[2] or ''}>{target}{heading[3]}</h{level}>"
    return heading[0]


def _written_ids(html: str, page: PageContext) -> None:
    for id in _ids(html):
        page.written_ids.setdefault(id, user_content(id))


def _ids(html: str) -> Iterator[str]:
    if "id" in html or "name" in html:
        for match in _WRITTEN_ID.finditer(html):
            yield unescape(match[1] or match[2] or match[3] or "").strip()


def _aliases(written: list[tuple[Token, Token]], page: PageContext) -> None:
    """Give headings the further anchors that other tools make or this page's links name.

    A heading whose words were guessed from its anchor has none: they would say nothing new.
    """
    guessed = {r.line for r in page.document.restored if r.certainty is Certainty.GUESSED}
    taken = page.ids | page.written_ids.keys()
    linked: dict[str, str] = {}
    if "](#" in page.document.text:
        links = _IN_PAGE_LINK.findall(page.document.text)
        linked = {link.casefold(): link for link in links if link not in taken}
    for opening, inline in written:
        id = str(opening.attrs["id"])
        known = opening.map is not None and opening.map[0] not in guessed
        others = [*other_anchors(inline.children or [])] if known else []
        if linked:
            names = map(str.casefold, (id, *others))
            others += [linked[name] for name in names if name in linked]
        aliases = [name for name in dict.fromkeys(others) if name and name not in taken]
        if aliases:
            taken.update(aliases)
            page.ids.update(aliases)
            opening.meta["aliases"] = aliases


def _report(state: StateCore, token: Token, code: str, message: str, below: int = 0) -> None:
    line = (token.map[0] if token.map else 0) + below
    state.env["page"].report(code, message, line=line)

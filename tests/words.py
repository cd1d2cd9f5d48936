"""Words of Markdown source and of the page made of it: what goes in must come out.

A word is a run of letters and digits; emphasis marks, underscores, backticks and backslashes are
taken out on both sides, so that `my_model` and `**bold**ness` are one word each. Not counted as
text of the source: comments, tags with their attributes (the labels of tabs are), where links
lead, info strings of code, `[[id]]` of headings, the numbers of ordered lists, link definitions,
names of entities, markers such as `[!NOTE]`, flags of doctests.
"""

from __future__ import annotations

import re
from collections import Counter
from html import unescape
from html.parser import HTMLParser

from sitegen.render.components import COMPONENTS
from sitegen.render.html.allow_list import TAGS

_WORD = re.compile(r"[^\W_]+")
_DROPPED = str.maketrans("", "", "*_~`\\")
_FENCE = re.compile(r"^[ >\t]*(?:[-*+]\s+|\d+[.)]\s+)?[ >\t]*(`{3,}|~{3,})([^\n]*)$")
_CODE_SPAN = re.compile(r"(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.DOTALL)
_DOCTEST_FLAGS = re.compile(r"#\s*doctest:.*$")
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_INLINE = {"a", "abbr", "b", "del", "em", "i", "ins", "kbd", "mark", "s", "small", "span"}
_INLINE |= {"strong", "sub", "sup", "u"}
_TAG = re.compile(r"</?([A-Za-z][\w.-]*)((?:\s(?:[^<>\"']|\"[^\"]*\"|'[^']*')*)?)/?>", re.DOTALL)
_LABEL = re.compile(r"\b(?:id|label|title)=[\"']([^\"']*)[\"']")
_TARGET = re.compile(
    r"\]\(\s*(?:<[^<>\n]*>|(?:[^()\s]|\((?:[^()\s]|\([^()\s]*\))*\))*)"
    r"(?:\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\)))?\s*\)"
)
_DEFINITION = re.compile(r"^[ >]*\[[^\]^][^\]]*\]:\s*\S+.*$", re.MULTILINE)
_MARKERS = re.compile(r"\[![A-Za-z]+\]|\[\[autodoc\]\]|\[\[open-in-colab\]\]")
_HEADING_ID = re.compile(r"^([ >]*#{1,6}\s.*?)\[\[[^\]\n]+\]\]\s*$", re.MULTILINE)
_NUMBER = re.compile(r"^((?:[ >\t]|[-*+]\s)*)\d{1,9}[.)](?=\s|$)", re.MULTILINE)
_BOX = re.compile(
    r"^((?:[ >\t]|\d+[.)]\s)*[-*+]\s+|[ >\t]*\d+[.)]\s+)\[[ xX]\](?=\s)", re.MULTILINE
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:?")


def words(text: str) -> Counter[str]:
    """Count the words of plain text."""
    return Counter(_WORD.findall(text.translate(_DROPPED)))


def missing_words(source: str, html: str) -> list[str]:
    """List the words of the source that the page does not show, or not often enough."""
    return sorted((words(source_text(source)) - words(page_text(html))).elements())


def source_text(source: str) -> str:
    """Give the text that a reader must find."""
    prose: list[str] = []
    text: list[str] = []
    fence = ""
    for line in source.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
        mark = _FENCE.match(line)
        if not fence and mark and not ("`" in mark[2] and mark[1][0] == "`"):
            fence = mark[1]
        elif fence and mark and mark[1].startswith(fence) and not mark[2].strip():
            fence = ""
        elif fence:
            text.append(_DOCTEST_FLAGS.sub("", line))
        else:
            prose.append(line)
            continue
        prose.append("\n")
    return "\n".join([_prose("\n".join(prose)), *text])


def _prose(text: str) -> str:
    spans: list[str] = []

    def put_by(match: re.Match[str]) -> str:
        shown = match[2]
        if text[match.start() - 1 : match.start()] == "[" and shown.strip().startswith("~"):
            shown = shown.rpartition(".")[2]  # a reference by its last part
        spans.append(shown)
        return f" \x00{len(spans) - 1}\x01 "

    text = _CODE_SPAN.sub(put_by, text)
    text = _COMMENT.sub(" ", text)
    text = _TAG.sub(_tag, text)
    text = _DEFINITION.sub("", text)
    text = _TARGET.sub("]", text)
    text = _HEADING_ID.sub(r"\1", text)
    text = _BOX.sub(r"\1", text)
    text = _NUMBER.sub(r"\1", text)
    text = _FOOTNOTE.sub(" ", _MARKERS.sub(" ", text))
    return unescape(re.sub("\x00(\\d+)\x01", lambda m: _decoded(spans[int(m[1])]), text))


def _decoded(code: str) -> str:
    return re.sub(r"&(?!#)", "&amp;", code)


def _tag(tag: re.Match[str]) -> str:
    name = tag[1]
    if name in {"hfoption", "Tip"}:
        return " ".join(["", *_LABEL.findall(tag[2]), ""])
    if name in COMPONENTS:
        return " "
    if name.lower() not in TAGS:
        return tag[0]
    return "" if name.lower() in _INLINE else " "


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")
        for name, value in attrs:
            if name in {"alt", "alttext", "data-tab", "data-copy"} and value:
                self.parts.append(f" {value} ")

    def handle_endtag(self, tag: str) -> None:
        if tag not in _INLINE:
            self.parts.append(" ")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def page_text(html: str) -> str:
    """Give the text of a page: what is read, and what stands for images and formulas."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return "".join(parser.parts)

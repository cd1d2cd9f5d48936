"""Plain: Markdown -> what it says without its marks; a text -> Markdown that says the same."""

from __future__ import annotations

import re
from html import unescape

_CODE = r"(?<!`)(?P<ticks>`+)(?!`)(?P<code>.+?)(?<!`)(?P=ticks)(?!`)"
_ROLE = (  # of Sphinx and MyST, whose text is as in code
    r"(?:(?<![\w:])(?P<colon>:)|\{)(?:[a-z]{1,9}:)?(?:mod|class|func|meth|attr|obj|data|exc|const|file"
    r"|program|command|option|envvar|term|ref|doc|abbr|math)(?(colon):|\})"
)
# No more than so much, or a line of brackets that are not closed takes quadratic time.
_SOME, _NAMED, _GOAL = r"[^\]!]{0,500}", r"\[[^\]]{0,500}\]", r"\([^)]{0,4000}\)"
_PICTURE = rf"!{_NAMED}(?:{_GOAL}|{_NAMED})"
_WORDS = rf"{_SOME}(?:(?:{_PICTURE}|!(?!\[)){_SOME}){{0,40}}"  # of a link, which may be pictures
_NAMES = (
    "a|abbr|b|big|br|center|cite|code|del|div|em|font|h[1-6]|i|img|ins|kbd|mark|p|picture|q|s|samp"
    "|small|source|span|strike|strong|sub|sup|svg|tt|u|var"
)
_MARKS = re.compile(
    rf"(?:{_ROLE}(?=`))?{_CODE}|\\(?P<sign>[\\*_\[\]<>&#`])|!?\[(?P<words>{_WORDS})\]{_GOAL}|[*`]"
    rf"|(?:!|(?<![\w\]]))\[(?!\d+\])(?P<named>{_WORDS})\]{_NAMED}"
    r"|(?P<entity>&(?:[a-z]\w{1,31}|#\d{1,7}|#x[\da-f]{1,6});)"
    rf"|</?(?:{_NAMES})(?=[\s/>])(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>",
    re.IGNORECASE,
)
_PICTURES = re.compile(rf"{_PICTURE}|<img\b[^<>]*>", re.IGNORECASE)
_TAG_LIKE = re.compile(rf"{_CODE}|<(?=[A-Za-z/!])")


def plain(text: str) -> str:
    """The words of a line of Markdown: no marks and no tags; what only looks like a tag stays.

    Entities are the signs that they name, but in code.
    """

    def word(mark: re.Match[str]) -> str:
        words: str | None = mark["words"] if mark["named"] is None else mark["named"]
        if words is not None:
            return plain(words)
        return mark["code"] or mark["sign"] or unescape(mark["entity"] or "")

    return _MARKS.sub(word, text)


def without_pictures(text: str) -> str:
    """A line of Markdown without its pictures, as badges behind a title are."""
    return _PICTURES.sub("", text) if "![" in text or "<img" in text.lower() else text


def literal_tags(text: str) -> str:
    """A text whose tags are words: those outside of code get a backslash."""
    return _TAG_LIKE.sub(lambda found: found[0] if found["code"] else "\\<", text)

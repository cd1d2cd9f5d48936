"""Raw HTML of the dataset, piece by piece, into tags of the allow-list or into visible text."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html import escape

from sitegen.render.html.allow_list import TAGS, is_of_another
from sitegen.render.html.element import (
    ATTRIBUTE,
    INSTEAD,
    URL_ATTRIBUTES,
    Framed,
    Resolve,
    element,
    value_of,
)
from sitegen.render.html.sanitize import user_content
from sitegen.scan.patterns import rare

_OURS = frozenset(("button", "input"))  # what only our own components may write
_CONTENT_TAGS = TAGS - _OURS
_WORDLESS = "applet canvas embed math noembed noframes object script style svg template"
WORDLESS = frozenset(_WORDLESS.split())
"""Elements that are left out with all that they hold, where they end in the same piece."""
_MEANT = _CONTENT_TAGS | INSTEAD.keys()

_LONGEST_TAG = 8192
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:[\s/](?:[^<>\"']++|\"[^\"]*+\"|'[^']*+')*)?)>")
_COMMENT = "<!--"
_COMMENT_ENDS = rare(r"<!--(?:-?>|(?s:.*?)--!?>)")


def _as_written(_tag: str, attribute: str, value: str) -> str:
    return user_content(value) if attribute == "id" else value


def _as_it_is(frame: str, _url: str, _title: str) -> str:
    return frame


def expose(raw: str, resolve: Resolve = _as_written, framed: Framed = _as_it_is) -> str:
    """Rewrite raw HTML so that a sanitiser has nothing left to swallow: words in, words out.

    A tag of the allow-list is written anew from its attributes as we read them, and a frame is what
    ``framed`` makes of it; comments go, and so do elements without words for a reader (scripts,
    styles, drawings) that end in this piece. Every other `<` becomes `&lt;`, so that `<mask>` or
    `<|im_start|>` is read as it was written.
    """
    return "".join(_rewrite(raw, resolve, framed)) if "<" in raw else raw


def without_comments(raw: str) -> str:
    """Raw HTML as it is, but for comments."""
    end = max(raw.rfind("-->"), raw.rfind("--!>")) + len("--!>")  # none is searched for behind it
    return _COMMENT_ENDS.sub("", raw[:end]) + raw[end:] if _COMMENT in raw else raw


def for_others(raw: str, address: Callable[[str], str], *, inline: bool = False) -> str:
    """Raw HTML as other readers of Markdown need it.

    What only looks like a tag has its first sign masked, and addresses are what ``address`` makes
    of them; all else is as it was written. ``inline`` is a tag of a sentence; there scripts and the
    like are words too.
    """
    meant, sign = (_MEANT, "\\<") if inline else (_MEANT | WORDLESS, "&lt;")

    def attribute(match: re.Match[str]) -> str:
        written = value_of(match) if match[1].lower() in URL_ATTRIBUTES else ""
        led = address(written) if written else written
        return match[0] if led == written else f'{match[1]}="{escape(led)}"'

    def shown(tag: re.Match[str]) -> str:
        if tag[2].lower() not in meant or (tag[3].endswith("/") and is_of_another(tag[2])):
            return f"{sign}{tag[0][1:]}"
        if "=" not in tag[3]:
            return tag[0]
        return f"<{tag[1]}{tag[2]}{ATTRIBUTE.sub(attribute, tag[3])}>"

    return TAG.sub(shown, raw)


def _rewrite(raw: str, resolve: Resolve, framed: Framed) -> Iterator[str]:
    at = 0
    for start, end, tag in marks(raw):
        yield raw[at:start].replace("<", "&lt;")
        if tag:
            yield element(tag, resolve, framed)
        at = end
    yield raw[at:].replace("<", "&lt;")


def marks(raw: str) -> Iterator[tuple[int, int, re.Match[str] | None]]:
    """Yield where a tag of the allow-list, or what is left out (`None`), begins and ends."""
    at = 0
    endless: set[str] = set()  # what has no end further on: asked once, or it takes for ever
    while (start := raw.find("<", at)) >= 0:
        at = start + 1
        if raw.startswith(_COMMENT, start) and _COMMENT not in endless:
            if comment := _COMMENT_ENDS.match(raw, start):
                at = comment.end()
                yield start, at, None
                continue
            endless.add(_COMMENT)
        tag = TAG.match(raw, start, start + _LONGEST_TAG)
        if tag and (name := tag[2].lower()) in WORDLESS and name not in endless and not tag[1]:
            if end := re.compile(rf"</{name}[^<>]*>", re.IGNORECASE).search(raw, tag.end()):
                at = end.end()
                yield start, at, None
                continue
            endless.add(name)
        if tag and name in _MEANT and not (tag[3].endswith("/") and is_of_another(tag[2])):
            at = tag.end()
            yield start, at, tag

"""Pages named by an address without words, or by their name: ``[](guide.md)``, ``[[Guide]]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

_MAY = re.compile(r"\[\]\(|<project:|(?:any|doc)[:}]`|toctree")
WIKI_LINK = re.compile(
    r"(?<![\[\]\w!\\])\[\[(?P<name>[^\W\d_][^\[\]\n|#]{0,200})?(?:#(?P<section>[^\[\]\n|]{1,200}))?"
    r"(?:\|(?P<words>[^\[\]\n|]{1,300}))?\]\](?![\](\[])"
)
"""A link of a wiki: a page's name, a heading in it, and words."""
_ADDRESS = re.compile(
    r"\[\]\(<?([^\s()<>]+)>?\)|<project:([^\s<>]+)>"
    r"|(?:\{(?:any|doc)\}|:(?:any|doc):)`(?:([^`<>\n]+)|[^`\n]*)`"
)
_CONTENTS = re.compile(r"[ \t]*(?:(?P<fence>`{3,}|~{3,}|:{3,})\{toctree\}|\.\. toctree::)")
_BETWEEN = re.compile(r"[-_\s]+")
_ENTRY = re.compile(r"[ \t]*([^\s<>*?:][^\s<>*?]*)[ \t]*")


def names_pages(text: str) -> bool:
    """Whether a text may name pages so; most do not."""
    return _MAY.search(text) is not None or next(_wiki_links(text), None) is not None


def wordless(text: str) -> Iterator[str]:
    """Yield the addresses of a text that stand without words, as they are written."""
    if not _MAY.search(text):
        return
    for match in _ADDRESS.finditer(text):
        if found := match[1] or match[2] or match[3]:
            yield found
    if "toctree" in text:
        yield from _entries(text.split("\n"))


def _entries(lines: Iterable[str]) -> Iterator[str]:
    """Yield the entries without words of all tables of contents."""
    end: str | None = None
    for line in lines:
        if opening := _CONTENTS.match(line):
            end = opening["fence"] or ""
        elif end is not None and line.strip():
            ends = line.lstrip().startswith(end) if end else not line[0].isspace()
            if ends:
                end = None
            elif entry := _ENTRY.fullmatch(line):
                yield entry[1]


def wiki_names(text: str) -> Iterator[str]:
    """Yield what links of wikis in a text may call pages, as all spellings of it are known.

    Some wikis have the words first.
    """
    for match in _wiki_links(text):
        yield from (spelled_alike(name) for name in match.group("name", "words") if name)


def _wiki_links(text: str) -> Iterator[re.Match[str]]:
    """Yield the links of wikis in a text; in a heading they are its id."""
    for match in WIKI_LINK.finditer(text) if "[[" in text else ():
        if text[text.rfind("\n", 0, match.start()) + 1] != "#":
            yield match


def spelled_alike(name: str) -> str:
    """A page's name as all spellings of it are known: hyphens are blanks, case tells none apart."""
    return " ".join(_BETWEEN.split(name.casefold())).strip()

"""Pages named by an address without words, or by their name: ``[](guide.md)``, ``[[Guide]]``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from sitegen.scan import headings, unfenced
from sitegen.scan.ids import split_id
from sitegen.scan.patterns import rare

WIKI_LINK = re.compile(
    r"\[\[(?<![\[\]\w!\\]\[\[)(?!(?:autodoc|open-in-colab)\])"
    r"(?P<name>[^\W\d_][^\[\]\n|#]{0,200})?(?:#(?P<section>[^\[\]\n|]{1,200}))?"
    r"(?:\|(?P<words>[^\[\]\n|]{1,300}))?\]\](?![\](\[])"
)
"""A link of a wiki: a page's name, a heading in it, and words."""
_LINK = re.compile(r"\[\]\(([^\s()<>]+|<[^<>\n]+>)(?=[ \t)])")
PROJECT_LINK = re.compile(r"<project:([^\s<>]+)>")
"""A link of MyST to a page or a place of the project."""
_ROLE = re.compile(r"`(?<=(?:\{(?:any|doc)\}|:(?:any|doc):)`)([^`<>\n]+)`")
_LISTS = re.compile(r"toctree(?:\}|::)")
_CONTENTS = rare(r"[ \t]*(?:(?P<fence>`{3,}|~{3,}|:{3,})\{toctree\}|\.\. toctree::)")
_ENTRY = rare(r"[ \t]*([^\s<>*?:][^\s<>*?]*)[ \t]*")
_ABOVE_TITLE = re.compile(
    r"(?:\s|<!--(?:[^-]++|-(?!->))*-->|\([^\W_][^\n()]*\)=[ \t]*\n|\.\. [^\n]*\n)*"
)
_BETWEEN = re.compile(r"[-_\s]+")


def title_of(text: str) -> str:
    """What the heading at the head of a text says, as it is written; labels may stand above it."""
    head = _ABOVE_TITLE.match(text)
    lines = text[head.end() if head else 0 :].split("\n", 3)[:3]
    number, _, title = next(headings(unfenced(lines)), (0, 0, ""))
    is_head = not number or not lines[0].strip(lines[0][:1])  # or below a line of signs
    return split_id(title)[0] if is_head else ""


def wordless_in(text: str) -> Iterator[str]:
    """Yield the addresses of a text that stand without words, as they are written."""
    for pattern in (_LINK, PROJECT_LINK, _ROLE):
        yield from (address.strip("<>") for address in pattern.findall(text))
    if _LISTS.search(text):
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

    Some wikis have the words first; in a heading a link is its id.
    """
    for match in WIKI_LINK.finditer(text):
        if text[text.rfind("\n", 0, match.start()) + 1] != "#":
            yield from (spelled_alike(name) for name in match.group("name", "words") if name)


def spelled_alike(name: str) -> str:
    """A page's name as all spellings of it are known: hyphens are blanks, case tells none apart."""
    return " ".join(_BETWEEN.split(name.casefold())).strip()

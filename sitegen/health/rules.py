"""Health: the rules that look at a whole rendered site; each is a function of it."""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping
from html import unescape
from itertools import pairwise
from types import MappingProxyType
from urllib.parse import unquote, urlsplit

from sitegen.build import Examined
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Document
from sitegen.urls import permalink

Rule = Callable[[Examined], Iterator[Diagnostic]]

_ID = re.compile(r'\sid="([^"]*)"')
_LOADED = re.compile(r'<(?:img|iframe|video|audio|source)\b[^>]*?\ssrc="(https?://[^"]*)"')
_NUMBERED = re.compile(r"(.*?)(\d+)")
_REPEATED = 200  # characters; shorter texts are alike by chance
_SHORT = 20  # letters and digits
_MANY = 1_000  # anchors of a page among which a near one is looked for


def anchors(site: Examined) -> Iterator[Diagnostic]:
    """Look up the fragment of every link to a page that is there."""
    ids = {
        page.page.permalink: {unescape(id) for id in _ID.findall(page.body.html)}
        for page in site.pages
    }
    for page in site.pages:
        for link in page.body.links:
            known = ids.get(permalink(link.target)) if link.is_page else None
            fragment = unquote(link.fragment)
            if known is None or fragment in known or fragment in {"", "top"}:
                continue
            same = [id for id in sorted(known) if id.lower() == fragment.lower()]
            near = same or difflib.get_close_matches(fragment, sorted(known)[:_MANY], n=1)
            yield Diagnostic(
                "link-anchor",
                Severity.WARNING,
                f"link to {link.target!r}: the page has no anchor {fragment!r}",
                page.page.document.locate(link.line),
                f"did you mean {near[0]!r}?" if near else "link to the page, or to a heading",
            )


def repeated(site: Examined) -> Iterator[Diagnostic]:
    """Find long texts that stand in several chunks; licences in comments are left out."""
    first: dict[str, Location] = {}
    for document, line, text in _chunks(site):
        if len(text) < _REPEATED or text.startswith("<!--"):
            continue
        here = document.locate(line)
        there = first.setdefault(text, here)
        if there is not here:
            yield Diagnostic(
                "text-repeated",
                Severity.INFO,
                f"the same text as chunk {there.chunk_id} of page {there.page}"
                if there.chunk_id  # without the row, which moves when others come and go
                else f"the same text as {there}",
                here,
                "keep one and link to it",
            )


def short(site: Examined) -> Iterator[Diagnostic]:
    """Find chunks that hold next to nothing."""
    for document, line, text in _chunks(site):
        if sum(map(str.isalnum, text)) < _SHORT:
            yield Diagnostic(
                "text-short",
                Severity.INFO,
                f"a chunk of {len(text)} characters",
                document.locate(line),
                "join it with its neighbour",
            )


def gaps(site: Examined) -> Iterator[Diagnostic]:
    """Find numbers that are missing between the ids of neighbours: a chunk may be lost."""
    for page in site.pages:
        document = page.page.document
        for before, section in pairwise(document.sections):
            a, b = (_NUMBERED.fullmatch(s.chunk_id) for s in (before, section))
            if a and b and a[1] == b[1] and len(a[2] + b[2]) < 30 and int(b[2]) > int(a[2]) + 1:
                yield Diagnostic(
                    "order-gap",
                    Severity.WARNING,
                    f"{int(b[2]) - int(a[2]) - 1} missing between chunks "
                    f"{before.chunk_id} and {section.chunk_id}",
                    document.locate(section.line),
                    "look for the lost rows in the dataset",
                )


def hosts(site: Examined) -> Iterator[Diagnostic]:
    """Name each host from which pages load images, frames and media."""
    counts: Counter[str] = Counter()
    first: dict[str, str] = {}
    for page in site.pages:
        for url in _LOADED.findall(page.body.html):
            host = urlsplit(unescape(url)).hostname or ""
            counts[host] += 1
            first.setdefault(host, page.page.document.id)
    for host in sorted(counts):
        yield Diagnostic(
            "remote-host",
            Severity.INFO,
            f"{counts[host]:,} images, frames or media come from {host}",
            Location(page=first[host]),
            "readers need this host; keep files with the pages where you can",
        )


def restored(site: Examined) -> Iterator[Diagnostic]:
    """Count for each page what was given back, by how sure that is."""
    for page in site.pages:
        counts = Counter(r.certainty.value for r in page.page.document.restored)
        if counts:
            words = ", ".join(f"{number} {word}" for word, number in sorted(counts.items()))
            yield Diagnostic(
                "restored",
                Severity.INFO,
                f"titles and headings restored: {words}",
                page.page.document.locate(0),
                "a dataset with a column of headings needs no guesses",
            )


RULES: Mapping[str, Rule] = MappingProxyType(
    {
        "link-anchor": anchors,
        "text-repeated": repeated,
        "text-short": short,
        "order-gap": gaps,
        "remote-host": hosts,
        "restored": restored,
    }
)
"""The rules of this stage by their code."""

KNOWN = frozenset(RULES) | {
    *("column-guessed", "column-missing", "null-text", "invalid-utf8", "text-cut", "link-skipped"),
    *("duplicate-chunk", "path-collision", "toctree-key", "toctree-page", "toctree-missing"),
    *("component-unclosed", "component-stray-end", "comment-across-chunks", "bad-video-id"),
    *("nesting-too-deep", "link-page", "link-file"),
}
"""All codes, those of the stages of a build included."""


def _chunks(site: Examined) -> Iterator[tuple[Document, int, str]]:
    """Yield every chunk's document, line and text as far as it was not restored."""
    for page in site.pages:
        document = page.page.document
        lines = document.text.split("\n")
        added: dict[int, bool] = defaultdict(bool, {r.line: True for r in document.restored})
        ends = [section.line for section in document.sections[1:]] + [len(lines)]
        for section, end in zip(document.sections, ends, strict=True):
            own = [lines[n] for n in range(section.line, end) if not added[n]]
            yield document, section.line, "\n".join(own).strip()

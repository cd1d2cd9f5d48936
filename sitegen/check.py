"""Check: all pages -> diagnostics about what only the whole site can know."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sitegen.errors import Diagnostic, Severity
from sitegen.model import Link, RenderedPage
from sitegen.urls import permalink

_CANDIDATES = 100  # of one name; ten thousand pages may be called `index`


@dataclass(frozen=True, slots=True)
class LinkReport:
    """What became of the internal links: how many were looked at, how many lead nowhere."""

    checked: int
    missing: int
    diagnostics: tuple[Diagnostic, ...]


def check_links(pages: Iterable[RenderedPage], files: Collection[str]) -> LinkReport:
    """Look up the target page or file of every internal link; ``files`` are output paths."""
    pages = list(pages)
    known = {page.page.permalink for page in pages}
    by_name: dict[str, list[str]] = {}
    for page in pages:
        by_name.setdefault(_name(page.page.document.id), []).append(page.page.document.id)
    checked = 0
    findings: list[Diagnostic] = []
    for rendered in pages:
        for link in rendered.body.links:
            checked += 1
            found = permalink(link.target) in known if link.is_page else link.target in files
            if not found:
                findings.append(_missing(rendered, link, by_name.get(_name(link.target), [])))
    return LinkReport(checked, len(findings), tuple(findings))


def _missing(rendered: RenderedPage, link: Link, same_name: Sequence[str]) -> Diagnostic:
    kind, code = ("page", "link-page") if link.is_page else ("file", "link-file")
    near = difflib.get_close_matches(link.target, same_name[:_CANDIDATES], n=1, cutoff=0.0)
    return Diagnostic(
        code,
        Severity.WARNING,
        f"link to {link.target!r}: the input holds no such {kind}",
        rendered.page.document.locate(link.line),
        f"did you mean {near[0]!r}?" if near else "",
    )


def _name(document_id: str) -> str:
    return document_id.rpartition("/")[2].lower()

"""Check: all pages -> diagnostics about what only the whole site can know."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence

from msgspec import Struct

from sitegen.errors import Diagnostic, Severity
from sitegen.layout.aliases import check_moved
from sitegen.model import Link, RenderedPage
from sitegen.urls import permalink

_CANDIDATES = 100  # of one name; ten thousand pages may be called `index`


class LinkReport(Struct, frozen=True):
    """What became of the internal links: how many were looked at, how many lead nowhere."""

    checked: int
    missing: int
    diagnostics: tuple[Diagnostic, ...]


def check_links(
    pages: Iterable[RenderedPage], files: Collection[str], others: Iterable[str] = ()
) -> LinkReport:
    """Look up the target page or file of every internal link; ``files`` are output paths.

    ``others`` are permalinks that lead on or list pages. What was redirected within pages is
    looked up too.
    """
    ids = [page.page.document.id for page in pages]
    known = {*others, *map(permalink, ids)}
    by_name: dict[str, list[str]] = {}
    by_folder: dict[str, list[str]] = {}
    for id in ids:
        folder, _, name = id.rpartition("/")
        by_name.setdefault(_spoken(name), []).append(id)
        by_folder.setdefault(folder, [id])
    checked = 0
    findings: list[Diagnostic] = []
    moved: list[Diagnostic] = []
    for rendered in pages:
        for link in rendered.body.links:
            checked += 1
            found = permalink(link.target) in known if link.is_page else link.target in files
            if not found:
                name = link.target.rpartition("/")[2]
                near = by_folder.get(link.target) or by_name.get(_spoken(name), [])
                findings.append(_missing(rendered, link, near))
        moved += check_moved(rendered)
    return LinkReport(checked, len(findings), (*findings, *moved))


def _missing(rendered: RenderedPage, link: Link, alike: Sequence[str]) -> Diagnostic:
    kind, code = ("page", "link-page") if link.is_page else ("file", "link-file")
    near = difflib.get_close_matches(link.target, alike[:_CANDIDATES], n=1, cutoff=0.0)
    return Diagnostic(
        code,
        Severity.WARNING,
        f"link to {link.target!r}: the input holds no such {kind}",
        rendered.document.locate(link.line),
        f"did you mean {near[0]!r}?" if near else "",
    )


def _spoken(name: str) -> str:
    """Read a name as it is said: ``Vit_MAE`` is ``vitmae``."""
    return name.lower().replace("-", "").replace("_", "")

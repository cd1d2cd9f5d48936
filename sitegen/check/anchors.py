"""Health: rules about where links lead and from where pages load."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cached_property
from urllib.parse import unquote, urlsplit

from sitegen.check.examined import Examined, Places
from sitegen.check.near import Near
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Remote, RenderedPage
from sitegen.urls import permalink

_DEEPEST = 12  # parts of a dotted name
_ALIKE = 0.6  # of an anchor, for it to be meant


class _Anchors:
    """The anchors of one page; what only a suggestion needs is made when one is wanted."""

    def __init__(self, page: RenderedPage) -> None:
        at = page.page.permalink
        moved = (each.anchor for each in page.page.moved if each.old == at)
        self.all = frozenset((*page.body.anchors, *moved))

    def has(self, fragment: str) -> bool:
        """Whether a fragment leads somewhere on the page, or on from there."""
        return fragment in self.all or fragment in {"", "top"}

    @cached_property
    def _sorted(self) -> list[str]:
        return sorted(self.all)

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {id.casefold(): id for id in reversed(self._sorted)}

    @cached_property
    def _alike(self) -> Near:
        return Near(self._sorted, alike=_ALIKE)

    def above(self, fragment: str) -> str:
        """Give the anchor of the documented object of which this would be a part, if any."""
        parts = fragment.split(".")[:_DEEPEST]
        names = (".".join(parts[:number]) for number in range(len(parts) - 1, 1, -1))
        return next((name for name in names if name in self.all), "")

    def near(self, fragment: str) -> str:
        """Give the anchor that was meant: another letter case, else one that is alike."""
        if same := self._folded.get(fragment.casefold()):
            return same
        return self._alike.to(fragment)


def anchors(site: Examined) -> Iterator[Diagnostic]:
    """Look up the fragment of every link to a page that is there."""
    by_address = {page.page.permalink: _Anchors(page) for page in site.pages}
    for page in site.pages:
        for link in page.body.links:
            known = by_address.get(permalink(link.target)) if link.is_page else None
            fragment = unquote(link.fragment)
            if known is None or known.has(fragment):
                continue
            place = page.document.locate(link.line)
            yield _missing(link.target, fragment, known, place)


def _missing(target: str, fragment: str, known: _Anchors, place: Location) -> Diagnostic:
    message = f"link to {target!r}: the page has no anchor {fragment!r}"
    if whole := known.above(fragment):
        message += f", only {whole!r}"
        help = "docstrings have anchors of parameters: name the package in api.packages"
        return Diagnostic("link-anchor", Severity.INFO, message, place, help)
    near = known.near(fragment)
    help = f"did you mean {near!r}?" if near else ""
    return Diagnostic("link-anchor", Severity.WARNING, message, place, help)


def hosts(site: Examined) -> Iterator[Diagnostic]:
    """Name each host from which pages load images, frames and media, where that is first done."""
    counts: Counter[str] = Counter()
    first: dict[str, tuple[RenderedPage, Remote]] = {}
    for page in site.pages:
        for remote in (each for each in page.body.remotes if each.is_loaded):
            host = host_of(remote.url)
            counts[host] += 1
            first.setdefault(host, (page, remote))
    places = {id(page): Places(page.document) for page, _ in first.values()}
    for host, (page, remote) in sorted(first.items()):
        yield Diagnostic(
            "remote-host",
            Severity.INFO,
            f"{counts[host]:,} images, frames or media come from {host}",
            places[id(page)].of(remote),
            "readers need this host; keep files with the pages where you can",
        )


def host_of(url: str) -> str:
    """Give the host of an address; what cannot be read as one has none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""

"""Check: all pages -> diagnostics about what only the whole site can know."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from sitegen.check.near import Near
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Link, RenderedPage
from sitegen.urls import permalink

_ALIKE = 0.8  # of the name of a page, for it to be meant


class LinkReport(Struct, frozen=True):
    """What became of the internal links: how many were looked at, how many lead nowhere."""

    checked: int
    missing: int
    diagnostics: tuple[Diagnostic, ...]


Target = tuple[str, bool]
"""Where a link leads, and whether that is a page."""


class Addresses:
    """The pages and files of a site, by which links are looked up."""

    def __init__(
        self,
        ids: Sequence[str],
        files: Collection[str],
        others: Iterable[str] = (),
        drafts: Iterable[str] = (),
    ) -> None:
        """Know the pages by their ``ids``, and ``files`` by their output paths.

        ``others`` are permalinks that lead on or list pages, ``drafts`` ids of pages left out.
        """
        self.ids = ids
        self.drafts = frozenset(map(permalink, drafts))
        self._known, self._files = {*others, *map(permalink, ids)}, files
        self._named = set(ids)  # nearly all links name their page so
        self._instead = _Instead(ids)

    def gone(self, targets: Iterable[Target]) -> list[Target]:
        """Those of some targets that are not there."""
        return [each for each in targets if not self._has(*each)]

    def _has(self, target: str, is_page: bool) -> bool:
        if not is_page:
            return target in self._files
        return target in self._named or permalink(target) in self._known

    def missing(self, rendered: RenderedPage, gone: Collection[Target]) -> Iterator[Diagnostic]:
        """Yield a finding for each link of a page to a target that is ``gone``."""
        for link in rendered.body.links:
            if target_of(link) in gone:
                yield self._missing(rendered, link)

    def _missing(self, rendered: RenderedPage, link: Link) -> Diagnostic:
        is_draft = link.is_page and permalink(link.target) in self.drafts
        code, kind = ("link-page", "page") if link.is_page else ("link-file", "file")
        why = "that page is a draft" if is_draft else f"the input holds no such {kind}"
        near = "" if is_draft else self._instead.of(link)
        help = "take `draft` out of its front matter, or the link away" if is_draft else ""
        return Diagnostic(
            code,
            Severity.WARNING,
            f"link to {link.target!r}: {why}",
            rendered.document.locate(link.line),
            f"did you mean {near!r}?" if near else help,
        )


def target_of(link: Link) -> Target:
    """Where a link leads."""
    return link.target, link.is_page


class _Instead:
    """What may be meant by links that lead nowhere; it is made when there is the first."""

    def __init__(self, ids: Sequence[str]) -> None:
        self._ids = ids

    def of(self, link: Link) -> str:
        """The first page of the folder of that name, else the nearest page that is called so.

        A page that is called nearly so counts where there is none.
        """
        if first := self._first.get(link.target):
            return first
        name = _spoken(link.target.rpartition("/")[2])
        alike = self._alike.get(name)
        if alike is None and link.is_page:
            alike = self._alike.get(self._nearly.to(name))
        return alike.to(link.target) if alike else ""

    @cached_property
    def _nearly(self) -> Near:
        return Near(tuple(self._alike), alike=_ALIKE)

    @cached_property
    def _first(self) -> dict[str, str]:
        return {id.rpartition("/")[0]: id for id in reversed(self._ids)}

    @cached_property
    def _alike(self) -> dict[str, Near]:
        by_name: dict[str, list[str]] = {}
        for id in self._ids:
            by_name.setdefault(_spoken(id.rpartition("/")[2]), []).append(id)
        return {name: Near(ids, alike=0.0) for name, ids in by_name.items()}


def _spoken(name: str) -> str:
    """Read a name as it is said: ``Vit_MAE`` is ``vitmae``."""
    return name.lower().replace("-", "").replace("_", "")

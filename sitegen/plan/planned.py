"""Planned: a site before its pages are rendered, and what its links may name."""

from __future__ import annotations

from msgspec import Struct

from sitegen.errors import Diagnostic
from sitegen.model import LinkSpace, Site
from sitegen.model.content import Content
from sitegen.model.moves import Redirects
from sitegen.plan.references import Index


class Plan(Struct, frozen=True):
    """The planned site, what its links may name, and what was noticed on the way.

    ``index`` is of what pages define for others to name.
    """

    site: Site
    space: LinkSpace
    index: Index
    notices: tuple[Diagnostic, ...]
    redirects: Redirects
    content: Content

    @property
    def chunks(self) -> int:
        """How many chunks the pages are made of."""
        return sum(page.document.chunks for page in self.site.pages)

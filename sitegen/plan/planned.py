"""Planned: a site before its pages are rendered, and what its links may name."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sitegen.errors import Diagnostic
from sitegen.model import LinkSpace, Site
from sitegen.model.moves import Goal
from sitegen.plan.references import References


@dataclass(frozen=True, slots=True)
class Plan:
    """The planned site, what its links may name, and what was noticed on the way."""

    site: Site
    space: LinkSpace
    references: References
    notices: tuple[Diagnostic, ...]
    redirects: Mapping[str, Goal]

    @property
    def chunks(self) -> int:
        """How many chunks the pages are made of."""
        return sum(len(page.document.sections) for page in self.site.pages)

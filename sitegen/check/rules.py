"""Health: the rules that look at a whole rendered site; each is a function of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from sitegen.check import anchors as links
from sitegen.check import chunks, seams
from sitegen.check.examined import Examined
from sitegen.errors import Diagnostic

Rule = Callable[[Examined], Iterator[Diagnostic]]

RULES: dict[str, Rule] = {
    "link-anchor": links.anchors,
    "order-gap": chunks.gaps,
    "remote-host": links.hosts,
    "restored": chunks.restored,
    "seam-inside": seams.inside,
    "section-again": seams.returning,
    "text-long": chunks.long,
    "text-overlap": chunks.overlapping,
    "text-repeated": chunks.repeated,
    "text-short": chunks.short,
}
"""The rules of this stage by their code."""

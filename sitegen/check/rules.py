"""Health: the rules that look at a whole rendered site; each is a function of it."""

from __future__ import annotations

from sitegen.model.table import Later

RULES = {
    "link-anchor": Later("sitegen.check.anchors:anchors"),
    "order-gap": Later("sitegen.check.chunks:gaps"),
    "remote-host": Later("sitegen.check.anchors:hosts"),
    "restored": Later("sitegen.check.chunks:restored"),
    "seam-inside": Later("sitegen.check.seams:inside"),
    "section-again": Later("sitegen.check.seams:returning"),
    "text-long": Later("sitegen.check.chunks:long"),
    "text-overlap": Later("sitegen.check.chunks:overlapping"),
    "text-repeated": Later("sitegen.check.chunks:repeated"),
    "text-short": Later("sitegen.check.chunks:short"),
}
"""The rules of this stage by their code; a build that looks for none does not load them."""

"""Restore: anchors that authors made unique with the name of the section above."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence


def qualified(anchors: Sequence[str]) -> dict[str, str]:
    """Find anchors such as ``cv-tasks`` below ``computer-vision``, and what is without the name.

    ``anchors`` are a page's, in order. What stands behind the initials of two sections above it is
    a heading of its own, and so it is behind any other name.
    """
    initials: dict[str, str] = {}
    under: dict[str, set[str]] = defaultdict(set)
    for anchor in anchors:
        first, _, rest = anchor.partition("-")
        if rest and first in initials:
            under[rest].add(first)
        elif rest:
            initials["".join(part[:1] for part in anchor.split("-"))] = anchor
    sure = {rest for rest, names in under.items() if len(names) > 1}
    return {
        anchor: rest for anchor in anchors if (rest := anchor.partition("-")[2]) and rest in sure
    }

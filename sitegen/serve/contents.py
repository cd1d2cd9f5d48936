"""Contents: which of the files that pages show have changed, for pages that stay open meanwhile."""

from __future__ import annotations

import time
from collections.abc import Mapping

from msgspec import Struct, field


class Contents(Struct, frozen=True):
    """When files last changed, by path: numbers that only grow, also from one server to the next.

    Every other file was last ``read`` when the server started.
    """

    read: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    changed: Mapping[str, int] = field(default_factory=dict)

    @property
    def last(self) -> int:
        """When the last of all changed."""
        return max(self.changed.values(), default=self.read)

    def after(self, before: Mapping[str, bytes], now: Mapping[str, bytes]) -> Contents:
        """The same after a change of files from ``before`` to ``now``."""
        news = [path for path, data in now.items() if before.get(path) != data]
        if not news:
            return self
        time_of_change = max(self.last + 1, time.time_ns() // 1_000_000)
        return Contents(self.read, {**self.changed, **dict.fromkeys(news, time_of_change)})

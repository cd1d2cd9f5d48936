"""Progress: what is done of what there is to do, on one line of a terminal."""

from __future__ import annotations

import sys
from threading import Lock


class Progress:
    """Counts on one line of a terminal; on anything else it is silent."""

    def __init__(self, total: int, what: str = "") -> None:
        """Begin at none of ``total``; ``what`` says of what they are."""
        self._total, self._done, self._lock = total, 0, Lock()
        self._what = f" {what}" if what else ""
        self._shown = sys.stderr.isatty() and total > 0

    def tell(self, what: str) -> None:
        """Say what is done or waited for now, where the count cannot; any thread may call this."""
        with self._lock:
            if self._shown:
                print(f"\r{what}", file=sys.stderr, flush=True)

    def step(self, count: int = 1) -> None:
        """Note that so many are done; any thread may call this."""
        with self._lock:
            self._done += count
            if self._shown:
                end = "\n" if self._done >= self._total else ""
                said = f"\r{self._done:,} of {self._total:,}{self._what}"
                print(said, end=end, file=sys.stderr, flush=True)

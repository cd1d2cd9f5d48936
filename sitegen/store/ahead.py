"""Ahead: what is asked for one by one, and mostly in order, is read in runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sitegen.store.sqlite import Disk

_MOST = 32  # values of one run; a body is some ten KB


class Ahead:
    """The values of a row of keys, read from the disk with those that come after them.

    Each question costs the system a lock and four looks at the file, and is paid once for a run.
    A run is twice as long as the one before was of use: who asks in no order gets one at a time.
    """

    def __init__(self, disk: Disk, keys: Sequence[str]) -> None:
        """Have read nothing as yet."""
        self._disk, self._keys = disk, keys
        self._run: Mapping[str, bytes] = {}
        self._used = set[str]()

    def get(self, number: int, keys: Sequence[str]) -> Mapping[str, bytes]:
        """The values of ``keys``, of which the first is the one of a ``number`` in the row."""
        if not self._run.keys() >= set(keys):
            most = min(max(2 * len(self._used), len(keys)), _MOST)
            self._run = self._disk.get([*keys, *self._keys[number + 1 : number + most]])
            self._used.clear()
        self._used.update(keys)
        return self._run

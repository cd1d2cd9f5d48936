"""Patterns: what `re` makes of them, kept from command to command beside Python's compiled code.

Python keeps what it makes of modules, and compiles the patterns of these anew in every process:
some five hundred of ours and of libraries, which takes longer than to load all the modules.
"""

from __future__ import annotations

import marshal
import re
import sys
from _thread import _local as local
from array import array
from contextlib import suppress
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from types import SimpleNamespace
from typing import Any

_ENOUGH = 16  # new patterns that are worth a write: each site has some of its own
_MOST = 2_000
_DIGEST = 32  # bytes of one, before what it is of
_TRIED = {(3, 11), (3, 12), (3, 13)}

_Key = tuple[str, str | bytes, int]
"""Of what kind a pattern is, as it is written, and its flags."""
_Made = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""All flags, the code, the number of groups, and these by their names and by their numbers."""


class Patterns:
    """What was made of patterns, by this process or by one before."""

    def __init__(self, file: Path) -> None:
        """Read the file, if there is one; what is torn or another Python's is as none."""
        self._file = file
        self._known: dict[_Key, _Made] = {}
        self._new: dict[_Key, _Made] = {}
        self._used: dict[_Key, _Made] = {}
        self._by = f"2 {sys.version} {sys.maxsize}"  # of which form the file is, and for whom
        with suppress(OSError, ValueError, EOFError, TypeError):
            kept = file.read_bytes()
            if kept[:_DIGEST] == _digest(kept[_DIGEST:]):
                by, known = marshal.loads(kept[_DIGEST:])  # noqa: S302 - beside code that is run
                self._known = dict(known) if by == self._by else {}

    def recall(self) -> None:
        """Have `re` make only what is not known.

        There is no public way to keep what it makes, so this takes the place of two functions
        inside it; on a Python that nobody has tried this with, patterns are compiled as ever.
        Whatever is kept, `re` looks whether code is sound before it runs any; what it refuses is
        compiled as ever.
        """
        if sys.version_info[:2] not in _TRIED:
            return
        inside: Any = re._compiler  # type: ignore[attr-defined]
        make, engine = inside.compile, inside._sre
        making = local()  # the key of the pattern that a thread compiles, if it is to be kept

        def compile(pattern: Any, flags: int = 0) -> Any:
            if type(pattern) not in {str, bytes} or flags & re.DEBUG:
                return make(pattern, flags)
            key = (type(pattern).__name__, pattern, int(flags))
            if (known := self._known.get(key)) is not None:
                with suppress(ValueError, TypeError, OverflowError, RuntimeError):
                    self._used[key] = known
                    all_flags, code, *groups = known
                    return engine.compile(pattern, all_flags, array("I", code).tolist(), *groups)
            making.key = key
            try:
                return make(pattern, flags)
            finally:
                del making.key

        def note(pattern: Any, flags: int, code: list[int], *groups: Any) -> Any:
            if key := getattr(making, "key", None):
                self._new[key] = (int(flags), array("I", code).tobytes(), *groups)
            return engine.compile(pattern, flags, code, *groups)

        inside.compile = compile
        inside._sre = SimpleNamespace(**vars(engine) | {"compile": note})

    def keep(self) -> None:
        """Write what was made now beside what was known, if it is worth it.

        Of too many those stay that this command has asked for: others are of code of before.
        """
        if len(self._new) < _ENOUGH or sys.dont_write_bytecode:
            return
        from sitegen.store.whole import draft_of  # noqa: PLC0415 - few commands need it

        is_full = len(self._known) + len(self._new) > _MOST
        packed = marshal.dumps((self._by, (self._used if is_full else self._known) | self._new))
        with suppress(OSError), draft_of(self._file) as draft:
            draft.write_bytes(_digest(packed) + packed)


def _digest(packed: bytes) -> bytes:
    return sha256(packed, usedforsecurity=False).digest()


OURS = Patterns(Path(cache_from_source(__file__)).with_suffix(".patterns"))
"""Those of the command line."""

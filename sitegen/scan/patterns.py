"""Patterns that few pages need: compiled when the first text is looked at with one."""

from __future__ import annotations

import re
from typing import Any, cast


class Rare:
    """A pattern that is compiled when it is first looked with; from then on as fast as any."""

    def __init__(self, pattern: str, flags: int) -> None:
        """Know how it is written."""
        self.pattern, self.flags = pattern, flags

    def __getattr__(self, name: str) -> Any:
        """What the compiled pattern has; this is asked once for each of its methods."""
        found = self.__dict__[name] = getattr(re.compile(self.pattern, self.flags), name)
        return found

    def __reduce__(self) -> tuple[type[Rare], tuple[str, int]]:
        """How it is written is all that is to be copied, or sent to another process."""
        return Rare, (self.pattern, self.flags)


def rare(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """A pattern for what most sites do not write: to compile it is most of what a module costs."""
    return cast("re.Pattern[str]", Rare(pattern, flags))

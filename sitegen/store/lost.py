"""Lost: what was remembered, and is gone in the midst of a build; to load this takes no time."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar, cast

from sitegen.errors import SitegenError
from sitegen.store.stamp import store_file

if TYPE_CHECKING:
    from sitegen.config import Config

F = TypeVar("F", bound=Callable[..., Any])


class LostError(SitegenError):
    """What was remembered of builds before is gone in the midst of one."""


def again_if_lost(step: F) -> F:
    """A step that is taken again, and remembers nothing, where what it had looked at was lost."""

    @wraps(step)
    def taken(config: Config, *args: object, **more: object) -> object:
        try:
            return step(config, *args, **more)
        except LostError:
            if file := store_file(config.cache):
                with suppress(OSError):  # what is lost again is said
                    file.unlink()
            return step(config, *args, **more)

    return cast("F", taken)

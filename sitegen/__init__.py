"""Turn chunk datasets of documentation into a static site worth reading.

``build``, ``load_config`` and ``SitegenError`` are the interface for programs. They are loaded when
they are asked for: to import this package takes no time.
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType

TYPE_CHECKING = False  # as `typing` has it, which takes longer to load than all of this
if TYPE_CHECKING:
    from sitegen.build import build  # noqa: TC004 - not loaded before it is asked for
    from sitegen.config.file import load_config  # noqa: TC004
    from sitegen.data import VERSION as __version__  # noqa: N811, TC004
    from sitegen.errors import SitegenError  # noqa: TC004

__all__ = ["SitegenError", "__version__", "build", "load_config"]

_HOMES = {
    "build": ("build", "build"),
    "load_config": ("config.file", "load_config"),
    "SitegenError": ("errors", "SitegenError"),
    "__version__": ("data", "VERSION"),
}


class _Package(ModuleType):
    """This package, whose ``build`` is the function also when the module of its name is loaded."""

    def __getattribute__(self, name: str) -> object:
        """A name of the interface from its home, all others as usual."""
        if name in _HOMES:
            module, wanted = _HOMES[name]
            return getattr(import_module(f"sitegen.{module}"), wanted)
        return super().__getattribute__(name)

    def __dir__(self) -> list[str]:
        return sorted({*super().__dir__(), *__all__})


sys.modules[__name__].__class__ = _Package

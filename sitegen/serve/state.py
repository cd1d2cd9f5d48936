"""State: what browsers see of a preview at a moment."""

from __future__ import annotations

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.serve.contents import Contents
from sitegen.serve.preview import Preview
from sitegen.serve.told import Listed


class State(Struct, frozen=True):
    """What browsers see: a preview, an opaque number that names it, an error shown over it.

    ``warnings`` are listed beside it. ``contents`` says which images and downloads have changed
    since browsers came for them.
    """

    number: str
    preview: Preview | None = None
    error: str = ""
    contents: Contents = field(default_factory=Contents)
    warnings: Listed = ()

    def with_warnings(self, warnings: Listed) -> State:
        """The same with other findings listed beside it."""
        return replace(self, warnings=warnings)

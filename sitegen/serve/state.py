"""State: what browsers see of a preview at a moment."""

from __future__ import annotations

from dataclasses import dataclass, field

from sitegen.serve.contents import Contents
from sitegen.serve.preview import Preview
from sitegen.serve.told import Listed


@dataclass(frozen=True, slots=True)
class State:
    """What browsers see: a preview, an opaque number that names it, an error shown over it.

    ``warnings`` are listed beside it. ``contents`` says which images and downloads have changed
    since browsers came for them.
    """

    number: str
    preview: Preview | None = None
    error: str = ""
    contents: Contents = field(default_factory=Contents)
    warnings: Listed = ()

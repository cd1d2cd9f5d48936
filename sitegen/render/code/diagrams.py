"""Diagrams: Mermaid text -> a picture, drawn while building, if what draws it is there."""

from __future__ import annotations

import json
from html import unescape
from urllib.parse import quote

from msgspec import Struct

from sitegen.errors import SitegenError
from sitegen.scan.patterns import rare

_OPTIONS = json.dumps(
    {
        # Grey fits every accent and both themes; a diagram's own settings come before these.
        "site_config": {"theme": "neutral", "look": "classic", "fontFamily": "arial,sans-serif"},
        "resources": {"profile": "interactive"},  # bounds the work, by counts: the same everywhere
    }
)
_STYLE = (
    "foreignObject{overflow:visible}"  # labels may be wider than was measured
    "@media(prefers-color-scheme:dark){svg{filter:invert(.9)hue-rotate(180deg)}}"
)
"""The scheme is that of the page around, also where its reader has chosen another than usual."""
_VIEW = rare(r'\bviewBox="\S+ \S+ (?P<width>[\d.]+) (?P<height>[\d.]+)"')
_NAMED = rare(r"<(title|desc)\b[^>]*>(?P<text>[^<]+)</\1>")
_UNQUOTED = "=/:;,.()'"
"""What may stand in an attribute in double quotes and in an address of data as it is."""


class DiagramError(SitegenError):
    """A diagram cannot be drawn."""


class Picture(Struct, frozen=True):
    """A drawn diagram: its address, which holds all of it, what it is called, and its pixels."""

    address: str
    title: str
    width: int
    height: int


def draw(source: str) -> Picture | None:
    """Draw a diagram as an image that can neither run scripts nor load anything.

    ``None`` where what draws diagrams is not installed.

    Raises:
        DiagramError: the text is no diagram, or a larger one than a page should hold.
    """
    try:
        import merman  # noqa: PLC0415 - few pages have diagrams
    except ImportError:
        return None
    try:
        svg = merman.Merman().render_svg(source, _OPTIONS)
    except merman.MermanError as error:
        raise DiagramError(getattr(error, "message", "") or str(error)) from error
    view = _VIEW.search(svg)
    if view is None:
        raise DiagramError("the picture has no size")
    width, height = (max(1, round(float(view[side]))) for side in ("width", "height"))
    named = _NAMED.search(svg)
    title = unescape(named["text"]) if named else ""
    return Picture(_address(svg, width, height), title, width, height)


def _address(svg: str, width: int, height: int) -> str:
    """Write a picture into an address; it is as wide as it was drawn."""
    svg = svg.replace(' width="100%"', f' width="{width}" height="{height}"', 1)
    svg = svg.replace("</style>", f"{_STYLE}</style>", 1)
    return f"data:image/svg+xml,{quote(svg, safe=_UNQUOTED)}"

"""A project of Quarto: what its settings say of a site or a book."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sitegen.cli.start.generators.taken import Taken, picture_there, read_table, without_empty

NAMES = ("_quarto.yml", "_quarto.yaml")
_TAKEN = frozenset(("lang", "output-dir", "site-url", "title", "type"))
_OF_ITS_OWN = frozenset(("bibliography", "execute", "filters", "format", "preview"))
"""How it makes pages: nothing of this is missed here."""


def take(file: Path) -> Taken:
    """Take over title, address, language, logo and the folder of what was made, which is no page.

    Raises:
        ConfigError: the file is no YAML.
    """
    table = read_table(file)
    made, site = _below(table, "project"), _below(table, "website") or _below(table, "book")
    bars = [_below(site, name) for name in ("sidebar", "navbar")]
    output = str(made.get("output-dir") or "").strip("/")
    left = [f"website.{key}" for key in site if key not in _TAKEN]
    shown = {"project", "website", "book"} | _TAKEN | _OF_ITS_OWN
    return Taken(
        input=".",
        exclude=(f"/{output}/",) if output else (),
        settings=without_empty(
            {
                "title": site.get("title") or made.get("title") or table.get("title"),
                "base_url": site.get("site-url"),
                "language": table.get("lang"),
                "theme.logo": next(
                    filter(
                        None, (picture_there(file.parent, ("",), bar.get("logo")) for bar in bars)
                    ),
                    "",
                ),
            }
        ),
        left=(*left, *(str(key) for key in table if key not in shown)),
    )


def _below(table: dict[str, Any], key: str) -> dict[str, Any]:
    """The settings below a key, which may be none."""
    found = table.get(key)
    return found if isinstance(found, dict) else {}

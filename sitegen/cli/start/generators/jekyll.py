"""A site of Jekyll: what its settings say of its pages."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from sitegen.cli.start.generators.taken import Taken, picture_there, read_table, without_empty

_TAKEN = frozenset(("baseurl", "exclude", "lang", "locale", "logo", "source", "title", "url"))
_OF_ITS_OWN = frozenset(("kramdown", "markdown", "permalink", "plugins", "theme"))
"""How it makes pages: nothing of this is missed here."""


def _take(folder: str, file: Path) -> Taken:
    """Take over title, address, language, logo and what is no page.

    Raises:
        ConfigError: the file is no YAML.
    """
    table = read_table(file)
    source = str(table.get("source") or "").removeprefix("./").strip("/")
    inside = "/".join(filter(None, (folder, source)))
    excluded = table.get("exclude")
    address = str(table.get("url") or "").rstrip("/")
    below = str(table.get("baseurl") or "").strip("/")
    project = file.parents[len(Path(folder).parts)]
    return Taken(
        input=inside,
        exclude=tuple(map(str, excluded)) if isinstance(excluded, list) else (),
        settings=without_empty(
            {
                "title": table.get("title"),
                "base_url": f"{address}/{below}".rstrip("/") if address else "",
                "language": table.get("lang") or table.get("locale"),
                "theme.logo": picture_there(project, (inside,), table.get("logo")),
            }
        ),
        left=tuple(str(key) for key in table if key not in _TAKEN | _OF_ITS_OWN),
    )


TAKERS: dict[str, Callable[[Path], Taken]] = {
    "_config.yml": partial(_take, ""),
    "docs/_config.yml": partial(_take, "docs"),
}
"""What reads the settings of a whole site, and of one in the folder of a repository."""

"""A Hugo site: what its settings say of its pages; order and titles are front matter's."""

from __future__ import annotations

from pathlib import Path

from sitegen.cli.start.generators.taken import (
    Taken,
    folder_there,
    read_table,
    without_empty,
)

NAMES = ("hugo.toml", "hugo.yaml", "hugo.yml")
_TAKEN = {"contentdir", "staticdir", "title", "baseurl", "defaultcontentlanguage", "languagecode"}


def take(file: Path) -> Taken:
    """Take over title, address, language and the folder of pages.

    Raises:
        ConfigError: the file is not as its name says.
    """
    table = read_table(file)
    keys = {str(key).lower(): key for key in table}
    named = {key: table[written] for key, written in keys.items()}
    pages = str(named.get("contentdir") or "content")
    left = [str(written) for key, written in keys.items() if key not in _TAKEN]
    return Taken(
        input=pages,
        settings=without_empty(
            {
                "title": named.get("title"),
                "base_url": named.get("baseurl"),
                "files": folder_there(file.parent, str(named.get("staticdir") or "static")),
                "language": named.get("defaultcontentlanguage") or named.get("languagecode"),
            }
        ),
        left=tuple(left),
    )

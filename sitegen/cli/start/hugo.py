"""A Hugo site: what its settings say of its pages; order and titles are front matter's."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from sitegen.cli.start.taken import Taken, read_source, without_empty
from sitegen.errors import ConfigError, Location

NAMES = ("hugo.toml", "hugo.yaml", "hugo.yml")


def take(file: Path) -> Taken:
    """Take over title, address, language and the folder of pages.

    Raises:
        ConfigError: the file is not as its name says.
    """
    import yaml  # noqa: PLC0415 - few commands read YAML

    text = read_source(file)
    try:
        is_toml = file.suffix == ".toml"
        table: Any = tomllib.loads(text) if is_toml else yaml.safe_load(text)
    except (tomllib.TOMLDecodeError, yaml.YAMLError, RecursionError) as error:
        raise ConfigError(f"cannot be read: {error}", location=Location(file=str(file))) from error
    if not isinstance(table, dict):
        raise ConfigError("not a mapping of settings", location=Location(file=str(file)))
    named = {str(key).lower(): value for key, value in table.items()}
    return Taken(
        input=str(named.get("contentdir") or "content"),
        settings=without_empty(
            {
                "title": named.get("title"),
                "base_url": named.get("baseurl"),
                "language": named.get("defaultcontentlanguage") or named.get("languagecode"),
            }
        ),
        left=tuple(key for key in ("menu", "menus", "params", "module") if key in named),
    )

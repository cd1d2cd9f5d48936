"""The effective configuration: every key with its value and where that was said."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import fields

from sitegen.config.environment import variable_of
from sitegen.config.file import NOT_IN_FILES, find_config, load_config, read_table

DEFAULT = "default"


class Setting(Struct, frozen=True):
    """One key, dotted; ``origin`` is a file, a variable of the environment or ``default``."""

    key: str
    value: Any
    origin: str


def effective(path: Path | None = None) -> tuple[Setting, ...]:
    """All settings of files as a build without flags takes them, those without a table first.

    Raises:
        ConfigError: as `load_config`.
    """
    file = path or find_config(Path.cwd())
    config = load_config(path)
    name = os.path.relpath(file) if file else ""
    found = tuple(_settings(config, read_table(file), name))
    said = (
        Setting(s.key, s.value, variable) if (variable := variable_of(s.key)) in os.environ else s
        for s in found
    )
    return tuple(sorted(said, key=lambda setting: "." in setting.key))


def _settings(part: Any, table: Mapping[str, Any], file: str, at: str = "") -> Iterator[Setting]:
    """Yield the fields of a part of the configuration; ``table`` is what the file says of it."""
    said = {key.replace("-", "_"): value for key, value in table.items()}
    for field in fields(part):
        if not at and field.name in NOT_IN_FILES:
            continue
        value = getattr(part, field.name)
        if isinstance(value, Struct):
            inner = said.get(field.name, {})
            yield from _settings(value, inner, file, f"{at}{field.name}.")
        else:
            origin = file if field.name in said else DEFAULT
            yield Setting(f"{at}{field.name}", value, origin)

"""Taken: what a project of another generator says of itself, as far as no code is run for it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.errors import ConfigError
from sitegen.model import TocEntry


class Taken(Struct, frozen=True):
    """Settings and navigation; ``left`` names in words what was not taken over.

    ``settings`` are values by key of ours. Entries of the ``navigation`` without a title take that
    of their page; a ``local`` that ends in ``/`` is all pages of a folder. ``input`` is a folder or
    file below the project, or empty: to be looked for; ``exclude`` are patterns of what is no page.
    """

    input: str = ""
    exclude: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    navigation: tuple[TocEntry, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    left: tuple[str, ...] = ()


def read_source(file: Path) -> str:
    """The text of another generator's configuration.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file.name} cannot be read: {error}") from error


def without_empty(values: Mapping[str, object]) -> dict[str, str]:
    """What of some values is a text that says something."""
    return {key: value for key, value in values.items() if isinstance(value, str) and value}

"""Taken: what a project of another generator says of itself, as far as no code is run for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.errors import ConfigError
from sitegen.model import TocEntry

_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


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


def folder_there(project: Path, name: str) -> str:
    """The name of a folder of a project, if it holds a file that is no page of its own."""
    found = (each for each in (project / name).rglob("*") if not each.name.startswith("."))
    return name if any(each.is_file() for each in found) else ""


def picture_there(project: Path, folders: Sequence[str], named: object) -> str:
    """The path of a picture below one of some folders of a project, if it is there."""
    name = named.get("src") or named.get("light") if isinstance(named, dict) else named
    if not isinstance(name, str) or Path(name).suffix.lower() not in _PICTURES:
        return ""
    paths = (Path(folder, name.strip("/")) for folder in folders)
    there = (each for each in paths if (project / each).is_file())
    top = project.resolve()
    inside = (each for each in there if (project / each).resolve().is_relative_to(top))
    return next((each.as_posix() for each in inside), "")


def without_empty(values: Mapping[str, object]) -> dict[str, str]:
    """What of some values is a text that says something."""
    return {key: value for key, value in values.items() if isinstance(value, str) and value}

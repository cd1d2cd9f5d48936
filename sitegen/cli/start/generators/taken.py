"""Taken: what a project of another generator says of itself, as far as no code is run for it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any

from msgspec import Struct, field

from sitegen.config.unreadable import not_toml, not_yaml
from sitegen.errors import ConfigError, Location
from sitegen.limits.files import real
from sitegen.model import TocEntry

ENV = "!ENV"
"""The tag of a value that a variable of the environment has."""
_MOST = 1_000_000  # values of a configuration
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".webp", ".gif")


class TakenVersion(Struct, frozen=True):
    """One of several versions: its folder below the project, and what stands in `Taken` of one."""

    name: str
    input: str
    address: str = ""
    aliases: tuple[str, ...] = ()
    navigation: tuple[TocEntry, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


class Taken(Struct, frozen=True):
    """Settings and navigation; ``left`` names in words what was not taken over.

    ``settings`` are values by key of ours. Entries of the ``navigation`` without a title take that
    of their page; a ``local`` that ends in ``/`` is all pages of a folder, and one with ``*`` what
    fits it. ``input`` is a folder or file below the project, or empty: to be looked for;
    ``exclude`` are patterns of what is no page. Where there are ``versions``, the newest first,
    navigation and redirects are theirs.
    """

    input: str = ""
    exclude: tuple[str, ...] = ()
    settings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    navigation: tuple[TocEntry, ...] = ()
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    left: tuple[str, ...] = ()
    versions: tuple[TakenVersion, ...] = ()


def read_source(file: Path) -> str:
    """The text of another generator's configuration.

    Raises:
        ConfigError: it cannot be read.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        place = Location(file=str(file))
        raise ConfigError("not UTF-8", location=place, help="save the file as UTF-8") from error
    except OSError as error:
        message = f"cannot be read: {error.strerror}"
        raise ConfigError(message, location=Location(file=str(file))) from error


def read_table(file: Path) -> dict[str, Any]:
    """The settings of a file in TOML, as its name may say, or in YAML or JSON: all as texts.

    Raises:
        ConfigError: it cannot be read, or holds no mapping.
    """
    text = read_source(file)
    if file.suffix == ".toml":
        try:
            return {key: _texts(each) for key, each in tomllib.loads(text).items()}
        except (tomllib.TOMLDecodeError, RecursionError) as error:
            why, line, remedy = not_toml(error, text)
            place = Location(file=str(file), line=line)
            raise ConfigError(f"not valid TOML: {why}", location=place, help=remedy) from error
    import yaml  # noqa: PLC0415 - few commands read YAML

    class Loader(yaml.BaseLoader):
        """Reads all values as texts, whatever their tags."""

    def of_environment(loader: Loader, node: yaml.Node) -> object:
        """The default of a variable, which is the last of a list; else what is written."""
        if isinstance(node, yaml.SequenceNode) and node.value:
            return loader.construct_sequence(node)[-1]
        return f"{ENV} {node.value}"

    Loader.add_constructor(ENV, of_environment)
    try:
        table = yaml.load(text, Loader=Loader) or {}  # noqa: S506 - texts alone
    except (yaml.YAMLError, RecursionError) as error:
        why, line, remedy = not_yaml(error, text)
        place = Location(file=str(file), line=line)
        raise ConfigError(f"not valid YAML: {why}", location=place, help=remedy) from error
    if not isinstance(table, dict):
        raise ConfigError("not a mapping of settings", location=Location(file=str(file)))
    if _size(table, {}) > _MOST:
        fault = f"aliases (*name) that stand for more than {_MOST:,} values"
        raise ConfigError(fault, location=Location(file=str(file)))
    return table


def _texts(node: object) -> object:
    """What TOML tells as YAML and JSON have it: all values are texts."""
    if isinstance(node, dict):
        return {key: _texts(each) for key, each in node.items()}
    if isinstance(node, list):
        return list(map(_texts, node))
    return str(node).lower() if isinstance(node, bool) else str(node)


def _size(node: object, known: dict[int, int]) -> int:
    """How many values there are in one, those of its aliases as often as they are named."""
    below = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    if id(node) not in known:
        known[id(node)] = 1 + sum(_size(each, known) for each in below)
    return known[id(node)]


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
    top = real(project)
    inside = (each for each in there if real(project / each).is_relative_to(top))
    return next((each.as_posix() for each in inside), "")


def without_empty(values: Mapping[str, object]) -> dict[str, str]:
    """What of some values is a text that says something."""
    return {key: value for key, value in values.items() if isinstance(value, str) and value}

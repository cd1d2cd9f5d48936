"""Stage ``read``: a folder with several datasets (configurations) -> the files of one of them."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from sitegen.errors import Diagnostic, Location, ReadError, Severity, did_you_mean

_CARD = "README.md"
_HEAD = re.compile(r"---[ \t]*\n(.*?)\n---", re.DOTALL)
_LARGEST_CARD = 1 << 20


@dataclass(frozen=True, slots=True)
class Choice:
    """The files of a configuration, its name, and the names of the others."""

    files: Sequence[Path]
    name: str = ""
    others: Sequence[str] = ()

    def told(self, folder: Path) -> Diagnostic:
        """Say which one is read."""
        return Diagnostic(
            "config-chosen",
            Severity.INFO,
            f"of the configurations of {folder.name}, {self.name!r} is read; "
            f"there are {', '.join(map(repr, self.others))} too",
            Location(file=folder.name),
            f"name another: --config-name {self.others[0]}",
        )


def choose_config(folder: Path, files: Sequence[Path], name: str) -> Choice:
    """Choose a configuration of a dataset folder: the named one, or the default of its card.

    Without a card, folders below that hold files of different columns are configurations.

    Raises:
        ReadError: there is none of that name, or it has no files.
    """
    configs = _of_card(folder, files) or _of_folders(folder, files)
    if not configs:
        if name:
            raise ReadError(
                f"the folder {folder.name} has no configurations, so none called {name!r}",
                help="leave out --config-name",
            )
        return Choice(files)
    if name and name not in configs:
        raise ReadError(
            f"the folder {folder.name} has no configuration {name!r}",
            help=did_you_mean(name, configs),
        )
    chosen = name or next(iter(configs))
    if not configs[chosen]:
        raise ReadError(
            f"the configuration {chosen!r} of {folder.name} has no files",
            help="download them, or name another with --config-name",
        )
    return Choice(configs[chosen], chosen, [other for other in configs if other != chosen])


def _of_card(folder: Path, files: Sequence[Path]) -> dict[str, list[Path]]:
    """The files of each configuration that the card names, the default one first."""
    configs: dict[str, list[Path]] = {}
    default = ""
    for config in _configs(folder / _CARD):
        name = str(config.get("config_name", "default"))
        patterns = _patterns(config) or [f"{name}/*"]
        configs[name] = [file for file in files if _is_of(file.relative_to(folder), patterns)]
        if str(config.get("default", "")).lower() == "true" or (name == "default" and not default):
            default = name
    return {default: configs[default]} | configs if default else configs


def _configs(card: Path) -> list[Mapping[str, Any]]:
    try:
        with card.open(encoding="utf-8", errors="replace") as file:
            head = _HEAD.match(file.read(_LARGEST_CARD))
    except OSError:
        return []  # most folders have no card
    if head is None or "configs:" not in head[1]:
        return []
    import yaml  # noqa: PLC0415 - few folders have a card with configurations

    try:
        table = yaml.load(head[1], Loader=yaml.BaseLoader)  # noqa: S506 - it makes no objects
    except (yaml.YAMLError, RecursionError):
        return []  # a page that only looks like a card
    configs = table.get("configs") if isinstance(table, dict) else None
    return [c for c in configs if isinstance(c, dict)] if isinstance(configs, list) else []


def _patterns(config: Mapping[str, Any]) -> list[str]:
    """The patterns of a configuration's files: texts, lists of them, or tables by split."""
    folder = str(config.get("data_dir", "")).strip("/")
    waiting, found = [config.get("data_files", [])], []
    while waiting:
        item = waiting.pop(0)
        if isinstance(item, str):
            found.append(f"{folder}/{item}" if folder else item)
        elif isinstance(item, list):
            waiting += item
        elif isinstance(item, dict):
            waiting += [item["path"]] if "path" in item else list(item.values())
    return found or ([f"{folder}/*"] if folder else [])


def _is_of(file: Path, patterns: Sequence[str]) -> bool:
    return any(fnmatch(file.as_posix(), pattern.removeprefix("./")) for pattern in patterns)


def _of_folders(folder: Path, files: Sequence[Path]) -> dict[str, list[Path]]:
    """The files of each folder below, if the files of different folders have different columns."""
    groups: dict[str, list[Path]] = {}
    for file in files:
        top, *rest = file.relative_to(folder).parts
        groups.setdefault(top if rest else "", []).append(file)
    if len(groups) < 2 or "" in groups:
        return {}
    columns = {name: _columns(group[0]) for name, group in groups.items()}
    if None in columns.values() or len({frozenset(c or ()) for c in columns.values()}) < 2:
        return {}
    # What has the names that we know best is the dataset of chunks.
    best = sorted(groups, key=lambda name: -len({"text", "source"} & set(columns[name] or ())))
    return {name: groups[name] for name in best}


def _columns(file: Path) -> list[str] | None:
    """The columns of a dataset file; none where it cannot be opened, which reading says better."""
    from sitegen.read.aside import columns_of  # noqa: PLC0415 - only such folders need it

    return columns_of(file)

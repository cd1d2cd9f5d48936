"""Stage ``read``: a folder with several datasets (configurations) -> the files of one of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Generic, TypeVar

from msgspec import Struct

from sitegen.errors import Diagnostic, Location, ReadError, Severity, did_you_mean
from sitegen.scan.patterns import rare

CARD = "README.md"
_DEFAULT = "default"
_NOTHING = "\0"  # the pattern of no path
_HEAD = rare(r"---[ \t]*\n(.*?)\n---", re.DOTALL)
_LARGEST_CARD = 1 << 20


F = TypeVar("F")


class Folder(Struct, Generic[F], frozen=True):
    """A folder of datasets: its name, its files by their paths in it, what its card says.

    ``columns`` gives the names of the columns of a file; none where it cannot be opened, which
    reading says better.
    """

    name: str
    files: Mapping[str, F]
    configs: Sequence[Mapping[str, Any]]
    columns: Callable[[F], list[str] | None]


class Choice(Struct, Generic[F], frozen=True):
    """The files of a configuration, its name, and the names of the others."""

    files: Sequence[F]
    name: str = ""
    others: Sequence[str] = ()

    def told(self, folder: str) -> Diagnostic:
        """Say which one is read."""
        return Diagnostic(
            "config-chosen",
            Severity.INFO,
            f"of the configurations of {folder}, {self.name!r} is read; "
            f"there are {', '.join(map(repr, self.others))} too",
            Location(file=folder),
            f"name another: --config-name {self.others[0]}",
        )


def choose_config(folder: Folder[F], name: str, split: str = "") -> Choice[F]:
    """Choose a configuration of a dataset folder: the named one, or the default of its card.

    Without a card, folders below that hold files of different columns are configurations. Of the
    files of a ``split`` only these are chosen.

    Raises:
        ReadError: there is none of that name, or it has no files.
    """
    configs = _of_card(folder, split) or _of_folders(folder, split)
    if not configs:
        if name not in {"", _DEFAULT}:
            raise ReadError(
                f"the folder {folder.name} has no configurations, so none called {name!r}",
                help="leave out --config-name",
            )
        return Choice(_of_split(folder, list(folder.files), split))
    if name and name not in configs:
        raise ReadError(
            f"the folder {folder.name} has no configuration {name!r}",
            help=did_you_mean(name, configs),
        )
    chosen = name or next(iter(configs))
    if not configs[chosen]:
        of_split = f" of the split {split!r}" if split else ""
        raise ReadError(
            f"the configuration {chosen!r} of {folder.name} has no files{of_split}",
            help="download them, or name another with --config-name",
        )
    others = [other for other in configs if other != chosen]
    return Choice([folder.files[path] for path in configs[chosen]], chosen, others)


def _of_card(folder: Folder[F], split: str) -> dict[str, list[str]]:
    """The files of each configuration that the card names, the default one first."""
    configs: dict[str, list[str]] = {}
    default = ""
    for config in folder.configs:
        name = str(config.get("config_name", _DEFAULT))
        patterns, is_by_split = _patterns(config, split)
        files = [path for path in folder.files if _is_of(path, patterns or [f"{name}/*"])]
        if split and not is_by_split:
            files = [path for path in files if _is_of_split(path, split)]
        configs[name] = files
        if str(config.get("default", "")).lower() == "true" or (name == _DEFAULT and not default):
            default = name
    return {default: configs[default]} | configs if default else configs


def _of_split(folder: Folder[F], paths: Sequence[str], split: str) -> list[F]:
    """The files of some paths that are of a split by their names.

    Raises:
        ReadError: there are none.
    """
    found = [path for path in paths if _is_of_split(path, split)]
    if paths and not found:
        raise ReadError(
            f"no file of {folder.name} is of the split {split!r} by its name",
            help="name the files themselves, as a path or a pattern",
        )
    return [folder.files[path] for path in found]


def _is_of_split(path: str, split: str) -> bool:
    """Whether a path is of a split by a word in it; all are where no split is wanted."""
    return not split or bool(re.search(rf"(?:^|[/_.-]){re.escape(split)}(?:[/_.-]|$)", path))


def configs_of(card: Path) -> list[Mapping[str, Any]]:
    """What the card of a folder says of its configurations."""
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


def _patterns(config: Mapping[str, Any], split: str) -> tuple[list[str], bool]:
    """The patterns of a configuration's files, those of a split if it names any for splits.

    It holds texts, lists of them, or tables by split; the second value says whether it has splits.
    """
    folder = str(config.get("data_dir", "")).strip("/")
    waiting: list[tuple[str, Any]] = [("", config.get("data_files", []))]
    found: list[tuple[str, str]] = []
    while waiting:
        of, item = waiting.pop(0)
        if isinstance(item, str):
            found.append((of, f"{folder}/{item}" if folder else item))
        elif isinstance(item, list):
            waiting += [(of, each) for each in item]
        elif isinstance(item, dict) and "path" in item:
            waiting.append((str(item.get("split", of)), item["path"]))
        elif isinstance(item, dict):
            waiting += [(str(name), each) for name, each in item.items()]
    is_by_split = any(of for of, _ in found)
    patterns = [text for of, text in found if not (split and is_by_split) or of == split]
    if is_by_split and not patterns:
        return [_NOTHING], True
    return patterns or ([f"{folder}/*"] if folder else []), is_by_split


def _is_of(path: str, patterns: Sequence[str]) -> bool:
    return any(fnmatch(path, pattern.removeprefix("./")) for pattern in patterns)


def _of_folders(folder: Folder[F], split: str) -> dict[str, list[str]]:
    """The files of each folder below, if the files of different folders have different columns."""
    groups: dict[str, list[str]] = {}
    for path in folder.files:
        top, _, rest = path.partition("/")
        groups.setdefault(top if rest else "", []).append(path)
    if len(groups) < 2 or "" in groups:
        return {}
    columns = {name: folder.columns(folder.files[paths[0]]) for name, paths in groups.items()}
    if None in columns.values() or len({frozenset(c or ()) for c in columns.values()}) < 2:
        return {}
    # What has the names that we know best is the dataset of chunks.
    best = sorted(groups, key=lambda name: -len({"text", "source"} & set(columns[name] or ())))
    return {name: [p for p in groups[name] if _is_of_split(p, split)] for name in best}

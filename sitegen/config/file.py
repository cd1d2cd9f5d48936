"""One ``sitegen.toml`` (or ``[tool.sitegen]``), the environment and flags into one `Config`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_type_hints

from msgspec import Struct
from msgspec.structs import fields, replace

from sitegen.config import Config
from sitegen.config.converted import checked
from sitegen.config.environment import ENVIRONMENT_PREFIX, from_environment, variable_of
from sitegen.config.near import near_file, opened
from sitegen.config.site_address import ascii_host, site_address
from sitegen.config.values import wrong_values
from sitegen.errors import ConfigError, Location
from sitegen.limits.files import read_regular
from sitegen.model.own_names import MANIFEST
from sitegen.urls import is_remote

CONFIG_FILE = "sitegen.toml"
OF_THE_INPUT = (
    *("input", "config_name", "exclude", "title", "toctree", "redirects", "files", "columns"),
    *("versions", "site_root"),
)
"""Keys that describe one input."""
NOT_IN_FILES = frozenset({"cluster"})
"""Keys that only who builds may give: whoever runs a scheduler can run code on this machine."""
_ALIKE = 0.75  # of a name to that of the file; a folder may be called nearly so
_PYPROJECT, _TABLE = "pyproject.toml", "tool.sitegen"
STATE_FOLDER = ".sitegen"


def load_config(
    path: Path | None = None,
    *,
    flags: Mapping[str, object] | None = None,
    environ: Mapping[str, str] = os.environ,
    cwd: Path | None = None,
) -> Config:
    """Merge flags over ``SITEGEN_*`` over the file over the defaults.

    Without ``path`` the file is ``sitegen.toml`` or a ``pyproject.toml`` with ``[tool.sitegen]``
    in ``cwd`` - never in a parent folder. Flags that are ``None`` or empty are not given. Flags
    that name another input than the file leave aside what it says of its own (`OF_THE_INPUT`).

    Raises:
        ConfigError: naming every fault of the file and the environment at once.
    """
    cwd = cwd or Path.cwd()
    path = path or find_config(cwd)
    faults: list[str] = []
    table = _without_cluster(read_table(path), faults)
    values = _absolute(checked(Config, table, faults), cwd / path.parent if path else cwd)
    given = _absolute(_from_flags(flags or {}, faults), cwd)
    if "input" in given and (
        "versions" in values or _are_other(values.get("input"), given["input"])
    ):
        values = {key: value for key, value in values.items() if key not in OF_THE_INPUT}
    variables = from_environment(environ, faults)
    values |= _absolute(variables, cwd)
    if "output" in given and "bucket" not in given:
        values.pop("bucket", None)
    if "columns" in given:
        given["columns"] = MappingProxyType({**values.get("columns", {}), **given["columns"]})
    values |= given
    values.setdefault("output", cwd / "build")
    if values.setdefault("cache", True) is True:
        values["cache"] = cwd / STATE_FOLDER
    config = Config(**values)
    names = {key: variable_of(key) for key in variables}
    names |= {key: f"--{key.replace('_', '-')}" for key in given}
    wrong = [*wrong_values(config), *_wrong_links(config, path.parent if path else cwd)]
    wrong += _wrong_folders(config)
    faults += (_as_given(fault, names) for fault in wrong)
    if faults:
        raise _refused(faults, path, cwd)
    publish = replace(config.publish, domain=ascii_host(config.publish.domain)[0])
    return replace(config, base_url=site_address(config.base_url), publish=publish)


def _refused(faults: Sequence[str], path: Path | None, cwd: Path) -> ConfigError:
    """All faults in one error; each of the file says its line, the first where the file is named.

    The first of all is one of the file, if there is one.
    """
    elsewhere = [fault for fault in faults if fault.startswith((ENVIRONMENT_PREFIX, "--"))]
    own = [fault for fault in faults if fault not in elsewhere]
    if not (path and own):
        return ConfigError("; ".join(faults))
    from sitegen.config.key_lines import line_of  # noqa: PLC0415 - not for what is right

    text = read_regular(path).decode("utf-8-sig", "replace")
    lines = [line_of(fault, text, _prefix(path)) for fault in own]
    placed = sorted(zip(lines, own, strict=True), key=lambda each: each[0] or 0)
    at = first = placed[0][0]
    told = []
    for line, fault in placed:
        told.append(f"line {line}: {fault}" if line and line != at else fault)
        at = line or at
    place = Location(opened(path, cwd), line=first)
    return ConfigError("; ".join((*told, *elsewhere)), location=place)


def place_of(fault: str, named: Path | None = None) -> Location | None:
    """Where a configuration says what a fault names first: the ``named`` one, else that of here."""
    from sitegen.config.key_lines import line_of  # noqa: PLC0415 - not for what is right

    path = named or find_config(Path.cwd())
    if path is None:
        return None
    line = line_of(fault, read_regular(path).decode("utf-8-sig", "replace"), _prefix(path))
    return Location(opened(path), line=line) if line else None


def _prefix(path: Path) -> str:
    """What stands in a file before the names of all tables."""
    return f"{_TABLE}." if path.name == _PYPROJECT else ""


def _without_cluster(table: dict[str, Any], faults: list[str]) -> dict[str, Any]:
    """A file's table without a cluster, which is a fault there: the file may be anybody's."""
    inner = table.get("build")
    is_inside = isinstance(inner, dict) and "cluster" in inner
    if not is_inside and "cluster" not in table:
        return table
    faults.append(
        f"{'build.' if is_inside else ''}cluster must not stand in a file: whoever runs a cluster "
        "can run code on this machine, so name one that you trust by --cluster or SITEGEN_CLUSTER"
    )
    return {key: value for key, value in table.items() if key not in {"build", "cluster"}}


def _as_given(fault: str, names: Mapping[str, str]) -> str:
    """A fault of a setting under the name by which it was given: a variable, an option, a key."""
    key = fault.split(maxsplit=1)[0].rstrip(":")
    return names.get(key, key) + fault[len(key) :]


def _are_other(inputs: tuple[str, ...] | None, given: tuple[str, ...]) -> bool:
    """Whether the inputs of a file are others than those that are given."""
    if inputs is None:
        return False
    return [*map(_whole, inputs)] != [*map(_whole, given)]


def _whole(item: str) -> str:
    return item if is_remote(item) else os.path.abspath(item)  # noqa: PTH100 - links stay


def find_config(folder: Path) -> Path | None:
    """Find the configuration file of a folder; parents are never searched (untrusted checkouts)."""
    if (folder / CONFIG_FILE).is_file():
        return folder / CONFIG_FILE
    pyproject = folder / _PYPROJECT
    if pyproject.is_file() and _tool_table(pyproject) is not None:
        return pyproject
    return None


def without_input() -> str:
    """What to do where nothing names an input; a file may be meant that is called otherwise."""
    near = near_file(Path.cwd() / CONFIG_FILE, _ALIKE)
    wanted = f"name a dataset file or a folder of Markdown, or set `input` in {CONFIG_FILE}"
    return f"{wanted}; of the settings, {near}" if near else wanted


def read_table(path: Path | None) -> dict[str, Any]:
    """The table of a configuration file as it is written.

    Raises:
        ConfigError: it cannot be read, or is not valid TOML.
    """
    if path is None:
        return {}
    if path.name == _PYPROJECT:
        return _tool_table(path) or {}
    return _toml(path)


def _tool_table(path: Path) -> dict[str, Any] | None:
    tools = _toml(path).get("tool")
    table: dict[str, Any] | None = tools.get("sitegen") if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError(f"{_TABLE} must be a table", location=Location(file=opened(path)))


def _toml(path: Path) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 - many builds have no such file

    text = ""
    try:
        text = read_regular(path).decode("utf-8-sig")
        return tomllib.loads(text)
    except UnicodeDecodeError as error:
        place = Location(file=opened(path), line=error.object[: error.start].count(b"\n") + 1)
        raise ConfigError("not UTF-8", location=place, help="save the file as UTF-8") from error
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        from sitegen.config.unreadable import not_toml  # noqa: PLC0415 - not for what is right

        why, line, remedy = not_toml(error, text)
        place = Location(file=opened(path), line=line)
        raise ConfigError(f"not valid TOML: {why}", location=place, help=remedy) from error
    except FileNotFoundError as error:
        raise ConfigError(
            f"config file {opened(path)!r} does not exist",
            help=near_file(path) or "correct --config, or write one with sitegen init",
        ) from error
    except OSError as error:
        raise ConfigError(
            f"config file {opened(path)!r} cannot be read: {error.strerror}",
            help="name a file such as sitegen.toml",
        ) from error


def _from_flags(flags: Mapping[str, object], faults: list[str]) -> dict[str, Any]:
    """Take what a command or a program gives; texts stand for paths and lists as in the file."""
    given = {key: value for key, value in flags.items() if value not in (None, (), {})}
    hints = get_type_hints(Config)
    is_typed = {key: key in hints and not isinstance(value, str) for key, value in given.items()}
    typed = {key: value for key, value in given.items() if is_typed[key]}
    rest = {key: value for key, value in given.items() if not is_typed[key]}
    return typed | checked(Config, rest, faults)


def _absolute(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make every path absolute: those of the file count from the file, others from the cwd."""

    def absolute(value: Any) -> Any:
        if isinstance(value, Path):
            return folder / _expanded(value)
        if isinstance(value, tuple):
            return tuple(absolute(item) for item in value)
        if isinstance(value, Struct):
            inner = {f.name: absolute(getattr(value, f.name)) for f in fields(value)}
            return type(value)(**with_input(inner))
        return value

    def with_input(table: dict[str, Any]) -> dict[str, Any]:
        if "input" in table:
            table["input"] = tuple(
                item if is_remote(item) else str(folder / _expanded(Path(item)))
                for item in table["input"]
            )
        return table

    done = {key: absolute(value) for key, value in values.items()}
    if "inventories" in done:
        paths = {url: str(folder / path) for url, path in done["inventories"].items()}
        done["inventories"] = MappingProxyType(paths)
    return with_input(done)


def _wrong_links(config: Config, project: Path) -> Iterator[str]:
    """Name what a project shows as a part of it, and is not: what these hold is published."""
    theme = config.theme
    given = {"templates": theme.templates, "static": theme.static, "logo": theme.logo}
    paths = {"files": config.files, **{f"theme.{key}": path for key, path in given.items()}}
    for key, path in paths.items():
        shown = path and _is_in(project, path, os.path.abspath)
        if path and shown and not _is_in(project, path, os.path.realpath):
            yield f"{key} leads out of the project by a link: write where it leads"


def _wrong_folders(config: Config) -> Iterator[str]:
    """Name folders that are none; an earlier build may be the one that this one replaces."""
    if config.files and not config.files.is_dir():
        near = near_file(config.files)
        yield f"files must be a folder, and {opened(config.files)!r} is none{near and f': {near}'}"
    for path in config.api.search_paths:
        if not path.is_dir():
            near = near_file(path)
            yield f"api.search_paths names no folder: {opened(path)!r}{near and f', {near}'}"
    previous = config.feeds.previous
    if previous and previous != config.output and not (previous / MANIFEST).is_file():
        yield f"feeds.previous must be the folder of a build, and {opened(previous)!r} is none"


def _is_in(folder: Path, path: Path, read: Callable[[Path], str]) -> bool:
    return Path(read(path)).is_relative_to(read(folder))


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # `~name` of nobody
        return path

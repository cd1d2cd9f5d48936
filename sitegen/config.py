"""One ``sitegen.toml`` (or ``[tool.sitegen]``), the environment and flags into one frozen value."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args, get_origin, get_type_hints

from sitegen.config_values import (
    wrong_addresses,
    wrong_base_url,
    wrong_columns,
    wrong_content_signal,
    wrong_domain,
    wrong_inventories,
    wrong_redirects,
    wrong_search,
    wrong_theme,
    wrong_whitespace,
)
from sitegen.errors import ConfigError, Location, did_you_mean

CONFIG_FILE = "sitegen.toml"
ENVIRONMENT_PREFIX = "SITEGEN_"
OF_THE_INPUT = ("input", "title", "toctree", "redirects", "columns")  # keys that describe one input
STATE_FOLDER = ".sitegen"


@dataclass(frozen=True, slots=True)
class RestoreConfig:
    """What to give back of what chunking destroyed.

    ``whitespace``: ``auto`` restores blank lines and indentation where a dataset has none at all.
    """

    headings: bool = True
    whitespace: str = "auto"


@dataclass(frozen=True, slots=True)
class ThemeConfig:
    """How the site looks; templates and static files are laid over ours file by file.

    ``edit_url`` holds ``{source}``, ``row_url`` the chunk's ``{id}``, and each address of
    ``open_in`` the ``{url}`` of a page's Markdown.
    """

    templates: Path | None = None
    static: Path | None = None
    logo: Path | None = None
    colors: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    footer: str = ""
    announcement: str = ""
    edit_url: str = ""
    row_url: str = ""
    open_in: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """What to write for machines, and the earlier build whose chunk ids shall not be lost.

    ``index``: search engines may list the pages. ``content_signal`` is what robots may do.
    """

    markdown: bool = True
    chunks: bool = True
    dataset: bool = False
    index: bool = True
    content_signal: str = ""
    previous: Path | None = None


@dataclass(frozen=True, slots=True)
class ApiConfig:
    """Packages whose sources give the docstrings of API cards; read, never imported."""

    packages: tuple[str, ...] = ()
    search_paths: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True)
class PublishConfig:
    """Where the site goes, under which domain, and the old addresses that lead to new ones."""

    target: str = ""
    domain: str = ""
    redirects: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ExternalConfig:
    """Which addresses of other hosts are asked, and for how many seconds an answer is awaited."""

    enabled: bool = False
    allow: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    timeout: int = 10


@dataclass(frozen=True, slots=True)
class CheckConfig:
    """What a check looks for, and how much that matters.

    ``rules`` are severities by code: ``off``, ``info``, ``warning``, ``error``. ``page``: a build
    writes the findings as a page of the site.
    """

    rules: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    baseline: Path | None = None
    page: bool = False
    external: ExternalConfig = ExternalConfig()


@dataclass(frozen=True, slots=True)
class Config:
    """All that a build may depend on besides its input; paths are absolute.

    ``inventories`` maps the address of another site to its ``objects.inv`` on this disk.
    ``search``: ``full`` or true demands an index of the text, ``headings`` makes none, ``auto``
    makes one where the indexer is installed.
    ``cache`` is the folder of what builds remember; ``False``: every build starts from nothing.
    """

    input: tuple[str, ...] = ()
    output: Path = Path("build")
    title: str = ""
    base_url: str = ""
    language: str = ""
    toctree: Path | None = None
    redirects: Path | None = None
    jobs: int = 0
    strict: bool = False
    clean: bool = False
    cache: Path | bool = False
    search: bool | str = "auto"
    columns: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    inventories: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    api: ApiConfig = ApiConfig()
    restore: RestoreConfig = RestoreConfig()
    theme: ThemeConfig = ThemeConfig()
    check: CheckConfig = field(default_factory=CheckConfig)
    publish: PublishConfig = field(default_factory=PublishConfig)
    feeds: FeedsConfig = FeedsConfig()


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
    that name an input leave aside what the file says of its own (`OF_THE_INPUT`).

    Raises:
        ConfigError: naming every fault of the file and the environment at once.
    """
    cwd = cwd or Path.cwd()
    path = path or find_config(cwd)
    faults: list[str] = []
    values = _absolute(_checked(Config, _table(path), faults), path.parent if path else cwd)
    if (flags or {}).get("input"):
        values = {key: value for key, value in values.items() if key not in OF_THE_INPUT}
    values |= _absolute(_from_environment(environ, faults), cwd)
    values |= _absolute({k: v for k, v in (flags or {}).items() if v not in (None, ())}, cwd)
    values.setdefault("output", cwd / "build")
    if values.setdefault("cache", True) is True:
        values["cache"] = cwd / STATE_FOLDER
    faults += _wrong_values(values)
    if faults:
        raise ConfigError("; ".join(faults), location=Location(file=path.name if path else ""))
    return Config(**values)


def find_config(folder: Path) -> Path | None:
    """Find the configuration file of a folder; parents are never searched (untrusted checkouts)."""
    if (folder / CONFIG_FILE).is_file():
        return folder / CONFIG_FILE
    pyproject = folder / "pyproject.toml"
    if pyproject.is_file() and _tool_table(pyproject) is not None:
        return pyproject
    return None


def _table(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    if path.name == "pyproject.toml":
        return _tool_table(path) or {}
    return _toml(path)


def _tool_table(path: Path) -> dict[str, Any] | None:
    tools = _toml(path).get("tool")
    table: dict[str, Any] | None = tools.get("sitegen") if isinstance(tools, dict) else None
    if table is None or isinstance(table, dict):
        return table
    raise ConfigError("tool.sitegen must be a table", location=Location(file=path.name))


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, RecursionError) as error:
        raise ConfigError(f"not valid TOML: {error}", location=Location(file=str(path))) from error
    except OSError as error:
        raise ConfigError(
            f"cannot be read: {error.strerror}", location=Location(file=str(path))
        ) from error


def _checked(
    kind: type, table: Mapping[str, Any], faults: list[str], called: Callable[[str], str] = str
) -> dict[str, Any]:
    """Convert a TOML table to the field types of a dataclass; every fault is noted, none raised.

    ``called`` gives the name under which the user knows a key.
    """
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in table.items():
        name = key.replace("-", "_")
        if name not in hints:
            faults.append(f"unknown key {called(key)!r}: {did_you_mean(name, hints)}")
        elif is_dataclass(hint := hints[name]) and isinstance(hint, type):
            if isinstance(value, dict):
                values[name] = hint(**_checked(hint, value, faults, f"{called(key)}.{{}}".format))
            else:
                faults.append(f"{called(key)} must be a table, not {value!r}")
        else:
            converted = _converted(hint, value, called(key), faults)
            if converted is not None:
                values[name] = converted
    return values


def _converted(hint: Any, value: Any, key: str, faults: list[str]) -> Any:
    """Give a value of the wanted type, or none and a fault."""
    wanted, converted = _as(hint, value)
    if converted is None:
        faults.append(f"{key} must be {wanted}, not {value!r}")
    return converted


def _as(hint: Any, value: Any) -> tuple[str, Any]:
    """Name what a type wants, and give the value as that type if it is."""
    if get_origin(hint) is tuple:
        items = [value] if isinstance(value, str) else value
        fits = isinstance(items, list) and all(isinstance(item, str) for item in items)
        kind = Path if Path in get_args(hint) else str
        return "a string or a list of strings", tuple(map(kind, items)) if fits else None
    if get_origin(hint) is Mapping:
        fits = isinstance(value, dict) and all(isinstance(item, str) for item in value.values())
        return "a table of names", MappingProxyType(dict(value)) if fits else None
    if bool in _kinds(hint) and isinstance(value, bool):
        return "true or false", value
    if hint in {bool, int}:
        wanted = "true or false" if hint is bool else "a whole number"
        return wanted, value if type(value) is hint else None
    if not isinstance(value, str) or "\0" in value:
        return "a string without NUL" if isinstance(value, str) else "a string", None
    return "a string", value if str in _kinds(hint) else Path(value)


def _kinds(hint: Any) -> tuple[Any, ...]:
    return (hint, *get_args(hint))


def _from_environment(environ: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    table: dict[str, Any] = {}
    hints = get_type_hints(Config)
    for variable in sorted(environ):
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if not variable.startswith(ENVIRONMENT_PREFIX) or name not in hints:
            continue
        text = environ[variable]
        if hints[name] is int and text.isdecimal():
            table[name] = int(text)
        elif bool in _kinds(hints[name]) and text.lower() in {"1", "true", "0", "false"}:
            table[name] = text.lower() in {"1", "true"}
        else:
            table[name] = text
    return _checked(Config, table, faults, lambda key: f"{ENVIRONMENT_PREFIX}{key.upper()}")


def _absolute(values: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make every path absolute: those of the file count from the file, others from the cwd."""

    def absolute(value: Any) -> Any:
        if isinstance(value, Path):
            return folder / _expanded(value)
        if isinstance(value, tuple):
            return tuple(absolute(item) for item in value)
        if is_dataclass(value) and not isinstance(value, type):
            return type(value)(**{f.name: absolute(getattr(value, f.name)) for f in fields(value)})
        return value

    done = {key: absolute(value) for key, value in values.items()}
    if "inventories" in done:
        paths = {url: str(folder / path) for url, path in done["inventories"].items()}
        done["inventories"] = MappingProxyType(paths)
    if "input" in done:
        done["input"] = tuple(str(folder / _expanded(Path(item))) for item in done["input"])
    return done


def _expanded(path: Path) -> Path:
    try:
        return path.expanduser()
    except RuntimeError:  # `~name` of nobody
        return path


def _wrong_values(values: Mapping[str, Any]) -> list[str]:
    faults: list[str] = []
    if base_url := values.get("base_url"):
        faults += wrong_base_url(base_url)
    faults += wrong_inventories(values.get("inventories", {}))
    publish = values.get("publish", PublishConfig())
    faults += [*wrong_redirects(publish.redirects), *wrong_domain(publish.domain)]
    faults += wrong_search(values.get("search", "auto"))
    jobs = values.get("jobs", 0)
    if isinstance(jobs, int) and jobs < 0:
        faults.append(f"jobs must be 0 (one per processor) or more, not {jobs}")
    if (timeout := values.get("check", CheckConfig()).external.timeout) < 1:
        faults.append(f"check.external.timeout must be 1 second or more, not {timeout}")
    theme = values.get("theme", ThemeConfig())
    faults += wrong_whitespace(values.get("restore", RestoreConfig()).whitespace)
    faults += wrong_columns(values.get("columns", {}))
    faults += wrong_theme(theme.colors, theme.links, theme.logo)
    faults += wrong_addresses("theme.edit_url", theme.edit_url, "source")
    faults += wrong_addresses("theme.row_url", theme.row_url, "id")
    for name, address in theme.open_in.items():
        faults += wrong_addresses(f"theme.open_in.{name}", address, "url")
    faults += wrong_content_signal(values.get("feeds", FeedsConfig()).content_signal)
    return faults

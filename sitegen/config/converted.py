"""Converted: values as a file, the environment or a program gives them -> those of a `Config`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, TypeGuard, get_args, get_origin, get_type_hints

from msgspec import Struct

from sitegen.config import Config
from sitegen.config.bucket import with_bucket
from sitegen.errors import did_you_mean


def checked(
    kind: type, table: Mapping[str, Any], faults: list[str], called: Callable[[str], str] = str
) -> dict[str, Any]:
    """Convert a TOML table to the types of a class's fields; every fault is noted, none raised.

    ``called`` gives the name under which the user knows a key.
    """
    hints = get_type_hints(kind)
    values: dict[str, Any] = {}
    for key, value in (with_bucket(table) if kind is Config else table).items():
        name = key.replace("-", "_")
        if name not in hints:
            faults.append(f"unknown key {called(key)!r}: {did_you_mean(name, hints)}")
        elif is_table(hint := hints[name]):
            if isinstance(value, dict):
                values[name] = hint(**checked(hint, value, faults, f"{called(key)}.{{}}".format))
            else:
                faults.append(f"{called(key)} must be a table, not {_shown(value)}")
        elif (item := _listed(hint)) is not None:
            values[name] = tuple(_checked_list(item, value, faults, called(key)))
        else:
            given = _without_guesses(value) if name == "columns" else value
            if (whole := _converted(hint, given, called(key), faults)) is not None:
                values[name] = whole
    return values


def is_table(hint: Any) -> TypeGuard[type[Struct]]:
    """Whether a type is that of a table with keys of its own."""
    return isinstance(hint, type) and issubclass(hint, Struct)


def _listed(hint: Any) -> type | None:
    """The class of the tables that a key lists, if it lists any."""
    inner = get_args(hint)[0] if get_origin(hint) is tuple else None
    return inner if is_table(inner) else None


def _checked_list(kind: type, value: Any, faults: list[str], key: str) -> Iterator[Any]:
    """Yield the items of a list of tables; faults name their numbers, from 1."""
    if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
        faults.append(f"{key} must be a list of tables ([[{key}]]), not {_shown(value)}")
        return
    for number, item in enumerate(value, start=1):
        yield kind(**checked(kind, item, faults, f"{key}[{number}].{{}}".format))


def _without_guesses(columns: Any) -> Any:
    """Give the empty name for ``false``, which is said of a column that is not to be guessed."""
    if not isinstance(columns, dict):
        return columns
    return {ours: "" if theirs is False else theirs for ours, theirs in columns.items()}


def _converted(hint: Any, value: Any, key: str, faults: list[str]) -> Any:
    """Give a value of the wanted type, or none and a fault."""
    wanted, converted = _as(hint, value)
    if converted is None:
        faults.append(f"{key} must be {wanted}, not {_shown(value)}")
    return converted


def _shown(value: object) -> str:
    """A value as a file has it; of what holds others, what it is."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return f"a table with {', '.join(map(repr, value))}" if value else "an empty table"
    if isinstance(value, list):
        is_plain = not any(isinstance(item, dict | list) for item in value)
        items = ", ".join(map(_shown, value))
        return f"[{items}]" if is_plain else "a list of tables or lists"
    return repr(value)


def _as(hint: Any, value: Any) -> tuple[str, Any]:
    """Name what a type wants, and give the value as that type if it is."""
    if isinstance(value, date) and not isinstance(value, datetime):
        value = value.isoformat()  # TOML knows days
    if get_origin(hint) is tuple:
        items = [value] if isinstance(value, str) else value
        fits = isinstance(items, list) and all(map(_is_text, items))
        kind = Path if Path in get_args(hint) else str
        wanted = f"a string or a list of strings{_without_nul(value)}"
        return wanted, tuple(map(kind, items)) if fits else None
    if get_origin(hint) is Mapping:
        return _as_table(get_args(hint)[1], value)
    if bool in kinds(hint) and isinstance(value, bool):
        return "true or false", value
    if hint in {bool, int}:
        wanted = "true or false" if hint is bool else "a whole number"
        return wanted, value if type(value) is hint else None
    if not _is_text(value):
        return f"a string{_without_nul(value)}", None
    return "a string", value if str in kinds(hint) else Path(value)


def _as_table(hint: Any, value: Any) -> tuple[str, Any]:
    """Do as `_as` for a table whose values are strings, or such tables."""
    holds_tables = get_origin(hint) is Mapping
    wanted = "a table of tables of names" if holds_tables else "a table of names"
    wanted += _without_nul(value)
    if not isinstance(value, dict):
        return f'{wanted} ("name" = "text")', None
    items = value
    if holds_tables:
        items = {key: _as_table(get_args(hint)[1], item)[1] for key, item in value.items()}
    fits = all(
        isinstance(item, MappingProxyType) if holds_tables else _is_text(item)
        for item in items.values()
    )
    return wanted, MappingProxyType(dict(items)) if fits else None


def _is_text(value: object) -> bool:
    """Whether a value is a text that a path or a name can be made of."""
    return isinstance(value, str) and "\0" not in value


def _without_nul(value: object) -> str:
    """What is to be said of a text that no system takes as a name, alone or among others."""
    items = value.values() if isinstance(value, dict) else value
    held = [items] if isinstance(items, str) else items if isinstance(items, Iterable) else ()
    return " without NUL" if any(isinstance(each, str) and "\0" in each for each in held) else ""


def kinds(hint: Any) -> tuple[Any, ...]:
    """A type, and those that it is made of."""
    return (hint, *get_args(hint))

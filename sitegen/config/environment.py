"""The environment: what ``SITEGEN_*`` says of a `Config`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, get_origin, get_type_hints

from msgspec.structs import fields

from sitegen.config import Config
from sitegen.config.converted import checked, is_table, kinds

ENVIRONMENT_PREFIX = "SITEGEN_"
_ALIKE = 0.75  # of a variable to one of ours; others may have such a name for reasons of theirs


def variable_of(key: str) -> str:
    """The variable that gives a setting."""
    return f"{ENVIRONMENT_PREFIX}{key.upper()}"


def _is_in_a_table(name: str, hints: Mapping[str, Any]) -> bool:
    """Whether a name such as ``theme_logo`` is that of a key of one of the tables."""
    table, _, key = name.partition("_")
    tables = [kind for kind in kinds(hints.get(table)) if is_table(kind)]
    return any(key in {each.name for each in fields(kind)} for kind in tables)


def from_environment(environ: Mapping[str, str], faults: list[str]) -> dict[str, Any]:
    """The settings that variables give; what is wrong with one is noted."""
    table: dict[str, Any] = {}
    hints = get_type_hints(Config)
    for variable in sorted(environ):
        name = variable.removeprefix(ENVIRONMENT_PREFIX).lower()
        if not variable.startswith(ENVIRONMENT_PREFIX):
            continue
        if name not in hints:
            import difflib  # noqa: PLC0415 - nothing else is nearly right

            if near := difflib.get_close_matches(name, hints, n=1, cutoff=_ALIKE):
                faults.append(f"{variable} is no setting: did you mean {variable_of(near[0])}?")
            elif name == "config":
                faults.append(f"{variable} is no setting: name the file by --config")
            elif _is_in_a_table(name, hints):
                faults.append(f"{variable} is no setting: only a file holds what is in a table")
            continue
        if get_origin(hints[name]) is Mapping or any(map(is_table, kinds(hints[name]))):
            faults.append(f"{variable} is no setting: only a file holds a table such as {name}")
            continue
        text = environ[variable]
        if hints[name] is int and text.isdecimal():
            table[name] = int(text)
        elif bool in kinds(hints[name]) and text.lower() in {"1", "true", "0", "false"}:
            table[name] = text.lower() in {"1", "true"}
        else:
            table[name] = text
    return checked(Config, table, faults, variable_of)

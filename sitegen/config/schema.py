"""The JSON Schema of the configuration file, made of the very classes that are read from it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

import msgspec
from msgspec import NODEFAULT, UNSET, Meta, Struct, UnsetType
from msgspec.structs import FieldInfo, fields

from sitegen.config import Config
from sitegen.config.converted import is_table
from sitegen.config.file import NOT_IN_FILES
from sitegen.config.meanings import MEANINGS
from sitegen.config.phrases import PHRASES
from sitegen.config.values import COLORS, COLUMNS, SEARCH_MODES

_NAMES = {
    "columns": COLUMNS,
    "colors": tuple(c + d for c in COLORS for d in ("", "-dark")),
    "strings": PHRASES,
}
"""The names that a table of names may hold."""
_VALUES: Mapping[str, Mapping[str, Any]] = {
    "cache": {"default": True},
    "search": {"enum": [True, False, *SEARCH_MODES]},
}
"""By key, what its type does not say of its values."""


def config_schema() -> dict[str, Any]:
    """``sitegen.toml`` as JSON Schema 2020-12, for editors: descriptions, defaults, examples."""
    schema = msgspec.json.schema(_struct(Config))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sitegen.toml",
        **schema,
    }


def _struct(table: type) -> type:
    """A table as the file has it: TOML knows strings instead of paths, and no null."""
    hints = get_type_hints(table)
    keys = []
    for field in fields(table):
        if table is Config and field.name in NOT_IN_FILES:
            continue
        hint = _in_toml(hints[field.name], _NAMES.get(field.name, ()))
        if meaning := MEANINGS[table].get(field.name):
            hint = Annotated[hint, meaning]
        if more := _VALUES.get(field.name):
            hint = Annotated[hint, Meta(extra_json_schema=dict(more))]
        default = _default(field)
        hint = hint if default is not UNSET else Union[hint, UnsetType]  # noqa: UP007 - of what is known here only
        keys.append((field.name, hint, default))
    doc = {"__doc__": table.__doc__}
    return msgspec.defstruct(table.__name__, keys, namespace=doc, forbid_unknown_fields=True)


def _default(field: FieldInfo) -> Any:
    """What a key is when the file does not say; a table of its own says so of each of its keys."""
    if field.name == "cache" or isinstance(field.default, Struct) or field.default is None:
        return UNSET
    if isinstance(field.default, Path):
        return str(field.default)
    if field.default == ():
        return msgspec.field(default_factory=list)
    if field.default_factory is not NODEFAULT:
        is_names = isinstance(field.default_factory(), Mapping)
        return msgspec.field(default_factory=dict) if is_names else UNSET
    return field.default


def _in_toml(hint: Any, names: Sequence[str] = ()) -> Any:
    """The type that a value has in the file; ``names`` are those that a table may hold."""
    kind, inner = get_origin(hint), get_args(hint)
    if is_table(hint):
        return _struct(hint)
    if kind is tuple:
        if is_table(inner[0]):
            return list[_struct(inner[0])]  # type: ignore[misc] # for msgspec
        return list[str] | str
    if kind is Mapping:
        holds_tables = get_origin(inner[1]) is Mapping
        more = {"propertyNames": {"enum": [*names]}} if names and not holds_tables else None
        # `false` says that a column is not to be guessed.
        value = str | bool if names is COLUMNS else _in_toml(inner[1], names)
        table = dict[str, value]  # type: ignore[valid-type] # for msgspec
        return Annotated[table, Meta(extra_json_schema=more)]
    if kind in {Union, UnionType}:
        kinds = tuple(_in_toml(each) for each in inner if each is not NoneType)
        return Union[kinds]  # noqa: UP007 - of a variable number
    return str if hint is Path else hint

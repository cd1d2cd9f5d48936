"""The JSON Schema of the configuration file, made of the very classes that are read from it."""

from __future__ import annotations

import types
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_args, get_origin, get_type_hints

from sitegen.config import Config
from sitegen.config.phrases import PHRASES
from sitegen.config.values import COLORS, COLUMNS, SEARCH_MODES

_NAMES = {
    "columns": COLUMNS,
    "colors": tuple(c + d for c in COLORS for d in ("", "-dark")),
    "strings": PHRASES,
}


def config_schema() -> dict[str, Any]:
    """Describe ``sitegen.toml`` (JSON Schema 2020-12) for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "sitegen.toml",
        **_table(Config),
    }


def _table(kind: type) -> dict[str, Any]:
    hints = get_type_hints(kind)
    properties = {}
    for field in fields(kind):
        described = _described(hints[field.name], field.name)
        if isinstance(field.default, bool | int | str) and field.name != "cache":
            described["default"] = field.default
        properties[field.name] = described
    summary = (kind.__doc__ or "").partition("\n")[0]
    return {
        "type": "object",
        "description": summary,
        "additionalProperties": False,
        "properties": properties,
    }


def _described(hint: Any, name: str) -> dict[str, Any]:
    if isinstance(hint, type) and is_dataclass(hint):
        return _table(hint)
    if name == "search":
        return {"enum": [True, False, *SEARCH_MODES]}
    if get_origin(hint) is tuple:
        strings = {"type": "array", "items": {"type": "string"}}
        return {"anyOf": [{"type": "string"}, strings]}
    if get_origin(hint) is Mapping:
        of_names: dict[str, Any] = {"type": "object", "additionalProperties": {"type": "string"}}
        if name == "columns":
            of_names["additionalProperties"] = {"anyOf": [{"type": "string"}, {"const": False}]}
        if name in _NAMES:
            of_names["propertyNames"] = {"enum": list(_NAMES[name])}
        holds_tables = get_origin(get_args(hint)[1]) is Mapping
        return {"type": "object", "additionalProperties": of_names} if holds_tables else of_names
    if isinstance(hint, types.UnionType):
        kinds = [each for each in get_args(hint) if each is not types.NoneType]
        if len(kinds) > 1:
            return {"anyOf": [_described(kind, name) for kind in kinds]}
        hint = kinds[0]
    return {"type": {bool: "boolean", int: "integer", str: "string", Path: "string"}[hint]}

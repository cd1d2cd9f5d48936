"""What ``_toctree.yml`` and ``_redirects.yml`` may hold, as JSON Schemas for editors."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_TEXT = {"type": ["string", "number", "boolean"]}

ENTRY: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "title": {
            **_TEXT,
            "description": "What the navigation calls the page or the group.",
            "examples": ["Quick start"],
        },
        "local": {
            **_TEXT,
            "description": "The page: its path below the folder, with or without its suffix.",
            "examples": ["guide/quickstart"],
        },
        "newlocal": {
            **_TEXT,
            "description": "The path under which the page is published instead.",
            "examples": ["guide/start"],
        },
        "url": {
            "type": "string",
            "description": "The address of another site, in place of a page.",
            "examples": ["https://discuss.example.org/"],
        },
        "sections": {
            "type": ["array", "null"],
            "description": "The entries below this one.",
            "items": {"$ref": "#/$defs/entry"},
            "default": [],
        },
        "isExpanded": {
            "type": ["boolean", "string"],
            "description": "Whether the group is open from the start.",
            "default": False,
            "examples": [True],
        },
        "local_fw": {
            "type": "object",
            "description": "Pages by framework, in place of `local`: all of them are listed.",
        },
        **{name: {"description": "Another name of `url`."} for name in ("href", "link")},
        **{
            name: {"description": "Of doc-builder; it changes nothing here."}
            for name in ("quiz", "subtitle", "new")
        },
    }
)
"""The keys of an entry of a toctree."""


def toctree_schema() -> dict[str, Any]:
    """Describe ``_toctree.yml`` (JSON Schema 2020-12)."""
    entry = {
        "type": "object",
        "properties": {name: dict(described) for name, described in ENTRY.items()},
        "additionalProperties": False,
    }
    return {
        "$schema": _DIALECT,
        "title": "_toctree.yml",
        "description": "Order and titles of the pages.",
        "type": "array",
        "items": {"$ref": "#/$defs/entry"},
        "examples": [[{"title": "Start", "sections": [{"local": "index", "title": "Home"}]}]],
        "$defs": {"entry": entry},
    }


def redirects_schema() -> dict[str, Any]:
    """Describe ``_redirects.yml`` (JSON Schema 2020-12)."""
    return {
        "$schema": _DIALECT,
        "title": "_redirects.yml",
        "description": "Old pages and sections, and where they lead.",
        "type": ["object", "null"],
        "propertyNames": {"pattern": r"^[^\s]"},
        "additionalProperties": {
            "type": "string",
            "minLength": 1,
            "description": "A page, with `#anchor` a section of it.",
        },
        "default": {},
        "examples": [{"old/page": "new/page", "page#old-section": "page#new-section"}],
    }

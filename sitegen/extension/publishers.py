"""Publishers: the one table of what opens a target, by the scheme of its address."""

from __future__ import annotations

from sitegen.extension.nouns import Publisher
from sitegen.model.table import Later, Table

_MODULES = {
    "file": "folder",
    "gh-pages": "git",
    "git+file": "git",
    "git+https": "git",
    "git+ssh": "git",
    "gs": "storage",
    "hf": "hub",
    "rsync+ssh": "rsync",
    "s3": "storage",
    "zip": "archive",
}
"""The module of each scheme, which has an ``open_publisher``."""

PUBLISHERS: Table[Publisher] = Table(
    "a publisher for",
    {scheme: Later(f"sitegen.publish.{each}:open_publisher") for scheme, each in _MODULES.items()},
)
"""Ours, and those of the extensions that are active."""

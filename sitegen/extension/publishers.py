"""Publishers: the one table of what opens a target, by the scheme of its address."""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import partial
from importlib import import_module
from typing import Any

from sitegen.extension.nouns import Publisher


def _open_own(module: str, target: Any) -> AbstractContextManager[Any]:
    opener: Publisher = import_module(f"sitegen.publish.{module}").open_publisher
    return opener(target)


_OWN = {
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
"""The module of each scheme, not loaded before it is asked for; it has an ``open_publisher``."""

PUBLISHERS: dict[str, Publisher] = {
    scheme: partial(_open_own, module) for scheme, module in _OWN.items()
}
"""Ours, and those of the extensions that are active."""

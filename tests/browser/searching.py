"""Search of a built site, asked by the script of its pages."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sitegen.build import build
from sitegen.config.file import load_config
from tests.browser.seen import announced


def as_on_disk(folder: Path, path: str) -> str:
    return f"{folder.as_uri()}/{path}"


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")


def ask(page: Any, query: str) -> None:
    """Type a query and wait for its answer; that of its first letters may come before it."""
    page.keyboard.type(query)
    announced(page, f"“{query}”")


def build_site(flags: Mapping[str, object], folder: Path) -> Path:
    config = load_config(flags=flags, environ={}, cwd=folder)
    build(config)
    return config.output

"""What a page in a browser says to its reader."""

from __future__ import annotations

from typing import Any

PHONE = {"width": 390, "height": 800}


def announced(page: Any, text: str) -> None:
    page.wait_for_function(
        "text => document.getElementById('sg-live').textContent.includes(text)", arg=text
    )


def clipboard(page: Any) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def copied(page: Any, part: str) -> str:
    """Wait until the clipboard holds a text; a promise in `wait_for_function` counts as true."""
    for _ in range(100):
        if part in (text := clipboard(page)):
            return text
        page.wait_for_timeout(50)
    raise AssertionError(f"the clipboard holds {text!r}")

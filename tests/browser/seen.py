"""What a page in a browser says to its reader."""

from __future__ import annotations

from typing import Any

PHONE = {"width": 390, "height": 800}


def announced(page: Any, text: str) -> None:
    page.wait_for_function(
        "text => document.getElementById('sg-live').textContent.includes(text)", arg=text
    )

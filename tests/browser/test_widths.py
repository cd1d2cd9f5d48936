"""Nothing on any page of two real sites is wider than a phone; slow, so marked `real`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.real


def wide(page: Any, address: str, folder: Path, width: int) -> list[str]:
    """The pages of a site that scroll sideways."""
    page.set_viewport_size({"width": width, "height": 640})
    page.route(
        "**/*",
        lambda route: route.continue_() if route.request.url.startswith(address) else route.abort(),
    )
    found = []
    for file in sorted(folder.rglob("index.html")):
        name = file.parent.relative_to(folder).as_posix()
        page.goto(f"{address}{name}/", wait_until="domcontentloaded")
        if page.evaluate("document.documentElement.scrollWidth") > width:
            found.append(name)
    return found


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_of_a_real_site_scrolls_sideways(
    page: Any, real: str, real_folder: Path, width: int
) -> None:
    assert wide(page, real, real_folder, width) == []


@pytest.mark.parametrize("width", [320, 390])
def test_no_page_of_our_documentation_scrolls_sideways(
    page: Any, docs: str, docs_folder: Path, width: int
) -> None:
    assert wide(page, docs, docs_folder, width) == []

"""Closed branches of the sidebar, which come from the list of all pages when they are opened."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.layout import sidebar

pytestmark = pytest.mark.browser

PAGES = {
    f"{folder}/p{n:02}.md": f"# {folder.title()} {n:02}\n\nText."
    for folder in ("api", "guide", "tasks")
    for n in range(70)
}


@pytest.mark.parametrize("listed", [100, 10_000])
def test_a_closed_branch_opens_and_a_long_list_is_shown_whole(
    page: Any, site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, listed: int
) -> None:
    monkeypatch.setattr(sidebar, "LISTED", listed)
    address, _ = site({"index.md": "# Home\n\nText.", **PAGES})
    page.set_viewport_size({"width": 1400, "height": 900})
    page.goto(f"{address}guide/p35/")
    api = page.locator("#sg-sidebar .sg-branch").first
    api.locator("button.sg-expand").click()
    api.locator("ul a").first.wait_for()
    assert api.locator("ul a").count() == 70
    page.locator("#sg-sidebar .sg-more a").first.click()
    page.wait_for_selector("#sg-sidebar [aria-current=page]")
    shown = page.locator("#sg-sidebar a[href*='/guide/p']")
    shown.nth(69).wait_for()
    assert shown.count() == 70
    api.locator("ul a", has_text="Api 69").click()
    page.wait_for_url(f"{address}api/p69/")
    assert page.inner_text("h1").startswith("Api 69")

"""What pages may weigh, ask for and move."""

from __future__ import annotations

import gzip
import re
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

PAGES = ("index.html", "chat_templating/", "kv_cache/", "model_doc/bert/", "trainer/")


def size(data: bytes) -> int:
    return len(gzip.compress(data, 9, mtime=0))


def asset(folder: Path, name: str) -> int:
    stem, suffix = name.split(".")
    return size(next(folder.glob(f"assets/{stem}.*.{suffix}")).read_bytes())


def test_stylesheet_and_scripts_keep_their_budgets(real_folder: Path) -> None:
    assert asset(real_folder, "site.css") <= 12_000
    assert asset(real_folder, "site.js") + asset(real_folder, "theme.js") <= 8_000
    assert asset(real_folder, "theme.js") <= 400


def test_a_typical_page_is_small_and_its_navigation_smaller(real_folder: Path) -> None:
    sizes, navigations = [], []
    for path in real_folder.rglob("index.html"):
        html = path.read_bytes()
        sizes.append(size(html))
        navigation = re.search(rb'<nav class="sg-side sg-sidebar".*?</nav>', html, re.DOTALL)
        navigations.append(size(navigation[0]) if navigation else 0)
    sizes.sort()
    assert sizes[len(sizes) // 2] <= 8_000
    assert sizes[len(sizes) * 95 // 100] <= 20_000
    assert max(navigations) <= 3_000


def test_the_first_view_needs_four_requests_of_its_own_origin(page: Any, real: str) -> None:
    for name in PAGES:
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto(real + name)
        page.wait_for_load_state("networkidle")
        own = [url for url in asked if url.startswith(real) and not url.endswith(".svg")]
        assert len(own) <= 4, own
        assert not [u for u in asked if not u.startswith((real, "data:")) and ".js" in u]


def test_nothing_moves_while_a_page_loads(page: Any, real: str) -> None:
    page.set_viewport_size({"width": 390, "height": 800})
    page.add_init_script("""
      window.shift = 0;
      const add = (list) => list.getEntries().forEach((each) => { window.shift += each.value; });
      new PerformanceObserver(add).observe({ type: "layout-shift", buffered: true });
    """)
    for name in PAGES:
        page.goto(real + name)
        page.wait_for_load_state("networkidle")
        assert page.evaluate("window.shift") < 0.02, name

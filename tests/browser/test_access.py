"""axe-core over real pages, in both themes, on a desk and at 320 pixels."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from tests.examples import some

pytestmark = pytest.mark.browser

AXE = os.environ.get("SITEGEN_AXE", "")  # axe.min.js of the npm package axe-core
PAGES = (
    "index.html",
    "chat_templating/",
    "kv_cache/",
    "model_doc/bert/",
    "community/",
    "quicktour/",
    "attention/",
    "model_doc/reformer/",
    "perf_train_gpu_many/",
    "search/?q=cache",
)


@pytest.mark.skipif(not AXE, reason="SITEGEN_AXE names no axe.min.js")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing(chromium: Any, real: str, theme: Any, width: int) -> None:
    context = chromium.new_context(
        color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    script = Path(AXE).read_text(encoding="utf-8")
    found = {}
    for name in some(PAGES, least=5):
        page.goto(real + name)
        page.wait_for_selector("[role=option]" if name.startswith("search/") else "h1")
        page.evaluate(script)
        violations = page.evaluate("axe.run().then((result) => result.violations)")
        if violations:
            found[name] = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations]
    context.close()
    assert found == {}


@pytest.mark.skipif(not AXE, reason="SITEGEN_AXE names no axe.min.js")
@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1280, 320])
def test_axe_finds_nothing_in_an_open_search(
    chromium: Any, real: str, theme: Any, width: int
) -> None:
    context = chromium.new_context(
        color_scheme=theme, viewport={"width": width, "height": 800}, bypass_csp=True
    )
    page = context.new_page()
    page.goto(real + "kv_cache/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("generation_prompt")
    page.wait_for_selector("[role=option]")
    page.evaluate(Path(AXE).read_text(encoding="utf-8"))
    violations = page.evaluate("axe.run('dialog').then((result) => result.violations)")
    assert [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    context.close()

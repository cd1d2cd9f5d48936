"""What readers see: theme, menu, widths, paper, without a script."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from tests.browser.seen import PHONE, announced

pytestmark = pytest.mark.browser


def test_the_theme_goes_round_and_is_kept_without_a_flash(page: Any, docs: str) -> None:
    page.goto(docs)
    page.click(".sg-theme")
    page.click(".sg-theme")
    assert page.get_attribute("html", "data-theme") == "dark"
    page.goto(docs + "quickstart/", wait_until="commit")
    page.wait_for_selector("body", state="attached")
    assert page.get_attribute("html", "data-theme") == "dark"


def test_on_a_phone_the_menu_opens_over_the_page_and_closes_with_escape(
    page: Any, docs: str
) -> None:
    page.set_viewport_size(PHONE)
    page.goto(docs + "quickstart/")
    assert not page.is_visible("#sg-sidebar")
    page.click(".sg-menu-button")
    assert page.is_visible("#sg-sidebar [aria-current=page]")
    page.keyboard.press("Escape")
    assert not page.is_visible("#sg-sidebar")


def test_no_page_scrolls_sideways_at_320_pixels(page: Any, real: str, real_folder: Path) -> None:
    every = sorted(file.parent for file in real_folder.rglob("index.html"))
    some = [f"{folder.relative_to(real_folder).as_posix()}/" for folder in every[::16]]
    page.set_viewport_size({"width": 320, "height": 640})
    for name in ("model_doc/reformer/", "tasks/object_detection/", "llm_optims/", *some):
        page.goto(real + name)
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, name


@pytest.mark.parametrize(
    ("path", "built_for", "served_at"),
    [
        ("gone", "", "docs/kettle/"),
        ("gone/", "", "docs/kettle/"),
        ("a/b/c/gone", "", "docs/kettle/"),
        ("a/gone", "https://x.test/docs/kettle/", "docs/kettle/"),
        ("a/gone", "https://x.test/docs/kettle/", ""),
        ("a/gone", "https://x.test/", "docs/kettle/"),
        ("gone/", "https://x.test/pots/", "docs/kettle/"),
    ],
)
def test_the_page_for_what_is_not_there_finds_its_site_wherever_that_is_served(
    page: Any, serving: Any, tmp_path: Path, *, path: str, built_for: str, served_at: str
) -> None:
    (tmp_path / "a.md").write_text("# Kettle\n")
    host = tmp_path / "host"
    flags = {"input": ("a.md",), "output": host / served_at, "search": "headings"}
    build(load_config(flags=flags | {"base_url": built_for}, environ={}, cwd=tmp_path))
    if served_at:
        (host / "404.html").write_bytes((host / served_at / "404.html").read_bytes())
    with serving(host) as address:
        page.goto(f"{address}{served_at}{path}")
        page.wait_for_load_state("networkidle")
        assert page.evaluate("getComputedStyle(document.body).margin") == "0px"
        assert page.locator(".sg-brand svg").bounding_box()["width"] < 40
        page.keyboard.press("/")
        page.wait_for_selector("dialog[open] [role=combobox]")
        page.keyboard.type("kettle")
        page.wait_for_selector("[role=option]")
        page.keyboard.press("Escape")
        page.click(".sg-brand")
        page.wait_for_url(f"{address}{served_at}")


WIDE_TABLE = """# Wide

<div class="flex justify-center"><div class="rounded-xl border border-gray-200">
<table><thead><tr><th>Name of the thing</th><th>What it is for</th><th>Where it lives</th></tr>
</thead><tbody><tr><td>AKettleWithALongIdentifierName</td><td>boilingwaterforteaandcoffee</td>
<td>onthekitchentablebesidethesink</td></tr></tbody></table></div></div>

<Question choices={[
  { text: "kettle.Interface.load('huggingface/{user}/{model_name}')", explain: "No." },
  { text: "two", explain: "Yes.", correct: true }
]} />

```python
from transformers import AutoTokenizer, AutoModelForSequenceClassification, AutoModel, AutoConfig
```
"""


@pytest.mark.parametrize("width", [320, 390, 1440])
def test_wide_content_stays_inside_and_can_be_reached(
    page: Any, serving: Any, tmp_path: Path, width: int
) -> None:
    (tmp_path / "a.md").write_text(WIDE_TABLE)
    flags = {"input": ("a.md",), "search": False}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    page.set_viewport_size({"width": width, "height": 700})
    with serving(tmp_path / "build") as address:
        page.goto(f"{address}a/")
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("th").first.bounding_box()["x"] >= 0
        for medium in ("screen", "print"):
            page.emulate_media(media=medium)
            label = page.locator(".sg-code figcaption").bounding_box()
            code = page.locator(".sg-code pre").bounding_box()
            assert label["y"] + label["height"] <= code["y"] + 1


def test_the_search_field_of_a_phone_shows_what_is_typed(page: Any, real: str) -> None:
    page.set_viewport_size({"width": 320, "height": 640})
    page.goto(real + "quicktour/")
    page.click(".sg-search")
    page.wait_for_selector("dialog[open] .sg-search-in:not([hidden])")
    assert page.locator("dialog input").bounding_box()["width"] >= 200
    assert page.locator("dialog").bounding_box()["width"] == 320


def test_headings_are_read_as_they_are_written(page: Any, docs: str) -> None:
    page.goto(docs + "searching/")
    assert page.get_by_role("heading", name="For readers", exact=True).count() == 1


def test_icons_have_a_size_without_the_stylesheet(page: Any, docs: str) -> None:
    page.route("**/*.css", lambda route: route.abort())
    for name in ("", "quickstart/", "search/", "gone"):
        page.goto(docs + name)
        sizes = page.eval_on_selector_all("svg", "all => all.map((e) => e.clientWidth)")
        assert max(sizes) <= 32


def test_a_page_that_is_not_there_names_the_nearest(page: Any, real: str) -> None:
    page.goto(real + "chat_templatin/")
    page.wait_for_selector("#sg-near a")
    assert page.locator("#sg-near a").first.inner_text() == "Chat templates"


def test_everything_is_there_without_a_script(chromium: Any, real: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(real + "quicktour/")
    assert page.locator(".sg-tab:visible").count() == page.locator(".sg-tab").count()
    page.click(".sg-search")
    page.click("text=all pages")
    page.click("text=Chat templates")
    page.locator("h1", has_text="Chat templates").wait_for()
    context.close()


def test_paper_shows_the_article_alone_in_the_light_theme(page: Any, docs: str) -> None:
    page.goto(docs + "language/tabs/")
    page.emulate_media(media="print", color_scheme="dark")
    for hidden in (".sg-header", "#sg-sidebar", ".sg-page-tools", ".sg-footer"):
        assert not page.is_visible(hidden), hidden
    assert page.locator(".sg-tab:visible").count() == page.locator(".sg-tab").count()
    assert (
        page.evaluate("getComputedStyle(document.documentElement).backgroundColor")
        == "rgb(255, 255, 255)"
    )


def test_the_keyboard_walks_the_page_and_focus_is_never_behind_the_header(
    page: Any, docs: str
) -> None:
    page.goto(docs + "configuration/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "sg-skip"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "sg-content"
    hidden = """() => {
      const { top, bottom } = document.activeElement.getBoundingClientRect();
      const header = document.querySelector(".sg-header").getBoundingClientRect();
      const outside = document.activeElement.closest("main");
      return Boolean(outside) && (bottom <= header.bottom || top >= innerHeight);
    }"""
    reached = set()
    for _ in range(40):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.outerHTML"))
        assert not page.evaluate(hidden), page.evaluate("document.activeElement.outerHTML")
    assert len(reached) > 30


def test_the_script_speaks_the_language_of_the_page(
    page: Any, tmp_path: Path, serving: Any
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.md").write_text("# A\n\n```py\nx = 1\n```\n")
    strings = """
    language = "de"
    [theme.strings.de]
    "Code copied" = "Code kopiert"
    "Theme: system" = "Farben: wie das System"
    "1 result for “{}”" = "1 Treffer für „{}“"
    "by headings" = "in Überschriften"
    "Single keys on" = "Einzelne Tasten an"
    """
    (tmp_path / "sitegen.toml").write_text(strings, encoding="utf-8")
    flags = {"input": ("in",), "output": tmp_path / "out", "jobs": 1, "search": "headings"}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    with serving(tmp_path / "out") as site:
        page.goto(site + "a/")
        assert page.get_attribute(".sg-theme", "aria-label") == "Farben: wie das System"
        page.locator(".sg-copy").click()
        announced(page, "Code kopiert")
        page.keyboard.press("?")
        page.get_by_text("Einzelne Tasten an").wait_for()
        page.keyboard.press("Escape")
        page.click(".sg-search")
        page.fill("#sg-search-input", "a")
        announced(page, "1 Treffer für „a“, in Überschriften")

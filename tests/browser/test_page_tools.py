"""Tools of a page: tabs, copying, chunks, keys, pictures, frames of others."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from tests.browser.seen import PHONE, announced, clipboard, copied

pytestmark = pytest.mark.browser


def test_tabs_follow_the_arrow_keys_and_keep_the_choice(page: Any, docs: str) -> None:
    page.goto(docs + "language/tabs/")
    tabs = page.locator("[role=tablist]").first.locator("[role=tab]")
    tabs.first.focus()
    page.keyboard.press("ArrowRight")
    assert tabs.nth(1).get_attribute("aria-selected") == "true"
    chosen = tabs.nth(1).inner_text()
    page.reload()
    assert page.locator("[role=tab][aria-selected=true]").first.inner_text() == chosen


def test_code_is_copied_and_long_lines_wrap(page: Any, real: str) -> None:
    page.set_viewport_size(PHONE)
    page.goto(real + "chat_templating/")
    figure = page.locator(".sg-code").first
    figure.hover()
    figure.locator(".sg-copy").click()
    announced(page, "Code copied")
    assert "AutoTokenizer" in clipboard(page)
    assert ">>>" not in clipboard(page)
    figure.locator(".sg-wrap").click()
    assert figure.evaluate(
        "f => { const p = f.querySelector('pre'); return p.scrollWidth <= p.clientWidth }"
    )


def test_copied_text_is_what_is_seen(page: Any, real: str, real_folder: Path) -> None:
    paths = real_folder.rglob("index.html")
    path = next(p for p in sorted(paths) if '<span class="sg-hush" data-' in p.read_text())
    page.goto(real + path.parent.relative_to(real_folder).as_posix() + "/")
    said, first_word = page.locator("a:has(> .sg-hush)").first.evaluate(
        """link => {
            const around = link.closest("p, li, td");
            getSelection().selectAllChildren(around);
            return [link.querySelector(".sg-hush").textContent, around.textContent.split(" ")[0]];
        }"""
    )
    page.keyboard.press("Control+c")
    assert said not in copied(page, first_word)


def test_a_page_is_copied_as_markdown_and_a_section_as_a_link(page: Any, docs: str) -> None:
    page.goto(docs + "quickstart/")
    page.click("[data-tool=copyPage]")
    announced(page, "Page copied")
    assert clipboard(page).startswith("# ")
    page.keyboard.press("y")
    announced(page, "Link to")
    assert clipboard(page).startswith(docs + "quickstart/#")


def test_seams_show_what_is_known_of_each_chunk_and_hide_again(page: Any, docs: str) -> None:
    page.goto(docs + "quickstart/")
    page.keyboard.press("i")
    page.wait_for_selector(".sg-seam-button")
    page.locator(".sg-seam-button").nth(1).click()
    card = page.locator(".sg-chunk-card:popover-open")
    assert "#install" in card.inner_text()
    assert "characters" in card.inner_text()
    assert "level (guessed: nothing says otherwise)" in card.inner_text()
    page.keyboard.press("Escape")
    page.click(".sg-pop summary")
    page.click("[data-tool=chunks]")
    page.wait_for_selector(".sg-seam-button", state="detached")


def test_the_address_of_a_chunk_leads_to_its_section(page: Any, real: str) -> None:
    page.goto(real + "chunk/#36_3")
    page.wait_for_url("**/perf_train_gpu_many/?chunk=36_3#data-parallelism")
    page.wait_for_selector(".sg-chunk-marked")
    heading = page.locator(".sg-chunk-marked").first.inner_text()
    assert heading.strip().casefold() == "data parallelism"


def test_single_keys_can_be_turned_off(page: Any, docs: str) -> None:
    page.goto(docs + "quickstart/")
    page.keyboard.press("?")
    page.uncheck("#sg-keys-on")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog", state="detached")
    page.keyboard.press("?")
    page.wait_for_timeout(200)
    assert page.locator("dialog[open]").count() == 0


def test_frames_of_others_load_on_a_click_only(page: Any, real: str) -> None:
    asked: list[str] = []
    page.route(
        "**/*",
        lambda route: (
            route.continue_()
            if route.request.url.startswith(real)
            else (asked.append(route.request.url), route.abort())
        ),
    )
    page.goto(real + "llm_optims/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "hf.space" in url]
    assert page.locator("iframe").count() == 0
    page.locator("a.sg-embed").first.click()
    assert page.locator("iframe").count() == 1


def test_sections_that_moved_are_found_by_their_old_addresses(
    chromium: Any, page: Any, tmp_path: Path, serving: Any
) -> None:
    redirects = "a#old: b#new\nhere#before: here#now\ngone: a\ngone#part: b#new\n"
    tall = "\n\ntext" * 80
    pages = {"a.md": f"# A{tall}", "b.md": f"# B{tall}\n\n## New{tall}"}
    pages |= {"here.md": f"# Here{tall}\n\n## Now{tall}", "_redirects.yml": redirects}
    for name, text in pages.items():
        (tmp_path / "in" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "in" / name).write_text(text)
    flags = {"input": (str(tmp_path / "in"),), "output": tmp_path / "out", "jobs": 1}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    with serving(tmp_path / "out") as site:
        for old, new in {
            "a/#old": "b/#new",
            "gone/#part": "b/#new",
            "gone/": "a/",
            "gone/#x": "a/#x",
        }.items():
            page.goto(site + old, wait_until="commit")
            page.wait_for_url(site + new)
        page.goto(site + "a/")
        assert page.locator(".sg-moved").is_hidden()
        context = chromium.new_context(java_script_enabled=False)
        plain = context.new_page()
        plain.goto(site + "a/#old")
        assert plain.locator(".sg-moved").is_visible()
        plain.goto(site + "here/#before")
        assert plain.evaluate("scrollY") > 500
        plain.goto(site + "gone/#part", wait_until="commit")
        plain.wait_for_url(site + "a/**")
        context.close()


def test_an_image_that_is_shown_smaller_opens_in_full(page: Any, real: str) -> None:
    picture = "<svg xmlns='http://www.w3.org/2000/svg' width='3000' height='2000'/>"
    page.route(
        "https://huggingface.co/**",
        lambda route: route.fulfill(body=picture, content_type="image/svg+xml"),
    )
    page.goto(real + "llm_tutorial_optimization/")
    image = page.locator(".sg-body img:not(a img)").first
    image.evaluate("async (each) => { each.loading = 'eager'; await each.decode(); }")
    image.click()
    page.wait_for_selector("dialog.sg-zoom img")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog.sg-zoom", state="detached")

"""One page with every construct of the language: by keyboard, without JavaScript, and by axe."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import html5lib
import pytest

from sitegen.render.components.registry import tag_names

pytestmark = pytest.mark.browser

SOURCE = Path(__file__).with_name("every_component.md").read_text("utf-8")
OLD = "https://huggingface.co/docs/lib/main/en/guide"
CHOSEN = "[role=tab][aria-selected=true]"
TABS = ".sg-tabs[data-group=install]"
UNFOLD = """() => {
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const list of document.querySelectorAll("[role=tablist]")) list.lastChild.click();
    for (const box of document.querySelectorAll(".sg-quiz input")) box.click();
    for (const button of document.querySelectorAll(".sg-quiz-foot button")) button.click();
}"""
VIOLATIONS = """() => axe.run(document, {iframes: false}).then(found => found.violations.map(
    rule => [rule.id, ...rule.nodes.map(node => node.html)].join(" ")))"""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("components")
    texts = {"every": SOURCE, "next": "# Next\n\nMore.\n"}
    rows = [
        {"id": name, "source": f"docs/guide/{name}.md", "url": f"{OLD}/{name}", "text": text}
        for name, text in texts.items()
    ]
    (folder / "docs.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    command = [sys.executable, "-m", "sitegen", "build", "docs.jsonl", "-o", "site", "-q"]
    environment = {"PYTHONPATH": str(Path(__file__).parents[2])}
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    with serving(folder / "site") as root:
        yield f"{root}every/"


@pytest.fixture
def opened(chromium: Any, address: str) -> Iterator[Callable[..., Any]]:
    """Open the page, with what is put after its address, in a browser nobody has used."""
    contexts = []

    def opened(after: str = "", width: int = 1440, **options: Any) -> Any:
        size = {"width": width, "height": 900}
        context = chromium.new_context(viewport=size, reduced_motion="reduce", **options)
        contexts.append(context)
        page = context.new_page()
        page.goto(address + after, wait_until="domcontentloaded")
        return page

    yield opened
    for context in contexts:
        context.close()


def press(page: Any, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def tab_to(page: Any, selector: str) -> None:
    """Press Tab until an element has the focus, as a reader without a mouse does."""
    for _ in range(200):
        press(page, "Tab")
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def chosen(page: Any) -> list[str]:
    found: list[str] = page.locator(f"{TABS} {CHOSEN}").all_inner_texts()
    return found


def letters(text: str) -> str:
    """Take the blanks out, and the italics that browsers put on the letters of formulas."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def test_the_page_shows_every_component_and_what_rules_make() -> None:
    assert [name for name in tag_names() if not re.search(rf"<{name}\b", SOURCE)] == []
    for written in ("[[autodoc]]", "[[open-in-colab]]", "> [!NOTE]", "{#if fw", "$$", "[^1]:"):
        assert written in SOURCE
    for written in ("SPLIT===", "```mermaid", "<iframe", "dark:hidden", "<docstring>", "- [x]"):
        assert written in SOURCE


def test_arrows_home_and_end_choose_a_tab_and_groups_of_a_name_go_together(opened: Any) -> None:
    page = opened()
    tab_to(page, f"{TABS} [role=tab]")
    for key, expected in [
        ("ArrowRight", ["uv", "uv"]),
        ("End", ["conda", "uv"]),  # the second group has no such option and keeps its own
        ("ArrowRight", ["pip", "pip"]),
        ("ArrowLeft", ["conda", "pip"]),
        ("Home", ["pip", "pip"]),
        ("ArrowRight", ["uv", "uv"]),
    ]:
        press(page, key)
        assert chosen(page) == expected
        assert page.evaluate("document.activeElement.textContent") == expected[0]
    assert page.url.endswith("?install=uv")
    assert page.get_by_text("Hidden behind a tab at first.").is_visible()
    assert page.get_by_text("The second group for uv.").is_visible()
    assert not page.get_by_text("pip install first").is_visible()
    group = page.evaluate_handle("document.activeElement.closest('[role=tablist]')")
    press(page, "Tab")
    is_inside = "group => group.contains(document.activeElement)"
    assert not page.evaluate(is_inside, group), "only the chosen tab is a stop"


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_enter_and_space_choose_the_tab_with_the_focus(key: str, opened: Any) -> None:
    page = opened()
    page.locator(f"{TABS} [role=tab]").nth(2).focus()
    press(page, key)
    assert chosen(page)[0] == "conda"


def test_the_choice_is_kept_in_the_address_and_on_the_next_page(opened: Any) -> None:
    assert chosen(opened("?install=uv")) == ["uv", "uv"]
    page = opened()
    page.locator(f"{TABS} [role=tab]").nth(1).click()
    page.goto(page.url.partition("?")[0])
    assert chosen(page) == ["uv", "uv"]


@pytest.mark.parametrize("id", ["uv-only", "a-heading-in-a-disclosure"])
def test_a_link_into_what_is_hidden_opens_it(id: str, opened: Any) -> None:
    heading = opened(f"#{id}").locator(f"#{id}")
    assert heading.is_visible()
    page = opened(width=390)
    page.locator(".sg-toc-button").press("Enter")
    page.locator(f'.sg-toc a[href="#{id}"]').press("Enter")
    page.locator(f"#{id}").wait_for(state="visible")


def test_a_quiz_is_answered_by_keyboard(opened: Any) -> None:
    page = opened()
    result = page.locator(".sg-quiz [role=status]")
    button = page.locator(".sg-quiz-foot button")
    assert button.is_disabled()
    tab_to(page, ".sg-quiz input")
    press(page, "Space")
    tab_to(page, ".sg-quiz-foot button")
    press(page, "Enter")
    assert result.inner_text().startswith("Right so far")
    assert page.get_by_text("It is the first.").is_visible()
    assert not page.get_by_text("It is the second.").is_visible()
    page.locator(".sg-quiz input").nth(1).press("Space")
    button.press("Space")
    assert result.inner_text().startswith("Not quite")
    assert page.get_by_text("It is the second.").is_visible()
    for number in (1, 2):
        page.locator(".sg-quiz input").nth(number).press("Space")
    button.press("Enter")
    assert result.inner_text() == "All right!"


@pytest.mark.parametrize(
    ("code", "copied"),
    [
        (">>> for", "for n in range(2):\n    print(n)\ntotal = 3"),
        ("pip install", "pip install first"),
        ("shown = 1", "shown = 1"),
    ],
)
def test_copying_gives_the_clean_source(code: str, copied: str, opened: Any) -> None:
    page = opened(permissions=["clipboard-read", "clipboard-write"])
    page.locator("pre", has_text=code).focus()
    press(page, "Tab", "Enter")
    page.locator("#sg-live", has_text="Code copied").wait_for(state="attached")
    assert page.evaluate("navigator.clipboard.readText()") == copied


def test_disclosures_are_opened_and_closed_by_keyboard(opened: Any) -> None:
    page = opened()
    words = page.get_by_text("Folded words.")
    tab_to(page, ".sg-body details:not(.sg-framework):has(> h3) > summary")
    for key, shown in [("Enter", True), ("Space", False), ("Space", True)]:
        press(page, key)
        assert words.is_visible() is shown
    block = page.get_by_text("A block for PyTorch.")
    assert block.is_visible()
    page.locator(".sg-framework > summary").first.press("Enter")
    assert not block.is_visible()


def test_a_video_starts_by_keyboard(opened: Any) -> None:
    page = opened()
    tab_to(page, "a.sg-video")
    press(page, "Enter")
    assert page.evaluate("document.activeElement.localName") == "iframe"


def test_without_javascript_every_word_can_be_seen(opened: Any) -> None:
    page = opened(java_script_enabled=False)
    closed = page.locator("main details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    html = html5lib.parse(page.content(), namespaceHTMLElements=False)
    held = "".join(next(html.iter("article")).itertext())  # tools beside it need the script
    assert letters(page.locator("article").inner_text()) == letters(held)
    for text in ("It is the second.", "The second group for uv.", "With conda.", "import keras"):
        assert page.get_by_text(text).is_visible()


@pytest.mark.parametrize("script", [True, False])
def test_menu_and_contents_of_a_phone_work_with_and_without_javascript(
    script: bool, opened: Any
) -> None:
    page = opened(width=390, java_script_enabled=script)
    page.locator(".sg-toc-button").press("Enter")
    page.locator('.sg-toc a[href="#tables"]').press("Enter")
    page.wait_for_url("**/every/#tables")
    page.goto(page.url.partition("#")[0])
    page.locator(".sg-menu-button").press("Enter")
    page.locator(".sg-sidebar a", has_text="Next").press("Enter")
    page.wait_for_url("**/next/")


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("width", [1440, 320])
def test_axe_finds_nothing_wrong(theme: str, width: int, opened: Any) -> None:
    axe = Path(os.environ.get("SITEGEN_AXE", "axe.min.js"))
    if not axe.is_file():
        pytest.skip("SITEGEN_AXE names no axe.min.js")
    page = opened(width=width, color_scheme=theme)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.evaluate(axe.read_text("utf-8"))
    assert page.evaluate(VIOLATIONS) == []
    page.evaluate(UNFOLD)
    assert page.evaluate(VIOLATIONS) == []

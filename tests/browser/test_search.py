"""Search as readers use it, with the keyboard, from a disk, while it loads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.browser.searching import as_on_disk, ask, opened

pytestmark = pytest.mark.browser


def holding(page: Any, pattern: str) -> list[Any]:
    """Hold back the first file that has such an address; what is in the list lets it go."""
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route(pattern, hold, times=1)
    return held


def test_a_section_is_found_and_opened_with_the_keyboard_alone(page: Any, real: str) -> None:
    page.goto(real)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")
    ask(page, "generation prompt")
    box = page.locator("dialog[open] [role=combobox]")
    assert box.get_attribute("aria-expanded") == "true"
    first = page.locator("[role=option]").first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert "results for" in page.inner_text("#sg-live")
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "false"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat_templating/#*generation-prompts")


def test_escape_closes_search_and_gives_focus_back(page: Any, docs: str) -> None:
    page.goto(docs + "quickstart/")
    page.focus(".sg-theme")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("toctree")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.activeElement.className").endswith("sg-theme")


@pytest.mark.parametrize(
    ("pressed", "opens"),
    [
        ({"key": "k", "code": "KeyK", "metaKey": True}, True),
        ({"key": "K", "code": "KeyK", "ctrlKey": True}, True),  # Caps Lock
        ({"key": "л", "code": "KeyK", "ctrlKey": True}, True),
        ({"key": "ن", "code": "KeyK", "ctrlKey": True}, True),
        ({"key": "t", "code": "KeyK", "ctrlKey": True}, False),  # Dvorak: a new tab
        ({"key": "K", "code": "KeyK", "ctrlKey": True, "shiftKey": True}, False),  # a console
        ({"key": "k", "code": "KeyK", "ctrlKey": True, "altKey": True}, False),
        ({"key": "/", "code": "Digit7", "shiftKey": True}, True),
        ({"key": "/", "code": "Slash", "ctrlKey": True}, False),
    ],
)
def test_search_opens_by_its_keys_on_any_keyboard_and_leaves_others(
    page: Any, docs: str, pressed: dict[str, Any], opens: bool
) -> None:
    page.goto(docs)
    press = "keys => !document.body.dispatchEvent(new KeyboardEvent('keydown', keys))"
    assert page.evaluate(press, {"bubbles": True, "cancelable": True, **pressed}) == opens
    assert page.locator("dialog[open]").count() == int(opens)


def test_a_query_in_the_address_is_answered_on_the_search_page(page: Any, docs: str) -> None:
    page.goto(docs + "search/?q=base_url")
    page.wait_for_selector("[role=option]")
    found = page.locator("[role=option]").all_inner_texts()[:3]
    assert any("base_url" in text for text in found)


def test_nothing_of_search_is_loaded_before_it_is_asked_for(page: Any, docs: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(docs + "quickstart/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search" in url or "pagefind" in url]


def test_a_corrected_query_can_be_asked_as_it_was_written(
    page: Any, site: Callable[..., Any]
) -> None:
    pages = {"a.md": "# Remote control\n\nText.\n"}
    address, _ = site(pages, search="full")
    opened(page, address)
    ask(page, "remoet contrl")
    assert "“remote control” instead of “remoet contrl”" in page.inner_text("#sg-live")
    page.click("dialog button:has-text('Search for “remoet contrl”')")
    page.wait_for_selector("#sg-live:not(:has-text('instead'))", state="attached")
    assert page.input_value("dialog input") == "remoet contrl"


def test_where_the_text_is_not_known_a_correction_is_offered_only(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"a.md": "# Remote control\n\nTo remove it, call.\n"}, search="headings")
    opened(page, address)
    ask(page, "remove")
    assert page.locator("[role=option]").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=option]:has-text('Remote control')")
    assert page.input_value("dialog input") == "remote"


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_what_is_typed_before_search_has_come_is_kept(
    page: Any, site: Callable[..., Any], keys: str
) -> None:
    pages = {"a.md": "# First\n", "b.md": "# Byzantine yaks\n", "c.md": "# Third\n"}
    address, _ = site(pages, search="headings")
    held = holding(page, "**/assets/find.*")
    page.goto(f"{address}a/")
    page.keyboard.press(keys)
    page.keyboard.type("byzantine y]i?/[")  # single keys are letters here
    assert page.input_value("dialog[open] input") == "byzantine y]i?/["
    for _ in "]i?/[":
        page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert page.url == f"{address}a/"
    for route in held:
        route.continue_()
    page.wait_for_url("**/b/**")


@pytest.mark.parametrize("opening", ["/", "Control+k"])
def test_what_is_typed_before_any_script_has_come_is_kept(
    page: Any, site: Callable[..., Any], opening: str
) -> None:
    pages = {"a.md": "# First\n", "b.md": "# Byzantine yaks\n", "c.md": "# Byzantine yaks too\n"}
    address, _ = site(pages, search="headings")
    held = holding(page, "**/assets/site.*.js")
    page.goto(f"{address}a/", wait_until="commit")
    page.wait_for_selector(".sg-footer")
    page.keyboard.press(opening)
    page.keyboard.type("byzantine y]?k/")
    for _ in "]?k/":
        page.keyboard.press("Backspace")
    for key in ("Control+k", "ArrowDown", "ArrowDown", "ArrowUp", "Enter"):
        page.keyboard.press(key)
    assert page.url == f"{address}a/"
    for route in held:
        route.continue_()
    page.wait_for_url("**/c/**")


@pytest.mark.parametrize("key", ["\u043b", "\u03ba", "\u05dc", "\u0646", "k"])
def test_no_browser_acts_on_the_key_of_k_before_any_script_has_come(
    page: Any, site: Callable[..., Any], key: str
) -> None:
    address, _ = site({"a.md": "# First\n"}, search="headings")
    held = holding(page, "**/assets/site.*.js")
    page.goto(f"{address}a/", wait_until="commit")
    page.wait_for_selector(".sg-footer")
    options = f"{{key: {key!r}, code: 'KeyK', ctrlKey: true, bubbles: true, cancelable: true}}"
    pressed = f"document.body.dispatchEvent(new KeyboardEvent('keydown', {options}))"
    assert page.evaluate(pressed) is False
    for route in held:
        route.continue_()
    page.wait_for_selector("dialog[open] input")


def test_single_keys_that_come_before_their_script_do_what_they_do_later(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"a.md": "# First\n", "b.md": "# Second\n"}, search="headings")
    held = holding(page, "**/assets/site.*.js")
    page.goto(f"{address}a/", wait_until="commit")
    page.wait_for_selector(".sg-footer")
    page.keyboard.press("]")
    for route in held:
        route.continue_()
    page.wait_for_url("**/b/")


def test_arrows_go_through_what_is_found_for_what_stands_in_the_field(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({f"{name}.md": f"# Yaks {name}\n" for name in "abc"}, search="headings")
    page.goto(f"{address}a/")
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("yaks")  # nothing has been found yet when the next key comes
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.wait_for_selector("[role=option][aria-selected=true]:has-text('Yaks c')")


def test_more_results_follow_at_the_end_of_the_list(page: Any, site: Callable[..., Any]) -> None:
    pages = {
        f"p{number}.md": f"# Page {number}\n\n## Kettle {number}\n\nSome.\n" for number in range(70)
    }
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}p1/")
        ask(page, "kettle")
        assert page.locator("[role=option]").count() == 24
        for last in (24, 26, 46):  # what was shown at first, what was found then, and in more pages
            for _ in range(6):
                page.keyboard.press("PageDown")
            page.wait_for_selector(f"[role=option]:nth-child({last + 1})", state="attached")
        page.wait_for_selector("[role=option]:nth-child(70):last-child", state="attached")
        assert "70 results" in page.inner_text("#sg-live")


def test_from_a_disk_the_keyboard_alone_leads_to_a_section(page: Any, real_folder: Path) -> None:
    opened(page, as_on_disk(real_folder, "index.html"))
    ask(page, "generation prompt")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat_templating/index.html#*generation-prompts")


def test_the_search_page_answers_from_a_disk(page: Any, real_folder: Path) -> None:
    page.goto(as_on_disk(real_folder, "search/index.html?q=kv%20cache"))
    page.wait_for_selector("[role=option]")
    assert "cache" in page.inner_text("[role=option]").lower()


def test_words_of_the_query_are_marked_where_it_leads_until_escape(page: Any, docs: str) -> None:
    opened(page, docs + "quickstart/")
    page.keyboard.type("toctree")
    page.keyboard.press("Enter")  # sooner than anything is found
    page.wait_for_selector("#sg-live:has-text('Esc removes')", state="attached")
    marked = "[...CSS.highlights.get('sg-found')].map((range) => range.toString())"
    assert {each.lower() for each in page.evaluate(marked)} == {"toctree"}
    assert "highlight" not in page.url
    before = page.evaluate("scrollY")
    page.keyboard.press("Escape")
    assert not page.evaluate("CSS.highlights.has('sg-found')")
    assert page.evaluate("scrollY") == before


def test_search_can_be_kept_to_a_section_of_the_site(page: Any, site: Callable[..., Any]) -> None:
    pages = {f"{top}/{name}.md": f"# Cache {name}\n" for top in ("guide", "api") for name in "ab"}
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}guide/a/")
        ask(page, "cache")
        assert page.locator("[role=option]").count() == 4
        page.select_option(".sg-search-in", "API")
        page.wait_for_selector("[role=option]:nth-child(2):last-child")
        assert {text.strip() for text in page.locator(".sg-hit-place").all_inner_texts()} == {"API"}


def test_readers_are_told_when_headings_alone_were_looked_into(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"a.md": "# Cache\n"}, search="headings")
    opened(page, address)
    ask(page, "cache")
    assert page.inner_text("#sg-live") == "1 result for “cache”, by headings"

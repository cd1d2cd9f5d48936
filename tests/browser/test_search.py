"""Search as readers use it, and how well it answers."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.browser

_SPEC = importlib.util.spec_from_file_location("queries", Path(__file__).with_name("queries.py"))
assert _SPEC
assert _SPEC.loader
_QUERIES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_QUERIES)

ENOUGH = 26
LOOK_UP = """async query => {
  const search = await import(new URL(document.body.dataset.search, document.baseURI).href);
  return (await search.search(query)).sections.slice(0, 3).map((section) => section.url);
}"""


def test_a_section_is_found_and_opened_with_the_keyboard_alone(page: Any, real: str) -> None:
    page.goto(real)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("generation prompt")
    page.wait_for_selector("[role=option][aria-selected=true]")
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


def test_queries_written_before_tuning_are_answered_in_the_first_three(
    page: Any, real: str
) -> None:
    page.goto(real)
    missed = []
    for query, answers in _QUERIES.QUERIES.items():
        found = [url.removeprefix("/").replace("/#", "#") for url in page.evaluate(LOOK_UP, query)]
        places = [each if "#" in each else f"{each.rstrip('/')}#" for each in found]
        if not any(
            place == answer or (answer.endswith("#") and place.startswith(answer))
            for place in places
            for answer in answers
        ):
            missed.append((query, places))
    assert len(_QUERIES.QUERIES) - len(missed) >= ENOUGH, missed

"""All pages of the docs in three languages, one of them from right to left, in a browser."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.browser.conftest import CHECKOUT
from tests.browser.searching import build_site
from tests.examples import some

pytestmark = pytest.mark.browser

AXE = os.environ.get("SITEGEN_AXE", "")  # axe.min.js of the npm package axe-core
TRANSLATED = Path(__file__).with_name("languages")
# Where the first and the last letter of an element stand.
ENDS = """(element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) texts.push(walker.currentNode);
  const last = texts.at(-1);
  return [[texts[0], 0], [last, last.data.trimEnd().length - 1]].map(([text, at]) => {
    const range = document.createRange();
    range.setStart(text, at);
    range.setEnd(text, at + 1);
    return range.getBoundingClientRect().left;
  });
}"""
LANGUAGES = {"en": "ltr", "ar": "rtl", "ja": "ltr"}
WIDE = """() => [...document.querySelectorAll(".sg-body *")].filter((each) =>
  each.getBoundingClientRect().right > innerWidth + 1 && !each.closest(
    "[tabindex='0'], .sg-hush, figure, table")).map((each) => each.outerHTML.slice(0, 80))"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The docs in each language: what is translated stands in the place of the English page."""
    root = tmp_path_factory.mktemp("languages")
    for language in LANGUAGES:
        shutil.copytree(CHECKOUT / "docs", root / "docs" / language)
    shutil.copytree(TRANSLATED, root / "docs", dirs_exist_ok=True)
    return build_site({"input": ("docs",), "output": Path("site"), "jobs": 1}, root)


@pytest.fixture(scope="module")
def address(folder: Path, serving: Any) -> Iterator[str]:
    with serving(folder) as served:
        yield served


def pages(folder: Path, language: str) -> list[str]:
    listed = json.loads((folder / "build.json").read_text("utf-8"))["pages"]
    return [each["permalink"] for each in listed if each["permalink"].startswith(f"{language}/")]


def walked(chromium: Any, address: str, paths: list[str], **options: Any) -> dict[str, list[Any]]:
    """What axe says of pages, and what is wider than the window."""
    context = chromium.new_context(bypass_csp=True, **options)
    page = context.new_page()
    faults: list[str] = []
    page.on("pageerror", lambda error: faults.append(str(error)))
    script = Path(AXE).read_text(encoding="utf-8")
    found: dict[str, list[Any]] = {}
    for path in paths:
        page.goto(address + path)
        page.evaluate(script)
        violations = page.evaluate("axe.run().then((result) => result.violations)")
        said = [(v["id"], [n["html"][:120] for n in v["nodes"][:3]]) for v in violations]
        if said or faults or (wide := page.evaluate(WIDE)):
            found[path] = [*said, *faults, *(wide if not said and not faults else ())]
            faults.clear()
    context.close()
    return found


@pytest.mark.skipif(not AXE, reason="SITEGEN_AXE names no axe.min.js")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_any_page(
    chromium: Any, folder: Path, address: str, language: str
) -> None:
    paths = pages(folder, language)
    assert len(paths) > 40
    if language != "en":  # most pages are not translated: what is around them is
        paths = some(paths, least=12)
    window = {"width": 1280, "height": 800}
    assert walked(chromium, address, paths, viewport=window) == {}


@pytest.mark.skipif(not AXE, reason="SITEGEN_AXE names no axe.min.js")
@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing_on_a_phone_in_the_dark(
    chromium: Any, address: str, language: str
) -> None:
    paths = [f"{language}/", f"{language}/language/callouts/", f"{language}/language/tabs/"]
    window = {"width": 320, "height": 640}
    assert walked(chromium, address, paths, viewport=window, color_scheme="dark") == {}


@pytest.mark.parametrize(("language", "direction"), LANGUAGES.items())
def test_a_page_says_its_language_and_is_laid_out_in_its_direction(
    page: Any, address: str, language: str, direction: str
) -> None:
    page.set_viewport_size({"width": 1280, "height": 800})
    page.goto(f"{address}{language}/language/callouts/")
    html = page.locator("html")
    assert (html.get_attribute("lang"), html.get_attribute("dir")) == (language, direction)
    side, body = (page.locator(each).bounding_box() for each in ("#sg-sidebar", ".sg-body"))
    assert (side["x"] > body["x"]) is (direction == "rtl")
    code = page.locator("pre code").first
    assert code.evaluate("(each) => getComputedStyle(each).direction") == "ltr"


def test_what_is_of_another_script_reads_in_its_own_direction(
    page: Any, site: Callable[..., Any]
) -> None:
    text = "# القدرة\n\n| اسم | قدرة |\n|---|---|\n| غلاية | 5 kW |\n\nCalled `boil` once.\n"
    address, _ = site({"index.md": text}, language="ar")
    page.goto(address)
    for selector in ("td:last-child", ".sg-body > p:last-of-type"):
        first, last = page.locator(selector).evaluate(ENDS)
        assert first < last, selector


def test_the_box_of_a_task_stands_beside_its_words_whatever_their_script(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"index.md": "# القدرة\n\n- [ ] Boil.\n- [x] غلاية\n- [ ]\n"}, language="ar")
    page.goto(address)
    boxes = [each.bounding_box() for each in page.locator(".task-list-item input").all()]
    items = [each.bounding_box() for each in page.locator(".task-list-item").all()]
    assert all(
        box["x"] >= item["x"] + item["width"] for box, item in zip(boxes, items, strict=True)
    )
    assert len({box["y"] for box in boxes}) == 3


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_a_translation_is_used_as_its_source_is(page: Any, address: str, language: str) -> None:
    page.goto(f"{address}{language}/")
    tabs = page.get_by_role("tab")
    assert tabs.count() == 2
    tabs.nth(1).click()
    assert page.locator("[role=tabpanel]:visible").inner_text().strip().count("brew") == 1
    folded = page.locator("details.sg-callout")
    assert folded.locator("math").is_visible() is False
    folded.locator("summary").click()
    assert folded.locator("math").is_visible()
    page.locator(".sg-body p a[href='#tabs']").click()
    page.wait_for_url("**#tabs")


@pytest.mark.parametrize("language", ["ar", "ja"])
def test_the_switcher_leads_to_the_same_page_of_another_language(
    page: Any, address: str, language: str
) -> None:
    page.goto(f"{address}{language}/language/callouts/")
    switcher = page.locator(".sg-languages:not(.sg-versions)")
    switcher.locator("summary").click()
    switcher.locator("a[hreflang=en]").click()
    page.wait_for_url(f"{address}en/language/callouts/")


@pytest.mark.parametrize(("language", "query"), [("ar", "التنبيهات"), ("ja", "コールアウト")])
def test_search_finds_a_translated_page(page: Any, address: str, language: str, query: str) -> None:
    page.goto(f"{address}{language}/")
    page.keyboard.press("/")
    page.locator("#sg-search-input").fill(query)
    first = page.locator("dialog [role=option]").first
    first.wait_for()
    assert query in first.inner_text()
    first.click()
    page.wait_for_url(f"{address}{language}/language/callouts/**")

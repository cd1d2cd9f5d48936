"""Tools of a page: sections as Markdown, wide text, frameworks, tables, images, what comes next."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from tests.browser.seen import announced, clipboard, copied

pytestmark = pytest.mark.browser

DESK = {"width": 1440, "height": 900}
MARKDOWN = """# Kitchen

```bash
$ pip install sitegen
done
```

```python title="a.py" linenums="7" {2}
first = 1
second = 2
```

![A plan of the house](gone.png) <img src="gone-too.png" alt="">

<hfoptions id="lib">
<hfoption id="PyTorch">

Torch.

</hfoption>
<hfoption id="TensorFlow">

Flow.

</hfoption>
</hfoptions>

## Twice

One.

### Below

```md
## Twice
```

## Twice

Two.

| a | b |
|---|---|
| 1 | 2 |

| wide |
|------|
| `WIDE` |
"""


@pytest.fixture(scope="module")
def kitchen(serving: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("kitchen")
    (folder / "docs").mkdir()
    wide = " ".join(["wide"] * 80).replace(" ", "\N{NO-BREAK SPACE}")
    (folder / "docs" / "a.md").write_text(MARKDOWN.replace("`WIDE`", wide), encoding="utf-8")
    (folder / "docs" / "b.md").write_text("# Next\n\nText.\n", encoding="utf-8")
    flags = {"input": (str(folder / "docs"),), "output": folder / "site", "cache": False}
    build(load_config(flags=flags, environ={}, cwd=folder))
    with serving(Path(folder / "site")) as address:
        yield address + "a/"


def test_a_section_is_copied_as_markdown_from_its_heading_and_by_its_key(
    page: Any, kitchen: str
) -> None:
    page.goto(kitchen)
    heading = page.locator("#twice-1, #twice-2, h2").nth(1)
    heading.hover()
    heading.locator(".sg-copy-section").click()
    announced(page, "copied as Markdown")
    assert clipboard(page).startswith("## Twice\n\nTwo.")
    first = page.locator("h2").first
    first.locator(".sg-anchor").focus()
    first.locator(".sg-copy-section").click()
    announced(page, "copied as Markdown")
    assert copied(page, "One.") == "## Twice\n\nOne.\n\n### Below\n\n```md\n## Twice\n```\n"
    page.evaluate("scrollTo(0, 0)")
    page.keyboard.press("Shift+Y")
    assert copied(page, "# K").startswith("# K")


def test_a_session_of_a_shell_is_copied_as_its_commands(page: Any, kitchen: str) -> None:
    page.goto(kitchen)
    figure = page.locator(".sg-code").first
    figure.hover()
    figure.locator(".sg-copy").click()
    announced(page, "Code copied")
    assert clipboard(page) == "pip install sitegen"


def test_from_a_disk_the_menu_of_a_page_says_what_it_holds(page: Any, docs_folder: Path) -> None:
    page.goto(f"{docs_folder.as_uri()}/quickstart/index.html")
    tools = page.locator(".sg-page-tools")
    assert tools.inner_text() == "Markdown"
    tools.locator("summary").click()
    assert tools.get_by_role("link").all_inner_texts() == ["Markdown"]


def test_without_a_script_the_menu_of_a_page_says_what_it_holds(chromium: Any, docs: str) -> None:
    page = chromium.new_page(java_script_enabled=False)
    page.goto(f"{docs}quickstart/")
    assert page.locator(".sg-page-tools").inner_text() == "Markdown"
    page.close()


def test_line_numbers_are_shown_and_not_copied(page: Any, kitchen: str) -> None:
    page.goto(kitchen)
    figure = page.locator(".sg-code").nth(1)
    assert figure.locator(".sg-code-title").inner_text().split() == ["a.py", "Python"]
    number = "e => getComputedStyle(e, '::before').content"
    assert "counter" in figure.locator(".sg-line").first.evaluate(number)
    assert figure.locator(".sg-marked").inner_text().strip() == "second = 2"
    figure.hover()
    figure.locator(".sg-copy").click()
    announced(page, "Code copied")
    assert clipboard(page) == "first = 1\nsecond = 2"


def test_an_address_may_name_a_framework_in_short(page: Any, kitchen: str) -> None:
    page.goto(f"{kitchen}?fw=tf")
    assert page.inner_text("[role=tab][aria-selected=true]") == "TensorFlow"
    page.goto(f"{kitchen}?lib=pytorch")
    assert page.inner_text("[role=tab][aria-selected=true]") == "PyTorch"


def test_an_image_that_is_gone_gives_way_to_its_description(page: Any, kitchen: str) -> None:
    page.goto(kitchen)
    page.wait_for_selector(".sg-missing")
    assert page.inner_text(".sg-missing") == "A plan of the house"
    page.wait_for_selector(".sg-body img", state="hidden")


def test_a_table_that_fits_scrolls_with_the_page_and_another_by_itself(
    page: Any, kitchen: str
) -> None:
    page.goto(kitchen)
    page.wait_for_selector(".sg-table[data-fits]")
    boxes = page.locator(".sg-table")
    assert [boxes.nth(at).get_attribute("tabindex") for at in range(2)] == ["-1", "0"]
    assert boxes.nth(1).evaluate("box => box.scrollWidth > box.clientWidth")


def test_wide_text_is_kept_and_needs_room(page: Any, kitchen: str) -> None:
    page.set_viewport_size(DESK)
    page.goto(kitchen)
    width = "document.querySelector('.sg-main').clientWidth"
    before = page.evaluate(width)
    page.click(".sg-wide")
    assert page.evaluate(width) > before + 100
    page.reload()
    assert page.evaluate(width) > before + 100
    page.set_viewport_size({"width": 390, "height": 800})
    assert not page.is_visible(".sg-wide")


def test_the_next_page_is_fetched_when_its_link_is_pointed_at(page: Any, kitchen: str) -> None:
    page.goto(kitchen)
    assert page.locator("link[rel=prefetch]").count() == 0
    page.hover(".sg-turn [rel=next]")
    page.wait_for_selector("link[rel=prefetch]", state="attached")
    page.keyboard.press("]")
    page.wait_for_url("**/b/")
    page.keyboard.press("[")
    page.wait_for_url("**/a/")


def test_the_end_of_a_page_leads_back_to_its_top(page: Any, kitchen: str) -> None:
    page.set_viewport_size({"width": 390, "height": 500})
    page.goto(kitchen)
    page.click(".sg-origin a:last-child")
    page.wait_for_function("scrollY < 80")

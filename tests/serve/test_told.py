"""What a preview tells of findings, in the terminal and in browsers, and of what has changed."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serve.chromium import Chromium
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.integration

Serve = Callable[..., "Preview"]
PAGES = {
    "index.md": "# Home\n\nWords enough for a page of a site.\n",
    "guide/one.md": "# One\n\nSee [gone](nowhere.md).\n\n</Tip>\n",
    "guide/two.md": "# Two\n\nWords enough for a page of a site.\n",
}


def warnings(preview: Preview) -> list[dict[str, str]]:
    body = preview.get("/__livereload/state").partition(b"\r\n\r\n")[2]
    found: list[dict[str, str]] = json.loads(body)["warnings"]
    return found


def changed(preview: Preview, name: str, text: str, *, times: int = 1) -> str:
    """Save a file; what the terminal says of the pages that changed."""
    said = f"{name.rpartition('/')[2]}: "
    (preview.folder / "docs" / name).write_text(text)
    preview.until(lambda: preview.lines().count(said) >= times)
    line = [line for line in preview.lines().splitlines() if line.startswith(said)][-1]
    found = re.search(r"[\d,]+ of [\d,]+ pages changed", line)
    return found[0] if found else line


def test_the_terminal_names_each_warning_once_with_the_path_that_opens(serve: Serve) -> None:
    preview = serve(pages=PAGES)
    preview.until(lambda: "2 warnings\n" in preview.lines())
    assert "warning: link to 'guide/nowhere': the input holds no such page" in preview.lines()
    assert "  --> docs/guide/one.md:3, page guide/one" in preview.lines()
    assert "info: " not in preview.lines()
    changed(preview, "guide/two.md", "# Two\n\nOther words for this page, and a [x](y.md).\n")
    preview.until(lambda: "3 warnings\n" in preview.lines())
    assert preview.lines().count("docs/guide/one.md:3") == 1
    assert "docs/guide/two.md:3" in preview.lines()
    changed(preview, "guide/one.md", "# One\n\nAll is well now with this page.\n")
    preview.until(lambda: "1 warning\n" in preview.lines())


def test_all_findings_are_printed_on_request(serve: Serve) -> None:
    preview = serve("docs", "-v", pages={"index.md": "# A\n\n<Tpi>words</Tpi>\n"})
    preview.until(lambda: "info: <Tpi> is no component" in preview.lines())
    assert "did you mean 'Tip'?" in preview.lines()


@pytest.mark.browser
def test_a_browser_lists_the_warnings_with_links_to_their_pages(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve(pages=PAGES)
    preview.until(lambda: len(warnings(preview)) == 2)
    assert {each["page"] for each in warnings(preview)} == {"/guide/one/"}
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    tab.until(
        "document.querySelector('#sg-preview-warnings summary')?.textContent === '2 warnings'"
    )
    assert tab.run("document.querySelector('#sg-preview-warnings').open") is False
    tab.run("document.querySelector('#sg-preview-warnings summary').click()")
    assert "docs/guide/one.md:3" in tab.run(
        "document.querySelector('#sg-preview-warnings').innerText"
    )
    for page in ("ltr", "rtl"):  # the words are English on every page
        tab.run(f"document.documentElement.dir = '{page}'")
        box = "getComputedStyle(document.querySelector('#sg-preview-warnings ol'))"
        assert tab.run(f"{box}.direction") == "ltr"
    links = "[...document.querySelectorAll('#sg-preview-warnings a')].map((a) => a.pathname)"
    assert tab.run(links) == ["/guide/one/", "/guide/one/"]
    changed(preview, "guide/one.md", "# One\n\n</Tip> is all that is left.\n")
    tab.until("document.querySelector('#sg-preview-warnings summary')?.textContent === '1 warning'")
    assert tab.run("document.querySelector('#sg-preview-warnings').open") is True
    changed(preview, "guide/one.md", "# One\n\nAll is well now with this page.\n", times=2)
    tab.until("!document.getElementById('sg-preview-warnings')")


def test_no_page_is_said_to_have_changed_only_when_none_has(serve: Serve) -> None:
    toctree = "- local: index\n  title: {}\n- title: {}\n  sections:\n  - local: guide/one\n"
    preview = serve(pages=PAGES | {"_toctree.yml": toctree.format("Home", "Guides")})
    preview.until(lambda: "3 warnings" in preview.lines())
    assert changed(preview, "guide/two.md", PAGES["guide/two.md"] + "More.\n") == (
        "1 of 3 pages changed"
    )
    said = changed(preview, "_toctree.yml", toctree.format("Home", "Manuals"))
    assert said == "1 of 3 pages changed"
    said = changed(preview, "_toctree.yml", toctree.format("Start", "Manuals"), times=2)
    assert not said.startswith("0 of")
    said = changed(preview, "index.md", f"---\ntitle: Own\n---\n\n{PAGES['index.md']}")
    assert not said.startswith("0 of")

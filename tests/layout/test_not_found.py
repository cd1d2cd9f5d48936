"""The page for addresses that do not exist, where the input has its own."""

from __future__ import annotations

import json
import re

FILES = {
    "index.md": "# Start\n\nWords.\n",
    "guide/a.md": "# A\n\nWords.\n",
    "404.md": "# Lost\n\nTry [A](guide/a.md#a), [this](#lost) or [that](https://a.b).\n\n![x](x.png)\n",
    "x.png": b"\x89PNG\r\n\x1a\n",
}


def test_a_page_404_of_the_input_is_the_content_of_the_error_page(project) -> None:
    html = project(FILES, base_url="https://h.org/docs/").read("404.html")
    assert "<title>Lost" in html
    assert 'href="/docs/guide/a/#a"' in html
    assert 'href="#lost"' in html
    assert 'href="https://a.b"' in html
    assert 'src="/docs/x.png"' in html or 'src="/docs/content/' in html
    assert "There is no page at this address" not in html


def test_a_page_404_without_a_heading_has_its_title(project) -> None:
    html = project(FILES | {"404.md": "---\ntitle: Gone\n---\n\nNothing here.\n"}).read("404.html")
    assert "<title>Gone" in html
    assert re.search("<h1[^>]*>Gone", html)
    assert "<p>Nothing here.</p>" in html


def test_a_page_404_is_in_no_list_of_pages(project) -> None:
    built = project(FILES, base_url="https://h.org/", search="headings")
    assert "Lost" not in built.read("site-index/index.html")
    assert "/404/" not in built.read("sitemap.xml")
    assert "404/" not in built.read("search/headings.js")


def test_a_page_404_is_not_found_by_its_text(project) -> None:
    entry = json.loads(project(FILES, search="full").read("pagefind/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] == 2


def test_an_edited_page_404_is_built_again(project) -> None:
    assert "Lost" in project(FILES).read("404.html")
    other = FILES | {"404.md": "# Lost\n\nOther words.\n"}
    assert "Other words." in project(other).read("404.html")

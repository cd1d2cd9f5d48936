"""The print page: all pages on one, whose links and anchors hold together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import Any
from urllib.parse import unquote

import html5lib

from sitegen.config import FeedsConfig

PRINTED = FeedsConfig(print_page=True)
NOTE = "\n\nA note[^1].\n\n[^1]: Said.\n"
PAGES = {
    "_toctree.yml": "- local: index\n- title: G\n  sections:\n"
    "  - {local: b/two, title: Two}\n  - {local: one, title: One}\n",
    "index.md": "# S\n\n[to](one.md#part) [out](https://h/x) [gone](no.md) [file](f.zip?a=1#b)\n",
    "one.md": "# One\n\n## Part\n\n###### Deep\n\n[first](index.md) [near](#part) [odd](b/two#no)"
    f'{NOTE}\n```html\n<h1 id="x" href="index.md">\n```\n',
    "b/two.md": "# Two\n\n## Part\n\n![A > B](../img/é.png)\n\n"
    f'<img alt="" srcset="../s.png 1x, https://h/l.png 2x">{NOTE}',
    "img/é.png": b"",
    "f.zip": b"",
}


def test_all_pages_stand_on_one_in_the_order_of_the_navigation(project: Callable[..., Any]) -> None:
    html = project(PAGES, feeds=PRINTED).read("print/index.html")
    places = [html.index(f'<section id="{each}"') for each in ("/", "b/two/", "one/")]
    assert places == sorted(places)
    assert '<meta name="robots" content="noindex">' in html
    assert "<script" not in html
    assert html.count("<h1>") == 1
    assert '<h2 id="one/:one">One ' in html
    assert '<h3 id="one/:part">Part ' in html
    assert '<h6 aria-level="4" id="one/:deep">Deep ' in html


def test_links_between_pages_stay_on_the_page_and_others_lead_where_they_led(
    project: Callable[..., Any],
) -> None:
    html = project(PAGES, feeds=PRINTED).read("print/index.html")
    assert '<a href="#one/:part">to</a> <a href="https://h/x" rel' in html
    assert '<a href="../no/">gone</a> <a href="../f.zip?a=1#b">file</a>' in html
    assert '<a href="#/">first</a> <a href="#one/:part">near<' in html
    assert '<a href="#b/two/">odd</a>' in html  # no such section: the page is near enough
    assert '<img src="../img/%C3%A9.png" alt="A &gt; B"' in html
    assert 'srcset="../s.png 1x, https://h/l.png 2x"' in html
    assert '<a href="#b/two/">Two</a>' in html.partition("</header>")[0]


def test_every_anchor_is_there_once_and_every_link_within_finds_one(
    project: Callable[..., Any],
) -> None:
    html = project(PAGES, feeds=PRINTED).read("print/index.html")
    elements = list(html5lib.parse(html, namespaceHTMLElements=False).iter())
    ids = Counter(each.get("id") for each in elements if each.get("id"))
    assert max(ids.values()) == 1
    links = [each.get("href", "") for each in elements if each.tag == "a"]
    assert {unquote(href[1:]) for href in links if href.startswith("#")} <= ids.keys()


def test_a_link_to_a_section_that_moved_away_leads_to_its_page(project: Callable[..., Any]) -> None:
    pages = {"p.md": "# P", "q.md": "# Q\n\n## Y\n", "r.md": "# R\n\n[x](p.md#x) [y](q.md#x)"}
    html = project(pages | {"_redirects.yml": "p#x: q#y\n"}, feeds=PRINTED).read("print/index.html")
    assert '<a href="#p/">x</a> <a href="#q/">y</a>' in html


def test_code_is_printed_to_the_letter(project: Callable[..., Any]) -> None:
    html = project(PAGES, feeds=PRINTED).read("print/index.html")
    tree = html5lib.parse(html, namespaceHTMLElements=False)
    (code,) = (each for each in tree.iter("code") if each.get("class") == "language-html")
    assert "".join(code.itertext()) == '<h1 id="x" href="index.md">\n'


def test_sections_in_another_language_say_so(project: Callable[..., Any]) -> None:
    pages = {"en/a.md": "# A", "ar/a.md": "# ا"}
    html = project(pages, feeds=PRINTED, language="en").read("print/index.html")
    assert '<section id="ar/a/" lang="ar" dir="rtl">' in html
    assert '<section id="en/a/">' in html


def test_the_print_page_is_listed_with_all_pages_and_nowhere_else(
    project: Callable[..., Any],
) -> None:
    built = project(PAGES | {"print.md": "# Print"}, feeds=PRINTED, base_url="https://h/")
    assert '<a href="../print-/">All pages on one, to print</a>' in built.read(
        "site-index/index.html"
    )
    assert "print-" not in built.read("sitemap.xml") + built.read("llms.txt")
    assert "# Print" in built.read("print.md")
    assert "print-" not in built.read("one/index.html")


def test_nobody_gets_one_without_asking(project: Callable[..., Any]) -> None:
    built = project(PAGES)
    assert not (built.folder / "print").exists()
    assert "to print" not in built.read("site-index/index.html")

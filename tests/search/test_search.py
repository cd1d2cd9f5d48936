"""Search: the index of texts that is made of pages, whatever their order."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sitegen import search
from sitegen.errors import ConfigError
from sitegen.model import Body, Document, Head, Page, PageLink, RenderedPage, Site
from sitegen.search import Kind, SearchIndex, kind_of
from sitegen.search.pagefind import Indexer
from tests.search.indexed import PAGES, SITE, page_of, table


def indexed(
    pages: Sequence[RenderedPage], site: Site = SITE, *, early: bool = False
) -> dict[str, bytes]:
    with SearchIndex(site, full=True) as index:
        if early:
            index.start()
        for each in pages:
            index.add(each.page, "", partial(str, each.body.sought))
        files = [file for part in range(index.parts) for file in index.files(part)]
    return {file.path: file.data for file in files}


def test_the_order_in_which_pages_are_rendered_does_not_change_the_index() -> None:
    assert indexed(PAGES) == indexed(PAGES[::-1]) == indexed(PAGES)
    assert indexed(PAGES, early=True) == indexed(PAGES[::-1], early=True) == indexed(PAGES)


def test_pages_of_several_sections_make_the_same_index_each_time() -> None:
    crumbs = [(PageLink(name, None),) for name in ("Guides", "API", "Tasks")]
    pages = [
        replace(each, page=replace(each.page, breadcrumbs=above))
        for each, above in zip(PAGES, crumbs, strict=True)
    ]
    first = indexed(pages)
    for _ in range(5):
        assert indexed(pages) == first


def test_the_index_holds_no_interface_of_pagefinds_own() -> None:
    names = {path.removeprefix("pagefind/") for path in indexed(PAGES)}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json"} <= names
    assert not [name for name in names if "ui" in name or name.endswith(".css")]
    assert sum(name.startswith("fragment/") for name in names) == len(PAGES)


def test_a_missing_indexer_is_named_with_the_remedy_where_it_is_demanded(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    for demanded in (True, "full"):
        with pytest.raises(ConfigError, match=r"\[search\]"):
            project({"a.md": "# A"}, search=demanded)


def test_without_the_indexer_search_is_by_headings_and_one_notice_says_so(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert kind_of("auto") is Kind.FULL
    assert "search-headings" not in project({"a.md": "# A"}, search="auto").codes
    monkeypatch.setitem(sys.modules, "pagefind_bin", None)
    assert kind_of("auto") is Kind.HEADINGS
    built = project({"a.md": "# A"}, search="auto", clean=True)
    assert built.codes.count("search-headings") == 1
    assert not (built.folder / "pagefind").exists()
    assert table(built.read("search/headings.js"))["full"] is False
    assert "search-headings" not in project({"a.md": "# A"}, search="headings").codes


def test_a_site_without_search_has_no_trace_of_it(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A"}, search=False)
    assert not (built.folder / "pagefind").exists()
    assert not (built.folder / "search").exists()
    for page in ("a/index.html", "404.html", "site-index/index.html"):
        assert "search" not in built.read(page)


def test_the_policy_of_headers_lets_only_the_search_compile(project: Callable[..., Any]) -> None:
    assert "wasm-unsafe-eval" not in project({"a.md": "# A"}).read("_headers")
    built = project({"a.md": "# A"}, search=True)
    assert "script-src 'self' 'wasm-unsafe-eval';" in built.read("_headers")
    assert "wasm-unsafe-eval" not in built.read("a/index.html")


def test_a_built_site_carries_its_index(project: Callable[..., Any], tmp_path: Path) -> None:
    built = project({"a.md": "# A\n\nText."}, search=True)
    entry = json.loads(built.read("pagefind/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] == 1
    assert table(built.read("search/headings.js"))["full"] is True
    assert 'role="combobox"' not in built.read("a/index.html")
    assert 'href="../search/"' in built.read("a/index.html")


def test_the_languages_of_an_index_have_one_order() -> None:
    tags = ["ar", "de", "en", "fr", "ja", "ru"]
    with Indexer() as indexer:
        for tag in tags:
            indexer.add(f"/{tag}/", f'<html lang="{tag}"><body>Words</body></html>')
        files = {file.path: file.data for file in indexer.files()}
    assert list(json.loads(files["pagefind/pagefind-entry.json"])["languages"]) == tags


def test_the_index_is_made_of_all_that_is_to_be_found() -> None:
    def made_of(*pages: Page) -> object:
        with SearchIndex(Site("S", tuple(pages), ()), full=True) as index:
            for each in pages:
                index.add(each, each.title, str)
            return index.made_of(0)

    one, two = (each.page for each in PAGES[:2])
    same = made_of(one, two)
    assert made_of(two, one) == same
    for other in (
        replace(one, permalink="other/"),
        replace(one, title="what the digest is made of"),
        replace(one, breadcrumbs=(PageLink("Above", None),)),
        replace(one, document=replace(one.document, language="fr")),
    ):
        assert made_of(other, two) != same


def test_more_answers_than_a_pipe_holds_stop_nobody() -> None:
    pages = tuple(
        RenderedPage(
            Page(Head(f"p{n}", f"p{n}.md"), "T" * 900, f"p{n}/"),
            partial(Body, "", sought=f"<h1>{'T' * 900}</h1>"),
            partial(Document, f"p{n}", f"p{n}.md", "", ()),
        )
        for n in range(400)
    )
    found = indexed(pages, Site("S", tuple(each.page for each in pages), ()))
    assert sum("fragment/" in path for path in found) == 400


def test_a_large_site_has_several_indexes_and_an_edit_makes_one_of_them_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pages = [page_of(f"page-{number}", 9) for number in range(12)]
    a_site = Site("S", tuple(each.page for each in pages), ())
    whole = indexed(pages, a_site)
    monkeypatch.setattr(search, "PART", 30)
    assert [len(part) > 0 for part in search.parts_of(a_site)] == [True] * 4
    parts = indexed(pages, a_site)
    assert parts == indexed(pages[::-1], a_site)
    scripts = {path for path in whole if path.endswith((".js", ".pagefind"))}
    assert scripts == {path for path in parts if path.endswith((".js", ".pagefind"))}
    assert sum("fragment/" in path for path in parts) == len(pages)
    other = partial(Body, "", sought="<p>other</p>")
    edited = indexed([replace(pages[0], load=other), *pages[1:]], a_site)
    entries = [path for path in parts if path.endswith("pagefind-entry.json")]
    assert [edited[path] == parts[path] for path in entries].count(False) == 1


def test_no_index_of_a_large_site_is_without_a_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "PART", 1)
    parts = search.parts_of(SITE)
    assert all(parts)
    assert sorted(page.permalink for part in parts for page in part) == ["one/", "three/", "two/"]


def test_the_search_page_is_described_for_browsers_where_its_address_is_known(
    project: Callable[..., Any],
) -> None:
    assert not (
        project({"a.md": "# A"}, search="headings").folder / "search/opensearch.xml"
    ).exists()
    built = project({"a.md": "# A"}, search="headings", base_url="https://x.test/d/", title="A & B")
    xml = built.read("search/opensearch.xml")
    assert 'template="https://x.test/d/search/?q={searchTerms}"' in xml
    assert "<ShortName>A &amp; B</ShortName>" in xml
    assert 'rel="search"' in built.read("index.html")
    assert 'rel="search"' not in built.read("a/index.html")

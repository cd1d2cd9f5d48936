"""Search: the index that is made of pages, whatever the order in which they come."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import Config
from sitegen.errors import ConfigError
from sitegen.model import Body, Document, Heading, OutputFile, Page, RenderedPage, Site
from sitegen.search import SearchIndex

PAGES = tuple(
    RenderedPage(
        Page(Document(name, f"{name}.md", "x" * length, ()), name.title(), f"{name}/"),
        Body(
            f'<h1 id="{name}">{name}</h1><p>Call <code>from_pretrained</code> &amp; <b>go</b>.</p>',
            (Heading(1, name, f"{name} heading"),),
            (),
            "",
            (),
            "",
        ),
    )
    for name, length in (("one", 3), ("two", 9), ("three", 6))
)
SITE = Site("S", tuple(each.page for each in PAGES), ())


def indexed(pages: Sequence[RenderedPage]) -> dict[str, bytes]:
    with SearchIndex(SITE) as index:
        for each in pages:
            index.add(each)
        files: list[OutputFile] = list(index.files())
    return {file.path: file.data for file in files}


def test_the_order_in_which_pages_are_rendered_does_not_change_the_index() -> None:
    assert indexed(PAGES) == indexed(PAGES[::-1]) == indexed(PAGES)


def test_the_index_holds_no_interface_of_pagefinds_own() -> None:
    names = {path.removeprefix("pagefind/") for path in indexed(PAGES)}
    assert {"pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "words.json"} <= names
    assert not [name for name in names if "ui" in name or name.endswith(".css")]
    assert sum(name.startswith("fragment/") for name in names) == len(PAGES)


def test_words_of_headings_are_there_to_correct_queries() -> None:
    words = json.loads(indexed(PAGES)["pagefind/words.json"])
    assert words == ["heading", "three"]


def test_a_missing_indexer_is_named_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "pagefind_bin", None)
    with pytest.raises(ConfigError, match=r"sitegen\[search\]"):
        SearchIndex(SITE)


def test_a_site_without_search_has_no_trace_of_it(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A"}, search=False)
    assert not (built.folder / "pagefind").exists()
    assert not (built.folder / "search").exists()
    for page in ("a/index.html", "404.html", "site-index/index.html"):
        assert "search" not in built.read(page)


def test_a_site_has_no_search_unless_it_asks_for_it() -> None:
    assert not Config().search


def test_the_policy_of_headers_lets_only_the_search_compile(project: Callable[..., Any]) -> None:
    assert "wasm-unsafe-eval" not in project({"a.md": "# A"}).read("_headers")
    built = project({"a.md": "# A"}, search=True)
    assert "script-src 'self' 'wasm-unsafe-eval';" in built.read("_headers")
    assert "wasm-unsafe-eval" not in built.read("a/index.html")


def test_a_built_site_carries_its_index(project: Callable[..., Any], tmp_path: Path) -> None:
    built = project({"a.md": "# A\n\nText."}, search=True)
    entry = json.loads(built.read("pagefind/pagefind-entry.json"))
    assert entry["languages"]["en"]["page_count"] == 1
    assert 'role="combobox"' not in built.read("a/index.html")
    assert 'href="../search/"' in built.read("a/index.html")

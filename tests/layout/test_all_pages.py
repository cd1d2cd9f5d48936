"""The list of all pages, which sidebars load their closed branches from."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urljoin

import pytest

from sitegen.layout import sidebar

FOLDERS, PAGES = ("api", "guide", "tasks"), 70


@pytest.fixture
def pages() -> dict[str, str]:
    names = [f"{folder}/p{n:02}" for folder in FOLDERS for n in range(PAGES)]
    return {f"{name}.md": f"# Page {name}" for name in ("index", "guide/deep/er", *names)}


def links(html: str, here: str) -> list[str]:
    tree = html.partition('class="sg-tree"')[2].partition("</nav>")[0]
    found = re.findall(r'<a href="([^"]+)"', tree)
    return [urljoin(f"https://h/{here}", href).removeprefix("https://h/") for href in found]


def test_the_list_of_a_large_site_is_in_parts_that_hold_each_page_once(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, pages: dict[str, str]
) -> None:
    monkeypatch.setattr(sidebar, "LISTED", 100)
    built = project(pages)
    top = links(built.read("site-index/index.html"), "site-index/")
    parts = [address for address in top if address.startswith("site-index/")]
    assert len(parts) == len(FOLDERS)
    listed = [link for part in parts for link in links(built.read(f"{part}index.html"), part)]
    found = [*listed, *(each for each in top if each not in parts)]
    own = [name.removesuffix("index.md").replace(".md", "/") for name in pages]
    assert set(found) - set(own) <= {"api/", "guide/", "guide/deep/", "tasks/"}
    assert sorted(each for each in found if each in own) == sorted(own)


def test_a_sidebar_names_the_part_that_holds_a_branch(
    project: Callable[..., Any], monkeypatch: pytest.MonkeyPatch, pages: dict[str, str]
) -> None:
    monkeypatch.setattr(sidebar, "LISTED", 100)
    built = project(pages)
    html = built.read("guide/p35/index.html")
    branches = re.findall(r'data-branch="(\d+)-(\w+)"', html)
    assert branches
    for part, name in branches:
        assert f'id="{part}-{name}"' in built.read(f"site-index/{part}/index.html")
    more = set(re.findall(r'class="sg-more"><a href="\.\./\.\./([^"#]+)#([^"]+)"', html))
    assert more
    for page, name in more:
        assert f'id="{name}"' in built.read(f"{page}index.html")
    assert "sg-filter" not in html


def test_a_site_that_is_not_large_has_one_list(
    project: Callable[..., Any], pages: dict[str, str]
) -> None:
    built = project(pages)
    assert not re.search(r'data-branch="\d+-', built.read("guide/p35/index.html"))
    assert "sg-filter" in built.read("guide/p35/index.html")

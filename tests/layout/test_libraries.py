"""A site of several libraries: each has a tab, and its pages see its own navigation only."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from typing import Any

import pytest

SOURCE = "hugging/{}/blob/main/docs/source/en/{}.md"


def dataset(libraries: Mapping[str, tuple[str, ...]], source: str = SOURCE) -> dict[str, str]:
    rows = [
        {"text": f"About {page} of {library}.", "source": source.format(library, page)}
        for library, pages in libraries.items()
        for page in pages
    ]
    return {"rows.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows)}


@pytest.fixture
def sidebar(project: Callable[..., Any]) -> Callable[..., Any]:
    """Build libraries; gives what gives a page's tabs, the links below and the page."""

    def built(libraries: Mapping[str, tuple[str, ...]], source: str = SOURCE) -> Any:
        made = project(dataset(libraries, source))

        def of(path: str) -> tuple[list[tuple[str, bool]], list[str], str]:
            html = made.read(f"{path}index.html")
            nav = re.search(r'<nav class="sg-side sg-sidebar".*?</nav>', html, re.DOTALL)
            tabs = re.search(r'<div class="sg-libraries">.*?</div>', nav[0] if nav else "", re.S)
            inside = tabs[0] if tabs else ""
            found = re.findall(r'<a href="([^"]*)"( aria-current="true")?>', inside)
            below = (nav[0] if nav else "").replace(inside, "").partition("sg-all")[0]
            links = re.findall(r'<a href="([^"]*)"', below)
            return [(href, bool(current)) for href, current in found], links, html

        return of

    return built


PAGES = ("index", "install", "guides/a", "guides/b")


def test_pages_of_a_library_see_the_tabs_of_all_and_their_own_pages(sidebar: Any) -> None:
    of = sidebar({"pumps": PAGES, "valves": PAGES})
    tabs, links, html = of("pumps/install/")
    assert tabs == [("../../pumps/", True), ("../../valves/", False)]
    assert links
    assert not [link for link in links if "valves" in link]
    assert links[0] == "../../pumps/"
    assert 'aria-current="page">Install' in html


def test_the_page_of_a_library_is_the_first_of_its_list(sidebar: Any) -> None:
    _, links, html = sidebar({"pumps": PAGES, "valves": PAGES})("valves/")
    assert links[0] == "../valves/"
    assert html.count('aria-current="page"') == 1


def test_a_library_without_a_page_of_its_own_leads_to_what_lists_it(sidebar: Any) -> None:
    of = sidebar({"pumps": PAGES[1:], "valves": PAGES[1:]})
    tabs, _, _ = of("pumps/install/")
    assert [href for href, _ in tabs] == ["../../pumps/", "../../valves/"]
    assert "Install" in of("pumps/")[2]


def test_many_libraries_fold_into_the_one_that_is_read(sidebar: Any) -> None:
    of = sidebar({f"lib{number}": PAGES for number in range(9)})
    tabs, _, html = of("lib3/install/")
    assert len(tabs) == 9
    assert '<div class="sg-libraries"><details><summary>lib3</summary>' in html


def test_neighbours_and_the_start_page_speak_for_no_other_library(sidebar: Any) -> None:
    of = sidebar({"pumps": PAGES, "valves": PAGES})
    assert 'rel="prev"' not in of("valves/")[2]
    assert 'rel="next"' not in of("pumps/guides/b/")[2]
    start = of("")[2]
    assert "sg-libraries" not in start
    assert "8 pages of documentation" in start


@pytest.mark.parametrize("source", ["{}/{}.md", "docs/{}/{}.md"])
def test_folders_of_one_documentation_are_no_libraries(sidebar: Any, source: str) -> None:
    of = sidebar({"start": PAGES, "guide": PAGES}, source)
    assert of("start/install/")[0] == []


def test_a_library_names_its_own_object_of_a_name_that_another_has_too(
    project: Callable[..., Any],
) -> None:
    pages = {
        f"{library}/{name}.md": text
        for library in ("kettle", "kettle-tools")
        for name, text in (
            ("api", "# API\n\n[[autodoc]] Boiler\n    - all\n"),
            ("guide", "# Guide\n\nUse [`Boiler`] to boil.\n"),
        )
    }
    built = project(pages)
    for library in ("kettle", "kettle-tools"):
        assert '<a class="sg-reference" href="../api/#Boiler">' in built.read(
            f"{library}/guide/index.html"
        )

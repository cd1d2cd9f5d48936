"""The sidebar: the branch of the page and its neighbours, bounded, and the list of all pages."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

from sitegen.config import Config
from sitegen.model import NavItem
from tests.layout.sites import ASSETS, body, laid_out, lay_out, nested, page, rendered, site, tree


def test_fragments_of_the_sidebar_exist_on_the_list_of_all_pages() -> None:
    files = laid_out(nested(400))
    ids = {element.get("id") for element in tree(files["site-index/index.html"]).iter()}
    hrefs = [a.get("href", "") for a in tree(files["model_doc/m00100/index.html"]).iter("a")]
    wanted = {urlsplit(href).fragment for href in hrefs if "site-index/#" in href}
    assert wanted
    assert wanted <= ids


def test_the_current_page_and_its_branch_are_marked_and_other_branches_are_closed() -> None:
    html = laid_out(nested(400))["f3/p00035/index.html"]
    sidebar = tree(html).find(".//nav[@id='sg-sidebar']")
    current = sidebar.findall(".//a[@aria-current='page']")
    assert [link.text for link in current] == ["Page 00035"]
    assert len(sidebar.findall("./div/ul/li/details")) == 1
    assert (
        len(sidebar.findall("./div/ul/li[@data-branch]")) == len(sidebar.findall("./div/ul/li")) - 1
    )
    assert sidebar.find("./div/ul/li[@data-branch]/a").get("href") == "../../model_doc/m00000/"


def test_a_small_site_shows_its_whole_navigation_on_every_page(everything: dict[str, str]) -> None:
    sidebar = tree(everything["über uns/index.html"]).find(".//nav[@id='sg-sidebar']")
    assert [a.text for a in sidebar.findall("./div/ul//a")] == [
        "First & foremost",
        "Second",
        "Über",
    ]


def test_a_long_list_shows_the_neighbours_and_leads_to_the_rest() -> None:
    html = laid_out(nested(400))["model_doc/m00100/index.html"]
    sidebar = tree(html).find(".//nav[@id='sg-sidebar']")
    shown = [a.text for a in sidebar.findall(".//details//a")]
    assert len(shown) == 42
    assert (shown[0], shown[-1]) == ("Show 80 above", "Show 80 below")
    assert {"Model 00099", "Model 00101"} <= set(shown)


def test_sections_stay_in_sight_among_many_pages_of_the_top_level() -> None:
    pages = [page(f"p{n:03}/") for n in range(300)]
    last = NavItem("Last section", None, (NavItem("In it", "in/"),))
    leaves = tuple(NavItem(each.title, each.permalink) for each in pages)
    files = laid_out(site(*pages, page("in/"), navigation=(*leaves, last)))
    shown = [
        a.text for a in tree(files["p010/index.html"]).findall(".//nav[@id='sg-sidebar']/div/ul//a")
    ]
    assert shown[-2:] == ["Last section", "Show 260 below"]
    assert 'href="../site-index/#all"' in files["p010/index.html"]
    assert tree(files["site-index/index.html"]).find(".//*[@id='all']/ul") is not None
    assert len(shown) == 42


def test_the_bytes_of_a_page_do_not_grow_with_the_number_of_pages() -> None:
    def packed(count: int, path: str) -> int:
        a_site = nested(count)
        one = next(each for each in a_site.pages if each.permalink == path)
        files = lay_out(a_site, [rendered(one, body())], Config(), assets=ASSETS.urls)
        return len(gzip.compress(next(files).data, mtime=0))

    for path in ("model_doc/m00100/", "f3/p00035/"):
        assert abs(packed(4_700, path) - packed(470, path)) < 400
        assert packed(4_700, path) < 4_000


def test_the_list_of_all_pages_gives_way_to_a_page_of_its_name() -> None:
    files = laid_out(site(page("Site-Index/"), page("a/")))
    assert "site-index-/index.html" in files
    assert 'href="../site-index-/"' in files["a/index.html"]


def test_long_names_in_the_sidebar_break_between_their_words() -> None:
    title = "AutoModelForCausalLM<b>"
    html = laid_out(site(page("a/", title)))["a/index.html"]
    assert "Auto<wbr>Model<wbr>For<wbr>Causal<wbr>LM&lt;b&gt;" in html

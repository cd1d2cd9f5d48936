"""Lay out: whole pages around bodies, relative, with what readers and machines look for."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from sitegen.config import Config, FeedsConfig, ThemeConfig
from sitegen.layout.assets import load_assets
from sitegen.layout.policy import content_policy
from sitegen.model import Head, Heading, Page, PageLink, RenderedPage
from tests.layout.sites import ASSETS, body, laid_out, lay_out, nested, page, rendered, site, tree


def test_every_page_has_a_file_and_the_site_has_its_own_pages(everything: dict[str, str]) -> None:
    assert sorted(everything) == [
        "404.html",
        "a/b/index.html",
        "a/c/index.html",
        "a/index.html",
        "index.html",
        "site-index/index.html",
        "über uns/index.html",
    ]


def test_pages_are_laid_out_one_by_one_as_they_arrive() -> None:
    taken: list[str] = []
    a_site = site(page("a/"), page("b/"))

    def arriving() -> Iterator[RenderedPage]:
        for each in a_site.pages:
            taken.append(each.permalink)
            yield rendered(each, body())

    files = lay_out(a_site, arriving(), Config(), assets=ASSETS.urls)
    assert next(files).path == "a/index.html"
    assert taken == ["a/"]


def test_a_page_has_landmarks_one_h1_unique_ids_and_a_skip_link(everything: dict[str, str]) -> None:
    for path, html in everything.items():
        parsed = tree(html)
        for landmark in ("header", "main", "footer"):
            assert len(parsed.findall(f".//body//{landmark}")) == 1, (path, landmark)
        assert len(parsed.findall(".//h1")) == 1
        assert parsed.find(".//main//article//h1") is not None
        ids = [element.get("id") for element in parsed.iter() if element.get("id")]
        assert len(ids) == len(set(ids))
        assert parsed.find("./body/a").get("href") == "#sg-content"
        labels = [nav.get("aria-label") or nav.get("aria-labelledby") for nav in parsed.iter("nav")]
        assert None not in labels
        assert len(labels) == len(set(labels))


def test_all_links_are_relative_and_lead_to_files_of_the_site(everything: dict[str, str]) -> None:
    known = {*everything, *(file.path for file in ASSETS.files)}
    for path, html in everything.items():
        if path == "404.html":
            continue
        for element in tree(html).iter():
            link = element.get("href") or element.get("src")
            if not link or link.startswith("#"):
                continue
            parts = urlsplit(link)
            assert not parts.scheme, link
            assert not parts.path.startswith("/"), link
            target = posixpath.normpath(
                posixpath.join(posixpath.dirname(path), unquote(parts.path))
            )
            target = posixpath.join(target, "index.html") if parts.path.endswith("/") else target
            assert target.removeprefix("./") in known, (path, link)


def test_nothing_is_inline_and_the_policy_comes_before_all_it_governs(
    everything: dict[str, str],
) -> None:
    for html in everything.values():
        parsed = tree(html)
        head = list(parsed.find("head"))
        assert head[1].get("content") == content_policy(ThemeConfig())
        assert not list(parsed.iter("style"))
        assert all(script.get("src") and not script.text for script in parsed.iter("script"))
        for element in parsed.iter():
            assert not any(name == "style" or name.startswith("on") for name in element.attrib)
        scripts = [s for s in head if s.tag == "script"]
        assert scripts[0].get("src", "").rsplit("/", 1)[-1].startswith("theme.")
        assert "defer" not in scripts[0].attrib
        assert all("defer" in s.attrib for s in scripts[1:])


def test_insecure_requests_are_upgraded_only_where_the_site_is_served_securely() -> None:
    secure = laid_out(site(page("")), base_url="https://docs.test")["index.html"]
    plain = laid_out(site(page("")), base_url="http://intranet.test")["index.html"]
    assert "upgrade-insecure-requests" in secure
    assert "upgrade-insecure-requests" not in plain


def test_only_web_addresses_become_source_links_and_no_disk_path_is_shown() -> None:
    bad = page("a/")
    document = Head("a", bad.document.source, url="javascript:alert(1)")
    html = laid_out(site(Page(document, "A", "a/")))["a/index.html"]
    assert "javascript:" not in html
    assert "somebody" not in html
    assert "<code>a.md</code>" in html


def test_a_page_says_who_it_is_and_who_stands_beside_it() -> None:
    first = page("a/", "First", next=PageLink("Second", "b c/"))
    files = laid_out(
        site(first, page("b c/", "Second"), language="ar"), base_url="https://x.test/v1"
    )
    parsed = tree(files["a/index.html"])
    links = {
        element.get("rel"): element.get("href") for element in parsed.find("head").iter("link")
    }
    metas = {m.get("name") or m.get("property"): m.get("content") for m in parsed.iter("meta")}
    assert parsed.find(".//title").text == "First - Docs"
    assert (parsed.get("lang"), parsed.get("dir")) == ("ar", "rtl")
    assert links["canonical"] == "https://x.test/v1/a/"
    assert links["next"] == "../b%20c/"
    assert metas["description"] == metas["og:description"] == "What it says."
    assert metas["og:url"] == "https://x.test/v1/a/"


def test_without_a_base_url_no_absolute_address_is_claimed(everything: dict[str, str]) -> None:
    assert "canonical" not in everything["a/b/index.html"]
    assert "og:" not in everything["a/b/index.html"]


def test_the_not_found_page_works_at_any_depth() -> None:
    at_root = laid_out(site(page("a/")))["404.html"]
    below = laid_out(site(page("a/")), base_url="https://x.test/v1/")["404.html"]
    assert 'href="/assets/' in at_root
    assert 'href="/v1/assets/' in below
    assert 'href="/v1/a/"' in below
    assert "noindex" in below


def test_a_landing_page_stands_in_only_where_no_page_has_the_root() -> None:
    without = laid_out(nested(400))["index.html"]
    assert "What it says." in without
    assert len(tree(without).findall(".//section")) == 21
    assert "sg-cards" not in laid_out(site(page(""), page("a/")))["index.html"]


def test_colours_links_footer_and_announcement_come_from_the_configuration() -> None:
    theme = ThemeConfig(
        colors={"accent": "#123456", "accent-dark": "#abcdef", "bg": "white"},
        links={"Code": "https://code.test/x", "Guide": "b/"},
        footer="© Somebody",
        announcement="Version 2 is <out>",
    )
    assets = load_assets(theme=theme)
    html = laid_out(site(page("a/"), page("b/")), theme=theme, assets=assets.urls)["a/index.html"]
    colors = next(file for file in assets.files if "colors." in file.path).data.decode()
    assert "--sg-accent: light-dark(#123456, #abcdef);" in colors
    assert "--sg-bg: white;" in colors
    assert assets.url("colors.css") in html
    assert '<a href="https://code.test/x">Code</a>' in html
    assert '<a href="../b/">Guide</a>' in html
    assert "© Somebody" in html
    assert "Version 2 is &lt;out&gt;" in html


def test_a_page_carries_its_breadcrumbs_as_data_where_addresses_are_known() -> None:
    crumbs = (PageLink("Start", ""), PageLink("Group", None))
    html = laid_out(site(page("a/", "</script>A", breadcrumbs=crumbs)), base_url="https://h/d")
    parsed = tree(html["a/index.html"])
    (script,) = [s for s in parsed.iter("script") if s.get("type") == "application/ld+json"]
    article, list_of_crumbs = json.loads(script.text)["@graph"]
    assert article["headline"] == "</script>A"
    assert article["url"] == "https://h/d/a/"
    assert article["description"] == "What it says."
    items = list_of_crumbs["itemListElement"]
    assert [item["item"] for item in items] == ["https://h/d/", "https://h/d/a/"]
    assert [item["position"] for item in items] == [1, 2]


def test_a_page_leads_to_where_it_is_edited_and_to_tools_only_when_asked() -> None:
    theme = ThemeConfig(
        edit_url="https://code.test/edit/{source}",
        row_url="https://data.test/rows?q={id}",
        open_in={"A & B": "https://chat.test/?q=Read%20{url}"},
    )
    given = {"base_url": "https://h/d", "feeds": FeedsConfig()}
    plain = tree(laid_out(site(page("a b/")), **given)["a b/index.html"])
    html = laid_out(site(page("a b/")), **given, theme=theme)["a b/index.html"]
    origin = tree(html).find(".//nav[@class='sg-origin']")
    assert [a.text for a in plain.findall(".//nav[@class='sg-origin']/a")] == ["Back to top"]
    links = {a.text: a.get("href") for a in origin.findall("a")}
    menu = tree(html).findall(".//details[@class='sg-pop']/div/a")
    assert [a.text for a in menu] == ["Markdown", "Open in A & B"]
    links |= {a.text: a.get("href") for a in menu}
    assert links["Edit"] == "https://code.test/edit/a%20b.md"
    assert links["Open in A & B"] == (
        "https://chat.test/?q=Read%20https%3A%2F%2Fh%2Fd%2Fa%2520b.md"
    )
    assert 'data-row="https://data.test/rows?q={id}"' in html


def test_pages_that_shall_not_be_listed_say_so() -> None:
    hidden = laid_out(site(page("a/")), feeds=FeedsConfig(index=False))
    assert all(html.count('content="noindex"') >= 1 for html in hidden.values())
    assert "noindex" not in laid_out(site(page("a/")))["a/index.html"]


def test_long_names_in_the_table_of_contents_break_between_their_words() -> None:
    name = "TFBertForNextSentencePrediction"
    a_body = body("<h1>x</h1>", Heading(2, "a", name), Heading(2, "b", f"<{name}>"))
    html = laid_out(site(page("a/")), a_body)["a/index.html"]
    assert "TFBert<wbr>For<wbr>Next<wbr>Sentence<wbr>Prediction" in html
    assert "&lt;TFBert<wbr>For" in html


def test_the_language_of_a_page_is_marked_in_the_list_of_languages(
    project: Callable[..., Any],
) -> None:
    built = project({"en/a.md": "# A", "ar/a.md": "# \u0627"})
    for name in ("en", "ar"):
        html = built.read(f"{name}/a/index.html")
        assert "&#34;" not in html
        (here,) = tree(html).findall(".//a[@aria-current='true']")
        assert here.get("hreflang") == name


def test_pages_of_a_folder_offer_no_chunks(project: Callable[..., Any]) -> None:
    rows = '{"text": "# B", "source": "b.md"}\n'
    built = project({"a.md": "# A"})
    assert "sg-chunks" not in built.read("a/index.html")
    assert 'data-tool="chunks"' not in built.read("a/index.html")
    dataset = project({"../rows.jsonl": rows}, input=("rows.jsonl",))
    assert 'data-tool="chunks"' in dataset.read("b/index.html")


def test_a_page_whose_name_is_a_part_of_its_suffix_is_edited_at_its_source(project: Any) -> None:
    names = ("d.md", "m.md", "md.md", "guide/m.md", "guide/guide.md")
    theme = ThemeConfig(edit_url="https://code.test/{source}")
    built = project(dict.fromkeys(("a.md", *names), "# A\n"), theme=theme)
    for name in names:
        assert f'"https://code.test/{name}"' in built.read(f"{name[:-3]}/index.html")

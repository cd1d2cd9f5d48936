"""Lay out: whole pages around bodies, bounded, relative, escaped and without inline code."""

from __future__ import annotations

import gzip
import json
import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import unquote, urlsplit

import html5lib
import jinja2
import pytest

from sitegen.config import Config, FeedsConfig, ThemeConfig
from sitegen.data import data_folder
from sitegen.errors import ConfigError, TemplateError
from sitegen.layout.assets import load_assets
from sitegen.layout.frame import frame_of
from sitegen.layout.own_pages import own_files
from sitegen.layout.page import lay_out_page
from sitegen.layout.policy import content_policy
from sitegen.layout.templates import Templates
from sitegen.model import (
    Body,
    Document,
    Heading,
    NavItem,
    OutputFile,
    Page,
    PageLink,
    RenderedPage,
    Section,
    Site,
)
from sitegen.model.moves import Goal

ASSETS = load_assets()
HOSTILE = """"><script>alert(1)</script>{{ 7*7 }}'&<root>"""


def page(permalink: str, title: str = "", **more: Any) -> Page:
    name = permalink.strip("/") or "index"
    sections = (Section(0, "", "0_0", "docs.parquet", 0),)
    document = Document(name, f"/home/somebody/docs/{name}.md", "", sections, title=title or name)
    return Page(document, title or name, permalink, **more)


def body(html: str = "<h1>Title</h1><p>Text</p>", *headings: Heading) -> Body:
    return Body(html, headings, description="What it says.")


def site(*pages: Page, navigation: tuple[NavItem, ...] | None = None, **more: Any) -> Site:
    items = navigation or tuple(NavItem(each.title, each.permalink) for each in pages)
    return Site(more.pop("title", "Docs"), pages, items, **more)


def lay_out(
    site: Site,
    pages: Iterable[RenderedPage],
    config: Config,
    *,
    assets: Mapping[str, str],
    redirects: Mapping[str, Goal] = MappingProxyType({}),
) -> Iterator[OutputFile]:
    """Lay out pages as they arrive, then the pages of the site itself."""
    frame = frame_of(site, Templates(config.theme.templates), assets, config)
    yield from (lay_out_page(frame, page) for page in pages)
    for make in own_files(frame, redirects, lambda _: "What it says.").values():
        yield make()


def laid_out(a_site: Site, a_body: Body | None = None, **more: Any) -> dict[str, str]:
    assets = more.pop("assets", ASSETS.urls)
    redirects = more.pop("redirects", {})
    config = Config(**({"search": False, "feeds": FeedsConfig(False, False)} | more))
    pages = (RenderedPage(each, a_body or body()) for each in a_site.pages)
    files = lay_out(a_site, pages, config, assets=assets, redirects=redirects)
    return {file.path: file.data.decode() for file in files}


def tree(html: str) -> Any:
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    parsed = parser.parse(html)
    assert not parser.errors, parser.errors
    return parsed


def nested(count: int) -> Site:
    """Make a site of folders with ten pages each and one folder that holds half of all pages."""
    pages = [page(f"f{n // 10}/p{n:05}/", f"Page {n:05}") for n in range(count // 2)]
    crowd = [page(f"model_doc/m{n:05}/", f"Model {n:05}") for n in range(count // 2)]
    items = [NavItem(each.title, each.permalink) for each in pages]
    folders = [NavItem(f"F{n}", None, tuple(items[n : n + 10])) for n in range(0, len(items), 10)]
    models = NavItem("Models", None, tuple(NavItem(m.title, m.permalink) for m in crowd))
    return site(*pages, *crowd, navigation=(models, *folders))


@pytest.fixture(scope="module")
def everything() -> dict[str, str]:
    one = page("a/b/", "First & foremost", next=PageLink("Second", "a/c/"))
    two = page("a/c/", "Second", previous=PageLink(one.title, "a/b/"))
    pages = (one, two, page("über uns/", "Über"))
    navigation = (
        NavItem("Group", None, (NavItem(one.title, "a/b/"), NavItem("Second", "a/c/"))),
        NavItem("Über", "über uns/"),
    )
    html = '<h1 id="t">Title</h1><h2 id="x-y">A <code>b</code></h2>'
    outline = (Heading(1, "t", "Title"), Heading(2, "x-y", "A <b>"))
    return laid_out(site(*pages, navigation=navigation), body(html, *outline))


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
            yield RenderedPage(each, body())

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


def test_fragments_of_the_sidebar_exist_on_the_list_of_all_pages() -> None:
    files = laid_out(nested(400))
    ids = {element.get("id") for element in tree(files["site-index/index.html"]).iter()}
    hrefs = [a.get("href", "") for a in tree(files["model_doc/m00100/index.html"]).iter("a")]
    wanted = {urlsplit(href).fragment for href in hrefs if "site-index/#" in href}
    assert wanted
    assert wanted <= ids


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


def test_hostile_titles_and_sources_stay_text() -> None:
    crumbs = (PageLink(HOSTILE, None),)
    hostile = page("x/", HOSTILE, breadcrumbs=crumbs, next=PageLink(HOSTILE, "y/"))
    navigation = (NavItem(HOSTILE, None, (NavItem(HOSTILE, "x/"),)), NavItem(HOSTILE, "y/"))
    a_site = site(hostile, page("y/"), navigation=navigation, title=HOSTILE)
    outline = Heading(2, 'q"><script>', HOSTILE)
    for path, html in laid_out(
        a_site, body("<h1>x</h1>", outline), base_url="https://x.test"
    ).items():
        parsed = tree(html)
        assert len([s for s in parsed.iter("script") if not s.get("type")]) == 2, path
        assert "{{ 7*7 }}" in html
        assert "<root>" not in html
        assert HOSTILE in "".join(parsed.find(".//title").itertext())


def test_only_web_addresses_become_source_links_and_no_disk_path_is_shown() -> None:
    bad = page("a/")
    document = Document("a", bad.document.source, "", (), url="javascript:alert(1)")
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


def test_the_current_page_and_its_branch_are_marked_and_other_branches_are_closed() -> None:
    html = laid_out(nested(400))["f3/p00035/index.html"]
    sidebar = tree(html).find(".//nav[@id='sg-sidebar']")
    current = sidebar.findall(".//a[@aria-current='page']")
    assert [link.text for link in current] == ["Page 00035"]
    assert len(sidebar.findall("./ul/li/details")) == 1
    assert len(sidebar.findall("./ul/li[@data-branch]")) == len(sidebar.findall("./ul/li")) - 1
    assert sidebar.find("./ul/li[@data-branch]/a").get("href") == "../../model_doc/m00000/"


def test_a_small_site_shows_its_whole_navigation_on_every_page(everything: dict[str, str]) -> None:
    sidebar = tree(everything["über uns/index.html"]).find(".//nav[@id='sg-sidebar']")
    assert [a.text for a in sidebar.findall("./ul//a")] == ["First & foremost", "Second", "Über"]


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
        a.text for a in tree(files["p010/index.html"]).findall(".//nav[@id='sg-sidebar']/ul//a")
    ]
    assert shown[-2:] == ["Last section", "Show 260 below"]
    assert 'href="../site-index/#all"' in files["p010/index.html"]
    assert tree(files["site-index/index.html"]).find(".//*[@id='all']/ul") is not None
    assert len(shown) == 42


def test_the_bytes_of_a_page_do_not_grow_with_the_number_of_pages() -> None:
    def packed(count: int, path: str) -> int:
        a_site = nested(count)
        one = next(each for each in a_site.pages if each.permalink == path)
        files = lay_out(a_site, [RenderedPage(one, body())], Config(), assets=ASSETS.urls)
        return len(gzip.compress(next(files).data, mtime=0))

    for path in ("model_doc/m00100/", "f3/p00035/"):
        assert abs(packed(4_700, path) - packed(470, path)) < 400
        assert packed(4_700, path) < 4_000


def test_a_landing_page_stands_in_only_where_no_page_has_the_root() -> None:
    without = laid_out(nested(400))["index.html"]
    assert "What it says." in without
    assert len(tree(without).findall(".//section")) == 21
    assert "sg-cards" not in laid_out(site(page(""), page("a/")))["index.html"]


def test_the_list_of_all_pages_gives_way_to_a_page_of_its_name() -> None:
    files = laid_out(site(page("Site-Index/"), page("a/")))
    assert "site-index-/index.html" in files
    assert 'href="../site-index-/"' in files["a/index.html"]


def test_one_block_can_be_overridden_and_the_rest_stays_ours(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{% extends "sitegen/page.html" %}{% block footer %}<footer>{{ site.title }}!</footer>'
        "{% endblock %}"
    )
    html = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))["a/index.html"]
    assert "<footer>Docs!</footer>" in html
    assert 'id="sg-sidebar"' in html


def test_an_overridden_base_reaches_our_pages(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text(
        '{% extends "sitegen/base.html" %}{% block search %}<b>slot</b>{% endblock %}'
    )
    files = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
    assert all("<b>slot</b>" in html for html in files.values())


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("{% extends 'sitegen/page.html' %}\n{% block toc %}\n{{ tok }}{% endblock %}", 3, "'tok'"),
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
    ],
    ids=["undefined name", "syntax", "arithmetic", "sandbox"],
)
def test_a_faulty_template_is_named_with_its_line(
    tmp_path: Path, template: str, line: int, message: str
) -> None:
    (tmp_path / "page.html").write_text(template)
    with pytest.raises(TemplateError, match=message) as caught:
        laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
    assert (caught.value.location.file, caught.value.location.line) == ("page.html", line)


def test_a_template_that_links_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "page.html").symlink_to(tmp_path / "secret")
    with pytest.raises(TemplateError, match="leads out of its folder"):
        laid_out(site(page("a/")), theme=ThemeConfig(templates=theme))


def test_a_template_is_compiled_again_only_when_its_text_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile = jinja2.Environment._compile

    def count(self: jinja2.Environment, source: str, filename: str) -> Any:
        compiled.append(filename)
        return compile(self, source, filename)

    monkeypatch.setattr(jinja2.Environment, "_compile", count)
    laid_out(site(page("a/")))
    for text, wanted in [("one", ["page.html"]), ("one", []), ("two", ["page.html"])]:
        (tmp_path / "page.html").write_text(f"{{# {tmp_path} #}}{text}")
        compiled.clear()
        files = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
        assert files["a/index.html"] == text
        assert compiled == wanted
    assert 'id="sg-sidebar"' in laid_out(site(page("a/")))["a/index.html"]


def test_a_missing_template_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no folder"):
        laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path / "absent"))


def test_extra_files_of_the_project_are_linked(tmp_path: Path) -> None:
    for name in ("extra.css", "extra.js", "logo.svg"):
        (tmp_path / name).write_text("x")
    assets = load_assets(tmp_path)
    a_site = site(page("a/"))
    pages = [RenderedPage(a_site.pages[0], body())]
    file: OutputFile = next(lay_out(a_site, pages, Config(), assets=assets.urls))
    html = file.data.decode()
    for name in ("extra.css", "extra.js", "logo.svg"):
        assert f'"../{assets.url(name)}"' in html
    assert html.index(assets.url("site.css")) < html.index(assets.url("extra.css"))


def test_a_body_is_pasted_as_it_is() -> None:
    html = '<h1>x</h1><p style="color:red">{{ a }} {% b %}</p>'
    assert html in laid_out(site(page("a/")), body(html))["a/index.html"]


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


def test_long_names_in_the_sidebar_break_between_their_words() -> None:
    title = "AutoModelForCausalLM<b>"
    html = laid_out(site(page("a/", title)))["a/index.html"]
    assert "Auto<wbr>Model<wbr>For<wbr>Causal<wbr>LM&lt;b&gt;" in html


def test_no_value_of_a_template_brings_marks_of_its_own() -> None:
    """A string with quotes in an expression is escaped: attributes stand in `if` blocks."""
    for path in data_folder("templates").rglob("*.html"):
        for expression in re.findall(r"\{\{(.*?)\}\}", path.read_text(encoding="utf-8"), re.DOTALL):
            assert not re.search(r"""=["']|<""", expression), path.name


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

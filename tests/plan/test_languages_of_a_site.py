"""Several languages: each has its own order, navigation, redirects and start page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from itertools import product
from typing import Any

import pytest

from sitegen.assemble.grouping.sources import language_folders, languages_among

TOCTREE = (
    "- title: Part {0}\n  sections:\n  - {{local: zeta, title: Z first {0}}}\n  - local: alpha\n"
)
LANGUAGES = ("ar", "en", "ko")
PAGES = {
    f"{tag}/{name}": text
    for tag in LANGUAGES
    for name, text in {
        "index.md": "# Start",
        "alpha.md": "# Alpha",
        "zeta.md": "# Zeta",
        "_toctree.yml": TOCTREE.format(tag),
    }.items()
}


def _sidebar(html: str) -> str:
    return html.partition('id="sg-sidebar"')[2].partition("</nav>")[0]


def _tabs(html: str) -> list[str]:
    tabs = html.partition('class="sg-libraries"')[2].partition("</ul>")[0]
    return re.findall(r"<a [^>]+>([^<]+)", tabs)


@pytest.mark.parametrize(
    "others", [{}, {"README.md": "# Read me"}, {"README.md": "# R", "unpublished/x.md": "# X"}]
)
def test_each_language_has_its_own_toctree_whatever_is_beside_it(
    project: Callable[..., Any], others: dict[str, str]
) -> None:
    built = project(PAGES | others)
    for tag in LANGUAGES:
        html = built.read(f"{tag}/zeta/index.html")
        direction = "rtl" if tag == "ar" else "ltr"
        assert f'<html lang="{tag}" dir="{direction}">' in html
        titles = re.findall(r">([^<>\n]+)</(?:a|summary)>", _sidebar(html))
        assert titles[:4] == [f"Part {tag}", f"Z first {tag}", "Alpha", "Start"]
        assert f'class="sg-brand" href="../../{tag}/"' in html


def test_reading_on_does_not_lead_into_another_language(project: Callable[..., Any]) -> None:
    built = project(PAGES)
    for tag in LANGUAGES:
        first, last = (built.read(f"{tag}/{name}index.html") for name in ("zeta/", ""))
        assert 'rel="prev"' not in first
        assert 'rel="next"' not in last


def test_a_finding_in_a_toctree_of_a_folder_names_the_folder(project: Callable[..., Any]) -> None:
    built = project(PAGES | {"ko/_toctree.yml": "- local: gone\n"})
    (finding,) = (f for f in built.result.diagnostics if f.code == "toctree-page")
    assert (finding.location.file, finding.location.line) == ("ko/_toctree.yml", 1)


def test_the_toctree_of_a_part_is_a_group_of_its_name(project: Callable[..., Any]) -> None:
    toctree = "- {local: b, title: B first}\n- local: a\n"
    built = project(
        {"index.md": "# S", "the-hub/a.md": "# A", "the-hub/b.md": "# B"}
        | {"the-hub/_toctree.yml": toctree}
    )
    titles = re.findall(
        r">([^<>\n]+)</(?:a|summary)>", _sidebar(built.read("the-hub/a/index.html"))
    )
    assert titles[:3] == ["The hub", "B first", "A"]


def test_a_toctree_further_out_speaks_for_the_folders_that_it_names(
    project: Callable[..., Any],
) -> None:
    built = project(
        {"x/a.md": "# A", "x/b.md": "# B", "_toctree.yml": "- {local: x/a, title: Outer}\n"}
        | {"x/_toctree.yml": "- {local: a, title: Inner}\n"}
    )
    assert "Outer" in (html := built.read("x/a/index.html"))
    assert "Inner" not in html


def test_redirects_of_a_folder_count_from_there(project: Callable[..., Any]) -> None:
    built = project(PAGES | {"ko/_redirects.yml": "old: alpha\naway: https://example.com/\n"})
    assert 'href="../alpha/' in built.read("ko/old/index.html")
    assert "https://example.com/" in built.read("ko/away/index.html")


@pytest.mark.parametrize(
    ("pages", "languages"),
    [
        (["en/a", "ko/b"], {"en", "ko"}),
        (["en/a", "ko/a", "README"], {"en", "ko"}),
        (["en/a", "ko/a", "cn/a"], {"en", "ko"}),
        (["io/read", "os/path", "README"], set()),  # parts of a reference
        (["io/a", "os/a", "x/1", "x/2", "x/3"], set()),
        (["IO/a", "OS/a", "README"], set()),  # short for other words
        (["AR/a", "ML/b"], set()),
        (["EN/a", "DE/a", "README"], {"EN", "DE"}),
        (["en/a", "README"], set()),
        (["go/a", "io/a", "cs/a"], set()),  # of programs
        (["go/a", "en/a", "de/a", "ko/a"], {"en", "de", "ko"}),
        (["blog/index", "de/index", "fr/index", "de/a", "fr/a"], {"de", "fr"}),
    ],
)
def test_folders_are_languages_where_they_hold_translations(
    pages: list[str], languages: set[str]
) -> None:
    assert languages_among(page.split("/") for page in pages) == languages


@pytest.mark.parametrize(
    ("pages", "folders"),
    [
        (["v1.0/en/a", "v1.0/ar/a", "v2.0/en/a"], {"v1.0/en", "v1.0/ar"}),
        (["docs/v1/en/a", "docs/v1/ko/a", "docs/x"], {"docs/v1/en", "docs/v1/ko"}),
        (["en/a", "ko/a", "en/x/en/a", "en/x/ko/a"], {"en", "ko"}),
        (["ref/io/a", "ref/os/a"], set()),
        (["ref/en/a", "ref/x/a", "x/y"], set()),
    ],
)
def test_languages_may_stand_below_versions(pages: list[str], folders: set[str]) -> None:
    assert language_folders(page.split("/") for page in pages) == folders


def test_pages_below_a_version_are_in_their_language_and_lead_to_the_same_in_others(
    project: Callable[..., Any],
) -> None:
    places = product("12", ("en", "ar"), "ab")
    pages = {f"v{n}/{tag}/{name}.md": f"# {name}\n" for n, tag, name in places}
    built = project(pages | {"v2/ar/b.md": "# b\n\n> [!NOTE]\n> c\n", "v2/fr/a.md": "# a\n"})
    html = built.read("v2/ar/b/index.html")
    assert '<html lang="ar" dir="rtl">' in html
    assert ">ملاحظة</p>" in html
    links = re.findall(r'<li><a href="([^"]+)" lang="(\w+)"', html)
    assert links == [("./", "ar"), ("../../en/b/", "en"), ("../../fr/", "fr")]
    assert '<html lang="en"' in built.read("v1/en/a/index.html")


LACKING = {
    "en/index.md": "# Home",
    "en/setup.md": "# Setting up",
    "en/_toctree.yml": "- local: index\n- local: setup\n",
    "ko/index.md": "# Start ko\n\nSee [setup](setup.md#part), [gone](gone.md), [own](index.md).",
    "ko/_toctree.yml": "- local: index\n- local: setup\n  title: Setup ko\n- local: never\n",
    "de/_toctree.yml": "- local: index\n",
    "de/index.md": '# Start de\n\n<a href="./setup.md">raw</a>',
}


def test_a_page_that_a_language_lacks_is_that_of_the_first_language_marked(
    project: Callable[..., Any],
) -> None:
    built = project(LACKING)
    korean, german = built.read("ko/index.html"), built.read("de/index.html")
    assert '<a href="../en/setup/#part" hreflang="en">setup</a>' in korean
    assert '<a href="../en/setup/" hreflang="en">Setup ko</a>' in _sidebar(korean)
    assert '<a href="./">own</a>' in korean
    assert 'href="../en/setup/"' in german
    english = built.read("en/setup/index.html")
    assert "hreflang" not in _sidebar(english)
    assert ">Setting up</a>" in _sidebar(english)
    assert "(en/setup.md#part)" in built.read("ko.md")
    found = [(f.code, f.message) for f in built.result.diagnostics if f.severity == "warning"]
    assert found == [
        ("toctree-page", "the toctree names 'ko/never', which the input does not hold"),
        ("link-page", "link to 'ko/gone': the input holds no such page"),
    ]


def test_the_language_that_others_fall_back_to_may_be_configured(
    project: Callable[..., Any],
) -> None:
    pages = {"de/index.md": "# D", "de/x.md": "# X", "fr/index.md": "# F\n\n[x](x.md)"}
    assert 'hreflang="de"' in project(pages).read("fr/index.html")
    pages |= {"en/index.md": "# E"}
    assert 'hreflang="de">x</a>' in project(pages, language="de").read("fr/index.html")
    assert "hreflang" not in project(pages).read("fr/index.html").partition("<main")[2]


def test_a_page_that_is_named_like_its_language_has_that_alone(project: Callable[..., Any]) -> None:
    built = project(
        {
            "index.md": "# Home\n\nEnglish words on the start page, and a few more of them.",
            "ja.md": "# ホーム\n\nこれは日本語のページです。",
            "README.zh-CN.md": "# 首页\n\n这是一个中文页面。",
            "guide/ar.md": "# الرئيسية\n\nهذه صفحة باللغة العربية",
            "io.md": "# io\n\nA page about input and output.",
        }
    )
    tags = {
        "index.html": "en",
        "ja/index.html": "ja",
        "README.zh-CN/index.html": "zh-CN",
        "guide/ar/index.html": "ar",
        "io/index.html": "en",
    }
    for path, tag in tags.items():
        assert f'<html lang="{tag}"' in built.read(path), path
    assert 'lang="ar" dir="rtl"' in built.read("guide/ar/index.html")


def test_a_folder_named_with_an_underscore_is_a_language_as_html_writes_it(project: Any) -> None:
    pages = {"en/index.md": "# A\n", "en/b.md": "# B\n", "pt_BR/index.md": "# C\n\n[b](b)\n"}
    html = project(pages).read("pt_BR/index.html")
    assert '<html lang="pt-BR"' in html
    assert 'lang="pt-BR" hreflang="pt-BR"' in html
    assert 'pt_BR"' not in html
    assert "Copiar" in html


def test_a_folder_in_capitals_is_a_language_as_html_writes_it(project: Any) -> None:
    pages = {"EN/a.md": "# A\n", "EN/b.md": "# B\n", "DE/a.md": "# C\n\n[b](b.md)\n"}
    html = project(pages).read("DE/a/index.html")
    assert '<html lang="de"' in html
    assert 'href="../../EN/b/" hreflang="en"' in html
    assert "Tastatur" in html


WORDS = {"de": ("Der Kessel", "Das Wasser kocht."), "en": ("It", "Water boils.")}
ROWS = [
    {"source": f"{library}/docs/source/{tag}/{name}.md", "text": f"# {title}\n\n{WORDS[tag][1]}"}
    for library, tag in (("kettle", "de"), ("kettle", "en"), ("teapot", "en"))
    for name, title in (("index", f"{WORDS[tag][0]} of {library}"), ("guides/a", "Alpha"))
]
LIBRARIES = {"rows.jsonl": "\n".join(map(json.dumps, ROWS))}


def test_each_language_has_the_libraries_that_are_in_it(project: Callable[..., Any]) -> None:
    built = project(LIBRARIES, input=("docs/rows.jsonl",))
    german, english = (
        built.read(f"{library}/guides/a/index.html") for library in ("de/kettle", "en/teapot")
    )
    assert _tabs(german) == ["Der Kessel of kettle"]
    assert _tabs(english) == ["It of kettle", "It of teapot"]
    assert 'class="sg-brand" href="../../../../de/"' in german
    assert "en/kettle/guides/a/" in german  # the same page, in the switcher
    assert "teapot" not in _sidebar(german)


def test_a_language_without_a_start_page_lists_what_is_in_it(
    project: Callable[..., Any],
) -> None:
    built = project(LIBRARIES, input=("docs/rows.jsonl",))
    html = built.read("de/index.html")
    assert "<h1>Deutsch</h1>" in html
    assert '<html lang="de"' in html
    assert "Der Kessel of kettle" in html
    assert 'href="../en/" lang="en"' in html
    # What another language lacks leads there, too.
    assert 'href="../../../../de/" lang="de"' in built.read("en/teapot/guides/a/index.html")


def test_the_start_page_leads_to_the_language_of_the_site(project: Callable[..., Any]) -> None:
    html = project({"de/index.md": "# Kessel", "en/index.md": "# Kettle"}).read("index.html")
    assert 'class="sg-cta sg-cta-first" href="en/"' in html
    assert '<section class="sg-card" lang="de" dir="auto">' in html


def test_no_page_leads_to_a_language_whose_pages_are_all_hidden(
    project: Callable[..., Any],
) -> None:
    hidden = "---\nhidden: true\n---\n"
    texts = {"en": "", "ar": "", "fr": hidden}
    built = project({f"{each}/a.md": f"{head}# A\n\nText.\n" for each, head in texts.items()})
    for page in ("en/a/", "fr/a/", "ar/", ""):
        assert re.search(r'href="[./]*fr/"', built.read(f"{page}index.html")) is None


def test_pages_of_a_language_without_a_toctree_are_not_missing_in_one(
    project: Callable[..., Any],
) -> None:
    pages = {path: text for path, text in PAGES.items() if path != "ko/_toctree.yml"}
    built = project({**pages, "ar/more.md": "# More"})
    found = [d for d in built.result.diagnostics if d.code == "toctree-missing"]
    assert [d.location.page for d in found] == ["ar/index", "ar/more", "en/index"]


def test_a_redirect_to_a_page_that_a_language_lacks_leads_to_the_first_language(
    project: Callable[..., Any],
) -> None:
    pages = {path: text for path, text in PAGES.items() if path != "ko/alpha.md"}
    built = project({**pages, "ko/_redirects.yml": "old: alpha#part\nolder: old\nnone: nothing"})
    assert 'href="../../en/alpha/#part"' in built.read("ko/old/index.html")
    assert 'href="../../en/alpha/#part"' in built.read("ko/older/index.html")
    codes = [d.message for d in built.result.diagnostics if d.code == "redirect-target"]
    assert codes == ["'ko/none' leads to 'ko/nothing', which is no page"]

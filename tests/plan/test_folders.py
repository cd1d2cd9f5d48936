"""Navigation by paths and front matter, where no toctree orders the pages."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.errors import Diagnostic
from sitegen.model import Document, Section
from sitegen.plan.nav import plan, site_language
from tests.plan.planned import PLACED, documents, outline, site, titles


def test_without_a_toctree_pages_stand_in_natural_order_of_their_paths() -> None:
    planned, _ = site("ch10", "ch9", "index", "b/2", "b/10", "b/index", "a")
    assert outline(planned.navigation) == [
        ("INDEX", ""),
        ("A", "a/"),
        ("B/INDEX", "b/", [("B/2", "b/2/"), ("B/10", "b/10/")]),
        ("CH9", "ch9/"),
        ("CH10", "ch10/"),
    ]
    assert [p.document.id for p in planned.pages] == [
        *("index", "a", "b/index", "b/2", "b/10", "ch9", "ch10"),
    ]


def test_a_page_beside_a_folder_of_its_name_heads_it() -> None:
    planned, _ = site("a/b", "a")
    assert outline(planned.navigation) == [("A", "a/", [("A/B", "a/b/")])]


def test_a_folder_without_a_page_is_a_group_with_words_for_a_title() -> None:
    planned, _ = site("user_guide/a")
    assert outline(planned.navigation) == [
        ("User guide", None, [("USER_GUIDE/A", "user_guide/a/")])
    ]


def test_folders_that_hold_one_other_and_no_page_are_one_group_with_it() -> None:
    planned, _ = site("guide/content/steps/a", "guide/content/steps/b", "api/v1/c", "api/d")
    assert outline(planned.navigation) == [
        (
            "API",
            None,
            [("API/D", "api/d/"), ("V1", None, [("API/V1/C", "api/v1/c/")])],
        ),
        (
            "Guide / Content / Steps",
            None,
            [
                ("GUIDE/CONTENT/STEPS/A", "guide/content/steps/a/"),
                ("GUIDE/CONTENT/STEPS/B", "guide/content/steps/b/"),
            ],
        ),
    ]


def test_a_page_in_a_folder_or_beside_it_ends_a_chain() -> None:
    titles = [item.title for item in site("a/b/c/x", "a/b")[0].navigation]
    inner = [item.title for item in site("a/b/c/x", "a/b")[0].navigation[0].items]
    assert (titles, inner) == (["A"], ["A/B"])
    assert [item.title for item in site("a/b/c/x", "a/index")[0].navigation] == ["A/INDEX"]


def test_the_folder_of_a_language_is_no_part_of_a_chain() -> None:
    heads = [
        replace(each, language=each.id[:2]).head()
        for each in documents("en/guide/a", "en/guide/b", "fr/guide/a")
    ]
    planned = plan(heads, (), title="", language="", notices=[])
    groups = [[each.title for each in item.items] for item in planned.navigation]
    assert groups == [["Guide"], ["Guide"]]


def test_an_address_that_is_cut_short_in_a_chain_still_lists_what_is_there(project: Any) -> None:
    built = project({"guide/content/a.md": "# A\n", "guide/content/b.md": "# B\n", "c.md": "# C\n"})
    for folder in ("guide", "guide/content"):
        assert 'href="' in built.read(f"{folder}/index.html")


def test_folders_as_deep_as_ids_go_do_not_exhaust_the_stack() -> None:
    assert len(site(*("/".join("a" * depth) for depth in range(1, 41)))[0].pages) == 40


def test_front_matter_places_pages_in_their_folders_and_names_them(project: Any) -> None:
    built = project({**PLACED, "x.md": "# X\n\n[s](secret.md)\n"})
    guide = ["Guide", "Guide", "See", "Second letter", "First letter"]
    assert titles(built) == ["Home", "Animals", "About", "X", *guide]
    assert built.codes == []
    assert "<title>All our animals" in built.read("zoo/index.html")


def test_a_hidden_page_is_built_and_linked_to_but_stands_in_no_navigation(project: Any) -> None:
    built = project({**PLACED, "x.md": "# X\n\n[s](secret.md)\n"})
    assert "Secret" in built.read("secret/index.html")
    assert "Secret" not in built.read("about/index.html")
    assert 'rel="prev"' not in built.read("secret/index.html")
    assert "secret" in built.pages
    assert "Secret" not in titles(built)


def test_a_place_that_there_is_not_is_reported_where_it_is_written(project: Any) -> None:
    built = project({"a.md": "---\norder: first\nhidden: maybe\n---\n# A\n", "b.md": "# B\n"})
    assert built.codes == ["nav-place", "nav-place"]
    first = built.result.diagnostics[0]
    assert first.message == "order of the front matter must be a number, not 'first'"
    assert first.location.page == "a"


def test_groups_are_named_as_titles_of_pages_write_them() -> None:
    titles = {"sagemaker/train": "Training on SageMaker", "api/x": "X", "chapter0/a": "A"}
    section = (Section(0, "", "", "a.md", None),)
    pages = [
        Document(id, f"{id}.md", "x\n", section, title=title).head()
        for id, title in ({**titles, "mp3/b": "ALL LOUD MP3"}).items()
    ]
    site = plan(pages, (), title="", language="", notices=[])
    assert {item.title for item in site.navigation} == {"SageMaker", "API", "Chapter 0", "Mp3"}


@pytest.mark.parametrize(
    ("library", "text", "title", "language"),
    [
        ("kettle-ar", "الغلاية جهاز يسخن الماء.", "Kettle", "ar"),
        ("kettle-it", "A kettle for who works with computers.", "Kettle it", "en"),
        ("kettle-api", "A kettle.", "Kettle API", "en"),
    ],
)
def test_the_script_of_a_dataset_is_its_language_and_no_part_of_its_name(
    library: str, text: str, title: str, language: str
) -> None:
    section = (Section(0, "", "", "a.md", None),)
    url = f"https://docs.example.org/docs/{library}/a/"
    notices: list[Diagnostic] = []
    page = Document("a", "a.md", text, section, title="A", url=url).head()
    told = site_language([page], notices, [text])
    made = plan([page], (), title="", language=told, notices=notices)
    assert (made.title, made.language) == (title, language)
    assert [n.code for n in notices] == ["language-guessed"] * (language != "en")
    assert plan([page], (), title="", language="nl", notices=[]).language == "nl"


def test_start_pages_come_before_the_alphabet() -> None:
    names = ("accelerate", "zebra", "quickstart", "installation", "index", "api/overview", "api/a")
    site = plan(documents(*names), (), title="", language="", notices=[])
    assert [item.title for item in site.navigation][:3] == ["INDEX", "INSTALLATION", "QUICKSTART"]
    api = next(item for item in site.navigation if item.title == "API")
    assert [item.permalink for item in api.items] == ["api/overview/", "api/a/"]


def test_pages_of_like_names_are_a_group_where_a_folder_is_long() -> None:
    alike = ("spaces", "spaces-docker", "spaces-gpu", "spaces-config")
    others = tuple(f"{chr(97 + n)}page" for n in range(14))
    site = plan(documents(*alike, *others), (), title="", language="", notices=[])
    group = next(item for item in site.navigation if item.items)
    assert group.permalink == "spaces/"
    assert [item.permalink for item in group.items] == [
        "spaces-config/",
        "spaces-docker/",
        "spaces-gpu/",
    ]
    short = plan(documents(*alike), (), title="", language="", notices=[])
    assert not any(item.items for item in short.navigation)


def test_like_names_of_all_pages_of_a_folder_are_no_group_within_it() -> None:
    names = tuple(f"models/model_{n:02}" for n in range(20))
    site = plan(documents("index", *names), (), title="", language="", notices=[])
    (models,) = (item for item in site.navigation if item.items)
    assert [item.permalink for item in models.items] == [f"{name}/" for name in names]


def test_like_names_that_no_title_speaks_of_are_no_group() -> None:
    given = documents(*(f"perf_{n}" for n in "abcdefgh"), *(f"p{n}" for n in range(12)))
    given = [replace(each, title=f"Page {each.id[-1]}") for each in given]
    site = plan(given, (), title="", language="", notices=[])
    assert not any(item.items for item in site.navigation)

"""Navigation: the toctree's tree of pages, their order, links and breadcrumbs."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.errors import PlanError, Severity
from sitegen.model import TocEntry
from sitegen.plan.nav import plan, site_title
from tests.plan.planned import PLACED, documents, outline, site, titles


def test_navigation_follows_the_toctree() -> None:
    toctree = (
        TocEntry("Home", "index"),
        TocEntry("Guides", "", (TocEntry("First b", "b"), TocEntry("Then a", "a")), expanded=True),
    )
    planned, notices = site("a", "b", "index", toctree=toctree)
    assert notices == []
    assert outline(planned.navigation) == [
        ("Home", ""),
        ("Guides", None, [("First b", "b/"), ("Then a", "a/")]),
    ]
    assert planned.navigation[1].expanded


def test_reading_order_links_and_breadcrumbs_follow_the_navigation() -> None:
    toctree = (
        TocEntry("Home", "index"),
        TocEntry("Guides", "", (TocEntry("B", "b", (TocEntry("C", "c"),)), TocEntry("A", "a"))),
    )
    pages = site("a", "b", "c", "index", toctree=toctree)[0].pages
    assert [page.document.id for page in pages] == ["index", "b", "c", "a"]
    assert [p.previous.title if p.previous else None for p in pages] == [None, "Home", "B", "C"]
    assert [p.next.permalink if p.next else None for p in pages] == ["b/", "c/", "a/", None]
    assert [[crumb.title for crumb in page.breadcrumbs] for page in pages] == [
        [],
        ["Guides"],
        ["Guides", "B"],
        ["Guides"],
    ]
    assert pages[1].title == "B"


def test_an_entry_without_a_page_is_left_out_with_a_warning() -> None:
    toctree = (
        TocEntry("A", "a"),
        TocEntry("Gone", "gone"),
        TocEntry("G", "", (TocEntry("X", "x"),)),
    )
    planned, notices = site("a", toctree=toctree)
    assert outline(planned.navigation) == [("A", "a/")]
    assert [(n.code, n.severity) for n in notices] == [("toctree-page", Severity.WARNING)] * 2
    assert "'gone'" in notices[0].message


def test_a_missing_page_with_sections_is_a_plain_group() -> None:
    planned, _ = site("a", toctree=(TocEntry("Gone", "gone", (TocEntry("A", "a"),)),))
    assert outline(planned.navigation) == [("Gone", None, [("A", "a/")])]


def test_pages_that_the_toctree_does_not_name_follow_with_a_warning() -> None:
    planned, notices = site("a", "z", "m/b", toctree=(TocEntry("A", "a"),))
    assert [page.document.id for page in planned.pages] == ["a", "m/b", "z"]
    assert {(n.code, n.severity) for n in notices} == {("toctree-missing", Severity.WARNING)}
    assert sorted(notice.location.page for notice in notices) == ["m/b", "z"]


def test_the_page_for_what_is_not_there_is_in_no_navigation_unless_a_toctree_names_it() -> None:
    assert outline(site("a", "404")[0].navigation) == [("A", "a/")]
    named, notices = site("a", "404", toctree=(TocEntry("A", "a"), TocEntry("Lost", "404")))
    assert outline(named.navigation) == [("A", "a/"), ("Lost", "404/")]
    assert notices == []
    assert len(site("a", "errors/404")[0].navigation) == 2


def test_a_page_named_twice_keeps_its_first_place() -> None:
    toctree = (TocEntry("A", "a"), TocEntry("B", "b"), TocEntry("A again", "a"))
    assert [p.document.id for p in site("a", "b", toctree=toctree)[0].pages] == ["a", "b"]


def test_every_page_is_in_the_navigation_once() -> None:
    ids = ["index", "README-page", "a", "a/index-page", "a/b", "a/b/c", "1", "01", "A b"]
    planned, _ = site(*ids)
    assert sorted(p.document.id for p in planned.pages) == sorted(ids)


@pytest.mark.parametrize(
    ("title", "ids", "expected"),
    [("Given", ["index"], "Given"), ("", ["index"], "Documentation"), ("", ["a"], "Documentation")],
)
def test_the_site_is_named_by_the_config_or_its_start_page(
    title: str, ids: list[str], expected: str
) -> None:
    assert site(*ids, title=title)[0].title == expected


def test_a_site_is_not_named_after_the_file_of_its_start_page() -> None:
    (head,) = (each.head() for each in documents("index"))
    named = replace(head, title="Kettle")
    assert site_title([named], "en") == "Kettle"
    for title in ("Index", "README"):
        assert site_title([replace(head, title=title)], "en") == "Documentation"


@pytest.mark.parametrize(
    ("urls", "expected"),
    [
        (("/docs/peft/v1/en/a", "/docs/peft/v1/en/b"), "Peft"),
        (("/docs/peft/a", "/docs/diffusers/a"), "Documentation"),
        (("/docs/install", "/docs/guides/a", "/docs/guides/b"), "Documentation"),
    ],
)
def test_a_site_is_named_after_the_library_that_all_its_addresses_share(
    urls: tuple[str, ...], expected: str
) -> None:
    heads = [
        replace(each.head(), url=f"https://x.example{url}")
        for each, url in zip(documents("a", "b", "c"), urls, strict=False)
    ]
    assert site_title(heads, "en") == expected


def test_a_site_without_pages_is_refused() -> None:
    with pytest.raises(PlanError, match="no pages"):
        site()


def test_a_toctree_goes_before_front_matter(project: Any) -> None:
    toctree = "- {local: secret, title: Shown}\n- {local: index, title: Start}\n"
    built = project(
        {"_toctree.yml": toctree, "index.md": PLACED["index.md"]}
        | {"secret.md": PLACED["secret.md"], "z.md": "---\nhidden: true\n---\n# Z\n"}
    )
    assert titles(built) == ["Shown", "Start"]
    assert built.codes == []


def test_pages_that_a_banner_heads_are_named_after_their_paths() -> None:
    ids = ("index", "Guides/Index", "Guides/Getting-Started", "Guides/testing", "Hooks", "LTS")
    heads = [replace(each.head(), title="Kettle") for each in documents(*ids)]
    own = replace(documents("Own")[0].head(), title="My own")
    planned = plan([*heads, own], (), title="", language="", notices=[])
    assert {page.document.id: page.title for page in planned.pages} == {
        "index": "Kettle",
        "Guides/Index": "Guides",
        "Guides/Getting-Started": "Getting Started",
        "Guides/testing": "Testing",
        "Hooks": "Hooks",
        "LTS": "LTS",
        "Own": "My own",
    }

"""The name of a site behind the titles of its pages."""

from __future__ import annotations

import pytest

from sitegen.restore.headings.site_names import shared_title

PAGES = [f"Pump {n}" for n in range(20)]
HOST = "https://docs.pumps.example/guide"


@pytest.mark.parametrize(
    ("behind", "name", "home"),
    [
        (" | Pumps", "Pumps", "Pumps | Move water"),  # Docusaurus
        (" — Pumps 1.2 documentation", "Pumps 1.2 documentation", "Welcome to Pumps!"),  # Sphinx
        (" - Pumps", "Pumps", "Pumps"),  # MkDocs
        (" | Pumps Handbook", "Pumps Handbook", "Introduction | Pumps Handbook"),  # GitBook
        (" :: Pumps", "Pumps", "Pumps"),  # Hugo
        (" — Pumps stable documentation", "Pumps stable documentation", "Index"),  # Read the Docs
        (" | Pumps", "Pumps", "Pumps - Move water"),  # VitePress
        (" · Pumps", "Pumps", "Pumps · Move water"),  # GitHub
        (" – Docs – Pumps", "Pumps", "Pumps"),  # Nextra
        (" - how to - Pumps", "Pumps", "Pumps: all you need - Pumps"),  # dashes of their own
    ],
)
def test_a_site_is_called_what_nearly_all_titles_of_a_generator_end_with(
    behind: str, name: str, home: str
) -> None:
    assert shared_title([home, *(page + behind for page in PAGES)]).title == name


@pytest.mark.parametrize("joint", [" - ", " | ", ": ", " — "])
def test_a_word_that_many_pages_have_behind_their_title_is_no_site(joint: str) -> None:
    titles = [f"{page}{joint}Overview" for page in PAGES]
    others = [f"{page}{joint}{word}" for page in PAGES[:4] for word in ("Usage", "Options")]
    assert shared_title([*titles, *others]).title == ""
    assert shared_title([*titles, *(f"Valve {n}" for n in range(4))]).title == ""
    assert shared_title([*titles, *PAGES[:3]]).title == "", "two pages would be called the same"
    of_site = [f"{title} | Pumps" for title in (*titles, *others)]
    assert shared_title(of_site).title == "Pumps", "the name of the site stands behind the word"


def test_what_most_pages_alone_end_with_is_the_site_where_its_address_says_so() -> None:
    titles = [*(f"{page} | Pumps" for page in PAGES), *(f"News {n}" for n in range(10))]
    assert shared_title(titles).title == ""
    assert shared_title(titles, [HOST] * 30).title == "Pumps"
    assert shared_title(titles, ["https://docs.valves.example/pumps"] * 30).title == ""


def test_pages_that_have_no_title_say_nothing_of_the_site() -> None:
    assert shared_title([*(f"{page} | Pumps" for page in PAGES), *[""] * 90]).title == "Pumps"


def test_the_title_of_a_site_is_that_of_most_pages_or_stands_behind_theirs() -> None:
    assert shared_title(["Docs", "Docs", "Docs", "A"]).title == "Docs"
    assert shared_title(["Docs", "A | Docs", "B | Docs", "C"]).title == "Docs"
    assert shared_title(["A | Docs", "B | Docs", "", "C", "D"]).title == ""
    assert shared_title(["A | Docs", "B | Docs", "C | Docs", "D | News"]).title == ""


def test_a_title_that_all_pages_have_is_whole() -> None:
    assert shared_title(["Pumps - Docs"] * 3).title == "Pumps - Docs"


@pytest.mark.parametrize(
    ("titles", "where"),
    [
        ([f"Pumps · {page}" for page in PAGES], "before"),
        ([f"Pumps - {page} - like {page}" for page in PAGES], "before"),
        ([f"{page} (Pumps)" for page in PAGES], "in brackets"),
        ([f"{page} | Pumps" for page in PAGES], "behind"),
    ],
    ids=["before", "before-more", "in-brackets", "behind"],
)
def test_a_site_may_be_called_before_the_titles_of_its_pages_or_in_brackets(
    titles: list[str], where: str
) -> None:
    assert shared_title([*titles, "Pumps"]) == ("Pumps", where)
    assert shared_title(titles, [HOST] * len(titles)) == ("Pumps", where)


@pytest.mark.parametrize("form", ["Array · {}", "Step - {}", "{} (Linux)", "{} (deprecated)"])
def test_a_word_of_the_pages_themselves_before_or_in_brackets_is_no_site(form: str) -> None:
    assert shared_title([form.format(page) for page in PAGES], [HOST] * 20).title == ""


@pytest.mark.parametrize("form", ["{0} - {1}", "{1} ({0})"])
def test_a_word_that_tells_pages_apart_is_no_site_wherever_it_stands(form: str) -> None:
    titles = [form.format("Guide", page) for page in PAGES]
    assert shared_title([*titles, *PAGES[:4]]).title == ""

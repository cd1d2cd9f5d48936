from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sitegen.errors import Diagnostic, PlanError, Severity
from sitegen.model import Document, NavItem, Section, Site, TocEntry
from sitegen.plan.nav import plan
from sitegen.plan.toctree import read_toctree

Run = Callable[..., tuple[int, str, str]]
CASES = Path(__file__).parents[2].parent / "shared" / "cases" / "yaml_test_suite.json"


def read(tmp_path: Path, text: str) -> tuple[tuple[TocEntry, ...], list[Diagnostic]]:
    path = tmp_path / "_toctree.yml"
    path.write_text(text, encoding="utf-8")
    notices: list[Diagnostic] = []
    return read_toctree(path, notices), notices


def documents(*ids: str) -> list[Document]:
    return [
        Document(id, f"{id}.md", "x\n", (Section(0, "", "", f"{id}.md", None),), title=id.upper())
        for id in ids
    ]


def site(
    *ids: str, toctree: Sequence[TocEntry] = (), title: str = ""
) -> tuple[Site, list[Diagnostic]]:
    notices: list[Diagnostic] = []
    heads = [each.head() for each in documents(*ids)]
    return plan(heads, toctree, title=title, language="", notices=notices), notices


def outline(items: Sequence[NavItem]) -> list[object]:
    """Write navigation as title, address and, when there is some, what is below."""
    return [
        (item.title, item.permalink, *([outline(item.items)] if item.items else []))
        for item in items
    ]


def test_a_toctree_may_nest_and_say_what_is_open(tmp_path: Path) -> None:
    entries, notices = read(
        tmp_path,
        """
- local: index
  title: Start
- title: Guides
  isExpanded: true
  sections:
  - local: guides/a
    title: A
    sections:
    - local: guides/b
""",
    )
    assert notices == []
    assert entries == (
        TocEntry("Start", "index"),
        TocEntry(
            "Guides",
            "",
            (TocEntry("A", "guides/a", (TocEntry("", "guides/b"),)),),
            expanded=True,
        ),
    )


def test_a_group_without_a_title_only_holds_its_sections(tmp_path: Path) -> None:
    entries, _ = read(tmp_path, "- sections:\n  - local: a\n  - local: b\n- local: c\n")
    assert [entry.local for entry in entries] == ["a", "b", "c"]


def test_unknown_keys_are_named_and_tolerated(tmp_path: Path) -> None:
    entries, (notice,) = read(tmp_path, "- local: a\n  title: A\n  colour: red\n  1: x\n")
    assert entries == (TocEntry("A", "a"),)
    assert (notice.code, notice.severity) == ("toctree-key", Severity.INFO)
    assert "'1', 'colour'" in notice.message
    assert notice.location.line == 1


@pytest.mark.parametrize(
    ("key", "meant"), [("titel", "title"), ("lokal", "local"), ("section", "sections")]
)
def test_a_misspelt_key_is_told_what_was_meant(tmp_path: Path, key: str, meant: str) -> None:
    _, (notice,) = read(tmp_path, f"- local: a\n- local: b\n  {key}: B\n")
    assert notice.message == f"a key that toctrees do not have: {key!r}"
    assert notice.help == f"did you mean {meant!r}?"
    assert notice.location.line == 2


def test_a_page_is_published_under_its_new_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "old.md").write_text("# The page\n\nWords of it: [itself](old.md).\n")
    (tmp_path / "docs" / "index.md").write_text("# Home\n\n[one](old.md) [two](new.md#the-page)\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(
        "- local: index\n- local: old\n  newlocal: new\n"
    )
    assert "warning" not in run("build", "docs", "-v")[2]
    build = tmp_path / "build"
    assert not (build / "old").exists()
    assert "The page" in (build / "new" / "index.html").read_text()
    home = (build / "index.html").read_text()
    assert 'href="new/">one' in home
    assert 'href="new/#the-page">two' in home


def test_an_entry_may_lead_to_another_site(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# Home\n\nWords enough for a page of a site.\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(
        "- local: index\n- title: Forum\n  local: https://forum.example.org/?a=1&b=2\n"
        "- title: More\n  sections:\n  - title: Chat\n    url: https://chat.example.org/\n"
        "- title: Bad\n  url: javascript:alert(1)\n"
    )
    run("build", "docs")
    html = (tmp_path / "build" / "index.html").read_text()
    link = '<a href="https://forum.example.org/?a=1&amp;b=2" rel="noopener noreferrer">Forum</a>'
    assert link in html
    assert '<a href="https://chat.example.org/" rel="noopener noreferrer">Chat</a>' in html
    assert "javascript:" not in html
    assert "[Chat](https://chat.example.org/)" in (tmp_path / "build" / "llms.txt").read_text()


def test_an_entry_whose_page_is_named_already_is_reported(tmp_path: Path) -> None:
    toctree, _ = read(tmp_path, "- local: a\n- title: G\n  sections:\n  - local: a.md\n")
    (notice,) = site("a", toctree=toctree)[1]
    assert notice.code == "toctree-twice"
    assert notice.message == "the toctree names 'a' in line 1 already"
    assert notice.location.line == 4


@pytest.mark.parametrize("title", ["no", "1.10", "404", "2024-01-01", "0x10"])
def test_titles_stay_as_they_are_written(tmp_path: Path, title: str) -> None:
    assert read(tmp_path, f"- local: a\n  title: {title}\n")[0][0].title == title


@pytest.mark.parametrize("local", ["a/b", "a/b.md", "a/b.mdx", "./a/b", "/a/b"])
def test_a_page_may_be_named_with_its_suffix(tmp_path: Path, local: str) -> None:
    assert read(tmp_path, f"- local: {local}\n")[0][0].local == "a/b"


def test_markup_in_titles_is_left_out(tmp_path: Path) -> None:
    assert read(tmp_path, "- {local: a, title: 'The `x` <b>y</b>'}")[0][0].title == "The x y"


def test_empty_values_are_as_if_absent(tmp_path: Path) -> None:
    entries, _ = read(
        tmp_path, "- local: a\n  title: ~\n  sections: null\n- title: G\n  sections:\n"
    )
    assert entries == (TocEntry("", "a"), TocEntry("G"))
    assert read(tmp_path, "")[0] == ()


def test_an_entry_without_a_title_has_that_of_its_page() -> None:
    (item,) = site("guide/begin", toctree=(TocEntry("", "guide/begin"),))[0].navigation
    assert item.title == "GUIDE/BEGIN"


def test_an_entry_of_several_frameworks_lists_all_of_its_pages(tmp_path: Path) -> None:
    (entry,), found = read(tmp_path, "- title: T\n  local_fw:\n    pt: a/1\n    tf: a/2\n")
    assert (entry.title, entry.local) == ("T", "a/1")
    assert [(each.title, each.local) for each in entry.sections] == [("", "a/2")]
    assert not found


def test_a_fault_in_the_yaml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match=r"yml:3: the toctree is not valid YAML") as caught:
        read(tmp_path, "- local: a\n  title: A\n bad: [\n")
    assert caught.value.location.line == 3


def test_a_mapping_where_a_list_belongs_is_shown_as_it_is_written(tmp_path: Path) -> None:
    for text in ("a: b\nc: {d: e}\n", "- - a: b\n"):
        with pytest.raises(PlanError, match="'a': 'b'") as caught:
            read(tmp_path, text)
        assert "line'" not in str(caught.value)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("a: b", "list of entries"),
        ("- a", "must be a mapping, not 'a'"),
        ("- title: x\n  sections: y", "found 'y'"),
        ("text", "list of entries"),
    ],
)
def test_what_is_no_toctree_is_refused_with_what_was_found(
    tmp_path: Path, text: str, says: str
) -> None:
    with pytest.raises(PlanError, match=says):
        read(tmp_path, text)


@pytest.mark.parametrize(
    "bomb",
    [
        "- &a {title: x}\n- *a\n",
        "[" * 100_000,
        "- sections:\n" + "".join(" " * n * 2 + "- sections:\n" for n in range(1, 400)),
        "- &a [&b [*a]]",
    ],
)
def test_a_yaml_bomb_is_refused(tmp_path: Path, bomb: str) -> None:
    with pytest.raises(PlanError, match=r":\d"):
        read(tmp_path, bomb)


def test_a_toctree_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(PlanError, match="cannot be read: No such file"):
        read_toctree(tmp_path / "none.yml", [])


@pytest.mark.skipif(not CASES.is_file(), reason="the YAML test suite is not here")
def test_no_yaml_makes_the_toctree_crash(tmp_path: Path) -> None:
    for case in json.loads(CASES.read_text(encoding="utf-8")):
        path = tmp_path / "_toctree.yml"
        path.write_bytes(case["payload"].encode("utf-8", "surrogatepass"))
        try:
            entries = read_toctree(path, [])
        except PlanError as error:
            assert "toctree" in str(error)  # noqa: PT017 - either outcome is right
        else:
            assert all(isinstance(entry, TocEntry) for entry in entries)


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


def test_a_page_named_twice_keeps_its_first_place() -> None:
    toctree = (TocEntry("A", "a"), TocEntry("B", "b"), TocEntry("A again", "a"))
    assert [p.document.id for p in site("a", "b", toctree=toctree)[0].pages] == ["a", "b"]


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


def test_every_page_is_in_the_navigation_once() -> None:
    ids = ["index", "README-page", "a", "a/index-page", "a/b", "a/b/c", "1", "01", "A b"]
    planned, _ = site(*ids)
    assert sorted(p.document.id for p in planned.pages) == sorted(ids)


def test_folders_as_deep_as_ids_go_do_not_exhaust_the_stack() -> None:
    assert len(site(*("/".join("a" * depth) for depth in range(1, 41)))[0].pages) == 40


@pytest.mark.parametrize(
    ("title", "ids", "expected"),
    [("Given", ["index"], "Given"), ("", ["index"], "INDEX"), ("", ["a"], "Documentation")],
)
def test_the_site_is_named_by_the_config_or_its_start_page(
    title: str, ids: list[str], expected: str
) -> None:
    assert site(*ids, title=title)[0].title == expected


def test_a_site_without_pages_is_refused() -> None:
    with pytest.raises(PlanError, match="no pages"):
        site()


def titles(built: Any) -> list[str]:
    """The navigation as `llms.txt` lists it: single pages, then groups."""
    return re.findall(r"^(?:- \[|## )(.*?)(?:\].*)?$", built.read("llms.txt"), re.MULTILINE)


PLACED = {
    "index.md": "---\norder: 0\n---\n# Home\n",
    "zoo.md": "---\norder: 1\nnav_title: Animals\n---\n# All our animals\n",
    "guide/index.md": "---\nsidebar_position: 1.5\n---\n# Guide\n",
    "guide/b.md": "---\norder: 1\n---\n# Second letter\n",
    "guide/a.md": "# First letter\n",
    "guide/c.md": "---\norder: -1\nsidebar_label: See\n---\n# Third letter\n",
    "about.md": "# About\n",
    "secret.md": "---\nhidden: true\n---\n# Secret\n\n[Home](index.md)\n",
}


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


def test_a_toctree_goes_before_front_matter(project: Any) -> None:
    toctree = "- {local: secret, title: Shown}\n- {local: index, title: Start}\n"
    built = project(
        {"_toctree.yml": toctree, "index.md": PLACED["index.md"]}
        | {"secret.md": PLACED["secret.md"], "z.md": "---\nhidden: true\n---\n# Z\n"}
    )
    assert titles(built) == ["Shown", "Start"]
    assert built.codes == []


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
    made = plan([page], (), title="", language="", notices=notices, texts=[text])
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


def test_like_names_that_no_title_speaks_of_are_no_group() -> None:
    given = documents(*(f"perf_{n}" for n in "abcdefgh"), *(f"p{n}" for n in range(12)))
    given = [replace(each, title=f"Page {each.id[-1]}") for each in given]
    site = plan(given, (), title="", language="", notices=[])
    assert not any(item.items for item in site.navigation)

"""Sources become ids and addresses: their common root, their languages, collisions."""

from __future__ import annotations

import pytest

from sitegen.assemble.grouping.groups import group_by_source
from sitegen.assemble.grouping.sources import same_path
from sitegen.errors import Severity
from sitegen.model import Chunk
from sitegen.urls import permalink
from tests.assemble.chunks import chunk, put_together

ROOT = "/home/me/lib/docs/source/en"


def ids(*sources: str) -> dict[str, str]:
    documents = put_together([chunk(s, row=n) for n, s in enumerate(sources)])[0].documents
    return {document.source: document.id for document in documents}


def test_the_common_root_is_left_out_of_the_ids() -> None:
    assert ids(f"{ROOT}/index.md", f"{ROOT}/model/bert.md") == {
        f"{ROOT}/index.md": "index",
        f"{ROOT}/model/bert.md": "model/bert",
    }


def test_a_single_source_has_its_file_name_as_id() -> None:
    assert ids(f"{ROOT}/a.md") == {f"{ROOT}/a.md": "a"}


@pytest.mark.parametrize(
    "stray", ["../../etc/x.md", "/var/x.md", "notes/x.md", "x.md", "..", "a/../../b.md"]
)
def test_a_stray_source_does_not_change_the_ids_of_the_others(stray: str) -> None:
    sources = [f"{ROOT}/a.md", f"{ROOT}/b.md"]
    with_stray = ids(*sources, stray)
    assert [with_stray[source] for source in sources] == ["a", "b"]
    assert ".." not in with_stray[stray].split("/")


def test_one_absolute_stray_among_many_does_not_lengthen_the_ids() -> None:
    sources = [f"{ROOT}/{n}.md" for n in range(20)]
    assert ids(*sources, "/tmp/x.md")[sources[0]] == "0"  # noqa: S108 - a name in data


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (["C:\\lib\\docs\\a.md", "C:\\lib\\docs\\sub\\b.md"], ["a", "sub/b"]),
        (["\\\\host\\share\\a.md", "\\\\host\\share\\b.md"], ["a", "b"]),
        (["https://h.org/lib/a", "https://h.org/lib/b.html"], ["a", "b"]),
        (["./d/a.md", "d//b.md"], ["a", "b"]),
        (["d/.md", "d/b"], [".md", "b"]),
        (["  ", "b.md"], ["page", "b"]),
    ],
)
def test_sources_may_be_paths_of_any_system_or_urls(
    sources: list[str], expected: list[str]
) -> None:
    assert [ids(*sources)[source] for source in sources] == expected


def test_pages_of_a_folder_leave_those_of_a_dataset_beside_them_where_they_are() -> None:
    rows = [chunk(f"{ROOT}/{name}.md", id=f"{n}_0") for n, name in enumerate(("a", "b", "x/c"))]
    own = [chunk("about.md", row=None), chunk("home/me/own.md", row=None)]
    documents = put_together([*rows, *own])[0].documents
    assert sorted(document.id for document in documents) == [
        "a",
        "about",
        "b",
        "home/me/own",
        "x/c",
    ]
    assert {document.language for document in documents} == {"en"}


def test_pages_of_a_markdown_folder_keep_their_folder() -> None:
    (document,) = put_together([chunk("guide/a.md", row=None)])[0].documents
    assert document.id == "guide/a"


def test_a_path_of_a_thousand_folders_is_cut_short() -> None:
    deep = "a/" * 2000 + "x.md"
    assert ids(deep, "b.md")[deep].count("/") <= 40


def test_the_language_is_read_from_the_root() -> None:
    documents = put_together([chunk(f"{ROOT}/a.md"), chunk(f"{ROOT}/b.md")])[0].documents
    assert {document.language for document in documents} == {"en"}


def test_folders_of_several_languages_give_each_page_its_own() -> None:
    sources = ["s/en/a.md", "s/ko/a.md", "s/zh-CN/b.md", "../../etc/x.md"]
    documents = put_together([chunk(source) for source in sources])[0].documents
    assert {d.id: d.language for d in documents if d.source.startswith("s/")} == {
        "en/a": "en",
        "ko/a": "ko",
        "zh-CN/b": "zh-CN",
    }


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("d/A.md", "d/a.md"),
        ("d/caf\u00e9.md", "d/cafe\u0301.md"),
        ("d/a.md", "d/a.mdx"),
        ("d/a.md", "d/a/index.md"),
        ("d/index.md", "d/README.md"),
        ("d/a b.md", "d/a-b.md"),
        ("d/straße.md", "d/STRASSE.md"),
        ("d/search.md", "d/x.md"),
        ("d/404.html.md", "d/x.md"),
    ],
)
def test_pages_that_would_share_an_address_are_both_reachable(one: str, two: str) -> None:
    chunks = [chunk(one, row=0), chunk(two, row=1), chunk("d/z/other.md", row=2)]
    assembled, notices = put_together(chunks)
    documents = assembled.documents
    addresses = {permalink(document.id).casefold() for document in documents}
    assert len(addresses) == 3
    (notice,) = [n for n in notices if n.code == "path-collision"]
    assert any(source.rpartition("/")[2] in notice.message for source in (one, two))
    assert notice.severity is Severity.WARNING
    back = put_together(chunks[::-1])[0].documents
    assert {d.source: d.id for d in back} == {d.source: d.id for d in documents}


def test_an_index_keeps_the_address_and_the_readme_makes_way() -> None:
    assert ids("d/README.md", "d/index.md", "e/x.md")["d/index.md"] == "d/index"


def test_a_collision_never_moves_a_page_that_has_no_part_in_it() -> None:
    found = ids("d/a.md", "d/a.mdx", "d/a-2.md")
    assert (found["d/a.md"], found["d/a-2.md"], found["d/a.mdx"]) == ("a", "a-2", "a-3")


def test_links_to_a_page_that_made_way_are_told_where_it_is() -> None:
    space = put_together([chunk("d/README.md"), chunk("d/index.md")])[0].space
    assert space.renamed == (("README", "README-page"),)


def test_thousands_of_sources_that_collide_all_get_an_address() -> None:
    sources = [f"d/{'?' * n}a{'*' * m}.md" for n in range(1, 50) for m in range(1, 50)]
    found = ids(*sources)
    assert len({permalink(id) for id in found.values()}) == len(sources)


def test_the_old_addresses_are_learnt_from_the_urls() -> None:
    chunks = [chunk(f"s/{n}.md", url=f"https://h/docs/lib/en/{n}/#x") for n in "abc"]
    assembled = put_together([*chunks, chunk("s/d.md", url="https://elsewhere/")])[0]
    assert assembled.space.roots == ("https://h/docs/lib/en/",)
    assert assembled.documents[0].url == "https://h/docs/lib/en/a/"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("docs/a/b.md", "docs\\a\\b.md"),
        ("docs/a/b.md", "./docs/a/b.md"),
        ("docs/a/b.md", "docs//a/./b.md"),
        ("/home/me/a.md", "\\home\\me\\a.md"),
        ("C:/docs/a.md", "C:\\docs\\a.md"),
        ("https://h.org/docs/a.md", "https://h.org/docs/./a.md"),
        ("https://h.org/docs/a", "https://h.org/docs/a/"),
    ],
)
def test_a_path_is_one_page_however_its_slashes_are_written(one: str, other: str) -> None:
    assert same_path(one) == same_path(other) == one


@pytest.mark.parametrize("source", ["a\\", "\\\\", ".", "/", "a b/c.md", "..\\a.md", "//h/a.md"])
def test_an_odd_path_stays_a_path(source: str) -> None:
    assert same_path(source)
    assert same_path(same_path(source)) == same_path(source)


def test_rows_of_an_archive_are_pages_by_their_urls() -> None:
    chunks = [
        Chunk("s3://crawl/a.warc.gz", f"It {n}.", "d", n, url=f"https://a.org/{n}")
        for n in range(2)
    ]
    assert set(group_by_source(chunks, [])) == {"https://a.org/0", "https://a.org/1"}

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.assemble import Assembled, assemble
from sitegen.assemble.forms import marks_blank_lines
from sitegen.assemble.sources import same_path
from sitegen.errors import Diagnostic, ReadError, Severity
from sitegen.model import Chunk, Document
from sitegen.urls import permalink

ROOT = "/home/me/lib/docs/source/en"


def chunk(source: str, text: str = "T", id: str = "", **more: object) -> Chunk:
    values = {"file": "docs.parquet", "row": 0} | more
    return Chunk(source=source, text=text, id=id, **values)  # type: ignore[arg-type]


def table(*rows: tuple[str, str, str], file: str = "docs.parquet") -> list[Chunk]:
    """Make chunks of rows: source, id, text."""
    return [chunk(s, text, id, file=file, row=n) for n, (s, id, text) in enumerate(rows)]


def put_together(chunks: Sequence[Chunk]) -> tuple[Assembled, list[Diagnostic]]:
    notices: list[Diagnostic] = []
    return assemble(chunks, notices), notices


def ids(*sources: str) -> dict[str, str]:
    documents = put_together([chunk(s, row=n) for n, s in enumerate(sources)])[0].documents
    return {document.source: document.id for document in documents}


def only(chunks: Sequence[Chunk]) -> Document:
    (document,) = put_together(chunks)[0].documents
    return document


def test_chunks_of_a_source_become_one_document_with_blank_lines_between() -> None:
    document = only(table(("d/a.md", "0_0", "One.\n"), ("d/a.md", "0_1", "\nTwo.\n\n")))
    assert (document.id, document.text) == ("a", "One.\n\nTwo.\n")
    assert [(s.line, s.chunk_id) for s in document.sections] == [(0, "0_0"), (2, "0_1")]


def test_chunks_are_ordered_by_the_values_of_the_numbers_in_their_ids() -> None:
    rows = [("a.md", f"3_{n}", str(n)) for n in (10, 9, 100, 0)]
    assert only(table(*rows)).text.split() == ["0", "9", "10", "100"]


def test_chunks_with_ids_of_several_forms_stay_in_the_order_of_their_rows() -> None:
    rows = [("a.md", id, id) for id in ("intro", "9f2c", "usage", "01ab")]
    assert only(table(*rows)).text.split() == ["intro", "9f2c", "usage", "01ab"]


def test_chunks_without_ids_are_ordered_by_file_and_row() -> None:
    chunks = [
        chunk("a.md", f"{file} {row}", file=f"part-{file}.parquet", row=row)
        for file in (10, 9)
        for row in (10, 9)
    ]
    assert only(chunks).text.split("\n\n") == ["9 9", "9 10", "10 9", "10 10\n"]


@given(st.randoms(use_true_random=False), st.integers(1, 3))
def test_the_order_of_rows_and_files_does_not_matter(rng: random.Random, files: int) -> None:
    rows = [(f"d/{page}.md", f"{page}_{n}", f"text {n}") for page in range(3) for n in range(12)]
    plain = put_together(table(*rows))[0].documents
    rng.shuffle(rows)
    parts = [table(*rows[n::files], file=f"{n}.parquet") for n in range(files)]
    shuffled = put_together([c for part in parts for c in part])[0].documents
    assert [(d.id, d.text) for d in shuffled] == [(d.id, d.text) for d in plain]


def test_exact_duplicates_are_left_out_with_a_notice() -> None:
    assembled, notices = put_together(table(*[("a.md", "0_0", "One.")] * 3))
    assert assembled.documents[0].text == "One.\n"
    (notice,) = notices
    assert (notice.code, notice.severity) == ("duplicate-chunk", Severity.INFO)
    assert "2 exact duplicates of chunks of 'a.md'" in notice.message
    assert (notice.location.page, notice.location.row) == ("a", 1)


@pytest.mark.parametrize("id", ["0_7", "intro"])
def test_two_texts_under_one_id_are_refused_with_both_rows(id: str) -> None:
    rows = (("a.md", id, "One."), ("b.md", "x", ""), ("a.md", id, "Two."), ("a.md", "y", "Y."))
    with pytest.raises(ReadError) as caught:
        put_together(table(*rows))
    message = str(caught.value)
    assert f"chunk {id} of 'a.md' stands at row 0" in message
    assert "at row 2 of docs.parquet" in message


def test_one_id_for_all_texts_of_each_page_is_that_of_the_page() -> None:
    rows = [("a.md", "d41d", "One."), ("a.md", "d41d", "Two."), ("b.md", "98f0", "Three.")]
    documents = put_together(table(*rows))[0].documents
    assert [d.text for d in documents] == ["One.\n\nTwo.\n", "Three.\n"]


def test_the_same_text_under_two_ids_is_kept_twice() -> None:
    assert only(table(("a.md", "0_0", "One."), ("a.md", "0_1", "One."))).text == "One.\n\nOne.\n"


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


def test_front_matter_gives_the_title_and_its_lines_stay_empty() -> None:
    document = only([chunk("a.md", "---\ntitle:  A  title\nsidebar: 3\n---\n\n# T\n")])
    assert document.title == "A title"
    assert document.text == "\n" * 5 + "# T\n"


@pytest.mark.parametrize("title", ["2024-01-01", "no", "1.10", "404"])
def test_a_title_in_front_matter_stays_as_it_is_written(title: str) -> None:
    assert only([chunk("a.md", f"---\ntitle: {title}\n---\nx")]).title == title


@pytest.mark.parametrize(
    "text",
    [
        "---\n\ntext\n\n---\n\nmore\n",
        "---\n[1, 2]\n---\nx\n",
        "---\nx: !!python/object/apply:os.system ['true']\n--- x\n",
        "text\n\n---\ntitle: T\n---\n",
    ],
)
def test_a_thematic_break_is_no_front_matter(text: str) -> None:
    document = only([chunk("a.md", text)])
    assert (document.title, document.text.strip()) == ("", text.strip())


def test_a_yaml_bomb_in_front_matter_is_harmless() -> None:
    lines = ["a0: &a0 {k: v}"]
    lines += [f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}" for n in range(1, 30)]
    document = only([chunk("a.md", "---\n" + "\n".join([*lines, "title: T"]) + "\n---\nx")])
    assert document.title == "T"
    assert only([chunk("a.md", "---\n" + "[" * 60_000 + "\n---\nx")]).title == ""


def test_a_section_that_was_cut_for_its_size_gets_no_second_heading() -> None:
    rows = [
        chunk("a.md", "x" * 900, "0_0", anchor="usage", row=0),
        chunk("a.md", "x" * 300, "0_1", anchor="usage", row=1),
        chunk("a.md", "short", "0_2", anchor="tips", row=2),
        chunk("a.md", "other", "0_3", anchor="tips", row=3),
        *(chunk("a.md", "text", f"0_{n}", anchor=f"s{n}", row=n) for n in range(4, 120)),
    ]
    assert [s.anchor for s in only(rows).sections][:4] == ["usage", "", "tips", "tips"]


def test_where_sections_are_cut_often_all_rows_of_one_are_one() -> None:
    rows = [
        chunk("a.md", f"Step {n}.", f"0_{n}", anchor=anchor, row=n)
        for n, anchor in enumerate(["", *["start"] * 4, "stop", "stop"])
    ]
    assert [s.anchor for s in only(rows).sections] == ["", "start", "", "", "", "stop", ""]


def test_one_giant_text_does_not_hide_where_the_others_were_cut() -> None:
    cut = [chunk(f"{n}.md", "x" * 900, f"{n}_0", anchor="a") for n in range(30)]
    cut += [chunk(f"{n}.md", "rest", f"{n}_1", anchor="a") for n in range(30)]
    documents = put_together([*cut, chunk("z.md", "x" * 90_000, "99_0")])[0].documents
    assert all([s.anchor for s in d.sections] == ["a", ""] for d in documents[:30])


def test_lines_of_blanks_before_a_text_do_not_shift_its_section() -> None:
    document = only([chunk("a.md", " \n\t\n## Setup\n", "0_0", anchor="setup")])
    assert document.text == "## Setup\n"


def test_a_text_keeps_the_indentation_of_its_first_line() -> None:
    assert only([chunk("a.md", "\n    code\n")]).text == "    code\n"


texts = st.text(st.sampled_from("ab #`-\n"), max_size=30)


@given(st.lists(texts, min_size=1, max_size=6))
def test_every_character_can_be_traced_to_its_chunk(bodies: list[str]) -> None:
    rows = [("a.md", f"0_{n}", f"w{n}\n{body}") for n, body in enumerate(bodies)]
    assume(not marks_blank_lines({"a.md": table(*rows)}))
    document = only(table(*rows))
    parts = [(section.row, text.strip()) for section, text, _ in document.parts()]
    assert parts == [(n, text.strip()) for n, (_, _, text) in enumerate(rows)]
    for section in document.sections:
        place = document.locate(section.line)
        assert (place.file, place.line, place.page) == ("docs.parquet", section.line + 1, "a")
        assert section.column or place.row == section.row


def test_a_break_of_a_line_is_no_blank_line() -> None:
    """A splitter writes two blanks for a blank line; within a sentence they are an author's."""
    assert only(table(("a.md", "0_0", "Elm Street 1  \nSpringwood"))).text.count("\n\n") == 0
    split = only(table(("a.md", "0_0", "Streets:  \n- Elm Street  \nThat is all.")))
    assert split.text.strip() == "Streets:\n\n- Elm Street\n\nThat is all."


def test_empty_texts_are_sections_too() -> None:
    document = only(table(("a.md", "0_0", ""), ("a.md", "0_1", " \n "), ("a.md", "0_2", "x")))
    assert [s.chunk_id for s in document.sections] == ["0_0", "0_1", "0_2"]
    assert document.text.strip() == "x"


def test_the_old_addresses_are_learnt_from_the_urls() -> None:
    chunks = [chunk(f"s/{n}.md", url=f"https://h/docs/lib/en/{n}/#x") for n in "abc"]
    assembled = put_together([*chunks, chunk("s/d.md", url="https://elsewhere/")])[0]
    assert assembled.space.roots == ("https://h/docs/lib/en/",)
    assert assembled.documents[0].url == "https://h/docs/lib/en/a/"


def test_no_chunks_are_no_documents() -> None:
    assert list(put_together([])[0].documents) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("docs/a/b.md", "docs\\a\\b.md"),
        ("docs/a/b.md", "./docs/a/b.md"),
        ("docs/a/b.md", "docs//a/./b.md"),
        ("/home/me/a.md", "\\home\\me\\a.md"),
        ("C:/docs/a.md", "C:\\docs\\a.md"),
        ("https://h.org/docs/a.md", "https://h.org/docs/./a.md"),
    ],
)
def test_a_path_is_one_page_however_its_slashes_are_written(one: str, other: str) -> None:
    assert same_path(one) == same_path(other) == one


@pytest.mark.parametrize("source", ["a\\", "\\\\", ".", "/", "a b/c.md", "..\\a.md", "//h/a.md"])
def test_an_odd_path_stays_a_path(source: str) -> None:
    assert same_path(source)
    assert same_path(same_path(source)) == same_path(source)

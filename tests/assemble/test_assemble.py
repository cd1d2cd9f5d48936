"""Chunks become documents: ordered, joined, traceable to their rows."""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sitegen.assemble import assemble
from sitegen.assemble.forms.inverse import look_for_blank_lines
from sitegen.errors import Diagnostic, ReadError, Severity
from sitegen.model import Chunk, Document
from tests.assemble.chunks import chunk, put_together
from tests.tempo import within


def table(*rows: tuple[str, str, str], file: str = "docs.parquet") -> list[Chunk]:
    """Make chunks of rows: source, id, text."""
    return [chunk(s, text, id, file=file, row=n) for n, (s, id, text) in enumerate(rows)]


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


@pytest.mark.integration
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


@pytest.mark.parametrize(("size", "times"), [(150, 2), (900, 1)])
def test_a_short_section_and_another_of_its_name_have_both_their_heading(
    size: int, times: int
) -> None:
    rows = [
        chunk("a.md", text, headings=((words, 0),), row=row)
        for row, (words, text) in enumerate(
            [("Setup", "x" * size), ("Setup", "Other."), *((f"S{n}", "Text.") for n in range(120))]
        )
    ]
    sections = only(rows).sections[:2]
    assert [s.headings for s in sections].count((("Setup", 0),)) == times


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
    assume(not look_for_blank_lines({"a.md": table(*rows)}).are_marked)
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


def test_no_chunks_are_no_documents() -> None:
    assert list(put_together([])[0].documents) == []


def test_a_table_that_is_there_twice_without_ids_is_read_once() -> None:
    texts = ["# Pumps", "Start it.", "Stop it."]
    notices: list[Diagnostic] = []
    for rows in (texts * 2, [text for text in texts for _ in range(3)]):
        chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(rows)]
        (document,) = assemble(chunks, notices).documents
        assert document.text == "# Pumps\n\nStart it.\n\nStop it.\n"
    assert {notice.code for notice in notices} == {"duplicate-chunk"}


def test_a_text_that_a_page_repeats_stays() -> None:
    chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(("Go.", "Stop.", "Go."))]
    (document,) = assemble(chunks, []).documents
    assert document.text.count("Go.") == 2


def test_ids_that_several_texts_of_a_page_have_are_told_of() -> None:
    one = [Chunk("a.md", f"Text {n}.", "d", n, id="x") for n in range(2)]
    two = [Chunk("b.md", f"Text {n}.", "d", n + 2, id="y") for n in range(2)]
    for chunks, severity in ((one, Severity.WARNING), (one + two, Severity.INFO)):
        notices: list[Diagnostic] = []
        documents = list(assemble(chunks, notices).documents)
        assert all("Text 0.\n\nText 1." in document.text for document in documents)
        (told,) = [notice for notice in notices if notice.code == "ids-of-pages"]
        assert (told.severity, told.location.row) == (severity, 0)


@pytest.mark.parametrize(
    "form",
    [
        *("{}#{}", "{}::{}", "{} (chunk {})", "{}_chunk_{}", "{}-chunk{}"),
        *("{} (part {})", "{} [chunk {}/10]", "{} (chunk {} of 10)"),
    ],
)
def test_sources_that_count_the_rows_of_a_page_are_that_page(form: str) -> None:
    rows = [(page, number) for page in ("a.md", "b.md") for number in (10, 2, 1)]
    chunks = [
        Chunk(form.format(page, number), f"Row {number} of it.", "d", row)
        for row, (page, number) in enumerate(rows)
    ]
    notices: list[Diagnostic] = []
    documents = list(assemble(chunks, notices).documents)
    assert [(each.id, re.findall(r"\d+", each.text)) for each in documents] == [
        ("a", ["1", "2", "10"]),
        ("b", ["1", "2", "10"]),
    ]
    assert "page-per-row" in {notice.code for notice in notices}


@pytest.mark.parametrize("form", ["{}#{}", "{}::{}", "{}_chunk_{}"])
def test_rows_that_count_from_the_second_on_are_of_the_page_that_the_first_names(form: str) -> None:
    sources = [form.format("a.md", n) if n else "a.md" for n in (2, 0, 1)]
    sources += ["b.md", "c.md", "c.md"]
    chunks = [Chunk(source, f"Row {n}.", "d", n) for n, source in enumerate(sources)]
    documents = list(assemble(chunks, []).documents)
    assert [(each.id, re.findall(r"\d+", each.text)) for each in documents] == [
        ("a", ["1", "2", "0"]),
        ("b", ["3"]),
        ("c", ["4", "5"]),
    ]


@pytest.mark.parametrize("run", ["_", " .", "1"])
def test_a_name_of_thousands_of_signs_takes_no_time(run: str) -> None:
    names = [f"{letter}{run * 9_000}x" for letter in "abcdefghijkl"]
    chunks = [Chunk(name, "Words.", "d", row) for row, name in enumerate(names)]
    with within(seconds=5):
        assert len(list(assemble(chunks, []).documents)) == len(names)


def test_pages_whose_names_end_in_numbers_are_pages() -> None:
    for form in ("step-{}.md", "v{}", "guide/{}.md", "part {}", "C#{}.md"):
        chunks = [Chunk(form.format(number), "Text.", "d", number) for number in range(3)]
        assert len(assemble(chunks, []).documents) == 3


@pytest.mark.parametrize(
    "sources", [["http", "http", "http-chunk-1"], ["http", "http-chunk-7"], ["http", "x-chunk-1"]]
)
def test_a_page_whose_name_ends_as_that_of_a_row_stays_a_page(sources: list[str]) -> None:
    chunks = [Chunk(source, f"Row {n} of it.", "d", n) for n, source in enumerate(sources)]
    assert {d.id for d in assemble(chunks, []).documents} == set(sources)

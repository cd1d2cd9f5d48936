"""Front matter: what is read, what is said of the rest, and what is none."""

from __future__ import annotations

import pytest

from sitegen.assemble import Assembled, assemble
from sitegen.errors import Diagnostic, Severity
from sitegen.model import Chunk
from tests.tempo import within


def put_together(*texts: str, row: int | None = None) -> tuple[Assembled, list[Diagnostic]]:
    notices: list[Diagnostic] = []
    chunks = [
        Chunk(f"docs/p{number}.md", text, f"docs/p{number}.md", row)
        for number, text in enumerate(texts)
    ]
    return assemble(chunks, notices), notices


@pytest.mark.parametrize(
    ("text", "title", "line"),
    [
        ("---\ntitle: Guide: first steps\n---\n\nText.", "Guide: first steps", 2),
        ("---\nid: x\ntitle: A: b\ntags:\n- a\n---\nText.", "A: b", 3),
        ("---\ntitle: 'It's'\n---\nText.", "It's", 2),
        ("---\ntitle: @home\n---\nText.", "@home", 2),
        ("---\ntitle: a\n\tb: c\n---\nText.", "a", 3),
        ("---\ntitle: `code` first\n---\nText.", "`code` first", 2),
        ("---\ntitle: Never ends\n\nText.", "Never ends", 1),
        ("+++\ntitle = Guide\n+++\nText.", "", 2),
    ],
)
def test_front_matter_that_cannot_be_read_is_an_error_with_its_line(
    text: str, title: str, line: int
) -> None:
    assembled, notices = put_together(text)
    (document,) = assembled.documents
    found = [n for n in notices if n.code == "front-matter"]
    assert document.text.strip() == "Text."
    assert document.title == title
    assert [(f.severity, f.location.file, f.location.line) for f in found] == [
        (Severity.ERROR, "docs/p0.md", line)
    ]
    assert found[0].help


@pytest.mark.parametrize(
    "text",
    [
        "---\n\nText.\n\n---\n\nMore.",
        "---\n- item: a: b\n---\nText.",
        "---\nSee: this: is text\nand goes on here.\n---\n",
        "---\nWords: of a paragraph\nthat goes on.\n",
        "+++",
    ],
)
def test_a_rule_at_the_head_of_a_page_is_no_front_matter(text: str) -> None:
    assembled, notices = put_together(text)
    assert assembled.documents[0].text.strip() == text.strip()
    assert not notices


def test_who_reads_a_dataset_is_warned_only() -> None:
    _, notices = put_together("---\ntitle: A: b\n---\nText.", row=0)
    assert [n.severity for n in notices if n.code == "front-matter"] == [Severity.WARNING]


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: T\ndescription: D\nredirect_from: [a, /b/]\n---\nText.",
        "---\ntitle: T\ndescription: D\naliases:\n- a\n- /b/\n---\nText.",
        '+++\ntitle = "T"\ndescription = "D"\nredirect_from = ["a", "/b/"]\n+++\nText.',
    ],
)
def test_title_description_and_old_paths_are_read(text: str) -> None:
    (document,) = put_together(text)[0].documents
    assert (document.title, document.description) == ("T", "D")
    assert document.redirect_from == ("a", "/b/")


def test_a_description_says_the_characters_that_its_entities_stand_for() -> None:
    (document,) = put_together("---\ndescription: Pumps &amp; valves &lt;3\n---\nText.")[
        0
    ].documents
    assert document.description == "Pumps & valves <3"


@pytest.mark.parametrize("key", ["draft: true", "draft: True", "published: false"])
def test_a_draft_is_left_out_and_named(key: str) -> None:
    assembled, notices = put_together(f"---\n{key}\n---\nSecret.", "Text.")
    assert [document.id for document in assembled.documents] == ["docs/p1"]
    assert [notice.code for notice in notices] == ["draft"]


def test_unknown_keys_are_named_once_for_all_pages() -> None:
    _, notices = put_together("---\nlayout: a\n---\nA.", "---\nlayout: b\ntags: c\n---\nB.")
    assert [n.message for n in notices] == [
        "keys of front matter that nothing reads: 'layout', 'tags'"
    ]


@pytest.mark.parametrize(
    ("line", "code", "said"),
    [
        ("title: [1, 2]", "front-matter", 'title of the front matter must be text, not ["1", "2"]'),
        ("title: {a: b}", "front-matter", 'title of the front matter must be text, not {"a": "b"}'),
        ("draft: maybe", "front-matter", "draft of the front matter must be true or false, not"),
        ("published: soon", "front-matter", "published of the front matter must be true or"),
        ("order: first", "nav-place", "order of the front matter must be a number, not 'first'"),
        ("sidebar_position: [1]", "nav-place", "sidebar_position of the front matter must be"),
        ("nav_title: [a]", "nav-place", "nav_title of the front matter must be text"),
        ("hidden: perhaps", "nav-place", "hidden of the front matter must be true or false"),
        (
            "redirect_from: {a: b}",
            "front-matter",
            "redirect_from of the front matter must be a path",
        ),
        (
            "last_changed: 2024-02-30",
            "front-matter",
            "last_changed of the front matter must be a day such as 2026-05-01, not '2024-02-30'",
        ),
        ("last_update: {date: May}", "front-matter", "last_update of the front matter must be a"),
    ],
)
def test_a_value_that_cannot_be_is_named_at_its_line(line: str, code: str, said: str) -> None:
    _, (notice,) = put_together(f"---\ndescription: Words.\n{line}\n---\nText.")
    assert (notice.code, notice.location.line) == (code, 3)
    assert notice.message.startswith(said)
    assert notice.help.startswith("write ")


@pytest.mark.parametrize(
    "line", ["lastUpdated: false", "last_update: {author: Ada}", "lastmod: 2024-05-01T10:00:00Z"]
)
def test_what_other_generators_say_of_changes_is_no_fault(line: str) -> None:
    assert put_together(f"---\n{line}\n---\nText.")[1] == []


@pytest.mark.parametrize("word", ["true", "True", "yes", "on", "'yes'"])
def test_a_draft_may_be_said_in_every_word_of_yaml(word: str) -> None:
    assembled, _ = put_together(f"---\ndraft: {word}\n---\nText.", "Other.")
    assert len(assembled.documents) == 1
    assert put_together(f"---\npublished: {word}\n---\nText.")[1] == []


def test_front_matter_that_a_splitter_took_the_marks_from_is_read_in_a_dataset() -> None:
    text = "title: npm-access\nsection: 1\ndescription: Set levels\n\n# Synopsis\n"
    (document,) = put_together(text, row=0)[0].documents
    assert (document.title, document.description) == ("npm-access", "Set levels")
    assert document.text.strip() == "# Synopsis"
    (page,) = put_together(text)[0].documents
    assert page.text.startswith("title: npm-access")
    (prose,) = put_together("title: A pump\nmoves water.\n", row=0)[0].documents
    assert prose.text.startswith("title: A pump")


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("<!-- a\nb -->\n\n---\ntitle: T\n---\n\nText.", 4, "below a comment"),
        ('{\n  "date": 1,\n  "title": "T"\n}\n\nText.', 1, "language that is not read"),
        ('---json\n{"title": "T"}\n---\n\nText.', 1, "language that is not read"),
        ("-----\ntitle: T\n-----\n\nText.", 1, "more than three dashes"),
    ],
)
def test_front_matter_that_is_none_is_shown_with_a_word(text: str, line: int, said: str) -> None:
    assembled, (found,) = put_together(text)
    assert assembled.documents[0].text.strip() == text.strip()
    assert (found.code, found.location.line) == ("front-matter", line)
    assert said in found.message


def test_a_bracket_above_many_blank_lines_takes_no_time() -> None:
    with within(seconds=2):
        assert put_together("{" + "\n" * 30_000 + "words")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "<!-- a -->\n\n---\n\nText.",
        "<!-- a -->\n# Title\n\ntitle: T\n---\n",
        '{\n  "a": 1\n}',
        "-----\n\nText.",
    ],
)
def test_a_head_that_looks_little_like_front_matter_is_text(text: str) -> None:
    assert put_together(text)[1] == []


@pytest.mark.parametrize(
    ("value", "remedy"),
    [
        ('"open', "close the quote"),
        ("x\n\tb: c", "blanks"),
        ("a: b", "quotes"),
    ],
)
def test_the_remedy_is_that_of_the_fault(value: str, remedy: str) -> None:
    _, (found, *_) = put_together(f"---\ntitle: {value}\n---\n\nText.")
    assert remedy in found.help


def test_a_key_that_is_given_twice_is_named_at_its_second_line() -> None:
    text = "---\ntitle: One\nnote: |\n  title: Not a key\ntitle: Two\n---\nText."
    assembled, notices = put_together(text)
    (found,) = (each for each in notices if each.code == "front-matter")
    assert (found.severity, found.location.line) == (Severity.WARNING, 5)
    assert "'title' twice, and the last value is taken" in found.message
    assert [document.title for document in assembled.documents] == ["Two"]


def test_lines_of_a_value_that_look_like_keys_are_none() -> None:
    text = "---\ntitle: 'One\n\n  title: b\ntitle: c'\nnote: \"a\n\n  x\nnote: b\"\n---\nText."
    assembled, notices = put_together(text)
    assert [each for each in notices if "twice" in each.message] == []
    assert [document.title for document in assembled.documents] == ["One title: b title: c"]


def test_keys_below_one_without_a_value_are_its_own_where_a_dataset_has_lost_indents() -> None:
    text = "---\ntitle: Pumps\nrelated:\ntitle: Read on\nlinks:\n- a\n---\nText."
    assembled, notices = put_together(text, row=0)
    assert [document.title for document in assembled.documents] == ["Pumps"]
    assert not [each for each in notices if "twice" in each.message]
    again = "---\ntitle: Pumps\ntags:\n- a\ntitle: Valves\n---\nText."
    assert [document.title for document in put_together(again, row=0)[0].documents] == ["Valves"]


@pytest.mark.parametrize("inside", ["", "\n", "# title: later\n"])
def test_front_matter_that_says_nothing_is_none_of_the_text(inside: str) -> None:
    assembled, notices = put_together(f"---\n{inside}---\n\nText.\n")
    assert assembled.documents[0].text.strip() == "Text."
    assert not notices

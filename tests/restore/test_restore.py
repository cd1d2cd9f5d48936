from __future__ import annotations

from collections.abc import Mapping

import pytest

from sitegen.config import RestoreConfig
from sitegen.model import Certainty, Document, Headings, Origin, Reason, Section
from tests.restoring import restore_headings


def restored(
    text: str,
    anchors: Mapping[int, str] | None = None,
    *,
    id: str = "guide/my_page",
    toctree: str = "",
    front_matter: str = "",
    headings: Mapping[str, str] | None = None,
    enabled: bool = True,
) -> Document:
    """Restore a page whose sections begin at these lines (from 0) with these anchors."""
    sections = tuple(
        Section(line, anchor, f"0_{n}", "docs.parquet", n, _above(headings, anchor))
        for n, (line, anchor) in enumerate(sorted((anchors or {0: ""}).items()))
    )
    document = Document(id, f"{id}.md", text, sections, title=front_matter)
    titles = {id: toctree} if toctree else {}
    (done,) = restore_headings([document], titles, RestoreConfig(headings=enabled))
    return done


def _above(headings: Mapping[str, str] | None, anchor: str) -> Headings:
    return ((headings[anchor], 0),) if headings and anchor in headings else ()


def heads(document: Document) -> list[str]:
    return [line for line in document.text.split("\n") if line.startswith("#")]


def test_a_section_gets_a_heading_of_level_two_from_its_anchor() -> None:
    document = restored("Intro.\n\nUse it.\n", {0: "", 2: "usage-tips"})
    assert document.text == "# My page\n\nIntro.\n\n## Usage tips\n\nUse it.\n"


def test_what_was_restored_is_noted_with_its_line_and_how_sure_it_is() -> None:
    document = restored(
        "I.\n\nU.\n\nT.\n", {0: "", 2: "use", 4: "tips"}, headings={"tips": "Tips!"}
    )
    lines = document.text.split("\n")
    noted = [r for r in document.restored if r.what != "level"]
    assert [(lines[r.line], r.what, r.certainty) for r in noted] == [
        ("# My page", "title", Certainty.GUESSED),
        ("## Use", "heading", Certainty.GUESSED),
        ("## Tips!", "heading", Certainty.CERTAIN),
    ]


@pytest.mark.parametrize(
    ("text", "sections", "what", "reason"),
    [
        ("U.\n", {0: "usage-tips"}, "heading", Reason.SPELLING),
        ("Read the usage tips.\n\nU.\n", {0: "", 2: "usage-tips"}, "heading", Reason.PHRASE),
        (
            "See [Usage tips](#usage-tips).\n\nU.\n",
            {0: "", 2: "usage-tips"},
            "heading",
            Reason.LINKS,
        ),
        ("I.\n\n[[autodoc]] Model\n", {0: "", 2: "model"}, "heading", Reason.OBJECT),
        ("I.\n\nU.\n", {0: "", 2: "---"}, "heading", Reason.ANCHOR),
        ("I.\n", {0: ""}, "title", Reason.PATH),
        ("I.\n\nU.\n", {0: "", 2: "use"}, "level", Reason.USUAL),
        ("I.\n\nU.\n\nV.\n", {0: "", 2: "1-use", 4: "11-more"}, "level", Reason.NUMBER),
        ("I.\n\nAs follows:\n\nV.\n", {0: "", 2: "use", 4: "more"}, "level", Reason.INTRODUCED),
        (
            "I.\n\nA.\n\nN.\n\nB.\n\nN.\n",
            {0: "", 2: "one", 4: "note", 6: "two", 8: "note"},
            "level",
            Reason.RETURNS,
        ),
    ],
)
def test_why_a_heading_and_its_level_are_what_they_are_is_kept(
    text: str, sections: dict[int, str], what: str, reason: Reason
) -> None:
    noted = restored(text, sections).restored
    assert [each.reason for each in noted if each.what == what][-1] is reason


def test_what_a_column_says_is_stated() -> None:
    document = restored("I.\n\nT.\n", {0: "", 2: "tips"}, headings={"tips": "Tips!"})
    assert [r.reason for r in document.restored if r.what == "heading"] == [Reason.STATED]


def test_the_source_map_moves_with_the_restored_lines() -> None:
    document = restored("Intro.\n\nUse it.\n", {0: "", 2: "usage"})
    found = {line: document.locate(n).chunk_id for n, line in enumerate(document.text.split("\n"))}
    assert found["# My page"] == found["Intro."] == "0_0"
    assert found["## Usage"] == found["Use it."] == "0_1"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# cssesc [![Build](b.svg)](c) ![npm][n]", "cssesc"),
        ("# [rimraf][home]", "rimraf"),
        ("# ![Logo](x.svg)", "Logo"),
        ('<h1 align="center">\n  <img src="x.png" alt="Logo">\n  <br>My *App*\n</h1>', "My App"),
        ('<h1>\n  <img src="x.png" alt="Logo">\n</h1>', "Logo"),
    ],
)
def test_a_title_is_called_by_its_words_and_else_by_its_pictures(text: str, title: str) -> None:
    document = restored(f"{text}\n\nText.\n")
    assert (document.title, document.text) == (title, f"{text}\n\nText.\n")


def test_a_heading_of_html_that_nothing_closes_is_no_title() -> None:
    assert restored("<h1>\nA\n\nText.\n").title == "My page"


@pytest.mark.parametrize("origins", [(), (Origin(0, "my_page.md", 0), Origin(1, "part.md", 6))])
def test_lines_of_files_are_those_of_the_files_below_a_title_that_is_written(
    origins: tuple[Origin, ...],
) -> None:
    section = Section(0, "", "", "my_page.md", None, origins=origins)
    document = Document("my_page", "my_page.md", "One.\nTwo.\n", (section,), title="Stated")
    (done,) = restore_headings([document], {}, RestoreConfig())
    assert done.text == "# Stated\n\nOne.\nTwo.\n"
    found = [done.locate(line) for line in (0, 2, 3)]
    two = ("part.md", 7) if origins else ("my_page.md", 2)
    assert [(each.file, each.line) for each in found] == [("my_page.md", 1)] * 2 + [two]
    assert [each.line_of_page for each in found] == [0, 2, 3]


@pytest.mark.parametrize("anchor", ["my-page", "mypage"])
def test_a_first_section_that_the_path_names_is_the_title(anchor: str) -> None:
    document = restored("Use it.\n", {0: anchor}, id="mypage" if anchor == "mypage" else "my-page")
    assert len(heads(document)) == 1
    assert heads(document)[0].startswith("# My")


def test_a_first_section_of_another_name_stands_below_the_title() -> None:
    assert heads(restored("Text.\n", {0: "overview"})) == ["# My page", "## Overview"]


def test_the_toctree_states_the_title_before_all_others() -> None:
    document = restored("x\n", {0: "overview"}, toctree="The page", front_matter="Another")
    assert (document.title, heads(document)[0]) == ("The page", "# The page")


def test_front_matter_states_the_title_before_the_text() -> None:
    document = restored("# Own\n", front_matter="Stated")
    assert (document.title, heads(document)) == ("Stated", ["# Own"])


def test_the_title_words_of_the_toctree_replace_those_read_from_the_anchor() -> None:
    document = restored("x\n", {0: "my-page"}, toctree="My *Page*!")
    assert heads(document) == ["# My *Page*!"]
    assert document.title == "My Page!"


def test_the_heading_column_gives_the_words_of_a_heading() -> None:
    document = restored("x\n", {0: "use-c"}, headings={"use-c": "Use `C++`"})
    assert heads(document) == ["# My page", "## Use `C++`"]


@pytest.mark.parametrize("own", ["# Own title", "Own title\n===", "<h1>Own title</h1>"])
def test_a_page_that_has_a_title_gets_no_second_one(own: str) -> None:
    document = restored(f"{own}\n\ntext\n")
    assert document.title == "Own title"
    assert document.text == f"{own}\n\ntext\n"


@pytest.mark.parametrize("heading", ["## Set up", "## Getting ready [[set-up]]", "Set up\n---"])
def test_a_section_that_opens_with_its_heading_gets_no_second_one(heading: str) -> None:
    text = f"# T\n\nx\n\n{heading}\n\ny\n"
    assert restored(text, {0: "t", 4: "set-up"}).text == text


def test_a_page_that_opens_with_a_lower_heading_has_it_as_its_title() -> None:
    document = restored("<!-- licence -->\n\n## Own\n\nx\n\n## More\n")
    assert document.title == "Own"
    assert heads(document) == ["# Own", "## More"]


def test_a_heading_deep_in_the_text_is_not_the_title() -> None:
    document = restored("Intro.\n\n#### Note\n\nx\n", {0: ""})
    assert document.title == "My page"
    assert heads(document) == ["# My page", "#### Note"]


def test_headings_in_code_and_comments_are_none() -> None:
    text = "```sh\n# not a title\n```\n\n<!--\n# nor this\n-->\n"
    assert restored(text).title == "My page"


def test_the_words_of_the_anchors_are_all_that_is_written_when_restoring_is_off() -> None:
    document = restored("Use it.\n", {0: "usage"}, enabled=False)
    assert document.text == "# My page\n\n## Usage\n\nUse it.\n"
    assert {r.certainty for r in document.restored} == {Certainty.GUESSED}


def test_the_title_of_an_index_is_read_from_its_folder() -> None:
    assert restored("x\n", id="user_guide/index").title == "User guide"


@pytest.mark.parametrize("id", ["a*b*", "<b>", "[x](y)", "a_b_c", "`x`"])
def test_the_characters_of_a_path_are_no_markup(id: str) -> None:
    document = restored("x\n", id=id)
    assert document.title
    assert "\n" not in document.title


def test_every_document_has_a_title() -> None:
    assert all(restored("", id=id).title for id in ("-", "_", "a/-", "index", "0"))

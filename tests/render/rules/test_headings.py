from __future__ import annotations

import re

import pytest

from tests.cases import body


def levels(html: str) -> list[str]:
    return re.findall(r"<(h[1-6](?: aria-level=\"[1-6]\")?)", html)


def test_a_heading_that_skips_a_level_is_heard_without_the_gap_and_looks_as_written() -> None:
    text = "# A\n\n### B\n\n### C\n\n##### D\n\n## E\n\n### F\n\n###### G\n"
    said = ["h1", 'h3 aria-level="2"', 'h3 aria-level="2"', 'h5 aria-level="3"']
    assert levels(body(text).html) == [*said, "h2", "h3", 'h6 aria-level="4"']


def test_headings_without_a_gap_say_nothing_of_levels() -> None:
    assert levels(body("# A\n\n## B\n\n### C\n\n## D\n").html) == ["h1", "h2", "h3", "h2"]


def test_what_only_looks_like_a_tag_is_in_the_text_of_a_heading_as_on_the_page() -> None:
    text = (
        "# Use <tips> wisely\n\n## A `Vec<T>`, a Vec<T>, <kbd>Ctrl</kbd> and a<br>break\n\n"
        "## <img src='x.png' alt='Kettle'> alone\n\n<h2>Put <into> a *kettle*</h2>\n"
    )
    assert [each.text for each in body(text).headings] == [
        "Use <tips> wisely",
        "A Vec<T>, a Vec<T>, Ctrl and a break",
        "Kettle alone",
        "Put <into> a *kettle*",
    ]


def test_a_heading_without_letters_has_an_id_that_may_be_read() -> None:
    headings = body("# Top\n\n## ![Kettle](k.png)\n\n## 🤗\n\n## ???\n").headings
    assert [each.id for each in headings] == ["top", "kettle", "section", "section-1"]


def test_tabs_that_ask_for_the_same_id_give_it_once() -> None:
    html = body("::: {.panel-tabset}\n## A {#t}\na\n## B {#t}\nb\n:::\n").html
    assert html.count('id="user-content-t"') == 1


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n<h2 id='a'>B</h2>\n",
        "<h2 id='a'>B</h2>\n\n# A\n",
        "# A\n\n<h2 id='b'>B</h2>\n\n<h2 id='b'>C</h2>\n",
        "# A\n\n<h2 id='user-content-b'>B</h2>\n\n<h2 id='b'>B</h2>\n",
    ],
)
def test_an_entry_of_the_contents_leads_to_its_own_heading_of_html(text: str) -> None:
    made = body(text)
    for heading in made.headings:
        (there,) = (each for each in made.html.split("<h") if f'id="{heading.id}"' in each)
        assert heading.text in there

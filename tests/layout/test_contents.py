"""The contents of a page: an entry for what stands above its sections, if anything does."""

import re

import pytest

OVERVIEW = ">Overview</a>"


@pytest.mark.parametrize(
    ("between", "has_entry"),
    [
        ("Words.\n\n", True),
        ("> [!TIP]\n> Words.\n\n", True),
        ("![A picture](a.png)\n\n", True),
        ("", False),
        ("<!-- said to no one -->\n\n", False),
        ("<a id='below'></a>\n\n", False),
        ("(below)=\n", False),
    ],
)
def test_an_overview_is_listed_where_something_stands_below_the_title(
    project, between: str, has_entry: bool
):
    built = project({"index.md": f"# Title\n\n{between}## One\n\nText.\n\n## Two\n\nText.\n"})
    assert (OVERVIEW in built.read("index.html")) is has_entry


def test_a_heading_without_words_is_no_entry(project):
    built = project({"index.md": "# T\n\n## ![](a.png)\n\na\n\n## B\n\nb\n\n## C\n"})
    text = built.read("index.html")
    assert re.findall(r'class="sg-level-2"><a href="[^"]*">([^<]*)</a>', text) == ["B", "C"]

"""Titles, line numbers and marks of code blocks."""

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.code.code_lines import PLAIN, CodeOptions, code_options, with_lines
from sitegen.render.code.highlight import highlight
from tests.cases import body


@pytest.mark.parametrize(
    ("info", "options"),
    [
        ("python", PLAIN),
        ("python runnable:test_basic", PLAIN),
        ('py title="a b.py"', CodeOptions("a b.py")),
        ("py filename=a.py {1,3-4}", CodeOptions("a.py", 0, frozenset((1, 3, 4)))),
        ("js {2} showLineNumbers", CodeOptions("", 1, frozenset((2,)))),
        ('py hl_lines="2 4-5" linenums="10"', CodeOptions("", 10, frozenset((2, 4, 5)))),
        ("py {9-2} {x} linenums=-1", CodeOptions("", 1)),
        ("{.python .numbered}", CodeOptions("", 1)),
    ],
)
def test_an_info_string_is_read_in_the_spellings_of_other_tools(
    info: str, options: CodeOptions
) -> None:
    assert code_options(info) == options


def test_a_range_of_lines_has_an_end() -> None:
    assert len(code_options("py {1-99999}").marked) == 10_000


@pytest.mark.integration
@given(st.text(alphabet="\"'#ab \n{}<&=", max_size=60), st.sampled_from(["python", "js", "text"]))
def test_lines_hold_every_letter_of_the_code(code: str, language: str) -> None:
    html = with_lines(highlight(code, language).html, CodeOptions("", 1))
    shown = unescape(re.sub("<[^>]*>", "", html))
    assert shown.removesuffix("\n") == code.removesuffix("\n")
    for line in re.findall(r'<span class="sg-line">(.*?)\n</span>', html):
        assert line.count("<span") == line.count("</span>")


def test_lines_are_added_removed_or_marked_by_the_info_string() -> None:
    html = body("```python ins={1} del={2-3} {5}\na\nb\nc\nd\ne\n```\n").html
    kinds = re.findall(r'class="sg-line([^"]*)"', html)
    assert kinds == [" sg-added", " sg-removed", " sg-removed", "", " sg-marked"]


@pytest.mark.parametrize("sign", ["#", "//", "--", ";"])
def test_comments_of_a_line_say_what_it_is_and_are_not_shown(sign: str) -> None:
    lines = (f"a = 1 {sign} [!code ++]", f"b = 2 {sign} [!code --]", f"c = 3  {sign} [!code hl]")
    html = body("```text\n" + "\n".join(lines) + "\n```\n").html
    assert "[!code" not in html
    assert re.findall(r'class="sg-line([^"]*)">(.)', html) == [
        (" sg-added", "a"),
        (" sg-removed", "b"),
        (" sg-marked", "c"),
    ]


def test_a_note_of_code_is_a_number_and_is_not_copied() -> None:
    html = body("```python\nboil()  # (1)!\nf(x)  # (see)!\n```\n\n1. It boils.\n").html
    assert '<span class="sg-code-note">1</span>' in html
    assert "(1)!" not in html
    assert 'data-copy="boil()' in html
    assert "# (see)!" in html


@pytest.mark.parametrize(
    ("sign", "end"), [("//", ""), ("#", ""), ("<!--", " -->"), ("{/*", " */}")]
)
def test_comments_on_lines_of_their_own_mark_others_and_are_not_shown(sign: str, end: str) -> None:
    said = [f"{sign} highlight-{name}{end}" for name in ("next-line", "start", "end")]
    code = "\n".join((said[0], "a", said[1], "b", "c", said[2], "d"))
    html = body(f"```text\n{code}\n```\n").html
    marked = [(" sg-marked", "a"), (" sg-marked", "b"), (" sg-marked", "c"), ("", "d")]
    assert re.findall(r'class="sg-line([^"]*)">(.)', html) == marked
    assert "highlight-next-line" not in html
    assert "highlight-next-line" in body(f"```text {{1}}\n{code}\n```\n").html

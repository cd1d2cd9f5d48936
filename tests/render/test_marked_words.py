"""Words between two marks: what they are on a page and in its twin, and what is no such mark."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("So ==very *good*== it", "<mark>very <em>good</em></mark>", "<mark>very *good*</mark>"),
        ("^^new^^ here", "<ins>new</ins>", "<ins>new</ins>"),
        ("H~2~O", "H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("x^2^ and 10^6^", "x<sup>2</sup> and 10<sup>6</sup>", "x<sup>2</sup>"),
        (
            "Press ++ctrl+c++.",
            "<kbd>Ctrl</kbd>+<kbd>C</kbd>.",
            "Press <kbd>Ctrl</kbd>+<kbd>C</kbd>.",
        ),
        ("# Press ++arrow-up++", 'id="press-arrow-up"', "# Press <kbd>Arrow-up</kbd>"),
        ("# A ==b==", 'id="a-b"', "# A <mark>b</mark>"),
        ("==강조==는", "<mark>강조</mark>는", "<mark>강조</mark>는"),
        ("中==好==字", "中<mark>好</mark>字", "中<mark>好</mark>字"),
        ("ไทย==เน้น==ไทย", "ไทย<mark>เน้น</mark>ไทย", "<mark>เน้น</mark>ไทย"),
        ("و==هام==و", "و<mark>هام</mark>و", "<mark>هام</mark>و"),
        ("^^삽입^^은", "<ins>삽입</ins>은", "<ins>삽입</ins>은"),
        ("x^2^은", "x<sup>2</sup>은", "x<sup>2</sup>은"),
        ("H~2~는", "H<sub>2</sub>는", "H<sub>2</sub>는"),
        ("++ctrl+c++를", "<kbd>C</kbd>를", "<kbd>C</kbd>를"),
        ("| a |\n|--|\n| ==b== |", "<td><mark>b</mark></td>", "<mark>b</mark>"),
    ],
)
def test_words_between_two_marks_are_what_the_marks_say(text: str, html: str, twin: str) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert twin in made.markdown
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "if a==b==c", "a == b == c", "==never closed", "C++ and g++", "i++ + j++", "3~5", "1~2~3",
        'Say "==" for "=="', "(==) is not (==)", "**==** or **==**", "==> a <==", "==, <, ==",
        "하기~정말~", "a^b", "a^b^a", "^ 2 ^", "++i++",
        "a==b==c", "я==б==я", "값==참", "a++bc++d",
        "HEAD~2~1", "home~user~dir", "===x===", "`==x==`", "\\==x==",
    ],
)  # fmt: skip
def test_what_is_no_pair_of_marks_stays_as_it_is(text: str) -> None:
    html = body(f"{text}\n").html
    for tag in ("<mark", "<ins", "<su", "<kbd", "<s>"):
        assert tag not in html


@pytest.mark.parametrize("sign", ["==a ", "^^a ", "a^b ", "a~b ", "-++", "++a", "==", "^", "a~"])
def test_marks_that_never_end_take_time_as_their_number(sign: str) -> None:
    assert sign.strip()[:1] in body(sign * 20_000 + "\n").html

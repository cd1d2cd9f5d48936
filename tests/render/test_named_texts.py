"""What reStructuredText puts into sentences by name: texts, pictures, signs, footnotes."""

from __future__ import annotations

import pytest

from tests.cases import body, seconds


@pytest.mark.parametrize(
    ("said", "html", "twin"),
    [
        ("replace:: the *pump*", "the <em>pump</em>", "the *pump*"),
        ("replace:: the pump\n   of all", "the pump of all", "the pump of all"),
        ("replace::\n   the pump", "the pump", "the pump"),
        ("unicode:: U+00A9 .. a sign", "©", "©"),
        ("unicode:: 0x3C b 0x3E", "&lt;b&gt;", "\\<b\\>"),
        ("raw:: html\n\n   <kbd>a</kbd>", "<kbd>a</kbd>", "<kbd>a</kbd>"),
        ("image:: a.png\n   :alt: Pump", '<img src="../a.png" alt="Pump"', "![Pump](a.png)"),
    ],
)
@pytest.mark.parametrize(
    "form", ["See |it|!\n\n{}", "{}\n\nSee |IT|!", "{}\n\n- a\n\n  > See |it|!"]
)
def test_a_named_text_stands_wherever_it_is_named(
    form: str, said: str, html: str, twin: str
) -> None:
    made = body(form.format(f".. |it| {said}\n"), "guide/page")
    assert f"See {html}" in made.html
    assert f"See {twin}!" in made.markdown
    assert ".. " not in made.html + made.markdown
    assert not [each for each in made.diagnostics if each.code == "dialect"]


@pytest.mark.parametrize("text", ["`|it|`", "\\|it|", "|other|", "a | it | b"])
def test_in_code_and_behind_a_backslash_nothing_is_named(text: str) -> None:
    html = body(f".. |it| replace:: pump\n\n{text}\n").html
    assert "pump" not in html
    assert text.strip("`").removeprefix("\\") in html


def test_a_named_text_leads_where_a_target_of_its_name_does() -> None:
    made = body(".. |it| replace:: the *pump*\n.. _it: https://e.org\n\nSee |it|_.\n")
    assert ">the <em>pump</em></a>." in made.html
    assert "See [the *pump*](https://e.org)." in made.markdown


def test_a_named_text_may_name_another_and_itself_only_once() -> None:
    html = body(".. |a| replace:: x |b| |a|\n.. |b| replace:: *y*\n\nSee |a|.\n").html
    assert "See x <em>y</em> " in html
    assert len(html) < 200


def test_particles_may_stand_behind_what_is_named() -> None:
    made = body("|날짜|은 [1]_입니다.\n\n.. |날짜| replace:: *오늘*\n.. [1] 각주\n")
    assert "<em>오늘</em>은 <sup" in made.html
    assert "</sup>입니다." in made.html
    assert not made.diagnostics


def test_words_lead_where_a_target_of_their_name_does_where_a_page_is_no_markdown() -> None:
    text = "See site_, `site_`, my_site_ and other_.\n\n.. _site: https://e.org\n"
    made = body(text)
    assert made.html.count('href="https://e.org"') == 1
    assert "See [site](https://e.org), `site_`, my_site_ and other_." in made.markdown
    assert "See site_, " in body(f"# Title\n\n{text}").html


@pytest.mark.parametrize("after", ["'s pages", "/other", "-like", ".", ")"])
def test_what_may_follow_a_word_that_leads_somewhere(after: str) -> None:
    made = body(f"As site_{after}\n\n.. _site: https://e.org\n")
    assert f">site</a>{after}" in made.html


@pytest.mark.parametrize("label", ["1", "note", "*"])
def test_dots_of_prose_are_no_footnote(label: str) -> None:
    text = f"# Title\n\nSo it goes\n.. [{label}] see there\n"
    assert f"goes\n.. [{label}] see there" in body(text).html
    assert "footnote-unused" not in {each.code for each in body(text).diagnostics}
    assert "footnote-ref" in body(f"{text}\nAs said [{label}]_.\n").html


def test_a_blank_behind_a_backslash_parts_a_role_from_letters_and_is_not_shown() -> None:
    made = body(".. note:: x\n\nH\\ :sub:`2`\\ O, a\\ b\n")
    assert "H<sub>2</sub>O, ab" in made.html
    assert "H<sub>2</sub>O, ab" in made.markdown
    assert "a\\ b" in body("# Title\n\na\\ b\n").html


@pytest.mark.parametrize(
    ("mark", "label", "twin"),
    [
        ("1", "1", "[^1]"),
        ("#", "#", "[^auto-1]"),
        ("#pump", "#pump", "[^pump]"),
        ("*", "*", "[^sign-1]"),
        ("Doe2001", "Doe2001", "\\[Doe2001\\][^Doe2001]"),
    ],
)
def test_footnotes_and_citations_are_footnotes(mark: str, label: str, twin: str) -> None:
    made = body(f"- As said [{mark}]_.\n\n.. [{label}] It *is*\n   so.\n\n   - really\n")
    assert '<a href="#fn1" id="fnref1">[1]</a>' in made.html
    assert "It <em>is</em>\nso." in made.html
    assert "<li>really</li>" in made.html
    assert f"said {twin}." in made.markdown
    assert made.html.count("[Doe2001]") == (2 if mark == "Doe2001" else 0)
    assert not made.diagnostics


def test_footnotes_that_number_themselves_follow_each_other() -> None:
    made = body("A [#]_ and b [#]_, c [#]_.\n\n.. [#] first\n.. [#] second\n")
    assert "A [^auto-1] and b [^auto-2], c [#]_." in made.markdown
    assert made.html.index("<p>first") < made.html.index("<p>second")
    assert [each.code for each in made.diagnostics] == ["dialect"]


def test_a_footnote_without_words_stays_and_is_reported() -> None:
    made = body("A [1]_.\n\n.. [1]\n\nEnd.\n")
    assert ".. [1]" in made.html
    assert {each.code for each in made.diagnostics} == {"dialect"}


def test_a_long_text_is_not_put_wherever_it_is_named() -> None:
    text = f".. |it| replace:: {'pump ' * 200}\n\n" + "|it| " * 2_000
    assert len(body(text).html) < 2 * len(text)


@pytest.mark.parametrize(
    "sign", ["|a ", "|a|", "`|", "[a]_", "[a", ".. [1] a\n", "a_", "a.", "a_ "]
)
def test_names_take_time_as_their_number(sign: str) -> None:
    text = ".. |it| replace:: x\n.. [1] y\n\n"
    assert seconds(text + sign * 20_000) < 40 * seconds(text + sign * 2_000) + 0.5

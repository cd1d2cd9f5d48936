"""Badges, icons, links, hints and fields: on the page, in a sentence of the twin, hostile."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ('A <Badge text="New"/> b', 'A <span class="sg-tag">New</span> b', "A New b"),
        ("A <Badge>*Old*</Badge>", '<span class="sg-tag"><em>Old</em></span>', "A *Old*"),
        ('A <Icon name="star"/>b', "A b", "A b"),
        ('<Icon name="star" label="Star"/> b', "Star b", "Star b"),
        ("A List<Icon> b", "List&lt;Icon&gt; b", "List\\<Icon\\> b"),
        (
            'See <Link to="other">*that*</Link>',
            '<a href="../other/"><em>that</em></a>',
            "(other.md)",
        ),
        (
            '<LinkButton href="other">Go</LinkButton>',
            '<a class="sg-cta" href="../other/">',
            "[Go](",
        ),
        (
            'An <Tooltip tip="A, B">API</Tooltip>',
            '<abbr title="A, B">API</abbr>',
            "API (A, B)",
        ),
        ('<Update label="May">\n\nWords.\n\n</Update>', ">May</p>", "**May**\n\nWords."),
        (
            '<ParamField path="id" required>An *id*.</ParamField>',
            "<code>id</code>",
            "`id` required",
        ),
    ],
)
def test_small_components_of_other_dialects_say_the_same_on_the_page_and_in_its_twin(
    text: str, html: str, twin: str
) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert twin in made.markdown
    assert not [d for d in made.diagnostics if d.code != "link-without-target"]


def test_a_button_may_be_written_over_several_lines() -> None:
    made = body('Words.\n\n<LinkButton\n  href="other"\n  icon="right"\n>\n  Go\n</LinkButton>\n')
    assert '<a class="sg-cta" href="../other/">Go</a>' in made.html
    assert "<blockquote" not in made.html


def test_fields_hold_fields_and_all_that_is_said_of_them() -> None:
    inner = '<ResponseField name="b" type="int" default="1">Deep.</ResponseField>'
    html = body(f'<ResponseField name="a">\n\n{inner}\n\n</ResponseField>\n').html
    assert html.count("<dl") == 2
    assert '<span class="sg-tag">default: 1</span>' in html
    assert "<p>Deep.</p>" in html


def test_an_address_that_may_not_be_followed_is_none_in_the_twin_either() -> None:
    text = '<Link to="javascript:alert(1)">x</Link> <Card title="y" href="javascript:alert(1)"/>'
    made = body(f"{text}\n")
    assert "javascript" not in made.html + made.markdown


@pytest.mark.parametrize(
    "tag", ['<Kbd mac="Command+C"/>', '<Code code="let a"/>', '<Table rows="3"/>']
)
@pytest.mark.parametrize(
    "around", ["{}", "Words {} here.", "<div>\n{}\n</div>", "| a |\n|---|\n| {} |"]
)
def test_a_component_that_is_called_like_an_element_is_not_an_empty_element(
    tag: str, around: str
) -> None:
    made = body(around.format(tag) + "\n")
    assert f"&lt;{tag[1:4]}" in made.html
    assert ("&lt;" in made.markdown) or ("\\<" in made.markdown)
    if "<div>" not in around:
        assert [d.code for d in made.diagnostics] == ["component-unknown"]


def test_elements_in_capitals_and_those_that_need_no_words_stay_what_they_are() -> None:
    html = body('<BR/> <Video src="x.mp4"/> <A name="x"/> <Details>words</Details>\n').html
    assert "&lt;" not in html
    assert "<video" in html

"""A body's tags written otherwise: all else stays, and nothing that is written can open a tag."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.html.element import start_tag
from sitegen.render.html.finished import rewritten
from sitegen.render.html.sanitize import sanitize
from tests.examples import examples
from tests.render.html.cleaned import elements, faults


@given(st.text(alphabet="<>/='\"!-& \n\r\x00;#aphr1btdiémg", max_size=80))
@examples(300)
def test_what_is_told_to_stay_stays_byte_by_byte(raw: str) -> None:
    html = sanitize(raw)
    assert rewritten(html, lambda _tag, _attributes, own: own) == html


def test_tags_are_told_with_the_values_that_a_reader_of_the_page_gets() -> None:
    html = (
        '<p id="a&amp;b" hidden="">é\r\n&nbsp;</p>\n<img alt="&lt;x&gt; &quot;y&quot;"> <h2>z</h2>'
    )
    told = []
    rewritten(html, lambda tag, attributes, own: (told.append((tag, dict(attributes))), own)[1])
    assert told == [
        ("p", {"id": "a&b", "hidden": ""}),
        ("img", {"alt": '<x> "y"'}),
        ("h2", {}),
    ]


def test_what_is_written_instead_cannot_break_out_of_its_attribute() -> None:
    html = sanitize('<p title="a">b</p>\n<h1 lang="en">c</h1>')
    hostile = '"><img src=x onerror=alert(1)>'
    other = rewritten(
        html,
        lambda tag, attributes, _own: start_tag(
            tag.replace("h1", "h2"), dict.fromkeys(attributes, hostile)
        ),
        lambda tag: tag.replace("h1", "h2"),
    )
    assert [each.tag.rpartition("}")[2] for each in elements(other)] == ["p", "h2"]
    assert list(faults(other)) == []

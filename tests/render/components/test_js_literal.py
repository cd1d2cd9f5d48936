"""JavaScript literals in attributes of components."""

import pytest

from sitegen.render.components.js_literal import parse_literal


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[]", []),
        ("{a: 1, 'b': 2.5, \"c-d\": true,}", {"a": 1, "b": 2.5, "c-d": True}),
        ("[ {text: `a`}, ]", [{"text": "a"}]),
        (r'"a \"b\" \n \u00e9 \x41 \u{1F917} \q"', 'a "b" \n é A 🤗 q'),
        ("'it is \"so\"'", 'it is "so"'),
        ("[1, // one\n /* two */ 2]", [1, 2]),
        ("[null, undefined, false, -3]", [None, None, False, -3]),
        ('{"x":{"y":[{"z":"&#60;mask>"}]}}', {"x": {"y": [{"z": "&#60;mask>"}]}}),
        (r"`a \${b} $c \`d`", "a ${b} $c `d"),
        (r'"\ud800"', "\ufffd"),
    ],
)
def test_a_literal_is_read_as_a_browser_reads_it(text: str, value: object):
    assert parse_literal(text) == value


@pytest.mark.parametrize(
    "text",
    ["", "[1", "{a}", "{a:", "[1 2]", '"a', "alert(1)", "[] []", "[" * 50, "{,}", "`a ${b}`"],
)
def test_what_is_no_literal_is_refused_with_the_place(text: str):
    with pytest.raises(ValueError, match="expected at"):
        parse_literal(text)

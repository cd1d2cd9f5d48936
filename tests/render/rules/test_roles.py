"""Roles of MyST: objects, code, pages and words; what is none."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize(
    ("text", "html", "twin"),
    [
        ("{py:func}`lib.x`", "<code>lib.x</code>", "`lib.x`"),
        ("{class}`~a.b.C`", "<code>C</code>", "`C`"),
        ("{meth}`the *way* <a.b.C.go()>`", "<code>the *way*</code>", "`the *way*`"),
        ("{func}`!x`", "<code>x</code>", "`x`"),
        ("{file}`a<b.py`", "<code>a&lt;b.py</code>", "`a<b.py`"),
        ("{doc}`The guide <other>`", '<a href="../other/">The guide</a>', "[The guide](other.md)"),
        ("{doc}`other`", '<a href="../other/">other</a>', "[other](other.md)"),
        ("{ref}`Its part <label>`", "Its part", "Its part"),
        ("H{sub}`2`O", "H<sub>2</sub>O", "H<sub>2</sub>O"),
        ("# A {file}`b` c", 'id="a-b-c"', "# A `b` c"),
        ("| {py:mod}`x` |\n|--|", "<th><code>x</code></th>", "| `x` |"),
    ],
)
def test_a_role_says_what_its_words_are(text: str, html: str, twin: str) -> None:
    made = body(f"{text}\n")
    assert html in made.html
    assert twin in made.markdown
    assert "{" not in made.html + made.markdown
    assert {finding.code for finding in made.diagnostics} <= {
        "reference-unresolved",
        "link-without-target",
    }


@pytest.mark.parametrize("text", ["{x}`y`", "{A}`b`", "`{py:func}`", "{func} `x`", "{func}``"])
def test_what_is_no_role_that_is_known_is_shown(text: str) -> None:
    assert "{" in body(f"set {text}\n").html


def test_roles_that_never_end_take_time_as_their_number() -> None:
    assert "{py:func}" in body("{py:func}`a " * 20_000 + "\n").html

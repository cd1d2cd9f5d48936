"""What reStructuredText writes otherwise, on pages that are read as Markdown."""

from __future__ import annotations

import re
from textwrap import indent

import pytest

from tests.cases import body


def test_titles_may_be_underlined_with_other_signs_and_swallow_nothing() -> None:
    made = body(
        "Top\n===\n\nPart\n~~~~\n\nWords.\n\nDetail\n^^^^^^\n\nMore.\n\nNext\n~~~~\n\nEnd.\n"
    )
    assert [(each.level, each.text) for each in made.headings] == [
        (1, "Top"),
        (2, "Part"),
        (3, "Detail"),
        (2, "Next"),
    ]
    assert "<code" not in made.html
    assert not made.diagnostics


@pytest.mark.parametrize(
    "text",
    [
        "Code:\n~~~\nx\n~~~\n",
        "Code\n\n~~~\n\nx\n~~~\n",
        "A long line before\n~~~\n\nx\n~~~\n",
        "Code\n~~~~\nx\n~~~~\n",
        "Run\n~~~\n\nls\n~~~\n",
        "Text:\n~~~~~\n\nA line that is long.\n\n~~~~~\n",
    ],
)
def test_a_fence_of_tildes_stays_one(text: str) -> None:
    made = body(text)
    assert "<pre" in made.html
    assert "<h" not in made.html


@pytest.mark.parametrize(
    ("text", "title", "words"),
    [
        (".. note::\n\n   Do *it*.\n", "Note", "<p>Do <em>it</em>.</p>"),
        (".. warning:: Do *it*\n   now.\n\n   - a\n", "Warning", "<li>a</li>"),
        (".. admonition:: My *own*\n\n   Do it.\n", "My <em>own</em>", "<p>Do it.</p>"),
        (".. versionadded:: 1.2 It came.\n", "Added in 1.2", "<p>It came.</p>"),
        ("- One\n\n  .. tip::\n\n     Do it.\n", "Tip", "<p>Do it.</p>"),
    ],
)
def test_a_directive_that_is_a_callout_is_one(text: str, title: str, words: str) -> None:
    made = body(f"{text}\nAfter.\n")
    assert f'<p class="sg-callout-title">{title}</p>' in made.html
    assert words in made.html
    assert ".. " not in made.html + made.markdown
    assert "<p>After.</p>" in made.html
    assert not made.diagnostics


def test_code_is_code_as_a_directive_and_below_two_colons() -> None:
    made = body(
        ".. code-block:: python\n   :caption: a.py\n\n   x = 1\n\n     y\n\n"
        "For example::\n\n    z = 2\n\nLook. ::\n\n  q\n\n"
        "::\n\n   alone\n\nEnd::\n\nnot further in\n"
    )
    assert '```python title="a.py"\nx = 1\n\n  y\n```' in made.markdown
    assert "For example:\n\n```\nz = 2\n```" in made.markdown
    assert "Look.\n\n```\nq\n```\n\n```\nalone\n```\n\nEnd::" in made.markdown


@pytest.mark.parametrize(
    ("below", "html"),
    [
        ("  - *a*\n", "<li><em>a</em></li>"),
        ("  1. *a*\n", "<li><em>a</em></li>"),
        ("   > *a*\n", "<p><em>a</em></p>\n</blockquote>"),
        ("   ```python\n   *a*\n   ```\n", 'class="language-python">*a*\n'),
        ("    ```python\n    *a*\n    ```\n", 'class="language-python">*a*\n'),
    ],
)
def test_markdown_that_may_be_moved_in_so_far_is_no_code_below_two_colons(
    below: str, html: str
) -> None:
    assert html in re.sub(r"<span[^>]*>|</span>", "", body(f"Steps::\n\n{below}").html)


@pytest.mark.parametrize(
    "text", ["__`git clone <a/b>`__", "_`a <b/c>`_", "Use `ssh <host>`_", "`List <T>`"]
)
def test_code_with_a_placeholder_and_code_that_is_emphasised_are_no_links(text: str) -> None:
    html = body(f"{text}\n").html
    assert "<a " not in html
    assert "&lt;" in html


def test_roles_and_links_say_what_they_are() -> None:
    made = body("See `the *page* <https://e.org/x>`_, :func:`~a.b`, :ref:`it <l>`, 9:30:`x`.\n")
    assert '<a href="https://e.org/x" rel="noopener noreferrer">the <em>page</em></a>' in made.html
    assert ", <code>b</code>, it, 9:30:<code>x</code>." in made.html
    assert "[the *page*](https://e.org/x), `b`, it, 9:30:`x`." in made.markdown


@pytest.mark.parametrize("text", [".. autosummary:: a\n", ".. note::\n\nNot in it.\n"])
def test_other_directives_are_shown_and_reported(text: str) -> None:
    made = body(text)
    assert "::" in made.html
    assert [finding.code for finding in made.diagnostics] == ["dialect"]


@pytest.mark.parametrize(
    "text", ["`a <b>` ", ":x:`a ", "`a <", "x\n~\n\n", ".. note:: a\n", "a::\n\n  "]
)
def test_many_of_them_take_time_as_their_number(text: str) -> None:
    assert body(text * 5_000 + "\n").html


def test_places_and_addresses_of_links_are_not_shown() -> None:
    made = body(
        ".. _a place:\n\nSee `The  guide`_, `other`_, `none`_ and [here](#a-place).\n\n"
        ".. _the guide: https://e.org/x\n.. _`other`: other.md\n"
    )
    assert '<a href="https://e.org/x" rel="noopener noreferrer">The  guide</a>' in made.html
    assert '<a href="../other/">other</a>' in made.html
    assert "[other](other.md)" in made.markdown
    assert ".. " not in made.html + made.markdown
    assert "none" in made.html
    assert "none`" not in made.html + made.markdown
    assert [each.code for each in made.diagnostics] == ["reference-unresolved"]


def test_tabs_are_directives_too() -> None:
    made = body(
        ".. tab-set::\n\n   .. tab-item:: A *b*\n\n      One *c*\n\n"
        "   .. tab-item:: D\n\n      Two\n\nEnd.\n"
    )
    assert '<section class="sg-tab" data-tab="A b">' in made.html
    assert "One <em>c</em>" in made.html
    assert "**D**\n\nTwo\n\nEnd." in made.markdown
    assert not made.diagnostics


@pytest.mark.parametrize("name", ["option", "confval", "envvar", "cmdoption"])
def test_options_and_settings_stand_over_what_is_said_of_them(name: str) -> None:
    made = body(f".. {name}:: -a <b>\n   :type: int\n   :default: 1\n\n   It *is*.\n\nEnd.\n")
    assert "`-a <b>`\n\n: type: int, default: 1\n\n  It *is*.\n\nEnd." in made.markdown
    assert "<dt><code>-a &lt;b&gt;</code></dt>" in made.html
    assert not made.diagnostics


@pytest.mark.parametrize(
    ("name", "language"), [("testcode", "python"), ("doctest", "python"), ("testoutput", "")]
)
def test_code_of_tests_is_code(name: str, language: str) -> None:
    made = body(f".. {name}:: group\n\n   x = 1\n\nEnd.\n")
    assert f"```{language or 'text'}\nx = 1\n```" in made.markdown
    assert not made.diagnostics


@pytest.mark.parametrize("code", [">>> 1 + 1\n2", "- a\n- b", "> dir", "1. x", "# y"])
@pytest.mark.parametrize("blanks", [" ", "   "])
def test_whatever_is_further_in_below_two_colons_is_code_on_a_page_that_is_no_markdown(
    code: str, blanks: str
) -> None:
    made = body(f"Run::\n\n{indent(code, blanks)}\n\nEnd.\n", suffix=".rst")
    assert made.markdown.startswith(f"Run:\n\n```\n{code}\n```\n\nEnd.")
    assert not made.diagnostics


def test_one_blank_is_enough_for_what_belongs_to_a_directive_or_a_remark() -> None:
    made = body(".. note::\n\n It *is*.\n\n.. so\n on\n\nEnd.\n", suffix=".rst")
    assert made.markdown == "> [!NOTE]\n> It *is*.\n\nEnd.\n"


def test_a_doctest_is_written_without_a_fence_where_a_page_is_no_markdown() -> None:
    assert not body("Look.\n\n>>> 1\n1\n\nEnd.\n", suffix=".rst").diagnostics
    assert [each.code for each in body(">>> 1\n1\n").diagnostics] == ["doctest-unfenced"]


@pytest.mark.parametrize("text", [":Site: `The\n `site`_\n", "Term\n Said *so*.\n"])
def test_one_blank_is_enough_below_a_field_and_a_term(text: str) -> None:
    made = body(f"{text}\n.. _site: https://e.org\n", suffix=".rst")
    assert made.html.count("<dd>") == 1

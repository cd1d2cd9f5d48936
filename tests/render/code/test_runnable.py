"""Notes to doc-builder's test runner in code."""

import pytest

from sitegen.render.code.runnable import clean, runnable_label, without_flags
from tests.cases import body


@pytest.mark.parametrize(
    ("info", "label"),
    [("py runnable:quick", "quick"), ("python runnable:2", "2"), ("py runnable", ""), ("py", None)],
)
def test_the_label_of_a_runnable_block_is_read(info: str, label: str | None):
    assert runnable_label(info) == label


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        ("a = 1\nassert a  # doc-builder: hide\nb = 2\n", "a = 1\nb = 2\n"),
        ("a\ncheck(  # doc-builder: hide\n    1,\n)\nb\n", "a\nb\n"),
        ("a\ncheck(\n    1,\n)  # doc-builder: hide\nb\n", "a\nb\n"),
        ("a\nfor x in y:  # doc-builder: hide\n    f(x)\n\n    g(x)\nb\n", "a\nb\n"),
        ("if a:\n    assert a  # doc-builder: hide\nb\n", "b\n"),
        ("with a:\n    if b:\n        assert b  # doc-builder: hide\nc\n", "c\n"),
        ("if a:\n    f()\n    assert a  # doc-builder: hide\nb\n", "if a:\n    f()\nb\n"),
        ("a\n\nx  # doc-builder: hide\n\nb\n", "a\n\nb\n"),
        ("x  # doc-builder: hide\n\nb\n", "b\n"),
        ("assert a  # doc-builder: ignore-bare-assert\n", "assert a\n"),
        ("assert a  # ignore-bare-assert\n", "assert a\n"),
        ("# pytest-decorator: a.b, c.d\nx\n", "x\n"),
        ("a\n\n\n\nb\n", "a\n\n\n\nb\n"),
        ('s = "( # doc-builder"\nb\n', 's = "( # doc-builder"\nb\n'),
    ],
)
def test_what_is_for_the_test_runner_alone_is_taken_out(code: str, shown: str):
    assert clean(code) == shown


def test_flags_go_with_the_blanks_before_them():
    code = (
        ">>> a  # doctest: +SKIP\n... b # doctest: +A, -B\n>>> c  # doctest\nd  # doctest: +SKIP\n"
    )
    assert without_flags(code) == ">>> a\n... b\n>>> c  # doctest\nd  # doctest: +SKIP\n"


def test_how_a_cell_of_quarto_is_run_is_not_shown() -> None:
    made = body("```{python}\n#| label: fig-x\n#| echo: false\n\nx = 1 #| kept\n```\n")
    assert made.markdown == "```{python}\nx = 1 #| kept\n```\n"
    assert "echo" not in made.html
    assert "#| kept" in body("```python\n#| kept\n```\n").markdown

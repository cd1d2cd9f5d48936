"""Formulas as KaTeX knows them: all that MathML can say is shown."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.render.rules.formulas import FormulaError, mathml
from sitegen.render.rules.tex import ARGUMENTS, PLAIN, known_tex

KATEX = (Path(__file__).parent / "katex.txt").read_text("utf-8").splitlines()
"""A formula for each function of KaTeX's table, its aliases and environments."""

BEYOND = ("\\begin{CD}", "\\DeclareMathOperator", "\\includegraphics", "\\rule", "\\ce{")
"""What MathML, or what we make it with, cannot draw; and definitions, which we refuse."""


@pytest.mark.parametrize("tex", [tex for tex in KATEX if not tex.startswith(BEYOND)])
def test_a_formula_that_katex_knows_is_shown(tex: str) -> None:
    assert mathml(tex, display=True).startswith("<math")


@pytest.mark.parametrize("tex", [tex for tex in KATEX if tex.startswith(BEYOND)])
def test_what_cannot_be_drawn_is_an_error_and_no_other_formula(tex: str) -> None:
    with pytest.raises(FormulaError):
        mathml(tex, display=True)


def test_the_table_of_katex_is_whole() -> None:
    assert len(KATEX) > 300
    named = "\n".join(KATEX)
    assert all(name.rstrip("*") in named for name in (*PLAIN, *ARGUMENTS))


@pytest.mark.parametrize(
    ("tex", "known"),
    [
        (r"\small{ x }", "{ x }"),
        (
            r"\sum_{\substack{i<n \\ i>0}} x",
            r"\sum_{\begin{subarray}{c}i<n \\ i>0\end{subarray}} x",
        ),
        (r"\begin{split} a &= b \end{split}", r"\begin{aligned} a &= b \end{aligned}"),
        (r"x = 1 \tag{3}", r"x = 1\qquad\text{(3)}"),
        (r"\tag*{A} x", r" x\qquad\text{A}"),
        (r"\pmb\mu", r"\boldsymbol{\mu}"),
        (r"\smash[b]{\pmb{x}}", r"{\boldsymbol{x}}"),
        (r"\href{https://a.b/#c}{\alpha}", r"{\alpha}"),
        (r"\cancelto{0}{x}", r"\cancel{x}^{0}"),
        (r"\text{for $x$ in $y$.}", r"\text{for }x\text{ in }y\text{.}"),
        (r"\unicode{x263a}\char" + '"41', "\\text{☺}\\text{A}"),
        (r"a \\ \smaller b", r"a \\ \smaller b"),
        (r"\mbox{a}", r"\text{a}"),
    ],
)
def test_a_command_becomes_what_the_converter_knows(tex: str, known: str) -> None:
    assert known_tex(tex) == known


def test_arguments_that_nest_without_end_are_an_error() -> None:
    with pytest.raises(FormulaError):
        mathml(r"\smash{" * 200 + "x" + "}" * 200, display=False)

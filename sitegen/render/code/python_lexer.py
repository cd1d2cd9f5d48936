"""Python code for highlighting: Pygments' own lexer with the common runs matched at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import ClassVar

from pygments.lexer import inherit, words
from pygments.lexers.python import PythonLexer
from pygments.token import Name, Number, Operator, String, Text


def _listed(*states: str) -> Iterator[str]:
    """Yield every word that the lexer below lists under these states."""
    for state in states:
        for rule in PythonLexer.tokens[state]:
            if isinstance(rule, tuple) and isinstance(rule[0], words):
                yield from rule[0].words


def _any_word(names: Iterable[str]) -> str:
    return str(words(sorted({name.split()[0] for name in names}), suffix=r"\b").get())  # type: ignore[no-untyped-call]


# Words that take part in a rule which is no word list, and the operators spelt as words.
_IN_RULES = (
    "def class from import lazy match case in is and or not self cls Ellipsis NotImplemented"
)
_SPECIAL = _any_word(
    [*_listed("keywords", "expr-keywords", "magicfuncs", "magicvars"), *_IN_RULES.split()]
)
_BUILTIN = _any_word(_listed("builtins"))
_AT_LINE_START = r"(?<![^\n])"
_PLAIN = "|".join(
    (
        # Not: a listed word, the prefix of a string, a name beyond ASCII.
        rf"(?!{_SPECIAL}|(?<!\.){_BUILTIN}|[rRbBuUfFtT]{{1,2}}[\"'])"
        r"[A-Za-z_][A-Za-z0-9_]*+(?![^\x00-\x7f])[^\S\n]*+",
        r"[\[\]{}:(),;~+/*%=<>&^|-]++[^\S\n]*+",
        r"!=|\.(?!\d)",
        rf"{_AT_LINE_START}[^\S\n]*+\n",
        # A docstring and the soft keywords claim the indentation before them.
        rf"{_AT_LINE_START}[^\S\n]++(?![rRuUbB]{{0,2}}(?:\"\"\"|''')|match\b|case\b)",
        r"(?<=[^\n])[^\S\n]++",
        r"\n",
    )
)


_NAME = r"[^\W\d][^\x00-/:-@\[-^`{-\x7f\s]*+"


def _with_names(state: str) -> list[object]:
    """The rules of a state where all that is not ASCII may go on a name, but for blanks.

    Pygments lists the letters of all scripts: to compile that takes as long as some pages.
    """
    return [
        (rule[0].replace(PythonLexer.uni_name, _NAME), *rule[1:])
        if isinstance(rule, tuple)
        else rule
        for rule in PythonLexer.tokens[state]
    ]


class FastPythonLexer(PythonLexer):
    """Pygments' Python lexer, five times as fast where types are told apart only by our classes.

    Most of a Python file is names, punctuation and blanks, none of which is coloured. The first
    rule takes a whole run of them as one `Text`; the next ones take strings without escapes and
    interpolation, and words that the inherited rules would try late. All else is left to the
    inherited rules, so what is coloured is what Pygments would colour (a test compares the two).
    It also ends the one quadratic case of the inherited rules, lines of blanks.
    """

    tokens: ClassVar = {
        "root": [
            (rf"(?:{_PLAIN})+", Text),
            (r'"(?!"")[^"\\%{\n]*+"', String.Double),
            (r"'(?!'')[^'\\%{\n]*+'", String.Single),
            (r"\d++(?:\.\d++)?(?![\w.])", Number),
            (rf"(?<!\.)(?:{_BUILTIN}|(?:self|cls)\b)", Name.Builtin),
            (r"(?:in|is|and|or|not)\b", Operator.Word),
            inherit,
        ],
        **{
            state: _with_names(state)
            for state in ("name", "funcname", "classname", "import", "fromimport")
        },
    }

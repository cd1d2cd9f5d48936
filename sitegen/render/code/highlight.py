"""Code blocks into HTML with Pygments' classes, within limits that hostile code cannot pass."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from html import escape

from msgspec import Struct
from pygments.lexer import Lexer
from pygments.lexers import get_lexer_by_name
from pygments.lexers.python import PythonTracebackLexer
from pygments.token import Comment, Generic, Keyword, Name, Number, Operator, String
from pygments.token import _TokenType as TokenType

from sitegen.limits.seconds import within_seconds
from sitegen.render.code.bash_lexer import FastBashLexer
from sitegen.render.code.doctests import is_doctest, parts
from sitegen.render.code.languages import named
from sitegen.render.code.python_lexer import FastPythonLexer

# A token has the class of its nearest ancestor here; all other tokens are plain text.
_CLASSES = {
    Comment: "c",
    Comment.Preproc: "cp",
    Generic.Deleted: "gd",
    Generic.Emph: "ge",
    Generic.Error: "gr",
    Generic.Heading: "gh",
    Generic.Inserted: "gi",
    Generic.Output: "go",
    Generic.Prompt: "gp",
    Generic.Strong: "gs",
    Generic.Subheading: "gu",
    Generic.Traceback: "gt",
    Keyword: "k",
    Name.Attribute: "na",
    Name.Builtin: "nb",
    Name.Class: "nc",
    Name.Decorator: "nd",
    Name.Exception: "nb",
    Name.Function: "nf",
    Name.Tag: "nt",
    Name.Variable: "nv",
    Number: "m",
    Operator.Word: "k",
    String: "s",
    String.Escape: "se",
    String.Interpol: "si",
}


# Measured with one repeated character or pair per line: the lexers named here stay linear, others
# may be quadratic in a line or in the block, a few worse. Hence limits that depend on the code
# alone, and the clock as the last resort.
_LARGEST = 256 * 1024
_LARGEST_OF_OTHERS = 16 * 1024
_LONGEST_LINE = 8000
_LONGEST_LINE_OF_OTHERS = 500
_BLANK_FLOOD = re.compile(r"\s{1000}")
_FAST: Mapping[str, type[Lexer]] = {"bash": FastBashLexer, "python": FastPythonLexer}
_STEADY = frozenset(("bash", "docker", "json", "python", "text", "toml"))
_SECONDS = 5
_SHORT = 4000  # characters; even a quadratic lexer is soon done with these
_LEXER_FAULTS = (
    *(ArithmeticError, AssertionError, AttributeError, LookupError),
    *(RecursionError, TypeError, ValueError),
)

_PROMPT = '<span class="gp" aria-hidden="true">{}</span>'
_TRACEBACK = "Traceback (most recent call last):\n"


class Highlighted(Struct, frozen=True):
    """A code block: the inner HTML of its `code` element and what to call its language.

    `language` is safe as part of a class name. A block that passes a limit is plain.
    """

    html: str
    language: str
    label: str


def highlight(code: str, info: str) -> Highlighted:
    """Highlight a code block by the language that its info string names.

    Python with prompts at line starts is a doctest, whatever it is called.
    """
    language, label = named(info)
    if language == "text":
        return Highlighted(escape(code, quote=False), language, label)
    if _within_limits(code, language):
        try:
            if _is_quick(code, language):
                html = _html(code, language)
            else:
                html = within_seconds(_SECONDS, _html, code, language)
        except (TimeoutError, *_LEXER_FAULTS):
            pass
        else:
            return Highlighted(html, language, label)
    return Highlighted(escape(code, quote=False), language, label)


def _within_limits(code: str, language: str) -> bool:
    steady = language in _STEADY
    if not steady and _BLANK_FLOOD.search(code):
        return False
    longest = _LONGEST_LINE if steady else _LONGEST_LINE_OF_OTHERS
    return len(code) <= (_LARGEST if steady else _LARGEST_OF_OTHERS) and (
        len(code) <= longest or max(map(len, code.split("\n"))) <= longest
    )


def _is_quick(code: str, language: str) -> bool:
    """Tell whether no clock is needed: to set one costs as much as to highlight a short block."""
    return language in _STEADY and len(code) <= _SHORT


@cache
def _lexer(language: str) -> Lexer:
    fast = _FAST.get(language)
    return fast() if fast else get_lexer_by_name(language)


@cache
def _traceback_lexer() -> Lexer:
    return PythonTracebackLexer()


def _html(code: str, language: str) -> str:
    if language == "python" and is_doctest(code):
        return "".join(_doctest_spans(code))
    return "".join(map(_span, *_runs(_lexer(language), code)))


def _runs(lexer: Lexer, code: str) -> tuple[list[str], list[str]]:
    """Split code into the longest runs of one class: the classes and the pieces.

    Raises:
        ValueError: The lexer does not give back the code it was given.
    """
    ended = code if code.endswith("\n") else code + "\n"  # as lexers expect
    classes: list[str] = []
    pieces: list[str] = []
    last, left = None, len(ended)
    for _, token, piece in lexer.get_tokens_unprocessed(ended):
        name = _class_of(token)
        if name == last:
            pieces[-1] += piece
        else:
            classes.append(name)
            pieces.append(piece)
            last = name
        left -= len(piece)
        if not left:
            break  # a lexer would try all of its rules to find that nothing follows
    if "".join(pieces) != ended:
        raise ValueError(lexer.name)
    if ended is not code:
        pieces[-1] = pieces[-1][:-1]
    return classes, pieces


@cache
def _class_of(token: TokenType) -> str:
    while token.parent is not None and token not in _CLASSES:
        token = token.parent
    return _CLASSES.get(token, "")


def _span(name: str, piece: str) -> str:
    if "&" in piece or "<" in piece or ">" in piece:
        piece = escape(piece, quote=False)
    return f'<span class="{name}">{piece}</span>' if name and piece else piece


def _doctest_spans(code: str) -> Iterator[str]:
    for kind, prompts, rests in parts(code):
        text = "".join(rests)
        if kind == "source":
            lexed = _lines(zip(*_runs(_lexer("python"), text), strict=True)) if text else ()
            for prompt, line in zip(prompts, lexed, strict=True):
                if prompt:
                    yield _PROMPT.format(escape(prompt, quote=False))
                yield line
        elif _TRACEBACK in text:
            yield from map(_span, *_runs(_traceback_lexer(), text))
        else:
            yield _span("go", text)


def _lines(runs: Iterable[tuple[str, str]]) -> Iterator[str]:
    """Join spans line by line, so that a prompt can stand before each."""
    parts: list[str] = []
    for name, piece in runs:
        start = 0
        while end := piece.find("\n", start) + 1:
            parts.append(_span(name, piece[start:end]))
            yield "".join(parts)
            parts, start = [], end
        parts.append(_span(name, piece[start:]))
    if any(parts):
        yield "".join(parts)

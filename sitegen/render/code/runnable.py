"""Code that doc-builder also runs as tests: its notes to the test runner, taken out for readers."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.scan.patterns import rare

_LABEL = rare(r"(?:^|\s)runnable(?::(\S*))?(?=\s|$)")
_FLAG = rare(
    r"^([ \t]*(?:>>>|\.\.\.).*?)[ \t]*#[ \t]*doctest:[ \t]*[+-]\w[\w+\-, \t]*$", re.MULTILINE
)
_HIDE = rare(r"#\s*doc-builder:\s*hide\s*$")
_SILENCE = rare(r"[ \t]*#\s*(?:doc-builder:\s*)?ignore-bare-assert[ \t]*$", re.MULTILINE)
_DECORATOR = rare(r"^[ \t]*#\s*pytest-decorator:.*(?:\n|\Z)", re.MULTILINE)
_OPENER = rare(r"\s*(?:async\s+)?(?:for|if|while|with|elif|else|try|except|finally)\b.*:$")
_STRING_OR_COMMENT = rare(r"#.*|\"(?:\\.|[^\"\\])*\"|'(?:\\.|[^'\\])*'")
_CELL_OPTIONS = rare(r"\A(?:(?:#|//|--|%%)\|[^\n]*(?:\n|\Z))+\n?")
_BLANK_RUN = rare(r"\n(?:[ \t]*\n){2,}")


def without_flags(code: str) -> str:
    """Drop ``# doctest: +FLAG`` comments from prompt lines, with the blanks before them."""
    return _FLAG.sub(r"\1", code) if "doctest:" in code else code


def without_cell_options(code: str, info: str) -> str:
    """Drop the lines at the head of a cell of Quarto that say how it is run: ``#| echo: false``."""
    return _CELL_OPTIONS.sub("", code) if info.lstrip().startswith("{") else code


def runnable_label(info: str) -> str | None:
    """Give the label of ``runnable:label`` in an info string; ``None`` when it is not runnable."""
    match = _LABEL.search(info.partition(" ")[2]) if "runnable" in info else None
    return (match[1] or "") if match else None


def without_label(info: str) -> str:
    """Take ``runnable:label`` out of an info string."""
    language, space, rest = info.partition(" ")
    return f"{language}{space}{_LABEL.sub('', rest)}".rstrip() if "runnable" in rest else info


def clean(code: str) -> str:
    """Take out of a runnable block what is for the test runner alone.

    Hidden statements go whole: all lines of their brackets, the body of a block opener, and an
    opener whose body was hidden altogether.
    """
    code = _SILENCE.sub("", _DECORATOR.sub("", code))
    if "doc-builder:" not in code:
        return code
    kept = _without_empty_openers(_visible(list(_statements(code.split("\n")))))
    return _BLANK_RUN.sub("\n\n", "\n".join(line for lines in kept for line in lines)).lstrip("\n")


def _statements(lines: list[str]) -> Iterator[list[str]]:
    """Group lines to statements: brackets are followed to their end."""
    statement: list[str] = []
    depth = 0
    for line in lines:
        statement.append(line)
        code = _STRING_OR_COMMENT.sub("", line)
        depth += sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        if depth <= 0:
            yield statement
            statement, depth = [], 0
    if statement:
        yield statement


def _visible(statements: list[list[str]]) -> list[tuple[list[str], bool]]:
    """Keep what is not hidden; the flag says that lines below an opener have gone."""
    kept: list[tuple[list[str], bool]] = []
    hidden_above = -1  # the indent of a hidden opener
    for lines in statements:
        indent = _indent(lines[0])
        if hidden_above >= 0 and (not lines[0].strip() or indent > hidden_above):
            continue
        hidden_above = -1
        if any(_HIDE.search(line) for line in lines):
            if _is_opener(lines):
                hidden_above = indent
            for at in reversed(range(len(kept))):
                above, _ = kept[at]
                if above[0].strip():
                    if _indent(above[0]) < indent:
                        kept[at] = (above, True)
                    break
            continue
        kept.append((lines, False))
    return kept


def _without_empty_openers(kept: list[tuple[list[str], bool]]) -> list[list[str]]:
    """Drop openers that hiding left without a body, from the innermost out."""
    out: list[list[str]] = []
    below = -1  # the indent of the next statement further down
    emptied = -1  # the indent of an opener just dropped
    for lines, has_lost in reversed(kept):
        indent = _indent(lines[0])
        if lines[0].strip():
            lost = has_lost or emptied > indent
            if lost and _is_opener(lines) and below <= indent:
                emptied = indent
                continue
            below, emptied = indent, -1
        out.append(lines)
    return out[::-1]


def _is_opener(lines: list[str]) -> bool:
    last = _STRING_OR_COMMENT.sub("", lines[-1]).rstrip()
    return (
        last.endswith(":") and _OPENER.match(lines[0].split("#")[0].split(":")[0] + ":") is not None
    )


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())

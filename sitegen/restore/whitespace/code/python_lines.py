"""Restore, white space: splits flush Python into statements, each with its continuation lines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct, field

from sitegen.restore.whitespace.code.brackets import STEP, Brackets

_KEYWORD = re.compile(
    r"(?:async +)?(def|class|if|elif|else|for|while|with|try|except|finally|match|case|return|raise"
    r"|break|continue|pass|import|from|yield)\b|(@|\#)"
)
_OPENERS = frozenset(
    {"def", "class", "if", "elif", "else", "for", "while", "with"}
    | {"try", "except", "finally", "match", "case"}
)


class Statement(Struct):
    """A logical line: its physical lines and where they begin relative to the first.

    A column is ``None`` in a string over several lines. ``opens`` tells whether a block follows.
    """

    keyword: str
    code: str = ""
    lines: list[str] = field(default_factory=list)
    columns: list[int | None] = field(default_factory=list)
    opens: bool = False

    @property
    def is_docstring(self) -> bool:
        """Whether the statement is a string over several lines and nothing else."""
        return None in self.columns and self.lines[0].lstrip("rRuU").startswith(('"""', "'''"))


def statements(lines: Sequence[str]) -> tuple[list[Statement], bool]:
    """Split lines into statements; the flag tells whether all brackets and strings close."""
    found: list[Statement] = []
    brackets = Brackets()
    current: Statement | None = None
    goes_on = False
    for line in lines:
        if current is None:
            match = _KEYWORD.match(line)
            current = Statement((match[1] or match[2]) if match else "")
            found.append(current)
            column: int | None = 0
        elif brackets.quote:
            column = None
        else:
            column = brackets.column(line) if brackets.depth else STEP if goes_on else 0
        end = brackets.feed(line, column or 0)
        current.lines.append(_with_comment(line, end) if line[end - 1 : end + 1] == " #" else line)
        current.columns.append(column)
        code = line[:end] or line
        goes_on = code.endswith("\\") and not brackets.quote
        if not (brackets.depth or brackets.quote or goes_on):
            code = code.rstrip()
            current.opens = code.endswith(":") and current.keyword in _OPENERS
            current.code = " ".join(current.lines) if len(current.lines) > 1 else code
            current = None
    if current is not None:
        current.code = " ".join(current.lines)
    return found, brackets.sound and current is None


def _with_comment(line: str, end: int) -> str:
    """Set a comment off from the code before it by two blanks (PEP 8)."""
    return f"{line[:end].rstrip()}  {line[end:]}"

"""Code with prompts: which lines are source and which are output."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from sitegen.render.code.shell import is_session, typed

_END = r"(?: |(?=[\r\n]*\Z))"
_PROMPT = re.compile(rf"[ \t]*(?:>>>|\.\.\.){_END}")
_NEXT_PROMPT = re.compile(rf"[ \t]*\.\.\.{_END}")
_FIRST_PROMPT = re.compile(rf"[ \t]*>>>{_END}")
_SHELLS = frozenset({"bash", "powershell", "batch", "bat"})
_DOCTEST = re.compile(r"^[ \t]*>>> ", re.MULTILINE)


def is_doctest(code: str) -> bool:
    """Tell whether a line of Python code starts with the first prompt."""
    return ">>> " in code and _DOCTEST.search(code) is not None


def copy_text(code: str, language: str) -> str | None:
    """Return a session as the source one would paste: no prompts, no output.

    Python above the first prompt is source too. `None` for code without prompts, and for what is to
    be copied as it stands.
    """
    if language in _SHELLS:
        return typed(code) if is_session(code) else None
    if language != "python" or not is_doctest(code):
        return None
    sources = ["".join(lines) for kind, _, lines in parts(code) if kind == "source"]
    return "".join(sources).rstrip("\n")


@lru_cache(maxsize=1)  # a block is coloured, and then copied
def parts(code: str) -> Sequence[tuple[str, list[str], list[str]]]:
    """Split a doctest into runs of lines: kind (`source`, `output`), their prompts, their rests.

    Lines keep their ends. Lines above the first prompt are source; `...` continues source, also
    below a blank line, and is output elsewhere, where doctest allows it to stand for anything.
    """
    kind, prompts, rests = "source", list[str](), list[str]()
    done: list[tuple[str, list[str], list[str]]] = []
    is_typed = False  # source that a prompt stands before
    lines = code.splitlines(keepends=True)
    for number, line in enumerate(lines):
        found = (_PROMPT if is_typed else _FIRST_PROMPT).match(line)
        prompt = found[0] if found else ""
        goes_on = kind == "source" and (not is_typed or _is_gap(lines, number))
        now = "source" if prompt or goes_on else "output"
        if now != kind:
            done.append((kind, prompts, rests))
            kind, prompts, rests = now, [], []
        is_typed = now == "source" and (is_typed or prompt != "")
        prompts.append(prompt)
        rests.append(line[len(prompt) :])
    return (*done, (kind, prompts, rests))


def _is_gap(lines: Sequence[str], number: int) -> bool:
    """Tell whether a line is blank and the next that is not goes on the source above."""
    while number + 1 < len(lines) and not lines[number].strip():
        number += 1
        if lines[number].strip():
            return _NEXT_PROMPT.match(lines[number]) is not None
    return False

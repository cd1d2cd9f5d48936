"""Shell sessions: which lines were typed. When in doubt, nobody knows."""

from __future__ import annotations

import re
from collections import deque

_LONGEST = 300  # lines of one command
_PROMPT = "$ "
_SECOND_PROMPT = "> "
_WORD = r"(?:(?<=[\s;&|(])|^)(?:if|fi|case|esac|do|done)(?=[\s;&|)]|$)"
_SIGN = re.compile(
    r"\\.|\\\Z|'[^']*'|\"(?:[^\"\\]|\\.)*\"|['\"`]|<<<"
    r"|<<-?[ \t]*(?:'(?P<single>[^'\n]+)'|\"(?P<double>[^\"\n]+)\"|\\?(?P<bare>[\w.-]+))"
    rf"|(?:(?<=\s)|^)\#[^\n]*|[(){{}}\n]|{_WORD}",
    re.DOTALL | re.MULTILINE,
)
_TICKED = re.compile(r"`[^`]*`")
_OPEN_AT_END = re.compile(r"(?:\||&&)[ \t]*\Z")
_DEPTHS = {
    **dict.fromkeys(("(", "{", "if", "case", "do"), 1),
    **dict.fromkeys((")", "}", "fi", "esac", "done"), -1),
}


def typed(session: str) -> str | None:
    """Return the commands of a session without prompts and output; `None` if that is not sure.

    A command goes on over more lines after a backslash or an operator, in quotes, in a
    here-document and in what a bracket, `if` or `do` opened; the shell may have put a `>` before
    each of them.
    """
    commands: list[str] = []
    lines = deque(session.splitlines())
    while lines:
        line = lines.popleft()
        if line.startswith(_SECOND_PROMPT):
            return None
        if line.startswith(_PROMPT):
            command = _command(line.removeprefix(_PROMPT), lines)
            if command is None:
                return None
            commands.append(command)
    return "\n".join(commands)


def _command(command: str, lines: deque[str]) -> str | None:
    """Take what goes on a command off the lines below it; `None` if its end is not to be seen."""
    is_marked = bool(lines) and (lines[0] + " ").startswith(_SECOND_PROMPT)
    furthest = len(lines) - _LONGEST
    while goes_on(command):
        if len(lines) < furthest:
            return None
        more = lines.popleft() if lines else _PROMPT
        if more.startswith(_PROMPT) or (is_marked and not (more + " ").startswith(_SECOND_PROMPT)):
            return None
        command += "\n" + (more[len(_SECOND_PROMPT) :] if is_marked else more)
    return command


def goes_on(command: str) -> bool:
    """Whether the shell would wait for more lines of a command."""
    command = _TICKED.sub("", command)
    depth = at = 0
    ends: list[str] = []
    while sign := _SIGN.search(command, at):
        at, found = sign.end(), sign[0]
        if found in {"'", '"', "`", "\\", "\\\n"} and (found != "\\\n" or at == len(command)):
            return True
        if end := sign["single"] or sign["double"] or sign["bare"]:
            ends.append(end)
        elif found == "\n":
            while ends:
                body = re.compile(rf"^\t*{re.escape(ends.pop(0))}$", re.MULTILINE)
                closed = body.search(command, at)
                if closed is None:
                    return True
                at = closed.end()
        else:
            depth = max(0, depth + _DEPTHS.get(found, 0))
    return bool(ends) or depth > 0 or _OPEN_AT_END.search(command) is not None

"""Shell sessions: which lines were typed. When in doubt, nobody knows."""

from __future__ import annotations

import re
from collections import deque

from sitegen.scan.patterns import rare

_LONGEST = 300  # lines of one command
_WIDEST_PROMPT = 300  # characters
_HOST = r"[\w.-]{1,40}@[\w.-]{1,80}"
_PROMPT = rare(  # of an environment, of who is where, or a sign alone
    r"(?:\([^()\n]{1,40}\) ?)?"
    rf"(?:(?:{_HOST}(?::\S{{0,80}}?)?|\[{_HOST} [^\]\n]{{0,80}}\])[$#]|(?P<sign>[$%❯])) "
)
_SECOND_PROMPT = "> "
_WINDOWS_PROMPT = rare(r"(?P<shell>PS ?)?(?:(?<=PS)|[A-Za-z]:\\[^<>|\n]{0,200})> ?")
_SECOND_WINDOWS_PROMPT = ">> "
_WORD = r"(?:(?<=[\s;&|(])|^)(?:if|fi|case|esac|do|done)(?=[\s;&|)]|$)"
_SIGN = rare(
    r"\\.|\\\Z|'[^']*'|\"(?:[^\"\\]|\\.)*\"|['\"`]|<<<"
    r"|<<-?[ \t]*(?:'(?P<single>[^'\n]+)'|\"(?P<double>[^\"\n]+)\"|\\?(?P<bare>[\w.-]+))"
    rf"|(?:(?<=\s)|^)\#[^\n]*|[(){{}}\n]|{_WORD}",
    re.DOTALL | re.MULTILINE,
)
_TICKED = rare(r"`[^`]*`")
_OPEN_AT_END = rare(r"(?:\||&&)[ \t]*\Z")
_DEPTHS = {
    **dict.fromkeys(("(", "{", "if", "case", "do"), 1),
    **dict.fromkeys((")", "}", "fi", "esac", "done"), -1),
}


def is_session(code: str) -> bool:
    """Whether code begins with a prompt."""
    first = code.lstrip()[:_WIDEST_PROMPT]
    return bool(_PROMPT.match(first) or _WINDOWS_PROMPT.match(first))


def typed(session: str) -> str | None:
    """Return the commands of a session without prompts and output; `None` if that is not sure.

    A command goes on over more lines after a backslash or an operator, in quotes, in a
    here-document and in what a bracket, `if` or `do` opened; the shell may have put a `>` before
    each of them.
    """
    lines = deque(session.splitlines())
    while lines and not lines[0].strip():
        lines.popleft()
    first = _PROMPT.match(lines[0]) if lines else None
    if first is None:
        return _typed_in_windows(lines)
    commands: list[str] = []
    while lines:
        line = lines.popleft()
        if line.startswith(_SECOND_PROMPT):
            return None
        if prompt := _of_kind(first, line):
            command = _command(line[prompt.end() :], lines, first)
            if command is None:
                return None
            commands.append(command)
    return "\n".join(commands)


def _typed_in_windows(lines: deque[str]) -> str | None:
    """The commands of a session of Windows: they go on after a sign that escapes the line's end."""
    commands: list[str] = []
    while lines:
        prompt = _WINDOWS_PROMPT.match(lines[0])
        line = lines.popleft()
        if prompt is None:
            continue
        command, sign = line[prompt.end() :], "`" if prompt["shell"] else "^"
        while lines and (command.endswith(sign) or lines[0].startswith(_SECOND_WINDOWS_PROMPT)):
            command += "\n" + lines.popleft().removeprefix(_SECOND_WINDOWS_PROMPT)
        commands.append(command)
    return "\n".join(filter(None, commands)) or None


def _of_kind(first: re.Match[str], line: str) -> re.Match[str] | None:
    """The prompt of a line that is of the same kind as the first; its place may be another."""
    found = _PROMPT.match(line)
    return found if found and found["sign"] == first["sign"] else None


def _command(command: str, lines: deque[str], first: re.Match[str]) -> str | None:
    """Take what goes on a command off the lines below it; `None` if its end is not to be seen."""
    is_marked = bool(lines) and (lines[0] + " ").startswith(_SECOND_PROMPT)
    furthest = len(lines) - _LONGEST
    while goes_on(command):
        if len(lines) < furthest or not lines:
            return None
        more = lines.popleft()
        if _of_kind(first, more) or (is_marked and not (more + " ").startswith(_SECOND_PROMPT)):
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

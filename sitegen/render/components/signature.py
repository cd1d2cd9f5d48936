"""Signature: how an object is called, as HTML; long ones have a parameter a line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from typing import NamedTuple

from sitegen.render.context import PageContext
from sitegen.scan.patterns import rare

_SHORT = 64  # characters of a signature on one line
_SHOWN = 10  # parameters of a longer one; the others are folded
_OPEN, _CLOSE, _QUOTES = "([{", ")]}", "'\""
_NAME = rare(r"[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*")


class Parameter(NamedTuple):
    """A parameter of a signature; type and default may be empty."""

    name: str
    type: str
    default: str


def read_signature(signature: str) -> tuple[Parameter, ...]:
    """Take a signature apart.

    >>> read_signature("a: dict[str, int] = {}, *args, b='x, y'")[0]
    Parameter(name='a', type='dict[str, int]', default='{}')
    """
    return tuple(_parameter(part) for part in _split(signature, ",") if part.strip())


def _parameter(text: str) -> Parameter:
    head, *default = _split(text, "=", 1)
    name, *type_ = _split(head, ":", 1)
    return Parameter(name.strip(), "".join(type_).strip(), "".join(default).strip())


def _split(text: str, sign: str, most: int = -1) -> Iterator[str]:
    """Split at a sign that is in no brackets or quotes."""
    depth, quote, start = 0, "", 0
    for at, letter in enumerate(text):
        if quote:
            quote = "" if letter == quote and text[at - 1] != "\\" else quote
        elif letter in _QUOTES:
            quote = letter
        elif letter in _OPEN:
            depth += 1
        elif letter in _CLOSE:
            depth -= 1
        elif letter == sign and depth <= 0 and most:
            yield text[start:at]
            start, most = at + 1, most - 1
    yield text[start:]


def call_html(kind: str, name: str, signature: str | None, page: PageContext) -> tuple[str, str]:
    """A name with its parameters as far as they are on its line, and the lines below.

    ``signature`` is ``None`` where nobody knows how the object is called.
    """
    owner, dot, last = name.rpartition(".")
    word = f'<span class="sg-api-kind">{escape(kind)}</span> ' if kind else ""
    head = f"{word}{escape(owner)}{dot}<b>{escape(last)}</b>"
    if signature is None:
        return head, ""
    parameters = read_signature(signature)
    if len(name) + len(signature) <= _SHORT or not parameters:
        return f"{head}({', '.join(_shown(each, page) for each in parameters)})", ""
    return f"{head}(", _lines(parameters, page)


def _lines(parameters: Sequence[Parameter], page: PageContext) -> str:
    lines = [f"<li><code>{_shown(each, page)},</code></li>" for each in parameters]
    folded = lines[_SHOWN:] if len(lines) > _SHOWN + 2 else []
    shown = lines[: len(lines) - len(folded)]
    rest = f"<details><summary>+ {len(folded)}</summary><ul>{''.join(folded)}</ul></details>"
    return f'<ul class="sg-api-call">{"".join(shown)}</ul>{rest if folded else ""}<code>)</code>'


def _shown(parameter: Parameter, page: PageContext) -> str:
    html = f'<span class="sg-api-arg">{escape(parameter.name)}</span>'
    if parameter.type:
        html += f": {_type(parameter.type, page)}"
    if parameter.default:
        equals = " = " if parameter.type else "="
        html += f'<span class="sg-api-default">{equals}{escape(parameter.default)}</span>'
    return html


def _type(written: str, page: PageContext) -> str:
    """A type, its names linked to what documents them."""
    html, at = "", 0
    for name in _NAME.finditer(written):
        html += escape(written[at : name.start()])
        at = name.end()
        target = page.reference(name[0])
        if target is None:
            html += escape(name[0])
        else:
            href = escape(page.address(page.reference_goal(target)))
            html += f'<a class="sg-reference" href="{href}">{escape(name[0])}</a>'
    return f'<span class="sg-api-type">{html}{escape(written[at:])}</span>'

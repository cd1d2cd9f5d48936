"""Pieces of plain Markdown that rules and components write twins of."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.render.context import PageContext
from sitegen.scan.patterns import rare
from sitegen.urls import Target

_SIGN = re.compile(r"[\\`*_\[\]<>&~$|]")
_STANDS_APART = re.compile(
    r"\d{1,9}[.)]\s|[-+*]?$|[-+*]\n|<|\$\$|[^\n]*\n\n?: "
)  # ends no paragraph above it
BEGINS = re.compile(
    r"#{1,6}(?:\s|$)|>|[-+*](?:\s|$)|\d{1,9}(?P<sign>[.)])(?:\s|$)|(?:[-*_][ \t]*){3,}$|=+\s*$|:\s"
    r"|[|:-][|: \t-]*$|`{3,}[^`]*$|~{3}|\[\[|\[[^\]\n]*\]:"
)
"""What would begin a block at the beginning of a line, where an edit or a list has moved it."""
_TICKS = rare(r"`+")


def escaped(text: str, *, quote: bool = False) -> str:
    """Plain text as Markdown that shows it; in a title between quotes if they too are escaped."""
    text = " ".join(text.split())
    text = _SIGN.sub(r"\\\g<0>", text) if _SIGN.search(text) else text
    return text.replace('"', '\\"') if quote else text


def guarded(line: str) -> str:
    """A line of a sentence that begins no block."""
    begins = BEGINS.match(line)
    if begins is None:
        return line
    at = begins.start("sign") if begins["sign"] else 0
    return f"{line[:at]}\\{line[at:]}"


def code_span(code: str) -> str:
    """Code in a sentence, between more ticks than it has in a row."""
    if "`" not in code:
        return f"`{code}`"
    ticks = "`" * (_longest(_TICKS.findall(code)) + 1)
    space = " " if code.startswith("`") or code.endswith("`") else ""
    return f"{ticks}{space}{code}{space}{ticks}"


def fenced(code: str, info: str = "", sign: str = "`") -> str:
    """A code block, its fence longer than any line of it that could close it."""
    sign = "~" if "`" in info else sign
    runs = re.findall(rf"^[ \t]*({sign}{{3,}})", code, re.MULTILINE) if sign * 3 in code else ()
    fence = sign * max(3, _longest(runs) + 1)
    return f"{fence}{info}\n{code}{'' if not code or code.endswith(chr(10)) else chr(10)}{fence}"


def indented(text: str, first: str, rest: str) -> str:
    """Put a marker before the first line and blanks, or the same, before all others."""
    if "\n" not in text:
        return f"{first}{text}".rstrip()
    head, *others = text.split("\n")
    lines = (f"{rest}{line}" if line.strip() else rest.rstrip() for line in others)
    return "\n".join([f"{first}{head}".rstrip(), *lines])


def quoted(text: str) -> str:
    """A quote."""
    return indented(text, "> ", "> ")


def alert(kind: str, body: str, title: str = "") -> str:
    """One of GitHub's alerts; a title of its own comes first inside."""
    return alert_titled(kind, escaped(title) if title.lower() != kind else "", body)


def alert_titled(kind: str, title: str, body: str) -> str:
    """One of GitHub's alerts, its title Markdown; one that holds strong words is not all strong."""
    inside = blocks([f"**{title}**" if title and "**" not in title else title, body])
    between = "\n\n" if _STANDS_APART.match(inside) else "\n"
    return quoted(f"[!{kind.upper()}]{between}{inside}".rstrip())


def labelled(label: str, body: str) -> str:
    """A part under its label."""
    return blocks([f"**{escaped(label)}**", body])


def listed(items: Iterable[str]) -> str:
    """A list, loose if an item has more than a paragraph."""
    written = [indented(item, "- ", "  ") for item in items]
    return ("\n\n" if any("\n" in item for item in written) else "\n").join(written)


def link(label: str, address: str) -> str:
    """A link whose label is plain text."""
    return f"[{escaped(label)}]({address})"


def blocks(parts: Iterable[str]) -> str:
    """Blocks one after the other; those that say nothing are left out."""
    return "\n\n".join(part for part in parts if part)


def _longest(runs: Iterable[str]) -> int:
    return max(map(len, runs), default=0)


def address_for(page: PageContext, goal: Target | str, written: str) -> str:
    """The address that leads from a page's twin to a goal; of the page itself as it is written."""
    address = page.twin_address(goal)
    return written if address.startswith("#") and written.startswith("#") else address


def raw_address(page: PageContext, written: str) -> str:
    """The address that raw HTML has in a page's twin, from the one that was written."""
    return address_for(page, page.goals.get(written, written), written)

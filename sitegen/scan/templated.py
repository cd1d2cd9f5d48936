"""Addresses that templates of Hugo and Jekyll make: ``{{< ref "a" >}}``, ``{% link a.md %}``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sitegen.scan.patterns import rare

_ADDRESS = rare(
    r"(?:\{\{-?\s*site\.(?:base)?url\s*-?\}\}){0,2}"
    r"(?:\{\{[<%]\s*(?:rel)?ref\s+(?:path=)?(?P<quote>[\"'`]?)(?P<page>[^\"'`\s<>{}]+)(?P=quote)"
    r"[^<>{}\n]*[>%]\}\}"
    r"|\{%-?\s*link\s+(?P<link>[^\s%{}]+)\s*-?%\}"
    r"|\{\{-?\s*[\"'](?P<path>[^\"'{}\n]+)[\"']\s*\|\s*(?:abs|rel)(?:URL|olute_url|ative_url)\s*-?\}\})?"
    r"(?P<rest>[^\s(){}<>\"]*)"
)

_BEGINS = rare(r"\]\((?=\{)")


def templated_address(text: str, at: int, end: int) -> tuple[str, int] | None:
    """What an address that begins with a template means, and where it ends; nothing of others.

    The site's own address is its root; links of Jekyll count from there, and references of Hugo
    from the root of the pages.
    """
    match = _ADDRESS.match(text, at, end) if text.startswith(("{{", "{%"), at) else None
    if match is None or match.end() == at:
        return None
    if page := match["page"]:
        address = f"@site/.{page}" if page.startswith("/") else page
    else:
        path = match["link"] or match["path"]
        address = f"/{path.lstrip('/')}" if path else ""
    return f"{address}{match['rest']}" or "/", match.end()


def from_root(text: str) -> Iterator[str]:
    """Yield the addresses of a text that templates make and that count from the site's root."""
    for match in _BEGINS.finditer(text):
        found = templated_address(text, match.end(), len(text))
        if found and found[0].startswith("/"):
            yield re.split("[?#]", found[0], maxsplit=1)[0]

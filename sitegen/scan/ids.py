"""Ids: the one reading of ``[[id]]`` at the end of a heading, for all who read headings.

Other dialects write ``{#id}``, ``{ #id }`` or ``{: #id }`` there, perhaps with classes around it.
"""

from __future__ import annotations

from sitegen.scan.patterns import rare

# An id holds no bracket: `[[a]] and [[b]]` ends in one, `[[[[a]]]]` and `[[a]b]]` are none.
_AT_END = rare(r"(?<![\\\[])\[\[(?P<id>[^\[\]]*[^\[\]\s][^\[\]]*)\]\]\s*$")
_IN_BRACES = rare(
    r"\{(?::?\s*(?:\.[\w-]+\s+)*#(?P<id>(?!(?:if|each|await|key)\b)[^\s{}]+)(?:\s[^{}]*)?"
    r"|/\*\s*#(?P<said>[^\s{}*]+)\s*\*/)\}\s*$"
)
_NO_ID = rare(r"(?<=\S)[ \t]+\{(?:-|:?[ \t]*\.[A-Za-z][\w-]*(?:[ \t]+\.[A-Za-z][\w-]*)*[ \t]*)\}$")
"""A heading that other tools do not number, or that looks otherwise."""
_WITHIN = rare(r"\[\[[\w.-]+\]\]")


def split_id(heading: str) -> tuple[str, str]:
    """The text of a heading without its ``[[id]]``, and the id; no id is "".

    Both are Markdown: doc-builder's anchor is the id as it would be shown.
    """
    match = _AT_END.search(heading) if "[[" in heading else None
    if match:
        return heading[: match.start()].rstrip(), match["id"].strip()
    match = _IN_BRACES.search(heading) if "{" in heading else None
    if match is None:
        without = _NO_ID.search(heading) if heading.endswith("}") else None
        return heading[: without.start()] if without else heading, ""
    return heading[: match.start()].rstrip(), (match["id"] or match["said"]).strip()


def has_id_within(text: str) -> bool:
    """Whether a heading without its id still holds one, which then is text."""
    return "[[" in text and bool(_WITHIN.search(text))

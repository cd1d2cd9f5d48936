"""Restore, white space: where a block of HTML, a component's tag or a comment ends."""

from __future__ import annotations

import re
from collections.abc import Sequence

from sitegen.scan.tags import parse_tag

_TAG = re.compile(r"</?([A-Za-z][\w.-]*)(?=[\s/>]|$)")
_WHOLE_TAG = re.compile(r"</?[A-Za-z](?:[^<>\"'{]|\"[^\"]*\"|'[^']*'|\{(?:[^{}]|\{[^{}]*\})*\})*>")
_BREAK = re.compile(r"<br\s*/?>\s*$")
_ONLY_TAGS = re.compile(r"(?:<[^<>]*>\s*)+$")
_MARKDOWN = re.compile(r"(?:```|~~~|[-*+] |\d+[.)] |#{1,6} |\[\[|>)|.*(?:\*\*|\]\()")
# CommonMark 0.31.2, 4.6, start conditions 1 and 6
_BLOCK_NAME = re.compile(
    "(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details"
    "|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header"
    "|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|pre"
    "|script|search|section|style|summary|table|tbody|td|textarea|tfoot|th|thead|title|tr|track|ul)$",
    re.IGNORECASE,
)
_INLINE_NAME = re.compile(
    "(?:a|abbr|audio|b|bdi|bdo|big|button|cite|code|data|del|dfn|em|font|i|img|input|ins|kbd|label"
    "|map|mark|meter|output|picture|q|s|samp|small|source|span|strike|strong|sub|sup|time|tt|u|var"
    "|video|wbr)$"
)
_LONGEST_TAG = 20  # lines of most tags
_FAR = 400  # lines in which the end of a longer one, a closing tag or a mark is looked for
_VOID = frozenset({"base", "basefont", "col", "frame", "hr", "link", "param", "track"})


def html_end(lines: Sequence[str], start: int) -> tuple[str, int]:
    """Name the block that a line with ``<`` begins (comment, html, tag, text) and find its end."""
    line = lines[start]
    if line.startswith("<!--"):
        return "comment", _comment_end(lines, start)
    tag = _TAG.match(line)
    if tag is None or tag[1] == "br":
        return ("alone" if _BREAK.match(line) else "text"), start + 1
    name, opened = tag[1], _tag_end(lines, start)
    if _BLOCK_NAME.match(name):
        return _element(lines, start, opened, name)
    tag_lines = " ".join(lines[start:opened])
    only_tags = _ONLY_TAGS.match(tag_lines) or _WHOLE_TAG.fullmatch(tag_lines)
    if _INLINE_NAME.match(name):
        if only_tags or line.endswith(f"</{name}>"):
            return "html", max(opened, _balanced_end(lines, start, name) or 0)
    elif only_tags or (name[0].isupper() and opened > start + 1):
        return "tag", opened
    return "text", start + 1


def _element(lines: Sequence[str], start: int, opened: int, name: str) -> tuple[str, int]:
    """Take an element whole, or its tag alone where Markdown stands inside."""
    if name in _VOID or lines[start].startswith("</"):
        return "html", opened
    end = _balanced_end(lines, start, name)
    if end is None or end <= opened:
        return "html", opened
    inside = lines[opened : end - 1]
    if name == "details" or any(_MARKDOWN.match(line) for line in inside):
        return "tag", opened
    return "html", end


def _comment_end(lines: Sequence[str], start: int) -> int:
    for number in range(start, min(start + _FAR, len(lines))):
        if "-->" in lines[number]:
            return number + 1
    return start + 1


def _tag_end(lines: Sequence[str], start: int) -> int:
    """Find the line after the tags that begin on a line; one may go over many lines."""
    for most in (_LONGEST_TAG, _FAR):
        text = "\n".join(lines[start : start + most])
        at = end = 0
        while 0 <= at <= len(lines[start]) and (tag := parse_tag(text, at)):
            end = tag.end
            at = text.find("<", end)
        if end:
            return start + text.count("\n", 0, end) + 1
    return start + 1


def _balanced_end(lines: Sequence[str], start: int, name: str) -> int | None:
    """Find the line after the closing tag of the same depth."""
    pattern = re.compile(
        rf"<(/?){re.escape(name)}(?=[\s/>])[^<>]*?(/?)>|<{re.escape(name)}(?=\s|$)[^<>]*$"
    )
    end = min(start + _FAR, len(lines))
    if not any(f"</{name}" in line for line in lines[start:end]):
        return None
    depth = 0
    for number in range(start, end):
        if name not in lines[number]:
            continue
        for match in pattern.finditer(lines[number]):
            if not match[2]:
                depth += -1 if match[1] else 1
        if depth <= 0:
            return number + 1
    return None

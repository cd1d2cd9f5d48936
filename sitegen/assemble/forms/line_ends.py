"""Assemble: line ends that a dataset writes as a backslash and an `n` are line ends again."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from sitegen.assemble.grouping.groups import Groups
from sitegen.model import Chunk

_HIDDEN = re.compile(r"(?<![\\`\"'(])\\n(?:\\n|#|[-*] |```)")
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\x[0-9a-f]{2}|\\.|\\\Z")
_ESCAPES = {f"\\{sign}": sign for sign in "\"'\\/"} | {"\\n": "\n", "\\t": "\t", "\\r": ""}
_ALONE = re.compile(r"(?<!\\)\\n(?!(?:abla|eq|ewline|olimits|onumber|ot|u)(?![a-z]))")
"""A line end where backslashes were not doubled: none that begins a word of a formula."""


def with_line_ends(groups: Groups) -> Groups:
    """The rows of each source with their line ends, if all texts hide them.

    All backslashes were doubled then, as JSON does, unless some stands before what needs none.
    """
    if not _hide_line_ends(groups):
        return groups
    unhidden = _unescaped if _are_doubled(groups) else _with_ends_alone
    return groups.changed(
        lambda _, group: [replace(chunk, text=unhidden(chunk.text)) for chunk in group]
    )


def _hide_line_ends(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether no text has a line end, and most have a backslash and an `n` in their stead."""
    hidden = texts = 0
    for group in groups.values():
        for chunk in group:
            if "\n" in chunk.text or chunk.row is None:
                return False
            texts += 1
            hidden += _HIDDEN.search(chunk.text) is not None
    return 2 * hidden > texts


def _are_doubled(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    texts = (chunk.text for group in groups.values() for chunk in group)
    return all(
        escape in _ESCAPES or len(escape) > len("\\n")
        for text in texts
        for escape in _ESCAPE.findall(text)
    )


def _unescaped(text: str) -> str:
    """The text without escapes; of the signs that no text may hold, none comes back by them."""
    return _ESCAPE.sub(_told_by, text).replace("\0", "\ufffd").replace("\r", "")


def _told_by(escape: re.Match[str]) -> str:
    written = escape[0]
    if written.startswith("\\x"):
        return chr(int(written[2:], 16))
    if written.startswith("\\u"):  # one sign may be written as two halves
        units = bytes.fromhex(written.replace("\\u", ""))
        return units.decode("utf-16-be", "replace")
    return _ESCAPES[written]


def _with_ends_alone(text: str) -> str:
    return _ALONE.sub("\n", text)

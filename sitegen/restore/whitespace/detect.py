"""Restore, white space: tells whether a dataset has lost its blank lines and indentation."""

from __future__ import annotations

import re
from collections.abc import Iterable

from sitegen.model import Document

_ENOUGH = 5  # signs; a few short chunks may well need no blank line
# Where authors leave a blank line above, glued to the line before: fences, tags, tables, lists.
_SIGN = re.compile(r"\n(?:```|~~~|</?[A-Z]|\||[-*+] |1[.)] |\[\[)")

# What Python does not allow: a line that opens a block, and a line at its own depth behind it.
_OPENS_BLOCK = re.compile(
    r"\n(?:\.\.\. |>>> )?(?:def|class|for|if|with|while|try|else|elif)\b[^\n]*:\n(?=[^\s#`])"
    r"|[\[{(]\n(?=[^\s`\]})])"
)


def is_collapsed(documents: Iterable[Document]) -> bool:
    """Tell whether no chunk holds a blank line or an indented line, though some surely should.

    The first blank line or indented line settles it, so a faithful dataset costs nothing.
    """
    signs = 0
    for document in documents:
        if not is_flush(document):
            return False
        if signs < _ENOUGH:
            signs += len(_SIGN.findall(document.text))
    return signs >= _ENOUGH


def is_flush(document: Document) -> bool:
    """Tell whether a document has blank lines only where chunks were joined, and no indentation."""
    text = document.text.strip("\n")
    if "\n " in text or "\n\t" in text:
        return False
    return text.count("\n\n") < max(len(document.sections), 1) and "\n\n\n" not in text


def is_dedented(documents: Iterable[Document]) -> bool:
    """Whether no line of any document is indented, though some code surely was."""
    found = False
    for document in documents:
        if "\n " in document.text or "\n\t" in document.text:
            return False
        found = found or _OPENS_BLOCK.search(document.text) is not None
    return found

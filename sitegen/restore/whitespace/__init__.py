"""Restore, white space: blank lines, nesting and indentation that a dataset's chunks have lost."""

from __future__ import annotations

from collections.abc import Sequence

from sitegen.limits.seconds import within_page_limit
from sitegen.model import Document
from sitegen.restore.whitespace.detect import is_collapsed, is_dedented

__all__ = ["restore_whitespace"]


def restore_whitespace(documents: Sequence[Document], mode: str) -> tuple[Document, ...]:
    """Give collapsed documents their blank lines and indentation back; others stay as they are.

    ``mode`` is ``auto`` (a dataset is restored when none of its chunks holds a blank line or an
    indented line), ``on`` or ``off``. A chunk with such lines of its own is never touched.
    """
    if mode == "off":
        return tuple(documents)
    if mode == "auto" and not is_collapsed(documents):
        if not is_dedented(documents):
            return tuple(documents)
        from sitegen.restore.whitespace.dedented import indented  # noqa: PLC0415 - as below

        return tuple(within_page_limit(each.source, indented, each) for each in documents)
    # Most datasets are faithful: they need none of it.
    from sitegen.restore.whitespace.documents import expanded  # noqa: PLC0415

    return expanded(documents)

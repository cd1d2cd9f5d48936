"""Calls: all that rendering a page may read."""

from __future__ import annotations

from sitegen.model import Document, LinkSpace
from sitegen.model.objects import Named

Call = tuple[Document, LinkSpace, Named]
"""The arguments of `render`."""

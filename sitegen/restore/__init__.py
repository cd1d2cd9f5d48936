"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sitegen.config import RestoreConfig
from sitegen.model import Document
from sitegen.restore.headings import restore_headings
from sitegen.restore.whitespace import restore_whitespace


def restore(
    documents: Iterable[Document], titles: Mapping[str, str], config: RestoreConfig
) -> tuple[Document, ...]:
    """Give every document a title and every section its heading.

    ``titles`` are the titles that an authored toctree states, by document id.
    """
    return tuple(
        restore_headings(document, titles.get(document.id, ""), enabled=config.headings)
        for document in restore_whitespace(tuple(documents), config.whitespace)
    )

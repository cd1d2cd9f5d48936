"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager

from sitegen.config import RestoreConfig
from sitegen.model import Document
from sitegen.restore.pages import Evidence, restore_page
from sitegen.restore.plain import plain_page
from sitegen.restore.reading import build_lexicon
from sitegen.restore.style import judge_style
from sitegen.restore.titles import count_openers
from sitegen.restore.whitespace import restore_whitespace


def restore(
    documents: Iterable[Document], titles: Mapping[str, str], config: RestoreConfig
) -> tuple[Document, ...]:
    """Give every document its white space, a title, and every section its heading.

    ``titles`` are the titles that an authored toctree states, by document id.
    """
    with _no_collections():
        documents = restore_whitespace(tuple(documents), config.whitespace)
        if not config.headings:
            return tuple(plain_page(d, titles.get(d.id, "")) for d in documents)
        lexicon = build_lexicon(documents)
        style = judge_style(documents, lexicon, titles)
        evidence = Evidence(lexicon, count_openers(documents), style)
        return tuple(restore_page(d, titles.get(d.id, ""), evidence) for d in documents)


@contextmanager
def _no_collections() -> Iterator[None]:
    """Look for no cycles of garbage: there are none, and looking takes a tenth of the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()

"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial

from sitegen.config import RestoreConfig
from sitegen.memory import Memory
from sitegen.model import Document
from sitegen.restore.pages import Evidence, restore_page
from sitegen.restore.plain import plain_page
from sitegen.restore.reading import build_lexicon
from sitegen.restore.style import judge_style
from sitegen.restore.titles import count_openers
from sitegen.restore.whitespace import restore_whitespace

__all__ = ["EVIDENCE", "restore_headings", "restore_whitespace"]

EVIDENCE = "evidence"


def restore_headings(
    documents: list[Document],
    titles: Mapping[str, str],
    config: RestoreConfig,
    memory: Memory | None = None,
) -> Iterator[Document]:
    """Give every document a title, and every section its heading, one document after another.

    The list is empty afterwards: each text is let go of when the restored one is there.
    ``titles`` are the titles that an authored toctree states, by document id. With a ``memory``
    the evidence of all texts is gathered again only when anchors, pages or titles change, or when
    the memory forgets `EVIDENCE`; until then an edited text counts as it was.
    """
    if not config.headings:
        yield from (plain_page(d, titles.get(d.id, "")) for d in _taken(documents))
        return
    gather = partial(_gather, documents, titles)
    if memory is None:
        evidence = gather()
        yield from (restore_page(d, titles.get(d.id, ""), evidence) for d in _taken(documents))
        return
    asked = [(d.id, [section.anchor for section in d.sections]) for d in documents]
    evidence = memory.recall(EVIDENCE, 0, (asked, titles), gather)
    for document in _taken(documents):
        given = (document, titles.get(document.id, ""), evidence)
        yield memory.recall("restore", document.id, given, partial(restore_page, *given))


def _taken(documents: list[Document]) -> Iterator[Document]:
    """Take the documents out of a list, in their order."""
    documents.reverse()
    while documents:
        yield documents.pop()


def _gather(documents: Sequence[Document], titles: Mapping[str, str]) -> Evidence:
    with _no_collections():
        lexicon = build_lexicon(documents)
        style = judge_style(documents, lexicon, titles)
        return Evidence(lexicon, count_openers(documents), style)


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

"""Restore: give documents back what chunking destroyed, with the doubt shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sitegen.config import RestoreConfig
from sitegen.model import Document
from sitegen.restore.corpus import Corpus, Glance, digests
from sitegen.restore.headings.pages import Evidence, restore_page
from sitegen.restore.headings.plain import plain_page
from sitegen.restore.headings.style import judge_style
from sitegen.restore.headings.titles import count_openers
from sitegen.restore.lexicon.reading import build_lexicon
from sitegen.restore.whitespace import restore_whitespace

__all__ = ["Corpus", "Glance", "digests", "restore_headings", "restore_whitespace"]


def restore_headings(
    documents: list[Document],
    titles: Mapping[str, str],
    config: RestoreConfig,
    corpus: Corpus | Glance | None = None,
    sources: Mapping[str, bytes] | None = None,
) -> Iterator[Document]:
    """Give every document a title, and every section its heading, one document after another.

    ``titles`` are the titles that an authored toctree states, by document id. A ``corpus`` gives
    back what did not change, by the digests of its ``sources``, since it was last asked. Without
    either the list is empty afterwards: each text is let go of when the restored one is there.
    """
    if not config.headings:
        yield from (plain_page(d, titles.get(d.id, "")) for d in _taken(documents))
    elif corpus is not None and sources is not None:
        yield from corpus.restored(documents, sources, titles)
    else:
        lexicon = build_lexicon(documents)
        style = judge_style(documents, lexicon, titles)
        evidence = Evidence(lexicon, count_openers(documents), style)
        yield from (restore_page(d, titles.get(d.id, ""), evidence) for d in _taken(documents))


def _taken(documents: list[Document]) -> Iterator[Document]:
    """Take the documents out of a list, in their order."""
    documents.reverse()
    while documents:
        yield documents.pop()

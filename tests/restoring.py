"""The stage that restores headings as tests call it: all documents at once, nothing remembered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from sitegen.config import RestoreConfig
from sitegen.model import Document
from sitegen.pipeline.gathered import on_shelf
from sitegen.pipeline.restoring import ask_evidence, restored
from sitegen.pipeline.survey import Survey
from sitegen.store.recall import NOTHING_KEPT, Store
from sitegen.workers import HERE


def restore_headings(
    documents: Iterable[Document],
    titles: Mapping[str, str],
    config: RestoreConfig,
    store: Store = NOTHING_KEPT,
) -> Iterator[Document]:
    """Give every document a title, and every section its heading."""
    some = on_shelf(documents, None)
    evidence = ask_evidence(Survey(some, store), titles, store, HERE)() if config.headings else None
    return (each.document for each in restored(some, titles, evidence, store))

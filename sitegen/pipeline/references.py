"""References: gathered documents -> the objects that they document, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from zlib import crc32

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model import Document
from sitegen.model.inventory import read_inventory
from sitegen.model.objects import ApiDoc, ObjectIndex
from sitegen.pipeline.gathered import Gathered
from sitegen.plan.object_index import Scanned, index_of, package_of, scan_document
from sitegen.plan.references import References
from sitegen.record.inputs import api_places, stat_files
from sitegen.store.recall import Store
from sitegen.store.shelf import Shelf

_USUAL, _MOST = 32, 128  # documents that are scanned together
_OF_RUN = list[Scanned]


def references_of(
    config: Config, gathered: Gathered, notices: list[Diagnostic], store: Store
) -> References:
    """What pages document, and what installed packages and other sites tell of it.

    Raises:
        SitegenError: an inventory or a package cannot be read.
    """
    packages = config.api.packages
    package = package_of(gathered.space) or (packages[0] if len(packages) == 1 else "")
    index = index_of(_scanned(store, gathered.documents, package), package)
    references = store.recall("references", _given(index), partial(References, index))
    external = {
        entry.name: entry
        for base_url, path in config.inventories.items()
        for entry in read_inventory(Path(path), base_url)
    }
    docs = _docs(config, references, notices, store) if packages else {}
    return references.with_docs(docs, external) if docs or external else references


def _scanned(
    store: Store, documents: Shelf[Document], package: str
) -> Iterator[tuple[Document, Scanned]]:
    """Yield documents with what they document; of a large site, many are recalled by one key.

    To scan a single one takes no longer than to read what was found from a disk.
    """
    runs, kind = (runs_of(documents), _OF_RUN) if documents.is_large else (zip(documents), None)
    for run in runs:
        given = [(each.id, each.text, each.anchors()) for each in run]
        found = store.recall("scan", (given, package), partial(_scan_run, run, package), kind)
        yield from zip(run, found, strict=True)


def _scan_run(run: Sequence[Document], package: str) -> list[Scanned]:
    return [scan_document(each, package) for each in run]


def runs_of(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """Part documents behind those whose ids say so: a new one changes no run but its own."""
    run: list[Document] = []
    for document in documents:
        run.append(document)
        if crc32(document.id.encode("utf-8", "replace")) % _USUAL == 0 or len(run) == _MOST:
            yield run
            run = []
    if run:
        yield run


def _given(index: ObjectIndex) -> object:
    """All of an index in an order that does not change from run to run."""
    written = {page: sorted(ids) for page, ids in index.written_ids.items() if ids}
    return index.package, index.objects, list(index.written_ids), written


def _docs(
    config: Config, references: References, notices: list[Diagnostic], store: Store
) -> dict[str, ApiDoc]:
    from sitegen.plan.api_source import read_docs

    api, objects = config.api, references.objects

    def make() -> tuple[dict[str, ApiDoc], list[Diagnostic]]:
        found: list[Diagnostic] = []
        return read_docs(objects, api.packages, api.search_paths, found), found

    stats = stat_files(api_places(api)) if store.in_memory else 0
    given = (repr(api), stats, [entry.name for entry in objects])
    docs, found = store.recall("api", given, make)
    notices += found
    return docs

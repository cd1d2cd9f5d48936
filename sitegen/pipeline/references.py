"""References: surveyed documents -> the objects that they document, and what is known of each."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model.inventory import read_inventory
from sitegen.model.objects import ApiDoc
from sitegen.pipeline.gathered import Gathered
from sitegen.pipeline.survey import Survey
from sitegen.plan.object_index import package_of
from sitegen.plan.references import References
from sitegen.record.inputs import api_places, stat_files
from sitegen.store.recall import Store


def package_in(config: Config, gathered: Gathered) -> str:
    """The package that names without one are of; empty where nothing tells it."""
    packages = config.api.packages
    return package_of(gathered.space) or (packages[0] if len(packages) == 1 else "")


def references_of(
    config: Config, survey: Survey, notices: list[Diagnostic], store: Store
) -> References:
    """What pages document, and what installed packages and other sites tell of it.

    Raises:
        SitegenError: an inventory or a package cannot be read.
    """
    index = survey.index
    given = index.given() if store.in_memory else None  # else it is made whatever is given
    references = store.recall("references", given, partial(References, index))
    external = {
        entry.name: entry
        for base_url, path in config.inventories.items()
        for entry in read_inventory(Path(path), base_url)
    }
    docs = _docs(config, references, notices, store) if config.api.packages else {}
    return references.with_docs(docs, external) if docs or external else references


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

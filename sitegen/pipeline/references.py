"""References: surveyed documents -> the objects that they document, and what is known of each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import partial
from itertools import chain
from operator import itemgetter
from pathlib import Path
from sys import intern

from msgspec import Struct

from sitegen.config import Config
from sitegen.errors import Diagnostic
from sitegen.model.inventory import read_inventory
from sitegen.model.objects import LABEL, ApiDoc, Documented
from sitegen.pipeline.gathered import Gathered
from sitegen.pipeline.survey import AllDefined, Survey
from sitegen.plan.object_index import package_of
from sitegen.plan.page_names import Called, by_name, names_of
from sitegen.plan.references import References
from sitegen.plan.suffixes import Objects, best, by_suffix, last_part
from sitegen.record.inputs import api_places, stat_files
from sitegen.store.later import recall_aside
from sitegen.store.recall import Store
from sitegen.store.table import Table, packed_by, places_for

_NAME = itemgetter(0)


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
    make = _kept(survey, store) if survey.runs else partial(References, survey.index)
    given = make.args[0].given() if store.in_memory else None  # else it is made whatever is given
    references = store.recall("references", given, make)
    external = {
        entry.name: entry
        for base_url, path in config.inventories.items()
        for entry in read_inventory(Path(path), base_url)
    }
    docs = _docs(config, references, notices, store) if config.api.packages else {}
    return references.with_docs(docs, external) if docs or external else references


class _Summary(Struct, frozen=True):
    """What there is to know of all objects without a look at any; ``written_ids`` are not empty."""

    count: int
    labels: tuple[Documented, ...]
    written_ids: dict[str, frozenset[str]]


class _Kept:  # noqa: PLW1641 - as `References`
    """The `Index` of a large site, whose objects lie in the store until all are asked for."""

    def __init__(
        self,
        known_by: str,
        summary: _Summary,
        ids: Iterable[str],
        defined: AllDefined,
    ) -> None:
        """Take what is known of all objects, and the ids of all documents, which define them."""
        self._known_by, self._defined = known_by, defined
        self.package, self.labels, self.count = defined.package, summary.labels, summary.count
        self.written_ids = dict.fromkeys(ids, frozenset[str]()) | summary.written_ids

    @property
    def titles(self) -> Mapping[str, str]:
        """The titles of all pages; raises as `AllDefined.indexed`."""
        return self._defined.indexed().titles

    def every(self) -> Iterator[Documented]:
        """Yield all objects and labels; raises as `AllDefined.every`."""
        return self._defined.every()

    def title_of(self, page: str) -> str:
        """The title of a page; raises as `AllDefined.of`."""
        return self._defined.of(page).title_of(page)

    def __eq__(self, other: object) -> bool:
        """Tell whether both say the same."""
        return isinstance(other, _Kept) and self._known_by == other._known_by

    def given(self) -> object:
        """What all of it is known by."""
        return self._known_by


class _ByPage:
    """The objects of a large site by the page that documents them, none of which is here."""

    def __init__(self, defined: AllDefined) -> None:
        """Look them up in what the pages define."""
        self._defined = defined

    def get(self, page: str, /) -> Sequence[Documented]:
        """Those of a page; raises as `AllDefined.of`."""
        return [entry for entry in self._defined.of(page).objects if entry.kind != LABEL]


def _kept(survey: Survey, store: Store) -> partial[References]:
    """What makes the references of a large site, with where its objects and pages are looked up."""
    defined, ids = survey.defined, [head.id for head in survey.heads]
    places = places_for(len(ids))

    def make() -> tuple[_Summary, Iterator[Sequence[bytes]]]:
        index = defined.indexed()
        written = {page: own for page, own in index.written_ids.items() if own}
        objects = (entry for entry in index.objects if entry.kind != LABEL)
        named = packed_by(objects, lambda entry: last_part(entry.name), places, best)
        called = packed_by(names_of(index.titles), _NAME, places)
        return _Summary(index.count, index.labels, written), chain(named, called)

    key = store.key("objects", (survey.package, survey.defines))
    summary, bulks = recall_aside(store, key, make, _Summary, 2 * places)
    named = Table(bulks[:places], list[Documented], _by_suffix, last_part)
    called = Table(bulks[places:], list[Called], by_name)
    objects = Objects(_ByPage(defined), named)
    return partial(References, _Kept(key, summary, ids, defined), objects=objects, called=called)


def _by_suffix(objects: Iterable[Documented]) -> Mapping[str, Sequence[Documented]]:
    """As `by_suffix`, of objects that share what many of them say: a large site has a million."""
    return by_suffix(
        Documented(
            each.name,
            intern(each.page),
            each.name if each.anchor == each.name else each.anchor,
            intern(each.kind),
            language=intern(each.language),
            without=each.without,
        )
        for each in objects
    )


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

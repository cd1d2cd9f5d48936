"""Looks: a few pages of a large input from their own rows, while the rest is being read."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection, Iterable

from msgspec.structs import replace

from sitegen.config import Config
from sitegen.pipeline.gather import gather
from sitegen.pipeline.gathered import aside, on_shelf
from sitegen.pipeline.planning import Planned, plan_gathered
from sitegen.pipeline.rendering import Job, job_of
from sitegen.pipeline.restoring import restored
from sitegen.read.files import PAGES, InputFile, find_files
from sitegen.read.first_look import FirstLook, LookAgain
from sitegen.serve.preview import Preview
from sitegen.store.recall import Store
from sitegen.store.stamp import store_file

FIRST_LOOK = 300  # chunks: something to see of however large a dataset, at once
FIRST_PAGES = 30  # ... and of a folder, where each is a whole page
LARGE = 200_000  # bytes of input, from which on a first look is taken
INDEXED = 4 << 20  # bytes of input, from which on an index of its sources saves time


def size_of(files: Iterable[InputFile]) -> int:
    """Bytes of all files."""
    return sum(file.size for file in files)


def is_large(config: Config) -> bool:
    """Whether all of an input takes so long to read that pages are looked at by themselves.

    Raises:
        SitegenError: as `find_files`.
    """
    return size_of(find_files(config.input, [], config.config_name, config.exclude)) >= INDEXED


def first_look(
    config: Config, awaited: Callable[[], Collection[str]], store: Store
) -> Planned | None:
    """The first pages of an input that takes longer to read, and those that are awaited.

    ``store`` is of what is made of them.

    Raises:
        SitegenError: as `gather` and `plan_gathered`.
    """
    files = find_files(config.input, [], config.config_name, config.exclude)
    if size_of(files) < LARGE:
        return None
    is_folder = all(file.suffix in PAGES for file in files)
    chunks = FIRST_PAGES if is_folder else FIRST_LOOK
    with _index(config) as index:
        look = FirstLook(chunks, awaited, by_index=size_of(files) >= INDEXED)
        gathered = gather(config, index, first=look)
        return plan_gathered(config, gathered, store)


def look_again(config: Config, preview: Preview, shown: Collection[str]) -> list[Job]:
    """The jobs of the ``shown`` pages (permalinks) of a large site as they read now.

    All else is taken to be as the preview knows it, also what these pages are called and what all
    texts say together, until all has been read again; nothing where to read all takes no longer.

    Raises:
        SitegenError: as `gather`.
    """
    if not (preview.is_partial or is_large(config)):
        return []
    ground = preview.ground
    heads = {
        page.document.source: page.document
        for page in preview.plan.site.pages
        if page.permalink in shown
        and (ground.evidence is None or ground.evidence.answers(page.document.id))
    }
    with _index(config) as index:
        gathered = gather(config, index, first=LookAgain(heads.keys()))
        documents = (
            replace(each, id=head.id, language=head.language)
            for each in gathered.documents
            if (head := heads.get(each.source))
        )
        shelf = on_shelf(documents, aside(config))
    found = restored(shelf.drain(), ground.titles, ground.evidence, preview.store)
    return [job_of(each, ground, preview.store) for each in found]


def _index(config: Config) -> Store:
    """The store that the index of sources is kept in.

    How large that may become, who reads all at the same time says.
    """
    return Store(store_file(config.cache), limit=sys.maxsize)

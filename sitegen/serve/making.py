"""Making: a configuration -> the preview of its site, with what is known of the one before."""

from __future__ import annotations

import sys
from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from sitegen.config import Config
from sitegen.feeds.content import load_content
from sitegen.layout.assets import load_assets
from sitegen.layout.interface import strings_of
from sitegen.layout.templates import Templates
from sitegen.limits.memory import give_back_now
from sitegen.pipeline.gather import gather
from sitegen.pipeline.planning import Planned, plan_gathered
from sitegen.pipeline.rendering import Jobs
from sitegen.pipeline.steps import room_for
from sitegen.read.files import find_files
from sitegen.record.inputs import stat_theme
from sitegen.restore import Evidence
from sitegen.serve.aside import Aside
from sitegen.serve.looks import is_large, size_of
from sitegen.serve.preview import Preview, Surroundings
from sitegen.store.lost import LostError
from sitegen.store.packing import pack
from sitegen.store.recall import NOTHING_KEPT, Store
from sitegen.store.sha256 import sha256_of_all
from sitegen.store.stamp import store_file

HELD = 8 << 20  # bytes of input, and what a packed one has, up to which what is made stays here
_PROVED = 2_000  # pages; a changed template is tried on all of a site that is no larger


class Made(NamedTuple):
    """A preview, beside the one before: whether it has the same files, how many pages changed."""

    preview: Preview
    is_same: bool
    changed: int


class Going(NamedTuple):
    """A preview that is being made: why, since when, after which, and what gives it, or nothing."""

    why: str
    started: float
    before: Preview | None
    made: Aside[Made | None]


class Shown(NamedTuple):
    """A preview that is shown, and whether it says anything new."""

    preview: Preview
    is_news: bool


@dataclass(slots=True)
class Making:
    """Makes one preview after another.

    ``is_of_large`` says whether the last one is of a large site, ``was_hasty`` whether it was made
    by what the texts of an earlier one say of headings. ``between`` its steps what is more urgent
    may be waited for.
    """

    between: Callable[[], None] | None = None
    is_of_large: bool = False
    was_hasty: bool = False
    _store: Store = NOTHING_KEPT
    _theme: Store = field(default_factory=partial(Store, None, in_memory=True))
    _cache: Path | bool | None = None
    _evidence: tuple[str, Evidence | None] = ("", None)

    def next(
        self, config: Config, before: Preview | None, recent: Collection[str], *, in_haste: bool
    ) -> Made:
        """A preview of all pages, of which the ``recent`` ones are laid out by a new template.

        ``in_haste`` an edited text counts as it did: what it says of headings elsewhere is looked
        at later.

        Raises:
            SitegenError: the input is not as it must be.
        """
        if config.cache != self._cache:
            self._store.close()
            files = find_files(config.input, [], config.config_name, config.exclude)
            in_memory, file = size_of(files) <= HELD, store_file(config.cache)
            self._store = Store(file, in_memory=in_memory, limit=sys.maxsize)  # see `turn`, below
            self._cache, self._evidence = config.cache, ("", None)  # it may lie in the one before
        store = self._store
        try:
            known = None if before is None else before.jobs
            planned, size = self._planned(config, store, known, in_haste=in_haste)
        except LostError:
            store.close()
            self._cache = None  # the next one is opened anew
            raise
        preview = self.preview(config, planned, store)
        # Of a large site much lies there until it is asked for: it goes once nothing asks for it.
        store.turn(room_for(size))
        self._theme.turn()
        if self.is_of_large:
            give_back_now()
        if config.theme.templates is not None and before is not None:
            new = preview.around.templates is not before.around.templates
            pages = len(preview.plan.site.pages)
            preview.prove(list(recent), whole=new and pages <= _PROVED)
        is_same = before is not None and preview.is_as(before)
        return Made(preview, is_same, preview.changed_since(before))

    def _planned(
        self, config: Config, store: Store, jobs: Jobs | None, *, in_haste: bool
    ) -> tuple[Planned, int]:
        """Take the steps of a build up to the plan; give the characters of all texts too."""
        gathered = gather(config, store, between=self.between)
        size, asked, known = gathered.documents.size, "", None
        self.is_of_large = is_large(config)
        if self.is_of_large:
            if size > HELD:  # files tell what is packed in them only when they have been read
                store.keep_on_disk_alone()
            give_back_now()
        else:  # of a large one the pages that are shown are looked at before
            pages = ((each.id, each.anchors()) for each in gathered.documents)
            asked = sha256_of_all(map(pack, pages))
            before, evidence = self._evidence
            known = evidence if in_haste and asked == before else None
        self.was_hasty = known is not None
        planned = plan_gathered(config, gathered, store, known, jobs, between=self.between)
        self._evidence = asked, planned.ground.evidence if asked else None
        return planned, size

    def preview(
        self, config: Config, planned: Planned, store: Store, *, is_partial: bool = False
    ) -> Preview:
        """The preview of what is planned, with what else of it is on the disk."""
        theme = config.theme
        look = (
            stat_theme("static", theme.static, theme.logo),
            (dict(theme.colors), repr(theme.strings)),
        )
        read = partial(load_assets, theme.static, theme=theme)
        assets = self._theme.recall("assets", look, read)
        assets = assets.saying(strings_of(planned.plan.site, theme.strings))
        made_of = stat_theme("templates", theme.templates)
        templates = self._theme.recall("templates", made_of, partial(Templates, theme.templates))
        content = {file.path: file.data for file in load_content(planned.plan.content)}
        around = Surroundings(assets, content, templates)
        return Preview(config, planned, store, around, is_partial=is_partial)

"""Builder: changed files -> the next preview, or the error that is shown over the last one."""

from __future__ import annotations

import secrets
import threading
import time
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from sitegen.config import Config
from sitegen.errors import Severity, SitegenError
from sitegen.feeds.content import load_content
from sitegen.layout.assets import load_assets
from sitegen.layout.interface import strings_of
from sitegen.layout.templates import Templates
from sitegen.pipeline.gather import gather
from sitegen.pipeline.rendering import Planned, plan_gathered
from sitegen.pipeline.steps import open_store
from sitegen.read.files import find_files
from sitegen.read.remote import find as remotes
from sitegen.read.remote.open import keep_in
from sitegen.record.inputs import stat_theme
from sitegen.record.whereabouts import Whereabouts
from sitegen.restore import Evidence
from sitegen.restore.lexicon.wanted import Asked, asked_by
from sitegen.search import Kind, kind_of
from sitegen.serve.looks import first_look, look_again, size_of
from sitegen.serve.preview import Preview, Surroundings
from sitegen.serve.state import State
from sitegen.serve.told import Teller
from sitegen.store.lost import LostError, again_if_lost
from sitegen.store.recall import NOTHING_KEPT, Store

T = TypeVar("T")

HELD = 8 << 20  # bytes of input, up to which all that is made of it stays in memory
_PAUSE = 0.4  # seconds
_REST = 1.0  # ...; whoever saves again sooner does not wait for what went on meanwhile
_RECENT = 16  # requested pages that a new preview must be able to lay out
_SEARCHED = 5_000  # pages; the index of more texts takes longer than an author waits
_PROVED = 2_000  # pages; a changed template is tried on all of a site that is no larger


@dataclass(slots=True)
class Builder:
    """Builds previews one after another in one thread; requests read ``state`` in others.

    ``load`` gives the configuration anew; ``announce`` is called with each new number; ``say``
    prints a line for the author, ``verbose`` for each finding. ``waiting`` counts the requests
    that wait, by path.
    """

    load: Callable[[], Config]
    announce: Callable[[str], None]
    say: Callable[[str], None]
    verbose: bool = False
    state: State = field(default_factory=lambda: State(secrets.token_hex(8)))
    config: Config | None = None
    recent: dict[str, None] = field(default_factory=dict)
    waiting: Counter[str] = field(default_factory=Counter)
    _store: Store = NOTHING_KEPT
    _theme: Store = field(default_factory=partial(Store, None, in_memory=True))
    _cache: Path | bool | None = None
    _evidence: tuple[Asked, Evidence | None] = ((), None)
    _known: Planned | None = None
    _texts: Mapping[str, bytes] = field(default_factory=dict)
    _teller: Teller = field(init=False)
    _sought: set[str] = field(default_factory=set)
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _publishing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin with no finding told."""
        self._teller = Teller(self.say, verbose=self.verbose)

    def asked(self, path: str) -> None:
        """Note a page that a browser shows."""
        self.recent.pop(path, None)
        self.recent[path] = None
        if len(self.recent) > _RECENT:
            with suppress(KeyError):
                del self.recent[next(iter(self.recent))]

    def build(self, why: str, rest: Callable[[float], bool]) -> None:
        """Make a preview and announce it; then render in peace what nobody has asked for yet.

        ``rest`` waits so many seconds and tells whether nothing has changed all the while.
        """
        started = time.perf_counter()
        if self._looked_again(why, started) and not rest(_REST):
            return
        before = self.state.preview
        # What a changed text says of headings elsewhere seldom matters: it is looked at later.
        made = self._made(why, before, in_haste=True)
        if made is None:
            return
        preview, changed = made
        self._sought.clear()
        if before is not None and not self.state.error and preview.is_as(before):
            preview = before  # files were touched, and say what they said
        else:
            self._publish(preview, "")
            pages = len(preview.plan.site.pages)
            spent = (time.perf_counter() - started) * 1000
            self.say(f"{why}: {changed:,} of {pages:,} pages changed, {spent:.0f} ms")
        # Browsers come for the changed page now; what follows would only stand in their way.
        if before is not None and not rest(_PAUSE):
            return
        self._finish(why, preview, rest)
        if not rest(_REST):
            return
        if before is not None:
            settled = self._made(why, preview, in_haste=False)
            if settled is not None and not settled[0].is_as(preview):
                preview = settled[0]
                self._publish(preview, "")
                self._finish(why, preview, rest)
        if preview is not before or not preview.texts:
            self._index(preview)

    def _index(self, preview: Preview) -> None:
        """Index the texts of a preview beside the thread that builds, where they can be searched.

        Until then readers search in those of the preview before.
        """
        config, pages = self.config, len(preview.plan.site.pages)
        if config is None or kind_of(config.search) is not Kind.FULL or pages > _SEARCHED:
            return

        def index() -> None:
            try:
                preview.index_texts(lambda: self.state.preview is preview)
                self._texts = preview.texts
            except SitegenError as error:
                self.say(f"search: {error}")

        with suppress(RuntimeError):  # no thread is to be had: after the next change perhaps
            threading.Thread(target=index, daemon=True).start()

    def _finish(self, why: str, preview: Preview, rest: Callable[[float], bool]) -> None:
        """Render the rest of a preview, unless something changes, and show what is wrong."""
        findings = self._tried(why, lambda: preview.finish(lambda: rest(0)))
        if findings is None or (config := self.config) is None:
            return
        if self._texts:
            preview.search_in(self._texts)
        site = preview.plan.site
        warnings = self._tried(why, lambda: self._teller.tell(findings, site, config))
        if warnings is not None and warnings != self.state.warnings:
            self.state = self.state.with_warnings(warnings)
            self._publish(preview, "")
        where = Whereabouts(config, Path.cwd())
        errors = [str(f) for f in where.of_each(findings) if f.severity is Severity.ERROR]
        if errors:
            self._publish(preview, "\n\n".join(errors[:5]))
            self.say("\n".join(errors[:5]))

    def _made(
        self, why: str, before: Preview | None, *, in_haste: bool
    ) -> tuple[Preview, int] | None:
        """Make the next preview, or show why there is none."""

        def make() -> tuple[Preview, int]:
            config = self.config = self.load()
            keep_in(config.cache)
            remotes.look_again(only_faults=True)
            if before is None:
                self._first_look(config)
            return again_if_lost(self._next)(config, before, in_haste=in_haste)

        return self._tried(why, make)

    def _tried(self, why: str, step: Callable[[], T]) -> T | None:
        """Take a step; what is wrong is shown over the last good preview."""
        try:
            return step()
        except SitegenError as error:
            self.fail(why, error)
        except OSError as error:  # an input went away while it was read
            self.fail(why, SitegenError(f"cannot be read: {error.strerror or error}"))
        except RecursionError as error:
            self.fail(why, SitegenError(f"nested too deeply: {error}"))
        return None

    def _first_look(self, config: Config) -> None:
        """Show the first pages of a dataset that takes longer to read."""
        if planned := first_look(config, self._awaited):
            self._publish(self._preview(config, planned, NOTHING_KEPT, is_partial=True), "")

    def _looked_again(self, why: str, started: float) -> bool:
        """Show pages of a large site that are shown as they read now, before all is read again."""
        before, known = self.state.preview, self._known
        if before is None or known is None:
            return False
        with suppress(SitegenError, OSError, RecursionError):  # to read all says it better
            if jobs := look_again(self.load(), known, self._awaited(), self._store):
                self._publish(before.with_jobs(jobs), "")
                spent = (time.perf_counter() - started) * 1000
                self.say(f"{why}: what is shown has changed, {spent:.0f} ms; all is being read")
                return True
        return False

    def look_for(self, path: str) -> None:
        """Show a page that a first look did not, from its own rows, while the rest is being read.

        Any thread may call this.
        """
        with self._looking:
            there, config = self.state.preview, self.config
            is_lacking = there and there.is_partial and not there.has(f"{path}index.html")
            if config and is_lacking and path not in self._sought:
                self._sought.add(path)  # what is not there is not looked for again
                self._tried("page", partial(self._first_look, config))

    def _awaited(self) -> list[str]:
        """The permalinks of pages that requests wait for or have shown; the first is there."""
        shown = [name.removesuffix("index.html") for name in list(self.recent)]
        asked = [path for path, count in self.waiting.copy().items() if count]
        return [path for path in (*asked, *shown) if path[-1:] == "/"]

    def _next(
        self, config: Config, before: Preview | None, *, in_haste: bool
    ) -> tuple[Preview, int]:
        if config.cache != self._cache:
            self._store.close()
            files = find_files(config.input, [], config.config_name, config.exclude)
            in_memory = size_of(files) <= HELD
            self._store, self._cache = open_store(config, in_memory=in_memory), config.cache
            self._evidence = (), None  # it may lie in the one before
        store = self._store
        try:
            planned = self._planned(config, store, in_haste=in_haste)
        except LostError:
            store.close()
            self._cache = None  # the next one is opened anew
            raise
        preview = self._preview(config, planned, store)
        store.turn()
        self._theme.turn()
        if config.theme.templates is not None and before is not None:
            new = preview.around.templates is not before.around.templates
            pages = len(preview.plan.site.pages)
            preview.prove(list(self.recent), whole=new and pages <= _PROVED)
        return preview, preview.changed_since(before)

    def _planned(self, config: Config, store: Store, *, in_haste: bool) -> Planned:
        """Take the steps of a build up to the plan.

        ``in_haste`` an edited text counts as it did: what it says of headings elsewhere is looked
        at later.
        """
        gathered = gather(config, store)
        asked = asked_by((each.id, each.anchors()) for each in gathered.documents)
        before, evidence = self._evidence
        known = evidence if in_haste and asked == before else None
        planned = plan_gathered(config, gathered, store, known)
        self._evidence, self._known = (asked, planned.ground.evidence), planned
        return planned

    def _preview(
        self, config: Config, planned: Planned, store: Store, *, is_partial: bool = False
    ) -> Preview:
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

    def _publish(self, preview: Preview | None, error: str) -> None:
        with self._publishing:
            contents, before = self.state.contents, self.state.preview
            if preview is not None and before is not None:
                if preview.is_partial and not before.is_partial:
                    return  # all has been read while some pages were looked for
                contents = contents.after(before.around.content, preview.around.content)
            self.state = State(secrets.token_hex(8), preview, error, contents, self.state.warnings)
        self.announce(self.state.number)

    def fail(self, why: str, error: SitegenError) -> None:
        """Keep the last good preview and show the error over it; any thread may call this."""
        if self.config is not None:
            error.location = Whereabouts(self.config, Path.cwd()).of(error.location)
        named = error.location.file == why  # then the error names the file that was changed
        self.say(f"error: {error}" if named else f"{why}: error: {error}")
        if self.state.error != str(error):
            self._publish(self.state.preview, str(error))

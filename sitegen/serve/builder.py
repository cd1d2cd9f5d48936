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

from msgspec.structs import replace

from sitegen.config import Config
from sitegen.errors import Diagnostic, Severity, SitegenError
from sitegen.read.remote import find as remotes
from sitegen.read.remote.open import keep_in
from sitegen.record.whereabouts import Whereabouts
from sitegen.restore import Seen
from sitegen.search import Kind, kind_of
from sitegen.serve.aside import Aside
from sitegen.serve.looks import first_look, look_again
from sitegen.serve.making import Going, Made, Making, Shown
from sitegen.serve.preview import Preview
from sitegen.serve.state import State
from sitegen.serve.told import Teller
from sitegen.store.lost import again_if_lost
from sitegen.store.recall import Store

T = TypeVar("T")

_PAUSE = 0.4  # seconds
_REST = 1.0  # ...; whoever saves again sooner does not wait for what went on meanwhile
_RECENT = 16  # requested pages that a new preview must be able to lay out
_SEARCHED = 5_000  # pages; the index of more texts takes longer than an author waits


@dataclass(slots=True)
class Builder:
    """Builds previews one after another; requests read ``state`` in other threads.

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
    _going: Going | None = None
    _finishing: Aside[tuple[Diagnostic, ...] | None] | None = None
    _change: int = 0
    _seen: Mapping[str, Seen] = field(default_factory=dict)
    _texts: Mapping[str, bytes] = field(default_factory=dict)
    _teller: Teller = field(init=False)
    _making: Making = field(init=False)
    _sought: set[str] = field(default_factory=set)
    _looking: threading.Lock = field(default_factory=threading.Lock)
    _publishing: threading.Lock = field(default_factory=threading.Lock)

    def __post_init__(self) -> None:
        """Begin with no finding told."""
        self._teller = Teller(self.say, verbose=self.verbose)
        self._making = Making(self._give_way)

    def _give_way(self) -> None:
        """Wait while a page is looked for that somebody waits for."""
        with self._looking:
            pass

    def asked(self, path: str) -> None:
        """Note a page that a browser shows."""
        self.recent.pop(path, None)
        self.recent[path] = None
        if len(self.recent) > _RECENT:
            with suppress(KeyError):
                del self.recent[next(iter(self.recent))]

    def build(self, why: str, rest: Callable[[float], bool]) -> None:
        """Make a preview and announce it; then render in peace what nobody has asked for yet.

        ``rest`` waits so many seconds and tells whether nothing has changed all the while. When
        something has, what is being made is left to go on: of a large site that takes minutes. What
        it knows by then is of use, and pages that are shown are looked at before.
        """
        started = time.perf_counter()
        self._change += 1
        has_looked = self._looked_again(why, started)
        if has_looked and not rest(_REST):
            return
        if self._going is not None:
            self._shown(rest, is_old=True)
            if self._going is not None:
                return
        is_first = self.state.preview is None
        # What a changed text says of headings elsewhere seldom matters: it is looked at later.
        self._begin(why, started, in_haste=not has_looked)
        shown = self._shown(rest)
        # Browsers come for the changed page now; what follows would only stand in their way.
        if shown is None or not rest(0 if is_first else _PAUSE):
            return
        self._finish(why, shown.preview, rest)
        if not rest(_REST):
            return
        is_news = shown.is_news
        if self._making.was_hasty:
            self._begin(why, time.perf_counter(), in_haste=False)
            shown = self._shown(rest)
            if shown is None:
                return
            if shown.is_news:
                is_news = True
                self._finish(why, shown.preview, rest)
        if is_news or not shown.preview.texts:
            self._index(shown.preview)

    def _begin(self, why: str, started: float, *, in_haste: bool) -> None:
        """Begin to make a preview, once nobody renders the rest of the last one any more."""
        with self._looking:  # nobody looks by all of the evidence when there is another
            if (before := self.state.preview) is not None and self._making.is_of_large:
                before.let_go(self._seen)
        finishing = self._finishing

        def make() -> Made:
            if finishing is not None:
                finishing.wait(lambda _: True)
            config = self.config = self.load()
            keep_in(config.cache)
            remotes.look_again(only_faults=True)
            if before is None:
                self._first_look(config)
            given = (config, before, list(self.recent))
            return again_if_lost(self._making.next)(*given, in_haste=in_haste)

        self._going = Going(why, started, before, Aside(partial(self._tried, why, make)))

    def _shown(self, rest: Callable[[float], bool], *, is_old: bool = False) -> Shown | None:
        """Show the preview that is being made once it is there; nothing if something comes before.

        If that is of old files, what is shown by now is seen in it too.
        """
        going = self._going
        if going is None or not going.made.wait(rest):
            return None
        self._going = None
        made = going.made.result()
        if made is None:
            return None
        preview, before = made.preview, going.before
        with self._looking:
            self._sought.clear()
            is_same = made.is_same and self.state.preview is before and not self.state.error
            if is_same and before is not None:  # files were touched, and say what they said
                shown = preview if self._making.is_of_large else before  # which has less by now
                with self._publishing:
                    self.state = replace(self.state, preview=shown)
                return Shown(shown, is_news=False)
            if is_old:
                preview = self._as_it_reads(preview) or preview
            self._publish(preview, "")
        all, spent = len(preview.plan.site.pages), (time.perf_counter() - going.started) * 1000
        self.say(f"{going.why}: {made.changed:,} of {all:,} pages changed, {spent:.0f} ms")
        return Shown(preview, is_news=True)

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
        change = self._change

        def is_current() -> bool:
            self._give_way()
            return change == self._change

        finish = partial(preview.finish, is_current)
        finishing = self._finishing = Aside(partial(self._tried, why, finish))
        if not finishing.wait(rest):
            return
        findings = finishing.result()
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
        store = Store(None, in_memory=True)  # by which is seen what reads otherwise later
        if planned := first_look(config, self._awaited, store):
            self._publish(self._making.preview(config, planned, store, is_partial=True), "")

    def _looked_again(self, why: str, started: float) -> bool:
        """Show pages of a large site that are shown as they read now, before all is read again."""
        with self._looking:
            before = self.state.preview
            now = self._as_it_reads(before) if before else None
            if now is None:
                return False
            self._publish(now, "")
        spent = (time.perf_counter() - started) * 1000
        self.say(f"{why}: what is shown has changed, {spent:.0f} ms; all is being read")
        return True

    def _as_it_reads(self, preview: Preview) -> Preview | None:
        """A preview with the pages that are shown as they read now; nothing if it has them so."""
        if self.config is not None:
            with suppress(SitegenError, OSError, RecursionError):  # to read all says it better
                jobs = look_again(self.config, preview, self._awaited())
                self._seen = {job.prepared.document.id: job.prepared.seen for job in jobs}
                return preview.with_jobs(jobs)
        return None

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

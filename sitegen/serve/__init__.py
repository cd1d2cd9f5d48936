"""Serve: a preview of the site that follows its sources, for the browsers of this machine."""

from __future__ import annotations

import gc
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from sitegen.config import Config
from sitegen.errors import SitegenError
from sitegen.limits.memory import give_back
from sitegen.record.inputs import find_places, named_file, stat_files
from sitegen.serve.app import STREAM, App
from sitegen.serve.area import Area
from sitegen.serve.builder import Builder
from sitegen.serve.channel import Channel
from sitegen.serve.guard import Guard, hosts_of
from sitegen.serve.looks import is_large
from sitegen.serve.server import Server, addresses, open_sockets, raise_file_limit
from sitegen.serve.watch import Look, Watch

__all__ = ["Options", "serve"]

_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised in order to warn
_SWITCH = 0.001  # seconds; a request does not wait long for the thread that builds


class Options(Struct, frozen=True):
    """How to serve: ``host`` empty for this machine alone, ``port`` ``None`` for a free one.

    ``verbose``: all findings are printed.
    """

    host: str = ""
    port: int | None = None
    allowed_hosts: Sequence[str] = ()
    open_browser: bool = False
    poll: bool = False
    verbose: bool = False


def serve(
    load: Callable[[], Config],
    options: Options,
    *,
    config_file: Path | None,
    say: Callable[[str], None],
) -> int:
    """Serve until a signal ends it; give the exit code.

    ``load`` gives the configuration anew; ``config_file`` is watched though it may not exist.

    Raises:
        SitegenError: the port is taken. What is wrong with the site is shown in the browser.
    """
    sockets = open_sockets(options.host, options.port)
    port: int = sockets[0].getsockname()[1]
    raise_file_limit()
    sys.setswitchinterval(_SWITCH)
    channel = Channel(lambda: builder.state.number)
    builder = Builder(load, lambda _: channel.announce(), say, verbose=options.verbose)
    watch = Watch(lambda: _look(builder.config, config_file), poll=options.poll)
    hosts = hosts_of([*options.allowed_hosts, *({options.host} - _ANY)])
    urls = [f"http://{f'[{name}]' if ':' in name else name}:{port}/" for name in _names(options)]

    def started() -> None:
        channel.open()
        if options.host:
            say(f"warning: everybody who can reach {options.host} can read this site")
        say(f"serving {' and '.join(urls)} - Ctrl-C ends it")
        _start(
            threading.Thread(target=_follow, args=(builder, watch, config_file, say), daemon=True)
        )
        if options.open_browser:
            threading.Thread(target=webbrowser.open, args=(urls[0],), daemon=True).start()

    def stop() -> None:
        watch.stop()
        channel.close()

    server = Server(
        Guard(App(builder, channel), port, hosts, f"/{STREAM}", for_others=bool(options.host)),
        started=started,
        stop=stop,
    )
    server.run(sockets)
    return 128 + server.received if server.received else 0


def _start(thread: threading.Thread) -> None:
    """Start the thread that builds.

    Raises:
        SitegenError: the system gives none.
    """
    try:
        thread.start()
    except RuntimeError as error:
        raise SitegenError(
            "the system gives this process no thread to build in",
            help="end other programs, or raise the limit on processes (ulimit -u)",
        ) from error


def _names(options: Options) -> list[str]:
    """The names by which the server can be reached: this machine's own first."""
    if options.host in _ANY:
        family = ":" in options.host
        return ["localhost", *(name for name in addresses() if (":" in name) == family)]
    return [options.host or "localhost"]


def _follow(
    builder: Builder, watch: Watch, config_file: Path | None, say: Callable[[str], None]
) -> None:
    """Build again and again, in a thread of its own, until the server stops."""
    with suppress(SitegenError, OSError):  # the build says it better
        builder.config = builder.load()
        if is_large(builder.config):
            give_back()
    _, seen = _look(builder.config, config_file)
    watching = False

    def rest(seconds: float) -> bool:
        nonlocal watching
        if not watching and builder.state.preview is None:
            return True  # to watch takes time: the first page comes before it
        if not watching:
            watching = True
            watch.start(seen)
        return watch.rest(seconds)

    _build(builder, "first build", rest)
    if not watching:
        watch.start(seen)
    if watch.polling:
        say(f"files are looked at twice a second: {watch.polling}")
    is_frozen = False
    while why := watch.wait():
        if not is_frozen and (preview := builder.state.preview) and not preview.is_partial:
            gc.freeze()  # it stays: to look for garbage in it would stop now and then an edit
            is_frozen = True
        _build(builder, why, watch.rest)
        gc.collect()  # by itself that comes after so many edits that they have left much by then


def _build(builder: Builder, why: str, rest: Callable[[float], bool]) -> None:
    """Build; a bug of ours is shown, and ends neither this thread nor the preview."""
    try:
        builder.build(why, rest)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        traceback.print_exc()
        builder.fail(why, SitegenError(f"a fault of sitegen itself: {error!r}"))


def _look(config: Config | None, config_file: Path | None) -> Look:
    """Look at all files that a build reads; an input that is not there is a change like others."""
    places = [*find_places(config)] if config else []
    if config_file is not None:
        places.append(named_file(config_file))
    seen: Mapping[str, object]
    try:
        seen = stat_files(places)
    except (SitegenError, OSError) as error:
        seen = {"": str(error)}
    return Area.of_places(places, seen), seen

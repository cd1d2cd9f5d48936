"""Serve: a preview of the site that follows its sources, for the browsers of this machine."""

from __future__ import annotations

import gc
import glob
import sys
import threading
import traceback
import webbrowser
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config
from sitegen.data import data_folder
from sitegen.errors import SitegenError
from sitegen.read import find_redirects, find_toctree
from sitegen.record import look
from sitegen.serve.app import STREAM, App
from sitegen.serve.builder import Builder
from sitegen.serve.channel import Channel
from sitegen.serve.guard import Guard, hosts_of
from sitegen.serve.server import Server, open_sockets, raise_file_limit
from sitegen.serve.watch import Area, Watch

__all__ = ["Options", "serve"]

_ANY = frozenset({"0.0.0.0", "::"})  # noqa: S104 - recognised in order to warn
_SWITCH = 0.001  # seconds; a request does not wait long for the thread that builds


@dataclass(frozen=True, slots=True)
class Options:
    """How to serve: ``host`` empty for this machine alone, ``port`` ``None`` for a free one."""

    host: str = ""
    port: int | None = None
    allowed_hosts: Sequence[str] = ()
    open_browser: bool = False
    poll: bool = False


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
    builder = Builder(load, lambda _: channel.announce(), say)
    watch = Watch(
        lambda: _area(builder.config, config_file), lambda: _look(builder), poll=options.poll
    )
    hosts = hosts_of([*options.allowed_hosts, *({options.host} - _ANY)])
    shown = options.host if options.host and options.host not in _ANY else "localhost"
    url = f"http://{f'[{shown}]' if ':' in shown else shown}:{port}/"

    def started() -> None:
        channel.open()
        if options.host:
            say(f"warning: everybody who can reach {options.host} can read this site")
        say(f"serving {url} - Ctrl-C ends it")
        threading.Thread(target=_follow, args=(builder, watch, say), daemon=True).start()
        if options.open_browser:
            threading.Thread(target=webbrowser.open, args=(url,), daemon=True).start()

    def stop() -> None:
        watch.stop()
        channel.close()

    server = Server(
        Guard(App(builder, channel), port, hosts, f"/{STREAM}"), started=started, stop=stop
    )
    server.run(sockets)
    return 128 + server.received if server.received else 0


def _follow(builder: Builder, watch: Watch, say: Callable[[str], None]) -> None:
    """Build again and again, in a thread of its own, until the server stops."""
    with suppress(SitegenError):  # the build says it better
        builder.config = builder.load()
    seen = _look(builder)
    watching = False

    def rest(seconds: float) -> bool:
        nonlocal watching
        if not watching:
            watching = True
            watch.start(seen)
        return watch.rest(seconds)

    _build(builder, "first build", rest)  # to watch takes time: the first page comes before it
    rest(0)
    gc.freeze()  # it stays: to look for garbage in it would stop now and then an edit on its way
    if watch.polling:
        say(f"files are looked at twice a second: {watch.polling}")
    while why := watch.wait():
        _build(builder, why, watch.rest)


def _build(builder: Builder, why: str, rest: Callable[[float], bool]) -> None:
    """Build; a bug of ours is shown, and ends neither this thread nor the preview."""
    try:
        builder.build(why, rest)
    except Exception as error:  # noqa: BLE001 - the last line of defence
        traceback.print_exc()
        builder.fail(why, SitegenError(f"a fault of sitegen itself: {error!r}"))


def _look(builder: Builder) -> Mapping[str, object]:
    """Look at all files; an input that is not there is a change like others."""
    if builder.config is None:
        return {}
    try:
        return look(builder.config)
    except (SitegenError, OSError) as error:
        return {"": str(error)}


def _area(config: Config | None, config_file: Path | None) -> Area:
    """List what a build reads or would read if it were there."""
    files = [config_file] if config_file else []
    folders = [data_folder("templates"), data_folder("static")]
    if config is None:
        return Area(tuple(files), tuple(folders))
    for item in config.input:
        if glob.has_magic(item) and not Path(item).exists():
            parents = Path(item).parents
            folders.append(next(p for p in parents if not glob.has_magic(str(p))))
        elif Path(item).suffix and not Path(item).is_dir():
            files.append(Path(item))
        else:
            folders.append(Path(item))
    toctree = config.toctree or find_toctree(config.input)
    redirects = config.redirects or find_redirects(config.input)
    files += [path for path in (toctree, redirects, config.theme.logo) if path]
    folders += [f for f in (config.theme.templates, config.theme.static, config.files) if f]
    return Area(tuple(files), tuple(folders))

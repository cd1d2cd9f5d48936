"""Stage ``read``: pages in a repository of git -> the day of the last commit of each."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from sitegen.errors import Diagnostic, Severity
from sitegen.limits.files import real
from sitegen.read.files import PAGES, InputFile
from sitegen.store.recall import Store

# Nothing that a repository brings in its own configuration is run, and no one's is heeded.
_GIT = (
    *("git", "--no-pager", "-c", "core.fsmonitor=false"),
    *("-c", "log.showSignature=false", "-c", "log.showRoot=true"),
)
# Objects that a partial clone lacks are not fetched: its settings may name a program for that.
_ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "LC_ALL": "C",
}
_LOG = ("log", "--format=%x01%cs", "--name-only", "--no-renames", "--no-ext-diff", "-z")
_PLACES = frozenset({"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_PREFIX"})
_SECONDS = 60


def days_of(
    files: Iterable[InputFile], notices: list[Diagnostic], store: Store
) -> Mapping[str, str]:
    """By source, the day of the last commit of each page that is in a repository.

    The history of a repository is read once for all pages, and again after another commit.
    """
    pages = [file for file in files if file.suffix in PAGES and not file.remote]
    sources = {real(file.path): file.source for file in pages}
    found: dict[str, str] = {}
    noted = len(notices)
    for top in sorted({top for path in sources if (top := _top_of(path))}):
        days = _days(top, notices, store)
        found |= {
            source: days[name]
            for path, source in sources.items()
            if path.is_relative_to(top) and (name := path.relative_to(top).as_posix()) in days
        }
    if pages and not found and len(notices) == noted:
        notices.append(_unknown("the pages are in no repository of git that has commits of them"))
    return found


def history_files(inputs: Iterable[str]) -> Iterator[Path]:
    """The files that change when a repository of some inputs has another commit."""
    tops = (_top_of(real(Path(item)) / "any") for item in inputs)
    for top in sorted({top for top in tops if top}):
        own = _own_folder(top)
        yield from (own / name for name in ("HEAD", "logs/HEAD", "shallow"))


def _days(top: Path, notices: list[Diagnostic], store: Store) -> dict[str, str]:
    if (_own_folder(top) / "shallow").is_file():
        notices.append(_unknown("the checkout has only a part of its history"))
        return {}
    try:
        head = _run(top, "rev-parse", "HEAD")
        return store.recall("history", (str(top), head), lambda: _logged(top), dict[str, str])
    except subprocess.CalledProcessError as error:
        words = error.stderr.decode("utf-8", "replace").strip().splitlines()
        notices.append(_unknown(f"git cannot tell: {words[-1] if words else error.returncode}"))
    except (OSError, subprocess.TimeoutExpired) as error:
        notices.append(_unknown(f"git cannot tell: {error}"))
    return {}


def _logged(top: Path) -> dict[str, str]:
    """The day of the last commit of every file, by its path."""
    days: dict[str, str] = {}
    day = ""
    for part in _run(top, *_LOG).split("\0"):
        word = part.lstrip("\n")
        if word.startswith("\x01"):
            day = word[1:].strip()
        elif word:
            days.setdefault(word, day)
    return days


def _run(top: Path, *command: str) -> str:
    done = subprocess.run(  # noqa: S603 - our own words
        [*_GIT, *command],
        cwd=top,
        env={**_without_places(os.environ), **_ENVIRONMENT},
        capture_output=True,
        check=True,
        timeout=_SECONDS,
    )
    return done.stdout.decode("utf-8", "surrogateescape")


def _without_places(environ: Mapping[str, str]) -> dict[str, str]:
    """An environment less what says where a repository is, as git tells its hooks."""
    return {name: value for name, value in environ.items() if name not in _PLACES}


def _top_of(path: Path) -> Path | None:
    """The top of the checkout that a file is in."""
    return next((folder for folder in path.parents if (folder / ".git").exists()), None)


def _own_folder(top: Path) -> Path:
    """Where git keeps what it knows of a checkout, which may be one of several."""
    own = top / ".git"
    if own.is_file():
        own = top / os.fsdecode(own.read_bytes()).removeprefix("gitdir:").strip()
    return own


def _unknown(why: str) -> Diagnostic:
    return Diagnostic("history-unknown", Severity.WARNING, f"no days of last changes: {why}")

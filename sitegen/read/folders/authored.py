"""Stage ``read``: which files of a folder are its author's: not what is hidden, left over or built.

An author leaves out more by `IGNORE_FILE`, whose lines are patterns as in ``.gitignore``.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from pathlib import Path

from sitegen.errors import Location, ReadError
from sitegen.limits.files import read_regular
from sitegen.model.own_names import MANIFEST
from sitegen.scan.patterns import rare
from sitegen.urls import natural_key

IGNORE_FILE = ".sitegenignore"
_OPEN_BRACKET = rare(r"(?<!\\)\[(?![!^]?\]?[^\]]*\])")
_IGNORE_LIMIT = 1 << 20  # bytes

FOR_HOSTS = frozenset(
    (".well-known", ".htaccess", ".domains", ".nojekyll", "_headers", "_redirects", "_routes.json")
)
"""Names on top of a folder that hosts ask for, though they begin as what is hidden does."""

# What editors, version control, Python, Node and desktops leave behind, by name.
_LEFTOVER = re.compile(
    r".*~|\#.*\#|.*\.(?:bak|orig|rej|sw[a-p]|tmp|py[co])|4913|thumbs\.db|desktop\.ini"
    r"|__pycache__|__macosx|node_modules|bower_components|cvs|_darcs|rcs",
    re.IGNORECASE | re.DOTALL,
)

Ignores = Callable[[str], bool]
"""Whether a path below a folder (with ``/``; a folder's ends with one) is left out."""


def walk(
    folder: Path, skipped: list[Path], exclude: Sequence[str] = (), *, whole: bool = False
) -> Iterator[Path]:
    """Yield the files of a folder in natural order.

    Left out is what its `IGNORE_FILE` says, and ``exclude`` in the same words, but of a ``whole``
    folder. Links that lead out of it, or to no file, are put into ``skipped``; so are links to
    folders.

    Raises:
        ReadError: a folder, or the list of what to leave out, cannot be read.
    """
    root = os.path.realpath(folder)
    ignores = _none if whole else ignored_in(folder, exclude)
    files: list[tuple[str, bool]] = []  # with whether it is a link
    waiting = [""]
    for at in waiting:
        if at and _is_made(folder / at):
            continue
        for entry in _entries(folder, at):
            name = at + entry.name
            is_folder = _is_folder(entry)
            if _is_hidden(name) or ignores(f"{name}/" if is_folder else name):
                continue
            if not is_folder:
                if entry.is_symlink() or entry.is_file(follow_symlinks=False):
                    files.append((name, entry.is_symlink()))
            elif entry.is_symlink():
                skipped.append(folder / name)
            else:
                waiting.append(f"{name}/")
    for name, is_link in sorted(files, key=lambda file: natural_key(file[0])):
        path = folder / name
        # `Path.resolve` would raise where links lead in a circle.
        is_inside = not is_link or Path(os.path.realpath(path)).is_relative_to(root)
        if not is_inside or (is_link and not path.is_file()):
            skipped.append(path)
        else:
            yield path


def why_skipped(link: Path, folder: Path) -> tuple[str, str]:
    """Where a link of a folder leads that is not followed, and what to do about it."""
    goal, root = os.path.realpath(link), os.path.realpath(folder)
    if not os.path.isfile(goal) and not os.path.isdir(goal):  # noqa: PTH112, PTH113 - maybe a circle
        return "to no file", "correct the link, or remove it"
    if not Path(goal).is_relative_to(root):
        help = "name the file or folder it leads to as an input of its own"
        return f"out of {folder.name}", help
    inside = os.path.relpath(goal, root).replace(os.sep, "/")
    place = (
        f"back to {folder.name}" if inside == "." else f"to the folder {inside} of {folder.name}"
    )
    help = "remove the link: _redirects.yml gives pages further addresses"
    return f"{place}, which is read there", help


def is_output(folder: Path) -> bool:
    """Whether a build wrote a folder: what we wrote is never input."""
    return os.path.lexists(folder / MANIFEST)


def authors_own(files: Iterable[Path], base: Path, exclude: Sequence[str] = ()) -> Iterator[Path]:
    """Yield those of the files below ``base`` that are its author's; patterns find others too.

    Raises:
        ReadError: the list of what to leave out cannot be read.
    """
    ignores = ignored_in(base, exclude)
    is_made = cache(lambda above: _is_made(base / above))
    for file in files:
        name = file.relative_to(base).as_posix()
        parts = name.split("/")
        above = ["/".join(parts[:end]) for end in range(1, len(parts))]
        is_hidden = any(map(_is_hidden, (*above, name)))
        if not (is_hidden or ignores(name) or any(map(is_made, above))):
            yield file


def ignored_in(folder: Path, exclude: Sequence[str] = ()) -> Ignores:
    """What the settings, or the `IGNORE_FILE` on top of a folder, leave out of the paths below.

    Raises:
        ReadError: the file cannot be read, or a line of either is no pattern.
    """
    listed = (("exclude", exclude), (IGNORE_FILE, _lines(folder / IGNORE_FILE)))
    ignores = [ignored_by(called, lines) for called, lines in listed if lines]
    return lambda path: any(each(path) for each in ignores)


def _none(_: str) -> bool:
    return False


def ignored_by(called: str, lines: Sequence[str]) -> Ignores:
    """What patterns leave out; ``called`` is where they stand.

    Raises:
        ReadError: one is no pattern.
    """
    from pathspec import GitIgnoreSpec  # noqa: PLC0415 - few folders leave anything out

    try:
        _refuse_open_brackets(lines)
        return GitIgnoreSpec.from_lines(lines).match_file
    except ValueError as error:
        raise ReadError(
            f"not a pattern: {error}",
            location=Location(file=called),
            help="write it as in .gitignore",
        ) from error


def _refuse_open_brackets(patterns: Iterable[str]) -> None:
    """Refuse what leaves nothing out, and so is meant otherwise.

    Raises:
        ValueError: it has a bracket that nothing closes.
    """
    for pattern in patterns:
        if not pattern.startswith("#") and _OPEN_BRACKET.search(pattern):
            raise ValueError(f"{pattern!r} has a [ that no ] closes")


def _lines(file: Path) -> list[str]:
    try:
        data = read_regular(file, _IGNORE_LIMIT)
        return data.decode("utf-8-sig", "surrogateescape").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise ReadError(
            f"cannot be read: {error.strerror}",
            location=Location(file=IGNORE_FILE),
            help="check its permissions",
        ) from error


def _entries(folder: Path, at: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder / at) as entries:
            return list(entries)
    except FileNotFoundError:  # it went away just now
        return []
    except OSError as error:
        raise ReadError(
            f"the folder cannot be read: {error.strerror}",
            location=Location(file=at.rstrip("/") or folder.name),
            help=f"check its permissions, or name it in {IGNORE_FILE}",
        ) from error


def _is_made(folder: Path) -> bool:
    """Whether a folder was made by a program: a built site, a virtual environment of Python."""
    return is_output(folder) or os.path.lexists(folder / "pyvenv.cfg")


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:  # a link that leads to itself
        return False


def _is_hidden(name: str) -> bool:
    last = name.rpartition("/")[2]
    return (last.startswith(".") and name not in FOR_HOSTS) or bool(_LEFTOVER.fullmatch(last))

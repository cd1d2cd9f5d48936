"""Stamp: what decides over the bytes of a site besides configuration and input, and its folder."""

from __future__ import annotations

import hashlib
import os
import platform
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path

from sitegen.store.stat import Stat
from sitegen.store.whole import draft_of

LIBRARIES = frozenset(
    ("griffe", "griffelib", "jinja2", "linkify_it_py", "markdown_it_py", "markupsafe", "math_core",
     "mdit_py_plugins", "mdurl", "merman", "nh3", "pillow", "pagefind_bin", "pyarrow", "pygments",
     "pyyaml", "uc_micro_py")
)  # fmt: skip
"""What, besides our own code and Python, decides over the bytes of a site."""

_PACKAGE = Path(__file__).parents[1]
_KEPT = Path(cache_from_source(__file__)).with_suffix(".digest")


def make_state_folder(folder: Path) -> None:
    """Make the folder of what builds remember; it keeps itself out of version control.

    Raises:
        OSError: it cannot be made, or it is a link, which a checkout may have brought.
    """
    if folder.is_symlink():
        raise OSError(f"{folder} is a link")
    folder.mkdir(parents=True, exist_ok=True)
    ignore = folder / ".gitignore"
    if not os.path.lexists(ignore):
        ignore.write_text("*\n", encoding="utf-8")


def is_writable(folder: Path) -> bool:
    """Whether a build could leave there what it remembers."""
    return folder.is_dir() and not folder.is_symlink() and os.access(folder, os.W_OK | os.X_OK)


def write_state(file: Path, pieces: Iterable[bytes]) -> None:
    """Write a file of the state folder as a whole, or not at all.

    Raises:
        OSError: as `make_state_folder`, or the disk refuses.
    """
    make_state_folder(file.parent)
    with draft_of(file) as draft, draft.open("wb") as stream:
        stream.writelines(pieces)


def record_file(cache: Path | bool, output: Path) -> Path | None:
    """The file that builds of one output leave their record in.

    ``None`` where nothing is remembered, or when the folder is a link, which a checkout may have
    brought.
    """
    if not isinstance(cache, Path) or cache.is_symlink():
        return None
    return cache / f"record-{hashlib.sha256(os.fsencode(output)).hexdigest()[:16]}.json"


def store_file(cache: Path | bool) -> Path | None:
    """The file that builds of all outputs share what they made in, if anything is remembered."""
    return cache / "store-1.sqlite" if isinstance(cache, Path) else None


EXTENSIONS: dict[str, str] = {}
"""Name and version of each extension that adds to the stages."""


def code_version() -> str:
    """The digest of all code that decides over the bytes of a site, extensions included."""
    if not EXTENSIONS:
        return _own_version()
    added = "".join(f"\0{name}\0{version}" for name, version in sorted(EXTENSIONS.items()))
    return hashlib.sha256(f"{_own_version()}{added}".encode()).hexdigest()


@cache
def _own_version() -> str:
    """Digest this package's source and phrases, and the versions of Python and the libraries."""
    state = hashlib.sha256(platform.python_version().encode())
    state.update(_source_digest().encode())
    for name in _installed():
        state.update(f"\0{name}".encode())
    return state.hexdigest()


def _source_digest() -> str:
    """The digest of all source and phrases, kept beside compiled code while no file has changed."""
    names = sorted(_sources())
    seen = [Stat.from_info(os.stat(f"{_PACKAGE}/{name}")) for name in names]  # noqa: PTH116
    known_by = hashlib.sha256(repr((names, seen)).encode()).hexdigest()
    with suppress(OSError):
        found, _, made = _KEPT.read_text(encoding="ascii").partition(" ")
        if found == known_by:
            return made
    state = hashlib.sha256()
    for name in names:
        state.update(f"\0{name}\0".encode())
        with open(f"{_PACKAGE}/{name}", "rb", buffering=0) as file:  # noqa: PTH123 - of hundreds
            state.update(file.read())
    if not sys.dont_write_bytecode:
        with suppress(OSError), draft_of(_KEPT) as draft:
            draft.write_text(f"{known_by} {state.hexdigest()}", encoding="ascii")
    return state.hexdigest()


def _sources() -> Iterator[str]:
    """Yield the paths of this package's source and phrases, from the package on."""
    for folder, _, names in os.walk(_PACKAGE):
        here = folder.removeprefix(str(_PACKAGE)).replace(os.sep, "/")
        suffixes = (".py", ".json") if here == "/config/strings" else (".py",)
        yield from (f"{here}/{name}"[1:] for name in names if name.endswith(suffixes))


@cache
def versions() -> dict[str, str]:
    """What decides over the bytes of a site by its name, with its version; ``source`` is ours."""
    named = (name.removesuffix(".dist-info").partition("-") for name in _installed())
    found = {name.lower(): version for name, _, version in named}
    return found | {"python": platform.python_version(), "source": _own_version()}


def _installed() -> list[str]:
    """List our libraries with their versions: read from folder names, to load no metadata."""
    found: set[str] = set()
    for folder in sys.path:
        with suppress(OSError):
            for name in os.listdir(folder or "."):  # noqa: PTH208 - names alone, of thousands
                stem, _, suffix = name.rpartition(".")
                if suffix == "dist-info" and stem.split("-")[0].lower() in LIBRARIES:
                    found.add(stem)
    return sorted(found)

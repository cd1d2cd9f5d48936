"""Copied: a site that was built -> the same under another name, or gone, as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import closing, suppress
from pathlib import Path

from sitegen.errors import Location, WriteError
from sitegen.model import OutputFile
from sitegen.model.own_names import MANIFEST
from sitegen.store.stat import Stat
from sitegen.write.listing import list_site
from sitegen.write.manifest import Entry, load_manifest
from sitegen.write.output import open_output
from sitegen.write.tree import Tree
from sitegen.write.written import Written


def files_of(folder: Path) -> Mapping[str, Entry] | None:
    """The files of a site that was built in a folder; ``None`` where none was."""
    try:
        return load_manifest((folder / MANIFEST).read_bytes())
    except (OSError, ValueError):
        return None


def copy_site(  # noqa: PLR0913 - a site, its copy, and how the files of both are known
    source: Path,
    files: Mapping[str, Entry],
    folder: Path,
    *,
    seen: Mapping[str, Stat | None],
    was: Mapping[str, Stat | None],
    clean: bool = False,
) -> Mapping[str, Stat | None]:
    """Make a folder hold the ``files`` of a site that was built; what is equal is left alone.

    What is as it was ``seen`` when it was built is not even read, nor is what it takes the place
    of, if that is as it ``was`` when the last copy was made. Gives how this one is to be known.

    Raises:
        SitegenError: as `open_output` and its output.
    """
    if not clean and was and files_of(folder) == files and list_site(folder) == was:
        return was
    # Not as hard links: programs that edit an output in place would edit such a file twice.
    with (
        closing(Tree(source)) as tree,
        open_output(folder, protect=[source], clean=clean) as output,
    ):
        for path, entry in files.items():
            there, here = seen.get(path), was.get(path)
            if not (
                output.keep_equal(path, entry, here)
                or output.copy(path, entry, tree, seen=there, was=here)
            ):
                output.write(OutputFile(path, _read(tree, path, source)))
        output.publish()
        return output.signatures()


def _read(tree: Tree, path: str, source: Path) -> bytes:
    try:
        return tree.read(path)
    except OSError as error:
        raise WriteError(
            f"cannot be read: {error.strerror}",
            location=Location(file=str(source / path)),
            help="build again",
        ) from error


def remove_site(folder: Path, protect: Iterable[Path]) -> Written | None:
    """Remove a site that was built; what others put there, or changed by hand, stays.

    ``None`` where there is none.

    Raises:
        SitegenError: as `open_output` and its output.
    """
    if folder.is_symlink() or files_of(folder) is None:
        return None
    with open_output(folder, protect=protect) as output:
        written = output.publish()
    (folder / MANIFEST).unlink()
    with suppress(OSError):  # it holds something else
        folder.rmdir()
    return written

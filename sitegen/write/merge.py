"""A committed stage into a folder, file by file: for folders that cannot be swapped as a whole."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress

from sitegen.model.own_names import MANIFEST, RESERVED
from sitegen.store.stat import Stat
from sitegen.urls import fold
from sitegen.write.manifest import Entry, is_torn, is_torn_manifest, load_manifest, parents
from sitegen.write.tree import Tree


def recover(stage: Tree, live: Tree) -> tuple[str, ...]:
    """Finish what a killed build began, as `merge` would have.

    Raises:
        OSError: The disk refuses.
        ValueError: A manifest is damaged.
    """
    new = read_manifest(stage)
    if new is None:  # the last step had been done, or the whole has to be done again
        return ()
    files, _ = live.scan(skip=RESERVED)
    return merge(stage, live, new, read_manifest(live) or {}, files)


def merge(
    stage: Tree,
    live: Tree,
    new: Mapping[str, Entry],
    old: Mapping[str, Entry],
    files: Mapping[str, Stat | None],
) -> tuple[str, ...]:
    """Move the stage's files into the folder and delete what the old site had more.

    ``new`` and ``old`` are the manifests of the two, ``files`` what the folder holds.

    Assets arrive first and pages last, so no page is live before what it needs; the manifest goes
    last of all. Whatever the moment of a crash, `recover` finishes the job: what has arrived is no
    longer staged, and the old manifest stays until nothing else is left to do.

    A file that is not as its manifest says is somebody's work. It is never lost: it moves to
    ``NAME.sitegen-kept`` when its name is needed, and stays where it is when it is not.

    Returns:
        The paths where such files are now.

    Raises:
        OSError: The disk refuses; what is done stays done.
    """
    stale = sorted(path for path in old if path not in new and files.get(path))
    in_the_way = _in_the_way(stale, new) if stale else set()
    kept = [_set_aside(live, path) for path in sorted(in_the_way) if not _remove(live, path, old)]
    for path in sorted(
        stage.scan(skip=RESERVED)[0], key=lambda path: (path.endswith(".html"), path)
    ):
        kept += _place(stage, live, path, {old.get(path), new.get(path)})
    kept += [path for path in stale if path not in in_the_way and not _remove(live, path, old)]
    stage.move(MANIFEST, live)
    return tuple(kept)


def read_manifest(tree: Tree) -> dict[str, Entry] | None:
    """Read the manifest of a folder; ``None`` if it has none, or one that a power cut tore.

    Raises:
        ValueError: It is damaged.
    """
    try:
        data = tree.read(MANIFEST)
    except FileNotFoundError:
        return None
    return None if is_torn_manifest(data) else load_manifest(data)


def _in_the_way(stale: Iterable[str], new: Iterable[str]) -> set[str]:
    """Find the old files whose names the new site needs, whatever the letter case of either."""
    wanted = {fold(name) for path in new for name in (path, *parents(path))}
    return {path for path in stale if not wanted.isdisjoint(map(fold, (path, *parents(path))))}


def _place(stage: Tree, live: Tree, path: str, known: set[Entry | None]) -> list[str]:
    kept = []
    with suppress(FileNotFoundError, IsADirectoryError):
        before = live.read(path)
        if Entry.of(before) not in known and not is_torn(before, stage.read(path)):
            kept.append(_set_aside(live, path))
    try:
        stage.move(path, live)
    except IsADirectoryError:
        _remove_empty_folders(live, path)
        stage.move(path, live)
    return kept


def _remove(live: Tree, path: str, old: Mapping[str, Entry]) -> bool:
    """Delete a file of the old site unless somebody changed it; tell whether it is gone."""
    with suppress(FileNotFoundError, NotADirectoryError):
        before = live.read(path)
        if Entry.of(before) != old[path] and not is_torn(before):
            return False
        live.remove(path)
    return True


def _set_aside(live: Tree, path: str) -> str:
    number, kept = 1, f"{path}.sitegen-kept"
    while live.exists(kept):
        number += 1
        kept = f"{path}.sitegen-kept-{number}"
    live.move(path, live, to=kept)
    return kept


def _remove_empty_folders(live: Tree, top: str) -> None:
    for path in sorted(live.scan(skip=RESERVED)[1], reverse=True):
        if path.startswith(f"{top}/"):
            live.remove_folder(path)
    live.remove_folder(top)

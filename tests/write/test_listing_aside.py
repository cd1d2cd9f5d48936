"""A site that another process lists meanwhile is written as if this one had listed it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from sitegen.errors import WriteError
from sitegen.write.place import Listed, Place
from tests.write.sites import NEW, OLD, build, tree

ASKED: list[str] = []


def later(work: Callable[[Place], Listed], place: Place, _kind: object) -> Callable[[], Listed]:
    """Have it done when it is asked for, as far as who asks can tell."""
    ASKED.append(place.folder.name)
    return partial(work, place)


@pytest.fixture(autouse=True)
def _nothing_asked() -> None:
    ASKED.clear()


def test_files_are_compared_with_what_another_process_has_listed(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    assert build(folder, OLD, aside=later).added == 3
    assert ASKED == []  # there was nothing to list
    written = build(folder, NEW, aside=later)
    assert (written.added, written.changed, written.unchanged, written.removed) == (1, 1, 1, 1)
    assert tree(folder) == NEW
    assert ASKED == ["build"]


def test_where_no_other_process_can_list_this_one_does(tmp_path: Path) -> None:
    folder = tmp_path / "build"
    build(folder, OLD)
    assert build(folder, NEW, aside=lambda *_: None).changed == 1


def test_a_folder_that_cannot_be_changed_is_named_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "build"
    build(folder, OLD)

    def refuse(_self: Place, _files: object) -> None:
        raise PermissionError(13, "the folder 'a' in it is not writable")

    monkeypatch.setattr(Place, "check_folders", refuse)
    with pytest.raises(WriteError, match="'a' in it is not writable") as refused:
        build(folder, NEW, aside=later)
    assert "nothing was changed" in str(refused.value)
    assert ASKED == ["build"]
    assert tree(folder) == OLD

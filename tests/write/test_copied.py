"""A site under another name: an equal copy that is its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.write.copied import copy_site, files_of
from sitegen.write.tree import Tree
from tests.write.sites import OLD, build, signatures

READ = Tree.read


@pytest.fixture
def site(tmp_path: Path) -> Path:
    build(tmp_path / "site", OLD)
    return tmp_path / "site"


def copied(site: Path) -> Path:
    """A copy of a site whose first page was edited by hand since it was seen."""
    seen = signatures(site)
    (site / "index.html").write_text("mine")
    files = files_of(site)
    assert files
    copy_site(site, files, site.with_name("copy"), seen=seen, was={})
    return site.with_name("copy")


@pytest.mark.parametrize("by_system", [True, False])
def test_each_file_is_as_it_is_now_and_no_link(
    site: Path, monkeypatch: pytest.MonkeyPatch, *, by_system: bool
) -> None:
    if not by_system:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    copy = copied(site)
    now = OLD | {"index.html": "mine"}
    assert {path: (copy / path).read_text() for path in signatures(copy)} == now
    for path in OLD:
        assert not (copy / path).samefile(site / path)


def test_its_manifest_tells_what_is_there(site: Path) -> None:
    files, now = files_of(copied(site)), OLD | {"index.html": "mine"}
    build(site.with_name("clean"), now)
    assert files == files_of(site.with_name("clean"))


@pytest.mark.parametrize("mine", ["", "mine", "my own page"])
def test_what_a_copy_takes_the_place_of_is_read_only_where_somebody_touched_it(
    site: Path, monkeypatch: pytest.MonkeyPatch, mine: str
) -> None:
    new, copy = site.with_name("new"), site.with_name("copy")
    build(new, OLD | {"index.html": "new page"})
    first, second = files_of(site), files_of(new)
    assert first
    assert second
    was = copy_site(site, first, copy, seen=signatures(site), was={})
    assert was == signatures(copy)
    if mine:
        (copy / "index.html").write_text(mine)
    read: list[str] = []
    monkeypatch.setattr(Tree, "read", lambda tree, path: read.append(path) or READ(tree, path))
    now = copy_site(new, second, copy, seen=signatures(new), was=was)
    assert ("index.html" in read) == bool(mine)
    assert (copy / "index.html").read_text() == "new page"
    kept = copy / "index.html.sitegen-kept"
    assert (kept.read_text() if kept.exists() else "") == mine
    assert now == ({} if mine else signatures(copy))


def test_what_somebody_wrote_into_a_copy_is_seen_in_whatever_size_it_is(site: Path) -> None:
    files, copy = files_of(site), site.with_name("copy")
    assert files
    was = copy_site(site, files, copy, seen=signatures(site), was={})
    for known in (was, {}):
        mine = (copy / "index.html").read_text().swapcase()
        (copy / "index.html").write_text(mine)
        now = copy_site(site, files, copy, seen=signatures(site), was=known)
        assert (copy / "index.html").read_text() == OLD["index.html"]
        assert (copy / "index.html.sitegen-kept").read_text() == mine
        assert now == {}
        (copy / "index.html.sitegen-kept").unlink()
    was = copy_site(site, files, copy, seen=signatures(site), was={})
    assert copy_site(site, files, copy, seen=signatures(site), was=was) is was

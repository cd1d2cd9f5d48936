"""A site under another name: an equal copy that is its own."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from sitegen.write.copied import copy_site, files_of
from tests.write.sites import OLD, build, signatures


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
    copy_site(site, files, site.with_name("copy"), seen=seen)
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

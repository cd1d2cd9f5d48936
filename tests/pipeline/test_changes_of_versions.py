"""What versions tell of each other: feeds of changes, and which version brought a page."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config
from tests.pipeline.of_versions import PAGES, configured, write

ATOM = "{http://www.w3.org/2005/Atom}"


def test_pages_that_the_latest_lacks_are_named(three: Config) -> None:
    found = [d for d in build(three).diagnostics if d.code == "version-page-gone"]
    assert [str(d.message) for d in found] == ["1 of the pages of 1.0 are not in 3.0: a/old/"]


def entries(folder: Path) -> list[Any]:
    feed = ElementTree.fromstring((folder / "changes.atom").read_bytes())  # noqa: S314 - ours
    return feed.findall(f"{ATOM}entry")


def test_a_feed_tells_what_each_version_has_changed(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0", "1.0")
    days = ("2026-05-03", "2026-05-02", "2026-05-01")
    dated = tuple(replace(v, date=day) for v, day in zip(config.versions, days, strict=True))
    config = replace(config, versions=dated)
    build(config)
    found = entries(config.output)
    assert [each.findtext(f"{ATOM}title") for each in found] == ["3.0", "2.0", "1.0"]
    assert [each.findtext(f"{ATOM}updated") for each in found] == [f"{d}T00:00:00Z" for d in days]
    newest, second, oldest = (each.findtext(f"{ATOM}content") for each in found)
    assert '<h2>New pages</h2><ul><li><a href="https://h.org/docs/3.0/a/new/">New' in newest
    assert '<h2>Changed pages</h2><ul><li><a href="https://h.org/docs/3.0/">Start' in newest
    assert "Both" not in newest
    assert "<h2>Removed pages</h2><ul><li>Old</li></ul>" in second
    assert oldest == "<p>3 pages</p>"
    assert 'type="application/atom+xml"' in (config.output / "versions.html").read_text()
    before = (config.output / "changes.atom").read_bytes()
    clean = replace(config, output=tmp_path / "clean", cache=False)
    build(clean)
    assert (clean.output / "changes.atom").read_bytes() == before


def test_a_version_that_is_built_alone_leaves_the_feed_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0", "1.0", more='date = "2026-05-01"')
    build(config)
    before = (config.output / "changes.atom").read_bytes()
    for name in ("3.0", "1.0"):
        build(config, only=[name])
        assert (config.output / "changes.atom").read_bytes() == before
    shutil.rmtree(tmp_path / "1.0")
    build(replace(config, cache=False), only=["3.0"])
    assert "<p>2 pages</p>" in (entries(config.output)[1].findtext(f"{ATOM}content") or "")


def test_the_feed_knows_of_a_version_elsewhere_no_more_than_its_day(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0", more='date = "2026-05-01"')
    build(config, only=["3.0"])
    newest, older = entries(config.output)
    assert newest.findtext(f"{ATOM}content") == "<p>3 pages</p>"
    assert older.findtext(f"{ATOM}updated") == "2026-05-01T00:00:00Z"
    assert not older.findtext(f"{ATOM}content")


def test_without_a_day_or_an_address_there_is_no_feed(three: Config) -> None:
    build(three)
    assert not (three.output / "changes.atom").exists()
    dated = tuple(replace(v, date="2026-05-01") for v in three.versions)
    build(replace(three, versions=dated, base_url=""))
    assert not (three.output / "changes.atom").exists()


def test_a_page_says_which_version_brought_it_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0", "1.0")
    days = ("2026-05-03", "", "2026-05-01")
    dated = tuple(replace(v, date=day) for v, day in zip(config.versions, days, strict=True))
    config = replace(config, versions=dated)
    build(config)

    def said(page: str) -> str:
        html = (config.output / page / "index.html").read_text()
        (found,) = re.findall(r"<span>Last changed: (.*?)</span>", html)
        return re.sub(r"<[^>]+>", "", found)

    assert said("1.0/a/both") == said("3.0/a/both") == "1.0, 2026-05-01"
    assert [said(v) for v in ("1.0", "2.0", "3.0")] == ["1.0, 2026-05-01", "2.0", "3.0, 2026-05-03"]
    assert said("3.0/a/new") == "3.0, 2026-05-03"
    sitemap = (config.output / "3.0/sitemap.xml").read_text()
    assert "<loc>https://h.org/docs/latest/a/both/</loc><lastmod>2026-05-01</lastmod>" in sitemap
    assert '"dateModified":"2026-05-01"' in (config.output / "3.0/a/both/index.html").read_text()
    (tmp_path / "1.0/a/both.md").write_text("# Both\n\nOlder.\n")
    build(config)
    assert said("2.0/a/both") == said("3.0/a/both") == "2.0"


def test_nothing_is_said_where_the_version_before_is_not_here(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0")
    build(config, only=["3.0"])
    assert "Last changed" not in (config.output / "3.0/index.html").read_text()

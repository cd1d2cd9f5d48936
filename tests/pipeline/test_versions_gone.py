"""Versions that are taken out, or move: what they leave in the output."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import OutputRefusedError, SitegenError
from sitegen.model.own_names import MANIFEST
from tests.pipeline.of_versions import PAGES, configured, snapshot, texts, write


def folders(site: Path) -> list[str]:
    return sorted(path.name for path in site.iterdir() if path.is_dir())


def addressed(folder: Path, **addresses: str) -> Config:
    """Versions 2.0 (its alias beside it) and 1.0 at these addresses."""
    listed = "".join(
        f'[[versions]]\nname = "{name}"\ninput = "{name}"\naddress = "{address}"\n'
        for name, address in (("2.0", addresses["two"]), ("1.0", addresses["one"]))
    )
    (folder / "sitegen.toml").write_text(f'output = "site"\nsearch = "headings"\n{listed}')
    return load_config(environ={}, cwd=folder, flags={"jobs": 1})


@pytest.mark.integration
def test_a_version_that_is_taken_out_leaves_the_output_and_is_counted(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    build(configured(tmp_path, "2.0", "1.0"))
    site = tmp_path / "site"
    gone = len(texts(site / "1.0")) - 1  # without the manifest
    result = build(replace(configured(tmp_path, "2.0"), clean=True))
    assert result.report["files"]["removed"] == gone
    assert folders(site) == ["2.0", "latest"]
    assert "1.0" not in (site / "versions.json").read_text()


@pytest.mark.integration
@pytest.mark.parametrize(
    ("before", "after"),
    [
        (("2.0", "1.0"), ("new/two", "old/one")),
        (("new/two", "old/one"), ("2.0", "1.0")),
        (("docs", "one"), ("docs/2.0", "docs/1.0")),
        (("docs/2.0", "docs/1.0"), ("docs", "one")),
        (("one", "two"), ("two", "one")),
    ],
)
def test_versions_that_move_leave_what_a_clean_build_makes(
    tmp_path: Path, before: tuple[str, str], after: tuple[str, str]
) -> None:
    write(tmp_path, PAGES)
    build(addressed(tmp_path, two=before[0], one=before[1]))
    moved = addressed(tmp_path, two=after[0], one=after[1])
    found = [each for each in build(moved).diagnostics if each.code == "version-moved"]
    assert [each.location.file for each in found] == ([] if {*before} == {*after} else [*after])
    build(replace(moved, output=tmp_path / "clean", cache=False))
    assert texts(tmp_path / "site") == texts(tmp_path / "clean")


@pytest.mark.integration
def test_a_version_that_moves_above_or_below_itself_meets_pages_of_its_old_address(
    tmp_path: Path,
) -> None:
    x = {"a/x/index.md": "# X\n", "a/index.md": "# A\n"}
    write(tmp_path, {name: pages | x for name, pages in PAGES.items()})
    places = {1: ("docs/a", "docs/b"), 2: ("docs", "old"), 3: ("a", "b"), 4: ("a/x", "b/y")}
    clean = {}
    for number, (two, one) in places.items():
        config = addressed(tmp_path, two=two, one=one)
        build(replace(config, output=tmp_path / f"clean{number}", cache=False))
        clean[number] = texts(tmp_path / f"clean{number}")
    for number in (1, 2, 1, 3, 1, 4, 2, 3, 2, 4, 3, 4, 1):  # each move there is, once
        two, one = places[number]
        build(addressed(tmp_path, two=two, one=one))
        assert texts(tmp_path / "site") == clean[number], number


@pytest.mark.integration
def test_a_site_whose_pages_are_where_a_version_goes_becomes_one_of_versions(
    tmp_path: Path,
) -> None:
    write(tmp_path, PAGES)
    moved = addressed(tmp_path, two="a", one="a.1")
    plain = replace(moved, versions=(), input=(str(tmp_path / "1.0"),))
    build(plain)
    (tmp_path / "site/a/old/index.html").write_text("edited")
    build(moved)
    build(replace(moved, output=tmp_path / "clean", cache=False))
    left = {"a/old/index.html": b"edited"}
    assert texts(tmp_path / "site") == texts(tmp_path / "clean") | left


@pytest.mark.integration
def test_a_site_takes_the_folders_of_versions_that_went_beside_files_of_others(
    tmp_path: Path,
) -> None:
    pages = PAGES["1.0"] | {"latest/index.md": "# Last\n", "2.0/a/b.md": "# B\n"}
    write(tmp_path, PAGES | {"1.0": pages})
    versions = configured(tmp_path, "2.0", "1.0")
    build(versions)
    (tmp_path / "site/1.0/mine.txt").write_text("mine")
    plain = replace(versions, versions=(), input=(str(tmp_path / "1.0"),))
    build(replace(plain, clean=True))
    build(replace(plain, output=tmp_path / "clean", cache=False))
    left = {"1.0/mine.txt": b"mine"}
    assert texts(tmp_path / "site") == texts(tmp_path / "clean") | left


@pytest.mark.integration
@pytest.mark.parametrize(
    ("names", "only", "lost"),
    [
        (("2.0",), (), "the version 1.0,"),  # taken out, or called otherwise
        (("3.0",), (), "the versions 2.0, 1.0,"),  # another configuration
        (("2.0",), ("2.0",), "the version 1.0,"),
        ((), (), "the versions 2.0, 1.0,"),
    ],
)
def test_a_build_that_would_lose_versions_ends_before_it_writes(
    tmp_path: Path, names: tuple[str, ...], only: tuple[str, ...], lost: str
) -> None:
    write(tmp_path, PAGES)
    build(configured(tmp_path, "2.0", "1.0"))
    before = snapshot(tmp_path / "site")
    after = configured(tmp_path, *names)
    if not names:
        after = replace(after, input=(str(tmp_path / "3.0"),))
    with pytest.raises(OutputRefusedError, match=lost) as error:
        build(after, only)
    assert "--clean" in error.value.help
    assert snapshot(tmp_path / "site") == before
    build(replace(after, clean=True), only)
    build(replace(after, output=tmp_path / "clean", cache=False))
    assert texts(tmp_path / "site") == texts(tmp_path / "clean")


@pytest.mark.integration
def test_a_version_that_moves_is_not_lost_where_it_is_not_made(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    build(addressed(tmp_path, two="2.0", one="1.0"))
    moved = addressed(tmp_path, two="2.0", one="old")
    with pytest.raises(OutputRefusedError, match=r"version 1\.0"):
        build(moved, "2.0")
    assert build(moved).report["files"]["removed"] > 0


def test_a_version_that_would_be_lost_stays_once_it_is_listed_as_the_error_says(
    tmp_path: Path,
) -> None:
    write(tmp_path, PAGES)
    build(addressed(tmp_path, two="2.0", one="v1"))
    before = snapshot(tmp_path / "site/v1")
    after = configured(tmp_path, "2.0")
    with pytest.raises(OutputRefusedError) as error:
        build(after)
    asked = re.search(r'\((name = "[^"]*"), (address = "[^"]*");', error.value.help)
    assert asked
    file = tmp_path / "sitegen.toml"
    file.write_text(f"{file.read_text()}\n[[versions]]\n{asked[1]}\n{asked[2]}\n")
    build(load_config(environ={}, cwd=tmp_path, flags={"jobs": 1}))
    assert snapshot(tmp_path / "site/v1") == before


def test_a_site_of_no_versions_is_not_told_to_list_any(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    versions = configured(tmp_path, "2.0", "1.0")
    build(versions)
    with pytest.raises(OutputRefusedError) as error:
        build(replace(versions, versions=(), input=(str(tmp_path / "3.0"),)))
    assert error.value.help == "name another folder with --output, or let go of them with --clean"


def test_what_is_foreign_or_edited_in_a_version_taken_out_stays(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    build(configured(tmp_path, "2.0", "1.0"))
    old = tmp_path / "site/1.0"
    (old / "talk.pdf").write_text("foreign")
    (old / "a/old/index.html").write_text("edited")
    build(replace(configured(tmp_path, "2.0"), clean=True))
    assert texts(old) == {"talk.pdf": b"foreign", "a/old/index.html": b"edited"}


def test_a_version_that_only_lost_its_input_stays(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "2.0", "1.0")
    build(config)
    before = snapshot(tmp_path / "site/1.0")
    build(replace(config, versions=(config.versions[0], replace(config.versions[1], input=()))))
    assert snapshot(tmp_path / "site/1.0") == before


def test_a_list_that_somebody_changed_has_nothing_removed(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    build(configured(tmp_path, "2.0", "1.0"))
    before = snapshot(tmp_path / "site/1.0")
    file = tmp_path / "site/versions.json"
    file.write_text(file.read_text().replace('"1.0/"', '"../1.0/"'))
    build(configured(tmp_path, "2.0"))
    assert snapshot(tmp_path / "site/1.0") == before


@pytest.mark.integration
def test_a_site_that_has_no_versions_any_more_is_what_a_clean_build_makes(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    top = {"2.0/index.md": "# A page in the folder of a version\n", "index.md": "# All\n"}
    write(tmp_path, {"none": top})
    site = tmp_path / "site"
    for two, one in (("2.0", "1.0"), ("docs/2.0", "docs/1.0")):
        versions = addressed(tmp_path, two=two, one=one)
        build(versions)
        sites = [file.parent for file in site.rglob(MANIFEST) if file.parent != site]
        gone = sum(len(texts(folder)) - 1 for folder in sites)
        plain = replace(versions, versions=(), input=(str(tmp_path / "none"),))
        result = build(replace(plain, clean=True))
        build(replace(plain, output=tmp_path / "clean", cache=False))
        assert texts(site) == texts(tmp_path / "clean")
        assert (len(sites), result.report["files"]["removed"] > gone) == (3, True)
        assert build(plain).report["files"]["unchanged"] == len(texts(site)) - 1


def test_pages_that_were_at_the_top_of_a_site_without_versions_are_named_once(
    tmp_path: Path,
) -> None:
    write(tmp_path, PAGES)
    versions = configured(tmp_path, "2.0", "1.0")
    build(replace(versions, versions=(), input=(str(tmp_path / "2.0"),)))
    said = [each.message for each in build(versions).diagnostics if each.code == "version-moved"]
    assert said == ["the pages that were at the top are in latest/ now: links to them lead nowhere"]
    assert all(each.code != "version-moved" for each in build(versions).diagnostics)


def test_a_build_that_fails_leaves_the_versions_of_before(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    versions = configured(tmp_path, "2.0", "1.0")
    build(versions)
    before = texts(tmp_path / "site")
    with pytest.raises(SitegenError):
        build(replace(versions, versions=(), input=("none",)))
    assert texts(tmp_path / "site") == before


def test_a_list_that_is_the_own_file_of_a_site_has_nothing_removed(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    list = '{"format": 1, "latest": "1.0", "versions": [{"address": "1.0/", "aliases": []}]}'
    (tmp_path / "2.0/versions.json").write_text(list)
    older = load_config(
        environ={}, cwd=tmp_path, flags={"input": ("1.0",), "output": tmp_path / "site/1.0"}
    )
    above = replace(older, input=(str(tmp_path / "2.0"),), output=tmp_path / "site")
    for config in (above, older, replace(above, title="Other")):
        build(config)
    assert (tmp_path / "site/1.0/index.html").is_file()
    assert (tmp_path / "site/versions.json").read_text() == list

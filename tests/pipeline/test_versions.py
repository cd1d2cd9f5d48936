"""Several versions of one documentation: sites side by side, and what leads between them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.store.recall import Store
from tests.pipeline.of_versions import PAGES, configured, snapshot, texts, write


def test_each_version_is_a_site_below_its_address_and_the_latest_has_a_lasting_one(
    three: Config,
) -> None:
    result = build(three)
    assert sorted(path.name for path in three.output.iterdir() if path.is_dir()) == [
        *("1.0", "2.0", "3.0", "latest"),
    ]
    assert texts(three.output / "latest") == texts(three.output / "3.0")
    assert "Two." in (three.output / "2.0/index.html").read_text()
    assert result.report["pages"] == 8
    assert result.report["versions"]["1.0"]["pages"] == 3


@pytest.mark.integration
def test_a_version_is_what_its_own_build_makes(three: Config, tmp_path: Path) -> None:
    build(three)
    alone = replace(
        three,
        versions=(),
        input=(str(tmp_path / "2.0"),),
        output=tmp_path / "alone",
        base_url="https://h.org/docs/2.0/",
        version=replace(
            three.version,
            name="2.0",
            list="../versions.json",
            canonical="https://h.org/docs/latest/",
            before=three.output / "1.0/build.json",
        ),
        cache=False,
    )
    build(alone)
    assert texts(alone.output) == texts(three.output / "2.0")


def test_canonical_addresses_are_those_of_the_latest(three: Config) -> None:
    build(three)
    for version in ("1.0", "2.0", "3.0", "latest"):
        html = (three.output / version / "a/both/index.html").read_text()
        assert re.findall('rel="canonical" href="([^"]+)"', html) == [
            "https://h.org/docs/latest/a/both/"
        ]
        assert '"url":"https://h.org/docs/latest/a/both/"' in html
        assert (
            "https://h.org/docs/latest/a/both/"
            in (three.output / version / "sitemap.xml").read_text()
        )


def test_the_list_of_versions_tells_addresses_from_the_top(three: Config) -> None:
    build(three)
    listed = json.loads((three.output / "versions.json").read_text())
    assert listed["latest"] == "3.0"
    assert [(v["name"], v["address"], v["aliases"]) for v in listed["versions"]] == [
        ("3.0", "3.0/", ["latest/"]),
        ("2.0", "2.0/", []),
        ("1.0", "1.0/", []),
    ]
    html = (three.output / "1.0/a/both/index.html").read_text()
    assert 'data-versions="../../../versions.json" data-version="1.0"' in html
    assert 'href="../../../versions.html"' in html  # without a script


def test_the_top_leads_to_the_latest_and_a_page_lists_all(three: Config) -> None:
    build(three)
    top, listed = ((three.output / f"{name}.html").read_text() for name in ("index", "versions"))
    assert '<meta http-equiv="refresh" content="0; url=latest/">' in top
    assert "refresh" not in listed
    for page in (top, listed):
        assert re.findall('<li><a href="([^"]+)">', page) == ["3.0/", "2.0/", "1.0/"]
    robots = (three.output / "robots.txt").read_text()
    assert "Sitemap: https://h.org/docs/latest/sitemap.xml" in robots
    assert (three.output / ".nojekyll").exists()
    assert "/docs/3.0/" in (three.output / "404.html").read_text()


@pytest.mark.integration
def test_a_new_version_leaves_the_old_ones_as_they_are(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    old = configured(tmp_path, "2.0", "1.0")
    build(old)
    before = {name: snapshot(old.output / name) for name in ("1.0", "2.0")}
    new = configured(tmp_path, "3.0", "2.0", "1.0")
    build(new)
    assert {name: snapshot(new.output / name) for name in ("1.0", "2.0")} == before
    assert texts(new.output / "latest") == texts(new.output / "3.0")
    clean = replace(new, output=tmp_path / "clean", cache=False)
    build(clean)
    assert texts(clean.output) == texts(new.output)


def test_one_version_can_be_built_alone_where_the_others_are_elsewhere(
    tmp_path: Path,
) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0", "1.0")
    build(config, only="3.0")
    assert sorted(path.name for path in config.output.iterdir() if path.is_dir()) == [
        *("3.0", "latest"),
    ]
    listed = json.loads((config.output / "versions.json").read_text())
    assert [each["name"] for each in listed["versions"]] == ["3.0", "2.0", "1.0"]
    with pytest.raises(ConfigError, match=r"known: 1\.0, 2.0, 3.0"):
        build(config, only=["3"])


def test_what_is_equal_in_two_versions_is_restored_and_rendered_once(
    three: Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: list[str] = []
    keep = Store.keep

    def noted(store: Store, values: Any, **more: Any) -> None:
        made.extend(type(value).__name__ for value in values.values())
        keep(store, values, **more)

    monkeypatch.setattr(Store, "keep", noted)
    build(three)
    assert made.count("Body") == len({text for pages in PAGES.values() for text in pages.values()})


def test_a_second_build_writes_nothing(three: Config) -> None:
    build(three)
    before = snapshot(three.output)
    files = build(three).report["files"]
    assert (files["added"], files["changed"], files["removed"]) == (0, 0, 0)
    assert snapshot(three.output) == before


def test_a_version_before_the_one_with_an_alias_is_not_out_yet(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "3.0", "2.0")
    aliased = replace(config.versions[1], aliases=("stable",))
    build(replace(config, versions=(config.versions[0], aliased)))
    assert json.loads((config.output / "versions.json").read_text())["latest"] == "2.0"
    assert texts(config.output / "stable") == texts(config.output / "2.0")
    assert not (config.output / "latest").exists()
    html = (config.output / "3.0/index.html").read_text()
    assert 'rel="canonical" href="https://h.org/docs/stable/"' in html


def test_addresses_may_be_folders_of_folders(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    config = configured(tmp_path, "2.0", "1.0")
    deep = tuple(replace(v, address=f"lib/v{v.name[0]}") for v in config.versions)
    build(replace(config, versions=deep))
    html = (config.output / "lib/v1/a/both/index.html").read_text()
    assert 'data-versions="../../../../versions.json"' in html
    assert (config.output / "lib/latest/index.html").exists()


@pytest.mark.integration
def test_versions_with_nothing_to_do_load_no_stage(three: Config, tmp_path: Path) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "sitegen", "build"]
    assert three.versions
    for _ in range(2):
        build = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    for stage in ("read.tables", "assemble", "restore", "render", "pipeline.steps"):
        assert f" sitegen.{stage}\n" not in build.stderr


@pytest.mark.integration
def test_a_file_of_somebody_else_beside_the_versions_stays(three: Config) -> None:
    build(three)
    other = three.output / "notes/mine.txt"
    other.parent.mkdir()
    other.write_text("mine")
    build(replace(three, title="Other"))
    assert other.read_text() == "mine"


def wrong() -> Iterator[tuple[str, str]]:
    yield '[[versions]]\ninput = "a"\n', "versions[1].name is missing"
    yield '[[versions]]\nname = "1"\naddress = "../x"\n', "'../x' is no address"
    yield '[[versions]]\nname = "1"\naddress = ".git"\n', "'.git' is no address"
    yield '[[versions]]\nname = "1"\naliases = ["a/b"]\n', "as many folders deep"
    yield '[[versions]]\nname = "1"\n[[versions]]\nname = "1"\n', "in the way of '1'"
    yield '[[versions]]\nname = "a"\n[[versions]]\nname = "b"\naddress = "A/x"\n', "in the way"
    yield '[[versions]]\nname = "1"\ndate = "May"\n', "versions[1].date must be a day"
    yield '[version]\ndate = "2026-13-01"\n', "version.date must be a day"
    yield '[[versions]]\nname = "1"\nadress = "x"\n', "versions[1].adress'"
    yield 'versions = ["1"]\n', "versions must be a list of tables"
    yield 'input = "a"\n[[versions]]\nname = "1"\n', "input and versions exclude each other"


@pytest.mark.parametrize(("toml", "says"), [*wrong()])
def test_what_cannot_be_said_of_versions_is_named(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "sitegen.toml").write_text(toml)
    with pytest.raises(ConfigError) as caught:
        load_config(environ={}, cwd=tmp_path)
    assert says in str(caught.value)


def test_an_input_of_the_command_line_stands_in_the_place_of_versions(tmp_path: Path) -> None:
    write(tmp_path, PAGES)
    configured(tmp_path, "2.0", "1.0")
    config = load_config(environ={}, cwd=tmp_path, flags={"input": ("3.0",)})
    assert (config.versions, len(config.input)) == ((), 1)


def test_versions_of_which_none_has_an_input_are_no_build(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('[[versions]]\nname = "1"\n')
    with pytest.raises(ConfigError, match="no version has an input"):
        build(load_config(environ={}, cwd=tmp_path))

"""Versions in a browser: the switcher keeps the place, and old versions say that they are old."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config
from tests.browser.seen import announced

pytestmark = pytest.mark.browser

CHECKOUT = Path(__file__).parents[2]
REAL = CHECKOUT.parent / "shared/data/transformers-docs.parquet"


@dataclass(frozen=True)
class Versions:
    """A documentation in versions, where it is built and where it is served."""

    folder: Path
    config: Config
    address: str


def variant(source: Path, target: Path, *, without: str = "", more: str = "") -> None:
    """A dataset without the pages of a name, and with a sentence more on every twentieth."""
    table = pq.read_table(source)
    rows = [row for row in table.to_pylist() if not without or without not in row["source"]]
    pages = {name: n for n, name in enumerate(dict.fromkeys(row["source"] for row in rows))}
    seen = set()
    for row in rows:
        if pages[row["source"]] % 20 == 3 and row["source"] not in seen:
            row["text"] += more
            seen.add(row["source"])
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), target)


def listed(folder: Path, *names: str) -> Config:
    (folder / "sitegen.toml").write_text(
        'title = "Versions"\nbase_url = "http://127.0.0.1/"\noutput = "site"\nsearch = "headings"\n'
        + "".join(f'[[versions]]\nname = "{n}"\ninput = "{n}.parquet"\n' for n in names)
    )
    return load_config(environ={}, cwd=folder)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory, serving: Any) -> Iterator[Versions]:
    """The sample in three versions: the first lacks a page, the last has lost another."""
    folder = tmp_path_factory.mktemp("three")
    sample = CHECKOUT / "sample/sitegen-docs.parquet"
    variant(sample, folder / "1.0.parquet", without="extensions.md")
    variant(sample, folder / "2.0.parquet", more="\n\nThe second version.")
    variant(sample, folder / "3.0.parquet", without="callouts.md", more="\n\nThe third version.")
    config = listed(folder, "3.0", "2.0", "1.0")
    build(config)
    with serving(config.output) as address:
        yield Versions(folder, config, address)


def switch(page: Any, name: str) -> None:
    page.locator(".sg-versions summary").click()
    page.locator(".sg-versions").get_by_role("link", name=name, exact=True).click()
    page.wait_for_function(
        "name => document.querySelector('[data-versions], .sg-versions summary')?.textContent"
        " === name",
        arg=name,
    )
    page.locator(".sg-versions").wait_for()


def section_of(config: Config, version: str, path: str) -> str:
    """Where a section is read in a version: at its page, if it has one, else from the start."""
    return path if (config.output / version / path / "index.html").is_file() else ""


def test_the_switcher_stays_on_the_page_and_its_section(three: Versions, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(f"{three.address}1.0/cli/#sitegen-build")
    for name in ("3.0", "2.0", "1.0"):
        switch(page, name)
        assert page.url == f"{three.address}{name}/cli/#sitegen-build"
    page.close()


def test_a_page_that_is_not_there_leads_to_its_section_else_to_the_start(
    three: Versions, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(f"{three.address}2.0/language/callouts/")
    switch(page, "3.0")
    assert page.url == f"{three.address}3.0/{section_of(three.config, '3.0', 'language/')}"
    page.goto(f"{three.address}2.0/extensions/")
    switch(page, "1.0")
    assert "extensions" not in page.url
    assert page.url.startswith(f"{three.address}1.0/")
    page.close()


def test_a_section_that_is_a_page_comes_before_the_start(
    chromium: Any, tmp_path: Path, serving: Any
) -> None:
    for name, pages in {"1": ("x/y/gone", "x/index", "index"), "2": ("x/index", "index")}.items():
        for path in pages:
            file = tmp_path / name / f"{path}.md"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(f"# {path}\n\n## Part\n")
    (tmp_path / "sitegen.toml").write_text(
        "".join(f'[[versions]]\nname = "v{n}"\ninput = "{n}"\n' for n in "21")
    )
    build(load_config(environ={}, cwd=tmp_path))
    page = chromium.new_page()
    with serving(tmp_path / "build") as address:
        page.goto(f"{address}v1/x/y/gone/#part")
        switch(page, "v2")
        assert page.url == f"{address}v2/x/"
    page.close()


def test_old_versions_say_so_and_lead_to_the_same_page_of_the_latest(
    three: Versions, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(f"{three.address}3.0/cli/")
    page.locator(".sg-versions").wait_for()
    assert page.locator(".sg-not-latest").count() == 0
    page.goto(f"{three.address}1.0/cli/")
    banner = page.locator(".sg-not-latest")
    banner.wait_for()
    assert banner.inner_text().strip() == "Version 1.0 is not the latest. Go to version 3.0"
    banner.get_by_role("link").click()
    page.wait_for_url(f"{three.address}latest/cli/")
    page.locator(".sg-versions").wait_for()
    assert page.locator(".sg-not-latest").count() == 0
    page.close()


def test_pages_of_their_own_and_what_is_not_there_have_a_switcher_too(
    three: Versions, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(f"{three.address}1.0/search/?q=parquet")
    switch(page, "2.0")
    assert page.url == f"{three.address}2.0/search/?q=parquet"
    page.close()


def test_search_finds_what_is_in_the_version_that_one_reads(three: Versions, chromium: Any) -> None:
    page = chromium.new_page()
    for name, found in {"1.0": 0, "2.0": 1}.items():
        page.goto(f"{three.address}{name}/search/?q=extensions+without+python")
        announced(page, "“extensions without python”")
        hits = page.locator(f"main a[href*='/{name}/extensions/']").count()
        assert (hits > 0) == bool(found)
    page.close()


def test_the_switcher_works_with_the_keyboard(three: Versions, chromium: Any) -> None:
    page = chromium.new_page()
    page.goto(f"{three.address}1.0/cli/")
    summary = page.locator(".sg-versions summary")
    summary.focus()
    page.keyboard.press("Enter")
    assert page.locator(".sg-versions[open]").count() == 1
    page.keyboard.press("Escape")
    assert page.locator(".sg-versions[open]").count() == 0
    assert summary.evaluate("each => document.activeElement === each")
    page.close()


def test_without_a_script_a_link_leads_to_the_list(three: Versions, chromium: Any) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{three.address}1.0/cli/")
    page.locator(".sg-version").click()
    page.wait_for_url(f"{three.address}versions.html")
    page.get_by_role("link", name="2.0", exact=True).click()
    page.wait_for_url(f"{three.address}2.0/")
    context.close()


def test_from_a_disk_old_versions_say_so_and_lead_to_the_latest(
    three: Versions, chromium: Any
) -> None:
    page = chromium.new_page()
    page.goto(f"{three.config.output.as_uri()}/1.0/quickstart/index.html")
    note = page.locator(".sg-not-latest")
    note.wait_for()
    note.get_by_role("link").click()
    page.wait_for_url(f"{three.config.output.as_uri()}/*/index.html")
    assert page.locator(".sg-versions summary").inner_text() == "3.0"
    assert page.locator(".sg-not-latest").count() == 0
    page.close()


def test_a_build_of_before_learns_of_a_new_version_when_it_is_read(
    three: Versions, chromium: Any, tmp_path: Path, serving: Any
) -> None:
    for name in ("1.0", "2.0", "3.0"):
        (tmp_path / f"{name}.parquet").write_bytes((three.folder / f"{name}.parquet").read_bytes())
    build(listed(tmp_path, "2.0", "1.0"))
    hour_ago = time.time() - 3600  # servers tell times in seconds, and builds may be in one
    os.utime(tmp_path / "site/versions.json", (hour_ago, hour_ago))
    page = chromium.new_page()
    with serving(tmp_path / "site") as address:
        page.goto(f"{address}2.0/cli/")
        page.locator(".sg-versions").wait_for()
        assert page.locator(".sg-not-latest").count() == 0
        before = (tmp_path / "site/2.0/cli/index.html").stat().st_mtime_ns
        build(listed(tmp_path, "3.0", "2.0", "1.0"))
        assert (tmp_path / "site/2.0/cli/index.html").stat().st_mtime_ns == before
        page.reload()
        banner = page.locator(".sg-not-latest")
        banner.wait_for()
        assert "Version 2.0 is not the latest" in banner.inner_text()
        switch(page, "3.0")
        assert page.url == f"{address}3.0/cli/"
    page.close()


@pytest.mark.skipif(not REAL.exists(), reason="the shared data is not beside the checkout")
def test_among_two_versions_of_470_pages_readers_switch_and_stay_on_their_page(
    tmp_path: Path, serving: Any, chromium: Any
) -> None:
    (tmp_path / "4.0.parquet").write_bytes(REAL.read_bytes())
    variant(REAL, tmp_path / "5.0.parquet", without="model_doc/bert.md", more="\n\nNew in 5.0.")
    config = listed(tmp_path, "5.0", "4.0")
    build(config)
    listing = json.loads((config.output / "versions.json").read_text())
    assert [each["name"] for each in listing["versions"]] == ["5.0", "4.0"]
    page = chromium.new_page()
    with serving(config.output) as address:
        page.goto(f"{address}4.0/model_doc/gpt2/")
        switch(page, "5.0")
        assert page.url == f"{address}5.0/model_doc/gpt2/"
        page.goto(f"{address}4.0/model_doc/bert/")
        page.locator(".sg-not-latest").wait_for()
        switch(page, "5.0")
        assert page.url == f"{address}5.0/{section_of(config, '5.0', 'model_doc/')}"
    page.close()

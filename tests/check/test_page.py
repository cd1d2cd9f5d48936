from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import html5lib
import pytest

from sitegen.check import page
from sitegen.config import CheckConfig
from sitegen.errors import ConfigError

Project = Callable[..., Any]
FILES = {
    "index.md": "# Home\n\nA page with words enough, and a [link](gone<b>) to none.\n",
    "a.md": "# A\n\nWords for the beginning.\n\n## Setup\n\nSee [it](index#HOME) there & then.\n",
}
WITH_PAGE = CheckConfig(page=True)


def test_a_build_writes_the_findings_as_a_page_on_request(project: Project) -> None:
    built = project(FILES, check=WITH_PAGE)
    html = built.read("health/index.html")
    assert '<meta name="robots" content="noindex">' in html
    assert "did you mean &#39;home&#39;?" in html
    assert "gone&lt;b&gt;" in html
    assert '<a href="../a/' in html
    html5lib.HTMLParser(strict=True).parse(html)
    assert "style=" not in html
    assert not re.search(r"<script>|\son\w+=", html)


def test_nothing_leads_to_the_page_and_without_request_there_is_none(project: Project) -> None:
    built = project(FILES, check=WITH_PAGE, base_url="https://docs.example.org/")
    for file in sorted(built.folder.rglob("*")):
        if file.is_file() and "health" not in file.parts:
            assert b"health/" not in file.read_bytes() or file.name.startswith(".sitegen"), file
    assert not (project(FILES).folder / "health").exists()


def test_the_page_gives_way_to_a_page_of_the_input(project: Project) -> None:
    built = project(FILES | {"health.md": "# Health\n\nOurs.\n"}, check=WITH_PAGE)
    assert "Ours." in built.read("health/index.html")
    assert "Health report" in built.read("health-/index.html")


def test_a_site_without_findings_says_so(project: Project) -> None:
    rules = {"restored": "off", "text-short": "off"}
    built = project({"index.md": "# Home\n"}, check=CheckConfig(page=True, rules=rules))
    assert "Nothing was found." in built.read("health/index.html")


def test_a_very_long_list_is_cut_and_says_so(
    project: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(page, "MOST", 1)
    html = project(FILES, check=WITH_PAGE).read("health/index.html")
    assert "the first 1 are listed" in html
    assert html.count("<li><strong>") == 1


def test_a_second_build_with_a_cache_writes_the_same_page(project: Project, tmp_path: Path) -> None:
    options = {"check": WITH_PAGE, "cache": tmp_path / "cache"}
    first = project(FILES, **options).read("health/index.html")
    changed = FILES | {"b.md": "# B\n\nA third page with enough words.\n"}
    assert project(changed, **options).read("health/index.html") == first


def test_a_build_weighs_its_findings_by_the_rules_too(project: Project) -> None:
    assert "link-page" in project(FILES).codes
    built = project(FILES, check=CheckConfig(rules={"link-page": "error"}))
    assert [f.severity for f in built.result.diagnostics if f.code == "link-page"] == ["error"]
    assert "link-page" not in project(FILES, check=CheckConfig(rules={"link-page": "off"})).codes
    with pytest.raises(ConfigError, match="did you mean 'link-page'"):
        project(FILES, check=CheckConfig(rules={"link-pag": "off"}))

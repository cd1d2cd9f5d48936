"""The author's own files in a site, and what gives way to them."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import PublishConfig
from sitegen.errors import ReadError

Project = Callable[..., Any]
PAGES = {"index.md": "# Start\n", "guide.md": "# Guide\n"}
OWN = {
    "robots.txt": "User-agent: *\nDisallow: /private\n",
    "404.html": "<h1>Mine</h1>\n",
    "sitemap.xml": "<urlset/>\n",
    "llms.txt": "# Mine\n",
    "llms-full.txt": "# Mine\n",
    "objects.inv": "mine",
    "CNAME": "mine.example.org\n",
    ".nojekyll": "",
    ".well-known/security.txt": "Contact: mailto:a@example.org\n",
    "favicon.ico": "icon",
    "search/index.html": "<h1>My search</h1>\n",
}
OPTIONS = {"base_url": "https://example.org/docs/", "search": "headings"}


def dataset(folder: Path) -> str:
    file = folder / "docs.jsonl"
    file.write_text(json.dumps({"text": "# T", "source": "guide.md", "id": "0_0"}) + "\n")
    return str(file)


@pytest.mark.parametrize("of", ["folder", "dataset"])
def test_a_file_of_the_author_wins_over_a_generated_one_with_a_notice(
    project: Project, tmp_path: Path, of: str
) -> None:
    files, options = PAGES | OWN, dict(OPTIONS)
    if of == "dataset":
        files, options = OWN, options | {"input": (dataset(tmp_path),), "files": Path("docs")}
    built = project(files, **options)
    assert {path: built.read(path) for path in OWN} == OWN
    of_own = [finding for finding in built.result.diagnostics if finding.code == "own-file"]
    unlike_any = {".nojekyll", ".well-known/security.txt", "favicon.ico"}
    assert {finding.message.split("'")[1] for finding in of_own} == OWN.keys() - unlike_any
    again = project(files, **options)
    assert again.result.report["files"]["changed"] == 0
    assert again.result.diagnostics == built.result.diagnostics


def test_a_generated_file_is_made_again_when_the_authors_own_is_gone(
    project: Project, tmp_path: Path
) -> None:
    cache = tmp_path / ".sitegen"
    own = ("robots.txt", "404.html", "guide/index.html", "llms.txt", "objects.inv")
    before = {path: project(PAGES, cache=cache, **OPTIONS).read(path) for path in own[:4]}
    built = project(PAGES | dict.fromkeys(own, "mine"), cache=cache, **OPTIONS)
    assert [built.read(path) for path in own] == ["mine"] * len(own)
    for path in own:
        (tmp_path / "docs" / path).unlink()
    again = project(PAGES, cache=cache, **OPTIONS)
    assert {path: again.read(path) for path in own[:4]} == before


def test_a_file_in_the_place_of_a_page_is_a_warning(project: Project) -> None:
    built = project(PAGES | {"index.html": "<h1>My start</h1>", "guide/index.html": "mine"})
    assert (built.read("index.html"), built.read("guide/index.html")) == (
        "<h1>My start</h1>",
        "mine",
    )
    said = [str(finding) for finding in built.result.diagnostics if finding.code == "own-page"]
    assert ["takes the place of the page 'guide'" in text for text in said] == [True, False]


def test_rules_for_hosts_go_together_with_ours(project: Project) -> None:
    rules = {"_headers": "/api/*\r\n  X-Mine: yes\r\n", "_redirects": "/old /mine 302\n"}
    built = project(PAGES | rules, publish=PublishConfig(redirects={"/old": "/guide/"}))
    headers = built.read("_headers")
    assert headers.startswith("/*\n  Content-Security-Policy:")
    assert headers.endswith("/api/*\n  X-Mine: yes\n")
    assert built.read("_redirects") == "/old /mine 302\n/old /guide/ 301\n"
    assert project(PAGES | rules).read("_redirects") == "/old /mine 302\n"


def test_a_file_that_no_host_can_serve_is_left_out_with_a_warning(
    project: Project, tmp_path: Path
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    for name in (b"logo\xe9.png", b"a\\b.png"):
        (docs / os.fsdecode(name)).write_bytes(b"png")
    named = {"build.json": "{}", "guide": "a file where a folder must be", "LICENSE": "MIT"}
    built = project(PAGES | {"license.md": "# Licence\n"} | named)
    left_out = [f for f in built.result.diagnostics if f.code == "file-left-out"]
    assert len(left_out) == 5
    assert "logo\\udce9.png" in "".join(map(str, left_out))
    assert json.loads(built.read("build.json"))["counts"]["pages"] == 3


def test_a_page_whose_name_is_no_utf8_has_a_page(project: Project, tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / os.fsdecode(b"caf\xe9.md")).write_text("# A\n")
    assert project(PAGES).codes == ["invalid-utf8"]


def test_two_files_that_would_be_one_are_named_both(project: Project) -> None:
    with pytest.raises(ReadError, match=r"Logo\.png and .*logo\.png would be one file of the site"):
        project(PAGES | {"Logo.png": "a", "logo.png": "b"})


def test_files_that_lead_out_of_the_project_or_are_none_are_refused(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text("# A\n")
    (tmp_path / "public").symlink_to("/etc")
    for folder, said in (("public", "files leads out of the project by a link"), ("no", "none")):
        (tmp_path / "sitegen.toml").write_text(f'input = "docs"\nfiles = "{folder}"\n')
        code, _, err = run("build")
        assert (code, said in err) == (2, True)

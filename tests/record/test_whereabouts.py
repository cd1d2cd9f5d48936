from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    """A checkout with a folder of docs whose pages, toctree and redirects each have a fault."""
    (tmp_path / ".git").mkdir()
    docs = tmp_path / "project" / "docs"
    (docs / "guide").mkdir(parents=True)
    (docs / "index.md").write_text("# Home\n\nWords enough for a page of a site.\n")
    (docs / "guide" / "index.md").write_text("# Guide\n\nSee [gone](nowhere.md).\n")
    (docs / "_toctree.yml").write_text(
        "- local: index\n  title: Home\n- local: guide/index\n- local: lost\n  title: Lost\n"
    )
    (docs / "_redirects.yml").write_text("old: index\nolder: nothing\n")
    return docs


@pytest.mark.parametrize(
    ("here", "named", "found"),
    [
        ("project", "docs", {"docs/guide/index.md", "docs/_toctree.yml", "docs/_redirects.yml"}),
        (".", "project/docs", {"project/docs/guide/index.md", "project/docs/_redirects.yml"}),
        ("project/docs", ".", {"guide/index.md", "_toctree.yml", "_redirects.yml"}),
        ("project/docs/guide", "..", {"index.md", "../_toctree.yml", "../_redirects.yml"}),
        ("project", "docs/**/*.md", {"docs/guide/index.md"}),
        ("project", "docs/guide/index.md", {"docs/guide/index.md"}),
    ],
)
def test_every_kind_of_finding_names_the_path_that_opens_from_here(
    run: Run, docs: Path, here: str, named: str, found: set[str]
) -> None:
    folder = docs.parents[1] / here
    os.chdir(folder)
    out = run("check", named, "--format", "json", "--level", "warning")[1]
    files = {each["file"] for each in json.loads(out)["findings"]}
    assert found <= files
    assert all((folder / file).is_file() for file in files)


def test_code_hosts_get_the_path_in_their_checkout(run: Run, docs: Path) -> None:
    os.chdir(docs.parent)
    sarif = json.loads(run("check", "docs", "--format", "sarif")[1])
    uris = {
        place["physicalLocation"]["artifactLocation"]["uri"]
        for result in sarif["runs"][0]["results"]
        for place in result.get("locations", ())
    }
    assert "project/docs/guide/index.md" in uris
    assert all((docs.parents[1] / uri).is_file() for uri in uris)
    annotations = run("check", "docs", "--format", "github", "--level", "warning")[1]
    assert "::warning file=project/docs/guide/index.md,line=3,title=link-page::" in annotations


@pytest.mark.parametrize("form", ["github", "sarif"])
def test_code_hosts_get_the_path_of_the_file_and_terminals_that_of_the_link(
    run: Run, docs: Path, form: str
) -> None:
    os.chdir(docs.parents[1])
    Path("link").symlink_to("project/docs")
    told = run("check", "link", "--format", form)[1]
    assert "project/docs/guide/index.md" in told
    assert "link/guide" not in told
    assert "--> link/guide/index.md:3" in run("check", "link")[1]


def test_a_build_names_the_path_also_when_there_is_nothing_to_do(run: Run, docs: Path) -> None:
    os.chdir(docs.parent)
    for _ in range(2):
        _, out, err = run("build", "docs", "-v", "--json")
        assert "  --> docs/guide/index.md:3, page guide/index" in err
        named = {each["file"] for each in json.loads(out)["diagnostics"]}
        assert {"docs/guide/index.md", "docs/_toctree.yml", "docs/_redirects.yml"} <= named


def test_an_error_names_the_path_too(run: Run, docs: Path) -> None:
    os.chdir(docs.parent)
    (docs / "_toctree.yml").write_text("- local: [index\n")
    for command in ("build", "check"):
        code, _, err = run(command, "docs")
        assert code == 1
        assert err.startswith("error: docs/_toctree.yml")


def test_rows_name_the_path_of_their_dataset(run: Run, tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    row = {"source": "a.md", "id": "0_0", "text": "Words enough for it, and a [link](gone)."}
    pq.write_table(pa.Table.from_pylist([row]), tmp_path / "data" / "d.parquet")
    assert "chunk 0_0 (row 0 of data/d.parquet), page a" in run("check", "data/d.parquet")[1]


def test_a_site_does_not_tell_where_it_was_built(run: Run, docs: Path, tmp_path: Path) -> None:
    sites = []
    for here, named in ((docs.parent, "docs"), (docs, ".")):
        os.chdir(here)
        run("build", named, "-o", str(tmp_path / "site"), "--no-cache", "--clean")
        sites.append({p: p.read_bytes() for p in (tmp_path / "site").rglob("*") if p.is_file()})
    assert sites[0] == sites[1]

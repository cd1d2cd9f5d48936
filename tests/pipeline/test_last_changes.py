"""When a page was changed last: by its data, its history, or the version that brought it."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.record.result import Result

DAYS = {"index": "2025-03-01", "a": "2026-05-02", "b": ""}


def built(folder: Path, toml: str, **flags: object) -> Result:
    (folder / "sitegen.toml").write_text(f'base_url = "https://h.org/"\nsearch = false\n{toml}')
    return build(load_config(environ={}, cwd=folder, flags={"jobs": 1, **flags}))


def said(folder: Path, page: str = "") -> str:
    """The day at the foot of a page, which structured data and sitemap have too."""
    html = (folder / "build" / page / "index.html").read_text()
    found = re.search(r"<span>Last changed: (.*?)</span>", html)
    day = re.sub(r"<[^>]+>", "", found[1]) if found else ""
    sitemap = (folder / "build/sitemap.xml").read_text()
    place = f"<loc>https://h.org/{page and f'{page}/'}</loc>"
    assert (f"{place}<lastmod>{day}</lastmod>" if day else f"{place}</url>") in sitemap
    assert ('"dateModified":' in html) is bool(day)
    return day


def commit(folder: Path, day: str, *names: str) -> None:
    def git(*words: str) -> None:
        when = {"GIT_COMMITTER_DATE": f"{day}T23:30:00-05:00", "GIT_CONFIG_GLOBAL": "/dev/null"}
        who = ("-c", "user.name=A", "-c", "user.email=a@h.org")
        subprocess.run(["git", *who, *words], cwd=folder, env=when, check=True)

    if not (folder / ".git").exists():
        git("init", "-q")
    git("add", *names)
    git("commit", "-qm", "Write")


def test_a_column_tells_and_the_latest_row_of_a_page_counts(tmp_path: Path) -> None:
    when = ["2025-01-05T10:00:00Z", "2025-03-01", "2026-05-02 08:00:00", "soon"]
    table = {
        "source": ["index.md", "index.md", "a.md", "b.md"],
        "text": ["# Home", "More.", "# A", "# B"],
        "updated": when,
    }
    pq.write_table(pa.table(table), tmp_path / "rows.parquet")
    built(tmp_path, 'input = "rows.parquet"\ncolumns.last_changed = "updated"\n')
    assert {page or "index": said(tmp_path, page) for page in ("", "a", "b")} == DAYS
    built(tmp_path, 'input = "rows.parquet"\n')
    assert said(tmp_path, "a") == ""  # nobody knows what a column called so means


@pytest.mark.parametrize(
    "line",
    [
        "last_changed: 2026-05-02",
        "lastmod: 2026-05-02T10:00:00+02:00",
        "last_update:\n  date: 2026-05-02\n  author: me",
        "last_modified_at: '2026-05-02'",
        "lastUpdated: 2026-05-02",
    ],
)
def test_front_matter_tells(line: str, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs/index.md").write_text(f"---\n{line}\n---\n# Home\n")
    result = built(tmp_path, 'input = "docs"\n')
    assert said(tmp_path) == "2026-05-02"
    assert [d.code for d in result.diagnostics] == []


def test_the_last_commit_tells_where_nothing_else_does(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "ü b").mkdir(parents=True)
    for name in ("index", "a", "ü b/c", "own"):
        (docs / f"{name}.md").write_text(f"# {name}\n")
    commit(tmp_path, "2025-03-01", "docs")
    toml = 'input = "docs"\ndates = "git"\n'
    built(tmp_path, toml)
    assert said(tmp_path) == said(tmp_path, "a") == "2025-03-01"
    (docs / "a.md").write_text("# a\n\nMore.\n")
    (docs / "own.md").write_text("---\nlast_changed: 2024-01-01\n---\n# own\n")
    built(tmp_path, toml)
    assert said(tmp_path, "a") == "2025-03-01"  # what is not committed has no day yet
    commit(tmp_path, "2026-05-02", "docs")
    built(tmp_path, toml)  # no file has changed but the history
    assert (said(tmp_path, "a"), said(tmp_path, "own")) == ("2026-05-02", "2024-01-01")
    report = json.loads((tmp_path / "build/build.json").read_text())
    days = {page["id"]: page["changed"]["date"] for page in report["pages"]}
    assert days["ü b/c"] == "2025-03-01"
    before = {p: p.read_bytes() for p in (tmp_path / "build").rglob("*") if p.is_file()}
    built(tmp_path, toml, cache=False, clean=True)
    assert {p: p.read_bytes() for p in (tmp_path / "build").rglob("*") if p.is_file()} == before
    built(tmp_path, 'input = "docs"\n')
    assert said(tmp_path, "a") == ""


def test_without_a_whole_history_a_finding_says_why_and_no_page_has_a_day(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n")
    toml = 'input = "docs"\ndates = "git"\n'
    (found,) = built(tmp_path, toml).diagnostics
    assert (found.code, "no repository" in found.message) == ("history-unknown", True)
    commit(tmp_path, "2025-03-01", "docs")
    assert not built(tmp_path, toml).diagnostics
    (tmp_path / ".git/shallow").write_text("")
    (found, *_) = built(tmp_path, toml).diagnostics
    assert "only a part of its history" in found.message
    assert said(tmp_path) == ""


def test_a_repository_runs_nothing_of_its_own(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n")
    commit(tmp_path, "2025-03-01", "docs")
    run = f"touch {tmp_path}/run"
    with (tmp_path / ".git/config").open("a") as config:
        config.write(f'[core]\nfsmonitor = "{run}"\npager = "{run}"\n[diff]\nexternal = "{run}"\n')
        config.write(f'[log]\nshowSignature = true\n[gpg]\nprogram = "{run}"\n')
        config.write("[log]\nshowRoot = false\n")
    built(tmp_path, 'input = "docs"\ndates = "git"\n')
    assert said(tmp_path) == "2025-03-01"
    assert not (tmp_path / "run").exists()


def test_what_a_partial_clone_lacks_is_fetched_by_no_program_of_its_settings(
    tmp_path: Path,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n")
    commit(tmp_path, "2025-03-01", "docs")
    tree = ["git", "rev-parse", "HEAD^{tree}"]
    name = subprocess.run(tree, cwd=tmp_path, check=True, capture_output=True, text=True).stdout
    (tmp_path / ".git/objects" / name[:2] / name[2:].strip()).unlink()
    with (tmp_path / ".git/config").open("a") as config:
        config.write('[extensions]\npartialClone = origin\n[protocol "ext"]\nallow = always\n')
        config.write(f'[remote "origin"]\npromisor = true\nurl = "ext::touch {tmp_path}/run"\n')
    (found,) = built(tmp_path, 'input = "docs"\ndates = "git"\n').diagnostics
    assert (found.code, "git cannot tell" in found.message) == ("history-unknown", True)
    assert not (tmp_path / "run").exists()


def test_a_hook_of_another_repository_may_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Home\n")
    commit(tmp_path, "2025-03-01", "docs")
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other"))
    built(tmp_path, 'input = "docs"\ndates = "git"\n')
    assert said(tmp_path) == "2025-03-01"

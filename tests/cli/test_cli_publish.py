from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.cli.publish import without_address

Project = Callable[..., Any]
Run = Callable[..., tuple[int, str, str]]


def test_a_dry_run_prints_the_plan_and_a_publish_carries_it_out(
    run: Run, project: Project, tmp_path: Path
) -> None:
    project({"index.md": "# Home\n"})
    target = f"file://{tmp_path}/www"
    code, out, err = run("publish", target, "--site", "site", "--dry-run")
    assert code == 0
    assert "+ index.html (" in out
    assert err == "dry run: nothing was sent\n"
    assert not (tmp_path / "www").exists()
    code, out, _ = run("publish", target, "--site", "site", "--json")
    plan = json.loads(out)
    assert (code, plan["place"], plan["delete"]) == (0, str(tmp_path / "www"), [])
    assert plan["bytes"] == sum(plan["add"].values())
    assert run("publish", target, "--site", "site")[2].startswith("nothing to send")


def test_the_target_may_come_from_the_configuration(
    run: Run, project: Project, tmp_path: Path
) -> None:
    project({"index.md": "# Home\n"})
    assert run("publish")[0] == 2
    (tmp_path / "sitegen.toml").write_text('output = "site"\n[publish]\ntarget = "zip:a.zip"\n')
    assert run("publish", "-q") == (0, "", "")
    assert (tmp_path / "a.zip").exists()


def test_a_refused_publish_exits_with_5(run: Run, project: Project, tmp_path: Path) -> None:
    project({"index.md": "# Home\n"})
    (tmp_path / "a.zip").write_text("theirs")
    code, _, err = run("publish", "zip:a.zip", "--site", "site")
    assert code == 5
    assert err.startswith("error: a.zip: is not an archive of a site")


def test_a_site_that_does_not_answer_exits_with_5(run: Run) -> None:
    assert run("verify", "http://127.0.0.1:9/")[0] == 5


def test_a_difference_is_printed_written_and_counted(run: Run, tmp_path: Path) -> None:
    rows = [{"text": f"Chunk number {n} of the page.", "source": "a.md"} for n in range(10)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "old.parquet")
    pq.write_table(pa.Table.from_pylist(rows[:-2]), tmp_path / "new.parquet")
    arguments = ("diff", "old.parquet", "new.parquet")
    code, out, err = run(*arguments, "--html", "d.html", "--fail-over", "20")
    assert code == 0
    assert out.count("- removed: ") == 2
    assert err == "pages: 1 changed\nchunks: 2 removed (20.00% of the chunks differ)\n"
    assert (tmp_path / "d.html").read_text().count("<h3>") == 2
    code, out, _ = run(*arguments, "--json", "--fail-over", "19.9")
    assert code == 3
    assert json.loads(out)["counts"]["removed"] == 2


@pytest.mark.parametrize(
    ("place", "url"),
    [
        ("https://github.com/Ada/kettle.git#gh-pages", "https://ada.github.io/kettle/"),
        ("git@github.com:ada/kettle.docs", "https://ada.github.io/kettle.docs/"),
        ("https://github.com/ada/Ada.github.io.git#gh-pages", ""),
        ("https://git.example.org/ada/kettle.git", ""),
        ("/www", ""),
        ("", ""),
    ],
)
def test_who_publishes_below_a_folder_of_a_host_is_told_to_name_the_address(
    place: str, url: str
) -> None:
    said = without_address(place)
    assert said.endswith(f'help: base_url = "{url}"') if url else not said

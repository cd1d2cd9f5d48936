from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Run = Callable[..., tuple[int, str, str]]
ROWS = [
    {"source": "a.md", "id": "0_0", "text": "Words enough for a page, and a [link](gone) to none."},
    {
        "source": "a.md",
        "id": "0_1",
        "text": "More words for it, and [one](http://127.0.0.1:1/) more.",
    },
]


@pytest.fixture(autouse=True)
def _dataset(tmp_path: Path) -> None:
    extra = {"url": "", "file_type": ".md", "source_section": None}
    pq.write_table(pa.Table.from_pylist([row | extra for row in ROWS]), tmp_path / "d.parquet")
    (tmp_path / "sitegen.toml").write_text(
        'input = "d.parquet"\njobs = 1\n[check.rules]\nrestored = "off"\n'
        '[check.external]\nallow = "127.0.0.1"\ntimeout = 1\n'
    )


def test_a_check_prints_findings_and_their_number_and_writes_nothing(
    run: Run, tmp_path: Path
) -> None:
    code, out, err = run("check")
    assert (code, err) == (0, "1 finding (link-page 1)\n")
    assert "chunk 0_0 (row 0 of d.parquet), page a, line " in out
    assert run("check", "--strict")[0] == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["d.parquet", "sitegen.toml"]


def test_a_known_finding_does_not_fail(run: Run) -> None:
    assert run("check", "-o", "all.txt", "--write-baseline", "known.json")[:2] == (0, "")
    assert run("check", "--strict", "--baseline", "known.json") == (0, "", "0 findings\n")


def test_a_table_needs_a_file(run: Run, tmp_path: Path) -> None:
    code, _, err = run("check", "--format", "parquet")
    assert code == 2
    assert "--output findings.parquet" in err
    assert run("check", "--format", "parquet", "-o", "f.parquet")[0] == 0
    (finding,) = pq.read_table(tmp_path / "f.parquet").to_pylist()
    assert (finding["code"], finding["row"], finding["chunk"]) == ("link-page", 0, "0_0")


def test_other_hosts_are_asked_on_request(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.check.external.FIRST_WAIT", 0.0)
    assert "127.0.0.1" not in run("check")[1]
    _, out, err = run("check", "--external", "--format", "json")
    assert err.startswith("other hosts: 1 asked, 0 known, 0 left out\n")
    found = [f for f in json.loads(out)["findings"] if f["code"] == "link-external"]
    assert [(f["row"], f["message"]) for f in found] == [
        (1, "http://127.0.0.1:1/ does not answer: Connection refused")
    ]

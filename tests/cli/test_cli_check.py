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


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A folder of 120 pages without words, with a broken link in the last and a fence in 110."""
    docs = tmp_path / "docs"
    docs.mkdir()
    for number in range(120):
        fence = "\n```py\nopen\n" if number < 110 else ""
        (docs / f"p{number}.md").write_text(f"# P {number}\n{fence}")
    (docs / "zzz.md").write_text("# Last\n\nWords that lead to [nothing](gone.md) at all.\n")
    (tmp_path / "sitegen.toml").unlink()
    return docs


def test_warnings_come_first_and_what_comes_in_hundreds_is_one_line(run: Run, many: Path) -> None:
    _, out, err = run("check", "docs")
    assert [out.count(word) for word in ("fence-unclosed", "link-page", "text-short")] == [1, 1, 1]
    assert "110 times: A code fence is never closed. The first: the code fence" in out
    assert out.index("fence-unclosed") < out.index("link-page") < out.index("text-short")
    assert err == "231 findings (fence-unclosed 110, link-page 1, text-short 120)\n"
    assert run("check", "docs", "-v")[1].count("[fence-unclosed]") == 110
    json_form = run("check", "docs", "--format", "json")[1]
    assert len(json.loads(json_form)["findings"]) == 231


def test_a_level_decides_what_is_told_and_not_how_the_check_ends(run: Run, many: Path) -> None:
    assert "text-short" not in run("check", "docs", "--level", "warning")[1]
    said = "0 findings; 231 below --level error\n"
    assert run("check", "docs", "--level", "error") == (0, "", said)
    code, out, err = run("check", "docs", "--level", "error", "--strict")
    assert (code, out, err.startswith(f"{said}111 warnings (")) == (3, "", True)
    (many / "../sitegen.toml").write_text(
        '[check.rules]\n"fence-unclosed" = "off"\n"link-page" = "off"\n'
    )
    assert run("check", "docs", "--level", "error", "--strict")[0] == 0


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ('link-pag = "off"', "no rule 'link-pag' in check.rules: did you mean 'link-page'?"),
        ('link-page = "eror"', "check.rules.link-page cannot be 'eror': did you mean 'error'?"),
        (
            'link-pag = "off"\ndialect = "of"',
            "'link-page'?; check.rules.dialect cannot be 'of': did",
        ),
    ],
)
def test_rules_that_cannot_be_are_named_together(
    run: Run, many: Path, tmp_path: Path, rules: str, said: str
) -> None:
    (tmp_path / "sitegen.toml").write_text(f"[check.rules]\n{rules}\n")
    for command in (("check", "docs"), ("build", "docs")):
        code, _, err = run(*command)
        assert (code, said in err) == (2, True)
        assert err.startswith("error: sitegen.toml:2: ")


def test_an_extension_that_is_not_there_is_told_where_it_is_named(
    run: Run, many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "sitegen.toml").write_text('title = "T"\nextensions = ["steps"]\n')
    code, _, err = run("check", "docs")
    assert (code, err.partition("there is")[0]) == (2, "error: sitegen.toml:2: ")
    (tmp_path / "sitegen.toml").unlink()
    monkeypatch.setenv("SITEGEN_EXTENSIONS", "steps")
    assert run("check", "docs")[2].startswith("error: there is no extension 'steps'")


def test_a_baseline_that_is_not_there_is_told_from_a_file_that_is_none(
    run: Run, many: Path, tmp_path: Path
) -> None:
    (tmp_path / "base.json").write_text("{}")
    assert "base.json: is not a baseline" in run("check", "docs", "--baseline", "base.json")[2]
    code, _, err = run("check", "docs", "--baseline", "bas.json")
    assert code == 2
    assert "cannot be read: No such file or directory - did you mean 'base.json'?" in err


def test_a_version_is_no_version_where_there_are_none(run: Run, many: Path) -> None:
    assert "there are no versions, so none is '2'" in run("check", "docs", "--only", "2")[2]


def test_a_page_is_told_what_helps_a_page(run: Run, many: Path) -> None:
    out = run("check", "docs", "-v")[1]
    assert "a page of 7 characters" in out
    assert "write more, or leave the page out" in out
    assert "dataset" not in out


@pytest.mark.integration
def test_a_strict_build_prints_what_it_stops_for_and_knows_a_baseline(
    run: Run, many: Path, tmp_path: Path
) -> None:
    code, _, err = run("build", "docs", "--strict")
    assert code == 3
    assert "  --> docs/zzz.md:3, page zzz" in err
    assert "111 warnings (fence-unclosed 110, link-page 1); --strict ends with 3" in err
    assert "111 warnings" in run("build", "docs", "--strict", "-q")[2]
    run("check", "docs", "-o", "all.txt", "--write-baseline", "known.json")
    (tmp_path / "sitegen.toml").write_text('[check]\nbaseline = "known.json"\n')
    code, _, err = run("build", "docs", "--strict")
    assert (code, "warning" in err) == (0, False)
    (many / "new.md").write_text("# New\n\nThese are words of a page. [x](nowhere.md)\n")
    code, _, err = run("build", "docs", "--strict")
    assert code == 3
    assert "1 warning (link-page 1); --strict ends with 3" in err

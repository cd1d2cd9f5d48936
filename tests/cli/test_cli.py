from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen import cli
from sitegen.errors import WriteError

CHECKOUT = Path(__file__).parents[2]
ROWS = {"text": ["Hello."], "source": ["docs/a.md"], "id": ["0_0"]}
Run = Callable[..., tuple[int, str, str]]


def parquet(path: Path, rows: Mapping[str, Any] = ROWS) -> str:
    pq.write_table(pa.table(dict(rows)), path)
    return path.name


def refused(run: Run, code: int, *arguments: str) -> str:
    got, out, err = run(*arguments)
    assert (got, out) == (code, ""), err
    lines = err.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("error: ")
    return lines[0]


def test_a_build_says_what_it_made_on_stderr_only(run: Run, tmp_path: Path) -> None:
    code, out, err = run("build", parquet(tmp_path / "d.parquet"))
    assert (code, out) == (0, "")
    assert "1 page from 1 chunk -> build in" in err
    assert (tmp_path / "build" / "a" / "index.html").is_file()


def test_quiet_says_nothing(run: Run, tmp_path: Path) -> None:
    assert run("build", parquet(tmp_path / "d.parquet"), "-q") == (0, "", "")


def test_the_report_is_one_json_object_alone_on_stdout(run: Run, tmp_path: Path) -> None:
    rows = ROWS | {"text": ["[gone](x.md)"]}
    code, out, _ = run("build", parquet(tmp_path / "d.parquet", rows), "--json")
    report = json.loads(out)
    assert code == 0
    assert (report["format"], report["pages"], report["chunks"]) == (1, 1, 1)
    assert report["links"] == {"checked": 1, "missing": 1}
    assert report["restored_by_page"] == {"a": {"certain": 0, "likely": 0, "guessed": 1}}
    (finding,) = [d for d in report["diagnostics"] if d["code"] == "link-page"]
    assert (finding["file"], finding["row"], finding["chunk"]) == ("d.parquet", 0, "0_0")


def test_strict_exits_with_three_when_there_are_findings(run: Run, tmp_path: Path) -> None:
    rows = ROWS | {"text": ["[gone](x.md)"]}
    code, _, err = run("build", parquet(tmp_path / "d.parquet", rows), "--strict")
    assert code == 3
    assert "link-page" in err
    assert run("build", parquet(tmp_path / "e.parquet"), "--strict", "-o", "other")[0] == 0


def test_verbose_prints_every_finding_with_its_place(run: Run, tmp_path: Path) -> None:
    rows = ROWS | {"text": ["[gone](x.md)"]}
    _, _, err = run("build", parquet(tmp_path / "d.parquet", rows), "-v")
    assert "warning: link to 'x': the input holds no such page [link-page]" in err
    assert "--> chunk 0_0 (row 0 of d.parquet), page a, line" in err


def test_help_lists_the_commands_and_the_exit_codes(run: Run) -> None:
    code, out, _ = run("--help")
    assert code == 0
    assert "build" in out
    assert "Exit codes" in out
    assert run("-h")[1] == out
    assert run("--version")[0] == 0


def test_help_does_not_load_the_pipeline() -> None:
    script = (
        "import sys; from sitegen import cli; sys.argv = ['sitegen', '--help']\n"
        "try: cli.main()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=CHECKOUT, capture_output=True, text=True, check=True
    )
    assert not {"pyarrow", "pygments", "markdown_it", "jinja2"} & set(done.stderr.split())


def test_a_missing_file_is_named(run: Run) -> None:
    assert "no such file or folder" in refused(run, 1, "build", "none.parquet")


def test_a_folder_without_data_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    assert "neither Markdown nor dataset files" in refused(run, 1, "build", "docs")


def test_an_empty_file_is_named(run: Run, tmp_path: Path) -> None:
    (tmp_path / "d.parquet").touch()
    assert "d.parquet: the file is empty" in refused(run, 1, "build", "d.parquet")


def test_a_truncated_file_is_named(run: Run, tmp_path: Path) -> None:
    path = tmp_path / parquet(tmp_path / "d.parquet")
    path.write_bytes(path.read_bytes()[:-20])
    assert "d.parquet: " in refused(run, 1, "build", "d.parquet")


def test_missing_columns_are_named_with_those_found_and_near_names(
    run: Run, tmp_path: Path
) -> None:
    said = refused(run, 1, "build", parquet(tmp_path / "d.parquet", {"txt": ["a"], "sorce": ["b"]}))
    assert "no column 'text' and no column 'source'; found: txt, sorce" in said
    assert "did you mean 'txt'?" in said


@pytest.mark.parametrize(
    ("rows", "says"),
    [
        (ROWS | {"text": [[1, 2]]}, "the column 'text' is of type list"),
        (
            ROWS | {"source": pa.array([None], pa.string())},
            "row 0 of d.parquet: the source is null",
        ),
        (ROWS | {"text": pa.array([None], pa.string())}, "every text is null"),
        ({k: pa.array([], pa.string()) for k in ROWS}, "no rows in d.parquet"),
    ],
)
def test_rows_that_are_no_chunks_are_refused(
    run: Run, tmp_path: Path, rows: Mapping[str, Any], says: str
) -> None:
    refusal = refused(run, 1, "build", parquet(tmp_path / "d.parquet", rows))
    assert says in refusal.replace("chunk 0_0 (row 0 of d.parquet)", "row 0 of d.parquet")


def test_two_texts_in_one_place_are_refused_with_both_rows(run: Run, tmp_path: Path) -> None:
    rows = {"text": ["a", "b", "c"], "source": ["a.md"] * 3, "id": ["0_0", "0_0", "0_1"]}
    said = refused(run, 1, "build", parquet(tmp_path / "d.parquet", rows))
    assert "row 0 of d.parquet" in said
    assert "row 1 of d.parquet" in said


def test_an_output_folder_with_foreign_files_is_not_touched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("x")
    said = refused(run, 2, "build", parquet(tmp_path / "d.parquet"), "-o", "mine")
    assert "thesis.txt" in said
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["thesis.txt"]


@pytest.mark.parametrize("folder", ["/", ".", ".."])
def test_a_root_or_the_place_of_the_input_is_no_output(
    run: Run, tmp_path: Path, folder: str
) -> None:
    refused(run, 2, "build", parquet(tmp_path / "d.parquet"), "-o", folder)


def test_an_output_that_is_a_file_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "site").write_text("x")
    code, _, err = run("build", parquet(tmp_path / "d.parquet"), "-o", "site")
    assert code in {2, 4}
    assert "site" in err
    assert (tmp_path / "site").read_text() == "x"


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason="no file system that refuses all")
def test_an_output_that_cannot_be_written_is_named(run: Run, tmp_path: Path) -> None:
    said = refused(run, 4, "build", parquet(tmp_path / "d.parquet"), "-o", "/proc/site")
    assert "/proc/site" in said


def test_a_wrong_option_is_a_usage_error_with_a_suggestion(run: Run) -> None:
    code, out, err = run("build", "--strickt")
    assert (code, out) == (2, "")
    assert "--strict" in err
    code, _, err = run("bild")
    assert (code, "No such command 'bild': did you mean 'build'?" in err) == (2, True)


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ("titel = 'x'", "did you mean 'title'?"),
        ("= 1", "sitegen.toml:1: not valid TOML: this is no key"),
        ("title = 'x'\nstrict = tru", "sitegen.toml:2: not valid TOML: that is no value"),
        ("base-url = 'x'", "base_url must look like"),
    ],
)
def test_a_bad_config_file_is_refused(run: Run, tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "sitegen.toml").write_text(toml)
    assert says in refused(run, 2, "build", parquet(tmp_path / "d.parquet"))


def test_a_config_file_that_is_not_there_is_refused(run: Run) -> None:
    assert "does not exist" in refused(run, 2, "build", "-c", "none.toml")


def test_no_input_at_all_is_a_usage_error(run: Run) -> None:
    for command in ("build", "check", "inspect", "serve"):
        assert "no input - name a dataset file" in refused(run, 2, command)


def test_a_toctree_that_is_not_there_is_named(run: Run, tmp_path: Path) -> None:
    source = parquet(tmp_path / "d.parquet")
    assert "cannot be read" in refused(run, 1, "build", source, "--toctree", "none.yml")


@pytest.mark.parametrize(
    ("toctree", "said"),
    [
        ("- title: A: b\n", ":1: the toctree is not valid YAML: mapping values"),
        ("- title: A: b\n", 'put quotes around a value with a colon (key: "value: more")'),
        ("- sections:\n\t- local: a\n", "indent with blanks, not with tabs, and"),
        ("- title: @a\n", "put quotes around a value that begins oddly"),
        ("- title: [a\n", "a [ that nothing closes - close it"),
        ("- local: GUIDE\n", "did you mean 'guide'?"),
    ],
)
def test_a_toctree_that_cannot_be_read_comes_with_a_remedy(
    run: Run, tmp_path: Path, toctree: str, said: str
) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "guide.md").write_text("# Guide\n")
    (tmp_path / "docs" / "_toctree.yml").write_text(toctree)
    assert said in run("build", "docs", "-v")[2]


def test_names_in_the_data_cannot_forge_lines_of_the_output(run: Run, tmp_path: Path) -> None:
    rows = ROWS | {"source": ["a\nerror: b\x1b[2J.md"], "text": ["[x](gone)"]}
    code, _, err = run("build", parquet(tmp_path / "d.parquet", rows), "-v")
    assert code == 0
    assert "\x1b" not in err
    assert not [line for line in err.splitlines() if line.startswith("error:")]


def test_a_bug_of_ours_is_shown_as_one(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(**_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cli.cli, "main", broken)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == 70
    assert "ZeroDivisionError" in capsys.readouterr().err


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (WriteError("full"), 4)])
def test_each_kind_of_end_has_its_exit_code(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int
) -> None:
    def ends(**_: object) -> None:
        raise error

    monkeypatch.setattr(cli.cli, "main", ends)
    with pytest.raises(SystemExit) as caught:
        cli.main()
    assert caught.value.code == code


def test_a_guessed_column_is_shown_without_asking(run: Run, tmp_path: Path) -> None:
    rows = {"content": ["Hello."], "path": ["a.md"]}
    code, _, err = run("build", parquet(tmp_path / "docs.parquet", rows))
    assert code == 0
    assert "column-guessed" in err
    assert "'content'" in err

"""The command line where its streams are closed, full or of another encoding."""

import hashlib
import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config.file import load_config

pytestmark = pytest.mark.integration

SITEGEN = f"{sys.executable} -P -m sitegen"
BUILD = "build docs --no-search --clean"
RESULTS = [
    *(f"{BUILD} --json", "check docs --format json", "config --schema", "--help", "--version"),
    *("diff docs docs --json", "publish zip:site.zip --dry-run"),
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("index.md", "caf\u00e9.md", "\u6587.md"):
        (tmp_path / "docs").mkdir(exist_ok=True)
        (tmp_path / "docs" / name).write_text(f"# {name}\n", "utf-8")
    flags = {"input": ("docs",), "search": False}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    return tmp_path


def sh(folder: Path, line: str, **environ: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder)} | environ
    command = ["bash", "-c", line]
    return subprocess.run(
        command,
        check=False,
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
    )


@pytest.mark.parametrize("command", RESULTS)
def test_a_result_that_nobody_takes_is_no_fault_and_one_that_does_not_fit_is_named(
    folder: Path, command: str
) -> None:
    closed = sh(folder, f"{SITEGEN} {command} >&-")
    full = sh(folder, f"{SITEGEN} {command} >/dev/full")
    cut = sh(folder, f"{SITEGEN} {command} | head -c 1 >/dev/null; exit $PIPESTATUS")
    assert (closed.returncode, full.returncode, cut.returncode) == (0, 4, 0), closed.stderr
    assert full.stderr.splitlines()[-1] == (
        "error: standard output cannot be written: No space left on device - write it elsewhere"
    )
    assert "Traceback" not in closed.stderr + full.stderr + cut.stderr


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", ">&- 2>&-", ">&- 2>&- <&-"])
def test_what_cannot_be_told_changes_no_exit_code_and_no_file(folder: Path, streams: str) -> None:
    before = digest(folder / "build")
    for command, code in ((BUILD, 0), ("build no", 1), ("build --no-such-option", 2)):
        assert sh(folder, f"{SITEGEN} {command} {streams}").returncode == code
    assert digest(folder / "build") == before


@pytest.mark.parametrize(
    "environ",
    [
        {"LC_ALL": "C", "PYTHONUTF8": "0"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "POSIX"},
        {"LC_ALL": "en_US.ISO-8859-1", "PYTHONUTF8": "0"},
        {"LC_ALL": "tr_TR.UTF-8", "TZ": "Asia/Tokyo", "PYTHONHASHSEED": "7"},
        {"HOME": "", "PYTHONIOENCODING": "latin-1"},
    ],
)
def test_the_site_is_the_same_under_any_locale(folder: Path, environ: dict[str, str]) -> None:
    before = digest(folder / "build")
    made = sh(folder, f"{SITEGEN} {BUILD} --jobs 2 --json", **environ)
    assert made.returncode == 0, made.stderr
    assert json.loads(made.stdout)["pages"] == 3
    assert digest(folder / "build") == before


def test_a_module_of_the_current_folder_is_not_run_for_the_sake_of_a_locale(folder: Path) -> None:
    (folder / "sitegen.py").write_text("print('mine')\n")
    (folder / "json.py").write_text("print('mine')\n")
    script = Path(sys.executable).with_name("sitegen")
    made = sh(folder, f"{script} {BUILD} --json", LC_ALL="C", PYTHONUTF8="0")
    assert (made.returncode, "mine" in made.stdout) == (0, False), made.stderr


def test_names_that_are_no_utf8_are_told_in_json(folder: Path) -> None:
    (folder / "docs" / os.fsdecode(b"a\xe9.png")).write_bytes(b"png")
    said = json.loads(sh(folder, f"{SITEGEN} {BUILD} --json").stdout)
    assert [finding["code"] for finding in said["diagnostics"]] == ["file-left-out"]


def test_too_little_memory_or_too_few_files_end_in_one_line(folder: Path) -> None:
    """Whatever the limit, the build succeeds or names what it lacks."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    assert sh(folder, f"{SITEGEN} chunk docs -o docs.parquet").returncode == 0
    of_rows = "build docs.parquet -o rows --no-search --no-cache --clean"
    for limit, command in (
        *((f"-n {min(number, hard)}", BUILD) for number in (8, 12, 16, 24)),
        *(
            (f"-v {size}", of_rows)
            for size in (100_000, 150_000, 168_000, 172_000, 200_000, 300_000)
        ),
    ):
        made = sh(folder, f"ulimit {limit}; {SITEGEN} {command}")
        assert made.returncode in {0, 1, 4}, (limit, made.stderr)
        if made.returncode:
            assert made.stderr.startswith("error: "), made.stderr
            assert "damaged" not in made.stderr


def digest(folder: Path) -> str:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    data = b"".join(str(path).encode() + path.read_bytes() for path in files)
    return hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize(
    "command",
    [
        "check docs -o",
        "check docs --write-baseline",
        "diff docs/page.md docs/page.md --html",
        "toctree docs -o",
    ],
)
def test_a_file_that_a_result_does_not_fit_into_is_named(folder: Path, command: str) -> None:
    (folder / "docs").mkdir(exist_ok=True)
    (folder / "docs/page.md").write_text("# Page\n")
    full = sh(folder, f"{SITEGEN} {command} /dev/full")
    wanted = "error: /dev/full: cannot be written: No space left on device - write it elsewhere"
    assert (full.returncode, full.stderr.splitlines()[-1]) == (4, wanted)

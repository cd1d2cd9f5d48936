from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.cli.completion import SHELLS, TARGETS
from sitegen.publish import PUBLISHERS

Run = Callable[..., tuple[int, str, str]]


def completed(line: str, folder: Path) -> list[str]:
    """What the shell is told about the end of a line."""
    words = line.split(" ")
    environ = {
        **os.environ,
        "_SITEGEN_COMPLETE": "bash_complete",
        "COMP_WORDS": line,
        "COMP_CWORD": str(len(words) - 1),
    }
    code = "import sys; sys.argv[0] = 'sitegen'; from sitegen.cli import run; run()"
    command = [sys.executable, "-c", code]
    told = subprocess.run(
        command, cwd=folder, env=environ, capture_output=True, text=True, check=False
    )
    assert told.stderr == ""
    return told.stdout.split()


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("sitegen in", "plain,init"),
        ("sitegen build --str", "plain,--strict"),
        ("sitegen build do", "file,do"),
        ("sitegen serve ./do", "file,./do"),
        ("sitegen publish hf", "plain,hf://spaces/"),
        ("sitegen config --schema t", "plain,toctree"),
        ("sitegen build -o x", "file,x"),
    ],
)
def test_commands_options_files_and_targets_are_completed(
    line: str, wanted: str, tmp_path: Path
) -> None:
    assert wanted in completed(line, tmp_path)


def test_values_of_options_are_those_that_are_here(tmp_path: Path) -> None:
    assert "plain,github-pages" in completed("sitegen publish --host git", tmp_path)
    assert completed("sitegen init --from ", tmp_path) == ["plain,doc-builder"]
    (tmp_path / "mkdocs.yml").write_text("site_name: X\n")
    assert completed("sitegen init --from m", tmp_path) == ["plain,mkdocs.yml"]
    listed = "".join(
        f'[[versions]]\nname = "{name}"\ninput = "{name}"\n' for name in ("2.0", "1.0")
    )
    (tmp_path / "sitegen.toml").write_text(listed)
    assert completed("sitegen build --only ", tmp_path) == ["plain,2.0", "plain,1.0"]
    (tmp_path / "sitegen.toml").write_text("versions = 1\n")
    assert completed("sitegen build --only ", tmp_path) == []


@pytest.mark.parametrize("shell", SHELLS)
def test_the_printed_completion_is_a_script_of_its_shell(
    shell: str, run: Run, tmp_path: Path
) -> None:
    code, out, _ = run("completion", shell)
    assert (code, "_SITEGEN_COMPLETE" in out) == (0, True)
    (tmp_path / "script").write_text(out)
    if program := shutil.which(shell):
        subprocess.run([program, "-n", tmp_path / "script"], check=True)


def test_every_target_can_be_completed() -> None:
    assert {target.partition(":")[0] for target in TARGETS} == set(PUBLISHERS)

"""Memory that is let go of is the system's again."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

_CODE = """
import sys
from pathlib import Path
from sitegen import cli
from sitegen.limits.memory import give_back

def held():
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 >> 20

def work():
    give_back()
    del (large := [bytes(30 << 20)])[0]  # by this glibc learns to keep as much
    before = held()
    values = [bytes([1]) * (1 << 20) for _ in range(100)]
    kept = values[::10]
    del values
    print(held() - before)
    sys.exit()

cli.main = work
cli.run() if sys.argv[1] == "command" else work()
"""


def megabytes_kept(by: str) -> int:
    """What a process has that made 100 MB and let go of 90, not in one piece."""
    command = [sys.executable, "-c", _CODE, by]
    return int(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries do as they do")
def test_what_a_large_build_lets_go_of_is_given_back_by_a_command_alone() -> None:
    assert megabytes_kept("command") < 20
    assert megabytes_kept("program") > 50


_SMALL = """
import sys
from pathlib import Path
from sitegen import cli
from sitegen.limits.memory import give_back_now

def held():
    return int(Path("/proc/self/statm").read_text("ascii").split()[1]) * 4096 >> 20

def work():
    before = held()
    values = [bytes([1]) * 20_000 for _ in range(5_000)]
    kept = values[::100]
    del values
    give_back_now()
    print(held() - before)
    sys.exit()

cli.main = work
cli.run() if sys.argv[1] == "command" else work()
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="other libraries do as they do")
def test_what_lies_between_the_rest_is_given_back_by_a_command_alone() -> None:
    command, program = (
        int(subprocess.check_output([sys.executable, "-c", _SMALL, by]))
        for by in ("command", "program")
    )
    assert command < 20
    assert program > 50

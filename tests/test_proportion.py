"""No step does more for an item because there are more items; its work is counted, not timed."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import FrameType
from typing import Any

import pytest

from benchmarks.proportion import STEPS, Step

pytestmark = pytest.mark.integration

SIZES = (400, 800)
MOST = 2.25  # times the work for twice as many; sorting takes a little more than proportion


def work(step: Step) -> int:
    """How many instructions of Python a step executes."""
    count = 0

    def trace(frame: FrameType, event: str, _: Any) -> Any:
        nonlocal count
        frame.f_trace_opcodes, frame.f_trace_lines = True, False
        count += event == "opcode"
        return trace

    sys.settrace(trace)
    try:
        step()
    finally:
        sys.settrace(None)
    return count


@pytest.mark.parametrize("name", STEPS)
def test_twice_as_many_items_are_twice_the_work(name: str) -> None:
    # In a process of its own: what a suite has traced or interrupted before may not be counted.
    command = [sys.executable, "-m", "tests.test_proportion", name]
    root = Path(__file__).parents[1]
    told = subprocess.run(command, cwd=root, capture_output=True, text=True, check=True).stdout
    few, many = map(int, told.split())
    assert many / few < MOST


def main(name: str) -> None:
    """Print the work of a step for each size."""
    # What is loaded or remembered by the first call is not the work of an item; and from Python
    # 3.12 on, instructions are told of only where code was traced before.
    work(STEPS[name](10))
    print(*(work(STEPS[name](size)) for size in SIZES))


if __name__ == "__main__":
    main(sys.argv[1])

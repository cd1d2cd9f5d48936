"""Measure builds into an empty folder: wall time, processor time, peak memory.

Seconds differ between machines and hours; with ``--against`` two commands run in turn, and the
ratio within each pair is what can be relied on. Standard library only.
"""

from __future__ import annotations

import argparse
import cProfile
import io
import os
import pstats
import shlex
import subprocess
import sys
import tarfile
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median

CHECKOUT = Path(__file__).resolve().parents[1]
_RSS_UNIT = 1 if sys.platform == "darwin" else 1024  # what getrusage(2) counts memory in
_REVISION = "git:"


@dataclass(frozen=True, slots=True)
class Sample:
    """One build: seconds by the clock and on processors, and peak memory in bytes.

    Processor time is that of all processes of the build, memory that of the largest.
    """

    wall: float
    cpu: float
    peak: int


@dataclass(frozen=True, slots=True)
class Subject:
    """What is measured: a command with ``{dataset}`` and ``{output}``, and its environment."""

    name: str
    command: str
    environ: dict[str, str]

    def run(self, dataset: Path, output: Path) -> Sample:
        """Build once into an empty folder and measure; a build that fails ends the benchmark."""
        parts = shlex.split(self.command)
        command = [part.format(dataset=dataset, output=output) for part in parts]
        with tempfile.TemporaryFile() as log:
            start = time.perf_counter()
            process = subprocess.Popen(
                command, env=os.environ | self.environ, cwd=output.parent, stdout=log, stderr=log
            )
            _, status, usage = os.wait4(process.pid, 0)
            wall = time.perf_counter() - start
            process.returncode = os.waitstatus_to_exitcode(status)
            if process.returncode:
                log.seek(0)
                sys.exit(f"{self.name} failed:\n{log.read().decode(errors='replace')}")
        return Sample(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * _RSS_UNIT)


def sitegen_of(name: str, folder: Path) -> Subject:
    """Make a subject of the sitegen in a folder, run by the Python that runs this script."""
    command = f"{shlex.quote(sys.executable)} -m sitegen build {{dataset}} -o {{output}}"
    # The index of the text is another program's work, and revisions before it make none.
    environ = {"PYTHONPATH": str(folder), "SITEGEN_CACHE": "false", "SITEGEN_SEARCH": "false"}
    environ["PYTHONDONTWRITEBYTECODE"] = ""  # compiled once, as where it is installed
    return Subject(name, command, environ)


def subject_of(against: str, scratch: Path) -> Subject:
    """Make a subject of a command, or of ``git:REVISION`` unpacked into ``scratch``."""
    if not against.startswith(_REVISION):
        return Subject("other", against, {})
    revision = against.removeprefix(_REVISION)
    archive = subprocess.run(
        ["git", "archive", "--format=tar", revision], cwd=CHECKOUT, capture_output=True, check=False
    )
    if archive.returncode:
        sys.exit(archive.stderr.decode(errors="replace").strip())
    folder = scratch / "revision"
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as tar:
        tar.extractall(folder, filter="data")
    return sitegen_of(revision, folder)


def compare(subjects: Sequence[Subject], dataset: Path, runs: int, scratch: Path) -> None:
    """Run the subjects in turn, print medians and the ratios of the first to each other."""
    # Each build gets a folder of its own: ext4 passes over inodes that were freed in the last
    # minutes, and after thousands of files were deleted, every new one pays for the search.
    folders = map(scratch.joinpath, map("site-{}".format, count()))
    for subject in subjects:  # compiled files and the disk's cache are made before it counts
        subject.run(dataset, next(folders))
    rounds = [[each.run(dataset, next(folders)) for each in subjects] for _ in range(runs)]
    print(f"{dataset.name}, {runs} runs, medians (lowest)   wall s          cpu s         peak MB")
    for index, subject in enumerate(subjects):
        samples = [samples[index] for samples in rounds]
        columns = [
            f"{median(values):8.2f} ({min(values):.2f})"
            for values in (
                [sample.wall for sample in samples],
                [sample.cpu for sample in samples],
                [sample.peak / 1e6 for sample in samples],
            )
        ]
        print(f"{subject.name[:30]:30}{''.join(columns)}")
    for index, subject in enumerate(subjects[1:], start=1):
        wall = _ratio(rounds, index, lambda sample: sample.wall)
        cpu = _ratio(rounds, index, lambda sample: sample.cpu)
        print(f"{subjects[0].name} / {subject.name}: wall {wall:.3f}, cpu {cpu:.3f}")


def _ratio(rounds: list[list[Sample]], other: int, value: Callable[[Sample], float]) -> float:
    return median(value(samples[0]) / value(samples[other]) for samples in rounds)


def profile(dataset: Path, scratch: Path, count: int = 10) -> None:
    """Print the functions that a build in one process spends most time in, callees left out."""
    sys.path.insert(0, str(CHECKOUT))
    from sitegen.build import build  # noqa: PLC0415 - found only now
    from sitegen.config import Config  # noqa: PLC0415

    config = Config(input=(str(dataset),), output=scratch / "site", jobs=1, search=False)
    profiler = cProfile.Profile()
    profiler.runcall(build, config)
    pstats.Stats(profiler).strip_dirs().sort_stats("tottime").print_stats(count)


def main() -> None:
    """Parse the arguments and measure or profile."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--runs", type=int, default=5, help="builds that count [5]")
    parser.add_argument(
        "--against",
        metavar="CMD",
        action="append",
        default=[],
        help="a command with {dataset} and {output}, or git:REVISION; may be repeated",
    )
    parser.add_argument("--profile", action="store_true", help="list the ten costliest functions")
    arguments = parser.parse_args()
    dataset = arguments.dataset.resolve()
    with tempfile.TemporaryDirectory(prefix="sitegen-benchmark-") as folder:
        scratch = Path(folder)
        if arguments.profile:
            profile(dataset, scratch)
            return
        others = [subject_of(against, scratch) for against in arguments.against]
        compare([sitegen_of("sitegen", CHECKOUT), *others], dataset, arguments.runs, scratch)


if __name__ == "__main__":
    main()

"""The file of the store: what it keeps, and that nothing about it can hurt a build."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import textwrap
from collections.abc import Iterable, Mapping
from contextlib import closing
from pathlib import Path

import pytest

from sitegen.store.sqlite import Disk


def put(file: Path, values: Mapping[str, bytes]) -> None:
    with closing(Disk(file)) as disk:
        disk.put(values)


def got(file: Path, keys: Iterable[str]) -> dict[str, bytes]:
    with closing(Disk(file)) as disk:
        return disk.get(keys)


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / ".sitegen" / "store.sqlite"


def test_a_value_outlives_the_process(file: Path) -> None:
    put(file, {"k": b"v"})
    assert got(file, ["k", "other"]) == {"k": b"v"}
    with closing(Disk(file)) as disk:
        assert disk.holds(["k", "other"]) == {"k"}


@pytest.mark.parametrize(
    "damage",
    [
        lambda file: file.write_bytes(b"not a database at all" * 100),
        lambda file: file.write_bytes(file.read_bytes()[:5000]),
        lambda file: file.write_bytes(file.read_bytes().replace(b"TABLE entries", b"\xf9" * 13)),
        lambda file: file.write_bytes(b""),
        lambda file: (file.unlink(), file.mkdir()),
        lambda file: (file.unlink(), file.symlink_to("/dev/null")),
    ],
    ids=["other bytes", "cut", "other schema", "empty", "a folder", "a link"],
)
def test_a_broken_file_is_a_miss_and_never_an_error(file: Path, damage: object) -> None:
    put(file, {f"k{n}": b"x" * 5000 for n in range(20)})
    damage(file)  # type: ignore[operator]
    for _ in range(2):
        disk = Disk(file)
        disk.get(["k1"])
        disk.put({"k1": b"v"})
        assert disk.get(["k1"]) in ({"k1": b"v"}, {})
        disk.close()


def test_a_damaged_file_is_made_anew(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"not a database at all" * 100)
    put(file, {"k": b"v"})
    put(file, {"k": b"v"})
    assert got(file, ["k"]) == {"k": b"v"}


@pytest.mark.parametrize(
    "change", ["value = X'00'", "value = substr(value, 2)", "crc = crc + 1", "value = 7"]
)
def test_a_broken_entry_is_a_miss(file: Path, change: str) -> None:
    put(file, {"k": b"value", "other": b"value"})
    with closing(sqlite3.connect(file)) as base, base:
        base.execute(f"UPDATE entries SET {change} WHERE key = 'k'")  # noqa: S608
    assert got(file, ["k", "other"]) == {"other": b"value"}


def test_the_file_stays_within_its_limit_and_the_newest_stay(file: Path) -> None:
    for number in range(40):
        disk = Disk(file, limit=400_000)
        disk.put({f"k{number}": b"x" * 50_000})
        disk.close()
    assert file.stat().st_size < 500_000
    assert set(got(file, [f"k{n}" for n in range(40)])) >= {"k39", "k38"}
    assert not got(file, ["k0"])


def test_a_broken_entry_is_let_go_of_like_any(file: Path) -> None:
    put(file, {"k": b"v"})
    with closing(sqlite3.connect(file)) as base, base:
        base.execute("UPDATE entries SET value = NULL")
    with closing(Disk(file, limit=9_000)) as disk:
        disk.put({"other": b"x" * 20_000})
        assert disk.holds(["k"]) == set()


def test_processes_share_the_file(file: Path) -> None:
    program = textwrap.dedent(
        """
        import sys
        from pathlib import Path
        from sitegen.store.sqlite import Disk
        disk = Disk(Path(sys.argv[1]))
        for number in range(30):
            disk.put({f"{sys.argv[2]}-{number}": b"x" * 1000})
        """
    )
    running = [
        subprocess.Popen([sys.executable, "-c", program, str(file), str(n)]) for n in range(3)
    ]
    assert [process.wait() for process in running] == [0, 0, 0]
    keys = [f"{who}-{number}" for who in range(3) for number in range(30)]
    assert len(got(file, keys)) == 90


def test_the_state_folder_keeps_itself_out_of_version_control(file: Path) -> None:
    Disk(file).close()
    assert (file.parent / ".gitignore").read_text() == "*\n"


def test_a_build_that_began_without_a_file_looks_for_nothing_but_its_own(file: Path) -> None:
    put(file, {"k": b"v"})
    with closing(Disk(file, is_new=True)) as disk:
        disk.put({"own": b"v"})
        assert disk.get(["k", "own"]) == {"own": b"v"}
    assert got(file, ["k", "own"]) == {"k": b"v", "own": b"v"}


def test_what_a_build_has_asked_for_by_another_store_is_not_the_first_to_go(file: Path) -> None:
    put(file, {"asked for": b"x" * 50_000, "old": b"x" * 200_000})
    with closing(Disk(file)) as disk:
        assert disk.holds(["asked for"]) == {"asked for"}
        used = disk.used
    with closing(Disk(file, limit=400_000, used=used)) as disk:
        disk.put({f"new {number}": b"x" * 60_000 for number in range(3)})
    assert got(file, ["old", "asked for"]).keys() == {"asked for"}


def test_a_build_has_any_room_and_what_it_does_not_ask_for_goes_when_it_ends(file: Path) -> None:
    with closing(Disk(file, limit=1 << 40)) as disk:
        for build in range(3):
            names = [[f"{one} {n}" for n in range(20)] for one in range(build + 1)]
            disk.put(dict.fromkeys(names[-1], b"x" * 50_000))
            assert got(file, names[-1]).keys() == set(names[-1])
            disk.turn(1_600_000)
            assert got(file, names[-1]).keys() == set(names[-1])
            assert all(len(got(file, some)) < 20 for some in names[:-1])

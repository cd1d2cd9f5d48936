"""The shelf that holds what does not fit into memory."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.errors import WriteError
from sitegen.model import Certainty, Document, Restored, Section
from sitegen.model.runs import Bulk
from sitegen.store import shelf as module
from sitegen.store.packing import pack
from sitegen.store.shelf import Shelf, digest_of, runs_of


def document(number: int) -> Document:
    sections = (Section(0, "a", f"{number}_0", "d.parquet", number),)
    marks = (Restored(0, "title", Certainty.LIKELY),)
    return Document(f"p{number}", f"p{number}.md", f"Text {number} ü\n", sections, restored=marks)


DOCUMENTS = [document(number) for number in range(50)]


def shelf_of(folder: Path | None = None) -> Shelf[Document]:
    return Shelf.of(DOCUMENTS, lambda each: len(each.text), Document, folder)


@pytest.mark.parametrize("held", [1, 200, 1 << 20])
def test_values_come_back_in_order_and_by_number(
    held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HELD", held)
    shelf = shelf_of()
    assert len(shelf) == 50
    assert shelf[17] == DOCUMENTS[17]
    assert list(shelf) == list(shelf) == DOCUMENTS
    shelf.append(document(50), 1)
    assert shelf[50] == document(50)
    assert list(shelf.drain()) == [*DOCUMENTS, document(50)]


@pytest.mark.parametrize("held", [1, 1 << 20])
def test_values_are_given_in_another_order(held: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", held)
    shelf = shelf_of()
    shelf.in_order(range(49, -1, -1))
    assert shelf[0] == DOCUMENTS[49]
    shelf.in_order([0, 1, 49])
    assert list(shelf) == list(shelf.drain()) == [DOCUMENTS[49], DOCUMENTS[48], DOCUMENTS[0]]


def test_a_lone_surrogate_comes_back_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 0)
    shelf: Shelf[str] = Shelf.of(["a\ud800b"], len, str, None)
    assert shelf[0] == "a\ud800b"


def test_few_values_make_no_file(tmp_path: Path) -> None:
    shelf = shelf_of(tmp_path / "state")
    assert list(shelf) == DOCUMENTS
    assert not (tmp_path / "state").exists()


def test_nothing_is_left_of_a_shelf_even_after_a_kill(tmp_path: Path) -> None:
    script = f"""
import sys, time
from pathlib import Path
from sitegen.store import shelf
shelf.HELD = 0
one = shelf.Shelf(str, Path({str(tmp_path / "state")!r}))
for _ in range(30):
    one.append("x" * 100_000, 100_000)
assert one[29] == "x" * 100_000
print("ready", flush=True)
time.sleep(60)
"""
    process = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert [path.name for path in (tmp_path / "state").iterdir()] == [".gitignore"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")
def test_a_full_disk_is_said_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 0)
    full = Path("/dev/full").open("wb", buffering=0)  # noqa: SIM115 - the shelf closes it
    monkeypatch.setattr(module, "TemporaryFile", lambda **_: full)
    shelf: Shelf[str] = Shelf.of(["text"], len, str, None)
    with pytest.raises(WriteError, match="No space left") as caught:
        shelf[0]
    assert "TMPDIR" in caught.value.help


def test_a_value_more_or_less_changes_one_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 0)

    def runs(values: list[str]) -> set[tuple[str, ...]]:
        return set(map(tuple, runs_of(Shelf.of(values, len, str, None))))

    values = [f"page-{number}" for number in range(1_000)]
    usual = runs(values)
    assert len(usual) > 10
    for now in ([*values[:500], *values[501:]], [*values[:500], "another", *values[500:]]):
        assert len(runs(now) - usual) <= 2


def test_bytes_of_changed_values_are_theirs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "HELD", 0)
    values = Shelf.of(["a", "b"], len, str, None)
    before = values.packed(0)
    values.change(str.upper)
    assert (before, values.packed(0)) == (pack("a"), pack("A"))


def test_a_value_is_known_by_the_digest_of_its_bytes_or_by_what_came_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(module, "HELD", 0)
    values: Shelf[str] = Shelf(str)
    values.append("a", 1)
    values.append_packed(pack("b"), 1, "told")
    assert [values.known_by(number) for number in (0, 1)] == [digest_of(pack("a")), "told"]
    values.in_order([1, 0])
    assert values.known_by(0) == "told"
    values.change(str.upper)
    assert [values.known_by(number) for number in (0, 1)] == [
        digest_of(pack("B")),
        digest_of(pack("A")),
    ]


@pytest.mark.parametrize("held", [0, 1 << 20])
@pytest.mark.parametrize("is_here", [True, False])
def test_values_that_lie_elsewhere_are_fetched_once_and_only_if_one_is_asked_for(
    is_here: bool, held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "HELD", held)
    asked: list[str] = []

    def bulk(*words: str) -> Bulk:
        return Bulk(lambda: [asked.append(word) or pack(word) for word in words], is_here=is_here)

    values: Shelf[str] = Shelf.of(["first"], len, str, None)
    values.append_bulk(bulk("a", "b"), [(2, 1, "of a"), (2, 1, "of b")])
    values.append("c", 1)
    values.append_bulk(bulk("d"), [(2, 1, "")])
    values.append("e", 1)
    assert (len(values), values.size) == (7 - 1, 5 + 5)
    if held == 0:
        assert (values.known_by(1), values.length(2)) == ("of a", 2)
        assert asked == (["a", "b", "d"] if is_here else [])
    assert (values[2], values[1], values[5]) == ("b", "a", "e")
    assert list(values) == list(values) == ["first", "a", "b", "c", "d", "e"]
    assert asked == ["a", "b", "d"]

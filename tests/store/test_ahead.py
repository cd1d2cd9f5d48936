"""What is asked for in order is read from the disk in runs, and nothing else is read."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from sitegen.store.ahead import Ahead
from sitegen.store.sqlite import Disk

KEYS = [f"key {number}" for number in range(100)]


class Asked(Disk):
    """A disk that notes how many values each question asks for."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.questions: list[int] = []

    def get(self, keys: Iterable[str]) -> dict[str, bytes]:
        wanted = list(keys)
        self.questions.append(len(wanted))
        return super().get(wanted)


@pytest.fixture
def disk(tmp_path: Path) -> Iterable[Asked]:
    disk = Asked(tmp_path / "store")
    disk.put({key: key.encode() for key in KEYS})
    yield disk
    disk.close()


def test_values_asked_for_in_order_are_all_given_by_few_questions(disk: Asked) -> None:
    ahead = Ahead(disk, KEYS)
    for number, key in enumerate(KEYS):
        assert ahead.get(number, [key])[key] == key.encode()
    assert len(disk.questions) < 10


def test_values_asked_for_against_the_order_are_read_one_or_two_at_a_time(disk: Asked) -> None:
    ahead = Ahead(disk, KEYS)
    for number in reversed(range(100)):
        key = KEYS[number]
        assert ahead.get(number, [key])[key] == key.encode()
    assert max(disk.questions) <= 2


def test_a_run_is_not_read_again_for_one_of_its_values_that_was_skipped(disk: Asked) -> None:
    ahead = Ahead(disk, KEYS)
    for number in (0, 1, 2, 3, 4, 6):
        ahead.get(number, [KEYS[number]])
    before = len(disk.questions)
    assert ahead.get(5, [KEYS[5]])[KEYS[5]] == b"key 5"
    assert len(disk.questions) == before


def test_a_value_that_is_not_there_is_in_no_answer(disk: Asked) -> None:
    ahead = Ahead(disk, ["none", *KEYS])
    assert "none" not in ahead.get(0, ["none"])
    assert ahead.get(1, [KEYS[0]])[KEYS[0]] == b"key 0"

"""Room for calls: how deep a loop stands must not decide how long its calls take."""

from __future__ import annotations

import resource

import pytest

from sitegen.cli import with_room

CALLS, DEEPEST = 300, 400


def called(n: int) -> object:
    """What a loop calls; it takes more room than a step deeper, so that none is left out."""
    return [n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n, n]


def pages_taken(depth: int) -> int:
    """How many pages of memory a loop of calls takes so deep."""
    if depth:
        return pages_taken(depth - 1)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_minflt
    for number in range(CALLS):
        called(number)
    return resource.getrusage(resource.RUSAGE_SELF).ru_minflt - before


def test_no_call_takes_memory_of_its_own_however_deep_it_stands() -> None:
    found = list[int]()

    def work() -> None:
        found.append(max(map(pages_taken, range(DEEPEST))))

    with_room(work)
    assert found[0] < CALLS


def test_what_has_room_raises_as_it_would_without() -> None:
    def work() -> None:
        raise KeyError("inside")

    with pytest.raises(KeyError, match="inside"):
        with_room(work)

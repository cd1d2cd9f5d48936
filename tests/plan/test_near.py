"""Which page may be meant by one that is not there."""

from __future__ import annotations

import pytest

from sitegen.plan.near import NearPages
from tests.tempo import within


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("guide/strat", "did you mean 'guide/start'?"),
        ("gide/start", "did you mean 'guide/start'?"),
        ("indx", "did you mean 'index'?"),
        ("other/thing", ""),
    ],
)
def test_a_page_of_its_folder_or_of_its_name_may_be_meant(name: str, meant: str) -> None:
    assert NearPages(iter(["index", "guide/start", "guide/stop", "api/calls"])).to(name) == meant


def test_many_that_are_not_there_are_looked_for_in_many_pages_in_little_time() -> None:
    pages = NearPages(f"part-{number % 500}/page-{number}" for number in range(20_000))
    with within(3):
        for number in range(1_000):
            assert pages.to(f"part-{number}/page-{number}x") or number >= 500

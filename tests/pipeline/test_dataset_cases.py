"""The smallest cases of others' datasets: the pages that come back, to the letter."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path

import pytest

from sitegen.config import Config
from sitegen.pipeline.gather import gather
from sitegen.pipeline.planning import plan_gathered
from sitegen.store.recall import NOTHING_KEPT

TESTS = Path(__file__).parents[1]
CASES = TESTS.parents[1] / "shared" / "cases" / "datasets"
PAGES: Mapping[str, Mapping[str, str]] = json.loads(
    (TESTS / "golden" / "dataset-cases.json").read_text("utf-8")
)
"""The text of each page by its address, without blank lines, by the name of the case."""
ELSEWHERE = {"README.md", "21-other-dialects.jsonl", "25-lfs-pointer.parquet", "config-left-aside"}

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not beside this checkout")


def test_every_case_has_its_pages() -> None:
    assert {path.name for path in CASES.iterdir()} - ELSEWHERE <= PAGES.keys()


@pytest.mark.parametrize("name", PAGES)
def test_a_case_gives_its_pages(name: str) -> None:
    config = Config(input=(str(CASES / name),))
    planned = plan_gathered(config, gather(config), NOTHING_KEPT)
    texts = {head.id: planned.jobs.document(head.id).text for head in planned.jobs.heads}
    found = {
        page.permalink: re.sub(r"\n{2,}", "\n", texts[page.document.id].strip())
        for page in planned.plan.site.pages
    }
    assert found == PAGES[name]

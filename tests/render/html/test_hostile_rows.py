"""Each hostile row in one build with clean pages: it ends, and harms nothing but itself."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from sitegen.build import build
from sitegen.config import Config
from sitegen.errors import SitegenError
from tests.cases import cases, needs_shared
from tests.oracle import faults

pytestmark = pytest.mark.integration

CLEAN = [
    {"id": f"{page}_0", "source": f"docs/clean/{name}.md", "text": text, "source_section": ""}
    for page, (name, text) in enumerate(
        {
            "one": "# Clean one\n\nText with a [link](two.md) and $x_1$.\n",
            "two": "# Clean two\n\n<Tip>\n\nA tip.\n\n</Tip>\n\n```py\nprint(1)\n```\n",
        }.items(),
        900,
    )
]
CLEAN_IDS = {"clean-one", "clean-two"}
_ARTICLE = re.compile(r"<article.*?</article>", re.DOTALL)


def _build(folder: Path, rows: list[dict[str, Any]]) -> Path:
    folder.mkdir(exist_ok=True)
    data = folder / "docs.jsonl"
    data.write_text("".join(json.dumps(row) + "\n" for row in rows), "utf-8")
    build(Config(input=(str(data),), output=folder / "site", jobs=1, search="headings"))
    return folder / "site"


def _articles(site: Path) -> dict[str, str]:
    """Give the articles of the clean pages; what is around them names the other pages too."""
    pages = (page.read_text("utf-8") for page in sorted(site.rglob("index.html")))
    articles = [found[0] for page in pages if (found := _ARTICLE.search(page))]
    return {name: a for name in CLEAN_IDS for a in articles if f'id="{name}"' in a}


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    articles = _articles(_build(tmp_path_factory.mktemp("clean"), CLEAN))
    assert set(articles) == CLEAN_IDS
    return articles


@needs_shared
@pytest.mark.parametrize("case", cases("hostile_rows"), ids=lambda case: case["name"])
def test_a_hostile_row_harms_nothing_but_itself(
    case: dict[str, Any], clean: dict[str, str], tmp_path: Path
) -> None:
    canary = tmp_path / "canary.md"
    canary.write_text("here", "utf-8")
    rows = [row | {"id": f"{n}_0"} for n, row in enumerate(case.get("rows") or [case["row"]])]
    if case["name"] == "source/empty":  # no chunk at all: the input is refused, the row named
        with pytest.raises(SitegenError, match=r"row 0 of docs\.jsonl.*source is empty"):
            _build(tmp_path / "project", [*rows, *CLEAN])
    else:
        site = _build(tmp_path / "project", [*rows, *CLEAN])
        assert _articles(site) == clean
        for page in site.rglob("index.html"):
            article = _ARTICLE.search(page.read_text("utf-8"))
            if article and len(article[0]) < 500_000:
                assert faults(article[0]) == []
    assert canary.read_text("utf-8") == "here"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["canary.md", "project"]
    assert {path.name for path in (tmp_path / "project").iterdir()} <= {"docs.jsonl", "site"}

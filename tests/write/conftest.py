"""Output folders that do not exist yet, or hold a site."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.write.sites import OLD, build


@pytest.fixture
def out(tmp_path: Path) -> Iterator[Path]:
    """An output folder that does not exist yet; nothing may be left beside it."""
    folder = tmp_path / "work" / "build"
    yield folder
    assert [p.name for p in folder.parent.glob("*")] in ([], ["build"])
    assert not list(folder.glob(".sitegen-[!m]*"))


@pytest.fixture(params=["exchange", "per file"])
def old_site(out: Path, request: pytest.FixtureRequest) -> Path:
    """A site whose folder can be swapped as a whole, and one where a foreign file forbids it."""
    build(out, OLD)
    if request.param == "per file":
        (out / "CNAME").write_text("theirs")
    return out

"""x"""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config import Config
from tests.pipeline.of_versions import PAGES, configured, write


@pytest.fixture
def three(tmp_path: Path) -> Config:
    write(tmp_path, PAGES)
    return configured(tmp_path, "3.0", "2.0", "1.0")

"""A store for the tests of reading, which tells how much was made of rows anew."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from sitegen.read.rows import Rows
from sitegen.store.recall import Store


class Kept(Store):
    """A store that counts the runs of rows that it keeps."""

    def __init__(self, file: Path) -> None:
        super().__init__(file)
        self.made = 0

    def keep(self, values: Mapping[str, object], *, on_disk: bool = True) -> None:
        self.made += sum(isinstance(value, Rows) for value in values.values())
        super().keep(values, on_disk=on_disk)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Kept]:
    with Kept(tmp_path / "store") as kept:
        yield kept

"""Inventories: what one site writes another one reads."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.errors import ConfigError
from sitegen.model.inventory import read_inventory, write_inventory
from tests.examples import examples

ENTRIES = [
    ("api", "std:doc", "api/", "The API"),
    ("lib.X", "py:class", "api/#lib.X", ""),
    ("lib.X.run", "py:method", "api/#lib.X.run", ""),
]


def read(path: Path, data: bytes, base_url: str = "https://x.example/docs") -> list[str]:
    path.write_bytes(data)
    return [f"{o.name} {o.kind} {o.url}" for o in read_inventory(path, base_url)]


def test_objects_come_back_with_their_addresses(tmp_path: Path) -> None:
    assert read(tmp_path / "objects.inv", write_inventory("Lib", ENTRIES)) == [
        "lib.X class https://x.example/docs/api/#lib.X",
        "lib.X.run method https://x.example/docs/api/#lib.X.run",
    ]


def test_the_bytes_are_those_of_sphinx() -> None:
    data = write_inventory("My\nLib", ENTRIES)
    head, _, body = data.partition(b"zlib.\n")
    assert head.startswith(b"# Sphinx inventory version 2\n# Project: My Lib\n# Version: \n")
    assert zlib.decompress(body).decode().splitlines() == [
        "api std:doc -1 api/ The API",
        "lib.X py:class 1 api/#$ -",
        "lib.X.run py:method 1 api/#$ -",
    ]


@pytest.mark.integration
@examples(25)
@given(st.lists(st.from_regex(r"[A-Za-z_]{1,8}(\.[A-Za-z_]{1,8}){0,3}", fullmatch=True)))
def test_every_object_written_is_read(
    tmp_path_factory: pytest.TempPathFactory, names: list[str]
) -> None:
    entries = [(name, "py:function", f"a/#{name}", "") for name in names]
    path = tmp_path_factory.mktemp("inventory") / "objects.inv"
    path.write_bytes(write_inventory("Lib", entries))
    assert {o.name: o.url for o in read_inventory(path, "https://x.example/")} == {
        name: f"https://x.example/a/#{name}" for name in names
    }


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# Sphinx inventory version 1\n",
        write_inventory("Lib", ENTRIES)[:-9] + b"xxxxxxxxx",
        write_inventory("Lib", ENTRIES).partition(b"zlib.\n")[0] + b"zlib.\nnot zlib",
    ],
)
def test_what_is_no_inventory_is_refused_by_name(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ConfigError, match=r"objects\.inv"):
        read(tmp_path / "objects.inv", data)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        list(read_inventory(tmp_path / "none.inv", "https://x.example/"))

"""What the texts of a site told outlives the process, and nothing wrong with its file can hurt."""

from __future__ import annotations

import json
import sys
import zlib
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType

import msgspec
import pytest

import sitegen.restore.corpus as corpus_module
from sitegen.build import build
from sitegen.config import Config
from sitegen.feeds import provenance
from sitegen.pipeline.corpus_file import CorpusFile
from sitegen.plan import jobs, object_index, references
from sitegen.restore.corpus import Ahead


def config(folder: Path) -> Config:
    return Config(input=(str(folder / "rows.jsonl"),), output=folder / "out", cache=folder / "c")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path)
    return tmp_path


def write(folder: Path, edited: str = "") -> None:
    table = [
        {
            "text": edited if edited and n == 4 else f"Use a GPU, number {n}.",
            "source": f"docs/p{n}.md",
            "source_section": "#use-a-gpu",
            "id": f"{n}_0",
        }
        for n in range(9)
    ]
    text = "".join(json.dumps(row) + "\n" for row in table)
    (folder / "rows.jsonl").write_text(text, encoding="utf-8")


def test_the_next_build_restores_again_only_what_an_edit_concerns(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build(config(folder))
    kept = CorpusFile(config(folder), keep=True).corpus
    assert kept is not None
    assert {p.restored.id for p in kept.pages.values() if p.restored} == {f"p{n}" for n in range(9)}
    write(folder, "Quite another text.")
    made: list[str] = []
    real = corpus_module.restore_page
    monkeypatch.setattr(
        corpus_module, "restore_page", lambda d, *rest: made.append(d.id) or real(d, *rest)
    )
    monkeypatch.setattr(Ahead, "asking", lambda *_: set())
    scanned: list[str] = []
    scan = object_index._scan
    monkeypatch.setattr(
        object_index, "_scan", lambda d, *rest: scanned.append(d.id) or scan(d, *rest)
    )
    build(config(folder))
    assert made == scanned == ["p4"]


def test_what_was_made_of_a_text_is_made_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made: Counter[str] = Counter()

    def count(module: ModuleType, name: str) -> None:
        real = getattr(module, name)
        monkeypatch.setattr(module, name, lambda given: made.update([name]) or real(given))

    for module, name in ((jobs, "_digest"), (references, "mentions"), (provenance, "_digests")):
        count(module, name)
    build(config(folder))
    stages = set(made)
    assert len(stages) == 3

    def edit() -> None:
        write(folder, "Quite another text.")

    def add() -> None:  # then all headings are restored again, and are what they were
        row = {"text": "New.", "source": "docs/p9.md", "source_section": "#new", "id": "9_0"}
        with (folder / "rows.jsonl").open("a") as rows:
            rows.write(json.dumps(row) + "\n")

    def nothing() -> None:
        pass

    for change, pages in ((edit, 1), (nothing, 0), (add, 1), (nothing, 0)):
        change()
        made.clear()
        build(config(folder))
        assert made == Counter(dict.fromkeys(stages, pages)), change.__name__


@pytest.mark.parametrize("damage", ["empty", "rubbish", "cut", "deep", "short"])
def test_a_damaged_file_is_an_empty_corpus(folder: Path, damage: str) -> None:
    build(config(folder))
    (file,) = (folder / "c").glob("corpus-*.bin")
    whole = file.read_bytes()
    table = msgspec.msgpack.decode(whole[4:])
    table["chunks"]["p1"] = ["more", "than", "there", "are"]
    deep = b"\x81\xa1x" + b"\x91" * 100_000 + b"\xc0"
    damaged = {
        "empty": b"",
        "rubbish": b"\0\0\0\0rubbish",
        "cut": whole[: len(whole) // 2],
        "deep": zlib.crc32(deep).to_bytes(4) + deep,
        "short": (data := msgspec.msgpack.encode(table)) and zlib.crc32(data).to_bytes(4) + data,
    }
    file.write_bytes(damaged[damage])
    kept = CorpusFile(config(folder), keep=True).corpus
    assert kept is not None
    assert kept.pages == {}
    build(config(folder))
    assert file.read_bytes() == whole


def test_nothing_is_kept_without_a_cache_or_of_a_large_input(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert CorpusFile(replace(config(folder), cache=False), keep=True).corpus is None
    monkeypatch.setattr(sys.modules["sitegen.build"], "_SMALL", 10)
    build(config(folder))
    assert not list((folder / "c").glob("corpus-*"))

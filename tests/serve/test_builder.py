"""The builder of previews, without a server around it."""

from __future__ import annotations

import asyncio
import gc
import json
import sqlite3
from contextlib import closing
from pathlib import Path
from weakref import ref

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen import serve
from sitegen.config.file import load_config
from sitegen.serve import app, looks, making
from sitegen.serve import looks as module
from sitegen.serve.builder import Builder
from sitegen.serve.channel import Channel
from sitegen.store import shelf


def test_an_address_that_nothing_is_known_of_is_not_waited_for_until_all_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": f"Text {n}.", "source": f"docs/p{n}.md"} for n in range(18)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=2)
    for name, value in (("LARGE", 0), ("INDEXED", 0), ("FIRST_LOOK", 3)):
        monkeypatch.setattr(module, name, value)
    monkeypatch.setattr(app, "_DOUBT", 0.01)
    answers: list[tuple[bool, bool]] = []

    def announce(_number: str) -> None:
        if not answers:  # while the rest is being read
            answers.append((False, False))
            for path in ("p9/", "p99/"):
                state = asyncio.run(served._ready(path))
                assert state.preview is not None
                answers.append((state.preview.is_partial, state.preview.has(f"{path}index.html")))

    builder = Builder(
        lambda: load_config(
            flags={"input": ("rows.parquet",), "cache": False}, environ={}, cwd=tmp_path
        ),
        announce,
        lambda _: None,
    )
    served = app.App(builder, Channel(lambda: builder.state.number))
    builder.build("first build", lambda _: True)
    assert answers[1:] == [(True, True), (True, False)]


def test_an_input_that_goes_away_while_the_rest_is_rendered_is_shown_not_raised(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": "Text.", "source": "docs/p.md"}) + "\n")
    builder = Builder(
        lambda: load_config(
            flags={"input": ("rows.jsonl",), "cache": False}, environ={}, cwd=tmp_path
        ),
        lambda _: file.unlink(missing_ok=True),
        lambda _: None,
    )
    builder.build("first build", lambda _: True)
    assert "rows.jsonl" in builder.state.error
    assert builder.state.preview is not None


def test_a_fault_of_our_own_is_shown_and_ends_nothing(
    capsys: pytest.CaptureFixture[str],
) -> None:
    builder = Builder(lambda: None, lambda _: None, lambda _: None)  # type: ignore[arg-type]
    serve._build(builder, "edit", lambda _: True)
    assert "a fault of sitegen itself: AttributeError" in builder.state.error
    assert "Traceback" in capsys.readouterr().err


def test_a_preview_whose_texts_are_on_the_disk_shows_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def rows(word: str) -> str:
        texts = (f"# Page {n}\n\n{word if n == 3 else 'Text'} {n}." for n in range(9))
        lines = ({"text": text, "source": f"docs/p{n}.md"} for n, text in enumerate(texts))
        return "".join(json.dumps(line) + "\n" for line in lines)

    def files(after: str) -> dict[str, bytes]:
        """All files that a preview has once an edit has been shown."""
        file = tmp_path / "rows.jsonl"
        file.write_text(rows("Text"))
        builder = Builder(
            lambda: load_config(
                flags={"input": ("rows.jsonl",), "cache": False}, environ={}, cwd=tmp_path
            ),
            lambda _: None,
            lambda _: None,
        )
        builder.build("first build", lambda _: True)
        file.write_text(rows(after))
        builder.build("edit", lambda _: True)
        preview = builder.state.preview
        assert preview is not None
        names = [f"p{n}/index.html" for n in range(9)] + [f"p{n}.md" for n in range(9)]
        names += ["index.html", "llms.txt", "llms-full.txt", "chunk/0.json", "build.json"]
        found = {name: preview.get(name) for name in names}
        return {name: file.data for name, file in found.items() if file is not None}

    held = files("Changed")
    assert b"Changed 3." in held["p3/index.html"]
    assert b"Changed 3." in held["p3.md"]
    assert b"Changed 3." in held["llms-full.txt"]
    monkeypatch.setattr(making, "HELD", 0)
    monkeypatch.setattr(shelf, "HELD", 0)
    assert files("Changed") == held


def test_what_is_small_only_while_it_is_packed_is_not_held_in_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Words that say the same again and again. " * 2_000
    for name, count in (("packed", 9), ("small", 1)):
        rows = [{"text": f"{text} {n}", "source": f"docs/p{n}.md"} for n in range(count)]
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / f"{name}.parquet", compression="zstd")
    monkeypatch.setattr(looks, "INDEXED", 0)
    monkeypatch.setattr(making, "HELD", 2 * len(text))

    def is_held(name: str) -> bool:
        builder = Builder(
            lambda: load_config(flags={"input": (f"{name}.parquet",)}, environ={}, cwd=tmp_path),
            lambda _: None,
            lambda _: None,
        )
        builder.build("first build", lambda _: True)
        preview = builder.state.preview
        assert preview is not None
        return preview.store.in_memory

    assert (tmp_path / "packed.parquet").stat().st_size < making.HELD
    assert not is_held("packed")
    assert is_held("small")


@pytest.mark.parametrize("is_new", [True, False])
def test_a_preview_of_a_large_site_begins_again_without_a_store_that_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(making, "HELD", 0)
    file = tmp_path / "rows.parquet"

    def write(text: str) -> None:
        anchor = {"source_section": "#use-a-gpu"}
        texts = [f"Use the GPU, a Gpu {number}." for number in range(8)]
        rows = [
            {"text": text, "source": f"docs/p{number}.md", **anchor}
            for number, text in enumerate([*texts, text])
        ]
        pq.write_table(pa.Table.from_pylist(rows), file, row_group_size=3)

    def built() -> Builder:
        builder = Builder(
            lambda: load_config(flags={"input": (file.name,)}, environ={}, cwd=tmp_path),
            lambda _: None,
            lambda _: None,
        )
        builder.build("build", lambda _: True)
        return builder

    write("The GPU of Ann.")
    built()
    builder = built()  # what the texts say lies in the store
    for number in range(5):
        (store,) = (tmp_path / ".sitegen").glob("store*.sqlite")
        with closing(sqlite3.connect(store)) as base, base:
            base.execute("UPDATE entries SET value = x'00' WHERE rowid % 5 = ?", (number,))
        text = f"The GPU of Bob and {number} others."
        write(text)
        if is_new:
            builder = built()
        else:
            builder.build("edit", lambda _: True)
        assert not builder.state.error
        assert builder.state.preview is not None
        assert f"<p>{text}</p>" in builder.state.preview.body("p8").html


def test_a_preview_whose_files_were_only_touched_has_all_that_feeds_make(tmp_path: Path) -> None:
    (tmp_path / "rows.jsonl").write_text('{"text": "A text.", "source": "docs/p.md"}\n')
    flags = {"input": ("rows.jsonl",), "cache": False}
    builder = Builder(
        lambda: load_config(flags=flags, environ={}, cwd=tmp_path), lambda _: None, lambda _: None
    )
    for _ in range(2):
        builder.build("touched", lambda _: True)
    preview = builder.state.preview
    assert preview is not None
    assert all(map(preview.get, ("llms.txt", "build.json", "chunk/0.json")))


@pytest.mark.parametrize("has_looked", [False, True])
def test_a_preview_that_another_one_has_taken_the_place_of_is_gone_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_looked: bool
) -> None:
    monkeypatch.setattr(looks, "INDEXED", 0 if has_looked else 1 << 30)
    file = tmp_path / "rows.jsonl"
    flags = {"input": (file.name,), "cache": False, "search": "headings"}
    builder = Builder(
        lambda: load_config(flags=flags, environ={}, cwd=tmp_path), lambda _: None, lambda _: None
    )
    previews: list[ref[object]] = []
    gc.disable()
    try:
        for text in ("One.", "Two.", "Three."):
            file.write_text(json.dumps({"text": text, "source": "docs/p.md"}) + "\n")
            builder.build("edit", lambda _: True)
            builder.asked("p/index.html")
            assert builder.state.preview is not None
            assert builder.state.preview.get("p/index.html")
            previews.append(ref(builder.state.preview))
        assert [each() is not None for each in previews] == [False, False, True]
    finally:
        gc.enable()

"""The builder of previews, without a server around it."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen import serve
from sitegen.config.file import load_config
from sitegen.serve import app
from sitegen.serve import builder as builder_module
from sitegen.serve import looks as module
from sitegen.serve.builder import Builder
from sitegen.serve.channel import Channel
from sitegen.serve.preview import Preview
from sitegen.store import shelf


def test_the_first_look_has_the_page_that_a_request_waits_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": f"Text {n}.", "source": f"docs/p{n}.md"} for n in range(9)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(module, "FIRST_LOOK", 3)
    previews: list[Preview | None] = []
    builder = Builder(
        lambda: load_config(
            flags={"input": ("rows.jsonl",), "cache": False}, environ={}, cwd=tmp_path
        ),
        lambda _: previews.append(builder.state.preview),
        lambda _: None,
    )
    builder.waiting.update(["p7/", "favicon.ico"])
    builder.build("first build", lambda _: True)
    first, last = previews[0], previews[-1]
    assert first is not None
    assert last is not None
    assert first.is_partial
    shown = [n for n in range(9) if first.has(f"p{n}/index.html")]
    assert shown == [0, 1, 7]
    assert not last.is_partial
    assert all(last.has(f"p{n}/index.html") for n in range(9))


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.parquet"])
def test_a_page_is_shown_from_its_own_rows_while_the_rest_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    rows = [{"text": f"Text {n}.", "source": f"docs/p{n % 9}.md"} for n in range(18)]
    (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=2)
    monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(module, "FIRST_LOOK", 3)
    shown: list[list[str]] = []

    def announce(_number: str) -> None:
        preview = builder.state.preview
        assert preview is not None
        shown.append([page.permalink for page in preview.plan.site.pages])
        if len(shown) == 1:  # as if two browsers came now
            builder.waiting.update(["p7/", "p99/"])
            for path in ("p7/", "p99/", "p7/", "p99/"):
                builder.look_for(path)

    builder = Builder(
        lambda: load_config(flags={"input": (name,), "cache": False}, environ={}, cwd=tmp_path),
        announce,
        lambda _: None,
    )
    builder.build("first build", lambda _: True)
    some, all_pages = ["p0/", "p1/"], [f"p{n}/" for n in range(9)]
    assert shown[:3] == [some, [*some, "p7/"], [*some, "p7/"]]  # p99 was looked for once
    assert shown[3:] == [all_pages] * len(shown[3:])


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


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.parquet"])
def test_an_edited_page_of_a_large_site_is_shown_before_all_is_read_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def write(word: str) -> None:
        texts = ("# Page", f"{word} text.", "The end.")
        rows = [{"text": f"{t} {n}", "source": f"docs/p{n}.md"} for n in range(9) for t in texts]
        (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=2)

    monkeypatch.setattr(module, "INDEXED", 0)
    said: list[str] = []
    builder = Builder(
        lambda: load_config(flags={"input": (name,), "cache": False}, environ={}, cwd=tmp_path),
        lambda _: None,
        said.append,
    )

    def shown(page: int) -> str:
        preview = builder.state.preview
        assert preview is not None
        file = preview.get(f"p{page}/index.html")
        assert file is not None
        return file.data.decode()

    write("Old")
    builder.build("first build", lambda _: True)
    builder.asked("p7/index.html")
    write("New")
    builder.build("rows", lambda _: False)  # as if there were another edit at once
    assert "New text. 7" in shown(7)
    assert "Old text. 3" in shown(3)  # nobody looks at it
    assert "what is shown has changed" in said[-1]
    early = shown(7)
    builder.build("rows", lambda _: True)
    assert shown(7) == early
    assert "New text. 3" in shown(3)
    told = len(said)
    (tmp_path / name).touch()
    builder.build("rows", lambda _: False)  # nothing has changed
    assert not any("what is shown" in each for each in said[told:])
    (tmp_path / name).write_text("no rows")
    builder.build("rows", lambda _: False)
    assert sum("error" in each for each in said) == 1


def test_an_input_that_goes_away_while_the_rest_is_rendered_is_shown_not_raised(
    tmp_path: Path,
) -> None:
    file = tmp_path / "rows.jsonl"
    file.write_text(json.dumps({"text": "Text.", "source": "docs/p.md"}) + "\n")
    builder = Builder(
        lambda: load_config(
            flags={"input": ("rows.jsonl",), "cache": False}, environ={}, cwd=tmp_path
        ),
        lambda _: None,
        lambda _: None,
    )

    def gone(_seconds: float) -> bool:
        file.unlink(missing_ok=True)
        return True

    builder.build("first build", gone)
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
    monkeypatch.setattr(builder_module, "HELD", 0)
    monkeypatch.setattr(shelf, "HELD", 0)
    assert files("Changed") == held


@pytest.mark.parametrize("is_new", [True, False])
def test_a_preview_of_a_large_site_begins_again_without_a_store_that_is_damaged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_new: bool
) -> None:
    monkeypatch.setattr(shelf, "HELD", 0)
    monkeypatch.setattr(builder_module, "HELD", 0)
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

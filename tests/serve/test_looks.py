"""Pages of large inputs from their own rows, while all else is read or is as it was."""

from __future__ import annotations

import json
import threading
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.config.file import load_config
from sitegen.serve import builder as builder_module
from sitegen.serve import looks as module
from sitegen.serve import making
from sitegen.serve.builder import Builder
from sitegen.serve.preview import Preview


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


def test_what_reads_the_rest_rests_while_a_page_is_looked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"text": f"Text {n}.", "source": f"docs/p{n}.md"} for n in range(9)]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=2)
    monkeypatch.setattr(module, "LARGE", 0)
    monkeypatch.setattr(module, "INDEXED", 0)
    monkeypatch.setattr(module, "FIRST_LOOK", 3)
    looks, may_look, is_read = threading.Event(), threading.Event(), threading.Event()
    find, plan = builder_module.first_look, making.plan_gathered

    def slow_look(*given: Any) -> Any:
        if threading.current_thread() is looking:
            looks.set()
            assert may_look.wait(20)
        return find(*given)

    def read(*given: Any, **named: Any) -> Any:
        is_read.set()
        return plan(*given, **named)

    def announce(_number: str) -> None:
        if not looking.ident:  # the first pages are there, and a browser asks for another
            looking.start()
            assert looks.wait(20)

    monkeypatch.setattr(making, "plan_gathered", read)
    monkeypatch.setattr(builder_module, "first_look", slow_look)
    flags = {"input": ("rows.parquet",), "cache": False}
    builder = Builder(
        lambda: load_config(flags=flags, environ={}, cwd=tmp_path), announce, lambda _: None
    )
    builder.waiting.update(["p7/"])
    looking = threading.Thread(target=builder.look_for, args=("p8/",))
    building = threading.Thread(target=builder.build, args=("first build", lambda _: True))
    building.start()
    assert looks.wait(20)
    assert not is_read.wait(0.5)
    may_look.set()
    building.join(20)
    assert is_read.is_set()
    assert builder.state.preview is not None
    assert not builder.state.preview.is_partial
    looking.join(20)


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
    builder.build("rows", lambda seconds: not seconds)  # nothing has changed
    assert not any("what is shown" in each for each in said[told:])
    (tmp_path / name).write_text("no rows")
    builder.build("rows", lambda seconds: not seconds)
    assert sum("error" in each for each in said) == 1


@pytest.mark.parametrize("name", ["rows.jsonl", "rows.parquet"])
def test_an_edit_is_shown_while_all_is_still_being_read_and_when_that_ends(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    def write(word: str) -> None:
        rows = [
            {"text": f"{word if n == 7 else 'A'} text {n}.", "source": f"docs/p{n}.md"}
            for n in range(9)
        ]
        (tmp_path / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
        pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet", row_group_size=2)

    for given, value in (("LARGE", 0), ("INDEXED", 0), ("FIRST_LOOK", 3)):
        monkeypatch.setattr(module, given, value)
    held, is_read, plan = threading.Event(), threading.Event(), making.plan_gathered

    def slow(*given: Any, **named: Any) -> Any:
        is_read.set()  # the files, as they are now
        held.wait(60)
        return plan(*given, **named)

    monkeypatch.setattr(making, "plan_gathered", slow)
    shown: list[bytes] = []

    def announce(_number: str) -> None:
        preview = builder.state.preview
        assert preview is not None
        file = preview.get("p7/index.html")
        shown.append(b"" if file is None else file.data)

    builder = Builder(
        lambda: load_config(flags={"input": (name,), "cache": False}, environ={}, cwd=tmp_path),
        announce,
        lambda _: None,
    )
    builder.waiting.update(["p7/"])
    write("Old")
    builder.build("first build", lambda _: not is_read.is_set())
    assert b"Old text" in shown[-1]
    for word in ("New", "Newer"):
        write(word)
        builder.build("edit", lambda _: False)
        assert f"{word} text".encode() in shown[-1]
        assert builder.state.preview is not None
        assert builder.state.preview.is_partial
    held.set()
    builder.build("touched", lambda _: True)
    assert builder.state.preview is not None
    assert not builder.state.preview.is_partial
    first = next(number for number, html in enumerate(shown) if b"Newer text" in html)
    assert all(b"Newer text" in html for html in shown[first:])  # nor is it lost for a moment


def test_pages_opened_after_a_fault_are_shown_once_it_is_mended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "INDEXED", 0)
    file = tmp_path / "rows.jsonl"
    said: list[str] = []
    builder = Builder(
        lambda: load_config(
            flags={"input": (file.name,), "cache": False}, environ={}, cwd=tmp_path
        ),
        lambda _: None,
        said.append,
    )

    def write(word: str) -> None:
        rows = [{"text": f"The {word} text.", "source": f"docs/the-gpu-{n}.md"} for n in range(9)]
        file.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def shown(page: int) -> str:
        assert builder.state.preview is not None
        html = builder.state.preview.get(f"the-gpu-{page}/index.html")
        assert html is not None
        return html.data.decode()

    write("GPU")
    builder.build("first build", lambda _: True)
    builder.asked("the-gpu-7/index.html")
    write("old GPU")
    builder.build("edit", lambda _: False)
    before = shown(3)
    file.write_text("{")
    builder.build("fault", lambda _: True)
    assert builder.state.error
    builder.asked("the-gpu-3/index.html")  # of which nobody has seen what it asks of all texts
    write("new GPU")
    builder.build("mended", lambda _: False)
    assert "what is shown has changed" in said[-1]
    assert "The new GPU text" in shown(7)
    assert shown(3) == before
    builder.build("touched", lambda _: True)
    assert not builder.state.error
    assert "The new GPU text" in shown(3)
    assert "<h1" in shown(7)
    assert "The GPU 7" in shown(7)


def test_what_was_edited_and_edited_back_is_shown_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "INDEXED", 0)
    file = tmp_path / "rows.jsonl"
    builder = Builder(
        lambda: load_config(
            flags={"input": (file.name,), "cache": False}, environ={}, cwd=tmp_path
        ),
        lambda _: None,
        lambda _: None,
    )
    builder.asked("p/index.html")
    for word in ("Old", "New", "Old"):
        file.write_text(json.dumps({"text": f"{word} text.", "source": "docs/p.md"}) + "\n")
        builder.build("edit", lambda _: builder.state.preview is None)
        assert builder.state.preview is not None
        html = builder.state.preview.get("p/index.html")
        assert html is not None
        assert f"{word} text".encode() in html.data

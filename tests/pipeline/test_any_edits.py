"""For any sequence of edits, a build with the store is a clean build, byte by byte."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.config.file import load_config
from sitegen.serve.builder import Builder
from tests.clean_builds import assert_as_a_clean_build, config
from tests.examples import examples

pytestmark = pytest.mark.integration

SOURCES = ("docs/a.md", "docs/b.md", "docs/guide/c.md")
TEXTS = st.sampled_from(
    (
        "Use the GPU, a Gpu.",
        "The gpu is here. See [Use a GPU](b.md#use-a-gpu) and [c](guide/c.md).",
        "[[autodoc]] pkg.Thing",
        "Look at [`pkg.Thing`].\n\n```py\nprint(1)\n```",
        "# Own title\n\n## Use a GPU\n\nText.",
        "<a id='here'></a> [there](b#here) LineReader",
    )
)
EDIT = st.one_of(
    st.tuples(st.just("row"), st.sampled_from(SOURCES), TEXTS),
    st.tuples(st.just("no row"), st.sampled_from(SOURCES), st.just("")),
    st.tuples(st.just("page"), st.sampled_from(("x.md", "y.md")), TEXTS),
    st.tuples(st.just("no page"), st.just("x.md"), st.just("")),
    st.tuples(st.just("picture"), st.just("p.png"), st.sampled_from(("one", "two"))),
    st.tuples(st.just("toctree"), st.just(""), st.sampled_from(("a", "b"))),
    st.tuples(st.just("template"), st.just(""), st.sampled_from(("one", "two"))),
    st.tuples(
        st.just("settings"),
        st.just(""),
        st.sampled_from(
            ("", 'title = "T"\n', "[feeds]\nmarkdown = false\n", "[restore]\nheadings = false\n")
        ),
    ),
)
_TEMPLATE = '{% extends "sitegen/page.html" %}{% block article %}{{ body }}WORD{% endblock %}'


class Project:
    """A dataset, a folder of pages, a toctree, a template and settings, edited one by one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.rows = {source: ["Text.", "More of the GPU."] for source in SOURCES}
        for name in ("pages", "templates"):
            (folder / name).mkdir()
        (folder / "pages" / "start.md").write_text("# Start\n\n[x](x.md) ![p](p.png)\n")
        self.edit("settings", "", "")
        self.edit("toctree", "", "a")
        self.save()

    def save(self) -> None:
        rows = [
            {"text": text, "source": source, "source_section": "#use-a-gpu", "id": f"{page}_{part}"}
            for page, (source, texts) in enumerate(self.rows.items())
            for part, text in enumerate(texts)
        ]
        (self.folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))

    def edit(self, kind: str, name: str, text: str) -> None:
        pages = self.folder / "pages"
        if kind == "row":
            self.rows.setdefault(name, []).append(text)
        elif kind == "no row" and len(self.rows) > 1:
            self.rows.pop(name, None)
        elif kind in {"page", "picture"}:
            (pages / name).write_text(text)
        elif kind == "no page":
            (pages / name).unlink(missing_ok=True)
        elif kind == "toctree":
            (self.folder / "toctree.yml").write_text(f"- local: pages/start\n  title: {text}\n")
        elif kind == "template":
            template = _TEMPLATE.replace("WORD", text)
            (self.folder / "templates" / "page.html").write_text(template)
        elif kind == "settings":
            (self.folder / "sitegen.toml").write_text(
                f'input = ["rows.jsonl", "pages"]\ntoctree = "toctree.yml"\n{text}\n'
                '[theme]\ntemplates = "templates"\n'
            )
        self.save()


def following(edits: list[tuple[str, str, str]], after_each: Callable[[Path], None]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        project = Project(folder)
        after_each(folder)
        for edit in edits:
            project.edit(*edit)
            after_each(folder)


@examples(10)
@given(st.lists(EDIT, min_size=1, max_size=4))
def test_a_build_with_the_store_is_a_clean_build(edits: list[tuple[str, str, str]]) -> None:
    following(edits, assert_as_a_clean_build)


@examples(6)
@given(st.lists(EDIT, min_size=1, max_size=4))
def test_a_preview_answers_as_a_new_one_does(edits: list[tuple[str, str, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        project = Project(folder)

        def builder() -> Builder:
            one = Builder(lambda: config(folder, cache=False), lambda _: None, lambda _: None)
            one.build("build", lambda _: True)
            return one

        living = builder()
        for edit in edits:
            project.edit(*edit)
            living.build("edit", lambda _: True)
            assert answers(living) == answers(builder())


def answers(builder: Builder) -> dict[str, bytes | str]:
    """All pages of the newest preview, and the error that is shown over them."""
    state = builder.state
    if state.preview is None or state.error:
        return {"error": state.error}
    names = [*state.preview._pages, *state.preview._others, *state.preview._static]
    return {name: file.data for name in names if (file := state.preview.get(name))}


def test_settings_are_those_of_the_folder(tmp_path: Path) -> None:
    Project(tmp_path)
    assert load_config(environ={}, cwd=tmp_path).input == (
        str(tmp_path / "rows.jsonl"),
        str(tmp_path / "pages"),
    )

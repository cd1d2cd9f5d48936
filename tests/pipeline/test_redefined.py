"""What is defined otherwise is found by the names that documents use, and by nothing else."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.build import build
from sitegen.pipeline import lots
from tests.clean_builds import assert_as_a_clean_build, config
from tests.examples import examples
from tests.pipeline.test_lots import small_lots

PAGES = 12
TEXTS = (
    "[[autodoc]] pkg.Thing\n    - run\n    - stop",
    "[[autodoc]] pkg.other.Thing\n    - run",
    "[[autodoc]] pkg.run",
    "Look at [`Thing`], [`Thing.run`], [`~pkg.Thing.stop`] and [`pkg.other.Thing.go`].",
    "Look at [`run`], [`stop()`], [`other.Thing`] and [`Thing#size`].",
    "(place)=\n## A place\n\nText.",
    "(place)=\n## Another place\n\nText.",
    "See {ref}`place`, [](#place) and [text](#place).",
    "See [[Title one]], [[p3]] and [[guide/p4|that]].",
    "See [](p2.md), [](guide/p4.md) and [](../p1.md).",
    "<a id='mine'></a> Text, see [there](p1.md#mine) and [here](guide/p2.md#mine).",
    "# Title one\n\nText.",
    "# Title *two*\n\nText.",
    "Plain text.",
)
EDIT = st.tuples(st.integers(0, PAGES - 1), st.integers(0, 1), st.sampled_from(TEXTS))


def name(page: int) -> str:
    return f"docs/{'guide/' if page % 2 else ''}p{page}.md"


class Texts:
    """The rows of some pages, two of each."""

    def __init__(self, folder: Path, texts: tuple[str, ...] = ("Text.", "More.")) -> None:
        self.file = folder / "rows.jsonl"
        self.rows = {name(page): list(texts) for page in range(PAGES)}
        self.save()

    def edit(self, page: int, part: int, text: str) -> None:
        self.rows[name(page)][part] = text
        self.save()

    def save(self) -> None:
        rows = (
            {"text": text, "source": source, "id": f"{source}_{part}"}
            for source, texts in self.rows.items()
            for part, text in enumerate(texts)
        )
        self.file.write_text("".join(f"{json.dumps(row)}\n" for row in rows))


@pytest.mark.integration
@examples(12)
@given(st.lists(EDIT, min_size=6, max_size=14), st.lists(EDIT, min_size=1, max_size=5))
def test_after_any_definition_has_changed_a_build_is_a_clean_build(
    before: list[tuple[int, int, str]], edits: list[tuple[int, int, str]]
) -> None:
    with small_lots(), TemporaryDirectory() as at:
        folder = Path(at)
        texts = Texts(folder)
        for edit in before:
            texts.edit(*edit)
        assert_as_a_clean_build(folder, input=("rows.jsonl",))
        for edit in edits:
            texts.edit(*edit)
            assert_as_a_clean_build(folder, input=("rows.jsonl",))


NAMED = [
    ("[[autodoc]] pkg.Thing", "[[autodoc]] pkg.Other", "See [`Thing`]."),
    ("[[autodoc]] pkg.Thing", "[[autodoc]] pkg.more.Thing", "See [`Thing`]."),
    ("[[autodoc]] pkg.Thing", "Nothing.", "See [`Thing.run`], and [`~pkg.Thing.stop`]."),
    ("[[autodoc]] pkg.Thing", "[[autodoc]] pkg.Thing\n    - run", "See [`Thing.run`]."),
    ("(place)=\n## A place", "(place)=\n## Another place", "See {ref}`place`."),
    ("(place)=\n## A place", "(other)=\n## A place", "See {ref}`place` and {ref}`other`."),
    ("# One", "# Two", "See [[One]] and [[Two]]."),
    ("# One", "# Two", "See [](../p0.md)."),
    ("<a id='mine'></a> Text.", "<a id='yours'></a> Text.", "See [it](../p0.md#mine)."),
]


@pytest.mark.integration
@pytest.mark.parametrize(("before", "after", "named"), NAMED)
def test_who_names_what_is_defined_otherwise_shows_it(
    before: str, after: str, named: str, tmp_path: Path
) -> None:
    texts = Texts(tmp_path)
    texts.edit(PAGES - 1, 1, named)
    page = tmp_path / "out/guide/p11/index.html"
    with small_lots():
        shown = []
        for text in (before, after, before):
            texts.edit(0, 0, text)
            assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
            shown.append(page.read_text())
    assert shown[0] != shown[1]
    assert shown[0] == shown[2]


@pytest.mark.integration
@pytest.mark.parametrize("settings", ["", "[restore]\nheadings = false\n"])
@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("[[autodoc]] pkg.Thing\n    - start", 2, 3),  # its own lot, and that which names it
        ("[[autodoc]] pkg.Foreign", 1, 2),
    ],
)
def test_lots_are_made_again_that_name_what_is_defined_otherwise(
    text: str, least: int, most: int, settings: str, tmp_path: Path
) -> None:
    made: list[int] = []
    real = lots._lot
    (tmp_path / "sitegen.toml").write_text(settings)
    texts = Texts(tmp_path)
    texts.edit(0, 1, "[[autodoc]] pkg.Thing\n    - run")
    texts.edit(PAGES - 1, 1, "See [`Thing.start`] of [`pkg.Thing`].")
    with small_lots() as patch:
        patch.setattr(lots, "_lot", lambda *given: made.append(1) or real(*given))
        build(config(tmp_path, input=("rows.jsonl",)))
        assert len(made) > most
        made.clear()
        texts.edit(0, 1, text)
        build(config(tmp_path, input=("rows.jsonl",)))
    assert least <= len(made) <= most

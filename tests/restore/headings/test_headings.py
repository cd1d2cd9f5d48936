"""Headings that chunking took from a dataset are given back."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.assemble import assemble
from sitegen.config import RestoreConfig
from sitegen.model import Certainty, Chunk
from sitegen.read.inputs import read
from sitegen.restore import restore_whitespace
from sitegen.scan import headings
from tests.restore.headings.restored import certainties, chunks_of, headings_of, restored
from tests.restoring import restore_headings

SHARED = Path(__file__).parents[3].parent / "shared"


def test_a_documented_object_gives_its_heading_letter_for_letter():
    pages = {"a.md": "# Intro\n\nHi.\n\n## TFTinyModel\n\n[[autodoc]] lib.models.TFTinyModel\n"}
    document = restored(pages)["a"]
    assert headings_of(document)[1] == "## TFTinyModel"
    assert certainties(document) == [Certainty.CERTAIN]


def test_a_link_that_says_the_whole_heading_gives_it_with_certainty():
    pages = {
        "a.md": "# Intro\n\nSee [What's a `Dataset`?](b#whats-a-dataset).\n",
        "b.md": "# Data\n\nText.\n\n## What's a Dataset?\n\nA table.\n",
    }
    document = restored(pages)["b"]
    assert headings_of(document) == ["# Data", "## What's a `Dataset`?"]
    assert certainties(document) == [Certainty.CERTAIN]


def test_the_terms_of_a_glossary_stay_as_sentences_write_them():
    terms = ["acorn", "birch", "cedar", "elm", "fir", "hazel", "larch", "maple", "oak", "pine"]
    body = "".join(f"## {term}\n\nA tree.\n\n" for term in terms)
    links = " ".join(f"an [{term}](trees#{term})" for term in terms[:4])
    pages = {"a.md": f"# Intro\n\nPlant {links}.\n", "trees.md": f"# Trees\n\nText.\n\n{body}"}
    assert headings_of(restored(pages)["trees"]) == ["# Trees", *(f"## {t}" for t in terms)]


def test_a_heading_column_is_taken_as_it_is():
    headings = (("Odd *one* of `C++`!", 0),)
    chunk = Chunk("a.md", "Text.", "d.csv", 0, "odd-one", "", "0_1", headings)
    first = Chunk("a.md", "Text.", "d.csv", 1, "a", "", "0_0")
    document = restored({}, chunks=[first, chunk])["a"]
    assert headings_of(document)[1] == r"## Odd \*one\* of `C++`!"
    assert certainties(document) == [Certainty.CERTAIN]


def test_texts_that_keep_their_headings_get_no_second_ones():
    chunks = [
        Chunk("a.md", "# Top\n\nText.", "d.csv", 0, "top", "", "0_0"),
        Chunk("a.md", "## Below\n\nText.", "d.csv", 1, "below", "", "0_1"),
    ]
    document = restored({}, chunks=chunks)["a"]
    assert headings_of(document) == ["# Top", "## Below"]
    assert document.restored == ()


def test_an_anchor_without_any_letter_is_shown_as_it_is():
    chunks = [Chunk("a.md", "Text.", "d", n, a, "", f"0_{n}") for n, a in enumerate(["a", "--"])]
    assert headings_of(restored({}, chunks=chunks)["a"]) == ["# A", "## --"]


@pytest.mark.parametrize(
    "anchor", ["a-" * 5000 + "a", "-" * 5000, "https" * 5000, "1-" + "9" * 5000 + "-x", "x" * 50000]
)
def test_anchors_of_any_length_are_taken(anchor):
    rows = [Chunk("a.md", "x", "d", n, a, "", f"0_{n}") for n, a in enumerate(["t", anchor])]
    assert len(headings_of(restored({}, chunks=rows)["a"])) == 2


def test_switched_off_every_anchor_has_the_plain_words_of_its_anchor():
    pages = {"a_b.md": "# Intro\n\nA GPU is a GPU.\n\n## Use a GPU\n\nText.\n"}
    document = restored(pages, headings=False)["a_b"]
    assert headings_of(document) == ["# A b", "## Intro", "## Use a gpu"]
    assert set(certainties(document)) == {Certainty.GUESSED}


def test_the_order_of_the_rows_changes_nothing():
    pages = {f"{n}.md": f"# T{n}\n\nUse GPU {n}.\n\n## Use a GPU\n\nx\n" for n in range(4)}
    chunks = list(chunks_of(pages))
    assert restored({}, chunks=chunks) == restored({}, chunks=chunks[::-1])


def test_a_class_behind_a_label_follows_a_colon():
    pages = {"a.md": "# A\n\nCall LineReader, a LineReader.\n\n## Usage: LineReader\n\nx\n"}
    assert "## Usage: LineReader" in headings_of(restored(pages)["a"])


_SEEDED = """
import sys
from pathlib import Path
from sitegen.assemble import assemble
from sitegen.config import RestoreConfig
from sitegen.model import Chunk
from sitegen.read.inputs import read
from tests.restoring import restore_headings
rows = [Chunk(f"{n}.md", f"Use Gpu or GPU {n}, a zero-shot zero shot.", "d", n, a, "", f"{n}_{i}")
        for n in range(5) for i, a in enumerate(["use-a-gpu", "a-zero-shot", "x--y"])]
print([d.text for d in restore_headings(assemble(rows, []).documents, {}, RestoreConfig())])
"""


@pytest.mark.integration
def test_the_hash_seed_changes_nothing():
    outputs = {
        subprocess.run(
            [sys.executable, "-c", _SEEDED],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[3],
            check=True,
            capture_output=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(outputs) == 1


def _plain(text):
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)|<[^>]+>", r"\1", text)
    return " ".join(re.sub(r"`|\*\*|\\", "", text).split())


@pytest.mark.real
@pytest.mark.parametrize("name", ["transformers-docs", "transformers-docs-collapsed"])
def test_real_docs_get_their_headings_back(name):
    data = SHARED / "data" / f"{name}.parquet"
    if not data.exists():
        pytest.skip("the shared datasets are not here")
    truth = json.loads((SHARED / "data" / "transformers-docs-truth.json").read_text())
    documents = assemble(read([str(data)], {}, []), []).documents
    titled = {certainty: [0, 0] for certainty in Certainty}
    right = {certainty: [0, 0] for certainty in Certainty}
    exact = alike = level = titles = total = 0
    documents = list(restore_whitespace(documents, "auto"))
    for document in restore_headings(documents, {}, RestoreConfig()):
        page = truth[f"{document.id}.md"]
        lines = document.text.split("\n")
        sure = {r.line: r.certainty for r in document.restored if r.what != "level"}
        title = next(line for line in lines if line.startswith("# "))
        titles += _plain(title[2:]) == _plain(page["title"])
        for mark in (r for r in document.restored if r.what == "title"):
            titled[mark.certainty][0] += _plain(title[2:]) == _plain(page["title"])
            titled[mark.certainty][1] += 1
        outline = [level for _, level, _ in headings(lines)]
        assert outline.count(1) == 1
        assert all(below - above <= 1 for above, below in pairwise([0, *outline]))
        found = {}
        for section in document.sections:
            if section.anchor:
                found.setdefault(section.anchor, section.line)
        for section in {s["anchor"]: s for s in page["sections"][::-1] if s["anchor"]}.values():
            line = found[section["anchor"]]
            marks, _, text = lines[line].partition(" ")
            got, wanted = _plain(text), _plain(section["title"])
            total += 1
            exact += got == wanted
            alike += got.casefold() == wanted.casefold()
            level += len(marks) == section["level"]
            right[sure[line]][0] += got == wanted
            right[sure[line]][1] += 1
    assert exact / total >= 0.92
    assert alike / total >= 0.97
    assert level / total >= 0.85
    assert titles / len(truth) >= 0.80
    assert right[Certainty.CERTAIN][0] > 0.99 * right[Certainty.CERTAIN][1]
    assert right[Certainty.LIKELY][0] > 0.90 * right[Certainty.LIKELY][1]
    good, marked = titled[Certainty.LIKELY]
    assert good / marked >= 0.9

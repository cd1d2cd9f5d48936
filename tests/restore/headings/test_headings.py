import json
import os
import re
import subprocess
import sys
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from sitegen.assemble import assemble
from sitegen.chunk import split_sections
from sitegen.config import RestoreConfig
from sitegen.model import Certainty, Chunk
from sitegen.read.inputs import read
from sitegen.restore import restore_whitespace
from sitegen.restore.lexicon.glue import compose
from sitegen.scan import atx_headings, headings
from tests.restoring import restore_headings

SHARED = Path(__file__).parents[3].parent / "shared"
LOST = "<!-- a licence -->\n\n"


def chunks_of(pages):
    """Chunk whole pages as datasets are made: the heading lines are lost."""
    for number, (source, text) in enumerate(sorted(pages.items())):
        parts = [part for part in split_sections(text) if part.text]
        for index, (section, body, *_) in enumerate(parts):
            yield Chunk(
                source, body, "docs.parquet", index, (section or "#")[1:], "", f"{number}_{index}"
            )


OTHER = {"zz.md": "# Elsewhere\n\nMore.\n"}  # of one page alone nothing recurs


def restored(pages, titles=None, *, headings=True, chunks=None):
    """Restore pages, or rows, beside another page; give the documents by id."""
    rows = [*(chunks or chunks_of(pages)), *_renumbered(chunks_of(OTHER))]
    documents = assemble(rows, []).documents
    done = restore_headings(documents, titles or {}, RestoreConfig(headings=headings))
    return {document.id: document for document in done if document.id != "zz"}


def _renumbered(rows):
    return [replace(row, id=f"99_{row.id[-1]}") for row in rows]


def headings_of(document):
    return [f"{'#' * level} {text}" for _, level, text in atx_headings(document.text.split("\n"))]


def certainties(document, what="heading"):
    return [r.certainty for r in document.restored if r.what == what]


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


def test_words_are_cased_as_sentences_of_the_corpus_case_them():
    pages = {
        "a.md": "# Intro\n\nTrain on the GPU with PyTorch. A fast GPU helps, says PyTorch.\n",
        "b.md": "# Speed\n\nText.\n\n## Choose a GPU for PyTorch\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Choose a GPU for PyTorch"


def test_title_case_is_learnt_from_links_and_leaves_small_words_small():
    pages = {
        "a.md": "# Intro\n\nRead [Write the First Page](b#write-the-first-page), then\n"
        "[Move a Page to the Archive](b#move-a-page-to-the-archive). You set a theme for a page.\n",
        "b.md": "# Pages\n\nText.\n\n## Write the First Page\n\nx\n\n"
        "## Move a Page to the Archive\n\nx\n\n## Set a Theme for the Page\n\nx\n",
    }
    assert headings_of(restored(pages)["b"])[3] == "## Set a Theme for the Page"


def test_german_nouns_keep_their_capitals_and_other_words_stay_small():
    pages = {
        "a.md": "# Start\n\nWer einen Datensatz laden will, braucht die Bibliothek. Man kann den\n"
        "Datensatz mit der Bibliothek laden und teilen.\n",
        "b.md": "# Daten\n\nText.\n\n## Einen Datensatz mit der Bibliothek laden\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Einen Datensatz mit der Bibliothek laden"


def test_japanese_headings_come_back_with_their_latin_words_cased():
    pages = {
        "a.md": "# 概要\n\nここではPyTorchを使います。モデルはPyTorchで動きます。\n",
        "b.md": "# 学習\n\n本文。\n\n## PyTorchで学習する\n\n本文。\n\n## 次のステップ\n\n本文。\n",
    }
    assert headings_of(restored(pages)["b"])[1:] == ["## PyTorchで学習する", "## 次のステップ"]


def test_numbered_sections_get_their_numbers_and_their_depth_back():
    numbered = ("1. Prepare", "1.1 Install the tool", "1.2 Check the tool", "2. Run")
    marks = ("##", "###", "###", "##")
    body = "".join(f"{m} {t}\n\nText.\n\n" for m, t in zip(marks, numbered, strict=True))
    document = restored({"a.md": f"# Guide\n\nText.\n\n{body}"})["a"]
    assert headings_of(document)[1:] == [f"{m} {t}" for m, t in zip(marks, numbered, strict=True)]


def test_one_leading_number_alone_is_no_numbering():
    pages = {"a.md": "# Guide\n\nText.\n\n## 8 bits\n\nText.\n"}
    assert headings_of(restored(pages)["a"])[1] == "## 8 bits"


def test_steps_get_their_colon_back():
    body = "".join(f"## Step {n}: {t}\n\nText.\n\n" for n, t in ((1, "Build"), (2, "Ship")))
    document = restored({"a.md": f"# Guide\n\nText.\n\n{body}"})["a"]
    assert headings_of(document)[1:] == ["## Step 1: Build", "## Step 2: Ship"]


def test_words_that_texts_show_as_code_are_code_in_headings():
    pages = {
        "a.md": "# Intro\n\nCall `push_to_hub` or `__init__` now; `push_to_hub` uploads.\n",
        "b.md": "# Share\n\nText.\n\n## Use the `push_to_hub` method\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Use the `push_to_hub` method"


@pytest.mark.parametrize(
    "heading",
    [
        "How can I build an agent?",
        "What is a page?",
        "Is there a limit?",
        "Which page is best?",
        "How to build a page",
        "What it is not",
        "When pages move",
    ],
)
def test_questions_and_only_questions_end_in_a_question_mark(heading):
    document = restored({"a.md": f"# Guide\n\nText.\n\n## {heading}\n\nText.\n"})["a"]
    assert headings_of(document)[1] == f"## {heading}"


def test_a_sign_that_left_two_hyphens_is_filled_in_from_the_corpus():
    pages = {
        "a.md": "# Intro\n\nWe ship 🚀 Rocket today, and 🚀 Rocket flies.\n",
        "b.md": "# Run\n\nText.\n\n## Fly with 🚀 Rocket\n\nText.\n\n## Parts & tools\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1:] == ["## Fly with 🚀 Rocket", "## Parts & tools"]


def test_what_is_no_sign_of_headings_comes_not_between_their_words():
    pages = {
        "a.md": "# Intro\n\nRun tips \\ tricks when tips < 3 and 4 > tricks. Tips | tricks.\n",
        "b.md": "# Run\n\nMany tips — and one more.\n\n## Tips & tricks\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1:] == ["## Tips & tricks"]


def test_what_texts_join_words_by_joins_them_in_headings():
    pages = {
        "a.md": "# Intro\n\nUse data + model sharding, or read / write locks — read / write all.\n",
        "b.md": "# Run\n\nText.\n\n## Data + model\n\nText.\n\n## Read / write\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1:] == ["## Data + model", "## Read / write"]


def test_a_common_word_is_no_call_in_a_heading():
    pages = {
        "a.md": "# Intro\n\nThen run() is called; run() again and run() more. You run it.\n",
        "b.md": "# Tests\n\nText.\n\n## Run specific tests\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Run specific tests"


def test_a_name_between_tags_of_code_is_code_again():
    pages = {
        "a.md": "# Intro\n\nSet `processing_class` and `fp16=True`.\n",
        "b.md": "# Quiz\n\nText.\n\n## What is the <code>processing_class</code> parameter?\n\n"
        "Text.\n\n## <code>fp16=True</code> and <code>unheard</code>\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1:] == [
        "## What is the `processing_class` parameter?",
        "## `fp16=True` and `unheard`",
    ]


def test_an_acronym_behind_its_words_gets_brackets_and_they_their_capitals():
    pages = {"a.md": "# Guide\n\nText.\n\n## Using Slow Big Trains (SBT)\n\nAn SBT is slow.\n"}
    assert headings_of(restored(pages)["a"])[1] == "## Using Slow Big Trains (SBT)"


def test_compounds_keep_the_hyphen_that_texts_give_them():
    pages = {
        "a.md": "# Intro\n\nA zero-shot task needs no data; each zero-shot task is hard.\n",
        "b.md": "# Tasks\n\nText.\n\n## Solve a zero-shot task\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Solve a zero-shot task"


def test_a_name_that_no_text_holds_is_composed_of_the_parts_of_others():
    pages = {
        "a.md": "# Intro\n\nUse TFGrowModel, BertGrowModel or BertForSpeech at will.\n",
        "b.md": "# Other\n\nText.\n\n## TFBertModelForSpeech\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## TFBertModelForSpeech"


def test_a_word_longer_than_any_name_is_not_taken_apart():
    assert compose(
        ["bertmodel4" * 9, "1" * 5_000_000], {"Bert": 1, "Model": 1, "1": 1, "4": 1}
    ) == {"bertmodel4" * 9: "BertModel4" * 9}


def test_ordinary_words_are_not_taken_for_composed_names():
    pages = {
        "a.md": "# Intro\n\nUse TimeModel and LineModel at this time on a line.\n",
        "b.md": "# Other\n\nText.\n\n## Timeline\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Timeline"


def test_a_first_section_that_opens_many_pages_is_nobodys_title():
    pages = {
        f"models/{name}.md": f"{LOST}# X\n\n## Overview\n\nThe {form} model came. We like {form}.\n"
        for name, form in (("bert", "BERT"), ("deep_net", "DeepNet"), ("mt5", "mT5"))
    }
    documents = restored(pages)
    assert [headings_of(d) for d in documents.values()] == [
        ["# BERT", "## Overview"],
        ["# DeepNet", "## Overview"],
        ["# mT5", "## Overview"],
    ]
    assert [d.title for d in documents.values()] == ["BERT", "DeepNet", "mT5"]


def test_a_first_section_of_its_own_is_the_title():
    pages = {"perf.md": f"{LOST}# Fast training on one machine\n\nText.\n\n## Setup\n\nText.\n"}
    document = restored(pages)["perf"]
    assert headings_of(document) == ["# Fast training on one machine", "## Setup"]
    assert document.title == "Fast training on one machine"


def test_the_title_of_a_toctree_goes_before_any_guess():
    pages = {
        "a.md": f"{LOST}# X\n\n## Overview\n\nText.\n",
        "b.md": f"{LOST}# Slow Cars\n\nText.\n",
        "c.md": f"{LOST}# X\n\n## Overview\n\nText.\n",
        "d.md": f"{LOST}# X\n\n## Overview\n\nText.\n",
    }
    documents = restored(pages, {"a": "All of A", "b": "Slow Cars"})
    assert headings_of(documents["a"]) == ["# All of A", "## Overview"]
    assert headings_of(documents["b"]) == ["# Slow Cars"]
    assert certainties(documents["b"], "title") == [Certainty.CERTAIN]


def test_the_first_sections_anchor_stays_with_its_heading_under_a_restored_title():
    chunks = [
        Chunk(f"{n}.md", "Text.", "d.csv", 0, "overview", "", f"{i}_0") for i, n in enumerate("abc")
    ]
    document = restored({}, chunks=chunks)["a"]
    lines = document.text.split("\n")
    assert lines[document.sections[0].line] == "## Overview"
    assert document.locate(0).chunk_id == "0_0"


def test_objects_behind_several_introductions_lie_one_level_deeper():
    groups = "".join(
        f"## {g}\n\nThese are {g.lower()}.\n\n### {g}Card\n\n[[autodoc]] {g}Card\n\n"
        for g in ("Audio", "Video")
    )
    document = restored({"a.md": f"# Cards\n\nText.\n\n{groups}"})["a"]
    assert headings_of(document)[1:] == [
        "## Audio",
        "### AudioCard",
        "## Video",
        "### VideoCard",
    ]


def test_ids_that_carry_their_parents_initials_show_the_heading_below_it():
    body = "".join(
        f"## {parent}\n\nText.\n\n### Encoder[[{short}-encoder]]\n\nText.\n\n"
        for parent, short in (("Computer vision", "cv"), ("Language models", "lm"))
    )
    document = restored({"a.md": f"# Models\n\nText.\n\n{body}"})["a"]
    assert headings_of(document)[2::2] == ["### Encoder", "### Encoder"]


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


def test_characters_with_a_meaning_in_markdown_stay_characters():
    pages = {"a.md": "# Intro\n\nText.\n\n## __call__\n\n[[autodoc]] lib.Tool.__call__\n"}
    chunks = [replace(c, anchor=c.anchor.replace("-", "")) for c in chunks_of(pages)]
    assert headings_of(restored({}, chunks=chunks)["a"])[1] == r"## \_\_call\_\_"


def test_an_anchor_without_any_letter_is_shown_as_it_is():
    chunks = [Chunk("a.md", "Text.", "d", n, a, "", f"0_{n}") for n, a in enumerate(["a", "--"])]
    assert headings_of(restored({}, chunks=chunks)["a"]) == ["# A", "## --"]


def test_a_word_seen_only_in_brackets_loses_them():
    pages = {"a.md": "# Intro\n\nText (Foo) and (Foo).\n\n## Foo\n\nText.\n"}
    assert headings_of(restored(pages)["a"])[1] == "## Foo"


def test_no_heading_lies_deeper_than_level_six():
    rows = [Chunk("a.md", "These:", "d", n, f"part-{n}", "", f"0_{n}") for n in range(10)]
    numbers = [Chunk("b.md", "x", "d", n, "1" * n + "-x", "", f"1_{n}") for n in range(1, 12)]
    for document in restored({}, chunks=rows + numbers).values():
        assert max(len(h.split(" ")[0]) for h in headings_of(document)) <= 6


@pytest.mark.parametrize(
    "anchor", ["a-" * 5000 + "a", "-" * 5000, "https" * 5000, "1-" + "9" * 5000 + "-x", "x" * 50000]
)
def test_anchors_of_any_length_are_taken(anchor):
    rows = [Chunk("a.md", "x", "d", n, a, "", f"0_{n}") for n, a in enumerate(["t", anchor])]
    assert len(headings_of(restored({}, chunks=rows)["a"])) == 2


def test_every_page_has_one_h1_and_skips_no_level():
    body = "".join(
        f"{'#' * level} Part {n}\n\nIt has these parts:\n\n" for n, level in enumerate((2, 3, 4, 2))
    )
    pages = {"a.md": f"# Guide\n\nText.\n\n{body}", "b.md": f"{LOST}# X\n\n## Part 0\n\nText.\n"}
    for document in restored(pages).values():
        levels = [len(h.split(" ")[0]) for h in headings_of(document)]
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


def test_switched_off_every_anchor_has_the_plain_words_of_its_anchor():
    pages = {"a_b.md": "# Intro\n\nA GPU is a GPU.\n\n## Use a GPU\n\nText.\n"}
    document = restored(pages, headings=False)["a_b"]
    assert headings_of(document) == ["# A b", "## Intro", "## Use a gpu"]
    assert set(certainties(document)) == {Certainty.GUESSED}


def test_the_order_of_the_rows_changes_nothing():
    pages = {f"{n}.md": f"# T{n}\n\nUse GPU {n}.\n\n## Use a GPU\n\nx\n" for n in range(4)}
    chunks = list(chunks_of(pages))
    assert restored({}, chunks=chunks) == restored({}, chunks=chunks[::-1])


def test_a_title_read_from_a_sentence_is_guessed_where_a_section_is_likely():
    names = [f"Pay {n} of them" for n in ("one", "two", "three", "four", "five")]
    links = "".join(f"See [{name}](#{name.lower().replace(' ', '-')}).\n" for name in names)
    text = "You take the fast lane. Others pass the toll gate.\n"
    pages = {
        "fast_lane.md": f"# Take the fast lane\n\n{text}\n## Pass the toll gate\n\nx\n",
        "b.md": f"# B\n\n{links}\n" + "".join(f"## {name}\n\nx\n\n" for name in names),
    }
    document = restored(pages)["fast_lane"]
    assert headings_of(document) == ["# Take the fast lane", "## Pass the toll gate"]
    assert certainties(document, "title") == [Certainty.GUESSED]
    assert certainties(document) == [Certainty.LIKELY]


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

"""The words of a restored heading: their letters, signs and numbers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from sitegen.restore.headings.casing import worded
from sitegen.restore.lexicon.glue import compose
from tests.restore.headings.restored import chunks_of, headings_of, restored


def test_words_are_cased_as_sentences_of_the_corpus_case_them():
    pages = {
        "a.md": "# Intro\n\nTrain on the GPU with PyTorch. A fast GPU helps, says PyTorch.\n",
        "b.md": "# Speed\n\nText.\n\n## Choose a GPU for PyTorch\n\nText.\n",
    }
    assert headings_of(restored(pages)["b"])[1] == "## Choose a GPU for PyTorch"


def test_a_word_that_opens_a_heading_has_the_capitals_that_texts_give_it():
    pages = {
        "a.md": "# Intro\n\nA GGUF file is small, and GGUF is new. Of gguf files many a gguf tool "
        "makes gguf tables. An internal part is INTERNAL, and an internal one is internal.\n",
        "b.md": "# Files\n\nText.\n\n## GGUF and its kettles\n\nx\n\n## Internal kettles\n\nx\n",
    }
    found = ["## GGUF and its kettles", "## Internal kettles"]
    assert headings_of(restored(pages)["b"])[1:] == found


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


def test_characters_with_a_meaning_in_markdown_stay_characters():
    pages = {"a.md": "# Intro\n\nText.\n\n## __call__\n\n[[autodoc]] lib.Tool.__call__\n"}
    chunks = [replace(c, anchor=c.anchor.replace("-", "")) for c in chunks_of(pages)]
    assert headings_of(restored({}, chunks=chunks)["a"])[1] == r"## \_\_call\_\_"


def test_a_word_seen_only_in_brackets_loses_them():
    pages = {"a.md": "# Intro\n\nText (Foo) and (Foo).\n\n## Foo\n\nText.\n"}
    assert headings_of(restored(pages)["a"])[1] == "## Foo"


@pytest.mark.parametrize(
    ("column", "markdown"),
    [
        (r"2. \<nodejs.org", r"2. \<nodejs.org"),
        (r"The CHANGELOG\_\*.md file", r"The CHANGELOG\_\*.md file"),
        ("Update it _(optional)_", "Update it _(optional)_"),
        ("The __init__ method", r"The \_\_init\_\_ method"),
        ("The _private_ name", r"The \_private\_ name"),
        (r"C:\path", r"C:\\path"),
        (
            '<a href="https://h.org" class="x">Flask</a> it',
            '<a href="https://h.org" class="x">Flask</a> it',
        ),
        ('<a id="x"></a>Use <kbd>Enter</kbd>', '<a id="x"></a>Use <kbd>Enter</kbd>'),
        ("The <b> and <i></i> tags", r"The \<b\> and \<i\>\</i\> tags"),
    ],
)
def test_a_heading_of_a_column_keeps_marks_of_sure_intent(column: str, markdown: str) -> None:
    assert worded(column) == markdown

"""Titles of pages and the levels of restored headings."""

from __future__ import annotations

from itertools import pairwise

from sitegen.model import Certainty, Chunk
from tests.restore.headings.restored import certainties, headings_of, restored

LOST = "<!-- a licence -->\n\n"


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


def test_no_heading_lies_deeper_than_level_six():
    rows = [Chunk("a.md", "These:", "d", n, f"part-{n}", "", f"0_{n}") for n in range(10)]
    numbers = [Chunk("b.md", "x", "d", n, "1" * n + "-x", "", f"1_{n}") for n in range(1, 12)]
    for document in restored({}, chunks=rows + numbers).values():
        assert max(len(h.split(" ")[0]) for h in headings_of(document)) <= 6


def test_every_page_has_one_h1_and_skips_no_level():
    body = "".join(
        f"{'#' * level} Part {n}\n\nIt has these parts:\n\n" for n, level in enumerate((2, 3, 4, 2))
    )
    pages = {"a.md": f"# Guide\n\nText.\n\n{body}", "b.md": f"{LOST}# X\n\n## Part 0\n\nText.\n"}
    for document in restored(pages).values():
        levels = [len(h.split(" ")[0]) for h in headings_of(document)]
        assert levels.count(1) == 1
        assert all(b - a <= 1 for a, b in pairwise(levels))


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

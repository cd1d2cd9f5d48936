from __future__ import annotations

from collections.abc import Iterable

import pytest

from sitegen.assemble.forms.inverse import as_written
from sitegen.assemble.grouping.groups import group_by_source
from sitegen.assemble.parts import Parts, Rows
from sitegen.model import Chunk


def all_written(chunks: Iterable[Chunk]) -> Rows:
    parts = Parts(group_by_source(chunks, []))
    as_written(parts, [])
    return parts.all()


def written(*texts: str) -> list[str]:
    chunks = (Chunk("a.md", text, "d", row) for row, text in enumerate(texts))
    return [chunk.text for chunk in all_written(chunks)["a.md"]]


def test_code_that_was_put_on_the_line_of_a_paragraph_stands_apart_again() -> None:
    (text,) = written("Start it: ```py\nstart()\n``` Then stop it: ```\nstop()\n```")
    assert text == "Start it:\n\n```py\nstart()\n```\n\nThen stop it:\n\n```\nstop()\n```"


def test_code_that_was_put_on_the_line_where_other_code_ends_stands_apart_again() -> None:
    (text,) = written("So: ```py\nstart()\n``` ```sh\nstop\n``` Done:\n```\nwait\n```")
    assert text == "So:\n\n```py\nstart()\n```\n\n```sh\nstop\n```\n\nDone:\n```\nwait\n```"


def test_words_before_such_code_may_end_in_a_tag_or_in_emphasis() -> None:
    for words in ("<b>So</b>", "**So**", "Go on-", "C++"):
        assert written(f"{words} ```py\nstart()\n```") == [f"{words}\n\n```py\nstart()\n```"]


def test_such_code_in_an_item_stands_as_its_end_does() -> None:
    (text,) = written("- Start it: ```py\n  start()\n  ``` Wait.")
    assert text == "- Start it:\n\n  ```py\n  start()\n  ```\n\nWait."


def test_comments_that_doc_builder_hid_in_code_are_comments() -> None:
    (text,) = written("So: ```py\nESCAPE-PYTHON-CODE-COMMENT wait\nstart()\n```")
    assert text == "So:\n\n```py\n# wait\nstart()\n```"


def test_texts_whose_code_stands_apart_are_left_as_they_are() -> None:
    texts = (
        "Write ```py\nnot a fence",
        "> So:\n> ```py\n> start()\n> ```\n\n- ```py\n  stop()\n  ```",
        "So:\n\n```py\nstart()\n```\n\n``` is a fence",
        "```\nx\n```",
    )
    assert written(*texts) == list(texts)


def test_texts_that_were_escaped_for_html_are_as_they_were() -> None:
    texts = ("Use `a &lt; b` &amp;amp; &quot;c&quot;.", "```py\nx = &#x27;&gt;&#39;\n```")
    assert written(*texts) == ['Use `a < b` &amp; "c".', "```py\nx = '>'\n```"]


def test_texts_with_signs_of_html_of_their_own_were_not_escaped() -> None:
    for more in ("a < b", "a > b", "a & b", "a &nbsp; b"):
        texts = ("Write `&lt;b&gt;` for it.", more)
        assert written(*texts) == list(texts)
    assert written("Write &lt;b&gt; for it.") == ["Write &lt;b&gt; for it."]


@pytest.mark.parametrize(
    "words", ["# Pumps", "- a pump", "1. a pump", "| a | b |", "Use `pump`.", "It is **old**."]
)
def test_markdown_between_tags_is_no_html(words: str) -> None:
    text = f'<div align="center">\n\n{words}\n\n</div>'
    assert written(text, text) == [text, text]


def test_titles_that_differ_within_pages_are_headings() -> None:
    rows = [("a.md", "Pumps"), ("a.md", "Start"), ("b.md", "Valves"), ("b.md", "Stop")]
    chunks = [Chunk(source, "Text.", "d", n, title=t) for n, (source, t) in enumerate(rows)]
    groups = all_written(chunks)
    assert [(c.title, c.headings) for c in groups["a.md"]] == [
        ("", (("Pumps", 0),)),
        ("", (("Start", 0),)),
    ]


def test_titles_of_pages_stay_titles() -> None:
    rows = [("a.md", "Pumps"), ("a.md", "Pumps"), ("b.md", "Valves"), ("c.md", "Oil")]
    chunks = [Chunk(source, "Text.", "d", n, title=t) for n, (source, t) in enumerate(rows)]
    groups = all_written(chunks)
    assert [c.title for c in groups["a.md"]] == ["Pumps", "Pumps"]


def test_titles_of_sections_stand_below_their_breadcrumbs() -> None:
    paths = ((("Pumps", 1),), (("Pumps", 1), ("Valves", 2)))
    rows = (
        Chunk("a.md", "T.", "d", n, title=title, headings=path)
        for n, (title, path) in enumerate(zip(("Valves", "Sizes"), paths, strict=True))
    )
    found = all_written(rows)["a.md"]
    assert [chunk.headings[-1] for chunk in found] == [("Valves", 2), ("Sizes", 3)]
    assert {chunk.title for chunk in found} == {""}


def test_titles_of_sections_are_the_words_of_paths_of_slugs() -> None:
    paths = ((("the-pump", 1),), (("the-pump", 1), ("its-valves", 2)))
    rows = (
        Chunk("a.md", "T.", "d", n, title=title, headings=path)
        for n, (title, path) in enumerate(zip(("The pump", "Its valves"), paths, strict=True))
    )
    found = all_written(rows)["a.md"]
    assert found[1].headings == (("The pump", 1), ("Its valves", 2))


def test_headings_whose_words_have_signs_between_are_sentences_again() -> None:
    def headings(*words: str) -> list[str]:
        rows = [Chunk("a.md", "It.", "d", n, headings=((w, 1),)) for n, w in enumerate(words)]
        written = all_written(rows)["a.md"]
        return [chunk.headings[0][0] for chunk in written]

    assert headings("Start_the_pump", "Stop_it", "Pumps") == ["Start the pump", "Stop it", "Pumps"]
    names = ["max_length", "__init__", "HF_HOME", "__Pump__"]
    assert headings("Start_it", "Stop_it", "Is_it_on_", "No_1", "Is_it", *names)[2:] == [
        *("Is it on", "No 1", "Is it"),
        *names,
    ]
    assert headings("start_pump", "MAX_FLOW", "Pumps") == ["start_pump", "MAX_FLOW", "Pumps"]
    assert headings("Start_the pump", "Stop_it") == ["Start_the pump", "Stop_it"]

"""The index of headings, which is there in any case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from msgspec.structs import replace

from sitegen.model import Body
from sitegen.search.headings import anchor_of, bucket, keys, outline
from tests.search.indexed import page, scripts, table


def test_the_headings_index_holds_pages_with_their_places_and_headings(
    project: Callable[..., Any],
) -> None:
    built = project(
        {"guide/a.md": "# One\n\n## The `add_x` way\n\n## Same\n\n## Same\n"}, search="headings"
    )
    given = table(built.read("search/headings.js"))
    assert given["sections"] == []  # there is no choice
    assert given["table"]["crumbs"] == ["Guide"]
    address, title, crumb, headings = given["table"]["pages"][0]
    assert (address, title, crumb) == ("guide/a/", "One", 0)
    assert headings == [["The add_x way", "the-addx-way"], "Same", ["Same", "same-1"]]


def test_pages_do_not_change_with_the_headings_of_others(project: Callable[..., Any]) -> None:
    before = project({"a.md": "# A", "b.md": "# B"}, search="headings").read("b/index.html")
    after = project({"a.md": "# A\n\n## More", "b.md": "# B"}, search="headings")
    assert after.read("b/index.html") == before
    assert "More" in after.read("search/headings.js")


def test_each_language_has_headings_of_its_own_and_the_site_has_some_in_any_case() -> None:
    found = scripts(page("a", "One"), page("b", "Zwei", language="de"))
    assert sorted(found) == ["search/headings-de.js", "search/headings.js"]
    assert [each[0] for each in found["search/headings-de.js"]["table"]["pages"]] == ["b/"]
    found = scripts(page("b", "Zwei", language="de"), language="fr")
    assert [each[0] for each in found["search/headings.js"]["table"]["pages"]] == ["b/"]


def test_a_large_index_is_dealt_out_so_that_one_part_answers_a_word(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.search.headings.WHOLE", 1_000)
    monkeypatch.setattr("sitegen.search.headings.PART", 2_000)
    pages = [page(f"p{n}", f"Gradient step {n}", "Überblick", "生成提示") for n in range(40)]
    found = scripts(*pages)
    number = found["search/headings.js"]["parts"]
    assert number == len(found) - 1 > 2
    for word in ("gr", "ub", "成"):
        part = found[f"search/headings/{bucket(word, number)}.js"]
        assert len(part["table"]["pages"]) == 40
    assert scripts(*pages) == found


def test_no_part_grows_without_bound_and_titles_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sitegen.search.headings.WHOLE", 1_000)
    monkeypatch.setattr("sitegen.search.headings.MOST", 50)
    found = scripts(*[page(f"model{n}", *["Model"] * 9) for n in range(45)])
    number = found["search/headings.js"]["parts"]
    part = found[f"search/headings/{bucket('mo', number)}.js"]["table"]["pages"]
    assert len(part) == 45
    assert sum(len(headings) for *_, headings in part) == 5


def test_a_heading_without_end_does_not_fill_the_index() -> None:
    given = page("a", "word " * 100_000).body.headings[0]
    body = Body("", (replace(given, id="sg-long"),))
    (_, (text, anchor)), *_ = outline(replace(page("a"), load=lambda: body)).headings
    assert (len(text), anchor) == (200, "sg-long")


def test_headings_are_found_by_the_parts_of_their_identifiers() -> None:
    assert keys("BertModel") == {"be", "mo"}
    assert keys("add_generation_prompt") == {"ad", "ge", "pr"}
    assert keys("HFTrainer v2") == {"hf", "tr", "v2"}
    assert keys("GPU 메모리") >= {"gp", "메", "모", "리"}


def test_most_anchors_are_not_written_out() -> None:
    assert anchor_of("Save & load: a model") == "save--load-a-model"
    assert anchor_of("Über") == ""
    assert outline(page("a", "Save it")).headings == ((2, "Save it"),)


def test_characters_of_scripts_without_spaces_are_words_of_the_index(
    doc: Callable[..., Body],
) -> None:
    html = doc("## 生成prompt\n\n한국어 <b title='提示'>문서</b>").sought
    assert "> 生  成 prompt" in html
    assert '>한국어 <b title="提示">문서<' in html


def test_what_only_screen_readers_hear_is_not_sought(doc: Callable[..., Body]) -> None:
    body = doc("Read more [here](https://example.org/notes), as **`code`**.")
    assert "(example.org/notes)" in body.html
    assert ">here</a>, as <strong><code>code</code></strong>." in body.sought

"""Whole documents as docling writes them: a tree of texts, lists and tables is a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from sitegen.read.cells.docling import with_document
from tests.read.rows import chunks
from tests.tempo import within

Item = dict[str, object]


def text(label: str, words: str, *children: Item, **more: object) -> Item:
    return {"label": label, "text": words, "held": children, **more}


def group(label: str, *children: Item, **more: object) -> Item:
    return {"label": label, "held": children, **more}


def item(words: str, *children: Item, **more: object) -> Item:
    return text("list_item", words, *children, **more)


def document(*items: Item, name: str = "start.md") -> dict[str, object]:
    """A document of items that hold each other; docling writes them as lists and references."""
    lists: dict[str, list[Item]] = {"texts": [], "groups": [], "tables": [], "pictures": []}

    def refs(held: Sequence[Item]) -> list[Item]:
        found = []
        for each in held:
            kind = {"table": "tables", "picture": "pictures"}.get(str(each["label"]), "texts")
            kind = kind if "text" in each or kind != "texts" else "groups"
            ref = f"#/{kind}/{len(lists[kind])}"
            lists[kind].append({"self_ref": ref})
            lists[kind][int(ref.rpartition("/")[2])].update(each, children=refs(each["held"]))
            found.append({"$ref": ref})
        return found

    body = {"self_ref": "#/body", "children": refs(items), "label": "unspecified"}
    return {
        "schema_name": "DoclingDocument",
        "name": "start",
        "origin": {"filename": name},
        "body": body,
        **lists,
    }


def markdown(*items: Item) -> str:
    return str(with_document(document(*items), "")["text"])


def test_headings_paragraphs_and_code_are_written_as_what_they_are() -> None:
    assert markdown(
        text("title", "Pumps"),
        text("paragraph", "Say *no* <b>."),
        text("section_header", "Start", level=1),
        text("code", "a = 1\n\nb = 2\n", code_language="Python"),
        text("code", "run", code_language="unknown"),
        text("formula", "x^2"),
        text("checkbox_selected", "Done"),
    ) == (
        "# Pumps\n\nSay \\*no\\* \\<b>.\n\n## Start\n\n```python\na = 1\n\nb = 2\n```\n\n"
        "```\nrun\n```\n\n$$\nx^2\n$$\n\n- [x] Done"
    )


def test_texts_on_one_line_are_one_paragraph_with_their_marks() -> None:
    line = group(
        "inline",
        text("text", "Run"),
        text("code", "pump"),
        text("text", ", read"),
        text("text", "this", hyperlink="https://h.org/a", formatting={"bold": True}),
        text("text", "."),
    )
    assert markdown(line) == "Run `pump`, read [**this**](https://h.org/a)."
    assert markdown(text("section_header", "", line, level=2)) == (
        "### Run `pump`, read [**this**](https://h.org/a)."
    )


def test_lists_stand_in_items_of_lists_and_are_numbered_where_they_were() -> None:
    inner = group("list", item("A"), item("B"))
    steps = group("list", item("One", enumerated=True), item("Two", enumerated=True))
    line = group("inline", text("text", "Use"), text("code", "x"))
    assert markdown(group("list", item("Top", inner), item("", line)), steps) == (
        "- Top\n  - A\n  - B\n- Use `x`\n\n1. One\n2. Two"
    )


def test_code_in_an_item_stands_below_its_words() -> None:
    assert markdown(group("list", item("Run:", text("code", "a\nb")))) == (
        "- Run:\n\n  ```\n  a\n  b\n  ```"
    )


def test_a_table_is_below_its_caption_and_a_wide_cell_stands_once() -> None:
    wide = {"text": "a|b", "start_row_offset_idx": 0, "start_col_offset_idx": 0}
    grid = [[wide, wide], [{"text": "1"}, {"text": "2"}]]
    caption = text("caption", "Prices")
    made = document(group("table", caption, data={"grid": grid}))
    made["tables"][0]["captions"] = made["tables"][0]["children"]
    assert with_document(made, "")["text"] == ("Prices\n\n| a\\|b |  |\n| --- | --- |\n| 1 | 2 |")


def test_a_caption_is_written_once_and_what_is_in_a_picture_or_at_the_edge_not_at_all() -> None:
    made = document(
        group("picture", text("text", "axis")),
        text("page_footer", "3"),
        text("text", "odd", content_layer="furniture"),
        text("caption", "Fig. 1"),
    )
    made["pictures"][0]["captions"] = made["body"]["children"][-1:]
    assert with_document(made, "")["text"] == "Fig. 1"


@pytest.mark.parametrize("place", ["a.json", "a.jsonl", "sub/a.json"])
@pytest.mark.parametrize("around", ["", "document", "json_content"])
def test_a_file_is_a_page_called_as_it_was(tmp_path: Path, place: str, around: str) -> None:
    made = document(text("title", "Pumps"), name="pump.md")
    if around == "json_content":
        made = {"document": {"filename": "pump.md", "json_content": made, "md_content": None}}
    elif around:
        made = {"status": "success", around: made}
    path = tmp_path / place
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(made, indent=2 if place == "a.json" else None))
    (found,) = chunks(tmp_path)[0]
    assert (found.text, found.source) == ("# Pumps", f"{place.rpartition('a.json')[0]}pump.md")


def test_of_an_answer_with_markdown_that_is_read(tmp_path: Path) -> None:
    answer = {"filename": "a.md", "md_content": "# A", "json_content": None, "text_content": None}
    (tmp_path / "a.json").write_text(json.dumps({"document": answer, "status": "success"}))
    (found,) = chunks(tmp_path / "a.json")[0]
    assert (found.text, found.source) == ("# A", "a.md")


@pytest.mark.parametrize(
    "broken",
    [
        {"body": None},
        {"body": {"children": [{"$ref": "#/texts/9"}, {"$ref": "#/texts/" + "9" * 5000}, 3]}},
        {"texts": ["no item"]},
        {"texts": None},
    ],
)
def test_what_names_no_item_is_left_out(broken: Item) -> None:
    assert with_document(document(text("text", "Hi.")) | broken, "")["text"] == ""


def test_items_that_name_each_other_end() -> None:
    texts = [
        {
            "label": "list_item",
            "text": str(n),
            "children": [{"$ref": f"#/texts/{m}"} for m in range(500)],
        }
        for n in range(500)
    ]
    with within(1):
        found = str(with_document(document() | {"texts": texts, "body": texts[0]}, "")["text"])
    assert found.count("\n") < len(texts)


@pytest.mark.parametrize("label", ["section", "list"])
def test_what_stands_deeper_than_anybody_writes_is_shown_too(label: str) -> None:
    words = [f"Word{n}." for n in range(200)]
    made = text("text", "Rest.")
    for each in reversed(words):
        inner = item(each, made) if label == "list" else text("text", each, made)
        made = group(label, inner)
    found = markdown(made)
    assert found.replace("- ", "").split() == [*words, "Rest."]


def test_of_an_uneven_table_only_the_head_is_filled_up() -> None:
    grid = [[{"text": "a"}], [{"text": "b"}, {"text": "c"}, {"text": "d"}], [{"text": "e"}]]
    for y, row in enumerate(grid):
        for x, cell in enumerate(row):
            cell.update(start_row_offset_idx=y, start_col_offset_idx=x)
    made = markdown(group("table", data={"grid": grid}))
    assert made == "| a |  |  |\n| --- | --- | --- |\n| b | c | d |\n| e |"

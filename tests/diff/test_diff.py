from __future__ import annotations

import json
import random
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.diff import Difference, Kind, compare, read_dataset
from sitegen.diff.report import as_html, as_object, as_text

REAL = Path(__file__).parents[2].parent / "shared" / "data" / "transformers-docs.parquet"
Row = dict[str, Any]
Compared = Callable[[Sequence[Row], Sequence[Row]], Difference]


def row(page: str, number: int, text: str, section: str = "") -> Row:
    return {
        "text": text,
        "source": f"docs/{page}.md",
        "id": f"{page}_{number}",
        "source_section": f"#{section}" if section else None,
    }


def page(name: str, *texts: str) -> list[Row]:
    return [row(name, number, text) for number, text in enumerate(texts)]


A = page("a", "The first words of a page.", "Some words in the middle of it.", "Its last words.")
B = page("b", "Another page begins here.", "And it ends here, with these words.")


@pytest.fixture
def compared(tmp_path: Path) -> Compared:
    def run(old: Sequence[Row], new: Sequence[Row]) -> Difference:
        sides = []
        for name, rows in (("old", old), ("new", new)):
            path = tmp_path / f"{name}.parquet"
            pq.write_table(pa.Table.from_pylist(list(rows)), path)
            sides.append(read_dataset(str(path)))
        return compare(*sides)

    return run


def kinds(difference: Difference) -> list[str]:
    return [change.kind.value for change in difference.chunks]


def test_a_repeated_row_makes_no_difference(compared: Compared) -> None:
    difference = compared(A, [*A, A[1], A[1]])
    assert difference.chunks == difference.pages == ()
    assert difference.percent == 0


def test_rows_that_overlap_differ_by_what_they_add(compared: Compared) -> None:
    whole = " ".join(f"Sentence number {n} of the page." for n in range(40))
    marks = [0, 400, 800, len(whole)]
    plain = [whole[a:b] for a, b in pairwise(marks)]
    lapped = [whole[max(a - 100, 0) : b] for a, b in pairwise(marks)]
    difference = compared(page("a", *plain), page("a", *lapped))
    assert kinds(difference) == []


def test_an_edited_title_of_a_page_is_a_difference(tmp_path: Path) -> None:
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.md").write_text(f"---\ntitle: {name}\n---\nText.\n")
    difference = compare(*(read_dataset(str(tmp_path / name)) for name in ("old", "new")))
    assert kinds(difference) == ["changed"]


def test_a_dataset_does_not_differ_from_itself(compared: Compared) -> None:
    difference = compared(A + B, A + B)
    assert difference.chunks == difference.pages == ()
    assert difference.percent == 0
    assert as_text(difference) == ""


def test_where_a_dataset_was_made_does_not_count(compared: Compared) -> None:
    elsewhere = [{**r, "source": r["source"].replace("docs/", "/home/x/docs/")} for r in A + B]
    assert compared(A + B, elsewhere).chunks == ()


def test_a_chunk_that_came_and_one_that_went_are_no_change_of_each_other(
    compared: Compared,
) -> None:
    difference = compared(A + B, [*A, *B[:1], row("b", 9, "Something else entirely was put in.")])
    assert sorted(kinds(difference)) == ["added", "removed"]
    assert [(p.kind, p.old, p.new) for p in difference.pages] == [(Kind.CHANGED, "b", "b")]


def test_an_edited_chunk_is_changed_and_says_how_much(compared: Compared) -> None:
    edited = [{**A[0], "text": "The first words of our page."}, *A[1:]]
    (change,) = compared(A + B, edited + B).chunks
    assert change.kind is Kind.CHANGED
    assert 0.5 < change.similarity < 1


def test_an_edit_is_found_when_all_ids_are_numbered_anew(compared: Compared) -> None:
    texts = [r["text"] for r in A]
    new = page("a", "A chunk of its own in front of all.", texts[0], f"{texts[1]} More.", texts[2])
    assert kinds(compared(A + B, new + B)) == ["added", "changed"]


def test_a_chunk_on_another_page_is_moved(compared: Compared) -> None:
    (change,) = compared(A + B, [*A[:2], *B, row("b", 7, A[2]["text"])]).chunks
    assert change.kind is Kind.MOVED
    assert (change.old[0].page, change.new[0].page) == ("a", "b")


def test_a_chunk_at_another_place_of_its_page_is_moved(compared: Compared) -> None:
    texts = [r["text"] for r in A]
    (change,) = compared(A + B, page("a", texts[2], texts[0], texts[1]) + B).chunks
    assert change.kind is Kind.MOVED
    assert (change.old[0].position, change.new[0].position) == (2, 0)


def test_a_chunk_under_another_heading_is_moved(compared: Compared) -> None:
    old, new = row("a", 0, "Words.", "setup"), row("a", 0, "Words.", "install")
    assert kinds(compared([old, *B], [new, *B])) == ["moved"]


def test_rows_in_another_order_do_not_change_the_site(compared: Compared) -> None:
    difference = compared(A + B, [A[2], A[0], A[1], *B])
    assert kinds(difference) == ["row-moved"]
    assert difference.pages == ()
    assert difference.percent == 0


def test_the_same_text_cut_at_other_places_is_re_chunked(compared: Compared) -> None:
    whole = page("a", f"{A[0]['text']}\n\n{A[1]['text']}", A[2]["text"])
    (merged,) = compared(A + B, whole + B).chunks
    assert merged.kind is Kind.RECHUNKED
    assert (len(merged.old), len(merged.new)) == (2, 1)
    (split,) = compared(whole + B, A + B).chunks
    assert (split.kind, len(split.old), len(split.new)) == (Kind.RECHUNKED, 1, 2)
    other = page("a", "The first words", "of a page. Some words", "in the middle of it.")
    (shifted,) = compared(A[:2] + B, other + B).chunks
    assert (len(shifted.old), len(shifted.new)) == (2, 3)


def test_pages_are_added_removed_and_renamed(compared: Compared) -> None:
    renamed = [{**r, "source": "docs/z.md"} for r in A]
    difference = compared(A + B, [*renamed, *page("c", "A page that is new.")])
    assert [(p.kind.value, p.old, p.new) for p in difference.pages] == [
        ("moved", "a", "z"),
        ("removed", "b", ""),
        ("added", "", "c"),
    ]
    assert kinds(difference) == ["removed", "removed", "added"]


def test_reports_name_places_and_escape_what_they_show(compared: Compared) -> None:
    hostile = "<script>alert(1)</script> \u202e words \x1b[2J that came"
    difference = compared(A + B, [*A, row("a", 9, hostile, "x<y"), *B])
    text, html = as_text(difference), as_html(difference)
    assert text.startswith("a (changed)\n  + added: a#x<y chunk a_9 (row 3 of new.parquet)\n")
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "\x1b" not in html + text
    assert "\u202e" not in html + text
    assert "default-src 'none'" in html
    (chunk,) = json.loads(json.dumps(as_object(difference)))["chunks"]
    assert chunk["new"] == [
        {
            "page": "a",
            "anchor": "x<y",
            "position": 3,
            "id": "a_9",
            "file": "new.parquet",
            "row": 3,
        }
    ]


@pytest.mark.skipif(not REAL.exists(), reason="the real dataset is not here")
def test_every_planted_change_of_the_real_dataset_is_reported_and_no_other(
    tmp_path: Path,
) -> None:
    rows = pq.read_table(REAL).to_pylist()
    chance = random.Random(7)  # noqa: S311
    chosen = [i for i, r in enumerate(rows) if len(r["text"].split()) >= 12]
    chance.shuffle(chosen)
    edited, removed, moved = chosen[:50], chosen[50:70], chosen[70:100]
    planted = {"changed": {rows[i]["id"] for i in edited}}
    planted["removed"] = {rows[i]["id"] for i in removed}
    planted["moved"] = {rows[i]["id"] for i in moved}
    planted["added"] = {f"0_{9000 + n}" for n in range(20)}
    sources = sorted({r["source"] for r in rows})
    new = [r for i, r in enumerate(rows) if i not in {*removed, *moved, *edited}]
    for i in edited:
        words = rows[i]["text"].split(" ")
        words[chance.randrange(len(words))] = "edited"
        new.append({**rows[i], "text": " ".join(words)})
    new.sort(key=lambda r: int(r["id"].split("_")[0]))
    for n, i in enumerate(moved):
        source = chance.choice([s for s in sources if s != rows[i]["source"]])
        number = next(r["id"] for r in rows if r["source"] == source).split("_")[0]
        new.append({**rows[i], "source": source, "id": f"{number}_{8000 + n}"})
    first = next(r for r in rows if r["id"] == "0_0")
    for n in range(20):
        text = f"Nobody has ever written sentence {n} of these about {chance.random()}."
        new.append({**first, "text": text, "id": f"0_{9000 + n}"})
    pq.write_table(pa.Table.from_pylist(new), tmp_path / "new.parquet")
    difference = compare(read_dataset(str(REAL)), read_dataset(str(tmp_path / "new.parquet")))
    found: dict[str, set[str]] = {}
    for change in difference.chunks:
        if change.kind is not Kind.ROW_MOVED:
            piece = (change.old or change.new)[0]
            found.setdefault(change.kind.value, set()).add(piece.id)
    assert found == planted

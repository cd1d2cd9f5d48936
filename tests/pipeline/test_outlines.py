"""Outlines of pages: of lots that are as they were, nothing is unpacked."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.feeds import placed as placed_chunks
from sitegen.feeds import provenance
from sitegen.model import Body
from sitegen.pipeline import pages, rendering
from sitegen.pipeline.outlines import Outlining
from tests.clean_builds import assert_as_a_clean_build, config
from tests.pipeline.test_large import rows
from tests.pipeline.test_lots import small_lots


def write(folder: Path, made: list[dict[str, object]]) -> None:
    (folder / "rows.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in made))


def looked_at(folder: Path, pages_of_site: int, patch: pytest.MonkeyPatch) -> tuple[int, int, int]:
    """How many pages, parts with findings and rows of chunks a build after an edit looks at."""
    folder.mkdir()
    outlined, found, chunks = list[Body](), list[object](), list[object]()
    light, looked, places = Outlining._light, pages.Pages._look_up, provenance._places

    def placed(*given: object) -> object:
        for row in places(*given):  # type: ignore[arg-type]
            chunks.append(row)
            yield row

    patch.setattr(provenance, "_places", placed)
    patch.setattr(
        Outlining, "_light", lambda of, at, body: outlined.append(body) or light(of, at, body)
    )
    patch.setattr(
        pages.Pages,
        "_look_up",
        lambda of, part, *more: found.append(part) or looked(of, part, *more),
    )
    edited = list(rows(pages_of_site))
    for text in ("One text.", "Another text."):
        for seen in (outlined, found, chunks):
            seen.clear()
        edited[70] = {**edited[70], "text": text}
        write(folder, edited)
        build(config(folder, input=("rows.jsonl",)))
    return len(outlined), len(found), len(chunks)


@pytest.mark.integration
def test_an_edited_row_has_its_own_lot_looked_at_alone_however_many_there_are(
    tmp_path: Path,
) -> None:
    with small_lots() as patch:
        patch.setattr(placed_chunks, "_SHARD", 1)  # so that tables grow in number with the chunks
        for number in (40, 160):
            outlined, found, chunks = looked_at(tmp_path / f"{number}", number, patch)
            assert 1 <= outlined <= 12
            assert found <= 4
            assert 1 <= chunks <= 24


@pytest.mark.integration
def test_an_address_that_goes_and_comes_is_looked_for_in_pages_that_are_as_they_were(
    tmp_path: Path,
) -> None:
    whole = [{**row, "text": f"{row['text']}\n[nine](../part2/page9)\n"} for row in rows(30)]
    for made in (whole, [row for row in whole if row["id"] not in {"9_0", "9_1", "9_2"}], whole):
        with small_lots():
            write(tmp_path, made)
            assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
            links = [
                finding.message
                for finding in build(config(tmp_path, input=("rows.jsonl",))).diagnostics
                if "'part2/page9'" in finding.message
            ]
        assert len(links) == (0 if made is whole else 87)


@pytest.mark.integration
def test_findings_say_where_rows_are_now_that_others_were_put_before_them(tmp_path: Path) -> None:
    whole = [*rows(30)]
    for at, made in enumerate((whole, [{**whole[0], "id": "x", "text": "New."}, *whole])):
        with small_lots():
            write(tmp_path, made)
            found = build(config(tmp_path, input=("rows.jsonl",))).diagnostics
        (last,) = [each for each in found if each.location.page == "part1/page29"][:1]
        assert made[last.location.row or 0]["source"] == whole[-1]["source"]
        assert (last.location.row or 0) - at in range(87, 90)


@pytest.mark.parametrize("usual", [1, 8])
def test_lots_of_a_site_that_is_not_large_hold_each_job_once(
    usual: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rendering, "_USUAL", usual)
    jobs = rendering.Jobs()
    jobs.keys = [f"{number * 2_654_435_761 % 2**32:08x}" for number in range(100)]
    spans = [span.numbers for span in jobs.spans()]
    assert [number for numbers in spans for number in numbers] == list(range(100))
    before = {tuple(jobs.keys[number] for number in numbers) for numbers in spans}
    jobs.keys[50] = "00000001"
    after = {tuple(jobs.keys[n] for n in span.numbers) for span in jobs.spans()}
    assert len(after - before) <= 2

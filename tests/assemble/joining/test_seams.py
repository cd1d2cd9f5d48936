from __future__ import annotations

from itertools import pairwise

import pytest
from msgspec.structs import replace

from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.outline import headings_above
from sitegen.model import Chunk
from tests.assemble.joining.texts import BLOCKS, OVERLAPPING, REFILLING, SENTENCE, full, joined


def test_a_paragraph_that_begins_with_the_words_of_its_heading_is_no_overlap() -> None:
    texts = ["# Pumps\n\n## Universal pump stations", "Universal pump stations (UPS) are large."]
    assert "## Universal pump stations\n\nUniversal pump stations (UPS)" in joined(
        texts, OVERLAPPING
    )


def test_a_line_that_is_there_again_without_its_indent_is_shown_once() -> None:
    texts = ["```python\nstart(\n    pump,\n    ]},\n]", "]},\n]\nstop(pump)\n```"]
    assert joined(texts, OVERLAPPING) == (
        "```python\nstart(\n    pump,\n    ]},\n]\nstop(pump)\n```\n"
    )


def test_a_fence_that_is_a_text_of_its_own_is_no_overlap_of_the_next_fence() -> None:
    texts = ["Start it:\n\n```python\nstart()", "```", "```\n# it runs\n```\n\nDone."]
    assert joined(texts, OVERLAPPING) == (
        "Start it:\n\n```python\nstart()\n```\n\n```\n# it runs\n```\n\nDone.\n"
    )


def test_a_line_that_would_be_there_again_if_its_block_went_on_ends_it() -> None:
    texts = ["```python\n" + "start(pump)\n" * 6 + "run()", "stop(pump, when='dry') # at last\n```"]
    assert "run()\nstop(pump" in joined(texts)
    assert "run()\n\nstop(pump" in joined(texts, OVERLAPPING)


def test_a_whole_sentence_that_fills_a_text_is_a_paragraph() -> None:
    assert joined([SENTENCE, "Dryness is bad for it."]) == f"{SENTENCE}\n\nDryness is bad for it.\n"
    assert joined([SENTENCE[:-1], "and then rests."]) == f"{SENTENCE[:-1]} and then rests.\n"


def test_an_item_below_text_without_a_blank_line_is_of_a_tight_list() -> None:
    first, second = f"1. {SENTENCE[:60]}", f"2. {SENTENCE[:60]}"
    elsewhere = ["1. Oil it.\n\n2. Wipe it.\n\n3. Dry it.", "# Start"]
    assert f"{first}\n{second}" in joined([*elsewhere, f"Two things:\n{first}", second])
    assert f"{first}\n\n{second}" in joined([*elsewhere, first, second])


@pytest.mark.parametrize("first", [".. note:: b", ".. _b:", ".. [1] b", ".. |b| replace:: c"])
@pytest.mark.parametrize("above", ["- a", "Words that end.", "words that go on"])
def test_a_directive_begins_a_block(above: str, first: str) -> None:
    assert f"{above}\n\n{first}\n" in joined([above, f"{first}\n\n   d\n"])


def test_a_paragraph_below_a_list_is_none_of_its_last_item() -> None:
    texts = [f"- oil\n- {SENTENCE[:70]}", "Wait until it is warm, then start the pump again."]
    assert f"{SENTENCE[:70]}\n\nWait until" in joined(texts)


def test_a_line_longer_than_all_others_was_not_wrapped() -> None:
    before = "A pump moves water up\nthe hill. It does not stop by itself at all."
    after = "Never run it dry, whoever asks you to do so."
    assert joined([before, after]) == f"{before}\n\n{after}\n"


def test_a_long_fence_that_was_cut_is_one_fence() -> None:
    texts = ["````md\n```python\nstart()\n```\n`", "```\n\nDone."]
    assert joined(texts) == "````md\n```python\nstart()\n```\n````\n\nDone.\n"


def test_rows_of_a_table_are_below_each_other_however_small_a_text_is() -> None:
    table = "| Pump | Power |\n| --- | --- |\n| small | 1 kW |"
    other = "| Valve | Width |\n| --- | --- |\n| large | 9 mm |"
    assert joined([table, "| large | 9 kW |"], Habits(usual=900)) == f"{table}\n| large | 9 kW |\n"
    assert joined([table, other], Habits(usual=900)) == f"{table}\n\n{other}\n"
    assert "9 kW,\nwhich" not in joined(
        [f"{table}\n| large | 9 kW,", "which is much |", "| odd | 2 |"]
    )
    assert "much |\n| odd" in joined(
        [f"{table}\n| large | 9 kW,", "which is much |", "| odd | 2 |"]
    )


WRAPPED = (
    "# Pumps\n\nA pump moves water from a low place to a\nhigh one and it does not stop by "
    "itself until\nit is told to, or until it runs dry, which\nis bad for it."
)


@pytest.mark.parametrize(
    ("before", "after", "space"),
    [
        (WRAPPED, "Never do that, as the\nmanual says.", " "),
        (WRAPPED, "Never do that, as the whole of the manual\nsays.", "\n\n"),
        (WRAPPED, "- oil it\nand wait", "\n\n"),
        ("See `pumps.", "open()` for more.", ""),
        ("See the manual.", "Open the valve.", "\n\n"),
        ("<tr>\n<td>A pump.", "</td>\n</tr>", ""),
        ("> A pump.", "> A valve.", "\n"),
        ("[pump]: pump.md", "[valve]: valve.md", "\n"),
        ("- oil", "  - grease", "\n"),
        ("-   Oil it. Run:", "```sh\n    oil all", "\n\n    "),
        ("- Oil it.", "Then fill the tank that\n  is above it.", " "),
    ],
)
def test_texts_of_sentences_are_joined_within_a_line_where_they_were_cut(
    before: str, after: str, space: str
) -> None:
    habits = Habits(usual=60, evenly=True)
    assert f"{before}{space}{after}" in joined([before, after], habits)


def test_sections_of_any_length_are_not_taken_for_cut_lines() -> None:
    after = "Never do that, as the\nmanual says."
    assert f"{WRAPPED}\n\n{after}" in joined([WRAPPED, after], Habits(usual=60))


def test_code_goes_on_in_the_next_line_where_texts_keep_their_indent() -> None:
    texts = ["```js\nrun(() => {\n  start();\n\n  stop();", "\u0020 wait();\n\n  dry();\n});\n```"]
    assert "stop();\n  wait();" in joined(texts, replace(BLOCKS, keeps_indents=True))


def test_blocks_of_code_in_brackets_are_apart_where_texts_hold_blank_lines() -> None:
    texts = ["```js\nrun(() => {\n  start();\n\n  stop();", "wait();\n\n  dry();\n});\n```"]
    assert "stop();\n\n  wait();" in joined(texts, replace(BLOCKS, room=40))


def test_a_row_of_a_table_that_was_cut_twice_is_one_row() -> None:
    page = "| Pump | Power |\n| --- | --- |\n| small. But strong. And | 1 kW |\n"
    ats = [0, page.index("But"), page.index("And"), len(page)]
    chunks = [
        Chunk("a.md", page[a:b].strip(), "d", n, start=a) for n, (a, b) in enumerate(pairwise(ats))
    ]
    assert join_chunks(chunks, headings_above(chunks, Habits()), Habits()).text == page


def test_a_row_of_a_wide_table_is_as_wide_as_its_offsets_say() -> None:
    page = f"| Pump | Power |\n| --- | --- |\n| small{' ' * 90}| 1 kW |\n| large | 9 kW |\n"
    ats = [0, page.index("| 1 kW"), len(page)]
    chunks = [
        Chunk("a.md", page[a:b].strip(), "d", n, start=a) for n, (a, b) in enumerate(pairwise(ats))
    ]
    assert join_chunks(chunks, headings_above(chunks, Habits()), Habits()).text == page


def test_items_that_are_small_texts_of_their_own_stand_in_one_tight_list() -> None:
    habits = Habits(usual=400, evenly=False)
    texts = ["# Pumps\n\n- open it\n- fill it", "- start it", "- stop it", "It rests."]
    assert joined(texts, habits) == (
        "# Pumps\n\n- open it\n- fill it\n- start it\n- stop it\n\nIt rests.\n"
    )


def test_lines_that_repeat_themselves_are_no_overlap_where_texts_have_none() -> None:
    line = "[-0.0807, 0.0114, -0.1210, -0.1122, 0.0899, 0.0357, 0.0000, 0.0000],"
    rare = replace(BLOCKS, widest=100)  # of a few rows of thousands
    assert joined([f"```py\nx = [{line}", f"{line}\n{line}\n]\n```"], rare).count(line) == 3


def test_lines_that_repeat_themselves_are_no_overlap_wider_than_all_others() -> None:
    line = "by 0x12F68A3: ??? (in /usr/bin/pump)"
    texts = [f"```text\n{line}\n{line}", f"{line}\n{line}\n```"]
    narrow = replace(OVERLAPPING, widest=30)
    assert joined(texts, narrow).count(line) == 4
    assert joined(texts, replace(OVERLAPPING, widest=40)).count(line) == 3
    assert joined(texts).count(line) == 4


def test_an_overlap_begins_with_a_word_where_all_do() -> None:
    texts = ["```text\n$ start pumps/water-pump.js", "pumps/water-pump.js flow=3\n```"]
    assert "start pumps/water-pump.js flow" in joined(texts, replace(OVERLAPPING, widest=30))
    texts[0] = texts[0].replace("pumps/", "all/pumps/")
    words = replace(OVERLAPPING, widest=30, in_words=True)
    assert "all/pumps/water-pump.js\npumps/water-pump.js flow" in joined(texts, words).replace(
        "\n\n", "\n"
    )


def test_a_table_ends_above_what_is_no_row_however_long_its_rows_are() -> None:
    table = f"| Pump | Flow |\n| --- | --- |\n| {SENTENCE[:70]} | 3 |"
    text = joined([f"{table}\n| {SENTENCE[2:70]} | 4 |", "[oil]: oil.md"])
    assert text.endswith(" | 4 |\n\n[oil]: oil.md\n")


def test_an_overlap_does_not_begin_in_the_middle_of_a_heading() -> None:
    texts = ["# Pumps\n\n## Stations with universal pumps", "universal pumps (UPS) are large."]
    assert "universal pumps\n\nuniversal pumps (UPS)" in joined(texts, OVERLAPPING)


def test_lines_of_code_that_begin_with_the_same_sign_follow_each_other() -> None:
    texts = ["```text\n==41== by pump", "==41== by valve\n```"]
    assert joined(texts) == "```text\n==41== by pump\n==41== by valve\n```\n"


def test_what_had_room_for_the_next_paragraph_is_the_rest_of_one_that_was_cut() -> None:
    long = "A pump moves water from a low place to a high one.\nIt does not stop until it is told."
    texts = [long, "Look at the list.", "It is short.\n\nIt is not complete."]
    assert f"{long}\nLook at the list." in joined(texts, REFILLING)
    assert f"{long}\n\nLook at the list." in joined([*texts[:2], SENTENCE], REFILLING)


def test_the_last_text_of_a_section_is_no_rest_of_what_was_cut() -> None:
    before = "A pump moves water from a low place to a high one.\nIt stops when it is told to."
    texts = (before, "Look at the list.", "It is short.\n\nIt is not complete.")
    chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(texts)]
    chunks[2] = replace(chunks[2], anchor="list")
    text = join_chunks(chunks, headings_above(chunks, REFILLING), REFILLING).text
    assert f"{before}\n\nLook at the list." in text


def test_a_fence_that_ends_a_text_in_a_list_ends_the_code() -> None:
    before = "1. Open it:\n\n    ```sh\n    open\n    ```"
    assert joined([before, "2. Close it."]) == f"{before}\n\n2. Close it.\n"


def test_the_rest_of_a_long_item_is_no_end_of_its_list() -> None:
    texts = [f"* Valve\n* {'A pump moves water up ' * 4}", "and stops.", "* It rests.\n* It runs."]
    assert joined(texts, REFILLING).endswith("and stops.\n* It rests.\n* It runs.\n")


def test_the_words_of_an_item_go_on_below_it_where_those_of_others_do() -> None:
    items = "\n".join(f"- [Pump {n}](pump{n}.md)\n  A pump that runs." for n in range(5))
    before, after = f"{items}\n- [Valve](valve.md)", "A valve that opens.\n- [Oil](oil.md)"
    assert f"{before}\nA valve" in joined([before, after], full(before))
    label = before.replace("[Valve](valve.md)", "Valve:")
    assert f"{label}\n\n" in joined([label, after], full(label))


def test_items_that_go_over_several_lines_follow_each_other_as_densely_as_others() -> None:
    lists = [f"+ pump {n}: runs\nday and night\n+ valve {n}: opens\nat noon" for n in "ab"]
    assert "\n".join(lists) in joined(lists, full(lists[0], 25))
    assert "\n\n".join(lists) in joined(lists, full(lists[0], 60))


def test_a_line_that_has_lost_its_indent_is_as_long_as_it_was() -> None:
    before = "- Pumps\n    - big\n    - small"
    near, far = (replace(full(before, more), refills=True) for more in (10, 20))
    assert f"{before}\n- old" in joined([before, "- old"], near)
    assert f"{before}\n\n- old" in joined([before, "- old"], far)


def test_an_address_goes_on_below_its_name() -> None:
    texts = ["See [oil].\n\n[oil]:", "#oil-and-water"]
    assert "\n".join(texts) in joined(texts)


def test_a_sentence_goes_on_neither_behind_an_address_nor_in_one() -> None:
    address = "[pump]: https://example.org/the/manual/of/the/pump"
    prose = "A pump moves water from a low place to a high one"
    for texts in ([address, f"{prose}."], [prose, address]):
        assert "\n\n".join(texts) in joined(texts, Habits(evenly=True))


def test_items_are_joined_below_texts_that_end_in_a_line_end() -> None:
    assert "\n\n- fill it\n- start it" in joined(["- oil it\n", "- fill it\n- start it"])

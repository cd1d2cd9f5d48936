from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import pytest
from msgspec.structs import replace

from sitegen.assemble.brackets import Brackets
from sitegen.assemble.habits import Habits
from sitegen.assemble.join import join_chunks
from sitegen.assemble.outline import headings_above
from sitegen.assemble.style import Style
from sitegen.model import Chunk

BLOCKS = Habits(room=100, usual=100)
"""A splitter that fills 100 characters and cuts at blank lines before it cuts within a block."""
OVERLAPPING = replace(BLOCKS, overlap=30)
SENTENCE = (
    "The pump moves water from a low place to a high one and does not stop until it is told to."
)


def joined(texts: Sequence[str], habits: Habits = BLOCKS) -> str:
    chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(texts)]
    return join_chunks(chunks, headings_above(chunks), habits).text


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


@pytest.mark.parametrize("mark", ["- ", "1. "])
def test_the_next_item_of_a_list_stands_as_those_near_it_do(mark: str) -> None:
    item, other = f"{mark}{SENTENCE[:40]}", f"{mark}{SENTENCE[10:80]}"
    assert f"{item}\n{item}\n{other}" in joined([f"{item}\n{item}", other])
    assert f"{item}\n\n{item}\n\n{other}" in joined([f"{item}\n\n{item}", other])


def test_an_item_below_text_without_a_blank_line_is_of_a_tight_list() -> None:
    first, second = f"1. {SENTENCE[:60]}", f"2. {SENTENCE[:60]}"
    elsewhere = ["1. Oil it.\n\n2. Wipe it.\n\n3. Dry it.", "# Start"]
    assert f"{first}\n{second}" in joined([*elsewhere, f"Two things:\n{first}", second])
    assert f"{first}\n\n{second}" in joined([*elsewhere, first, second])


def test_a_paragraph_below_a_list_is_none_of_its_last_item() -> None:
    texts = [f"- oil\n- {SENTENCE[:70]}", "Wait until it is warm, then start the pump again."]
    assert f"{SENTENCE[:70]}\n\nWait until" in joined(texts)


def test_a_line_longer_than_all_others_was_not_wrapped() -> None:
    before = "A pump moves water up\nthe hill. It does not stop by itself at all."
    after = "Never run it dry, whoever asks you to do so."
    assert joined([before, after]) == f"{before}\n\n{after}\n"


@pytest.mark.parametrize(
    ("code", "first", "indent"),
    [
        ("start()", "stop()", None),
        ("start(", "pump,", 4),
        ("start(pump,", "speed=2)", 6),
        ("start(\n  pump,", "speed=2)", 2),
        ("    start(\n        pump", ")", 4),
        ("x = [{'a': [1,\n            2],\n      'b': 3,", "'c': 4}]", 6),
        ("{'text': 'it\\'s (odd',", "'label': 0}", 1),
        ("say('('", "stop()", 4),
    ],
)
def test_code_in_brackets_stands_where_the_brackets_say(
    code: str, first: str, indent: int | None
) -> None:
    *lines, last = code.split("\n")
    brackets = Brackets()
    if lines:
        brackets.feed("\n".join(lines))
    assert brackets.indent_below(last, first) == indent
    assert brackets.are_open(last) == (indent is not None)


def test_a_tag_with_indented_lines_is_indented_itself_only_in_a_list() -> None:
    tag = '<div class="note">\n    <b>Dry</b>\n</div>'
    assert joined([f"Look:\n\n{SENTENCE[:70]}", tag]).endswith(f"\n\n{tag}\n")


def test_lines_that_all_lost_their_indent_are_given_none() -> None:
    assert not Style(["if wet:\nstop()"], by_blocks=True).indents
    assert joined(["```python\nstart(\npump,", "speed)\n```"]).endswith("pump,\nspeed)\n```\n")


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


def test_a_fence_in_an_item_stands_as_its_end_does_and_so_does_the_text_above_it() -> None:
    item = "* `diff` (in a folder):"
    assert joined([item, "```bash\n    diff\n    ```"]).endswith(
        "\n\n    ```bash\n    diff\n    ```\n"
    )
    below = "It compares:\n\n    ```bash\n    diff\n    ```"
    assert joined([item, below]).endswith(f"\n\n    {below}\n")


def test_a_heading_is_never_indented() -> None:
    chunks = [
        Chunk("a.md", "* a\n  b", "d", 0, start=0),
        Chunk("a.md", "## Stop\n\n* c\n  d", "d", 1, start=11),
    ]
    made = join_chunks(chunks, headings_above(chunks), Habits())
    assert made.text == "* a\n  b\n\n\n\n## Stop\n\n* c\n  d\n"


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
    assert join_chunks(chunks, headings_above(chunks), Habits()).text == page


def test_a_row_of_a_wide_table_is_as_wide_as_its_offsets_say() -> None:
    page = f"| Pump | Power |\n| --- | --- |\n| small{' ' * 90}| 1 kW |\n| large | 9 kW |\n"
    ats = [0, page.index("| 1 kW"), len(page)]
    chunks = [
        Chunk("a.md", page[a:b].strip(), "d", n, start=a) for n, (a, b) in enumerate(pairwise(ats))
    ]
    assert join_chunks(chunks, headings_above(chunks), Habits()).text == page


def test_items_that_are_small_texts_of_their_own_stand_in_one_tight_list() -> None:
    habits = Habits(usual=400, evenly=False)
    texts = ["# Pumps\n\n- open it\n- fill it", "- start it", "- stop it", "It rests."]
    assert joined(texts, habits) == (
        "# Pumps\n\n- open it\n- fill it\n- start it\n- stop it\n\nIt rests.\n"
    )


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


def test_a_numbered_item_stands_as_the_one_with_the_next_number_does() -> None:
    texts = ["1. Open it:\n   1. Turn the key.", "2. Pull the lever.\n   3. Wait.\n2. Close it."]
    assert "   1. Turn the key.\n   2. Pull the lever.\n   3. Wait." in joined(texts)


def test_an_item_that_is_a_part_of_a_sentence_stands_as_the_others_do() -> None:
    texts = ["* A pump:\n  * it pumps;", "* it rests;\n  * it is oiled.\n* A valve."]
    assert "  * it pumps;\n  * it rests;\n  * it is oiled." in joined(texts)


def test_an_overlap_does_not_begin_in_the_middle_of_a_heading() -> None:
    texts = ["# Pumps\n\n## Stations with universal pumps", "universal pumps (UPS) are large."]
    assert "universal pumps\n\nuniversal pumps (UPS)" in joined(texts, OVERLAPPING)


def test_lines_of_code_that_begin_with_the_same_sign_follow_each_other() -> None:
    texts = ["```text\n==41== by pump", "==41== by valve\n```"]
    assert joined(texts) == "```text\n==41== by pump\n==41== by valve\n```\n"


REFILLING = replace(BLOCKS, refills=True)


def test_what_had_room_for_the_next_paragraph_is_the_rest_of_one_that_was_cut() -> None:
    long = "A pump moves water from a low place to a high one.\nIt does not stop until it is told."
    texts = [long, "Look at the list.", "It is short.\n\nIt is not complete."]
    assert f"{long}\nLook at the list." in joined(texts, REFILLING)
    assert f"{long}\n\nLook at the list." in joined([*texts[:2], SENTENCE], REFILLING)


@pytest.mark.parametrize(
    ("before", "after", "depth"),
    [
        ("* Pump:\n  * It runs.\n  * It stops.", "* It is\n    dry.", 2),
        ("* Pump:\n\n    It runs.\n\n    It stops.", "* Valve:\n\n    It opens.", 0),
        ("1. Pump:\n   * It runs.\n   * It stops.", "* It is dry.", 3),
        ("1. Pump:\n   * It runs.", "2. Valve:\n   * It opens.", 0),
        ("* Pump:\n  * It runs.", "* It stops.\n    * Slowly.", 2),
        ("* Pump", "* It stops.\n  * Slowly.", 0),
        ("* Pump:\n  runs", "* Valve:\n\n    ```sh\n    open\n    ```", 0),
        ("1. Pump:\n\n   It runs.\n\n2. Valve.", "3. Gate:\n\n   ```sh\n   open\n   ```", 0),
    ],
)
def test_an_item_stands_where_the_lines_around_it_say(before: str, after: str, depth: int) -> None:
    lines = joined([before, after], REFILLING).split("\n")
    assert " " * depth + after.partition("\n")[0] in lines


def test_a_paragraph_of_an_item_is_as_deep_as_the_next_one_of_it() -> None:
    before = "* Pump:\n\n    It runs in both directions."
    assert "\n\n    It stops.\n\n    It rests.\n" in joined([before, "It stops.\n\n    It rests."])
    assert "\n\n  It stops.\n" in joined(["* Valve\n  opens.\n* Pump:", "It stops."])


def test_a_fence_that_ends_a_text_in_a_list_ends_the_code() -> None:
    before = "1. Open it:\n\n    ```sh\n    open\n    ```"
    assert joined([before, "2. Close it."]) == f"{before}\n\n2. Close it.\n"


@pytest.mark.parametrize(
    ("before", "after", "space"),
    [
        ("const pump = open((p) => {   // 1", "p.run();  // 2\n    p.stop();\n});  // 3", "\n    "),
        ("stop();", "start(pump,\n      speed)\n;", "\n"),
        ("==1== by run()\n ==1== by stop()", "==1== by rest()", "\n "),
        ("start();\nrun();", "// It runs.\nstop();", "\n\n"),
    ],
)
def test_a_line_of_code_stands_as_those_around_it(before: str, after: str, space: str) -> None:
    full = Habits(room=len(before) + 9, usual=100)
    code = joined([f"```js\n{before}", f"{after}\n```"], full)
    assert f"{before}{space}{after}" in code


def test_the_rest_of_a_long_item_is_no_end_of_its_list() -> None:
    texts = [f"* Valve\n* {'A pump moves water up ' * 4}", "and stops.", "* It rests.\n* It runs."]
    assert joined(texts, REFILLING).endswith("and stops.\n* It rests.\n* It runs.\n")

"""Indents of lines whose texts have lost them."""

from __future__ import annotations

import pytest

from sitegen.assemble.joining.brackets import Brackets
from sitegen.assemble.joining.habits import Habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.joining.style import Style
from sitegen.assemble.outline import headings_above
from sitegen.model import Chunk
from tests.assemble.joining.texts import REFILLING, SENTENCE, joined
from tests.tempo import within


@pytest.mark.parametrize("mark", ["- ", "1. "])
def test_the_next_item_of_a_list_stands_as_those_near_it_do(mark: str) -> None:
    item, other = f"{mark}{SENTENCE[:40]}", f"{mark}{SENTENCE[10:80]}"
    assert f"{item}\n{item}\n{other}" in joined([f"{item}\n{item}", other])
    assert f"{item}\n\n{item}\n\n{other}" in joined([f"{item}\n\n{item}", other])


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


def test_a_fence_in_an_item_stands_as_its_end_does_and_so_does_the_text_above_it() -> None:
    item = "* `diff` (in a folder):"
    assert joined([item, "```bash\n    diff\n    ```"]).endswith(
        "\n\n    ```bash\n    diff\n    ```\n"
    )
    below = "It compares:\n\n    ```bash\n    diff\n    ```"
    assert joined([item, below]).endswith(f"\n\n    {below}\n")


def test_a_line_of_code_that_looks_as_a_fence_further_in_is_not_where_its_own_ends() -> None:
    code = "```py\nx\n    ```\ny\n```\nafter"
    assert joined(["Words that end.", code]).endswith(f"\n\n{code}\n")


def test_a_heading_is_never_indented() -> None:
    chunks = [
        Chunk("a.md", "* a\n  b", "d", 0, start=0),
        Chunk("a.md", "## Stop\n\n* c\n  d", "d", 1, start=11),
    ]
    made = join_chunks(chunks, headings_above(chunks, Habits()), Habits())
    assert made.text == "* a\n  b\n\n\n\n## Stop\n\n* c\n  d\n"


def test_a_numbered_item_stands_as_the_one_with_the_next_number_does() -> None:
    texts = ["1. Open it:\n   1. Turn the key.", "2. Pull the lever.\n   3. Wait.\n2. Close it."]
    assert "   1. Turn the key.\n   2. Pull the lever.\n   3. Wait." in joined(texts)


def test_an_item_that_is_a_part_of_a_sentence_stands_as_the_others_do() -> None:
    texts = ["* A pump:\n  * it pumps;", "* it rests;\n  * it is oiled.\n* A valve."]
    assert "  * it pumps;\n  * it rests;\n  * it is oiled." in joined(texts)


@pytest.mark.parametrize(
    ("before", "after", "depth"),
    [
        ("* Pump:\n  * It runs.\n  * It stops.", "* It is\n    dry.", 2),
        ("* Pump:\n\n    It runs.\n\n    It stops.", "* Valve:\n\n    It opens.", 0),
        ("1. Pump:\n   * It runs.\n   * It stops.", "* It is dry.", 3),
        ("1. Pump:\n   * It runs.", "2. Valve:\n   * It opens.", 0),
        ("1. Pump:\n   1. It runs.", "2. It stops.", 0),
        ("1. Pump:\n2. Valve:\n   1. It opens.", "2. It shuts.", 3),
        ("1. Pump:\n2. Valve:\n   1. It opens.", "3. Gate.", 0),
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


@pytest.mark.parametrize(
    ("before", "after", "space"),
    [
        ("const pump = open((p) => {   // 1", "p.run();  // 2\n    p.stop();\n});  // 3", "\n    "),
        ("}", "const run = () =>\n  pump.run();", "\n"),
        ("// or", "const pump = open()\n    .run()\n    .stop()", "\n"),
        ("stop();", "start(pump,\n      speed)\n;", "\n"),
        ("==1== by run()\n ==1== by stop()", "==1== by rest()", "\n "),
        ("start();\nrun();", "// It runs.\nstop();", "\n\n"),
    ],
)
def test_a_line_of_code_stands_as_those_around_it(before: str, after: str, space: str) -> None:
    full = Habits(room=len(before) + 9, usual=100)
    code = joined([f"```js\n{before}", f"{after}\n```"], full)
    assert f"{before}{space}{after}" in code


@pytest.mark.parametrize(
    "texts",
    [
        ("## Pumps\n\n- Big\n- Small\n\n## Pump", "[[autodoc]] Pump\n    - start\n    - stop"),
        ("Pumps are\n\n- big,\n- small.", "[[autodoc]] Pump\n    - start\n    - stop"),
        ("1. It runs.\n2. It stops.\n\nAll pumps do.", "<figure>\n    <img>\n</figure>"),
        ("1. It runs", "and stops.", "Two things are said:\n  1. It rests.\n  2. It is oiled."),
    ],
    ids=["heading", "members", "paragraph", "list-below"],
)
def test_what_is_below_the_end_of_a_list_is_no_part_of_it(texts: tuple[str, ...]) -> None:
    assert joined(texts).endswith(f"\n\n{texts[-1]}\n")


def test_no_line_of_code_in_an_item_stands_left_of_its_fence() -> None:
    texts = ["1. Run it:\n\n   ```js\n   open();", "if (pump) {\n     run();\n   }\n   ```"]
    assert "\n   if (pump) {\n     run();\n" in joined(texts)


@pytest.mark.parametrize("sign", ['\\"', "\\'", "\"\\'"])
def test_strings_that_never_end_take_time_in_proportion_to_their_length(sign: str) -> None:
    with within(1):
        Brackets().feed('("' + sign * 50_000)

from __future__ import annotations

import re

import pytest

from sitegen.assemble.grouping.groups import group_by_source
from sitegen.assemble.joining.edges import Edges, edges
from sitegen.assemble.joining.habits import Habits, learn_habits
from sitegen.assemble.joining.join import join_chunks
from sitegen.assemble.joining.place import Place
from sitegen.assemble.joining.style import Style
from sitegen.assemble.joining.torn import within_line, within_sentences
from sitegen.assemble.outline import headings_above
from sitegen.assemble.parts import Parts
from sitegen.model import Chunk
from tests.assemble.joining.texts import BLOCKS, joined


def seam(before: str, after: str, *, above: str = "") -> Edges:
    here = Place(Style())
    here.feed(above + before)
    return edges(before, after, here, Habits())


@pytest.mark.parametrize(
    ("last", "after", "between"),
    [
        ("1.", "Open the valve.", " "),
        (">   2.", "Open the valve.", " "),
        ("| dry | stops;", "may run again |\n| wet | runs |", " "),
        ("| `pump.", "start()` | runs |", ""),
        ("> A pump moves water.", "It is never dry.\n> Nor full.", " "),
        ("See [the pump.", "](pump.md)", ""),
        ("<td>It runs.", "</td>", ""),
        ("A pump moves water", ". A valve stops it.", ""),
        ("A pump moves water", ".", ""),
        ("A pump moves water.", "A valve stops it.", None),
        ("| dry | stops |", "| wet | runs |", None),
        ("> A pump moves water.", "> It is never dry.", None),
        ("It runs.", "</Tip>", None),
    ],
)
def test_a_line_that_lost_its_end_goes_on_in_the_next_text(
    last: str, after: str, between: str | None
) -> None:
    assert within_line(seam(last, after)) == between


def test_a_string_in_code_goes_on_behind_the_sentence_in_it() -> None:
    assert within_line(seam("log('It runs.", "');\n```", above="```js\n")) == ""
    assert within_line(seam("log('It runs.", "stop();\n```", above="```js\n")) is None
    assert within_line(seam("log('It runs.');", "'use strict';\n```", above="```js\n")) is None


@pytest.mark.parametrize(
    ("last", "after", "between"),
    [
        ("to the tank.", "A pump that is dry stops\nas the float says.", " "),  # just one line
        ("to the tank.", "A pump that is dry always stops itself\nas the float says.", None),
        ("  to the tank.", "A pump that is dry stops\n  as the float says.", " "),
        ("- Fill it first.", "A pump that is dry\n  stops the float.", " "),
        ("- Fill it first.", "It is dry.\n- Open it.", " "),
        ("- Fill it first.", "Then:\n- Open it.", None),
        ("to the tank.", "A pump stops.\n\nIt is dry.", None),
        ("to the tank.", "## Dry\nIt stops.", None),
    ],
)
def test_sentences_of_a_line_of_wrapped_prose_are_one_line(
    last: str, after: str, between: str | None
) -> None:
    assert within_sentences(seam(last, after), 38) == between


def test_texts_that_would_have_held_the_next_paragraph_were_not_cut_for_want_of_room() -> None:
    filler, short = "A pump moves water. " * 20, "It stops."
    by_tokens = [f"{short}\n\n{filler[: 400 - 7 * row]}\n\n{short}" for row in range(9)]
    by_room = [f"{filler[: 200 - row]}\n\n{filler[: 200 - row]}" for row in range(9)]
    for texts, room in ((by_tokens, 0), (by_room, 402)):
        chunks = [Chunk("a.md", text, "d", row) for row, text in enumerate(texts)]
        assert learn_habits(Parts(group_by_source(chunks, []))).room == room


TABLE = "Name | Meaning\n--- | ---\ndry | The pump has no water in it, and stops"


@pytest.mark.parametrize("habits", [Habits(evenly=True), Habits(), BLOCKS])
@pytest.mark.parametrize(
    ("texts", "page"),
    [
        ((TABLE, "The pump below is big."), f"{TABLE}\n\nThe pump below is big."),
        ((f"{TABLE}.", "wet | It runs."), f"{TABLE}.\nwet | It runs."),
        ((f"{TABLE}.", "Fill it.\nwet | It runs."), f"{TABLE}. Fill it.\nwet | It runs."),
        (
            (f"{TABLE}.", "wet | It runs.", "full | It waits.", "It is big."),
            f"{TABLE}.\nwet | It runs.\nfull | It waits.\n\nIt is big.",
        ),
    ],
)
def test_a_table_without_signs_at_its_edge_ends_above_what_is_no_row(
    texts: tuple[str, ...], page: str, habits: Habits
) -> None:
    assert joined(texts, habits) == f"{page}\n"


@pytest.mark.parametrize("habits", [Habits(evenly=True), Habits(), BLOCKS])
def test_the_head_of_a_table_without_signs_at_its_edge_stands_below_a_blank_line(
    habits: Habits,
) -> None:
    for above in ("They are these.", "these are", "- They are these."):
        assert joined((above, TABLE), habits).startswith(f"{above}\n\n{TABLE}")


def test_a_sign_in_a_sentence_is_no_table() -> None:
    texts = ("Call a | b where the pump is dry and goes on", "to run.", TABLE)
    assert joined(texts, Habits()).startswith(f"{texts[0]} to run.")


@pytest.mark.parametrize(
    ("last", "after", "between"),
    [
        ("say('It runs.", "It stops.')", " "),
        ('x = f"It runs!', 'Stop." + name', " "),
        ("# Do not start it.", "Open the valve first\nstart()", " "),
        ("# Do not start it.", "start()", "\n"),
        ("say('It runs.')", "say('It stops.')", "\n"),
        ('"""Start it.', 'Then wait."""', "\n"),
        ("# it's fine.", "x = 'a'", "\n"),
        ("  await app.", "listen({ port: 3000 })", ""),
        ("x = pumps[0].", "valve.open()", ""),
        ("# Call pump.", "start(1)", "\n"),
        ("It runs.", "start it", "\n"),
    ],
)
@pytest.mark.parametrize("has_offsets", [False, True])
def test_a_string_and_a_comment_in_code_go_on_behind_the_sentence_that_they_were_cut_at(
    last: str, after: str, between: str, *, has_offsets: bool
) -> None:
    before = f"```py\n{last}"
    chunks = [
        Chunk("a.md", before, "d", 0, start=0 if has_offsets else None),
        Chunk("a.md", after, "d", 1, start=len(before) + len(between) if has_offsets else None),
    ]
    found = join_chunks(chunks, headings_above(chunks, Habits()), Habits()).text
    assert found == f"{before}{between}{after}\n"


def test_a_call_that_its_author_wrote_on_two_lines_stays_on_two_as_offsets_tell() -> None:
    before, after = "```js\nawait app.", "listen(3000)"
    chunks = [
        Chunk("a.md", before, "d", 0, start=0),
        Chunk("a.md", after, "d", 1, start=len(before) + 1),
    ]
    found = join_chunks(chunks, headings_above(chunks, Habits()), Habits()).text
    assert found == f"{before}\n{after}\n"


def test_the_mark_of_an_item_goes_on_one_blank_behind_it() -> None:
    chunks = [
        Chunk("a.md", "Do so:\n\n1.", "d", 0, start=0),
        Chunk("a.md", "Open it.\n2. Shut it.", "d", 1, start=11),
    ]
    found = join_chunks(chunks, headings_above(chunks, Habits()), Habits()).text
    assert found == "Do so:\n\n1. Open it.\n2. Shut it.\n"


PAGE = "\n\n".join(
    f"The pump {n} runs. It stops in time.\n\n```py\nopen({n})\nstart({n})\n\nwait({n})\n```"
    for n in range(9)
)


def test_code_that_was_cut_between_sentences_was_cut_at_a_blank_line() -> None:
    texts = PAGE.replace(" It stops", "\n\nIt stops").split("\n\n")
    chunks = [Chunk("a.md", text, "d", n) for n, text in enumerate(texts)]
    groups = group_by_source(chunks, [])
    habits = learn_habits(Parts(groups))
    assert habits.by_sentences
    assert join_chunks(chunks, headings_above(chunks, habits), habits).text.count(")\n\nwait") == 9


def test_code_that_was_cut_by_words_was_cut_at_any_line() -> None:
    words = PAGE.split(" ")
    texts = [" ".join(words[at : at + 3]) for at in range(0, len(words), 3)]
    chunks = [Chunk("a.md", text, "d", n) for n, text in enumerate(texts)]
    assert not learn_habits(Parts(group_by_source(chunks, []))).by_sentences


SCRIPTS = {
    "Chinese": "这台水泵把水从低处送到高处。它听到命令才会停下来。",
    "Hindi": "यह पंप पानी को ऊपर ले जाता है। यह आदेश पर ही रुकता है।",
    "Arabic": "تنقل هذه المضخة الماء إلى الأعلى؟ لا تتوقف إلا بأمر۔",
}


@pytest.mark.parametrize("sentences", SCRIPTS.values(), ids=SCRIPTS)
def test_of_each_script_it_shows_whether_sentences_were_cut(sentences: str) -> None:
    whole = [each for each in re.split(r"(?<=[。।؟۔])\s*", sentences) if each] * 9
    cut = [sentences[at : at + 9].strip() for at in range(0, len(sentences), 9)] * 9
    for texts, is_habit in ((whole, True), (cut, False)):
        chunks = [Chunk("a.md", text, "d", n) for n, text in enumerate(texts)]
        assert learn_habits(Parts(group_by_source(chunks, []))).by_sentences == is_habit


@pytest.mark.parametrize("stop", ["。", "।", "؟"])
def test_code_that_was_cut_behind_a_sentence_of_any_script_has_no_blank_line_there(
    stop: str,
) -> None:
    texts = [f"```py\n# {stop * 3}", "wait()\n```"]
    assert f"{stop}\nwait" in joined(texts, Habits(by_sentences=True))

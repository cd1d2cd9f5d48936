"""How a dataset was cut, seen from all its rows."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from sitegen.assemble.grouping.groups import group_by_source
from sitegen.assemble.joining.habits import Habits, learn_habits
from sitegen.assemble.parts import Parts
from sitegen.model import Chunk
from tests.assemble.joining.texts import joined

PARAGRAPH = (
    "The pump number {n} moves water from a low place\nto a high one and does not stop until\n"
    "somebody tells it to."
)
TEXT = "\n\n".join(PARAGRAPH.format(n=n) for n in range(200))
LIST = ("- It runs in both directions.", "- It stops when it is told.", "- It rests at night.")


def cut(text: str, sign: str, room: int = 300) -> list[str]:
    """The texts of a splitter that cuts at a sign, and fills each as far as there is room."""
    texts = [""]
    for part in text.split(sign):
        if len(texts[-1]) + len(sign) + len(part) > room:
            texts.append("")
        texts[-1] += sign + part if texts[-1] else part
    return [text.strip() for text in texts]


def habits(texts: list[str], *, by_lines: bool = False) -> Habits:
    chunks = (Chunk("a.md", text, "d", row) for row, text in enumerate(texts))
    return learn_habits(Parts(group_by_source(chunks, [])), by_lines=by_lines)


@pytest.mark.parametrize(("sign", "lines"), [("\n", True), ("\n\n", False)])
def test_texts_that_end_within_paragraphs_below_others_were_cut_at_lines(
    sign: str, *, lines: bool
) -> None:
    assert habits(cut(TEXT, sign)).cuts_lines == lines


def test_a_list_that_was_cut_at_a_line_is_as_dense_as_lists_are() -> None:
    learnt = habits(cut(TEXT, "\n"))
    above = PARAGRAPH.format(n=1) + "\n\n"
    assert "\n".join(LIST) in joined([above + "\n".join(LIST[:2]), LIST[2]], learnt)
    loose = "\n\n".join(LIST)
    assert loose in joined([above + "\n\n".join(LIST[:2]), LIST[2]], learnt)


@pytest.mark.parametrize("count", [0, 2])
def test_blocks_that_are_longer_than_all_texts_of_several_were_left_whole(count: int) -> None:
    texts = cut(TEXT, "\n\n")
    texts[5:5] = [f"It is {n}.\n{PARAGRAPH * 3}" for n in range(count)]
    assert habits(texts).whole_blocks == bool(count)


@pytest.mark.parametrize("torn", [["It does:\n\n1.", "Run."], ["| a | b |", "| c | d |"]])
def test_texts_that_tear_lists_or_tables_were_not_cut_at_blank_lines_alone(torn: list[str]) -> None:
    texts = cut(TEXT, "\n\n")
    texts[5:5] = [f"It is {n}.\n{PARAGRAPH * 3}" for n in range(2)]
    assert not habits([*texts, *torn]).whole_blocks


@pytest.mark.parametrize(("whole", "space"), [(True, "\n\n"), (False, " ")])
def test_who_leaves_blocks_whole_cuts_sentences_at_blank_lines_too(
    space: str, *, whole: bool
) -> None:
    texts = ["A pump that runs and runs and runs without an end", "and stops."]
    assert space.join(texts) in joined(texts, Habits(whole_blocks=whole))


def whole_lines(count: int, *, keepends: bool = False) -> list[str]:
    """Texts of so many lines of a page with code in it, each with its line end or all but one."""
    code = "```py\nwhile True:\n    run()\n    if told:\n        stop()\n```"
    page = "\n\n".join(PARAGRAPH.format(n=n) + ("\n\n" + code) * (n % 3 == 0) for n in range(99))
    lines = page.splitlines(keepends)
    sign = "" if keepends else "\n"
    return [sign.join(lines[at : at + count]) for at in range(0, len(lines), count)]


@pytest.mark.parametrize("count", [4, 7, 10])
@pytest.mark.parametrize("keepends", [True, False])
def test_rows_of_whole_lines_give_the_page_that_they_were_cut_from(
    count: int, *, keepends: bool
) -> None:
    texts = whole_lines(count, keepends=keepends)
    learnt = habits(texts)
    assert (learnt.keeps_edges, learnt.keeps_lines) == (keepends, not keepends)
    assert joined(texts, learnt) == ("" if keepends else "\n").join(texts) + "\n"


def test_lines_that_a_page_says_again_and_again_are_no_overlap_of_its_texts() -> None:
    lines = [f"The pump number {n} runs by day.\nIt stops at {n} o'clock.\n" for n in range(99)]
    texts = [f"{a}{b}" for a, b in pairwise(lines)]
    licence = "Use it as you like, but do not sell it. " * 4
    again = [f"{licence}\n{n}\n{licence}" for n in range(20)]
    learnt = habits([*texts, *again])
    assert 0 < learnt.overlap <= len(lines[-1])


def test_texts_that_share_nothing_but_what_repeats_itself_have_no_overlap() -> None:
    log = "The pump runs by day and by night. " * 4
    assert habits([*cut(TEXT, "\n\n"), *[f"{log}{n}\n{log}" for n in range(9)]]).overlap == 0


@pytest.mark.parametrize("between", [[], [""]])
def test_what_a_single_seam_has_twice_is_shown_once_and_looked_for_in_no_dataset_without(
    between: list[str],
) -> None:
    words = (" ".join(f"w{n}x{word}" for word in range(9 + n % 7)) for n in range(400))
    text = "\n\n".join(f"So {each}." for each in words)
    texts = cut(text, "\n\n")
    assert not habits(texts).repeats
    texts[7] = texts[6].rpartition("\n\n")[2] + "\n\n" + texts[7]
    texts[7:7] = between  # an empty one parts nothing
    assert habits(texts).overlap == 0
    assert joined(texts, habits(texts)).strip() == text


@pytest.mark.parametrize("unit", [r"[^.]*\.|[^.]+", r"\s?\w{1,5}|\s?[^\w\s]|\s+"])
def test_texts_cut_behind_stops_or_within_words_are_put_together_as_they_are(unit: str) -> None:
    code = "".join(f"pump{n}.open();\nvalve{n}.close(tank.level);\n" for n in range(9))
    blocks = (PARAGRAPH.format(n=n) + f" It runs. It stops.\n\n```js\n{code}```" for n in range(40))
    page = "\n\n".join(blocks)
    units = re.findall(unit, page)
    texts = ["".join(units[at : at + 7]) for at in range(0, len(units), 7)]
    assert joined(texts, habits(texts)) == page + "\n"


def test_one_blank_among_a_few_cuts_is_a_slip() -> None:
    assert not habits(["Short start.", "Open the valve. Press it. ", "Wait.", "More."]).keeps_edges


def test_texts_that_keep_their_indents_alone_do_not_keep_the_line_ends_that_they_were_cut_at() -> (
    None
):
    texts = [f"```py\nif told({n}):\n{' ' * 4}stop()" for n in range(9)]
    pieces = [piece for text in texts for piece in text.split("\n", 2)] + ["```"]
    assert not habits(pieces).keeps_edges
    assert "):    stop" not in joined(pieces, habits(pieces))


@pytest.mark.parametrize("overlap", [12, 20])
def test_an_overlap_of_a_few_words_is_one_if_many_texts_have_it(overlap: int) -> None:
    words = " ".join(f"pump{n} moves water{n % 7} to tank{n % 11}" for n in range(200)).split()
    texts = [""]
    for word in words:
        if len(texts[-1]) + 1 + len(word) > 150:
            tail = texts[-1][-overlap:].partition(" ")[2]
            texts.append(tail)
        texts[-1] += f" {word}" if texts[-1] else word
    learnt = habits(texts)
    assert 0 < learnt.overlap <= overlap
    assert joined(texts, learnt) == " ".join(words) + "\n"


@pytest.mark.parametrize("overlap", [1, 5, 7])
def test_texts_that_all_share_a_few_characters_were_cut_with_that_overlap(overlap: int) -> None:
    texts = [TEXT[at : at + 200] for at in range(0, len(TEXT), 200 - overlap)]
    learnt = habits(texts)
    assert learnt.exactly == overlap
    assert joined(texts, learnt).strip() == TEXT


def test_texts_of_which_one_shares_no_characters_have_no_such_overlap() -> None:
    texts = [TEXT[at : at + 200] for at in range(0, len(TEXT), 195)]
    assert not habits([*texts, "Other."]).exactly


def test_signs_that_all_texts_begin_and_end_with_are_no_overlap() -> None:
    assert not habits([f"| The pump {n} | stops |" for n in range(40)]).exactly


def test_texts_that_were_cut_at_headings_alone_are_blocks_of_their_own() -> None:
    texts = ["So many words of a section " * (1 + n * n % 37) + "to the tank" for n in range(40)]
    texts = [f"{text}\n- And an item" if n % 3 else text for n, text in enumerate(texts)]
    learnt = habits([f"It is {n}. {text}" for n, text in enumerate(texts)], by_lines=True)
    assert learnt.whole_blocks
    assert (
        joined(["- And an item", "Then it stops."], learnt) == "- And an item\n\nThen it stops.\n"
    )


def test_texts_whose_sentences_were_cut_are_no_such_blocks() -> None:
    words = TEXT.split(" ")
    texts = [" ".join(words[n * n : (n + 1) * (n + 1)]) for n in range(40)]
    assert not habits(texts, by_lines=True).whole_blocks

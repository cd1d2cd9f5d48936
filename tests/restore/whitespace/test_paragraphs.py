"""Where a line break in collapsed prose was a paragraph's or an item's end."""

from __future__ import annotations

import pytest

from sitegen.restore.whitespace import restore_whitespace
from tests.restore.whitespace.collapsed import document, restored

WIDE = """\
Some prose, as wide as the lines of the items,
which says where lines are broken, so that one
learns from it how wide the lines of all other
texts are, at least when there are enough of
them."""


def test_a_sentence_that_begins_paragraphs_elsewhere_begins_one_here() -> None:
    text = f"{WIDE}\nSo it ends here, at the width of the lines.\nThe abstract is the following."
    known = [document("The abstract is the following:", name=f"p{n}") for n in range(2)]
    *_, alone = restore_whitespace([document(text)], "on")
    *_, after = restore_whitespace([*known, document(text)], "on")
    assert "lines.\nThe abstract" in alone.text
    assert "lines.\n\nThe abstract" in after.text


def test_emphasis_over_whole_sentences_ends_a_paragraph() -> None:
    text = "*We show that it works. It does. *\nThis model was made by us."
    assert restored(text) == "*We show that it works. It does. *\n\nThis model was made by us."


def test_a_line_that_ends_in_an_article_or_a_preposition_goes_on() -> None:
    text = f"{WIDE}\nIt came in\n[A paper](https://a.test/b) by its makers."
    assert "came in\n[A paper]" in restored(text)


def test_a_sentence_below_the_last_of_items_of_one_line_is_no_part_of_it() -> None:
    items = (
        "- one item as wide as all of the lines above\n- another that is as wide as all the others"
    )
    below = "Nothing wraps in that list, so this is prose."
    assert restored(f"{WIDE}\n{items}\n{below}").endswith(f"{items}\n\n{below}")


def test_the_last_of_items_that_go_on_may_go_on_with_a_capital() -> None:
    items = """\
- one word after another as far as this line
goes, and the next line goes on
- two words in one line, as wide as the lines of
Python code or a little wider"""
    assert "lines of\n  Python code" in restored(f"{WIDE}\n{items}")


def test_an_address_below_what_a_colon_announces_stays_in_its_item() -> None:
    text = "- Paper by A. and B.:\nhttps://a.test/1\n- Other:\nhttps://a.test/2"
    assert (
        restored(text) == "- Paper by A. and B.:\n  https://a.test/1\n- Other:\n  https://a.test/2"
    )


def test_a_bar_in_code_below_a_table_makes_no_row_of_it() -> None:
    table = "| A | B |\n| --- | --- |\n| 1 | 2 |"
    below = "Run `pip list | grep a` to see it."
    assert restored(f"{table}\n{below}") == f"{table}\n\n{below}"


def test_what_stands_below_the_marker_of_a_callout_or_tab_is_its_body() -> None:
    text = 'One.\n!!! tip "A"\nIts body.\nTwo.\n??? note\n- a\n- b\n=== "C"\n```sh\nls\n```\nThree.'
    assert restored(text) == (
        'One.\n\n!!! tip "A"\n\n    Its body.\n\nTwo.\n\n??? note\n\n    - a\n    - b\n\n'
        '=== "C"\n\n    ```sh\n    ls\n    ```\n\nThree.'
    )


FREE = """\
The reader asks the cache for each of the pages,
and where one of them is not to be found there,
it is read from the disk of the machine itself.
Pages of another user are not read at all,
because nobody but their owner is allowed to see them,
and a limit keeps all of them from being read in one go,
which would take more than the memory of the machine.
"""


def test_who_breaks_lines_where_he_draws_breath_breaks_them_at_sentences_too() -> None:
    text = FREE + "The cache has a limit of a thousand pages."
    assert restored(text) == text


def test_lines_of_several_sentences_are_paragraphs() -> None:
    text = "One is read first. It is kept. Nothing is lost.\nTwo is read next. It is kept, too."
    assert restored(FREE + text).endswith(text.replace("\n", "\n\n"))


def test_a_sentence_that_refers_to_the_one_before_and_names_it_again_goes_on() -> None:
    first = "The reader keeps what it has read of the pages in a cache of its own on the machine."
    again = "This cache holds the pages of a day, and all of the reader's own pages."
    other = "Then a build begins, which takes all that was found and makes one site out of it."
    assert f"{first}\n{again}\n" in restored(f"{WIDE}\n{first}\n{again}\n{other}")


def test_a_sentence_that_announces_what_is_below_begins_a_paragraph() -> None:
    sentence = "The cache has a limit of a thousand pages"
    assert f"machine.\n\n{sentence}:" in restored(f"{FREE}{sentence}:\n```sh\nls\n```")
    assert f"machine.\n{sentence}." in restored(f"{FREE}{sentence}.\n```sh\nls\n```")


def test_the_end_of_a_block_of_another_dialect_stays_below_its_text() -> None:
    for end in (":::", "///"):
        assert restored(f"Mind the gap.\n{end}\nThen go on.").startswith(f"Mind the gap.\n{end}")


def test_a_line_of_other_blanks_alone_is_kept_as_any_line_is() -> None:
    for blank in ("\u00a0", "\u2003\u2003", "\f"):
        for before in ("It ends here.", "It goes on", "- An item."):
            text = f"{WIDE}\n{before}\n{blank}\nAnother one."
            (after,) = restore_whitespace([document(text)], "on")
            assert after.text.split() == text.split()
            assert blank in after.text


GREEDY = """\
The first of the readers looks for the page in a list of all pages,
which is kept in memory, and where it is not in there the reader goes
on to ask the disk for it, which takes longer. A page that is found
on the disk is put into the list, so that who asks for it the next
time has it at once, and the oldest page of the list makes room for
it unless somebody is reading it, in which case the list grows by a
page, and a word of that is written to the log of the program, that
can be read by all who may see the machine, but by nobody else, and
which is thrown away at the end of a day, or as soon as the disk on
which it stands is full, so that no program ever has to wait for it
when it writes a word of its own to another file on the same disk,
or for one of those who read the log while the program is running,
as happens when more than one of them wants to know what a program
does while it does it, or when a machine that watches all programs
looks into the log of each of them, which takes about a second for
every thousand lines, and twice that on machines of the older kind,
"""


def test_a_line_with_more_room_than_any_that_goes_on_ends_its_paragraph() -> None:
    below = "Another reader asks for the page.\nIt waits for it until the page comes."
    full = "as they are read from tapes alone. The second reader waits a bit.\nIt comes."
    assert "for the page.\n\nIt waits" in restored(GREEDY + f"as they are.\n{below}")
    assert "waits a bit.\nIt comes." in restored(GREEDY + full)


def test_pictures_that_are_links_stand_in_rows() -> None:
    badges = (
        "[![a](https://a.test/a.svg)](https://a.test)\n[![b](https://a.test/b.svg)](https://b.test)"
    )
    assert restored(f"{badges}\nA program that pumps.") == f"{badges}\n\nA program that pumps."


def test_a_back_tick_that_the_next_line_does_not_close_holds_no_paragraph_open() -> None:
    open_, closed = "It is fast (see `pump``).", "It is as fast as `the pump"
    below = "To run it, say:\n```sh\nls\n```"
    assert f"{open_}\n\nTo run it, say:" in restored(f"{FREE}{open_}\n{below}")
    assert f"{closed}\nOf ours` is." in restored(f"{FREE}{closed}\nOf ours` is.")


def test_for_example_in_short_ends_no_sentence() -> None:
    for short in ("e.g.", "i.e.", "*i.e.*", "(e.g."):
        text = f"{WIDE}\nThe pump says what it does, {short}\nPumping or Waiting."
        assert f"{short}\nPumping" in restored(text)


@pytest.mark.parametrize("below", ["Then others[^2].", "and others.", "[a]: b.md\n\nand others."])
def test_a_footnote_goes_on_where_its_sentence_does(below: str) -> None:
    notes = "[^1]: A note that is as wide as the others,\nand goes on[^2].\n[^2]: Another."
    gap = "\n" if below.startswith("[") else "\n\n"
    text = f"Words.\n\n{notes}{gap}{below}"
    assert restored(text) == text

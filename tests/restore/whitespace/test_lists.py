"""Whether the items of a list stood apart, in chunks that have lost their blank lines."""

from __future__ import annotations

from tests.restore.whitespace.collapsed import restored

SENTENCE = "This step is told in a sentence of some length, as the steps of a guide are."
LONG = " ".join([SENTENCE] * 3)


def test_numbered_items_as_long_as_paragraphs_stand_apart() -> None:
    text = f"1. {LONG}\n2. {LONG}"
    assert restored(text) == f"1. {LONG}\n\n2. {LONG}"


def test_short_numbered_items_and_long_bullets_stand_close() -> None:
    for text in (f"1. {SENTENCE}\n2. {SENTENCE}", f"- {LONG}\n- {LONG}", f"1. {LONG}\n2. Two."):
        assert restored(text) == text


def test_bullets_below_a_long_numbered_item_stay_close_to_it() -> None:
    text = f"1. {LONG}\n- a\n- b\n2. {LONG}"
    assert restored(text) == f"1. {LONG}\n   - a\n   - b\n\n2. {LONG}"


def test_long_numbered_items_of_a_callout_all_stay_in_it() -> None:
    for marker in ("!!! note", '=== "Tab"'):
        text = f"{marker}\n1. {LONG}\n2. {LONG}\n3. {LONG}"
        inside = "\n\n".join(f"    {number}. {LONG}" for number in (1, 2, 3))
        assert restored(text) == f"{marker}\n\n{inside}"


def test_sentences_between_two_items_of_one_list_belong_to_the_first_of_them() -> None:
    text = """\
- The reader opens the file.
Nothing is written to it. All of its lines are kept.
They are read once.
- The writer closes it."""
    assert restored(text) == text.replace("\nN", "\n  N").replace("\nThey", "\n  They")


def test_what_announces_the_items_below_it_or_is_their_title_is_of_no_item_above() -> None:
    wide = "- The reader opens all of the files that it is told of."
    for between in ("The writer does other things:", "Writers"):
        assert restored(f"{wide}\n{between}\n- It closes them.") == (
            f"{wide}\n\n{between}\n\n- It closes them."
        )


def test_an_item_whose_line_ends_in_a_dash_goes_on() -> None:
    for dash in (" -", " —", "–"):
        text = f"- [ada](https://a.test/ada){dash}\n**Ada** of London\n- Other"
        assert restored(text) == text.replace("\n**", "\n  **")

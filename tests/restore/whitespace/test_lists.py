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

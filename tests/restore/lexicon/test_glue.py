"""Words that an anchor has run together, and where a text parts them."""

from __future__ import annotations

import pytest

from sitegen.restore.lexicon.glue import slashed


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Catch stdout and stderr.", "stdout/stderr"),
        ("`stderr`/`stdout`, say", "stdout/stderr"),
        ("Stdout and/or stderr", "stdout/stderr"),
        ("stdout, then stderr", ""),
        ("xstdout and stderr", ""),
        ("stdout and\nstderr", ""),
    ],
)
def test_a_word_is_parted_where_a_text_names_its_halves_side_by_side(text: str, word: str) -> None:
    assert slashed("stdoutstderr", text) == word


def test_of_several_places_the_last_one_is_taken_and_short_halves_are_none() -> None:
    text = "abc and defghi, abcdef or ghi, ab/cdefghi"
    assert slashed("abcdefghi", text) == "abcdef/ghi"
    assert slashed("abcdefghi", "ab/cdefghi") == ""


def test_a_long_text_is_looked_through_once_for_all_its_words() -> None:
    text = "".join(f"one{number} and two{number} " for number in range(20_000))
    found = [slashed(f"two{number}one{number}", text) for number in range(20_000)]
    assert found[:1] == ["two0/one0"]
    assert all(found)

"""Signs that stood alone between words of a heading are given back."""

from __future__ import annotations

from sitegen.restore.headings.signs import usual_sign
from tests.restore.headings.restored import headings_of, restored

PAIRS = ("cats", "dogs"), ("mice", "men"), ("salt", "pepper")


def test_the_sign_that_a_page_often_has_is_looked_for_once_for_all_of_its_headings():
    prose = "Take ink × pen, oil × lamp, and bow × arrow.\n\n"
    text = "".join(f"## {one.title()} × {two}\n\nText.\n\n" for one, two in PAIRS)
    usual_sign.cache_clear()
    document = restored({"a.md": f"# Intro\n\n{prose}{text}"})["a"]
    assert headings_of(document)[1:] == [f"## {one.title()} × {two}" for one, two in PAIRS]
    assert usual_sign.cache_info().misses == 1
    assert usual_sign.cache_info().hits == len(PAIRS) - 1

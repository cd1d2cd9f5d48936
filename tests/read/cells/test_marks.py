"""Words that were marked, in parts of the text that they were told of."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.read.cells.elements import Elements
from sitegen.read.cells.marks import Span, SpansByWord, marked, placed
from sitegen.read.text import Tally
from tests.tempo import within

WORDS = st.sampled_from(["pump", "pump 2", "a_pump", "(pump)", "->", "the", "2"])
SPANS = st.builds(Span, WORDS, st.sampled_from(["[", "*"]), st.just("."))


@given(st.lists(SPANS, max_size=6), st.lists(WORDS, max_size=6))
def test_a_part_is_marked_by_the_spans_near_it_as_by_all(
    spans: list[Span], words: list[str]
) -> None:
    part = " ".join(words)
    near = SpansByWord(spans).near(part)
    assert marked(part, placed(part, near)) == marked(part, placed(part, spans))


@pytest.mark.parametrize("is_one", [True, False])
def test_many_links_in_a_text_of_many_blocks_take_no_time_for_each_pair(*, is_one: bool) -> None:
    names = ["here" if is_one else f"pump{n}" for n in range(1_000)]
    text = "\n\n".join(f"Block {n} tells of {name} now." for n, name in product(range(12), names))
    told = {"link_texts": names, "link_urls": [f"https://x.example/{n}" for n in range(1_000)]}
    with within(1):
        written = Elements(Tally()).markdown("CompositeElement", text, told, 0)
    assert written.count("](https://") == 12_000

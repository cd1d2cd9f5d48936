"""What several pages have seen of the evidence, as that of one."""

from __future__ import annotations

from typing import Any, cast

from hypothesis import example, given
from hypothesis import strategies as st

from sitegen.restore import OF_PAGES, Evidence, Seen, together
from sitegen.restore.evidence import OF_SITE, Spell
from sitegen.restore.seen import WordAt
from tests.examples import examples

KEYS = ("gpu", "tank", "pump")
COUNTS = st.fixed_dictionaries(dict.fromkeys(KEYS, st.integers(0, 5)))
LOOK = st.tuples(st.sampled_from(KEYS), st.sampled_from((None, *KEYS)))
LOOKS = st.lists(LOOK, max_size=4)
Look = tuple[str, str | None]


def evidence(counts: dict[str, int]) -> Evidence:
    words = {key: {key: n} for key, n in counts.items()}
    return Evidence({"seen": counts, "words": words, OF_SITE: {"is_alone": True}})


def _spelled(whole: Evidence, at: WordAt) -> str | None:
    """Whether a word is more frequent than the one before it: most counts give the same."""
    before = at.before or ""
    counts = [whole.words(key).get(key, 0) for key in (at.key, before)]
    return at.key.upper() if counts[0] > counts[1] else None


spelled = cast("Spell", _spelled)


def look(page: str, looks: list[Look], whole: Evidence) -> tuple[list[Any], Seen]:
    """What a page finds in the evidence, and what it has seen of it."""
    watched = whole.watched()
    found = [
        watched.conclude(WordAt(page, key, before), spelled) if before else watched.seen(key)
        for key, before in looks
    ]
    return found, watched.seen_so_far()


@examples(100)
@given(st.lists(LOOKS, max_size=3), st.lists(COUNTS, min_size=3, max_size=5))
@example(  # an answer that the first page has kept, since it did not depend on it, is an old one
    [[("gpu", "tank")], [("gpu", "pump")]],
    [{"gpu": number, "tank": 0, "pump": 2} for number in (2, 3, 2)],
)
def test_pages_that_are_known_together_find_what_each_would_find(
    pages: list[list[Look]], edits: list[dict[str, int]]
) -> None:
    first, *others = map(evidence, edits)
    kept = [look(str(number), looks, first) for number, looks in enumerate(pages)]
    lot = together(seen for _, seen in kept)
    for now in others:
        of_each = [now.still_reads(seen, spelled) for _, seen in kept]
        assert now.still_reads(lot, spelled) == all(of_each)
        new = [look(str(number), looks, now) for number, looks in enumerate(pages)]
        kept = [old if holds else one for holds, old, one in zip(of_each, kept, new, strict=True)]
        assert [found for found, _ in kept] == [found for found, _ in new]
        lot = together(seen for _, seen in kept)


def test_what_pages_say_for_themselves_is_not_asked_again_where_it_is_known_to_be_the_same() -> (
    None
):
    def own(count: int) -> Evidence:
        return Evidence({"on_page": {("a", "gpu"): {"GPU": count}}, "seen": {"gpu": 1}})

    watched = own(1).watched()
    watched.on_page("a", "gpu"), watched.seen("gpu")
    seen = watched.seen_so_far()
    assert own(1).says_of_pages(seen)
    assert not own(2).says_of_pages(seen)
    assert own(2).still_reads(seen, spelled, OF_PAGES)
    assert not own(2).still_reads(seen, spelled)
    assert not Evidence({"seen": {}}).still_reads(seen, spelled, OF_PAGES)


@given(LOOKS, LOOKS, COUNTS)
def test_what_pages_have_seen_is_enough_to_find_it_again(
    looks: list[Look], others: list[Look], counts: dict[str, int]
) -> None:
    whole = evidence(counts)
    found, seen = look("a", looks, whole)
    found_by_other, seen_by_other = look("b", others, whole)
    less = whole.only({"a": seen, "b": seen_by_other})
    assert look("a", looks, less)[0] == found
    assert look("b", others, less)[0] == found_by_other
    assert less.still_reads(seen, spelled)
    assert less.answers("a")
    assert not less.answers("c")
    assert whole.answers("c")
    nothing = whole.only({})
    assert not nothing.seen("gpu")
    assert not nothing.answers("a")
    assert nothing.is_alone()  # as of the site

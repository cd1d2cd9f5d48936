"""The one reading of ``[[id]]``."""

from __future__ import annotations

import pytest

from sitegen.scan.ids import has_id_within, split_id


@pytest.mark.parametrize(
    ("heading", "text", "id"),
    [
        ("Usage[[usage]]", "Usage", "usage"),
        ("Usage [[ usage tips ]]  ", "Usage", "usage tips"),
        ("Check![[fine-tuning]]", "Check!", "fine-tuning"),
        ("Run[[run-`a`-tests]]", "Run", "run-`a`-tests"),
        ("[[only]]", "", "only"),
        ("Use [[a]] and [[b]]", "Use [[a]] and", "b"),
        ("Usage {#usage}", "Usage", "usage"),
        ("Usage { #usage }", "Usage", "usage"),
        ("Usage {: #usage .wide }", "Usage", "usage"),
    ],
)
def test_an_id_stands_at_the_end_of_a_heading(heading: str, text: str, id: str) -> None:
    assert split_id(heading) == (text, id)


@pytest.mark.parametrize(
    "heading",
    [
        "A [[x]y]]",
        "A [[x[y]]",
        "A [[[[x]]]]",
        "A [[]]",
        "A [[ ]]",
        "A [[x]",
        r"A \[[x]]",
        "[[x]] B",
    ],
)
def test_what_is_no_id_stays_as_it_is(heading: str) -> None:
    assert split_id(heading) == (heading, "")


def test_an_id_that_is_not_at_the_end_is_told() -> None:
    assert has_id_within("Use [[a]] and")
    assert not has_id_within("Lists [[x, y], [z]]")

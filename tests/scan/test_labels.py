"""Labels that authors give to places, and the heading that each is above."""

from __future__ import annotations

import pytest

from sitegen.scan.labels import id_of_label, known_as, labels_in


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("(a)=\n# One *two*\n", [("a", "One *two*")]),
        ("(a b)=\n(c)=\n\nOne\n===\n", [("a b", "One"), ("c", "One")]),
        (".. _a:\n\nOne\n---\n\n.. _`b c`:\n\nWords.\n", [("a", "One"), ("b c", "")]),
        (".. _a: https://e.org\n.. __:\n.. a:\n", []),
        ("```md\n(a)=\n# One\n```\n", []),
        ("```{figure} a.png\n:alt: x\n:name: fig\n```\n", [("fig", "")]),
        ("```{figure} a.png\n---\nheight: 1\nname: fig\n---\n```\n", [("fig", "")]),
        (".. figure:: a.png\n   :name: fig\n", [("fig", "")]),
        ("```yaml\n:name: fig\n```\n\nname: x\n", []),
        ("(a)=", [("a", "")]),
        (".. _a:\n\n****\nOne\n****\n", [("a", "One")]),
        (".. _a:\n\nOne\n~~~~\n\n.. _b:\n\nTwo\n^^^\n", [("a", "One"), ("b", "Two")]),
        ("(a)=\n| b |\n|---|\n", [("a", "")]),
    ],
)
def test_labels_stand_above_what_they_name(text: str, found: list[tuple[str, str]]) -> None:
    assert list(labels_in(text)) == found


def test_spellings_of_a_label_are_one_label_and_one_id() -> None:
    assert known_as("A  b") == known_as("a B") == "a b"
    assert id_of_label("A  b") == "A-b"


@pytest.mark.parametrize(
    "line", ["(a)=\n", ".. _a:\n", "```{a}\n", "```{a}\n:x: y\n", ".. a\n", "a\n~~~~\n\n"]
)
def test_many_labels_take_time_as_their_number(line: str) -> None:
    assert len(list(labels_in(line * 20_000))) in {0, 20_000}

"""Rare patterns: what few pages need costs those nothing that do not."""

from __future__ import annotations

import pickle
import re
from copy import copy

import pytest

from sitegen.scan.patterns import rare


def test_a_rare_pattern_finds_and_replaces_what_the_same_one_would() -> None:
    written = r"(?P<name>[a-z]+)=(\d+)"
    later, now = rare(written, re.IGNORECASE), re.compile(written, re.IGNORECASE)
    text = "A=1, b=22; c=x"
    assert later.fullmatch(text) is now.fullmatch(text) is None
    assert later.split(text) == now.split(text)
    assert later.findall(text) == now.findall(text)
    assert later.sub(r"\g<name>", text) == now.sub(r"\g<name>", text)
    assert [found.span() for found in later.finditer(text)] == [(0, 3), (5, 9)]


def test_a_rare_pattern_is_compiled_when_it_is_first_looked_with() -> None:
    wrong = rare("(")
    assert wrong.pattern == "("
    with pytest.raises(re.error, match="missing"):
        wrong.search("text")


def test_a_rare_pattern_is_nothing_but_a_pattern() -> None:
    assert not hasattr(rare("a"), "compile")


def test_a_rare_pattern_is_copied_and_sent_to_a_process_as_any_is() -> None:
    sent = pickle.dumps(rare("a", re.IGNORECASE))
    for again in (copy(rare("a", re.IGNORECASE)), pickle.loads(sent)):  # noqa: S301 - ours
        assert again.fullmatch("A")

"""Assemble: headings that columns name -> those that the text of a page lacks, each once."""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from functools import lru_cache
from typing import NamedTuple

from sitegen.assemble.joining.habits import Habits, is_another
from sitegen.model import Chunk, Headings
from sitegen.scan import headings_in
from sitegen.scan.ids import split_id
from sitegen.scan.plain import plain
from sitegen.urls import slug


class Above(NamedTuple):
    """What stands above a chunk: the anchor of its section, and the headings to be written."""

    anchor: str
    headings: Headings = ()


def headings_above(chunks: Sequence[Chunk], habits: Habits) -> list[Above]:
    """Find the headings to write above each chunk of a page.

    A chunk tells its whole path: what it shares with the path before is written already, and so
    is what its own text holds, or one before that is still open. Of a section that is another one,
    though it is called the same, the last heading is written again.
    """
    if not any(chunk.headings for chunk in chunks):
        return [Above(chunk.anchor) for chunk in chunks]
    above: list[Above] = []
    path: Headings = ()
    last = ""
    held: list[tuple[int, str]] = []  # headings of texts that are open: level, anchor
    before = chunks[0]
    for chunk in chunks:
        told = _whole(chunk.headings, {anchor for _, anchor in held})
        shared = _shared(path, told)
        again = told == path != () and is_another(before, chunk, habits)
        path = told or path
        if chunk.anchor not in {"", last} or again:
            shared = min(shared, len(path) - 1)
        before = chunk if chunk.text else before
        last = chunk.anchor
        own = _headings_of(chunk.text)
        known = {anchor for _, anchor in (*own, *held)}
        lacking = [
            (level, words) for words, level in path[shared:] if anchor_of(words) not in known
        ]
        for level, _ in (*lacking, *own):
            held = [each for each in held if each[0] < level]
        held += own
        anchor = chunk.anchor or (anchor_of(lacking[-1][1]) if lacking else "")
        headings = tuple((split_id(words)[0], level) for level, words in lacking)
        above.append(Above(anchor, headings))
    return above


def _whole(path: Headings, open_: AbstractSet[str]) -> Headings:
    """A path whose headings are whole where it was taken apart at a slash in them.

    Texts above hold them: their anchors, of which those that are still ``open_`` are asked.
    """
    if len(path) == 1 or all(anchor_of(words) in open_ for words, _ in path):
        return path
    words = [words for words, _ in path]
    whole: list[tuple[str, int]] = []
    while words:
        sizes = range(len(words), 1, -1) if anchor_of(words[0]) not in open_ else ()
        joined = ((size, sign.join(words[:size])) for size in sizes for sign in ("/", " / "))
        size, text = next((each for each in joined if anchor_of(each[1]) in open_), (1, words[0]))
        whole.append((text, path[len(whole)][1]))
        del words[:size]
    return tuple(whole)


def _shared(before: Headings, path: Headings) -> int:
    """How many headings of a path stand above the text before too.

    One heading alone, whose level nobody says, may be any of those above the last.
    """
    if len(before) == 1 and not before[0][1]:
        words = [each for each, _ in path[:-1]]
        return words.index(before[0][0]) + 1 if before[0][0] in words else int(before == path)
    count = 0
    for one, other in zip(before, path, strict=False):
        if one != other:
            break
        count += 1
    return count


def _headings_of(text: str) -> list[tuple[int, str]]:
    """The level and anchor of each heading that a text holds."""
    return [(level, anchor_of(words)) for level, words in headings_in(text)]


@lru_cache(maxsize=1024)  # one stands in the paths of many texts
def anchor_of(words: str) -> str:
    """The anchor of a heading: the id written behind it, else the slug of its words."""
    text, id = split_id(words)
    return id or slug(plain(text))

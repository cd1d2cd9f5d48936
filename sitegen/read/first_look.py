"""First look: the few chunks of a large input that show something at once, before all is read."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from functools import cache
from itertools import chain, islice

from msgspec import Struct

from sitegen.model import Chunk
from sitegen.urls import INDEX_NAMES, PAGE_SUFFIX

Find = Callable[[Callable[[str], bool]], Iterable[Chunk]]
"""Gives the chunks of the sources that are asked for."""


class FirstLook(Struct, frozen=True):
    """So many chunks from the start, and the pages that somebody waits for by then.

    ``awaited`` gives permalinks (``guide/chat/``). It is called when the first chunks are there.
    Of a small input to read the rest takes no longer than to look pages up ``by_index``.
    """

    chunks: int
    awaited: Callable[[], Collection[str]] = frozenset
    by_index: bool = True

    def of(self, chunks: Iterable[Chunk], find: Find | None = None) -> Iterator[Chunk]:
        """Choose among all chunks; a page that the first ones may cut in two is left out.

        ``find`` knows a shorter way to the pages that are waited for than through all chunks.
        """
        rest = iter(chunks)
        some = list(islice(rest, self.chunks))
        if len(some) == self.chunks and some[0].source != some[-1].source:
            last = some[-1].source
            rest = chain([chunk for chunk in some if chunk.source == last], rest)
            some = [chunk for chunk in some if chunk.source != last]
        yield from some
        sources = {chunk.source for chunk in some}
        permalinks = [link for link in self.awaited() if not any(_is_of(s, link) for s in sources)]
        if permalinks:
            is_asked = cache(lambda source: any(_is_of(source, link) for link in permalinks))
            yield from (
                find(is_asked)
                if find and self.by_index
                else (c for c in rest if is_asked(c.source))
            )


class LookAgain(Struct, frozen=True):
    """The pages of these sources and nothing else."""

    sources: Collection[str]

    def of(self, chunks: Iterable[Chunk], find: Find | None = None) -> Iterator[Chunk]:
        """Choose among all chunks, or find them by a shorter way."""
        is_asked = self.sources.__contains__
        yield from find(is_asked) if find else (c for c in chunks if is_asked(c.source))


def _is_of(source: str, permalink: str) -> bool:
    """Tell whether a permalink may be that of a source, whatever their common root."""
    if permalink.rstrip("/").rpartition("/")[2] not in source:  # as of most of a large index
        return False
    path = PAGE_SUFFIX.sub("", source)
    folder, _, name = path.rpartition("/")
    if name.lower() in INDEX_NAMES:
        path = folder
    return f"/{path}/".endswith(f"/{permalink}")

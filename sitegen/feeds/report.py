"""Report: ``build.json``, what was built from what."""

from __future__ import annotations

import json
import zlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial

from msgspec.structs import asdict

from sitegen.feeds.parts import PartOfFeed
from sitegen.model import Certainty, Head, OutputFile, Page, Site
from sitegen.store.digest import digest

WHOLE = 2_000  # pages that ``build.json`` itself tells of
_PART = 1_000  # ... and a file beside it, at most about
_NOTHING = {certainty.value: 0 for certainty in Certainty}
_write = partial(json.dumps, ensure_ascii=False, sort_keys=True)


def build_report(site: Site, facts: Callable[[], Mapping[str, object]]) -> Iterator[OutputFile]:
    """Write ``build.json``: what was built from what; no times and no paths of this machine.

    Of many pages, what there is to say of each is in files beside it, by the hash of its id: what
    changes on one page is said in one file. ``facts`` are asked for when these are there.
    """
    return (make() for _, make in report_parts(site, facts))


def report_parts(site: Site, facts: Callable[[], Mapping[str, object]]) -> Iterator[PartOfFeed]:
    """The same files with what those beside it are made of, before any is made."""
    pages = site.pages
    parts = 1 << (len(pages) // _PART).bit_length() if len(pages) > WHOLE else 0
    dealt: list[list[Page]] = [[] for _ in range(parts)]
    for page in pages if parts else ():
        dealt[zlib.crc32(page.document.id.encode("utf-8", "replace")) % parts].append(page)
    for part, some in enumerate(dealt):
        yield (part, digest(list(map(_said, some)))), partial(_part, part, some)
    yield None, partial(_head, pages, parts, facts)


def _part(number: int, pages: Sequence[Page]) -> OutputFile:
    return _file(f"build/{number}.json", f"{{{_listed(pages)}}}\n")


def _head(
    pages: Sequence[Page], parts: int, facts: Callable[[], Mapping[str, object]]
) -> OutputFile:
    head = _write({"format": 1, **facts()}, indent=1).removesuffix("\n}")
    rest = f'"parts": {parts}' if parts else _listed(pages)
    return _file("build.json", f"{head},\n {rest}\n}}\n")


def _said(page: Page) -> object:
    """All that is said of a page."""
    head = page.document
    joined = (head.guessed, head.overlap)
    known = (head.id, head.source, page.permalink, page.title, head.chunks, head.restored)
    return known, joined, page.changed


def _file(path: str, text: str) -> OutputFile:
    return OutputFile(path, text.encode("utf-8", "replace"))


def _listed(pages: Iterable[Page]) -> str:
    """What is said of each of some pages, a line each."""
    lines = ",\n  ".join(_write(_page_report(page)) for page in pages)
    return f'"pages": [\n  {lines}\n ]'


def _page_report(page: Page) -> dict[str, object]:
    return _joined(page.document) | {
        "id": page.document.id,
        "source": page.document.source,
        "permalink": page.permalink,
        "title": page.title,
        "chunks": page.document.chunks,
        "restored": restored_of(page),
        **({"changed": asdict(page.changed)} if page.changed else {}),
    }


def _joined(head: Head) -> dict[str, object]:
    """Which chunks of a page go on the one before by guess, and how much stood in two, if any."""
    joined = {"guessed": head.guessed, "overlap": head.overlap}
    return {"joined": joined} if head.guessed or head.overlap else {}


def restored_counts(pages: Iterable[Page]) -> dict[str, int]:
    """Count what was restored, by how sure it is."""
    counts = dict(_NOTHING)
    for restored, times in Counter(page.document.restored for page in pages).items():
        for certainty, count in restored:
            counts[certainty] += times * count
    return counts


def restored_of(page: Page) -> dict[str, int]:
    """The same of one page."""
    return _NOTHING | dict(page.document.restored)

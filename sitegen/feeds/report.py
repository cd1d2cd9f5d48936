"""Report: ``build.json``, what was built from what."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from functools import partial

from sitegen.model import Certainty, Head, OutputFile, Page, Site


def build_report(site: Site, facts: Mapping[str, object]) -> OutputFile:
    """Write ``build.json``: what was built from what; no times and no paths of this machine."""
    write = partial(json.dumps, ensure_ascii=False, sort_keys=True)
    head = write({"format": 1, **facts}, indent=1).removesuffix("\n}")
    pages = ",\n  ".join(write(_page_report(page)) for page in site.pages)  # a line each
    text = f'{head},\n "pages": [\n  {pages}\n ]\n}}\n'
    return OutputFile("build.json", text.encode("utf-8", "replace"))


def _page_report(page: Page) -> dict[str, object]:
    return _joined(page.document) | {
        "id": page.document.id,
        "source": page.document.source,
        "permalink": page.permalink,
        "title": page.title,
        "chunks": page.document.chunks,
        "restored": restored_counts([page]),
        **({"changed": asdict(page.changed)} if page.changed else {}),
    }


def _joined(head: Head) -> dict[str, object]:
    """Which chunks of a page go on the one before by guess, and how much stood in two, if any."""
    joined = {"guessed": head.guessed, "overlap": head.overlap}
    return {"joined": joined} if head.guessed or head.overlap else {}


def restored_counts(pages: Iterable[Page]) -> dict[str, int]:
    """Count what was restored, by how sure it is."""
    counts: Counter[Certainty] = Counter()
    for page in pages:
        counts.update(dict(page.document.restored))
    return {certainty.value: counts[certainty] for certainty in Certainty}

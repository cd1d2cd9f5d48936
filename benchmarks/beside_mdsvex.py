"""Page by page beside mdsvex, the parser of doc-builder: lists, tables, code blocks, emphasis.

    npm install --prefix /tmp/mdsvex mdsvex
    python benchmarks/beside_mdsvex.py docs --node /tmp/mdsvex
    python benchmarks/beside_mdsvex.py docs.parquet --node /tmp/mdsvex --show 20

Both get the same Markdown: the restored pages of a dataset, or those of a folder. What both show is
compared by its letters and digits alone, kind by kind; each difference has a reason, or is listed.
"""

from __future__ import annotations

import argparse
import json
import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from sitegen.config.file import load_config
from sitegen.model import Document
from sitegen.pipeline.gather import gather
from sitegen.pipeline.planning import plan_gathered
from sitegen.pipeline.work import render_one
from sitegen.store.recall import NOTHING_KEPT

KINDS = {
    "li": "list items",
    "td": "cells",
    "th": "cells",
    "pre": "code blocks",
    "em": "emphasis",
    "strong": "emphasis",
    "del": "emphasis",
    "s": "emphasis",
    "i": "emphasis",
    "b": "emphasis",
}
_VOID = frozenset(("area", "br", "col", "hr", "img", "input", "source", "track", "wbr"))
_OURS = ("sg-anchor", "sg-hush", "sg-callout-title", "sg-code-label", "sg-signature", "sg-math")


@dataclass(slots=True)
class Shown(HTMLParser):
    """What a page shows, by kind: texts of elements, without what belongs to elements inside."""

    found: dict[str, Counter[str]] = field(default_factory=dict)
    _open: list[tuple[str, list[str], bool]] = field(default_factory=list)

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin an element; what is ours alone is not looked at."""
        classes = dict(attrs).get("class") or ""
        if tag not in _VOID:
            self._open.append((tag, [], any(each in classes for each in _OURS)))

    def handle_endtag(self, tag: str) -> None:
        """End an element, and all that is open inside."""
        while any(each[0] == tag for each in self._open):
            name, texts, is_ours = self._open.pop()
            text = "".join(texts)
            if not is_ours and name in KINDS and (letters := _letters(text)):
                self.found.setdefault(KINDS[name], Counter())[letters] += 1
            if self._open and not is_ours and name not in {"li", "pre", "table"}:
                self._open[-1][1].append(text)
            if name == tag:
                return

    def handle_data(self, data: str) -> None:
        """Take text."""
        if self._open:
            self._open[-1][1].append(data)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def shown(html: str) -> dict[str, Counter[str]]:
    """What HTML shows, by kind."""
    page = Shown()
    page.feed(f"<div>{html}</div>")
    page.close()
    return page.found


def pages(inputs: list[str]) -> Iterator[tuple[Document, str]]:
    """Yield each restored document with its HTML."""
    config = load_config(flags={"input": tuple(inputs)}, environ={})
    planned = plan_gathered(config, gather(config), NOTHING_KEPT)
    for job in map(planned.jobs.of, (head.id for head in planned.jobs.heads)):
        yield job.prepared.document, render_one(job.call, planned.ground.space).html


def compiled(documents: list[Document], node: Path) -> dict[str, str]:
    """The HTML that mdsvex makes of each document; nothing where it gives up."""
    lines = "".join(f"{json.dumps({'id': d.id, 'text': d.text})}\n" for d in documents)
    script = Path(__file__).with_name("mdsvex.mjs")
    done = subprocess.run(
        ["node", str(script)], cwd=node, input=lines, capture_output=True, text=True, check=True
    )
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    for answer in answers:
        if answer["error"]:
            print(f"mdsvex gives up on {answer['id']}: {answer['error'][:100]}")
    return {answer["id"]: answer["html"] for answer in answers}


_REASONS = (
    (r"\[\[autodoc\]\]", "API cards here, their markers as lists in mdsvex"),
    (r"\$|\\\\\(|\\\\\[", "formulas, which mdsvex does not know"),
    (r"^\[\^[^\]\n]+\]:", "footnotes, which mdsvex does not know"),
    (r"^\*[^*\n]+\s\*$", "a blank before the end of emphasis, which GitHub shows as written"),
    (r"<(?:[A-Z][A-Za-z]+|hfoption|frameworkcontent)[\s>]", "components, left to Svelte by mdsvex"),
)
"""What a page holds, and which differences it explains."""


def reason(document: Document, text: str, others: Counter[str]) -> str:
    """Why a text stands on one side alone; empty where nothing explains it."""
    if any(_is_within(*sorted((text, other), key=len)) for other in others):
        return "doctest flags, paths of references and splits of frameworks are not shown here"
    if "[[open-in-colab]]" in document.text and text.startswith(("Colab", "Studio", "Open")):
        return "menus of notebooks here"
    found = (why for sign, why in _REASONS if re.search(sign, document.text, re.MULTILINE))
    return next(found, "")


def _is_within(part: str, whole: str) -> bool:
    """Whether all letters of a text stand in the same order in one that is not much longer."""
    letters = iter(whole)
    return 3 * len(part) >= len(whole) and all(letter in letters for letter in part)


def main() -> None:
    """Compare, and print what differs by kind, side and reason."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("input", nargs="+")
    parser.add_argument("--node", type=Path, required=True, help="folder with node_modules/mdsvex")
    parser.add_argument("--show", type=int, default=5, help="differences without a reason to print")
    options = parser.parse_args()
    ours = [(document, shown(html)) for document, html in pages(options.input)]
    theirs = compiled([document for document, _ in ours], options.node)
    same: Counter[str] = Counter()
    why: Counter[tuple[str, str, str]] = Counter()
    open_ones: list[tuple[str, str, str, str]] = []
    for document, mine in ours:
        other = shown(theirs.get(document.id, ""))
        for kind in dict.fromkeys(KINDS.values()):
            a, b = mine.get(kind, Counter()), other.get(kind, Counter())
            same[kind] += (a & b).total()
            for side, rest, across in (("here", a - b, b - a), ("mdsvex", b - a, a - b)):
                for text in rest.elements():
                    told = reason(document, text, across)
                    why[kind, side, told or "no reason known"] += 1
                    if not told:
                        open_ones.append((kind, side, document.id, text))
    for kind, number in same.items():
        print(f"{kind}: {number:,} alike")
        for (of, side, told), count in sorted(why.items()):
            if of == kind:
                print(f"    only {side}: {count:,} - {told}")
    for kind, side, id, text in open_ones[: options.show]:
        print(f"{kind}, only {side}: {id}: {text[:100]}")


if __name__ == "__main__":
    main()

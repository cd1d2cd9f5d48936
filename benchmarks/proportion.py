"""Measure steps at three sizes: each must take time in proportion to its input.

What a step takes for one item is printed, so equal numbers in a line mean proportion. The suite
counts the work of the same steps (``tests/test_proportion.py``), where seconds would be noise.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from sitegen.assemble import assemble
from sitegen.config import Config
from sitegen.config.phrases import PHRASES
from sitegen.diff import Dataset, Piece, compare
from sitegen.layout.sidebar import Sidebar
from sitegen.model import Chunk, Document, NavItem, Page, Section, Site
from sitegen.model.objects import METHOD, Documented, ObjectIndex
from sitegen.plan.mentions import mentions
from sitegen.plan.nav import plan
from sitegen.plan.own_pages import own_pages
from sitegen.plan.references import References
from sitegen.urls import permalink

SIZES = (1_000, 2_000, 4_000)
Step = Callable[[], object]


def _documents(size: int) -> list[Document]:
    text = "[`forward`], [`Model.forward`], [`Unknown`]"
    return [Document(f"g{n // 10}/p{n}", "", text, (_section(0),)) for n in range(size)]


def _section(line: int) -> Section:
    return Section(line, f"s{line}", f"0_{line}", "rows.jsonl", line)


def _sidebar(size: int) -> Step:
    """Every page of a site whose pages are all groups at the top, the last of them long."""
    names = [permalink(f"p{n}") for n in range(size)]
    groups = [NavItem(name, name, (NavItem("In", f"{name}in/"),)) for name in names[: size // 2]]
    last = NavItem("Long", None, tuple(NavItem(name, name) for name in names[size // 2 :]))
    sidebar = Sidebar(
        Site("", (), (*groups, last)), "site-index/", {phrase: phrase for phrase in PHRASES}
    )
    return lambda: [sidebar.of(name, "../") for name in names]


def _references(size: int) -> Step:
    """Every page of a site, each of which documents a method of the same name."""
    documents = _documents(size)
    objects = [
        Documented(f"lib.m{n}.Model{n}.forward", page.id, f"m{n}", METHOD)
        for n, page in enumerate(documents)
    ]
    references = References(ObjectIndex("lib", tuple(objects)))
    said = [mentions(document.text) for document in documents]
    return lambda: [references.of(*each) for each in zip(documents, said, strict=True)]


def _section_at(size: int) -> Step:
    """Every line of one document of many sections."""
    document = Document("p", "", "\n" * size, tuple(map(_section, range(size))))
    return lambda: [document.locate(line) for line in range(size)]


def _own_pages(size: int) -> Step:
    """The addresses of a site's own pages, all of which the input has too."""
    names = [f"{name}{'-' * (n % 200)}" for n in range(size) for name in ("search", "chunk")]
    pages = [Page(each.head(), each.id, permalink(each.id)) for each in _documents(size)]
    pages += [Page(pages[0].document, name, f"{name}/") for name in names]
    site = Site("", tuple(pages), ())
    return lambda: own_pages(site, Config())


def _navigation(size: int) -> Step:
    """The order of all pages."""
    documents = [each.head() for each in _documents(size)]
    return lambda: plan(documents, (), title="", language="", notices=[])


def _assembly(size: int) -> Step:
    """One document of many rows, another of as many that are equal."""
    rows = [
        Chunk(source, f"Text {n if source == 'a.md' else ''} of it.", "r", row, id=f"0_{n}")
        for source in ("a.md", "b.md")
        for row, n in enumerate(range(size))
    ]
    return lambda: assemble(rows, [])


def _difference(size: int) -> Step:
    """Pages of many chunks of one text, the ids of which have all changed."""

    def side(first: int) -> Dataset:
        sections = (Section(n, "s", f"0_{first + n}", "r", n) for n in range(size))
        pieces = [Piece("p", n, "One licence.", each, "") for n, each in enumerate(sections)]
        return Dataset({"p": tuple(pieces)})

    old, new = side(0), side(size)
    return lambda: compare(old, new)


STEPS: Mapping[str, Callable[[int], Step]] = {
    "sidebar": _sidebar,
    "references": _references,
    "section_at": _section_at,
    "own pages": _own_pages,
    "navigation": _navigation,
    "assembly": _assembly,
    "difference": _difference,
}
"""By name, what makes a step ready for an input of a size."""


def main() -> None:
    """Print microseconds of processor time per item, the best of three."""
    print(f"{'':12}{''.join(f'{size:>10,}' for size in SIZES)}   items; microseconds each")
    for name, ready in STEPS.items():
        found = []
        for size in SIZES:
            step = ready(size)
            found.append(min(_seconds(step) for _ in range(3)) / size)
        print(f"{name:12}{''.join(f'{1e6 * each:10.1f}' for each in found)}")


def _seconds(step: Step) -> float:
    started = time.process_time()
    step()
    return time.process_time() - started


if __name__ == "__main__":
    main()

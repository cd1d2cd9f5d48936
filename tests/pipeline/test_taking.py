"""Taking: the files of pages reach the sink kind by kind, and lots are known by one key."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

import pytest

from sitegen.model import Head, OutputFile
from sitegen.model.runs import Bulk
from sitegen.pipeline.rendering import Jobs, Ticket
from sitegen.pipeline.taking import Taking
from sitegen.write.beside import NOTHING_BESIDE
from sitegen.write.output import open_output
from sitegen.write.sink import Sink

LOTS = (3, 2)


class Lots(Jobs):
    """Jobs of lots of so many pages each, which have nothing in them."""

    def __init__(self) -> None:
        super().__init__()
        self.put_aside()  # there is nothing to unpack
        self.tickets: list[Ticket] = []
        for size in LOTS:
            names = [f"p{len(self.heads) + each}" for each in range(size)]
            heads = [Head(id=name, title=name, source=name) for name in names]
            each, of_all = Bulk(lambda size=size: [b""] * size), Bulk(lambda: [b""])
            self.tickets += self.add_all(heads, names, names, [(0, 0)] * size, (each, each, of_all))


def build(folder: Path, order: Iterable[int], before: Sink | None = None) -> tuple[Sink, list[str]]:
    """Take two files of each page in an order; give the sink and what was made."""
    made: list[str] = []

    def make(path: str) -> OutputFile:
        made.append(path)
        return OutputFile(path, path.encode())

    jobs = Lots()
    with open_output(folder) as output:
        seen = before.signatures() if before else {}
        known = before.made if before else {}
        sink = Sink(output, known, seen, beside=NOTHING_BESIDE, keeps=True)
        taking = Taking(jobs, sink, by_lot=True)
        for number in order:
            ticket = jobs.tickets[number]
            taking.turn_to(ticket)
            for kind in ("md", "html"):
                path = f"{ticket.id}.{kind}"
                taking.add(kind, (path, partial(make, path), None))
        taking.end()
        sink.publish()
    return sink, made


ORDERS = [(0, 1, 2, 3, 4), (2, 0, 3, 1, 4), (4, 3, 2, 1, 0), (3, 0, 4, 1, 2)]


@pytest.mark.parametrize("order", ORDERS)
def test_a_lot_is_known_by_one_key_in_whatever_order_its_pages_come(
    order: tuple[int, ...], tmp_path: Path
) -> None:
    first, made = build(tmp_path / "out", order)
    assert sorted(made) == sorted(f"p{each}.{kind}" for each in range(5) for kind in ("md", "html"))
    assert len(first.made) == len(LOTS)
    again, made = build(tmp_path / "out", range(5), first)
    assert not made
    assert again.made == first.made


def test_the_files_of_pages_that_come_together_are_made_kind_by_kind(tmp_path: Path) -> None:
    _, made = build(tmp_path / "out", (1, 2, 3, 4, 0))
    kinds = (("md", (1, 2)), ("html", (1, 2)), ("md", (3, 4)), ("html", (3, 4)))
    pages = [f"p{number}.{kind}" for kind, numbers in kinds for number in numbers]
    assert made == [*pages, "p0.md", "p0.html"]

"""Taking: the files of pages as these come -> the sink, kind by kind, and lot by lot.

Page by page, the code of each kind puts that of the others out of the processor's caches.
"""

from __future__ import annotations

from collections import defaultdict
from itertools import chain

from sitegen.pipeline.rendering import Jobs, Ticket
from sitegen.write.sink import Sink, Taken

_TOGETHER = 32  # pages whose files are made kind by kind

_Of = tuple[object, str]
"""What a file is made of, and the key that it was taken by."""


class Taking:
    """Gives the files of pages to the sink; each page has one of each kind."""

    def __init__(self, jobs: Jobs, sink: Sink, *, by_lot: bool) -> None:
        """Let a whole lot be known by one key only where they are to be known ``by_lot``."""
        self._jobs, self._sink, self._by_lot = jobs, sink, by_lot
        self._tickets: list[Ticket] = []
        self._kinds: defaultdict[str, list[Taken]] = defaultdict(list)
        self._begun: defaultdict[int, dict[int, tuple[_Of, ...]]] = defaultdict(dict)
        """Of the lots whose pages do not all come together, what was taken of each page."""

    def turn_to(self, ticket: Ticket) -> None:
        """Take the files of a page from now on, by `add`."""
        first = self._tickets[0] if self._tickets else ticket
        if first.lot != ticket.lot or (not first.lot and len(self._tickets) == _TOGETHER):
            self.end()
        self._tickets.append(ticket)

    def add(self, kind: str, file: Taken) -> None:
        """Take a file of the page."""
        self._kinds[kind].append(file)

    def end(self) -> None:
        """Send the files of the pages so far to the sink, and let go of what makes them."""
        kinds = list(self._kinds.values())
        own = [self._jobs.number(ticket.id) for ticket in self._tickets]
        lot = self._jobs.lot(self._tickets[0]) if own and self._by_lot else range(0)
        if lot and own == list(lot):
            self._sink.take_together(list(chain.from_iterable(kinds)))
        else:
            taken = [[(each[0], self._sink.take(*each)) for each in kind] for kind in kinds]
            if lot:
                self._note(lot, own, taken)
        self._tickets = []
        self._kinds.clear()

    def _note(self, lot: range, numbers: list[int], taken: list[list[_Of]]) -> None:
        """Note what was taken of some pages of a lot, which is known by one key with the last."""
        begun = self._begun[lot.start]
        begun.update(zip(numbers, zip(*taken, strict=True), strict=True))
        if len(begun) == len(lot):
            kinds = zip(*(begun[number] for number in lot), strict=True)  # as if taken together
            in_order = list(chain.from_iterable(kinds))
            self._sink.know_together([of for of, _ in in_order], [key for _, key in in_order])
            del self._begun[lot.start]

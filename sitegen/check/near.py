"""Near: of many names, the one that is meant by another; a site may have as many wrong links."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property
from itertools import islice

_FEW = 12  # names that are compared letter by letter
_RARE = 8  # parts of a name, the rarest, by which others are found
_MOST = 64  # names that are found by one part
_LETTERS = 3  # of a part


class Near:
    """Names among which the nearest is sought, in time that does not grow with their number."""

    def __init__(self, names: Sequence[str], *, alike: float) -> None:
        """Seek among ``names``; one that is less ``alike`` (0 to 1) is not near."""
        self._names, self._alike = names, alike
        self._found: dict[str, str] = {}

    def to(self, name: str) -> str:
        """The name that is nearest to this one; empty if none is near."""
        found = self._found.get(name)
        if found is None:
            few = self._names if len(self._names) <= _FEW else self._sharing(name)
            found = self._found[name] = self._nearest(name, few)
        return found

    def _nearest(self, name: str, few: Sequence[str]) -> str:
        """The name that is most alike, and alike enough; of equal ones the last by its letters."""
        from difflib import SequenceMatcher  # noqa: PLC0415 - most sites have no wrong links

        best = (self._alike, "")
        matcher = SequenceMatcher(b=name)
        for each in few:
            matcher.set_seq1(each)
            if (matcher.real_quick_ratio(), each) > best and (matcher.quick_ratio(), each) > best:
                best = max(best, (matcher.ratio(), each))
        return best[1]

    def _sharing(self, name: str) -> list[str]:
        """The names that share most of the rare parts of this one; else the first of all."""
        held = [numbers for part in sorted(_parts(name)) if (numbers := self._numbers.get(part))]
        held.sort(key=len)
        times = Counter(n for numbers in held[:_RARE] for n in islice(numbers, _MOST))
        best = sorted(times, key=lambda number: (-times[number], number))[:_FEW]
        return [self._names[number] for number in best] or list(self._names[:_FEW])

    @cached_property
    def _numbers(self) -> dict[str, list[int]]:
        """The numbers of the names that hold a part."""
        numbers: dict[str, list[int]] = {}
        for number, name in enumerate(self._names):
            for part in _parts(name):
                numbers.setdefault(part, []).append(number)
        return numbers


def _parts(name: str) -> set[str]:
    """All that stands side by side in a name, its beginning and its end known as such.

    Its letters in the order of the alphabet are a part too: two of them may be the wrong way round.
    """
    whole = f"^{name.lower().replace('_', '-')}$"
    sides = {whole[at : at + _LETTERS] for at in range(len(whole) - _LETTERS + 1)}
    return sides | {"".join(sorted(whole))}

"""How often is tried what can be tried at will: a few times, or all times that a test names.

A fifth is tried by ``pytest`` and CI, all by ``pytest --hypothesis-profile thorough``.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import TypeVar

from hypothesis import HealthCheck, settings

Case = TypeVar("Case")

ALL = 100  # of a profile that tries as many examples as a test names

# A busy machine is no fault of the code: times are never tested, and every run tries the same.
_ALWAYS = settings(
    deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], database=None
)
settings.register_profile("quick", _ALWAYS, max_examples=ALL // 5)
settings.register_profile("thorough", _ALWAYS, max_examples=ALL)
settings.load_profile("quick")  # --hypothesis-profile thorough comes after this


def examples(most: int) -> settings:
    """The settings for a property that is tried with so many examples by ``thorough``."""
    return settings(max_examples=times(most, least=5))


def times(most: int, *, least: int = 1) -> int:
    """How often something is done that ``thorough`` does so many times."""
    return max(least, most * settings().max_examples // ALL)


def some(cases: Sequence[Case], *, least: int) -> list[Case]:
    """Of many cases those that are tried: the same each time, but no regular choice."""
    count = times(len(cases), least=least)
    chosen = random.Random(0).sample(range(len(cases)), count)  # noqa: S311 - no secret
    return [cases[at] for at in sorted(chosen)]

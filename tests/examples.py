"""How many examples a property is tried with: a few each time, all of them where CI runs."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

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
    return settings(max_examples=max(5, most * settings().max_examples // ALL))

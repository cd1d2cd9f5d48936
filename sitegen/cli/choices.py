"""A word of a few, as an option or an argument takes it."""

from __future__ import annotations

from typing import Any

import click

from sitegen.errors import did_you_mean


class OneOf(click.Choice[str]):
    """One word of a few; a word that is nearly one of them is told which."""

    def get_invalid_choice_message(self, value: Any, ctx: click.Context | None) -> str:
        """What is wrong, and which word may be meant; else all that may be given."""
        return f"{value!r} is none: {did_you_mean(str(value), self.choices)}"

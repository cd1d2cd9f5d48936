"""Extensions that settings name, and rules of `check`: entered or refused, by file and line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import click

from sitegen.config import Config
from sitegen.errors import ConfigError


def enter(config: Config, extensions: Sequence[Path], file: Path | None) -> None:
    """Let extensions add to the stages while a command runs, and look at the rules of settings.

    ``file`` is the configuration that was named, if one was.

    Raises:
        ConfigError: there is no such extension or rule; it says where the settings name it.
    """
    from sitegen.extension import extended  # noqa: PLC0415 - `--help` must not load it

    with _placed("extensions", file):
        click.get_current_context().with_resource(extended(config.extensions, extensions))
    if config.check.rules:
        from sitegen.check import refuse_unknown  # noqa: PLC0415 - few settings have any

        with _placed("check.rules", file):
            refuse_unknown(config.check.rules)


@contextmanager
def _placed(key: str, named: Path | None) -> Iterator[None]:
    """Give an error the line of what it names in the configuration, else that of a key there."""
    from sitegen.config.file import place_of  # noqa: PLC0415 - as above

    try:
        yield
    except ConfigError as error:
        if not error.location.file and (place := place_of(f"{error.message} {key}", named)):
            error.location = place
        raise

"""What commands tell people: on stderr, results stay alone on stdout."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import click

from sitegen.errors import Location, WriteError


def count(number: int, noun: str) -> str:
    """A number with its noun: "1 page", "2,000 pages"."""
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def short(path: Path) -> str:
    """A path as one would type it here."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def say(text: str, *, nl: bool = True) -> None:
    """Print for people, not for programs."""
    with suppress(OSError):  # that it cannot be told cannot be told
        click.echo(text, err=True, nl=nl)


def write(file: Path, text: str | bytes) -> None:
    """Write a result to a file, as UTF-8 whatever the locale.

    Raises:
        WriteError: it cannot be written, as the disk is full for example.
    """
    try:
        file.write_bytes(_encoded(text))
    except OSError as error:
        raise WriteError(
            f"cannot be written: {error.strerror}",
            location=Location(file=short(file)),
            help="write it elsewhere",
        ) from error


def answer(text: str | bytes) -> None:
    """Print a result for programs, as UTF-8 whatever the locale."""
    data = _encoded(text)
    click.echo(data, nl=data[-1:] not in {b"", b"\n"})


def _encoded(text: str | bytes) -> bytes:
    return text.encode("utf-8", "replace") if isinstance(text, str) else text


def answer_json(value: object) -> None:
    """Print a result as one JSON object."""
    answer(json.dumps(value, ensure_ascii=False, indent=1))

"""Gather: the configured input -> documents put together, no heading restored yet.

It is a step of its own so that another process can take it.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.assemble import assemble
from sitegen.config import Config
from sitegen.errors import ConfigError, Diagnostic
from sitegen.model import Document, LinkSpace
from sitegen.read import read
from sitegen.read.first_look import FirstLook
from sitegen.restore import restore_whitespace
from sitegen.store.memory import Memory


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the input says: its documents in source order, and what their links may name."""

    documents: list[Document]
    space: LinkSpace
    notices: list[Diagnostic]


def gather(
    config: Config, memory: Memory | None = None, *, first: FirstLook | None = None
) -> Gathered:
    """Read the input and put its documents together.

    A ``memory`` gives back what builds before it made of parts that have not changed. A ``first``
    look reads no more than it needs.

    Raises:
        SitegenError: the input is not as it must be.
    """
    if not config.input:
        raise ConfigError(
            "no input",
            help="name a dataset (sitegen build docs.parquet) or set `input` in sitegen.toml",
        )
    notices: list[Diagnostic] = []
    chunks = read(config.input, config.columns, notices, memory, config_name=config.config_name)
    assembled = assemble(chunks if first is None else first.of(chunks), notices, memory)
    documents = list(restore_whitespace(assembled.documents, config.restore.whitespace))
    return Gathered(documents, assembled.space, notices)

"""Gather: the configured input -> documents put together, no heading restored, and their objects.

It is a step of its own so that another process can take it: it loads what reads and joins rows, and
nothing of what comes after.
"""

from __future__ import annotations

from dataclasses import dataclass

from sitegen.assemble import assemble
from sitegen.config import Config
from sitegen.errors import ConfigError, Diagnostic
from sitegen.first_look import FirstLook
from sitegen.memory import Memory
from sitegen.model import Document, LinkSpace
from sitegen.object_index import index_objects, package_of
from sitegen.objects import ObjectIndex
from sitegen.readers import read
from sitegen.restore import restore_whitespace


@dataclass(frozen=True, slots=True)
class Gathered:
    """What the input says: its documents in source order, and what their links may name."""

    documents: list[Document]
    space: LinkSpace
    index: ObjectIndex
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
    chunks = read(config.input, config.columns, notices, memory)
    assembled = assemble(chunks if first is None else first.of(chunks), notices, memory)
    documents = list(restore_whitespace(assembled.documents, config.restore.whitespace))
    packages = config.api.packages
    package = package_of(assembled.space) or (packages[0] if len(packages) == 1 else "")
    index = index_objects(documents, package, memory)
    return Gathered(documents, assembled.space, index, notices)

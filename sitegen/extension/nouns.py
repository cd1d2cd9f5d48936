"""Extension: what a package may add, each kind of thing as the stage knows it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any, BinaryIO

from msgspec import Struct, field

from sitegen.errors import Diagnostic

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from sitegen.check import Examined
    from sitegen.feeds import Feed
    from sitegen.read.files import InputFile
    from sitegen.read.rows import Table
    from sitegen.render.components.registry import Component

Reader = Callable[["BinaryIO", "InputFile"], "Table"]
Publisher = Callable[[Any], AbstractContextManager[Any]]


class Check(Struct, frozen=True):
    """A kind of finding: its code, what is wrong, what to do; ``find`` looks for it in a check.

    Without ``find`` it is a component that reports it.
    """

    code: str
    title: str
    help: str
    find: Callable[[Examined], Iterable[Diagnostic]] | None = None


class Extension(Struct, frozen=True):
    """What a package adds. Its version enters every key of the store.

    ``readers`` open a file by its suffix, ``publishers`` a target by the scheme of its address,
    ``rules`` teach the parser of Markdown.
    """

    name: str
    version: str
    components: Sequence[Component] = ()
    readers: Mapping[str, Reader] = field(default_factory=dict)
    checks: Sequence[Check] = ()
    feeds: Sequence[Feed] = ()
    publishers: Mapping[str, Publisher] = field(default_factory=dict)
    rules: Sequence[Callable[[MarkdownIt], None]] = ()

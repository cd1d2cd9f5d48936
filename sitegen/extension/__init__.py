"""Extension: what a package adds to the stages, and the one door by which it comes in.

Nothing is loaded that is not named: by ``extensions`` in the configuration, as the name of an entry
point of an installed package, or by ``--extension FILE`` on the command line. A configuration that
came with a checkout runs no code of the checkout.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from sitegen.errors import BROKEN, ConfigError, Diagnostic, SitegenError
from sitegen.extension.guards import open_table, safe_feed, safe_publisher, safe_rule, said
from sitegen.extension.loading import TEMPLATES, installed, of_file, of_templates
from sitegen.extension.nouns import Check, Extension, Publisher, Reader
from sitegen.extension.publishers import PUBLISHERS

if TYPE_CHECKING:
    from sitegen.read.rows import Table

__all__ = [
    "Check",
    "Extension",
    "OwnComponents",
    "Publisher",
    "Reader",
    "extended",
    "failures",
]
V = TypeVar("V")

_ACTIVE: dict[str, Extension] = {}
_FAILURES: list[Diagnostic] = []
_REFUSED: dict[str, tuple[Diagnostic, ...]] = {}
"""What could not be taken of each extension that is active."""


@contextmanager
def extended(
    names: Sequence[str] = (), files: Sequence[Path] = (), templates: Path | None = None
) -> Iterator[None]:
    """Let installed packages, files, and a project's templates add to the stages in the block.

    Raises:
        ConfigError: there is no such extension, it cannot be loaded, or brings what there is.
    """
    _FAILURES.clear()
    wanted = [*map(of_file, files), *(installed(name) for name in names if name not in _ACTIVE)]
    if templates is not None and (templates / "components").is_dir() and TEMPLATES not in _ACTIVE:
        wanted.append(of_templates(templates))
    with ExitStack() as undo:
        for extension in wanted:
            try:
                _enter_whole(undo, extension)
            except SitegenError:
                raise
            except BROKEN as error:
                message = f"the extension {extension.name!r} cannot be used: {said(error)}"
                raise ConfigError(message, help="tell those who wrote the extension") from error
        yield


class OwnComponents:
    """A project's templates of components, followed from one build of a preview to the next."""

    def __init__(self) -> None:
        """Begin with none."""
        self._entered, self._extension = ExitStack(), Extension(TEMPLATES, "")

    def follow(self, templates: Path | None) -> None:
        """Take the templates as they are now, if they have changed.

        Raises:
            ConfigError: one cannot be a component.
        """
        found = Extension(TEMPLATES, "")
        if templates is not None and (templates / "components").is_dir():
            found = of_templates(templates)
        if found.version != self._extension.version:
            self.close()
            _enter_whole(self._entered, found)
            self._extension = found

    def close(self) -> None:
        """Let go of them."""
        self._entered.close()
        self._extension = Extension(TEMPLATES, "")


def failures() -> tuple[Diagnostic, ...]:
    """What rules of extensions failed at, and feeds since this was asked last."""
    noted, _FAILURES[:] = tuple(_FAILURES), ()
    return (*(each for refused in _REFUSED.values() for each in refused), *noted)


def _enter_whole(undo: ExitStack, extension: Extension) -> None:
    """Enter an extension into the tables of the stages that it adds to; others are not loaded."""
    from sitegen.store import stamp  # noqa: PLC0415 - nothing to load where nothing is named

    name = extension.name
    _enter(undo, _ACTIVE, {name: extension}, "an extension", name)
    _enter(undo, stamp.EXTENSIONS, {name: extension.version}, "an extension", name)
    if extension.components or extension.rules:
        from sitegen.render.extended import extended_rendering  # noqa: PLC0415

        refused = undo.enter_context(
            extended_rendering(name, extension.components, extension.rules)
        )
        _enter(undo, _REFUSED, {name: tuple(refused)}, "an extension", name)
    if extension.readers:
        from sitegen.read.files import OPENERS, READERS  # noqa: PLC0415

        readers: dict[str, Callable[..., Table]] = {
            suffix: partial(open_table, opener, name)
            for suffix, opener in extension.readers.items()
        }
        _enter(undo, READERS, dict.fromkeys(extension.readers, name), "a reader for", name)
        _enter(undo, OPENERS, readers, "a reader for", name)
    if extension.checks:
        from sitegen.check.catalogue import CATALOGUE  # noqa: PLC0415
        from sitegen.check.rules import RULES  # noqa: PLC0415

        checks = extension.checks
        known = {check.code: (check.title, check.help) for check in checks}
        _enter(undo, CATALOGUE, known, "a check", name)
        rules = {c.code: safe_rule(c.find, name) for c in checks if c.find is not None}
        _enter(undo, RULES, rules, "a check", name)
    if extension.feeds:
        from sitegen.feeds import FEEDS  # noqa: PLC0415

        feeds = {feed.name: safe_feed(feed, name, _FAILURES.append) for feed in extension.feeds}
        _enter(undo, FEEDS, feeds, "a feed", name)
    openers = {scheme: safe_publisher(each, name) for scheme, each in extension.publishers.items()}
    _enter(undo, PUBLISHERS, openers, "a publisher for", name)


def _enter(
    undo: ExitStack, table: dict[str, V], new: Mapping[str, V], what: str, extension: str
) -> None:
    for key, value in new.items():
        if key in table:
            raise ConfigError(f"the extension {extension!r} brings {what} {key!r}, which there is")
        table[key] = value
        undo.callback(table.pop, key)

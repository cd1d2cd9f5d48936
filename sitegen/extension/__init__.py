"""Extension: what a package adds to the stages, and the one door by which it comes in.

Nothing is loaded that is not named: by ``extensions`` in the configuration, as the name of an entry
point of an installed package, or by ``--extension FILE`` on the command line. A configuration that
came with a checkout runs no code of the checkout.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TypeVar

from sitegen.errors import BROKEN, ConfigError, Diagnostic, SitegenError
from sitegen.extension.doors import DOORS
from sitegen.extension.guards import said
from sitegen.extension.loading import TEMPLATES, installed, of_file, of_templates
from sitegen.extension.nouns import Check, Extension, Publisher, Reader
from sitegen.limits.files import real
from sitegen.model.table import OWN, Table
from sitegen.store import stamp

__all__ = [
    "Check",
    "Extension",
    "OwnComponents",
    "Publisher",
    "Reader",
    "entered",
    "extended",
    "failures",
]
V = TypeVar("V")

_ACTIVE = Table("the name", {OWN: ""})
_FAILURES: list[Diagnostic] = []
_REFUSED: dict[str, list[Diagnostic]] = {}
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
    wanted = _wanted(names, files)
    if templates is not None and (templates / "components").is_dir() and TEMPLATES not in _ACTIVE:
        wanted.append(of_templates(templates))
    with ExitStack() as undo:
        for extension in wanted:
            try:
                undo.enter_context(entered(extension))
            except SitegenError:
                raise
            except BROKEN as error:
                message = f"the extension {extension.name!r} cannot be used: {said(error)}"
                raise ConfigError(message, help="tell those who wrote the extension") from error
        yield


def _wanted(names: Sequence[str], files: Sequence[Path]) -> list[Extension]:
    """The extensions that are named and not active yet, each once however often it is named.

    Raises:
        ConfigError: two have one name.
    """
    once = {real(file): file for file in reversed(files)}
    named = [(str(file), of_file(file)) for file in reversed(once.values())]
    named += [(name, installed(name)) for name in dict.fromkeys(names) if name not in _ACTIVE]
    places: dict[str, str] = {}
    for place, extension in named:
        if other := places.get(extension.name):
            message = (
                f"two extensions are called {extension.name!r}: that of {other} and of {place}"
            )
            raise ConfigError(message, help="name one of them, or give one another name")
        places[extension.name] = place
    return [extension for _, extension in named if not _is_active(extension)]


def _is_active(extension: Extension) -> bool:
    """Whether it is there already, by another name of its package than its own."""
    return stamp.EXTENSIONS.get(extension.name) == extension.version


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
            self._entered.enter_context(entered(found))
            self._extension = found

    def close(self) -> None:
        """Let go of them."""
        self._entered.close()
        self._extension = Extension(TEMPLATES, "")


def failures() -> tuple[Diagnostic, ...]:
    """What rules of extensions failed at, and feeds since this was asked last."""
    noted, _FAILURES[:] = tuple(_FAILURES), ()
    return (*(each for refused in _REFUSED.values() for each in refused), *noted)


@contextmanager
def entered(extension: Extension) -> Iterator[None]:
    """Let an extension in by each door that it has something for, until the block ends.

    Raises:
        ConfigError: it brings what there is; nothing of it stays.
    """
    name = extension.name
    with ExitStack() as undo:
        _enter(undo, _ACTIVE, name, {name: extension.version})
        stamp.EXTENSIONS[name] = extension.version
        undo.callback(stamp.EXTENSIONS.pop, name)
        refused = _REFUSED[name] = list[Diagnostic]()
        undo.callback(_REFUSED.pop, name)
        for kind, door in DOORS.items():
            if getattr(extension, kind):  # else the stage is not even loaded
                note = _FAILURES.append if kind == "feeds" else refused.append
                undo.callback(door.tell)
                _enter(undo, door.open(), name, door.guarded(extension, note))
                door.tell()
        yield


def _enter(undo: ExitStack, table: Table[V], extension: str, parts: Mapping[str, V]) -> None:
    table.enter(extension, parts)
    undo.callback(table.leave, extension)

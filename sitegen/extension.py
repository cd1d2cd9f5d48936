"""Extension: what a package adds to the stages, and the one door by which it comes in.

Nothing is loaded that is not named: by ``extensions`` in the configuration, as the name of an entry
point of an installed package, or by ``--extension FILE`` on the command line. A configuration that
came with a checkout runs no code of the checkout.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from functools import partial
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, TypeVar

from sitegen.errors import (
    ConfigError,
    Diagnostic,
    Location,
    ReadError,
    Severity,
    SitegenError,
    did_you_mean,
)

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

    from sitegen.check import Examined
    from sitegen.feeds import Feed, Files, Whole
    from sitegen.model import OutputFile
    from sitegen.read.columns import Column
    from sitegen.read.files import InputFile
    from sitegen.read.rows import Batch, Table
    from sitegen.render.components.registry import Component

ENTRY_POINTS = "sitegen.extensions"
FAILED = "extension-failed"
TEMPLATES = "templates/components"
"""What the components that are templates of a project are called together."""

Reader = Callable[["BinaryIO", "InputFile"], "Table"]
Publisher = Callable[[Any], AbstractContextManager[Any]]
V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Check:
    """A kind of finding: its code, what is wrong, what to do; ``find`` looks for it in a check.

    Without ``find`` it is a component that reports it.
    """

    code: str
    title: str
    help: str
    find: Callable[[Examined], Iterable[Diagnostic]] | None = None


@dataclass(frozen=True, slots=True)
class Extension:
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


_ACTIVE: dict[str, Extension] = {}
_FAILURES: list[Diagnostic] = []


@contextmanager
def extended(
    names: Sequence[str] = (), files: Sequence[Path] = (), templates: Path | None = None
) -> Iterator[None]:
    """Let installed packages, files, and a project's templates add to the stages in the block.

    Raises:
        ConfigError: there is no such extension, it cannot be loaded, or brings what there is.
    """
    _FAILURES.clear()
    wanted = [*map(_of_file, files), *(_installed(name) for name in names if name not in _ACTIVE)]
    if templates is not None and (templates / "components").is_dir() and TEMPLATES not in _ACTIVE:
        wanted.append(_of_templates(templates))
    with ExitStack() as undo:
        for extension in wanted:
            _enter_whole(undo, extension)
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
            found = _of_templates(templates)
        if found.version != self._extension.version:
            self.close()
            _enter_whole(self._entered, found)
            self._extension = found

    def close(self) -> None:
        """Let go of them."""
        self._entered.close()
        self._extension = Extension(TEMPLATES, "")


def publishers() -> Mapping[str, Publisher]:
    """Openers of targets by scheme, of all extensions that are active."""
    found: dict[str, Publisher] = {}
    for extension in _ACTIVE.values():
        found |= extension.publishers
    return found


def failures() -> tuple[Diagnostic, ...]:
    """What feeds of extensions failed at since the block began."""
    return tuple(_FAILURES)


def _of_templates(folder: Path) -> Extension:
    """The extension that a project's own templates of components are."""
    from sitegen.layout.own_components import own_components  # noqa: PLC0415 - few have any

    version, components = own_components(folder)
    return Extension(TEMPLATES, version, components)


def _installed(name: str) -> Extension:
    """Load the extension that an installed package has under a name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes long, and few need it

    found = entry_points(group=ENTRY_POINTS)
    if name not in found.names:
        known = did_you_mean(name, found.names) if found.names else "no package brings any"
        raise ConfigError(f"there is no extension {name!r}: {known}", help="install its package")
    try:
        return _checked(found[name].load(), name)
    except SitegenError:
        raise
    except Exception as error:
        raise ConfigError(f"the extension {name!r} cannot be loaded: {_said(error)}") from error


def _of_file(file: Path) -> Extension:
    """Load the extension of a Python file: its ``extension``, with the file's own version."""
    spec = spec_from_file_location(f"sitegen_extension_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ConfigError(f"{file.name} is no Python file")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        digest = hashlib.sha256(file.read_bytes()).hexdigest()[:16]
    except Exception as error:
        raise ConfigError(f"the extension {file.name} cannot be loaded: {_said(error)}") from error
    loaded = _checked(getattr(module, "extension", None), file.name)
    return replace(loaded, version=f"{loaded.version}+{digest}")


def _checked(loaded: object, name: str) -> Extension:
    if not isinstance(loaded, Extension):
        raise ConfigError(
            f"{name} holds no extension",
            help="it needs `extension = Extension(name, version, ...)`",
        )
    return loaded


def _enter_whole(undo: ExitStack, extension: Extension) -> None:
    """Enter an extension into the tables of the stages that it adds to; others are not loaded."""
    from sitegen.store import stamp  # noqa: PLC0415 - nothing to load where nothing is named

    name = extension.name
    _enter(undo, _ACTIVE, {name: extension}, "an extension", name)
    _enter(undo, stamp.EXTENSIONS, {name: extension.version}, "an extension", name)
    if extension.components or extension.rules:
        from sitegen.render.extended import extended_rendering  # noqa: PLC0415

        undo.enter_context(extended_rendering(name, extension.components, extension.rules))
    if extension.readers:
        from sitegen.read.files import OPENERS, READERS  # noqa: PLC0415

        readers: dict[str, Callable[..., Table]] = {
            suffix: partial(_open_table, opener, name)
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
        rules = {c.code: _safe_rule(c.find, name) for c in checks if c.find is not None}
        _enter(undo, RULES, rules, "a check", name)
    if extension.feeds:
        from sitegen.feeds import ADDED  # noqa: PLC0415

        feeds = {feed.name: _safe_feed(feed, name) for feed in extension.feeds}
        _enter(undo, ADDED, feeds, "a feed", name)


def _enter(
    undo: ExitStack, table: dict[str, V], new: Mapping[str, V], what: str, extension: str
) -> None:
    for key, value in new.items():
        if key in table:
            raise ConfigError(f"the extension {extension!r} brings {what} {key!r}, which there is")
        table[key] = value
        undo.callback(table.pop, key)


def _open_table(opener: Reader, extension: str, stream: BinaryIO, file: InputFile) -> Table:
    """Open a table by a reader of an extension, whose failures are the file's."""

    def batches(columns: Sequence[Column]) -> Iterator[Batch]:
        with _reading(extension, file):
            yield from table.batches(columns)

    with _reading(extension, file):
        table = opener(stream, file)
    return replace(table, batches=batches)


@contextmanager
def _reading(extension: str, file: InputFile) -> Iterator[None]:
    try:
        yield
    except (SitegenError, OSError, MemoryError):
        raise
    except Exception as error:
        raise ReadError(
            f"the reader of the extension {extension!r} failed: {_said(error)}",
            location=Location(file=file.name),
        ) from error


def _safe_rule(
    find: Callable[[Examined], Iterable[Diagnostic]], extension: str
) -> Callable[[Examined], Iterator[Diagnostic]]:
    def rule(site: Examined) -> Iterator[Diagnostic]:
        try:
            yield from find(site)
        except Exception as error:  # noqa: BLE001 - whatever it is, it is not ours
            yield failed(extension, "a check", error)

    return rule


def _safe_feed(feed: Feed, extension: str) -> Feed:
    """The feed with its failures noted; it is made with each build, lest a failure be kept."""

    def make(whole: Whole, files: Files) -> Iterable[OutputFile]:
        try:
            return list(feed.make(whole, files))
        except Exception as error:  # noqa: BLE001 - as above
            _FAILURES.append(failed(extension, f"the feed {feed.name!r}", error))
            return ()

    return replace(feed, make=make, made_of=lambda _: None)


def failed(extension: str, part: str, error: Exception) -> Diagnostic:
    """The finding that a part of an extension failed."""
    message = f"{part} of the extension {extension!r} failed: {_said(error)}"
    return Diagnostic(FAILED, Severity.ERROR, message, help="tell those who wrote the extension")


def _said(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"

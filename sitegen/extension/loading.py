"""Loading: the name of an installed package, a file, a folder of templates -> an extension."""

from __future__ import annotations

import traceback
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

from msgspec.structs import replace

from sitegen.config.near import opened
from sitegen.errors import BROKEN, ConfigError, Location, SitegenError, did_you_mean
from sitegen.extension.guards import said
from sitegen.extension.nouns import Extension

ENTRY_POINTS = "sitegen.extensions"
TEMPLATES = "templates/components"
"""What the components that are templates of a project are called together."""


def of_templates(folder: Path) -> Extension:
    """The extension that a project's own templates of components are."""
    from sitegen.layout.own_components import own_components  # noqa: PLC0415 - few have any

    version, components = own_components(folder)
    return Extension(TEMPLATES, version, components)


def installed(name: str) -> Extension:
    """Load the extension that an installed package has under a name."""
    from importlib.metadata import entry_points  # noqa: PLC0415 - it takes long, and few need it

    found = entry_points(group=ENTRY_POINTS)
    if name not in found.names:
        if "/" in name or name.endswith(".py"):
            message = f"extensions names what installed packages bring, and {name!r} is a file"
            help = f"its code runs if you name it on the command line: --extension {name}"
            raise ConfigError(message, help=help)
        known = did_you_mean(name, found.names) if found.names else "no package brings any"
        message = f"there is no extension {name!r}: {known}"
        raise ConfigError(message, help="install its package, or take it out of extensions")
    try:
        return _checked(found[name].load(), name)
    except SitegenError:
        raise
    except BROKEN as error:
        raise ConfigError(f"the extension {name!r} cannot be loaded: {said(error)}") from error


def of_file(file: Path) -> Extension:
    """Load the extension of a Python file: its ``extension``, with the file's own version."""
    spec = spec_from_file_location(f"sitegen_extension_{file.stem}", file)
    if spec is None or spec.loader is None:
        raise ConfigError(f"{file.name} is no Python file")
    module = module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
        from sitegen.store.sha256 import sha256_of  # noqa: PLC0415 - loads msgspec

        digest = sha256_of(file.read_bytes(), 16)
    except BROKEN as error:
        place = Location(file=opened(file), line=_line_in(file, error))
        why = f"SyntaxError: {error.msg}" if isinstance(error, SyntaxError) else said(error)
        help = "install what it imports" if isinstance(error, ModuleNotFoundError) else "correct it"
        message = f"the extension cannot be loaded: {why}"
        raise ConfigError(message, location=place, help=help) from error
    loaded = _checked(getattr(module, "extension", None), file.name)
    return replace(loaded, version=f"{loaded.version}+{digest}")


def _line_in(file: Path, error: BaseException) -> int | None:
    """The last line of a file that an error came through."""
    name = str(file.absolute())
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    return next((frame.lineno for frame in reversed(frames) if frame.filename == name), None)


def _checked(loaded: object, name: str) -> Extension:
    if not isinstance(loaded, Extension):
        raise ConfigError(
            f"{name} holds no extension",
            help="it needs `extension = Extension(name, version, ...)`",
        )
    for what in ("name", "version"):
        value = getattr(loaded, what)
        if not isinstance(value, str) or not value.strip():
            raise ConfigError(
                f"the extension of {name} has no {what}: {value!r}",
                help="write `extension = Extension(name, version, ...)` with two texts",
            )
    return loaded

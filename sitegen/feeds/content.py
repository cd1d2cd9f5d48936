"""Content: the author's own files -> files of the site, which generated ones give way to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import OutputFile, Site
from sitegen.model.content import Content
from sitegen.model.moves import Redirects
from sitegen.plan.own_pages import GENERATED, own_pages
from sitegen.read.folders.authored import IGNORE_FILE, walk
from sitegen.read.folders.beside import find_assets
from sitegen.urls import fold, output_path, twin_path
from sitegen.write.manifest import parents

_REPORT = "build.json"
# Hosts read rules from both: theirs after ours, or before ours where the first one counts.
_TOGETHER = {"_headers": "{ours}{theirs}", "_redirects": "{theirs}{ours}"}
_OUT = f"rename it, or name it in {IGNORE_FILE}"
_OWN = f"to have the generated one, name it in {IGNORE_FILE}"


def load_content(content: Content) -> Iterator[OutputFile]:
    """Read the author's own files.

    Raises:
        ReadError: one cannot be read.
    """
    return (OutputFile(path, _read(path, file)) for path, file in content.files.items())


def with_rules(file: OutputFile, content: Content) -> OutputFile:
    """A generated file of rules together with the author's own, if there is such a file.

    Raises:
        ReadError: it cannot be read.
    """
    own = content.rules.get(file.path)
    if own is None:
        return file
    ours, theirs = file.data.decode(), _read(file.path, own).decode("utf-8", "surrogateescape")
    text = _TOGETHER[file.path].format(ours=ours, theirs=theirs.rstrip("\r\n") + "\n")
    return OutputFile(file.path, text.encode("utf-8", "surrogateescape"))


def find_content(
    config: Config, site: Site, redirects: Redirects, notices: list[Diagnostic]
) -> Content:
    """Find what is copied as it is: what Markdown folders hold besides pages, and ``files``.

    ``notices`` tell what gives way to these files, and which of them cannot be part of the site.

    Raises:
        ReadError: a folder cannot be read, or two files would be one.
    """
    offered = list(candidates(config))
    if not offered:
        return Content({}, {})
    pages = {output_path(page.permalink): page.document.id for page in site.pages}
    own = [output_path(permalink) for permalink in own_pages(site, config).values()]
    folders = {fold(above) for path in (*pages, *own) for above in parents(path)}
    twins = [twin_path(page.permalink) for page in site.pages] if config.feeds.markdown else []
    generated = {
        fold(path) for path in (*GENERATED, *own, *twins, *map(output_path, redirects.goals))
    }
    by_key = {fold(path): id for path, id in pages.items()}
    found: dict[str, tuple[str, Path]] = {}
    for path, file in offered:
        key = fold(path)
        if reason := _unfit(path, key in folders):
            message = f"{path!r} is left out: {reason}"
            notices.append(_notice("file-left-out", Severity.WARNING, message, path))
        elif key in found:
            raise ReadError(
                f"{found[key][1]} and {file} would be one file of the site",
                location=Location(file=path),
                help=_OUT,
            )
        else:
            found[key] = path, file
            if key in by_key:
                message = f"the file {path!r} takes the place of the page {by_key[key]!r}"
                notices.append(_notice("own-page", Severity.WARNING, message, path))
            elif key in generated and path not in _TOGETHER:
                message = f"the file {path!r} takes the place of the generated one"
                notices.append(_notice("own-file", Severity.INFO, message, path, _OWN))
    rules = {path: file for path, file in found.values() if path in _TOGETHER}
    files = {path: file for path, file in found.values() if path not in _TOGETHER}
    return Content(files, rules)


def candidates(config: Config) -> Iterator[tuple[str, Path]]:
    """Yield path and file of what `files` holds, and of what the inputs hold besides.

    Raises:
        ReadError: a folder cannot be read.
    """
    given: set[str] = set()
    if config.files is not None:
        for file in walk(config.files, []):
            path = file.relative_to(config.files).as_posix()
            given.add(path)
            yield path, file
    yield from (
        (path, file)
        for path, file in find_assets(config.input, config.exclude)
        if path not in given
    )


def _unfit(path: str, is_folder: bool) -> str:
    """Say why a file cannot be part of a site; empty if it can."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return "its name is no UTF-8"
    if "\\" in path:
        return "no host serves a name with a backslash"
    if path == _REPORT:
        return f"{_REPORT} is what `sitegen verify` reads"
    return "pages stand in a folder of that name" if is_folder else ""


def _notice(code: str, severity: Severity, message: str, path: str, help: str = _OUT) -> Diagnostic:
    return Diagnostic(code, severity, message, Location(file=path), help)


def _read(path: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"cannot be read: {error.strerror}",
            location=Location(file=path),
            help="check its permissions",
        ) from error

"""Content: the author's own files -> files of the site, which generated ones give way to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sitegen.config import Config
from sitegen.errors import Diagnostic, Location, ReadError, Severity
from sitegen.model import OutputFile
from sitegen.plan.jobs import Plan
from sitegen.plan.own_pages import GENERATED, own_permalinks
from sitegen.read import find_assets
from sitegen.read.folder import IGNORE_FILE, walk
from sitegen.urls import fold, output_path, twin_path
from sitegen.write.manifest import parents

_REPORT = "build.json"
# Hosts read rules from both: theirs after ours, or before ours where the first one counts.
_TOGETHER = {"_headers": "{ours}\n{theirs}", "_redirects": "{theirs}\n{ours}"}
_OUT = f"rename it, or name it in {IGNORE_FILE}"
_OWN = f"to have the generated one, name it in {IGNORE_FILE}"


@dataclass(frozen=True, slots=True)
class Content:
    """The author's own files by output path; ``rules`` go together with generated ones."""

    files: Mapping[str, Path]
    rules: Mapping[str, Path]
    folded: frozenset[str]

    def has(self, path: str) -> bool:
        """Whether the author's own file has a path, whatever the letter case."""
        return fold(path) in self.folded

    def load(self) -> Iterator[OutputFile]:
        """Read the files.

        Raises:
            ReadError: one cannot be read.
        """
        return (OutputFile(path, _read(path, file)) for path, file in self.files.items())

    def with_rules(self, files: Iterable[OutputFile]) -> Iterator[OutputFile]:
        """Yield generated files, the author's rules put to ours, and rules that stand alone."""
        rest = dict(self.rules)
        for file in files:
            own = rest.pop(file.path, None)
            yield file if own is None else _together(file, own)
        for path, own in rest.items():
            yield OutputFile(path, _read(path, own))


def find_content(config: Config, plan: Plan, notices: list[Diagnostic]) -> Content:
    """Find what is copied as it is: what Markdown folders hold besides pages, and ``files``.

    ``notices`` tell what gives way to these files, and which of them cannot be part of the site.

    Raises:
        ReadError: a folder cannot be read, or two files would be one.
    """
    site = plan.site
    pages = {output_path(page.permalink): page.document.id for page in site.pages}
    own_pages = [output_path(permalink) for permalink in own_permalinks(site, config)]
    folders = {fold(above) for path in (*pages, *own_pages) for above in parents(path)}
    twins = [twin_path(page.permalink) for page in site.pages] if config.feeds.markdown else []
    generated = {
        fold(path)
        for path in (*GENERATED, *own_pages, *twins, *map(output_path, plan.redirects.goals))
    }
    by_key = {fold(path): id for path, id in pages.items()}
    found: dict[str, tuple[str, Path]] = {}
    for path, file in candidates(config):
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
    return Content(files, rules, frozenset(map(fold, files)))


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
    yield from ((path, file) for path, file in find_assets(config.input) if path not in given)


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


def _together(file: OutputFile, own: Path) -> OutputFile:
    ours, theirs = file.data.decode(), _read(file.path, own).decode("utf-8", "surrogateescape")
    text = _TOGETHER[file.path].format(ours=ours.rstrip("\n"), theirs=theirs.rstrip("\r\n"))
    return OutputFile(file.path, f"{text}\n".encode("utf-8", "surrogateescape"))


def _read(path: str, file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise ReadError(
            f"cannot be read: {error.strerror}",
            location=Location(file=path),
            help="check its permissions",
        ) from error

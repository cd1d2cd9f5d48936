"""Versions: each is a site, built with the same steps and the same store, in a folder of one site.

The folder above them holds what leads to them: the list of all, which builds of any age read, a
page that opens the latest, and what hosts look for at the top.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from urllib.parse import quote

from msgspec import Struct, field
from msgspec.structs import replace

from sitegen.config import Config, ListedVersion
from sitegen.config.versions import (
    FEED,
    LIST,
    SCRIPT,
    complete,
    lasting_address,
    latest,
    list_of,
    site_of,
    with_input,
)
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.feeds import hosts
from sitegen.languages import direction
from sitegen.layout.interface import Interface
from sitegen.layout.policy import policy_of
from sitegen.layout.templates import Href, Templates
from sitegen.limits.idle import kept
from sitegen.model import OutputFile
from sitegen.pipeline.together import together
from sitegen.pipeline.unlisted import moved, remove_unlisted, script_of, see_kept
from sitegen.record import load_record, save_seen
from sitegen.record.result import Result
from sitegen.store.recall import Store
from sitegen.store.stamp import store_file
from sitegen.write.copied import copy_site, files_of
from sitegen.write.manifest import Entry
from sitegen.write.output import open_output
from sitegen.write.written import Written

Build = Callable[..., Result]
_PAGE = "index.html"
_NAMED = 3  # pages that a finding names


class _Listed(Struct, frozen=True):
    """All versions, and where their sites are."""

    config: Config
    versions: tuple[ListedVersion, ...]
    _files: dict[str, Mapping[str, Entry] | None] = field(default_factory=dict)

    @property
    def latest(self) -> ListedVersion:
        return latest(self.versions)

    @property
    def inputs(self) -> list[Path]:
        """What no output may hold."""
        return [Path(item) for version in self.versions for item in version.input]

    @property
    def title(self) -> str:
        """The title that the site has of its data, where nobody has named it."""
        report = json.loads(_read(self.folder(self.latest.address) / "build.json") or "{}")
        return str(report.get("title", ""))

    @property
    def has_days(self) -> bool:
        """Whether there is a feed of what the versions have changed."""
        return bool(self.config.base_url) and any(version.date for version in self.versions)

    def folder(self, address: str) -> Path:
        return self.config.output / address

    def files(self, version: ListedVersion) -> Mapping[str, Entry] | None:
        """The files of a version that was built here, now or before; read once, after that."""
        if version.address not in self._files:
            self._files[version.address] = files_of(self.folder(version.address))
        return self._files[version.address]

    def copy(self, version: ListedVersion, files: Mapping[str, Entry]) -> None:
        """Make its aliases hold the files of a version that was built here."""
        seen = load_record(self._at(version.address)).output
        for alias in map(self._at, version.aliases):
            was = load_record(alias).output
            source, clean = self.folder(version.address), self.config.clean
            now = copy_site(source, files, alias.output, seen=seen, was=was, clean=clean)
            if now is not was:
                save_seen(alias, now)

    def _at(self, address: str) -> Config:
        """What a folder of the site is remembered under."""
        return replace(self.config, output=self.folder(address.strip("/")), clean=False)


def build_versions(config: Config, build: Build, only: str | Collection[str] = ()) -> Result:
    """Build the sites of the versions that have an input, or ``only`` some, and what leads there.

    Raises:
        SitegenError: as `build`; what was built before is as it was, or whole.
    """
    listed = _Listed(config, complete(config.versions))
    names = (only,) if isinstance(only, str) else only
    oldest_first = with_input(listed.versions, names)[::-1]
    if not config.clean:
        see_kept(config.output, listed.versions, [each.name for each in oldest_first])
    elsewhere = tuple(moved(config.output, listed.versions))
    with kept():  # one process reads all versions: to start it takes longer than to read
        built = {version.name: build(site_of(config, version)) for version in oldest_first}
    built = dict(reversed(built.items()))
    for version in listed.versions:
        if version.aliases and (files := listed.files(version)) is not None:
            listed.copy(version, files)
    removed = remove_unlisted(config.output, listed.versions, listed.inputs, within=config.output)
    written = (*removed, _write_top(listed))
    return together(built, written, (*elsewhere, *_lost_pages(listed)))


def _write_top(listed: _Listed) -> Written:
    """Write what stands above the versions."""
    config = listed.config
    with open_output(config.output, protect=listed.inputs, clean=config.clean) as output:
        for file in _top(listed):
            output.write(file)
        return output.publish()


def _top(listed: _Listed) -> Iterator[OutputFile]:
    config, main = listed.config, lasting_address(listed.latest)
    yield from _list(listed)
    yield from _pages(listed, f"{main}/")
    yield hosts.no_jekyll()
    if config.publish.domain:
        yield hosts.cname(config.publish.domain)
    top = config.base_url and f"{config.base_url.rstrip('/')}/"
    is_listed = top and config.feeds.index
    yield hosts.robots(f"{top}{main}/" if is_listed else "", config.feeds.content_signal)
    folder = listed.folder(listed.latest.address)
    if top and (page := _read(folder / "404.html")):  # its links start at the host's root
        yield OutputFile("404.html", page)
    if headers := _read(folder / "_headers"):
        yield OutputFile("_headers", headers.split(b"\n/", 1)[0].rstrip(b"\n") + b"\n")
    rules = b"".join(_read(listed.folder(each.address) / "_redirects") for each in listed.versions)
    own = hosts.redirects(config.publish.redirects).data
    if rules or own:
        yield OutputFile("_redirects", own + rules)
    if listed.has_days:
        from sitegen.feeds.changes import changes_feed  # loads what compares versions
        from sitegen.pipeline.releases import releases

        with Store(store_file(config.cache)) as store:
            if released := tuple(releases(config, listed.versions, store)):
                yield changes_feed(config.title or listed.title, top, released)


def _list(listed: _Listed) -> Iterator[OutputFile]:
    """The list that switchers read; from a disk they can read no more than a script."""
    table = list_of(listed.versions)
    written = f"{json.dumps(table, ensure_ascii=False, indent=1)}\n".encode()
    yield OutputFile(LIST, written)
    yield OutputFile(SCRIPT, script_of(written))


def _pages(listed: _Listed, main: str) -> Iterator[OutputFile]:
    """The page that opens the latest version, and the same without a haste: a list of all."""
    config = listed.config
    language = config.language or "en"
    styles = (path for path in listed.files(listed.latest) or () if path.startswith("assets/"))
    style = next((path for path in sorted(styles) if path.startswith("assets/site.")), "")
    values = {
        "lang": language,
        "dir": direction(language),
        "csp": policy_of(config.base_url, config.theme),
        "title": config.title or listed.title,
        "feed": FEED if listed.has_days else "",
        "say": Interface(config.theme.strings).of(language),
        "latest": Href(listed.latest.name, main),
        "versions": tuple(Href(each.name, f"{each.address}/") for each in listed.versions),
        "style": f"{main}{style}" if style.endswith(".css") else "",
    }
    templates = Templates(config.theme.templates)
    for path, leads in ((_PAGE, True), (LIST.replace(".json", ".html"), False)):
        yield OutputFile(path, templates.render("versions.html", values | {"leads": leads}))


def _lost_pages(listed: _Listed) -> Iterator[Diagnostic]:
    """Say which pages of other versions the latest has not: their canonical address is none."""
    newest = _page_paths(listed, listed.latest)
    if not newest:
        return
    for version in listed.versions:
        if version is listed.latest:
            continue
        lost = sorted(_page_paths(listed, version) - newest)
        if lost:
            more = f" and {len(lost) - _NAMED} more" if len(lost) > _NAMED else ""
            names = ", ".join(map(quote, lost[:_NAMED]))
            yield Diagnostic(
                "version-page-gone",
                Severity.INFO,
                f"{len(lost)} of the pages of {version.name} are not in {listed.latest.name}: "
                f"{names}{more}",
                Location(file=version.address),
                help="lead them on in the _redirects.yml of the latest version",
            )


def _page_paths(listed: _Listed, version: ListedVersion) -> set[str]:
    paths = listed.files(version) or ()
    return {path.removesuffix(_PAGE) for path in paths if path.endswith(f"/{_PAGE}")}


def _read(file: Path) -> bytes:
    return file.read_bytes() if file.is_file() else b""

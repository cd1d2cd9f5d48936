"""The text of a commented ``sitegen.toml``."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.config.file import CONFIG_FILE, load_config
from sitegen.errors import ConfigError


class Settings(Struct, frozen=True):
    """What a project is: ``values`` by key as texts, ``columns`` ours to the dataset's.

    The columns are a comment, or settings if they are ``pinned``; ``false`` is a column that is
    not to be guessed. ``repository`` is the owner and the name of its checkout on GitHub.
    ``versions`` are tables of their keys, in the place of the input. ``omits``: there are pages
    that the toctree leaves out, as the author wanted.
    """

    inputs: Sequence[str]
    values: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    links: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    columns: Mapping[str, str | bool] = field(default_factory=lambda: MappingProxyType({}))
    exclude: Sequence[str] = ()
    pinned: bool = False
    repository: tuple[str, str] | None = None
    schema: str = ""
    omits: bool = False
    versions: Sequence[Mapping[str, object]] = ()


_PATHS = frozenset({"files", "theme.logo"})


def refused(values: Mapping[str, str], project: Path) -> dict[str, str]:
    """Which of some values the configuration of a project refuses, and why."""
    found: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / CONFIG_FILE
        for key, value in values.items():
            told = str(project.absolute() / value) if key in _PATHS else value
            file.write_text(f"{key} = {toml(told)}\n", encoding="utf-8")
            try:
                load_config(file, environ={}, cwd=Path(folder))
            except ConfigError as error:
                found[key] = error.message
    return found


def settings_text(settings: Settings) -> str:
    """Write the file: what is known as settings, what may be wanted as comments."""
    return "\n".join(_lines(settings)) + "\n"


def _lines(settings: Settings) -> Iterator[str]:
    values, inputs = settings.values, settings.inputs
    owner, name = settings.repository or ("OWNER", "NAME")
    if settings.schema:
        yield f"#:schema ./{settings.schema}"
    yield "# What `sitegen build` makes of this folder. `sitegen config` lists all keys and values."
    yield ""
    if not settings.versions:
        yield "# Datasets, folders of Markdown, or patterns of them."
        yield f"input = {toml(inputs[0]) if len(inputs) == 1 else toml(inputs)}"
    if settings.exclude:
        yield f"# What is no page: patterns of .gitignore.\nexclude = {toml(settings.exclude)}"
    if "config_name" in values:
        yield "# Which configuration of the dataset."
        yield _line("config_name", values, "")
    yield "# A folder whose files stand in the site as they are: pictures, downloads, CNAME ..."
    yield _line("files", values, "static")
    yield ""
    yield "# The site's title; without it, that of the data or of the start page."
    yield _line("title", values, "My Library")
    yield "# Where the site will live: for the sitemap and for canonical addresses."
    yield _line("base_url", values, f"https://{owner}.github.io/{name}/")
    yield "# The language of the pages."
    yield _line("language", values, "en")
    yield "# The folder that the site is written to."
    yield _line("output", values, "build")
    yield "# Order and titles of the pages; without it they stand by folders and front matter."
    yield _line("toctree", values, "_toctree.yml")
    yield "# Where old pages and sections lead."
    yield _line("redirects", values, "_redirects.yml")
    if settings.columns:
        yield ""
        mark = "" if settings.pinned else "# "
        yield "# Which columns are read as ours. They were found by their names; say what is wrong."
        yield f"{mark}[columns]"
        yield from (f"{mark}{ours} = {toml(theirs)}" for ours, theirs in settings.columns.items())
    yield from _theme_lines(settings, owner, name)
    yield ""
    yield "[publish]"
    yield "# Where `sitegen publish` sends the site: a branch, the Hub, S3, a folder ..."
    yield '# target = "gh-pages:"'
    yield from _last_lines(settings)


def _last_lines(settings: Settings) -> Iterator[str]:
    if settings.omits:
        yield ""
        yield "[check.rules]"
        yield "# The navigation that was taken over leaves pages out; they stand behind all others."
        yield "# Without this line each is a warning; `sitegen toctree` adds them to the toctree."
        yield 'toctree-missing = "info"'
    if settings.versions:
        yield ""
        yield "# The newest first. Readers are led to the one with an alias."
    for version in settings.versions:
        yield "[[versions]]"
        yield from (f"{key} = {toml(value)}" for key, value in version.items())
        yield ""


def _theme_lines(settings: Settings, owner: str, name: str) -> Iterator[str]:
    values = settings.values
    yield ""
    yield "[theme]"
    yield "# A picture for the header, and the text at the foot of every page."
    yield _line("theme.logo", values, "logo.svg")
    yield _line("theme.footer", values, "Apache-2.0")
    yield "# Where the source of a page can be edited."
    edit = f"https://github.com/{owner}/{name}/edit/main/docs/{{source}}"
    yield _line("theme.edit_url", values, edit)
    links = settings.links or {"Code": f"https://github.com/{owner}/{name}"}
    mark = "" if settings.links else "# "
    yield ""
    yield "# Titles and addresses for header and footer."
    yield f"{mark}[theme.links]"
    yield from (f"{mark}{toml(title)} = {toml(address)}" for title, address in links.items())


def _line(key: str, values: Mapping[str, str], example: str) -> str:
    name = key.rpartition(".")[2]
    return f"{name} = {toml(values[key])}" if key in values else f"# {name} = {toml(example)}"


def toml(value: object) -> str:
    """A text or a list of texts as TOML writes it."""
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value, ensure_ascii=False)

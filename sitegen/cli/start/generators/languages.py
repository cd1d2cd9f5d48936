"""Languages of a project whose pages of each are in a folder, or called by it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, Self

from msgspec import Struct
from msgspec.structs import replace

from sitegen.model import TocEntry
from sitegen.read.files import PAGES


class Languages(Struct, frozen=True):
    """What the plugin ``i18n`` of MkDocs says: titles by those of the navigation, by folder.

    ``others`` are languages beside the first whose pages stand beside its pages.
    """

    titles: Mapping[str, Mapping[str, str]]
    others: tuple[str, ...] = ()

    @classmethod
    def of(cls, plugin: Mapping[str, Any]) -> Self:
        """Read the settings of the plugin."""
        listed = plugin.get("languages")
        nodes = [each for each in listed if isinstance(each, dict)] if listed else []
        nodes = [each for each in nodes if each.get("locale") and each.get("build") != "false"]
        first = [each for each in nodes if each.get("default") == "true"]
        titles = {
            str(each["locale"]): told
            if isinstance(told := each.get("nav_translations"), dict)
            else {}
            for each in (*first, *nodes)
        }
        if plugin.get("docs_structure") == "folder":
            return cls(titles)
        return cls({}, tuple(list(titles)[1:]))

    @property
    def other_pages(self) -> tuple[str, ...]:
        """Patterns of the pages that stand beside those of the first language."""
        return tuple(f"*.{name}{suffix}" for name in self.others for suffix in PAGES)

    @property
    def left(self) -> Iterator[str]:
        """What was not taken over."""
        for name in self.others:
            yield f"pages called NAME.{name}.md: move them to a folder {name}/, called NAME.md"

    def each(self, entries: tuple[TocEntry, ...], pages: Path) -> Iterator[TocEntry]:
        """The navigation, for each language that has a folder those of it that are there."""
        folders = self._folders(pages)
        if not folders:
            yield from entries
        for name in folders:
            yield from there(_moved(entries, name, self.titles[name]), pages)

    def redirects(self, goals: Mapping[str, str], pages: Path) -> dict[str, str]:
        """Redirects, for each language that has a folder with the page that one leads to.

        Addresses of the first language are without a folder.
        """
        found = dict(goals)
        for name in reversed(self._folders(pages)):
            is_first = name == self._folders(pages)[0]
            for old, new in goals.items():
                if (pages / name / new.partition("#")[0]).is_file():
                    found[old if is_first else f"{name}/{old}"] = f"{name}/{new}"
        return found

    def _folders(self, pages: Path) -> list[str]:
        """The languages that have a folder, the first before all others."""
        return [name for name in self.titles if (pages / name).is_dir()]


def _moved(
    entries: Iterable[TocEntry], folder: str, titles: Mapping[str, str]
) -> Iterator[TocEntry]:
    for each in entries:
        local = each.local and f"{folder}/{each.local}"
        inside = tuple(_moved(each.sections, folder, titles))
        title = titles.get(each.title, each.title)
        yield replace(each, title=title, local=local, sections=inside)


def there(entries: Iterable[TocEntry], pages: Path) -> Iterator[TocEntry]:
    """Entries whose pages are there: not all are translated."""
    for entry in entries:
        inside = tuple(there(entry.sections, pages))
        names = (f"{entry.local}{end}{suffix}" for end in ("", "/index") for suffix in PAGES)
        is_there = (pages / entry.local).is_dir() or any((pages / name).is_file() for name in names)
        if entry.url or inside or (entry.local and is_there):
            yield replace(entry, local=entry.local if is_there else "", sections=inside)

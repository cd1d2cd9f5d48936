"""Stage ``read``: the columns a dataset has -> the columns a chunk needs."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from sitegen.errors import Diagnostic, Location, ReadError, Severity

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": ("text", "content", "page_content", "chunk", "body", "markdown"),
        "source": ("source", "path", "file", "file_path", "filename", "document", "doc_id"),
        "url": ("url", "link", "href"),
        "section": ("source_section", "section", "anchor"),
        "file_type": ("file_type", "type", "ext"),
        "id": ("id", "chunk_id", "_id"),
        "heading": ("heading", "section_title"),
    }
)
"""Our name -> the dataset's: the standard name first, then those that are guessed, best first."""

_REQUIRED = ("text", "source")
_WITHOUT = MappingProxyType(
    {
        "url": "links to the old site cannot be followed",
        "section": "sections are told apart by the fragment of the url, if there is one",
        "file_type": "all texts are read as Markdown",
        "id": "chunks are named by file and row",
    }
)


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a dataset: its name, its type in words, and whether that can be read as text."""

    name: str
    type: str = "string"
    readable: bool = True


@dataclass(slots=True)
class Chooser:
    """Chooses the columns of every file of an input and says each finding once."""

    configured: Mapping[str, str]
    notices: list[Diagnostic]
    _said: set[str] = field(default_factory=set)

    def choose(self, columns: Sequence[Column], file: str) -> dict[str, str]:
        """Map our names to the dataset's: as configured, else by name, else by a likely name.

        Raises:
            ReadError: ``text`` or ``source`` or a configured column is missing, or a chosen
                column occurs twice or has a type that is no text.
        """
        chosen = {
            ours: theirs
            for ours in NAMES
            if (theirs := self._configured(ours, columns, file) or self._named(ours, columns, file))
        }
        if missing := [name for name in _REQUIRED if name not in chosen]:
            raise _missing(missing, columns, file)
        times = Counter(column.name for column in columns)
        for ours, theirs in chosen.items():
            column = next(column for column in columns if column.name == theirs)
            if times[theirs] > 1:
                raise ReadError(
                    f"the column {theirs!r} occurs {times[theirs]} times",
                    location=Location(file=file),
                    help="keep one of them",
                )
            if not column.readable:
                raise ReadError(
                    f"the column {theirs!r} is of type {column.type}, wanted is string for {ours}",
                    location=Location(file=file),
                    help=f"convert it, or name another column: {_mapping(ours, 'NAME')}",
                )
        for ours, effect in _WITHOUT.items():
            if ours not in chosen:
                self._say("column-missing", f"no column {NAMES[ours][0]!r}: {effect}", file)
        return chosen

    def _configured(self, ours: str, columns: Sequence[Column], file: str) -> str | None:
        theirs = self.configured.get(ours)
        if theirs is not None and all(column.name != theirs for column in columns):
            raise ReadError(
                f"no column {theirs!r}, configured for {ours}; {_found(columns)}",
                location=Location(file=file),
                help=_near(theirs, columns) or "name a column that is there",
            )
        return theirs

    def _named(self, ours: str, columns: Sequence[Column], file: str) -> str | None:
        taken = self.configured.values()
        free = [column.name for column in columns if column.name not in taken]
        standard, *_ = names = NAMES[ours]
        if standard in free:
            return standard
        for name in names:
            for theirs in free:
                if theirs.lower() == name and not _is_standard(theirs):
                    self._say(
                        "column-guessed",
                        f"the column {theirs!r} is read as {ours}",
                        file,
                        f"if that is wrong: {_mapping(ours, 'NAME')}",
                    )
                    return theirs
        return None

    def is_news(self, finding: Diagnostic) -> bool:
        """Tell whether a finding of another chooser was not said by this one; it is from now on."""
        if not finding.code.startswith("column-"):
            return True
        is_new = finding.message not in self._said
        self._said.add(finding.message)
        return is_new

    def _say(self, code: str, message: str, file: str, remedy: str = "") -> None:
        if message not in self._said:
            self._said.add(message)
            location = Location(file=file)
            self.notices.append(Diagnostic(code, Severity.INFO, message, location, remedy))


def _is_standard(name: str) -> bool:
    return any(name == names[0] for names in NAMES.values())


def _missing(missing: Sequence[str], columns: Sequence[Column], file: str) -> ReadError:
    near = "; ".join(filter(None, (_near(name, columns) for name in missing)))
    mapping = ", ".join(f'{name} = "NAME"' for name in missing)
    return ReadError(
        f"no column {' and no column '.join(map(repr, missing))}; {_found(columns)}",
        location=Location(file=file),
        help=f"{near + ' ' if near else ''}map it: columns = {{ {mapping} }}",
    )


def _found(columns: Sequence[Column]) -> str:
    return f"found: {', '.join(column.name for column in columns[:30]) or 'none'}"


def _near(name: str, columns: Sequence[Column]) -> str:
    near = difflib.get_close_matches(name, [column.name for column in columns], n=1)
    return f"did you mean {near[0]!r}?" if near else ""


def _mapping(ours: str, theirs: str) -> str:
    return f'columns = {{ {ours} = "{theirs}" }}'

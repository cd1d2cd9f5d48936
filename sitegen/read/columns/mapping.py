"""Stage ``read``: the columns a dataset has -> the columns a chunk needs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct, field

from sitegen.errors import Diagnostic, Location, ReadError, Severity, nearly
from sitegen.read.columns.first_cells import (
    name_by_paths,
    take_as_it_was,
    take_headings_above,
    take_titles_inside,
    take_what_names,
    take_what_says,
    take_with_marks,
    tell_files_apart,
)
from sitegen.read.columns.guess import fits, guess
from sitegen.read.columns.names import (
    APART,
    LEVELS,
    NAMES,
    TEXTS,
    bare,
    is_closed,
    is_object,
    is_ours,
    plain,
)

_REQUIRED = ("text", "source")
_WITHOUT = MappingProxyType(
    {
        "url": "links to the old site cannot be followed",
        "section": "sections are told apart by the fragment of the url, if there is one",
        "file_type": "all texts are read as Markdown",
        "id": "chunks are named by file and row",
    }
)
GUESSED = (
    *("text", "url", "source", *LEVELS, "title", "heading", "level", "parents", "section"),
    *("id", "order", "start", "end", "last_changed", "element", "folder", "file_type"),
    *("language", "version", "deleted"),
)
"""Our names, in the order in which a column is looked for."""

_MOST_NAMES = 10
_MAPPED = 'what one of them tells is named so: columns = { title = "NAME" }'
_TOLD_TOGETHER = frozenset({"lines_from", "storage_value", "view_value"})
_QUIET = frozenset(
    {"last_changed", "element", "folder", "file_type", "language", "version", "deleted"}
)
_OF_LISTS = ("list", "large_list", "fixed_size_list")
_NUMBERS = ("int", "uint", "float", "double", "decimal", "number", "bool")


class Column(Struct, frozen=True):
    """A column of a dataset: its name, its type in words, and whether that can be read as text.

    ``path`` are the keys that lead to it, the first of them a column of the file; its name has
    dots between. ``in_text``: it is inside a JSON text. ``many``: it is inside a list, so that a
    row has several. ``of_one``: its cells are lists of one value, which is read in their place.
    """

    name: str
    type: str = "string"
    readable: bool = True
    path: tuple[str, ...] = ()
    in_text: bool = False
    many: bool = False
    of_one: bool = False

    @property
    def has_several(self) -> bool:
        """Whether a row has several of its cells."""
        return self.many or (self.is_list and self.word in TEXTS)

    @property
    def has_lists(self) -> bool:
        """Whether its cells may be lists as they stand in the file."""
        return self.is_list or self.many or self.of_one

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys that lead to it."""
        return self.path or (self.name,)

    @property
    def word(self) -> str:
        """Its own name, plain, without those of the objects that it is in or was taken out of.

        One that means nothing alone is told with that of its object: `lines.from`; and so is what
        an object tells of a heading, whose text and id are not those of the row.
        """
        both = "_".join(map(plain, self.keys[-2:]))
        is_of_heading = len(self.keys) > 1 and plain(self.keys[-2]) in NAMES["heading"]
        return both if both in _TOLD_TOGETHER or is_of_heading else bare(self.keys[-1])

    @property
    def depth(self) -> int:
        """In how many objects it is or was, and one more."""
        return len(self.keys) + (self.word != plain(self.keys[-1]))

    @property
    def is_list(self) -> bool:
        """Whether its cells are lists."""
        return not self.of_one and self.type.startswith(_OF_LISTS)

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers, which may count chunks."""
        return self.type.startswith(_NUMBERS)

    def may_hold_more(self) -> bool:
        """Whether only its cells can tell that there are columns inside."""
        if not self.readable:
            return "struct" in self.type or "map" in self.type
        if "binary" in self.type:
            return is_object(self.name)
        return "string" in self.type and not is_closed(self.name)


_ANSWERS = MappingProxyType({"question": "heading", "answer": "text"})
"""What columns of questions and answers may be, where their owner says so."""

Cells = Callable[[Column], Sequence[object]]
"""The first cells of a column, which show what it holds."""


_CHANGES = (take_what_names, name_by_paths, take_as_it_was, take_with_marks, tell_files_apart)


class Chooser(Struct):
    """Chooses the columns of every file of an input and says each finding once."""

    configured: Mapping[str, str]
    notices: list[Diagnostic]
    _said: set[str] = field(default_factory=set)

    def choose(self, columns: Sequence[Column], file: str, cells: Cells) -> dict[str, Column]:
        """Map our names to the dataset's columns: as configured, else by name or a likely name.

        Where nothing names a page, its url does, or ids that begin with its path, as the first
        ``cells`` show.

        Raises:
            ReadError: ``text`` or ``source`` or a configured column is missing, or a chosen
                column occurs twice or has a type that is no text.
        """
        chosen = {
            ours: self._configured(theirs, ours, columns, file)
            for ours, theirs in self.configured.items()
            if theirs
        }
        for ours in GUESSED:
            if ours not in self.configured and (found := guess(ours, columns, chosen)) is not None:
                chosen[ours] = found
        for change in _CHANGES:
            change(chosen, self.configured, columns, cells)
        take_titles_inside(chosen, self.configured, columns)
        take_headings_above(chosen, self.configured, columns, cells)
        for ours, column in chosen.items():
            _refuse_unfit(ours, column, columns, file)
        if missing := [name for name in _REQUIRED if name not in chosen]:
            raise _missing(missing, columns, file)
        take_what_says(chosen, self.configured, columns, cells)
        self._tell(chosen, columns, file)
        return chosen

    def _configured(self, theirs: str, ours: str, columns: Sequence[Column], file: str) -> Column:
        column = next((column for column in columns if column.name == theirs), None)
        if column is None:
            names = [column.name for column in columns]
            raise ReadError(
                f"no column {theirs!r}, configured for {ours}; {_found(columns)}",
                location=Location(file=file),
                help=nearly(theirs, names) or "name a column that is there",
            )
        return column

    def _tell(self, chosen: Mapping[str, Column], columns: Sequence[Column], file: str) -> None:
        """Say what was guessed, and what is missing."""
        for column in columns:
            for ours in (ours for ours in chosen if chosen[ours] is column):
                if ours in self.configured or ours in _QUIET or column.type == "null":
                    continue
                if column.name != NAMES.get(ours, (ours,))[0]:
                    self._say(
                        "column-guessed",
                        f"the column {column.name!r} is read as {ours}",
                        file,
                        f"if that is wrong: {_mapping(ours, 'NAME')}, or {ours} = false for none",
                    )
        used = {column.keys[0] for column in chosen.values()}
        others = [column for column in columns if _may_tell(column) and column.name not in used]
        if others:
            names = ", ".join(repr(column.name) for column in others[:_MOST_NAMES])
            more = ", ..." if len(others) > _MOST_NAMES else ""
            apart = next((column.name for column in others if bare(column.name) in APART), "")
            help = f"a folder for each {apart}: {_mapping('folder', apart)}" if apart else _MAPPED
            self._say("column-unused", f"columns that are not read: {names}{more}", file, help)
        for ours, effect in _WITHOUT.items():
            if ours not in chosen:
                self._say("column-missing", f"no column {NAMES[ours][0]!r}: {effect}", file)

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


def _may_tell(column: Column) -> bool:
    """Whether a column of the file itself, which nothing is read from, may tell something."""
    return column.readable and len(column.keys) == 1 and is_ours(column.keys)


def _refuse_unfit(ours: str, column: Column, columns: Sequence[Column], file: str) -> None:
    times = Counter(each.name for each in columns)[column.name]
    if times > 1:
        raise ReadError(
            f"the column {column.name!r} occurs {times} times",
            location=Location(file=file),
            help="keep one of them",
        )
    if not fits(ours, column):
        raise ReadError(
            f"the column {column.name!r} is of type {column.type}, wanted is string for {ours}",
            location=Location(file=file),
            help=f"convert it, or name another column: {_mapping(ours, 'NAME')}",
        )


def _missing(missing: Sequence[str], columns: Sequence[Column], file: str) -> ReadError:
    names = [column.name for column in columns]
    if left := [name for name in missing if name in names]:
        return ReadError(
            f"no page can be made without {' and '.join(left)}, and columns leaves the column out",
            location=Location(file=file),
            help=f"take {' and '.join(f'{name} = false' for name in left)} out of columns",
        )
    near = "; ".join(filter(None, (nearly(name, names) for name in missing)))
    mapped = dict.fromkeys(missing, "NAME")
    if "text" in missing and _ANSWERS.keys() <= {column.name for column in columns}:
        mapped |= {ours: theirs for theirs, ours in _ANSWERS.items()}
    mapping = ", ".join(f'{ours} = "{theirs}"' for ours, theirs in mapped.items())
    flags = " ".join(f"--column {ours}={theirs}" for ours, theirs in mapped.items())
    ways = [f"map it: columns = {{ {mapping} }} in sitegen.toml, or {flags}"]
    if "source" in missing:  # perhaps none tells it
        ways.append("where none tells the page of a row, add a column `source` with its path")
    if list(missing) == ["source"] and len(columns) == 1:  # nothing but the text
        del ways[0]
    return ReadError(
        f"no column {' and no column '.join(map(repr, missing))}; {_found(columns)}",
        location=Location(file=file),
        help=f"{near + ' ' if near else ''}{'; '.join(ways)}",
    )


def _found(columns: Sequence[Column]) -> str:
    names = [column.name for column in columns if column.type != "null"]
    return f"found: {', '.join(names[:30]) or 'none'}"


def _mapping(ours: str, theirs: str) -> str:
    return f'columns = {{ {ours} = "{theirs}" }}'

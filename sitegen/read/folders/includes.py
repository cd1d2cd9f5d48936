"""Stage ``read``: ``<include>``, ``<literalinclude>`` and those of others -> the text they name."""

from __future__ import annotations

import json
import re
from pathlib import Path

from msgspec import Struct, field

from sitegen.errors import Diagnostic, Location, Severity
from sitegen.limits.files import real
from sitegen.model import Origin
from sitegen.read.folders import snippets
from sitegen.read.text import TEXT_LIMIT
from sitegen.scan import BEFORE_BLOCK, FenceScanner
from sitegen.scan.patterns import rare

_TAG = rare(
    rf"^(?P<indent>{BEFORE_BLOCK})(?:<(?P<name>include|literalinclude)>"
    rf"[\s>]*(?P<settings>\{{(?:[^<]|<(?!/?(?:literal)?include>))*?\}})[\s>]*</(?P=name)>|{snippets.NOTATION})",
    re.MULTILINE,
)
_MARKER = rare(r"[-*+]|\d+[.)]")
_QUOTED = rare(r"\n[ \t>]+")
_SIGNS = ("include>", *snippets.SIGNS)  # one is in every page that includes another file
_BACKTICKS = rare(r"`{3,}")
_TRAILING_SIGNS = rare(r"(?<!\W)\W+$")  # from the first one: not again from each
_DEEPEST = 10
_MOST = 500
_HELP = "correct its path or settings, or put the file into the folder"


class _RefusedError(ValueError):
    """An include that stays as it is written; the message says why."""


class _Expansion(Struct):
    """One page: the folder that bounds it, its name for notices, what was included so far."""

    root: Path
    name: str
    notices: list[Diagnostic]
    size: int = 0
    count: int = 0
    opened: list[Path] = field(default_factory=list)

    def named(self, file: Path) -> str:
        """A file as findings name it: the page by its name, others from the folder on."""
        return self.name if file == self.opened[0] else file.relative_to(self.root).as_posix()


def expand(
    text: str, page: Path, root: Path, name: str, notices: list[Diagnostic]
) -> tuple[str, tuple[Origin, ...]]:
    """Put the named files in place of their tags, and say which lines are whose.

    Paths count from the file that names them. Nothing outside ``root`` is read. What cannot be
    included stays as it is, with a notice.
    """
    if not any(sign in text for sign in _SIGNS):
        return text, ()
    whole = _Expansion(real(root), name, notices)
    expanded, origins = _expand(text, real(page), whole)
    return expanded, tuple(origins)


def includes_others(page: Path) -> bool:
    """Tell whether the text of a page may be made of other files too."""
    if not page.is_file():
        return False
    text = page.read_bytes()
    return any(sign.encode() in text for sign in _SIGNS)


def _expand(text: str, file: Path, whole: _Expansion, above: int = 0) -> tuple[str, list[Origin]]:
    """A text whose tags are replaced, and whose its lines are; ``above`` it the file has more."""
    whole.opened.append(file)
    text = snippets.import_texts(text)
    parts: list[str] = []
    origins: list[Origin] = []
    at = line = 0  # what is taken of the text, and how many lines that gave
    fences, seen = FenceScanner(), 0
    for match in _TAG.finditer(text):
        for passed in text[seen : match.start()].splitlines():
            fences.feed(passed)
        seen = match.start()
        is_code = fences.inside
        if is_code and not snippets.stands_for_code(match):
            continue
        number = above + text.count("\n", 0, match.start())
        own = Origin(0, whole.named(file), number)
        try:
            included, inside = _included(match, file, whole, own, is_code=is_code)
        except _RefusedError as error:
            if is_code:  # an example of the notation, rather
                continue
            place = Location(file=own.file, line=number + 1)
            notice = Diagnostic("include-missing", Severity.WARNING, str(error), place, _HELP)
            whole.notices.append(notice)
            continue
        parts += [text[at : match.start()], included]
        line += text.count("\n", at, match.start())
        origins += [each._replace(line=line + each.line) for each in inside]
        line += included.count("\n")
        at = match.end()
        origins.append(Origin(line + 1, own.file, above + text.count("\n", 0, at) + 1))
    whole.opened.pop()
    return "".join((*parts, text[at:])), origins


def _included(
    match: re.Match[str], file: Path, whole: _Expansion, own: Origin, *, is_code: bool
) -> tuple[str, list[Origin]]:
    """What stands instead of a tag, and whose its lines are; ``own`` is where the tag stands."""
    path, text, first, language = (_of_tag if match["name"] else _of_others)(match, file, whole)
    whose = Origin(0, whole.named(path), first)
    if is_code:
        return _indented(text.rstrip("\n"), match["indent"]), [whose]
    if language is None:
        text, above = snippets.without_front_matter(text)
        whose = whose._replace(number=first + above)
        text, origins = _expand(text, path, whole, first + above)
        return _indented(text.rstrip("\n"), match["indent"]), [whose, *origins]
    longest = max((len(run) for run in _BACKTICKS.findall(text)), default=2)
    fence = "`" * (longest + 1)
    body = text.rstrip("\n")
    return _indented(f"{fence}{language}\n{body}\n{fence}", match["indent"]), [
        own,
        whose._replace(line=1),
    ]


_Text = tuple[Path, str, int, str | None]
"""A file, what of its text is asked for, how many lines are above it, the language of its code."""


def _of_tag(match: re.Match[str], file: Path, whole: _Expansion) -> _Text:
    try:
        settings = json.loads(_QUOTED.sub("\n", match["settings"]))
        path = _found(str(settings["path"]), file, whole, is_strict=True)
    except (ValueError, KeyError, OSError) as error:  # no name that a system takes, too
        raise _RefusedError(f"<{match['name']}> needs JSON with a path: {error}") from error
    text, first = _excerpt(_read(path, settings["path"], whole), settings)
    language = str(settings.get("language", "")).split("\n")[0].replace("`", "")
    return path, text, first, language if match["name"] == "literalinclude" else None


def _of_others(match: re.Match[str], file: Path, whole: _Expansion) -> _Text:
    asked = snippets.asked(match)
    try:
        path = _found(asked.path, file, whole)
        text, first = snippets.part_of(_read(path, asked.path, whole), asked.part)
    except _RefusedError:
        raise
    except (ValueError, OSError) as error:
        raise _RefusedError(f"{asked.path!r} cannot be included: {error}") from error
    return path, text, first, asked.language


def _found(written: str, file: Path, whole: _Expansion, *, is_strict: bool = False) -> Path:
    """The file that a path means: from that which names it, or from the folder of the docs on."""
    if is_strict and not written.startswith("@"):
        return real(file.parent / written)
    rooted = re.sub(r"^(?:@site)?/|^@/", "", written)
    below = rooted.removeprefix(f"{whole.root.name}/")
    places = [*([file.parent / written] if rooted == written else []), whole.root / rooted]
    paths = [real(place) for place in (*places, whole.root / below)]
    return next((path for path in paths if path.is_file()), paths[0])


def _read(path: Path, named: object, whole: _Expansion) -> str:
    """Read a file of the folder that is not hidden, within the limits of a page."""
    if not path.is_relative_to(whole.root):
        raise _RefusedError(f"{named!r} leads out of the folder of the docs")
    if any(part.startswith(".") for part in path.relative_to(whole.root).parts):
        raise _RefusedError(f"{named!r} is hidden")
    if path in whole.opened or len(whole.opened) > _DEEPEST:
        raise _RefusedError(f"{named!r} includes itself")
    try:
        if not path.is_file():
            raise _RefusedError(f"the folder holds no file {named!r}")
        whole.size += path.stat().st_size
        whole.count += 1
        if whole.size > TEXT_LIMIT or whole.count > _MOST:
            raise _RefusedError(f"{named!r} makes the page too large")
        return path.read_text("utf-8", errors="replace").replace("\0", "\ufffd")
    except OSError as error:
        raise _RefusedError(f"{named!r} cannot be read: {error.strerror}") from error


def _excerpt(text: str, settings: dict[str, object]) -> tuple[str, int]:
    """Cut the lines between two marks, and the indent off each line; count those above."""
    lines, start = text.splitlines(), 0
    marks = [settings.get("start-after"), settings.get("end-before")]
    if any(marks) and not all(marks):
        raise _RefusedError("start-after and end-before belong together")
    if all(marks):
        start = _line_ending(lines, str(marks[0]), 0) + 1
        lines = lines[start : _line_ending(lines, str(marks[1]), start)]
    dedent = settings.get("dedent", 0)
    if isinstance(dedent, int) and dedent > 0:
        lines = [line[dedent:] for line in lines]
    return "\n".join(lines) + "\n", start


def _line_ending(lines: list[str], mark: str, start: int) -> int:
    for number in range(start, len(lines)):
        if _TRAILING_SIGNS.sub("", lines[number]).endswith(mark):
            return number
    raise _RefusedError(f"no line ends with {mark!r}")


def _indented(text: str, indent: str) -> str:
    """Lines that stand as their tag does; below that of a list's item, which it begins."""
    below = _MARKER.sub(lambda found: " " * len(found[0]), indent)
    blank = below.rstrip()  # a quote goes on over blank lines
    first, *others = text.split("\n")
    return "\n".join((indent + first, *(below + line if line else blank for line in others)))

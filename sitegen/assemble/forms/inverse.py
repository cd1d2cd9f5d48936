"""Assemble: forms that splitters give the texts of a whole dataset, and their exact inverse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from msgspec.structs import replace

from sitegen.assemble.forms.counters import without_counters
from sitegen.assemble.forms.html_texts import with_html_whole
from sitegen.assemble.forms.labels import without_labels
from sitegen.assemble.forms.line_ends import with_line_ends
from sitegen.assemble.forms.marked import plain_heads
from sitegen.assemble.grouping.groups import Groups
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Headings

TWO_BLANKS = "  \n"
"""What LangChain's splitter at headings writes for a blank line; it strips all other lines.

Inside of code it keeps blank lines, and as no line there ends in blanks, the inverse is exact.
"""

_GLUED_FENCE = re.compile(r"(?<=\S) (?P<fence>```[\w+#.-]*)\n")
_FENCE_ALONE = re.compile(r"^[ \t]*```[\w+#.-]*$", re.MULTILINE)
_FENCE = re.compile(r"(?P<before>^|\n[ \t]*|(?<=\S) )```(?P<words>[\w+#.-]*)(?P<end>\n|$| (?=\S))")
_HIDDEN = "ESCAPE-PYTHON-CODE-COMMENT"
"""What doc-builder writes for the mark of a comment in code, so that it is no heading."""

_BARE = re.compile(r"&(?!(?:amp|lt|gt|quot|apos|#39|#x27|#34|#x22);)")
_IN_CODE = re.compile(
    r"`[^`]*&(?:amp|lt|gt|quot|apos|#39|#x27|#34|#x22);"
)  # nobody writes them there
_SENTENCE = re.compile(r"[^\W\d_a-z][^\W_]*_[a-z0-9]")
_SIGNS = re.compile(r"[\W_]+")
_OFTEN = 0.02  # share of the line ends
_NO_BREAK = re.compile(r"(?<=[.!?:])  \n|  \n(?=#{1,6} |[-*+] |\d+[.)] |```|~~~|>|\|)")
"""Where two blanks hardly break a line: below a sentence that has ended, and above a block."""


def as_written(groups: Groups, notices: list[Diagnostic]) -> tuple[Groups, bool]:
    """Give texts without the form of a splitter, and whether it marked blank lines."""
    groups = with_line_ends(groups)
    groups = with_html_whole(without_counters(without_labels(groups, notices), notices))
    if joins_words(groups):
        groups = groups.changed(with_words_apart)
    if titles_name_sections(groups):
        groups = groups.changed(with_titles_as_headings)
    if is_escaped(groups):
        groups = groups.changed(without_escapes)
    if (plain := plain_heads(groups)) is not None:
        groups = groups.changed(plain)
    if marked := marks_blank_lines(groups):
        groups = groups.changed(with_blank_lines)
    if glues_fences(groups):
        groups = groups.changed(with_fences_apart)
    return groups, marked


def joins_words(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether headings of columns have signs between their words, as names of files do.

    None has a blank then, and most that have such a sign begin as a sentence does: names of
    functions do not.
    """
    sentences = others = 0
    for words in (w for group in groups.values() for c in group for w, _ in c.headings):
        if " " in words:
            return False
        if "_" in words.strip("_"):
            is_sentence = _SENTENCE.match(words) is not None
            sentences, others = sentences + is_sentence, others + (not is_sentence)
    return sentences > others


def with_words_apart(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give chunks whose headings have blanks between their words; names in programs have none."""
    return [replace(c, headings=tuple((_words(w), n) for w, n in c.headings)) for c in group]


def _words(heading: str) -> str:
    is_name = heading.islower() or heading.isupper() or heading.startswith("__")
    return heading if is_name and heading.isidentifier() else heading.strip("_").replace("_", " ")


def titles_name_sections(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether most pages of several rows have several titles."""
    several = differ = 0
    for group in groups.values():
        titles = {chunk.title for chunk in group}
        if not titles - {""}:
            return False
        several += len(group) > 1
        differ += len(titles - {""}) > 1
    return 2 * differ > several


def with_titles_as_headings(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give rows whose titles name their sections, so that the first of them is the page's."""
    words = {_key(chunk.title): chunk.title for chunk in group}
    return [replace(c, title="", headings=_headed(c, words)) for c in group]


def _headed(chunk: Chunk, words: Mapping[str, str]) -> Headings:
    """The path of a chunk that ends with its title, in the ``words`` of titles for their slugs."""
    path = tuple((words.get(_key(step), step), level) for step, level in chunk.headings)
    if not chunk.title or chunk.title in {step for step, _ in path}:
        return path
    level = path[-1][1] if path else 0
    return (*path, (chunk.title, level + 1 if level else 0))


def _key(words: str) -> str:
    return _SIGNS.sub("-", words.lower()).strip("-")


def is_escaped(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether all texts were written as for HTML: no sign of it stands for itself, also in code."""
    in_code = False
    for group in groups.values():
        for chunk in group:
            if "<" in chunk.text or ">" in chunk.text or _BARE.search(chunk.text):
                return False
            in_code = in_code or _IN_CODE.search(chunk.text) is not None
    return in_code


def without_escapes(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give texts that were written as for HTML as they were."""
    return [replace(c, text=unescape(c.text)) if "&" in c.text else c for c in group]


def with_blank_lines(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give texts whose blank lines are marked so as they were written."""
    return [replace(c, text=c.text.replace(TWO_BLANKS, "\n\n")) for c in group]


def marks_blank_lines(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether lines end in two blanks often, more often than in blank lines, and none is indented.

    In the middle of sentences alone they are what Markdown has them for, breaks of a line.
    """
    marks = ends = blank = 0
    is_no_break = False
    for group in groups.values():
        for chunk in group:
            if "\n " in chunk.text or "\n\t" in chunk.text:
                return False
            ends += chunk.text.count("\n")
            marks += chunk.text.count(TWO_BLANKS)
            blank += 0 if "```" in chunk.text else chunk.text.count("\n\n")
            is_no_break = is_no_break or (marks > 0 and _NO_BREAK.search(chunk.text) is not None)
    return is_no_break and marks > blank and marks > _OFTEN * ends


def glues_fences(groups: Mapping[str, Sequence[Chunk]]) -> bool:
    """Whether code mostly begins behind the words above it, as where paragraphs were put on a line.

    The rows of doc-builder's search are such.
    """
    glued = sum(
        len(_GLUED_FENCE.findall(chunk.text))
        for group in groups.values()
        for chunk in group
        if " ```" in chunk.text
    )
    if not glued:
        return False
    alone = sum(len(_FENCE_ALONE.findall(c.text)) for group in groups.values() for c in group)
    return 2 * glued > alone - glued


def with_fences_apart(_: str, group: Sequence[Chunk]) -> list[Chunk]:
    """Give texts whose code begins and ends on lines of its own, with blank lines around."""
    return [replace(c, text=_apart(c.text)) if "```" in c.text else c for c in group]


def _apart(text: str) -> str:
    done: list[str] = []
    at = opened = 0
    inside = False
    for fence in _FENCE.finditer(text):
        is_glued = fence["before"] == " "
        if not inside and fence["end"] == "\n":
            done += (text[at : fence.start()], "\n\n" if is_glued else fence["before"])
            opened = len(done) if is_glued else 0
            done += ("", f"```{fence['words']}\n")
        elif inside and not is_glued and not fence["words"]:
            code = text[at : fence.start()].replace(_HIDDEN, "#")
            done += (code, fence["before"], "```", fence["end"] if fence["end"] != " " else "\n\n")
            if opened:
                done[opened] = fence["before"].lstrip("\n")  # both stand in the same list item
        else:
            continue
        inside, at = not inside, fence.end()
    return "".join((*done, text[at:]))

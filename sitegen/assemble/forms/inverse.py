"""Assemble: forms that splitters give the texts of a whole dataset, and their exact inverse."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from html import unescape

from msgspec import field
from msgspec.structs import replace

from sitegen.assemble.forms.context import Context, look_for_context
from sitegen.assemble.forms.counters import Counters, look_for_counters, without_counters
from sitegen.assemble.forms.html_texts import HtmlTexts, look_for_html, with_html_whole
from sitegen.assemble.forms.labels import Labels, look_for_labels, without_labels
from sitegen.assemble.forms.line_ends import LineEnds, look_for_line_ends, with_line_ends
from sitegen.assemble.forms.marked import Heads, look_for_heads, with_plain_heads
from sitegen.assemble.parts import Parts, Rows, Summary
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Headings

TWO_BLANKS = "  \n"
"""What LangChain's splitter at headings writes for a blank line; it strips all other lines.

Inside of code it keeps blank lines, and as no line there ends in blanks, the inverse is exact.
"""

_WORDS = r"(?<=\S)(?<!\s[>*+-])(?<!\A[>*+-])"
"""Their end: a fence behind the mark of a quote or an item alone is in it."""
_GLUED_FENCE = re.compile(rf"{_WORDS} (?P<fence>```[\w+#.-]*)\n")
_FENCE_ALONE = re.compile(r"^[ \t]*```[\w+#.-]*$", re.MULTILINE)
_FENCE = re.compile(rf"(?P<before>^|\n[ \t]*|{_WORDS} )```(?P<words>[\w+#.-]*)(?=\n|$| \S)")
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


class Words(Summary):
    """Headings of columns whose words have signs between them: like sentences, and others.

    One that has a blank is enough.
    """

    sentences: int = 0
    others: int = 0
    apart: int = 0


class Titles(Summary):
    """How many pages have several rows, and several titles, and (one is enough) have none."""

    several: int = 0
    differ: int = 0
    none: int = 0


class Escapes(Summary):
    """How many texts have escapes in code, and (one is enough) are not written as for HTML."""

    in_code: int = 0
    others: int = 0


class BlankLines(Summary):
    """Line ends, those that two blanks mark, those that they may not break, and blank lines.

    One indented line is enough.
    """

    ends: int = 0
    marks: int = 0
    no_breaks: int = 0
    blank: int = 0
    indented: int = 0

    @property
    def are_marked(self) -> bool:
        """Whether lines end in two blanks often, more often than in blank lines.

        In the middle of sentences alone they are what Markdown has them for, breaks of a line.
        """
        is_often = self.marks > self.blank and self.marks > _OFTEN * self.ends
        return not self.indented and self.no_breaks > 0 and is_often


class Fences(Summary):
    """How many fences stand behind words, or where that is asked, alone."""

    count: int = 0


class Forms(Summary):
    """What is seen of all forms that texts may have."""

    line_ends: LineEnds = field(default_factory=LineEnds)
    labels: Labels = field(default_factory=Labels)
    counters: Counters = field(default_factory=Counters)
    tags: HtmlTexts = field(default_factory=HtmlTexts)
    words: Words = field(default_factory=Words)
    titles: Titles = field(default_factory=Titles)
    escapes: Escapes = field(default_factory=Escapes)
    heads: Heads = field(default_factory=Heads)
    blank_lines: BlankLines = field(default_factory=BlankLines)
    glued: Fences = field(default_factory=Fences)
    context: Context = field(default_factory=Context)


def look_for_forms(groups: Rows) -> Forms:
    """See the forms of some texts."""
    return Forms(
        line_ends=look_for_line_ends(groups),
        labels=look_for_labels(groups),
        counters=look_for_counters(groups),
        tags=look_for_html(groups),
        words=_look_for_words(groups),
        titles=_look_for_titles(groups),
        escapes=_look_for_escapes(groups),
        heads=look_for_heads(groups),
        blank_lines=look_for_blank_lines(groups),
        glued=_look_for_glued(groups),
        context=look_for_context(groups),
    )


def as_written(parts: Parts, notices: list[Diagnostic]) -> bool:
    """Give texts without the form of a splitter, and tell whether it marked blank lines."""

    def seen() -> Forms:
        return parts.see(look_for_forms, Forms)  # as they are by then

    if seen().line_ends.are_hidden:
        with_line_ends(parts)
    if seen().labels.are_there:
        without_labels(parts, notices)
    without_counters(parts, seen().counters, notices)
    if not seen().tags.others:
        parts.change("html", with_html_whole)
    words = seen().words
    if not words.apart and words.sentences > words.others:
        parts.change("words apart", with_words_apart)
    titles = seen().titles
    if not titles.none and 2 * titles.differ > titles.several:
        parts.change("titles", with_titles_as_headings)
    if seen().escapes.in_code and not seen().escapes.others:
        parts.change("escapes", without_escapes)
    with_plain_heads(parts, seen().heads)
    if marked := seen().blank_lines.are_marked:
        parts.change("blank lines", with_blank_lines)
    glued = seen().glued.count
    if glued and 2 * glued > parts.see(_look_for_fences, Fences).count - glued:
        parts.change("fences", with_fences_apart)
    return marked


def _look_for_words(groups: Rows) -> Words:
    """See whether headings of columns have signs between their words, as names of files do.

    None has a blank then, and most that have such a sign begin as a sentence does: names of
    functions do not.
    """
    seen = Words()
    for words in (w for group in groups.values() for c in group for w, _ in c.headings):
        if " " in words:
            return Words(apart=1)
        if "_" in words.strip("_"):
            is_sentence = _SENTENCE.match(words) is not None
            seen.sentences += is_sentence
            seen.others += not is_sentence
    return seen


def with_words_apart(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    """Give chunks whose headings have blanks between their words; names in programs have none."""
    return [replace(c, headings=tuple((_words(w), n) for w, n in c.headings)) for c in group]


def _words(heading: str) -> str:
    is_name = heading.islower() or heading.isupper() or heading.startswith("__")
    return heading if is_name and heading.isidentifier() else heading.strip("_").replace("_", " ")


def _look_for_titles(groups: Rows) -> Titles:
    """See whether pages of several rows have several titles."""
    seen = Titles()
    for group in groups.values():
        titles = {chunk.title for chunk in group}
        if not titles - {""}:
            return Titles(none=1)
        seen.several += len(group) > 1
        seen.differ += len(titles - {""}) > 1
    return seen


def with_titles_as_headings(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
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


def _look_for_escapes(groups: Rows) -> Escapes:
    """See whether texts were written as for HTML: no sign of it stands for itself, in code too."""
    seen = Escapes()
    for group in groups.values():
        for chunk in group:
            if "<" in chunk.text or ">" in chunk.text or _BARE.search(chunk.text):
                return Escapes(others=1)
            seen.in_code = seen.in_code or int(_IN_CODE.search(chunk.text) is not None)
    return seen


def without_escapes(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    """Give texts that were written as for HTML as they were."""
    return [replace(c, text=unescape(c.text)) if "&" in c.text else c for c in group]


def with_blank_lines(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    """Give texts whose blank lines are marked so as they were written."""
    return [replace(c, text=c.text.replace(TWO_BLANKS, "\n\n")) for c in group]


def look_for_blank_lines(groups: Rows) -> BlankLines:
    """See whether lines end in two blanks, and none is indented."""
    seen = BlankLines()
    for group in groups.values():
        for chunk in group:
            if "\n " in chunk.text or "\n\t" in chunk.text:
                return BlankLines(indented=1)
            seen.ends += chunk.text.count("\n")
            seen.blank += 0 if "```" in chunk.text else chunk.text.count("\n\n")
            if marks := chunk.text.count(TWO_BLANKS):
                seen.marks += marks
                seen.no_breaks = seen.no_breaks or int(_NO_BREAK.search(chunk.text) is not None)
    return seen


def _look_for_glued(groups: Rows) -> Fences:
    """See whether code begins behind the words above it, as where paragraphs are on one line.

    The rows of doc-builder's search are such.
    """
    texts = (chunk.text for group in groups.values() for chunk in group)
    return Fences(count=sum(len(_GLUED_FENCE.findall(each)) for each in texts if " ```" in each))


def _look_for_fences(groups: Rows) -> Fences:
    texts = (chunk.text for group in groups.values() for chunk in group)
    return Fences(count=sum(len(_FENCE_ALONE.findall(each)) for each in texts))


def with_fences_apart(_: str, group: Sequence[Chunk], _said: object) -> list[Chunk]:
    """Give texts whose code begins and ends on lines of its own, with blank lines around."""
    return [replace(c, text=_apart(c.text)) if "```" in c.text else c for c in group]


def _apart(text: str) -> str:
    done: list[str] = []
    at = opened = 0
    inside = False
    for fence in _FENCE.finditer(text):
        is_glued = fence["before"] == " "
        before = "\n\n" if is_glued else fence["before"]
        ends = text[fence.end() : fence.end() + 1]
        if not inside and ends == "\n":
            done += (text[at : fence.start()], before if fence.start() >= at else "")
            opened = len(done) if is_glued else 0
            done += ("", f"```{fence['words']}")
        elif inside and not is_glued and not fence["words"]:
            code = text[at : fence.start()].replace(_HIDDEN, "#")
            done += (code, before, "```\n\n" if ends == " " else "```")
            if opened:
                done[opened] = before.lstrip("\n")  # both stand in the same list item
        else:
            continue
        inside, at = not inside, fence.end() + (ends == " ")
    return "".join((*done, text[at:]))

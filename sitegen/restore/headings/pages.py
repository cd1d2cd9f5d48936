"""Restore: one page, with all the evidence joined: its title, heading texts and levels."""

from __future__ import annotations

from msgspec.structs import replace

from sitegen.model import Document, Headings, Section
from sitegen.restore.evidence import Evidence
from sitegen.restore.headings.casing import worded
from sitegen.restore.headings.levels import Outlined, levels
from sitegen.restore.headings.numbering import numbers
from sitegen.restore.headings.qualified import qualified
from sitegen.restore.headings.texts import HeadingTexts, Marks, Text
from sitegen.restore.headings.titles import (
    names_page,
    names_place,
    opens_with_title,
    says_title,
    title_of_path,
    title_of_section,
    without_site,
)
from sitegen.restore.headings.written import (
    STATED,
    Written,
    kept_level,
    opening_heading,
    own_headings,
    plain,
    write,
)
from sitegen.scan.ids import split_id
from sitegen.scan.plain import literal_tags


def restore_page(document: Document, stated: str, evidence: Evidence) -> Document:
    """Write the headings that the chunk texts lack into a document, and settle its title.

    ``stated`` is the title of an authored toctree.
    """
    is_own = bool(stated) or document.has_own_title
    page = _Page(document, stated or document.title, evidence, is_own=is_own)
    titled = replace(document, title=plain(page.title.text))
    return write(titled, page.lines, page.title_above(), page.headings())


class _Page:
    """A page's sections and what is known of them."""

    def __init__(
        self, document: Document, stated: str, evidence: Evidence, *, is_own: bool
    ) -> None:
        self._document = document
        self._evidence = evidence
        self.lines = document.text.split("\n")
        self._own = own_headings(document.text, self.lines)
        if not is_own:
            stated = without_site(stated, (text for _, text in self._own.values()), evidence)
        stated = literal_tags(" ".join(stated.split()))  # a text, not Markdown
        self._stated = stated
        self._bodies: dict[int, str] = {}
        self._kept: dict[int, int] = {}
        ends = [section.line for section in document.sections[1:]] + [len(self.lines)]
        for section, end in zip(document.sections, ends, strict=True):
            if section.anchor or section.headings:
                self._bodies[section.line] = "\n".join(self.lines[section.line : end])
                self._kept[section.line] = kept_level(section, self.lines, self._own)
        self._headed = [each for each in document.sections if each.anchor or each.headings]
        lost = next((line for line, level in self._kept.items() if not level), len(self.lines))
        opens = opening_heading(self.lines, self._own, lost)
        self._opens = None if opens is None or self._is_below_title(opens) else opens
        is_file = names_place(stated) or (
            stated.islower() and stated == document.id.rpartition("/")[2]
        )
        if self._opens is not None and is_file and not is_own:
            self._stated = ""  # the dataset has the name of a file, which says less
        if self._opens is not None and self.lines[self._opens].lstrip().startswith("##"):
            # A page's title is its heading of level 1.
            self.lines[self._opens] = f"# {self._own[self._opens][1]}"
        anchors = [section.anchor for section in self._headed]
        self._marks = Marks(numbers(anchors), qualified(anchors))
        self._opener = self._find_opener() if opens is None else None
        self._heading = self._title_heading()
        self.title = Text(self._stated, *STATED) if self._stated else self._heading

    def _is_below_title(self, line: int) -> bool:
        """Whether the heading that a text begins with is that of a section: its page has a title.

        Front matter or a column says the title. No heading says it, whose anchor it would take, and
        that which begins the text is not of level 1.
        """
        told = self._document.title
        if self._own[line][0] == 1 or not names_page(told, self._evidence):
            return False
        return not any(says_title(text, told) for _, text in self._own.values())

    def _find_opener(self) -> Section | None:
        """Find the section that the page's title heads."""
        if not self._headed or self._kept[self._headed[0].line]:
            return None
        first = self._headed[0]
        if first.headings and (level := first.headings[0][1]):
            return first if level == 1 else None
        is_title = opens_with_title(self._document, first.anchor, self._stated, self._evidence)
        return first if is_title else None

    def _texts(self, *, of_title: bool = False) -> HeadingTexts:
        evidence, page = self._evidence, self._document.id
        case = evidence.case_of_title(page) if of_title else evidence.case(page)
        knows = evidence.knows_case(page)
        return HeadingTexts(evidence, self._document, self._marks, case, knows_case=knows)

    def _title_heading(self) -> Text:
        """Give the words of the page's heading of level 1."""
        if self._opener and self._opener.headings:
            return Text(worded(self._opener.headings[0][0]), *STATED)
        if self._opener:
            texts = self._texts(of_title=True)
            return title_of_section(self._opener.anchor, self._stated, texts)
        if self._stated:
            return Text(self._stated, *STATED)
        if self._opens is not None:
            return Text(split_id(self._own[self._opens][1])[0], *STATED)
        texts = self._texts(of_title=True)
        return title_of_path(self._document, self._evidence, texts)

    def title_above(self) -> Written | None:
        """Give the title to write above the text, if nothing in it is headed by the title."""
        if self._opener or self._opens is not None:
            return None
        heading = self._heading
        return Written(heading.text, 1, heading.found, heading.found, "title")

    def headings(self) -> dict[int, list[Written]]:
        """Give the headings to write, by the line of their section."""
        written: dict[int, list[Written]] = {}
        if self._opener:
            title = self._heading
            above = Written(title.text, 1, title.found, title.found, "title")
            written[self._opener.line] = [above, *_stated(self._opener.headings[1:])]
        inner = [section for section in self._headed if section is not self._opener]
        texts = self._texts()
        outline = [self._outlined(section) for section in inner]
        for section, (level, found) in zip(inner, levels(outline, self._marks), strict=True):
            if self._kept[section.line]:
                continue
            if section.headings:
                text = Text(worded(section.headings[-1][0]), *STATED)
                written[section.line] = _stated(section.headings[:-1])
            else:
                text = texts.of(section.anchor, self._bodies[section.line])
                written[section.line] = []
            written[section.line].append(Written(text.text, level, text.found, found))
        return written

    def _outlined(self, section: Section) -> Outlined:
        body = self._bodies[section.line]
        return Outlined(
            section.anchor,
            "[[autodoc" in body,
            body.rstrip(),
            self._kept[section.line] or (section.headings[-1][1] if section.headings else 0),
            self._evidence.recurs(section.anchor),
        )


def _stated(headings: Headings) -> list[Written]:
    """The headings that columns say all of, words and level."""
    return [Written(worded(words), level or 1, STATED, STATED) for words, level in headings]

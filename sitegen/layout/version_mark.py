"""Version mark: what names its version on each page, by which a page becomes that of another."""

from __future__ import annotations

from functools import cache, partial

from sitegen.config import VersionConfig
from sitegen.layout.frame import Frame, values_at
from sitegen.model import OutputFile, Page


class VersionMark:
    """Pages of another version of a site, which differ from this one's by the mark alone."""

    def __init__(self, frame: Frame, other: VersionConfig) -> None:
        """Know how the ``other`` version is called, and where it finds the list of all."""
        self._frame, self._other = frame, other
        self._both = cache(self._write)

    def renamed(self, page: Page, file: OutputFile) -> OutputFile | None:
        """A page as this version has it; none where the mark cannot be told from other text."""
        lang = page.document.language or self._frame.site.language
        theirs, ours = self._both(page.permalink.count("/"), lang)
        if file.data.count(theirs) != 1:
            return None
        return OutputFile(file.path, file.data.replace(theirs, ours))

    def _write(self, depth: int, lang: str) -> tuple[bytes, bytes]:
        """The mark of the other version and of this one, at a depth and in a language."""
        here = "x/" * depth
        render = partial(self._frame.voice(lang).templates.render, "version.html")
        values = values_at(self._frame, here, language=lang)
        return render(values | {"version": self._other}), render(values)

"""The Jinja environment: the project's templates over the theme's, faults named."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType, TracebackType
from typing import Any, TypeVar

import jinja2
from jinja2.exceptions import SecurityError
from jinja2.loaders import split_template_path
from markupsafe import Markup, escape
from msgspec import Struct

from sitegen.config.near import no_folder
from sitegen.data import data_folder
from sitegen.errors import Location, SitegenError, TemplateError, nearly
from sitegen.layout import compiled
from sitegen.layout.sandbox import Missing, Sandbox
from sitegen.limits.files import real
from sitegen.limits.memory import within_memory
from sitegen.limits.seconds import within_seconds
from sitegen.scan.patterns import rare

ORIGINALS = "sitegen"  # {% extends "sitegen/page.html" %} reaches past an override
SECONDS, MEMORY = 20, 512 << 20  # for one page of a project's templates
_LONG_WORD = re.compile(r"\S{16,}")
_SEAM = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[_./])(?=\w)")
_PHRASE = re.compile(r'\{\{ say\["([^"\n]+)"\] \}\}')
_NOT_PLAIN = re.compile(r"[{}%#\n\r]")  # Jinja's signs, and what would move the lines of messages
_ALIKE = 0.8  # of the names of templates, which all end alike
_UNKNOWN = rare(
    r"'(?P<value>\w+)' is undefined|No filter named '(?P<filter>\w+)'"
    r"|Encountered unknown tag '(?P<tag>\w+)'"
)
_TAGS = (
    *("block", "call", "else", "extends", "filter", "for", "from", "if", "import", "include"),
    *("macro", "raw", "set", "with"),
    *("endblock", "endcall", "endfilter", "endfor", "endif", "endmacro", "endraw", "endset"),
)
_IN_CIRCLES = "the template extends or includes itself"
_FAULTS = (
    *(jinja2.TemplateError, ArithmeticError, AttributeError, LookupError, MemoryError, OSError),
    *(RuntimeError, SyntaxError, TypeError, ValueError),
)
"""What the expressions of a template raise, its nesting too; Jinja wraps no error of Python's."""
T = TypeVar("T")
_NOT_CALLABLE = "is not safely callable"  # before it, Jinja prints all that the value holds
_Source = tuple[str, str, Callable[[], bool]]


class Templates:
    """Renders templates by name; data is escaped, never compiled, and a missing name is an error.

    The environment is sandboxed: a checkout's templates may lay out pages, not run programs.
    """

    def __init__(
        self, overrides: Path | None = None, say: Mapping[str, str] = MappingProxyType({})
    ) -> None:
        """Look into ``overrides`` first. Phrases of ``say``, escaped, stand in the templates.

        Raises:
            ConfigError: when ``overrides`` is not a folder.
        """
        if overrides is not None and not overrides.is_dir():
            raise no_folder(overrides, "theme.templates")
        self._overrides = overrides
        ours = data_folder("templates")
        originals = jinja2.PrefixLoader({ORIGINALS: _loader(ours, say, ORIGINALS)})
        loaders: list[jinja2.BaseLoader] = [_loader(overrides, say)] if overrides else []
        loaders += [_loader(ours, say), originals]
        self._environment = Sandbox(
            loader=jinja2.ChoiceLoader(loaders),
            autoescape=True,
            undefined=Missing,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=compiled.THEIRS if overrides else compiled.OURS,
        )
        self._environment.filters["breakable"] = breakable

    def saying(self, say: Mapping[str, str]) -> Templates:
        """Give the same templates with phrases that no page has to look up."""
        return Templates(self._overrides, say)

    def compile(self, names: Iterable[str]) -> None:
        """Compile templates ahead of their first page; what is wrong with one, rendering says."""
        for name in names:
            with suppress(*_FAULTS, SitegenError):
                self._within_limits(self._environment.get_template, name)

    def render(self, name: str, values: Mapping[str, Any]) -> bytes:
        """Render one template as UTF-8.

        Raises:
            TemplateError: naming the template and the line at fault.
        """
        try:
            text = self._within_limits(self._text, name, values)
        except TimeoutError as error:
            message = f"takes longer than {SECONDS} seconds"
            raise TemplateError(message, location=Location(file=name)) from error
        except jinja2.TemplateSyntaxError as error:
            place = Location(file=error.name or name, line=error.lineno)
            message = (error.message or "syntax error").rstrip(".")
            help = self._near_name(message, {})
            raise TemplateError(message, location=place, help=help) from error
        except jinja2.TemplateNotFound as error:
            missing = str(error.name)
            raise TemplateError(
                f"no template {missing!r}",
                location=_place(error.__traceback__) or Location(file=name),
                help=self._near_template(missing),
            ) from error
        except _FAULTS as error:
            place = _place(error.__traceback__) or Location(file=name)
            message = _in_words(error)
            help = self._near_name(message, values)
            if isinstance(error, RecursionError):
                message, help = _IN_CIRCLES, _instead(place.file)
            raise TemplateError(message, location=place, help=help) from error
        return text.encode("utf-8", "replace")

    def _near_template(self, missing: str) -> str:
        """Which template may be meant: one extends another of its name as the original."""
        own = self._overrides or data_folder("templates")
        ours, theirs = (
            {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
            for folder in (data_folder("templates"), own)
        )
        last = missing.rpartition("/")[2].lstrip("!")
        if last in ours:
            return f"did you mean '{ORIGINALS}/{last}'?"
        known = ours | theirs | {f"{ORIGINALS}/{name}" for name in ours}
        return nearly(missing, known, _ALIKE) or f"sitegen's own are called {ORIGINALS}/page.html"

    def _near_name(self, message: str, values: Mapping[str, Any]) -> str:
        """Which value or filter may be meant by one that there is not."""
        known = {"value": values, "filter": self._environment.filters, "tag": _TAGS}
        if unknown := _UNKNOWN.match(message):
            kind = str(unknown.lastgroup)
            return nearly(unknown[kind], known[kind])
        return ""

    def _text(self, name: str, values: Mapping[str, Any]) -> str:
        return self._environment.get_template(name).render(values)

    def _within_limits(self, work: Callable[..., T], *given: Any) -> T:
        """Bound what a page of a project's templates may take; ours are known to end."""
        if self._overrides is None:
            return work(*given)
        # In this order: the interrupt does not come where the memory is bounded or set free.
        return within_memory(MEMORY, within_seconds, SECONDS, work, *given)


class Href(Struct, frozen=True):
    """A link as templates get it; ``href`` is empty for a group that is no page."""

    title: str
    href: str


def breakable(text: str) -> Markup | str:
    """Let the long names of objects break where their words meet."""
    if not _LONG_WORD.search(text):
        return text
    words = _LONG_WORD.sub(lambda word: _SEAM.sub("\x00", word[0]), text)
    return escape(words).replace("\x00", Markup("<wbr>"))


def _loader(folder: Path, say: Mapping[str, str], prefix: str = "") -> jinja2.FunctionLoader:
    root = real(folder)

    def load(name: str) -> _Source | None:
        path = root.joinpath(*split_template_path(name))
        if not os.path.isfile(path):  # noqa: PTH113 - a name that no disk can hold is no error
            return None
        shown = f"{prefix}/{name}" if prefix else name
        if not real(path).is_relative_to(root):
            raise TemplateError(
                "the template is a link that leads out of its folder", location=Location(file=shown)
            )
        # The name stands in for the file: messages then say the same on every machine.
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError as error:
            place = Location(file=shown, line=error.object.count(b"\n", 0, error.start) + 1)
            help = "save the file as UTF-8"
            raise TemplateError("not UTF-8", location=place, help=help) from error
        return _worded(text, say), shown, lambda: True

    return jinja2.FunctionLoader(load)


def _worded(text: str, say: Mapping[str, str]) -> str:
    """Write phrases out; what a string has in common with the templates' language is no part of it.

    A page has thirty of them, and looking each up would take an eighth of its layout.
    """

    def word(phrase: re.Match[str]) -> str:
        said = say.get(phrase[1])
        return phrase[0] if said is None or _NOT_PLAIN.search(said) else said

    return _PHRASE.sub(word, text)


def _instead(name: str) -> str:
    """What a template extends in place of itself: ours of its name, if there is one."""
    ours = name.rpartition("/")[2]
    base = ours if (data_folder("templates") / ours).is_file() else "page.html"
    return f'write {{% extends "{ORIGINALS}/{base}" %}} to build on sitegen\'s own'


def _in_words(error: BaseException) -> str:
    """What an expression raised, without what only Python calls so."""
    message = str(error) or f"takes more than {MEMORY >> 20} MiB of memory"
    if isinstance(error, SecurityError) and message.endswith(_NOT_CALLABLE):
        return "what is called there is nothing that a template may call"
    return message.replace("mappingproxy", "dict")


def _place(traceback: TracebackType | None) -> Location | None:
    """Find the innermost template line of a traceback; Jinja gives templates their own frames."""
    place = None
    while traceback is not None:
        name = traceback.tb_frame.f_code.co_filename
        if traceback.tb_frame.f_globals.get("__file__") == name and not Path(name).is_absolute():
            place = Location(file=name, line=traceback.tb_lineno)
        traceback = traceback.tb_next
    return place

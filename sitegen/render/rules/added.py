"""Rules of extensions: what they teach the parser, with their failures named on the page."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from typing import Any

from markdown_it import MarkdownIt

from sitegen.errors import BROKEN, Diagnostic, Severity, SitegenError, checked
from sitegen.render.context import PageContext

Teach = Callable[[MarkdownIt], None]
_CODE = "extension-failed"
_HELP = "tell those who wrote the extension"
_CORRECT = "correct the template"
_PLACE = ("pos", "line", "tShift", "parentType", "level")
"""What a rule changes of the state of a parser while it looks."""


def guarded_rule(rule: Teach, extension: str) -> Teach:
    """The same for a parser, but what it adds there gives up, and says so, where it fails."""

    def teach(md: MarkdownIt) -> None:
        before = {id(added.fn) for ruler in _rulers(md) for added in ruler.__rules__}
        shown = dict(md.renderer.rules)  # type: ignore[attr-defined] # as all renderers
        rule(md)
        for ruler in _rulers(md):
            for added in ruler.__rules__:
                if id(added.fn) not in before:
                    added.fn = _safe_parsing(added.fn, f"the rule {added.name!r}", extension)
            ruler.__cache__ = None
        rules = md.renderer.rules  # type: ignore[attr-defined]
        for name in [name for name in rules if rules[name] is not shown.get(name)]:
            rules[name] = _safe_writing(rules[name], f"the rule for {name!r}", extension)

    return teach


def can_be_taught(rule: Teach, extension: str, note: Callable[[Diagnostic], None]) -> bool:
    """Whether a parser takes a rule; what it raises instead is noted."""
    from sitegen.render.parser import new_parser  # noqa: PLC0415 - it asks for this module's rules

    try:
        rule(new_parser())
    except BROKEN as error:
        said = _said("a rule of the parser", extension, error)
        note(Diagnostic(_CODE, Severity.ERROR, said, help=_HELP))
        return False
    return True


def report_failure(page: PageContext, part: str, extension: str, error: BaseException) -> None:
    """Note on a page that a part of an extension failed there; a template names its own place."""
    if isinstance(error, SitegenError) and error.location.file:
        said, help = f"{part} fails: {error.location}: {error.message}", error.help or _CORRECT
        page.report(_CODE, said, severity=Severity.ERROR, help=help)
        return
    page.report(_CODE, _said(part, extension, error), severity=Severity.ERROR, help=_HELP)


def _said(part: str, extension: str, error: BaseException) -> str:
    return f"{part} of the extension {extension!r} failed: {type(error).__name__}: {error}"


def _rulers(md: MarkdownIt) -> tuple[Any, ...]:
    return md.core.ruler, md.block.ruler, md.inline.ruler, md.inline.ruler2


def _safe_parsing(rule: Callable[..., Any], part: str, extension: str) -> Callable[..., Any]:
    def parse(state: Any, *place: Any) -> Any:
        known = {name: getattr(state, name) for name in _PLACE if hasattr(state, name)}
        length = len(state.tokens)
        try:
            return rule(state, *place)
        except BROKEN as error:
            for name, value in known.items():
                setattr(state, name, value)
            del state.tokens[length:]
            _report_once(state.env, part, extension, error)
            return False

    return parse


def _safe_writing(rule: Callable[..., str], part: str, extension: str) -> Callable[..., str]:
    def write(tokens: Any, index: int, options: Any, env: Any, *more: Any) -> str:
        try:
            return checked(str, rule(tokens, index, options, env, *more))
        except BROKEN as error:
            _report_once(env, part, extension, error)
            return ""

    return write


def _report_once(
    env: MutableMapping[str, Any], part: str, extension: str, error: BaseException
) -> None:
    """A rule is asked at every line and sign: a page names it once."""
    told = env.setdefault("failed", set())
    if (page := env.get("page")) is not None and part not in told:
        told.add(part)
        report_failure(page, part, extension, error)

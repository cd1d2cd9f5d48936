"""Programs that say settings: what stands in them as it is, and what names stand for; none is run.

What only a program would tell is ``None``.
"""

from __future__ import annotations

import re
from functools import cached_property
from pathlib import Path

from msgspec import Struct, field

from sitegen.cli.start.generators.taken import read_source
from sitegen.limits.files import real
from sitegen.render.components.js_literal import NAME, STRINGS, Reader, Value

SUFFIXES = ("js", "ts", "mjs", "cjs", "mts")
_DEEPEST = 60
_CHARACTERS = 1_000_000  # of values that are read for one configuration
_NAME = 100  # characters that a name takes as long as, whatever it stands for
_EXPORTED = (r"export\s+default\s+|module\.exports\s*=\s*", r"=\s*(?=\{)")
"""What stands before what a module exports, else before its first table."""
_DEFINED = re.compile(
    r"\b(?:const|let|var)\s+([\w$]+)\s*(?::[^=\n]{0,500})?=\s*"
    r"(?:\([^()]*\)[^=\n]*=>\s*(?:\{\s*return\b)?)?"
    r"|\bfunction\s+([\w$]+)\s*\([^()]*\)[^{\n]{0,500}(?:\n\s*)?\{\s*return\b"
)
_IMPORTED = re.compile(
    r"\bimport\s+(?:(\w+)\s*(?:,\s*)?)?(?:\{([^{}]*)\}\s*)?from\s*[\"'](\.[^\"']*)[\"']"
)
_REQUIRED = re.compile(r"require\(\s*[\"'](\.[^\"']*)[\"']\s*\)")
_PASSED = re.compile(
    r"[^\"'`/()\[\]{},;]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|"
    + "|".join(pattern.pattern for pattern in STRINGS.values()),
    re.DOTALL,
)
_PATTERN = re.compile(r"/(?![*/])(?:[^/\\\n\[]|\\.|\[(?:[^\]\\\n]|\\.)*\])+/")
_PATTERN_INSIDE = re.compile(rf"(?:(?<=[(,=:\[?&|])|(?<=[(,=:\[?&|] )){_PATTERN.pattern}")
_END = re.compile(r"[,;)\]}]|\Z|(?:as|satisfies)\b")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def settings_of(file: Path, within: Path) -> Value:
    """What a module exports; modules of the project that it imports are read, those alone."""
    return _Module(read_source(file), file, _Project(real(within))).exported(0)


class _Project(Struct):
    """The folder whose modules may be read, those that were, and how much may still be read."""

    folder: Path
    modules: dict[Path, _Module | None] = field(default_factory=dict)
    characters: int = _CHARACTERS


class _Module:
    """The text of a module, and where its names are defined in it or come from."""

    def __init__(self, text: str, file: Path, project: _Project) -> None:
        self.text, self.file, self.project = text, file, project

    @cached_property
    def _defined(self) -> dict[str, int]:
        """Where the values of names begin; of several the first."""
        found = list(_DEFINED.finditer(self.text))
        return {match[1] or match[2]: match.end() for match in reversed(found)}

    @cached_property
    def _imported(self) -> dict[str, tuple[str, str]]:
        """The module that a name comes from, and what it is called there."""
        names: dict[str, tuple[str, str]] = {}
        for default, listed, place in _IMPORTED.findall(self.text):
            pairs = [part.split(" as ") for part in listed.split(",")]
            there = {pair[-1].strip(): pair[0].strip() for pair in pairs} | {default: "default"}
            names = {name: (place, called) for name, called in there.items()} | names
        return names

    def exported(self, depth: int) -> Value:
        """What stands behind ``export default``."""
        found = (re.search(pattern, self.text) for pattern in _EXPORTED)
        match = next(filter(None, found), None)
        return self._value(match.end(), depth) if match else None

    def named(self, name: str, depth: int) -> Value:
        """What a name stands for: a value, what a function returns, or what is imported."""
        if not name or depth > _DEEPEST:
            return None
        if name in self._defined:
            return self._value(self._defined[name], depth)
        place, called = self._imported.get(name, ("", ""))
        module = self.beside(place) if place else None
        if module is None:
            return None
        is_default = called == "default"
        return module.exported(depth + 1) if is_default else module.named(called, depth + 1)

    def _value(self, at: int, depth: int) -> Value:
        if self.project.characters < 0:
            return None
        reader = _Program(self, depth)
        reader.at = at
        value = reader.value(depth)
        self.project.characters -= reader.at - at + _NAME
        return value

    def beside(self, place: str) -> _Module | None:
        """The module of the project that a path leads to from this one."""
        at, known = self.file.parent / place, self.project.modules
        if at not in known:
            tried = (at, *(Path(f"{at}{end}.{s}") for end in ("", "/index") for s in SUFFIXES))
            programs = (each for each in tried if each.suffix[1:] in SUFFIXES)
            files = (real(each) for each in programs if each.is_file())
            file = next((f for f in files if f.is_relative_to(self.project.folder)), None)
            known[at] = _Module(read_source(file), file, self.project) if file else None
        return known[at]


class _Spread(list[Value]):
    """Values that stand in the list that holds them."""


class _Program(Reader):
    """Reads what is a literal; what is none is passed over."""

    deepest = _DEEPEST

    def __init__(self, module: _Module, top: int) -> None:
        super().__init__(module.text)
        self.module, self.top = module, top
        self.passed: dict[int, int] = {}  # ends of expressions by their beginnings
        self.unclosed: set[str] = set()  # quotes that no other of their kind follows

    def value(self, depth: int) -> Value:
        """Read a value, also in brackets, named, or handed to a function: ``define({...})``."""
        self.skip()
        start = self.at
        for read in (super().value, self._named):
            try:
                found = read(depth)
            except ValueError:
                found = None
            if self._ends(depth) and found is not None:
                self._pass_over()
                return found
            self.at = start
        self._pass_over()
        return None

    def _named(self, depth: int) -> Value:
        if depth > _DEEPEST:
            self.fail("less nesting")
        if self._sign("..."):
            found = self._named(depth + 1)
            return _Spread(found) if isinstance(found, list) else found
        if self._sign("("):
            return self._given(depth)
        if required := _REQUIRED.match(self.text, self.at):
            self.at = required.end()
            module = self.module.beside(required[1])
            return module.exported(depth + 1) if module else None
        word = self.take(NAME)
        if not word:
            self.fail("a name")
        if not self._sign("(") or self._sign(")"):
            return self.module.named(word, depth + 1)
        given = self._given(depth)
        return given if isinstance(given, dict) else None

    def _given(self, depth: int) -> Value:
        """The first of what stands in brackets."""
        first = self.value(depth + 1)
        while not self._sign(")"):
            if not self._sign(","):
                self.fail("')'")
            self.value(depth + 1)
        return first

    def _list(self, depth: int) -> list[Value]:
        items: list[Value] = []
        for each in super()._list(depth):
            items += each if isinstance(each, _Spread) else [each]
        return items

    def _object(self, depth: int) -> dict[str, Value]:
        table: dict[str, Value] = {}
        self._sign("{")
        while not self._sign("}"):
            if self.text.startswith("...", self.at):
                spread = self.value(depth + 1)
                table |= spread if isinstance(spread, dict) else {"...": None}
            else:
                quote = self.text[self.at : self.at + 1]
                key = self._string(quote) if quote in STRINGS and quote else self.take(NAME)
                if self._sign(":"):
                    table[key] = self.value(depth + 1)
                else:  # its name says it, or it is a function
                    table[key] = self.module.named(key, depth + 1)
                    self._pass_over()
            if not self._sign(",") and not self.text.startswith("}", self.at):
                self.fail("',' or '}'")
        return table

    def _ends(self, depth: int) -> bool:
        """Whether a value ends here: types may follow, and a line after it at the top."""
        self.skip()
        if _END.match(self.text, self.at):
            return True
        line = self.text.rfind("\n", 0, self.at) + 1 if depth == self.top else self.at
        return depth == self.top and not self.text[line : self.at].strip()

    def _pass_over(self) -> None:
        """Go to the sign that ends an expression; what was passed over inside is not again."""
        start, depth = self.at, 0
        while self.at < len(self.text):
            character = self.text[self.at]
            if not depth and (character in _CLOSE or character in ",;"):
                break
            end = self.passed.get(self.at, self.at)
            if end == self.at:
                depth += (character in _OPEN) - (character in _CLOSE)
                end = self._end_of_token(is_first=self.at == start)
            self.at = end
        self.passed[start] = self.at

    def _end_of_token(self, *, is_first: bool) -> int:
        if expression := (_PATTERN if is_first else _PATTERN_INSIDE).match(self.text, self.at):
            return expression.end()
        sign = self.text[self.at : self.at + 2]
        kind = sign if sign == "/*" else sign[0]
        match = None if kind in self.unclosed else _PASSED.match(self.text, self.at)
        if match is None and kind != "/":
            self.unclosed.add(kind)  # else it would be looked for at each that follows
        return match.end() if match else self.at + 1

"""Programs that say settings: what stands in them as it is, and what names stand for; none is run.

What only a program would tell is ``None``.
"""

from __future__ import annotations

import re
from pathlib import Path

from msgspec import Struct

from sitegen.cli.start.generators.taken import read_source
from sitegen.render.components.js_literal import NAME, STRINGS, Reader, Value

SUFFIXES = ("js", "ts", "mjs", "cjs", "mts")
_DEEPEST = 60
_NAMES = 1_000  # that are looked up for one configuration, each of which may hold others
_EXPORTED = (r"export\s+default\s+|module\.exports\s*=\s*", r"=\s*(?=\{)")
"""What stands before what a module exports, else before its first table."""
_DEFINED = (
    r"\b(?:const|let|var)\s+{0}\b\s*(?::[^=\n]*)?=\s*(?:\([^()]*\)[^=\n]*=>\s*(?:\{{\s*return\b)?)?"
    r"|\bfunction\s+{0}\s*\([^()]*\)[^{{]*\{{\s*return\b"
)
_IMPORTED = re.compile(
    r"\bimport\s+(?:(\w+)\s*,?\s*)?(?:\{([^{}]*)\}\s*)?from\s*[\"'](\.[^\"']*)[\"']"
)
_REQUIRED = re.compile(r"require\(\s*[\"'](\.[^\"']*)[\"']\s*\)")
_PASSED = re.compile(
    r"[^\"'`/()\[\]{},;]+|//[^\n]*|/\*(?:[^*]|\*(?!/))*\*/|"
    + "|".join(pattern.pattern for pattern in STRINGS.values()),
    re.DOTALL,
)
_END = re.compile(r"[,;)\]}]|\Z|(?:as|satisfies)\b")
_OPEN, _CLOSE = frozenset("([{"), frozenset(")]}")


def settings_of(file: Path, within: Path) -> Value:
    """What a module exports; modules of the project that it imports are read, those alone."""
    return _Module(read_source(file), file, _Project(within.resolve())).exported(0)


class _Project(Struct):
    """The folder whose modules may be read, and how many names may still be looked up."""

    folder: Path
    names: int = _NAMES


class _Module(Struct, frozen=True):
    text: str
    file: Path
    project: _Project

    def exported(self, depth: int) -> Value:
        """What stands behind ``export default``."""
        found = (re.search(pattern, self.text) for pattern in _EXPORTED)
        match = next(filter(None, found), None)
        return self._value(match.end(), depth) if match else None

    def named(self, name: str, depth: int) -> Value:
        """What a name stands for: a value, what a function returns, or what is imported."""
        self.project.names -= 1
        if self.project.names < 0 or depth > _DEEPEST:
            return None
        if match := re.search(_DEFINED.format(re.escape(name)), self.text):
            return self._value(match.end(), depth)
        for default, listed, place in _IMPORTED.findall(self.text):
            there = {
                part.split(" as ")[-1].strip(): part.split(" as ")[0].strip()
                for part in listed.split(",")
            }
            if name in {default, *there} and (module := self.beside(place)):
                is_default = name == default or there[name] == "default"
                return module.exported(depth) if is_default else module.named(there[name], depth)
        return None

    def _value(self, at: int, depth: int) -> Value:
        reader = _Program(self, depth)
        reader.at = at
        return reader.value(depth)

    def beside(self, place: str) -> _Module | None:
        """The module of the project that a path leads to from this one."""
        at = self.file.parent / place
        tried = (at, *(Path(f"{at}{end}.{s}") for end in ("", "/index") for s in SUFFIXES))
        for file in (each.resolve() for each in tried if each.is_file()):
            if file.is_relative_to(self.project.folder):
                return _Module(read_source(file), file, self.project)
        return None


class _Spread(list[Value]):
    """Values that stand in the list that holds them."""


class _Program(Reader):
    """Reads what is a literal; what is none is passed over."""

    deepest = _DEEPEST

    def __init__(self, module: _Module, top: int) -> None:
        super().__init__(module.text)
        self.module, self.top = module, top

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
            found = self._named(depth)
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
        line = self.text.rfind("\n", 0, self.at) + 1
        is_line = depth == self.top and not self.text[line : self.at].strip()
        return is_line or bool(_END.match(self.text, self.at))

    def _pass_over(self) -> None:
        """Go to the sign that ends an expression."""
        depth = 0
        while self.at < len(self.text):
            character = self.text[self.at]
            if not depth and (character in _CLOSE or character in ",;"):
                return
            depth += (character in _OPEN) - (character in _CLOSE)
            match = _PASSED.match(self.text, self.at)
            self.at = match.end() if match else self.at + 1

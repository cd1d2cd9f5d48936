"""Regular expressions: every Python that sitegen supports runs them, and to the same end."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

# A group that gives nothing back, `(?:ab)*+` or `(?>ab)`, matches wrongly or never ends in Python
# before 3.11.5 (gh-100061, gh-106052) when something in it looks ahead, repeats or branches.
# Single characters, `[ab]*+`, are another instruction, which was right from the beginning.
FIND = """
import gc, importlib, pkgutil, re
from re import _compiler, _constants, _parser

seen = set()
compile_now = _compiler.compile
def noting(pattern, flags=0):
    seen.add((pattern, int(flags)))
    return compile_now(pattern, flags)
_compiler.compile = noting

def groups_that_give_nothing_back(parsed):
    for code, argument in parsed:
        if code is _constants.ATOMIC_GROUP:
            yield code
        if code is _constants.POSSESSIVE_REPEAT and not _compiler._simple(argument[2]):
            yield code
        for part in argument if isinstance(argument, tuple) else [argument]:
            for inner in part if isinstance(part, list) else [part]:
                if isinstance(inner, _parser.SubPattern):
                    yield from groups_that_give_nothing_back(inner)

def named():
    for pattern, flags in seen:
        if isinstance(pattern, str) and any(groups_that_give_nothing_back(
                _parser.parse(pattern, flags))):
            yield pattern
"""
OURS = """
import sitegen
for module in pkgutil.walk_packages(sitegen.__path__, "sitegen."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
from sitegen.render.code.highlight import highlight
from sitegen.render.parser import parser
parser()
highlight("x = 1", "python")  # compiles what the lexer is made of
from sitegen.scan.patterns import Rare
for each in gc.get_objects():
    if isinstance(each, Rare):
        each.match
assert len(seen) > 300, len(seen)
"""


def refused(code: str) -> list[str]:
    command = [sys.executable, "-c", f"{FIND}\n{code}\nprint(*map(repr, named()), sep='\\n')"]
    run = subprocess.run(command, capture_output=True, text=True, check=True, timeout=60)
    return run.stdout.split("\n")[:-1] if run.stdout.strip() else []


def test_no_pattern_is_one_that_old_pythons_never_finish() -> None:
    assert refused(OURS) == []


@pytest.mark.parametrize(
    ("pattern", "is_refused"),
    [
        (r"(?:(?!x)[a-z]+|\n)++", True),
        (r"a(b(?:c|d?e)*+)", True),
        (r"x(?=(?>ab?))", True),
        (r"(?:ab)?+", True),
        (r"[a-z]*+\d++(?:\.\d?+)*", False),
        (r"a*?b+", False),
    ],
)
def test_groups_that_give_nothing_back_are_known(pattern: str, is_refused: bool) -> None:
    assert bool(refused(f"re.compile({pattern!r})")) is is_refused
    re.compile(pattern)

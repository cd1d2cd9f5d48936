"""Languages of code: what the info strings of code blocks call them."""

from __future__ import annotations

import re
from functools import cache

from pygments.lexers import get_all_lexers

_NAMES = {"bash": "Bash", "jinja": "Jinja", "python": "Python", "r": "R", "text": "Text"}
_ALIASES = {
    "py": "python",
    "py3": "python",
    "python3": "python",
    "pycon": "python",
    "shell": "bash",
    "sh": "bash",
    "console": "bash",
    "zsh": "bash",
    "out": "text",
    "output": "text",
    "txt": "text",
    "plaintext": "text",
    "jinja2": "jinja",
    "ansible": "yaml",
    "astro": "html",
    "cts": "typescript",
    "curl": "bash",
    "dotenv": "bash",
    "edn": "clojure",
    "env": "bash",
    "feature": "gherkin",
    "gql": "graphql",
    "helm": "yaml",
    "ipython": "python",
    "ipython2": "python",
    "ipython3": "python",
    "j2": "jinja",
    "json5": "json",
    "jsonc": "json",
    "jsonl": "json",
    "jsx": "javascript",
    "k8s": "yaml",
    "kubernetes": "yaml",
    "mdx": "markdown",
    "mts": "typescript",
    "ndjson": "json",
    "node": "javascript",
    "python-console": "python",
    "python-repl": "python",
    "sh-session": "bash",
    "shell-session": "bash",
    "shellsession": "bash",
    "svelte": "html",
    "tsx": "typescript",
    "viml": "vim",
    "vimscript": "vim",
    "vue": "html",
    "wasm": "wast",
    "x86asm": "nasm",
    "yml": "yaml",  # Pygments does not know it before 2.21
}
_NAME_END = re.compile(r"[,:{;|]")  # `python:file.py`, `rust,ignore`, `js{1,3}`
_VERSION = re.compile(r"(?:python|py)[23](?:\.\d{1,2})+")  # `python3.11`
_OUTPUT = ("out", "output")
_UNUSABLE = "raw"  # Pygments' dump of a token stream, which is no language


def named(info: str) -> tuple[str, str]:
    """The language that the first word of an info string names, and what to call it.

    Nothing is guessed: an unknown or missing language is ``text``.
    """
    more, word = info.split(maxsplit=2)[1:], _word(info)
    language = _language(word)
    is_output = word in _OUTPUT or more[:1] == ["out"]
    return language, "Output" if is_output else _label(language)


def knows(info: str) -> bool:
    """Whether an info string names a language that has colours."""
    return named(info)[0] != "text"


def _word(info: str) -> str:
    tag = info.strip().removeprefix("{").split(maxsplit=1)[:1] or [""]  # `{ .python }`
    return _NAME_END.split(tag[0].strip("{}:."), maxsplit=1)[0].lower()


@cache
def _aliases() -> dict[str, tuple[str, str]]:
    """Map every name of a language to its canonical name and its label.

    The ending of files that are of one language alone (`mjs`, `kt`) is a name of it too.
    """
    known: dict[str, tuple[str, str]] = {}
    endings: dict[str, set[tuple[str, str]]] = {}
    for name, aliases, files, _ in get_all_lexers(plugins=False):
        if aliases and aliases[0] != _UNUSABLE:
            known.update((alias, (aliases[0], name)) for alias in aliases)
            for file in files:
                endings.setdefault(file.removeprefix("*.").lower(), set()).add((aliases[0], name))
    return {end: each for end, (each, *more) in endings.items() if not more} | known


def _language(word: str) -> str:
    versioned = _VERSION.fullmatch(word)
    name = "python" if versioned else _ALIASES.get(word, word)
    if name in _NAMES or not name:
        return name or "text"
    found, _ = _aliases().get(name, ("text", ""))
    return re.sub(r"[^a-z0-9-]+", "-", _ALIASES.get(found, found))


def _label(language: str) -> str:
    return _NAMES.get(language) or _aliases().get(language, ("", language))[1]

"""A project that changes between builds, and the comparison with a clean build."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import Any

from sitegen.build import build
from sitegen.config import Config
from sitegen.config.file import load_config


def config(folder: Path, output: str = "out", **flags: Any) -> Config:
    """Configure a build; the index of the text is made only where a test asks for it."""
    given: dict[str, object] = {"output": Path(output), "jobs": 1, "search": "headings", **flags}
    return load_config(flags=given, environ={}, cwd=folder)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def assert_as_a_clean_build(folder: Path, **flags: Any) -> None:
    """Build as the command line does, and compare with a build that remembers nothing."""
    settings = config(folder, **flags)
    build(settings)
    clean = config(folder, "clean", cache=False, clean=True, **flags)
    build(clean)
    assert tree(folder / "out") == tree(folder / "clean")


class Dataset:
    """Rows of a dataset that a test changes at random, kept as JSON Lines."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.file, self.random = folder / "rows.jsonl", random.Random(seed)  # noqa: S311
        self.pages = {f"p{n}": [f"Text {n}.", f"More of {n}."] for n in range(6)}
        self.save()

    def save(self) -> None:
        rows = [
            {
                "text": text,
                "source": f"docs/{name}.md",
                "source_section": f"#s{part}",
                "id": f"{number}_{part}",
            }
            for number, (name, parts) in enumerate(self.pages.items())
            for part, text in enumerate(parts)
        ]
        self.file.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def change(self) -> None:
        names = list(self.pages)
        name = self.random.choice(names)
        word = f"w{self.random.randrange(1000)}"
        kind = self.random.choice(
            ("edit", "row", "drop", "add", "remove", "rename", "link", "object", "none")
        )
        if kind == "edit":
            self.pages[name][0] = f"Edited {word}."
        elif kind == "row":
            self.pages[name].insert(self.random.randrange(3), f"A row {word}.")
        elif kind == "drop" and len(self.pages[name]) > 1:
            self.pages[name].pop()
        elif kind == "add":
            self.pages[word] = [f"New {word}."]
        elif kind == "remove" and len(names) > 2:
            del self.pages[name]
        elif kind == "rename":
            self.pages[f"r{word}"] = self.pages.pop(name)
        elif kind == "link":
            self.pages[name].append(f"See [it]({self.random.choice(names)}.md#s0) and {word}.")
        elif kind == "object":
            self.pages[name].append(f"[[autodoc]] {word.title()}")
            self.pages[self.random.choice(names)].append(f"Look at [`{word.title()}`].")
        self.save()

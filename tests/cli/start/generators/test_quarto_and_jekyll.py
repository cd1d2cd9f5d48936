"""Projects of Quarto and sites of Jekyll: title, address, language and what is no page."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from sitegen.config.file import load_config

Run = Callable[..., tuple[int, str, str]]

QUARTO = """project:
  type: website
  output-dir: public
website:
  title: "My *Lib*: all of it"
  site-url: https://lib.org/docs/
  sidebar:
    logo: logo.png
    contents: [index.qmd]
lang: de
format: html
"""
BOOK = "project:\n  type: book\nbook:\n  title: My Book\n  chapters: [index.qmd]\nlang: fr\n"
JEKYLL = """title: My Lib
url: https://lib.org
baseurl: /docs/
lang: ko
logo: /logo.png
exclude: [vendor/, README.md]
collections:
  tutorials: {output: true}
"""


def _made(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)


@pytest.mark.parametrize(
    ("files", "found", "left"),
    [
        (
            {"_quarto.yml": QUARTO, "index.qmd": "A\n", "public/old.md": "O\n", "logo.png": ""},
            ("My *Lib*: all of it", "https://lib.org/docs/", "de", "logo.png"),
            "website.sidebar",
        ),
        ({"_quarto.yml": BOOK, "index.qmd": "A\n"}, ("My Book", "", "fr", ""), "website.chapters"),
        (
            {"_config.yml": JEKYLL, "index.md": "A\n", "README.md": "R\n", "vendor/a.md": "V\n"},
            ("My Lib", "https://lib.org/docs", "ko", ""),
            "collections",
        ),
        (
            {"docs/_config.yml": JEKYLL, "docs/index.md": "A\n", "docs/logo.png": ""},
            ("My Lib", "https://lib.org/docs", "ko", "logo.png"),
            "collections",
        ),
        ({"_config.yml": "title: [a]\nexclude: x\n", "index.md": "# A\n"}, ("A", "", "en", ""), ""),
        ({"_quarto.yml": "website: x\n", "index.qmd": "# A\n"}, ("A", "", "en", ""), ""),
    ],
)
def test_what_a_project_says_of_itself_is_taken_over(
    run: Run, tmp_path: Path, files: Mapping[str, str], found: tuple[str, ...], left: str
) -> None:
    _made(tmp_path, files)
    code, _, err = run("init")
    assert code == 0
    assert left in err
    config = load_config(flags={}, environ={}, cwd=tmp_path)
    logo = config.theme.logo.name if config.theme.logo else ""
    assert (config.title, config.base_url, config.language or "en", logo) == found
    assert run("build", "--no-search")[0] == 0
    assert len(json.loads((tmp_path / "build/build.json").read_text())["pages"]) == 1

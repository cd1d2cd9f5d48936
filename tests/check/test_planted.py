"""A dataset with every fault that there is: each rule finds its own, once, at the right row."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import examine
from sitegen.check import judge
from sitegen.check.catalogue import CATALOGUE
from sitegen.config.file import load_config

Checked = Callable[..., Any]
WORDS = "Enough words of its own for a chunk that nobody would call short."
LONG = "A sentence that is long enough to be no chance when it comes twice in one dataset. " * 3
PLANTED = {
    "alert-unknown": "> [!NOTICE]\n> Words of a quote that would have been an alert.",
    "autodoc-crowded": f"{WORDS}\n\n[[autodoc]] lib.One [[autodoc]] lib.Two",
    "autodoc-malformed": f"{WORDS}\n\n[[autodoc]] 1 + 1",
    "bad-math": f"{WORDS}\n\n$$\\frac{{1$$",
    "bad-video-id": f'{WORDS}\n\n<Youtube id="no id"/>',
    "comment-across-chunks": f"{WORDS}\n\n<!-- a remark that goes on",
    "table-extra-cells": f"and ends here -->\n\n{WORDS}\n\n| a |\n|---|\n| b | c |",
    "id-twice": f"{WORDS}\n\n<p id='one'>a</p>\n\n<p id='one'>b</p>",
    "comment-unclosed": f"{WORDS}\n\n<!-- a remark that never ends",
    "component-attribute": f'<Tip colour="red">\n\n{WORDS}\n\n</Tip>',
    "component-malformed": f'{WORDS}\n\n<Docstring anchor={{"a.B"}} />',
    "component-misplaced": f'<hfoption id="x">\n\n{WORDS}\n\n</hfoption>',
    "component-stray-end": f"{WORDS}\n\n</Tip>",
    "component-unclosed": f"<Tip>\n\nA tip that never ends. {WORDS}",
    "component-unknown": f"Words first. {WORDS} <Tipp>and a word</Tipp>.",
    "doctest-unfenced": f"{WORDS}\n\n>>> print(1)",
    "expression-unsupported": f"{{#if fw === 'jax'}}\n\n{WORDS}\n\n{{/if}}",
    "footnote-unused": f"{WORDS}\n\n[^note]: Said below.",
    "heading-custom-id": f"{WORDS}\n\n### Names [[name]] and more",
    "heading-without-space": f"{WORDS}\n\n###Title",
    "image-undescribed": f'{WORDS} <img srcset="data:image/gif;base64,R0lGODlhAQABAAAAACw= 1x">',
    "include-missing": f'{WORDS}\n\n<include>\n{{"path": "gone.md"}}\n</include>',
    "link-anchor": f"{WORDS} See [it](early#GOAL).",
    "link-broken": f"{WORDS} See [it] (https://example.org/).",
    "link-file": f"{WORDS} ![A picture](gone.png)",
    "link-page": f"{WORDS} See [it](gone).",
    "link-site-absolute": f"{WORDS} See [it](/far/away).",
    "link-without-target": f"{WORDS} See [it]().",
    "link-without-text": f"{WORDS} See [](early).",
    "dialect": f"{WORDS} {{% include note.html %}}",
    "markup-shown": f"{WORDS} **Words **that are not strong.",
    "nesting-too-deep": WORDS + "\n\n" + ">" * 210 + " deep",
    "reference-unresolved": f"{WORDS} See [`Unheard`].",
    "remote-host": f"{WORDS} ![A picture](https://pictures.example.org/a.png)",
    "text-short": "Few.",
    "text-long": "".join(f"Word number {n} of a very long text.\n\n" for n in range(1_000)),
    "text-repeated": LONG,
    "text-overlap": f"{LONG[-60:].strip()} Then it goes on with words of its own.",
    "fence-unclosed": f"{WORDS}\n\n```py\nx = 1\n",
}
PLACES_OF_THE_SITE = {
    ("toctree-key", "_toctree.yml", None, 3),
    ("toctree-page", "_toctree.yml", None, 6),
    ("toctree-twice", "_toctree.yml", None, 7),
    ("toctree-missing", "docs.parquet", 6, 1),
    ("nav-place", "docs.parquet", 6, 2),
    ("front-matter", "docs.parquet", 4, 2),
    ("front-matter-key", "docs.parquet", 6, 1),
    ("draft", "docs.parquet", 7, 1),
    ("redirect-taken", "_redirects.yml", None, 1),
    ("redirect-target", "_redirects.yml", None, 2),
    ("redirect-anchor", "_redirects.yml", None, 3),
    ("redirect-host", "_redirects.yml", None, 4),
    ("duplicate-chunk", "docs.parquet", 2, None),
    ("order-gap", "docs.parquet", 3, 9),
    ("path-collision", "docs.parquet", 4, 1),
    ("api-unknown", "", None, None),
}
OF_FILES = {
    *("column-guessed", "column-missing", "invalid-utf8", "link-skipped", "null-text"),
    *("date-unreadable", "elements-unreadable", "ids-of-pages"),
    *("own-file", "own-page", "file-left-out"),
}
# They need a server, 16 MB, and a search without its indexer.
ELSEWHERE = {"language-guessed", "link-external", "text-cut", "search-headings"}
ELSEWHERE |= {"bad-diagram", "diagram-source"}  # by the extra that draws
ELSEWHERE |= {
    "extension-failed",
    "history-unknown",
    "page-overlaid",
    "theme-unknown",
    "version-moved",
    "version-page-gone",
}
# What other splitters do to a whole dataset: tests of `assemble` find it.
ELSEWHERE |= {"config-chosen", "grouped-by-url", "order-unknown", "overlap-cut", "seam-guessed"}
ELSEWHERE |= {"column-unused", "page-per-row", "section-again", "seam-inside", "urls-of-a-page"}
ELSEWHERE |= {"deleted-row", "editions-apart", "generated-row", "label-above", "part-of-a-row"}
ELSEWHERE |= {"config-unused", "repeated-row"}

RESTORED_OFF = '[check.rules]\nrestored = "off"\n'
SITE = f"""
toctree = "_toctree.yml"
redirects = "_redirects.yml"
[api]
packages = "lib"
search_paths = "."
{RESTORED_OFF}
"""
SITE_FILES = {
    "_toctree.yml": "- local: a\n  title: A\n- local: b-2\n  hue: red\n- local: B\n"
    "- local: gone\n- local: a\n",
    "_redirects.yml": "a: b\nold: nowhere\na#old: a#nowhere\nold/*: a\n",
    "lib.py": "known = 1\n",
}
SITE_ROWS = [
    ("a.md", "0_0", None, WORDS),
    ("a.md", "0_1", "#next", f"The next part. {WORDS}\n\n[[autodoc]] lib.Gone"),
    ("a.md", "0_1", "#next", f"The next part. {WORDS}\n\n[[autodoc]] lib.Gone"),
    ("a.md", "0_3", "#after", f"After a gap. {WORDS}"),
    ("b.md", "1_0", None, f"---\ntitle: B: two\n---\nThe second page. {WORDS}"),
    ("B.md", "2_0", None, f"A page of nearly the same name. {WORDS}"),
    ("c.md", "3_0", None, f"---\norder: first\nhue: red\n---\nA page that nobody listed. {WORDS}"),
    ("d.md", "4_0", None, f"---\ndraft: true\n---\nNot yet. {WORDS}"),
]


def places(findings: Any) -> list[tuple[str, str, int | None, int | None]]:
    return sorted(
        (f.code, f.location.file.rpartition("/")[2], f.location.row, f.location.line)
        for f in findings
    )


def test_each_fault_of_a_page_is_found_once_at_its_row(checked: Checked) -> None:
    rows = [("early.md", "0_0", None, f"{LONG}\n"), ("early.md", "0_1", "#goal", WORDS)]
    rows += [
        ("faults.md", f"1_{number}", f"#part-{number}", text)
        for number, text in enumerate(PLANTED.values())
    ]
    found = [(f.code, f.location.row) for f in checked(rows, RESTORED_OFF)]
    assert sorted(found) == sorted((code, row + 2) for row, code in enumerate(PLANTED))


def test_each_fault_of_a_site_is_found_once_at_its_place(checked: Checked) -> None:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    assert places(checked(SITE_ROWS, SITE, SITE_FILES)) == sorted(PLACES_OF_THE_SITE, key=str)


def test_each_fault_of_a_file_is_found_once_at_its_row(tmp_path: Path) -> None:
    texts = [WORDS.encode(), b"\xff\xfe " + LONG.encode(), None]
    sources, nothing = ["a.md", "b.md", "c.md"], [None] * 3
    table = {"content": texts, "source": sources, "source_section": nothing, "url": nothing}
    pq.write_table(pa.table(table | {"id": ["0_0", "1_0", "2_0"]}), tmp_path / "a.parquet")
    (tmp_path / "elsewhere.md").write_text(WORDS)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "page.md").write_text(f"# A page\n\n{WORDS}\n")
    (tmp_path / "pages" / "link.md").symlink_to(tmp_path / "elsewhere.md")
    assert places(found_in(tmp_path, "a.parquet")) == [
        ("column-guessed", "a.parquet", None, None),
        ("column-missing", "a.parquet", None, None),
        ("invalid-utf8", "a.parquet", 1, None),
        ("null-text", "a.parquet", 2, None),
    ]
    for name in ("robots.txt", "page/index.html", "build.json"):
        (tmp_path / "pages" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "pages" / name).write_text("mine")
    assert places(found_in(tmp_path, "pages")) == [
        ("file-left-out", "build.json", None, None),
        ("link-skipped", "link.md", None, None),
        ("own-file", "robots.txt", None, None),
        ("own-page", "index.html", None, None),
    ]


def found_in(folder: Path, name: str) -> Any:
    config = load_config(flags={"jobs": 1, "input": (name,)}, environ={}, cwd=folder)
    return [f for f in judge(examine(config), config.check) if f.code != "restored"]


def test_each_finding_says_what_to_do(checked: Checked) -> None:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    for finding in checked(SITE_ROWS, SITE, SITE_FILES):
        assert finding.help, finding


def test_every_rule_was_planted() -> None:
    planted = {*PLANTED, *(code for code, *_ in PLACES_OF_THE_SITE), *OF_FILES, "restored"}
    assert planted | ELSEWHERE == CATALOGUE.keys()

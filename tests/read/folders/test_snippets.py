"""Files that a page includes as MkDocs, mdBook, VitePress and MDX write it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.folders.test_includes import FENCE, page

RUST = "fn a() {}\n// ANCHOR: b\nfn b() {}\n// ANCHOR_END: b\nfn c() {}\n"


@pytest.mark.parametrize(
    "written",
    [
        '--8<-- "shared.md"',
        "{{#include ../shared.md}}",
        "<!--@include: ../shared.md-->",
        f"{FENCE}{{include}} ../shared.md\n{FENCE}",
        ".. include:: ../shared.md\n   :start-line: 0",
        "import Shared from '../shared.md';\n\n<Shared />",
        "import Shared from '@site/docs/shared.md'\n\n<Shared title=\"x\"/>",
        'import Shared from "/shared.md";\n\n<Shared/>',
        '- One\n\nimport Shared from "/shared.md"\n\n- <Shared/>',
    ],
)
def test_markdown_of_another_file_stands_where_it_is_asked_for(
    tmp_path: Path, written: str
) -> None:
    shown, notices = page(tmp_path, f"One\n\n{written}\n\nTwo\n", shared__md="Shared *text*.\n")
    assert "Shared *text*.\n\nTwo\n" in shown
    assert "import" not in shown
    assert notices == []


@pytest.mark.parametrize(
    ("written", "lines"),
    [
        ('--8<-- "a.rs"', "abc"),
        ('--8<-- "a.rs:b"', "b"),
        ('--8<-- "a.rs:3:"', "bc"),
        ("{{#include ../a.rs:5}}", "c"),
        ("{{#rustdoc_include ../a.rs::3}}", "ab"),
    ],
)
def test_a_fence_holds_the_part_of_the_file_that_is_asked_for(
    tmp_path: Path, written: str, lines: str
) -> None:
    shown, notices = page(tmp_path, f"{FENCE}rust\n{written}\n{FENCE}\n", a__rs=RUST)
    code = "".join(f"fn {name}() {{}}\n" for name in lines)
    assert shown == f"{FENCE}rust\n{code}{FENCE}\n"
    assert notices == []


def test_a_snippet_of_vitepress_is_a_fence_in_the_language_of_its_file(tmp_path: Path) -> None:
    shown, _ = page(tmp_path, "<<< @/a.rs{2}\n", a__rs="fn a() {}\nfn b() {}\n")
    assert shown == f"{FENCE}rs {{2}}\nfn a() {{}}\nfn b() {{}}\n{FENCE}\n"


@pytest.mark.parametrize(
    "written",
    [
        f"{FENCE}{{literalinclude}} ../a.rs\n:language: rust\n:lines: 5-5\n{FENCE}\n",
        ".. literalinclude:: ../a.rs\n   :language: rust\n   :lines: 5-5\n",
    ],
)
def test_code_of_sphinx_has_its_language_and_lines(tmp_path: Path, written: str) -> None:
    shown, _ = page(tmp_path, written, a__rs=RUST)
    assert shown == f"{FENCE}rust\nfn c() {{}}\n{FENCE}\n"


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ('--8<-- "missing.md"', "holds no file 'missing.md'"),
        ('--8<-- "../../../etc/passwd"', "leads out of the folder"),
        ("{{#include ../a.rs:none}}", "no line is marked 'none'"),
        ("import It from './it.md'\n\n<It />", "holds no file './it.md'"),
    ],
)
def test_what_cannot_be_included_is_told_of(tmp_path: Path, written: str, message: str) -> None:
    _, notices = page(tmp_path, f"{written}\n", a__rs=RUST)
    assert [notice.code for notice in notices] == ["include-missing"]
    assert message in notices[0].message


def test_a_fence_that_shows_how_it_is_written_stays(tmp_path: Path) -> None:
    text = f'{FENCE}\n--8<-- "missing.md"\n<!--@include: ../a.md-->\n{FENCE}\n'
    assert page(tmp_path, text, a__md="x\n") == (text, [])


def test_a_fence_that_shows_an_import_has_it_and_its_component(tmp_path: Path) -> None:
    text = f"{FENCE}mdx\nimport It from './a.md'\n\n<It />\n{FENCE}\n\n"
    shown, notices = page(tmp_path, f"{text}import It from '../a.md'\n\n<It />\n", a__md="x\n")
    assert shown == f"{text}\n\nx\n"
    assert not notices


def test_other_imports_and_components_stay_as_they_are(tmp_path: Path) -> None:
    text = (
        "import Tabs from '@theme/Tabs';\nimport x from './x.js'\n\n<Other />\n\nimport this.md\n"
    )
    assert page(tmp_path, text) == (text, [])


def test_the_front_matter_of_an_included_page_is_left_out(tmp_path: Path) -> None:
    text = "import It from '../it.md'\n\n<It />\n\n--8<-- \"it.md\"\n"
    shown, notices = page(tmp_path, text, it__md="---\ntitle: It\ntags:\n  - a\n---\nText.\n")
    assert (shown, notices) == ("\n\nText.\n\nText.\n", [])


def test_numbers_beyond_all_lines_ask_for_none(tmp_path: Path) -> None:
    text = f'--8<-- "a.rs:{"9" * 30}:5"\n\n--8<-- "a.rs:5:{"9" * 30}"\n'
    assert page(tmp_path, text, a__rs=RUST) == ("\n\nfn c() {}\n", [])


@pytest.mark.parametrize(
    "text", ["<include>{\n" * 20_000, "import A from 'a.md'" + " " * 30_000 + "x\n"]
)
def test_includes_without_an_end_take_time_as_their_length(tmp_path: Path, text: str) -> None:
    assert page(tmp_path, text) == (text, [])

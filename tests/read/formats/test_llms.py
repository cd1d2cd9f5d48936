"""All pages of a site in one text, each below its address."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.read.rows import chunks, refusal

TABLE = "| a | b |\n|---|---|\n| 1 | 2 |"
PAGES = {"guide/a": f"# A\n\n{TABLE}", "b": "# B\n\nLast."}


def read(folder: Path, text: str) -> list[tuple[str, str, str]]:
    (folder / "llms-full.txt").write_text(text)
    return [(each.source, each.url, each.text) for each in chunks(folder / "llms-full.txt")[0]]


def below(title: str, sign: str, address: str, text: str) -> str:
    return text.replace(f"# {title}\n", f"# {title}\n{sign}: {address}\n")


@pytest.mark.parametrize("head", ["", "# Docs\n\n> All of them.\n\n"])
def test_pages_below_comments_with_their_paths_are_pages(tmp_path: Path, head: str) -> None:
    text = "".join(f"<!-- {path}.md -->\n\n{page}\n\n" for path, page in PAGES.items())
    expected = [(f"{path}.md", "", page) for path, page in PAGES.items()]
    assert read(tmp_path, head + text) == expected


@pytest.mark.parametrize("sign", ["Source", "URL"])
def test_pages_with_their_addresses_below_the_titles_are_pages(tmp_path: Path, sign: str) -> None:
    texts = [
        below(path[-1].upper(), sign, f"https://h.org/{path}", page) for path, page in PAGES.items()
    ]
    assert read(tmp_path, "\n\n".join(texts)) == [
        (path, f"https://h.org/{path}", page) for path, page in PAGES.items()
    ]


def test_an_address_without_a_host_is_a_path_and_the_root_the_first_page(tmp_path: Path) -> None:
    text = "# Home\nURL: /\n\nHi.\n\n# A\nURL: /guide/a\n\nAh.\n"
    assert read(tmp_path, text) == [("index", "", "# Home\n\nHi."), ("guide/a", "", "# A\n\nAh.")]


def test_a_section_of_a_page_is_a_part_of_it_and_a_quoted_name_is_read(tmp_path: Path) -> None:
    text = "# A\nURL: /a%20b\n\nAh.\n\n# Part\nURL: /a%20b#part\n\nOh.\n"
    assert [path for path, *_ in read(tmp_path, text)] == ["a b", "a b"]


def test_pages_of_several_hosts_are_no_page_together(tmp_path: Path) -> None:
    text = "# A\nSource: https://h.org/a\n\nAh.\n\n# B\nSource: https://blog.h.org/a\n\nOh.\n"
    assert [path for path, *_ in read(tmp_path, text)] == ["h.org/a", "blog.h.org/a"]


@pytest.mark.parametrize("end", ["", "\n", "\n\n"])
def test_the_last_page_may_be_empty(tmp_path: Path, end: str) -> None:
    text = f"<!-- a.md -->\nAh.\n<!-- b.md -->{end}"
    assert read(tmp_path, text) == [("a.md", "", "Ah."), ("b.md", "", "")]


def test_a_mark_in_an_example_begins_no_page(tmp_path: Path) -> None:
    pages = ["# A\n\n```html\n<!-- example.md -->\n```", "# B", "# C"]
    text = "\n\n".join(f"<!-- {n}.md -->\n\n{page}" for n, page in enumerate(pages))
    assert [page for _, _, page in read(tmp_path, text)] == pages


@pytest.mark.parametrize(
    "text",
    [
        "# A\n\n<!-- a.md -->\n\nOne.\n",
        "Words above.\n\n<!-- a.md -->\n\nA.\n\n<!-- b.md -->\n\nB.\n",
    ],
)
def test_a_text_of_one_page_or_with_words_above_all_is_refused_with_a_form_that_is_read(
    tmp_path: Path, text: str
) -> None:
    (tmp_path / "llms-full.txt").write_text(text)
    said = refusal(tmp_path / "llms-full.txt")
    mark = said.rpartition(": ")[2]
    again = f"{mark}\n\n# A\n\n{mark.replace('a.md', 'b.md')}\n\n# B\n"
    assert [path for path, *_ in read(tmp_path, again)] == ["a.md", "b.md"]

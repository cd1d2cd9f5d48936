"""Entries of a navigation as authors write them: titles in Markdown, anchors, pages twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from tests.cli.start.generators.test_more_generators import CODE, pages, taken
from tests.tempo import within

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("link", "entry"),
    [
        ('[One](one.md "Short")', {"local": "one", "title": "One"}),
        ("[One](one.md#part)", {"local": "one", "title": "One"}),
        ("[*A* `b` \\[c\\] & <b>d</b>](one.md)", {"local": "one", "title": "A b [c] & d"}),
        ("[`Vec<T>`](<one.md>)", {"local": "one", "title": "Vec<T>"}),
        (f"[Code]({CODE}/a_(b))", {"title": "Code", "url": f"{CODE}/a_(b)"}),
    ],
)
@pytest.mark.parametrize("name", ["book.toml", ".gitbook.yaml"])
def test_a_chapter_is_the_page_that_its_link_leads_to(
    name: str, link: str, entry: dict[str, str], run: Run, tmp_path: Path
) -> None:
    rest = "- [Two](two.md)\n" if "local" in entry else "- [One](one.md)\n- [Two](two.md)\n"
    summary = f"# Summary\n\n- [Index](index.md)\n- {link}\n{rest}"
    folder = "src/" if name == "book.toml" else ""
    taken(pages(folder=folder) | {f"{folder}SUMMARY.md": summary, name: ""}, run, tmp_path)
    assert yaml.safe_load((tmp_path / "_toctree.yml").read_text())[1] == entry


NAMED_TWICE = {
    "mkdocs": {"mkdocs.yml": "site_name: T\nnav: [index.md, one.md, {Again: one.md}, two.md]\n"},
    "vitepress": {
        "docs/.vitepress/config.ts": "export default {sidebar: [{link: '/one'}, {link: '/two'},"
        " {text: 'Again', link: '/one#part'}]}"
    },
    "group-and-page": {
        "docusaurus.config.js": "module.exports = {title: 'T'}",
        "sidebars.js": "module.exports = {a: [{type: 'category', label: 'One', link: {type: 'doc',"
        " id: 'one'}, items: ['two', {type: 'doc', id: 'one', label: 'Again'}]}]}",
    },
}


@pytest.mark.parametrize("project", NAMED_TWICE.values(), ids=NAMED_TWICE)
def test_a_page_that_a_navigation_names_twice_stands_where_it_is_named_first(
    project: dict[str, str], run: Run, tmp_path: Path
) -> None:
    said = taken(pages(folder="docs/") | project, run, tmp_path)
    assert "not taken over: navigation: Again: one is listed above" in said
    assert (tmp_path / "_toctree.yml").read_text().count("local: one") == 1


@pytest.mark.parametrize(
    ("name", "there", "text"),
    [
        ("_meta.js", "content/_meta.js", "export default {two: 'Other'}"),
        ("conf.py", "docs/conf.py", "project = 'T'"),
        ("docs.json", "docs/docs.json", '{"navigation": ["one"]}'),
        (".vitepress/config.mts", "docs/.vitepress/config.mts", "export default {title: 'T'}"),
    ],
)
def test_a_named_configuration_is_found_in_the_folder_that_its_kind_has(
    name: str, there: str, text: str, run: Run, tmp_path: Path
) -> None:
    folder = there.partition("/")[0]
    for path, words in (pages(folder=f"{folder}/") | {there: text, "book.toml": ""}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words)
    code, _, said = run("init", "--from", name)
    assert code == 0, said
    assert f'input = "{folder}"' in (tmp_path / "sitegen.toml").read_text()


@pytest.mark.parametrize(
    ("settings", "name", "text"),
    [
        ("content/_meta.js", "content/_meta.js", "module.exports = x\n" + "x " * 50_000),
        ("docs/conf.py", "docs/conf.py", "x = 1\n" + "[" * 50_000),
        ("docs/conf.py", "docs/conf.py", "x = y\n" + "-" * 50_000),
        ("docs/conf.py", "docs/index.md", "# Index\n" + "```{toctree}\none\n" * 15_000),
        ("docs/b.md", "docs/.vitepress/config.js", "title: /*\n" * 50_000),
        ("docs/b.md", "docs/.vitepress/config.js", "title: '\n" * 50_000),
        ("docusaurus.config.js", "docs/page.md", f"---\nid:{' ' * 200_000}\n---\n"),
    ],
)
def test_a_long_text_without_an_end_is_soon_read(
    settings: str, name: str, text: str, run: Run, tmp_path: Path
) -> None:
    folder = name.partition("/")[0]
    files = pages(folder=f"{folder}/") | {settings: "project = 'T'\n"} | {name: text}
    for path, words in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words)
    with within(seconds=5):
        code, _, said = run("init")
    assert code == 0, said


@pytest.mark.integration
@pytest.mark.parametrize(
    ("project", "fault"),
    [
        (
            {
                "book.toml": "",
                "src/SUMMARY.md": "".join(f"{' ' * n}- [A](a.md)\n" for n in range(1050)),
            },
            "nested too deep",
        ),
        (
            {"conf.py": "project = 'T'", "index.md": "# T\n\n```{toctree}\n0\n```\n"}
            | {f"{n}.md": f"# T\n\n```{{toctree}}\n{n + 1}\n```\n" for n in range(1000)},
            "nested too deep",
        ),
        (
            {
                "mkdocs.yml": "".join(
                    f"x{n + 1}: &{n + 1} [{f'*{n},' * 9}]\n" for n in range(12)
                ).replace("x1: &1 [", "x0: &0 [index.md]\nx1: &1 [")
                + "nav: *12\n"
            },
            "mkdocs.yml: aliases (*name) that stand for more than 1,000,000 values",
        ),
        ({"mkdocs.yml": f"site_name: T\nINHERIT: {'long' * 99}\n"}, "mkdocs.yml: a file that"),
        ({"book.toml": '[book]\ntitle = "T"\nsrc = "a\\u0000b"\n'}, "no such file or folder"),
    ],
    ids=["deep-summary", "deep-toctrees", "many-aliases", "long-base", "nul"],
)
def test_a_project_that_nobody_could_have_written_ends_in_a_line(
    project: dict[str, str], fault: str, run: Run, tmp_path: Path
) -> None:
    for path, words in ({"src/a.md": "# A\n", "index.md": "# T\n"} | project).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words)
    code, _, said = run("init")
    assert code in {1, 2}  # a path that is of no file is a fault of the input
    assert (said.count("\n"), fault in said) == (1, True), said


def test_a_configuration_that_cannot_be_read_is_named_with_its_folder(
    run: Run, tmp_path: Path
) -> None:
    file = tmp_path / "docs/.vitepress/config.ts"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"title: '\xff'")
    code, _, said = run("init")
    assert (code, "error: docs/.vitepress/config.ts: not UTF-8 - save" in said) == (2, True)


def test_a_byte_order_mark_is_no_part_of_a_configuration(run: Run, tmp_path: Path) -> None:
    summary = "\ufeff- [Index](index.md)\n- [One](one.md)\n- [Two](two.md)\n"
    book = {"book.toml": '\ufeff[book]\ntitle = "Mine"', "src/SUMMARY.md": summary}
    taken(pages(folder="src/") | book, run, tmp_path)
    assert 'title = "Mine"' in (tmp_path / "sitegen.toml").read_text()
    assert (tmp_path / "_toctree.yml").read_text().startswith("- local: index\n")


def test_redirects_lead_into_the_folder_of_each_language(run: Run, tmp_path: Path) -> None:
    languages = "[{locale: en, default: true}, {locale: fr}, {locale: de}]"
    settings = (
        f"plugins: [{{i18n: {{docs_structure: folder, languages: {languages}}}}}, {{redirects: "
        "{redirect_maps: {old.md: 'a.md#part', gone.md: 'https://h.org/x'}}}]\nnav: [a.md]\n"
    )
    files = {f"docs/{name}/a.md": "# A\n\n## Part\n" for name in ("en", "fr")}
    for path, text in (files | {"docs/de/b.md": "# B\n", "mkdocs.yml": settings}).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    assert run("init")[0] == 0
    written = yaml.safe_load((tmp_path / "_redirects.yml").read_text())
    assert written == {
        "gone.md": "https://h.org/x",
        "old.md": "en/a.md#part",
        "fr/old.md": "fr/a.md#part",
    }
    code, _, said = run("build", "--strict", "--no-search")
    assert code == 0, said

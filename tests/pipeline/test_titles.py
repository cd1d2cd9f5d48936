"""Titles and descriptions of pages as readers and search engines get them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config


def test_a_page_named_by_a_number_has_its_first_heading_for_a_title(tmp_path: Path) -> None:
    names = ("exam-time", "summary", "introduction", "introduction", "introduction", "quiz", "quiz")
    rows = [
        {
            "source": f"/d/course/docs/source/chapter1/{number}.mdx",
            "url": f"https://docs.example.org/docs/course/chapter1/{number}/#{anchor}",
            "source_section": f"#{anchor}",
            "text": f"About {anchor}.",
        }
        for number, first in enumerate(names, 1)
        for anchor in (first, "more", "introduction-to-kettles")
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet")
    flags = {"input": ("rows.parquet",), "jobs": 1}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    output = tmp_path / "build"
    pages = [next(output.rglob(f"{number}/index.html")) for number in range(1, len(names) + 1)]
    titles = [page.read_text().partition("<title>")[2].partition(" - ")[0] for page in pages]
    found = [title.replace("-", " ") for title in titles]
    assert found == [name.replace("-", " ").capitalize() for name in names]


def test_pages_that_have_nothing_but_a_number_are_named_with_their_folder(tmp_path: Path) -> None:
    rows = [
        {"source": f"{folder}/{number}.md", "text": "The API of kettles.", "source_section": anchor}
        for folder in ("chapter2", "api", "unit_a")
        for number, anchor in ((1, ""), (2, "#2"), (3, ""))
    ]
    pq.write_table(pa.Table.from_pylist(rows), tmp_path / "rows.parquet")
    flags = {"input": ("rows.parquet",), "jobs": 1}
    build(load_config(flags=flags, environ={}, cwd=tmp_path))
    pages = sorted((tmp_path / "build").glob("*/[123]/index.html"))
    titles = [page.read_text().partition("<title>")[2].partition(" - ")[0] for page in pages]
    names = ("API 1", "API 2", "API 3", "Chapter 2.1", "Chapter 2.2", "Chapter 2.3")
    assert titles == [*names, "Unit a 1", "Unit a 2", "Unit a 3"]


@pytest.mark.parametrize("name", ["pump.md", "rows.jsonl"])
@pytest.mark.parametrize(
    ("opening", "headings"),
    [
        ("## Synopsis", ["<h1 Pumps and valves", "<h2 Synopsis", "<h2 More"]),
        ("### Synopsis", ["<h1 Pumps and valves", "<h3 Synopsis", "<h2 More"]),
        ("# Synopsis", ["<h1 Synopsis", "<h2 More"]),
        ("## Pumps *and* valves", ["<h1 Pumps and valves", "<h2 More"]),
        ("A pump.", ["<h1 Pumps and valves", "<h2 More"]),
    ],
)
def test_a_title_stands_above_the_heading_of_the_first_section(
    project, name: str, opening: str, headings: list[str]
) -> None:
    text = f"{opening}\n\nText.\n\n## More\n\nText."
    row = {"source": "docs/pump.md", "title": "Pumps and valves", "text": text}
    page = f"---\ntitle: Pumps and valves\n---\n\n{text}\n"
    html = project({name: page if name == "pump.md" else json.dumps(row)}).read("pump/index.html")
    body = re.sub(r"</?em>", "", html[html.index("<h1") : html.index("</article")])
    found = re.findall(r"(<h[1-6])[^>]*>([^<]*)", body)
    assert [f"{tag} {words.strip()}" for tag, words in found] == headings


@pytest.mark.parametrize(
    ("title", "opening"),
    [
        ("Pumps | My Docs", "## Pumps"),
        ("Pumps", "## 1. Pumps"),
        ("Pumps", "## :rocket: Pumps [![build](https://a.example/b.svg)](https://a.example)"),
        ("Pumps", "## 🚀 Pumps"),
        ("Pumps", "## Pumps - of the house {#pumps}"),
        ('"A <b> B"', "## A \\<b\\> B"),
        ("docs/pump.md", "## Synopsis"),
        ("https://docs.example.org/pump", "## Synopsis"),
        ("More", "## Synopsis"),
    ],
)
def test_a_title_that_a_heading_says_or_that_is_a_place_is_not_put_above(
    project, title: str, opening: str
) -> None:
    text = f"{opening}\n\nText, [more](#more).\n\n## More\n\nText."
    html = project({"pump.md": f"---\ntitle: {title}\n---\n\n{text}\n"}).read("pump/index.html")
    assert re.findall(r"<h[1-6]", html[html.index("<h1") : html.index("</article")]) == [
        "<h1",
        "<h2",
    ]
    assert 'id="more"' in html


def test_the_title_that_most_pages_have_is_not_put_above_their_headings(project) -> None:
    rows = [
        {"source": f"docs/{name}.md", "title": title, "text": f"## About {name}\n\nText."}
        for name, title in [("a", "My Docs"), ("b", "My Docs"), ("c", "My Docs"), ("d", "Valves")]
    ]
    site = project({"rows.jsonl": "\n".join(map(json.dumps, rows))})
    headings = [re.findall(r"<h1[^>]*>([^<]*)", site.read(f"{name}/index.html")) for name in "abcd"]
    assert [words.strip() for each in headings for words in each] == [
        *("About a", "About b", "About c"),
        "Valves",
    ]


@pytest.mark.integration
@pytest.mark.parametrize(
    "text",
    [
        "🤗 やかんは、お湯を沸かすための道具です。"
        + "この文書では、使い方をくわしく説明します。" * 20,
        "水壶烧水。" * 90,
        "Kettle boils water on a schedule. " * 20,
    ],
)
def test_a_description_says_something_in_every_script(tmp_path: Path, text: str) -> None:
    (tmp_path / "index.md").write_text(f"# Kettle\n\n{text}\n", encoding="utf-8")
    build(load_config(flags={"input": ("index.md",)}, environ={}, cwd=tmp_path))
    html = (tmp_path / "build" / "index.html").read_text("utf-8")
    description = html.partition('name="description" content="')[2].partition('"')[0]
    assert description[-1] in "。."  # whole sentences, where they are short enough
    assert 80 <= len(description) <= 200
    assert text.startswith(description.rstrip("…").strip())


def test_what_no_text_spells_is_written_as_all_know_it(project) -> None:
    rows = [
        {"source": f"docs/{name}.md", "text": "Text.", "source_section": ""}
        for name in ("api", "sagemaker", "github_cli", "kettle")
    ]
    built = project({"rows.jsonl": "".join(f"{json.dumps(row)}\n" for row in rows)})
    titles = [built.read(f"{name}/index.html") for name in ("api", "sagemaker", "github_cli")]
    found = [html.partition("<title>")[2].partition(" - ")[0] for html in titles]
    assert found == ["API", "SageMaker", "GitHub CLI"]


def test_entities_of_titles_are_their_signs_wherever_a_title_is_shown(project) -> None:
    built = project(
        {
            "index.md": "# Q &amp; A\n\nText.\n\n## The &lt;T&gt; type\n\nMore.\n",
            "b.md": "---\ntitle: Read&nbsp;&#38; write\n---\n\nText.\n",
            "_toctree.yml": "- title: One &amp; two\n  sections:\n  - local: index\n  - local: b\n",
        },
        search="headings",
    )
    home, index = built.read("index.html"), built.read("search/headings.js")
    assert "<title>Q &amp; A</title>" in home
    assert "<summary>One &amp; two</summary>" in home
    assert ">Read &amp; write</a>" in home.replace("\u00a0", " ")
    assert '<a href="#the-t-type">The &lt;T&gt; type</a>' in home
    assert "Q & A" in index
    everything = home + index + built.read("b/index.html") + built.read("site-index/index.html")
    assert "&amp;amp;" not in everything
    assert "amp;lt;" not in everything


def test_a_heading_with_entities_is_that_of_its_section(project) -> None:
    text = "# Pump\n\nText.\n\n## Q &amp; A\n\nMore."
    row = {"text": text, "source": "a.md", "heading": "Pump > Q & A"}
    html = project({"rows.jsonl": json.dumps(row)}).read("a/index.html")
    assert html.count('<h2 id="q--a">') == html.count("<h2 id=") == 1


def test_pages_of_sphinx_quarto_and_r_in_a_folder_are_pages_that_link_each_other(
    tmp_path: Path,
) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.rst").write_text(
        "****\nHome\n****\n\n.. include:: part.txt\n\n.. toctree::\n\n   pump\n   study\n\n"
        "#. One\n#. Two\n"
    )
    (docs / "pump.rst").write_text("Pumps of all kinds\n##################\n\nSee :doc:`study`.\n")
    (docs / "study.qmd").write_text("---\ntitle: A study\n---\n\n[pumps](pump.rst), [r](r.Rmd)\n")
    (docs / "r.Rmd").write_text("# In R\n\n```{r}\n1 + 1\n```\n")
    (docs / "part.txt").write_text("Said *once*.\n")
    flags = {"input": ("docs",), "jobs": 1}
    result = build(load_config(flags=flags, environ={}, cwd=tmp_path))
    assert [each for each in result.diagnostics if each.severity > "info"] == []
    output = tmp_path / "build"
    article = {
        name: (output / name / "index.html").read_text().partition("<article")[2]
        for name in ("", "pump", "study", "r")
    }
    for name, title in (("", "Home"), ("pump", "Pumps of all kinds"), ("study", "A study")):
        assert article[name].count("<h1") == 1
        assert f">{title} <" in article[name]
    for shown in ("Said <em>once</em>.", '<a href="pump/">Pumps of all kinds</a>', "<li>Two</li>"):
        assert shown in article[""]
    assert '<a href="../study/">A study</a>' in article["pump"]
    assert '<a href="../pump/">pumps</a>, <a href="../r/">r</a>' in article["study"]
    assert '<code class="language-r">' in article["r"]

"""Builds that follow each other: whatever was changed in between, the bytes are a clean build's."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest

import sitegen.render
from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.model.inventory import write_inventory
from sitegen.search import pagefind
from tests.clean_builds import Dataset, assert_as_a_clean_build, config

TEMPLATE = '{% extends "sitegen/page.html" %}{% block article %}{{ body }}<p>WORD</p>{% endblock %}'
NOSY = (
    '{% extends "sitegen/page.html" %}{% block article %}{{ body }}'
    "{% for p in site.pages %}{{ p.document.length }} {% endfor %}{% endblock %}"
)


RANDOM = [(0, "auto"), (1, "headings"), (2, "headings"), (3, "headings")]


@pytest.mark.integration
@pytest.mark.parametrize(("seed", "search"), RANDOM)
def test_after_random_changes_of_a_dataset_the_bytes_are_a_clean_builds(
    tmp_path: Path, seed: int, search: str
) -> None:
    dataset = Dataset(tmp_path, seed)
    for _ in range(12):
        dataset.change()
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), search=search)


def test_files_that_the_input_has_by_the_name_of_an_index_stay(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    (docs / "search").mkdir(parents=True)
    (docs / "a.md").write_text("# A\n\n## One\n")
    for theirs in ("objects.inv", "search/headings.js"):
        for is_there in (False, True, False):
            if is_there:
                (docs / theirs).write_text("theirs")
            else:
                (docs / theirs).unlink(missing_ok=True)
            assert_as_a_clean_build(tmp_path, input=("docs",))
            assert ((tmp_path / "out" / theirs).read_bytes() == b"theirs") is is_there


def test_an_index_that_was_the_inputs_in_part_is_made_whole_again(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    for folder in ("en", "fr", "search"):
        (docs / folder).mkdir(parents=True)
    for language in ("en", "fr"):
        (docs / language / "a.md").write_text("# A\n\n## One\n")
    theirs = docs / "search" / "headings.js"
    theirs.write_text("theirs")
    assert_as_a_clean_build(tmp_path, input=("docs",))
    assert (tmp_path / "out/search/headings-fr.js").is_file()
    theirs.unlink()
    assert_as_a_clean_build(tmp_path, input=("docs",))
    assert (tmp_path / "out/search/headings.js").is_file()


def test_a_page_that_changes_its_source_and_not_its_address_is_in_the_inventory(
    tmp_path: Path,
) -> None:
    row = {"text": "# Guide\n\nText.", "id": "0_0"}
    for source in ("docs/a/index.md", "docs/a/README.md"):
        rows = [row | {"source": source}, {"text": "Other.", "source": "docs/b.md"}]
        (tmp_path / "rows.jsonl").write_text("".join(json.dumps(each) + "\n" for each in rows))
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))


@pytest.mark.integration
@pytest.mark.parametrize(("seed", "search"), RANDOM[:2])
def test_after_random_changes_of_a_folder_the_bytes_are_a_clean_builds(
    tmp_path: Path, seed: int, search: str
) -> None:
    chance, docs = random.Random(seed), tmp_path / "docs"  # noqa: S311
    docs.mkdir()
    for number in range(6):
        (docs / f"p{number}.md").write_text(f"# P {number}\n\n[n](p{number + 1}.md)\n")
    for step in range(14):
        files = sorted(docs.rglob("*.md"))
        one = chance.choice(files)
        kind = chance.choice(("edit", "add", "remove", "rename", "toctree", "image", "touch"))
        if kind == "edit":
            one.write_text(f"# T {step}\n\nText {step}. [a](p1.md)\n")
        elif kind == "add":
            (docs / f"sub{step % 3}").mkdir(exist_ok=True)
            (docs / f"sub{step % 3}" / f"n{step}.md").write_text(f"# N {step}\n")
        elif kind == "remove" and len(files) > 2:
            one.unlink()
        elif kind == "rename":
            one.rename(docs / f"r{step}.md")
        elif kind == "toctree":
            (docs / "_toctree.yml").write_text(f"- title: G{step}\n  sections:\n  - local: p1\n")
        elif kind == "image":
            (docs / "a.png").write_bytes(bytes([step]) * 10)
        else:
            one.touch()
        assert_as_a_clean_build(tmp_path, input=("docs",), search=search)


def test_a_changed_template_changes_every_page(tmp_path: Path) -> None:
    Dataset(tmp_path, 1)
    (tmp_path / "templates").mkdir()
    (tmp_path / "sitegen.toml").write_text('[theme]\ntemplates = "templates"\n')
    for word in ("one", "two"):
        (tmp_path / "templates" / "page.html").write_text(TEMPLATE.replace("WORD", word))
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))
        pages = list((tmp_path / "out").glob("p*/index.html"))
        assert len(pages) == 6
        assert all(f"<p>{word}</p>" in page.read_text() for page in pages)


def test_a_template_that_looks_at_other_pages_sees_them_as_they_are(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, 1)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text(NOSY)
    (tmp_path / "sitegen.toml").write_text('[theme]\ntemplates = "templates"\n')
    for text in ("a", "longer than it was"):
        dataset.pages["p3"][0] = text
        dataset.save()
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))


def test_options_and_static_files_count(tmp_path: Path) -> None:
    Dataset(tmp_path, 1)
    (tmp_path / "static").mkdir()
    (tmp_path / "sitegen.toml").write_text('[theme]\nstatic = "static"\n')
    for step, title in enumerate(("A", "B")):
        (tmp_path / "static" / "extra.css").write_text(f"p {{ order: {step} }}")
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), title=title)
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), title=title, base_url="https://x/")


def test_a_page_that_names_an_object_follows_the_page_that_documents_it(tmp_path: Path) -> None:
    docs = tmp_path / "docs"
    docs.mkdir()
    (docs / "index.md").write_text("# Start\n\nSee [`pkg.Thing`].\n")
    (docs / "b.md").write_text("# B\n\n[[autodoc]] pkg.Thing\n")
    assert_as_a_clean_build(tmp_path, input=("docs",))
    (docs / "b.md").rename(docs / "c.md")
    assert_as_a_clean_build(tmp_path, input=("docs",))
    assert 'href="c/#pkg.Thing"' in (tmp_path / "out" / "index.html").read_text()


@pytest.mark.parametrize("source", ["docs", "docs/index.md", "docs/*.md"])
def test_a_file_that_a_page_includes_counts(tmp_path: Path, source: str) -> None:
    docs = tmp_path / "docs"
    (docs / "parts").mkdir(parents=True)
    (docs / "index.md").write_text('# A\n\n<include>{"path": "parts/x.txt"}</include>\n')
    for text in ("one", "two", "three"):
        (docs / "parts" / "x.txt").write_text(f"Included {text}.\n")
        assert_as_a_clean_build(tmp_path, input=(source,))
        assert f"Included {text}" in (tmp_path / "out" / "index.html").read_text()


def test_an_inventory_counts(tmp_path: Path) -> None:
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A\n\nSee [`other.Thing`].\n")
    (tmp_path / "sitegen.toml").write_text('[inventories]\n"https://other/" = "o.inv"\n')
    for anchor in ("one", "two"):
        entry = ("other.Thing", "py:class", f"api/#{anchor}", "")
        (tmp_path / "o.inv").write_bytes(write_inventory("other", [entry]))
        assert_as_a_clean_build(tmp_path, input=("docs",))
        page = (tmp_path / "out" / "index.html").read_text()
        assert f'href="https://other/api/#{anchor}"' in page


def test_the_source_of_an_api_counts(tmp_path: Path) -> None:
    pytest.importorskip("griffe")
    (tmp_path / "docs").mkdir()
    (tmp_path / "docs" / "index.md").write_text("# A\n\n[[autodoc]] mod.f\n")
    (tmp_path / "sitegen.toml").write_text('[api]\npackages = ["mod"]\nsearch_paths = ["."]\n')
    for word in ("first", "second"):
        (tmp_path / "mod.py").write_text(f'def f():\n    """Say the {word}."""\n')
        assert_as_a_clean_build(tmp_path, input=("docs",))
        assert f"Say the {word}" in (tmp_path / "out" / "index.html").read_text()


def test_one_changed_row_renders_one_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rendered: list[str] = []
    render = sitegen.render.render
    monkeypatch.setattr(
        sitegen.render, "render", lambda *a: (rendered.append(a[0].id), render(*a))[1]
    )
    dataset = Dataset(tmp_path, 1)
    build(config(tmp_path, input=("rows.jsonl",)))
    assert len(rendered) == 6
    rendered.clear()
    dataset.pages["p2"][1] = "Edited."
    dataset.save()
    build(config(tmp_path, input=("rows.jsonl",)))
    assert rendered == ["p2"]


@pytest.mark.integration
@pytest.mark.parametrize(
    "line",
    [
        "[feeds]\nmarkdown = false\n",
        "[feeds]\nchunks = false\n",
        "[feeds]\ndataset = true\n",
        '[theme]\nfooter = "Somebody"\n',
        '[theme]\nannouncement = "New"\n',
        '[theme.links]\nCode = "https://code.test/"\n',
        '[theme.colors]\naccent = "#123456"\n',
        '[theme]\nlogo = "logo.svg"\n',
    ],
)
def test_after_a_change_of_the_configuration_the_bytes_are_a_clean_builds(
    tmp_path: Path, line: str
) -> None:
    Dataset(tmp_path, 1)
    (tmp_path / "logo.svg").write_text("<svg/>")
    for text in ("", line, ""):
        (tmp_path / "sitegen.toml").write_text(text)
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",))


def test_a_changed_logo_and_changed_redirects_are_seen(tmp_path: Path) -> None:
    Dataset(tmp_path, 1)
    settings = 'input = "rows.jsonl"\nredirects = "old.yml"\n[theme]\nlogo = "logo.svg"\n'
    (tmp_path / "sitegen.toml").write_text(settings)
    for number in range(3):
        (tmp_path / "logo.svg").write_text(f"<svg>{number}</svg>")
        (tmp_path / "old.yml").write_text(f"old: p{number}\np3#x: p{number}\n")
        assert_as_a_clean_build(tmp_path)
        assert (
            f'id="x">This section has moved: <a href="../p{number}/'
            in (tmp_path / "out/p3/index.html").read_text()
        )
        assert f"p{number}/" in (tmp_path / "out/old/index.html").read_text()


def test_the_print_page_follows_its_pages(tmp_path: Path) -> None:
    dataset = Dataset(tmp_path, 1)
    (tmp_path / "sitegen.toml").write_text('input = "rows.jsonl"\n[feeds]\nprint_page = true\n')
    for _ in range(3):
        dataset.change()
        assert_as_a_clean_build(tmp_path)
        assert (tmp_path / "out/print/index.html").is_file()


def test_with_search_unchanged_pages_are_in_the_index_too(tmp_path: Path) -> None:
    pytest.importorskip("pagefind_bin", reason="the search indexer is not installed")
    dataset = Dataset(tmp_path, 1)
    for _ in range(3):
        dataset.change()
        assert_as_a_clean_build(tmp_path, input=("rows.jsonl",), search=True)
        assert list((tmp_path / "out").rglob("*.pf_meta"))


def test_the_index_of_the_text_is_made_again_only_for_another_text(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pagefind_bin", reason="the search indexer is not installed")
    started: list[str] = []
    start = pagefind._start
    monkeypatch.setattr(pagefind, "_start", lambda: started.append("") or start())
    (tmp_path / "docs").mkdir()
    settings = tmp_path / "sitegen.toml"
    (tmp_path / "docs/b.md").write_text("# B\n\nA longer text.\n")

    def starts(text: str, line: str = "", *, lost: str = "") -> int:
        (tmp_path / "docs/a.md").write_text(text)
        settings.write_text(f'input = "docs"\nsearch = "full"\noutput = "out"\n{line}')
        if lost:
            next((tmp_path / "out/pagefind").glob(lost)).unlink()
        started.clear()
        build(load_config(environ={}, cwd=tmp_path))
        made = len(started)
        assert (tmp_path / "out/pagefind/pagefind-entry.json").is_file()
        return made

    assert starts("# A\n\nOne.\n") == 1
    assert starts("# A\n\nOne.\n", '[theme]\nfooter = "F"\n') == 0
    assert starts("# A\n\n\nOne.\n") == 0
    assert starts("# A\n\nTwo.\n") == 1
    assert starts("# A\n\nTwo.\n", 'title = "T"\n') == 0
    assert starts("# A\n\nTwo.\n", lost="*.pf_meta") == 1
    assert starts("# A\n\nTwo.\n", "clean = true\n") == 1
    (tmp_path / "docs/b.md").unlink()
    assert starts("# A\n\nTwo.\n") == 1
    assert_as_a_clean_build(tmp_path, search="full")

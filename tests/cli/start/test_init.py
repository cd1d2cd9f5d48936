from __future__ import annotations

import shutil
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml

from sitegen.cli.start.workflow import requirement, workflow

Run = Callable[..., tuple[int, str, str]]
CHECKOUT = Path(__file__).parents[3]
FOREIGN = CHECKOUT.parent / "shared" / "data" / "foreign" / "datasets"


def write(folder: Path, files: Mapping[str, str]) -> None:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def builds(run: Run) -> str:
    """Build with no further word; what was said."""
    code, _, err = run("build", "--no-search", "-v")
    assert code == 0, err
    return err


def settings(folder: Path) -> dict[str, object]:
    return tomllib.loads((folder / "sitegen.toml").read_text("utf-8"))


ROWS = """\
{"page_content": "Hello.", "metadata": {"source": "docs/guide/a.md"}}
{"page_content": "There.", "metadata": {"source": "docs/guide/b.md"}}
"""


def test_a_dataset_is_found_and_its_columns_are_noted(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"data/docs.jsonl": ROWS})
    code, out, err = run("init")
    assert (code, out) == (0, "")
    assert "sitegen.toml: 2 pages of data/docs.jsonl" in err
    text = (tmp_path / "sitegen.toml").read_text("utf-8")
    assert '# text = "page_content"' in text
    assert '# source = "metadata.source"' in text
    assert settings(tmp_path)["input"] == "data/docs.jsonl"
    assert "2 pages" in builds(run)


def test_every_comment_of_the_file_can_be_made_a_setting(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"docs/index.md": "# Home\n", "logo.svg": "<svg/>", "_toctree.yml": "[]"})
    write(tmp_path, {"static/a.svg": "<svg/>"})
    write(tmp_path, {"_redirects.yml": "{}"})
    run("init")
    lines = (tmp_path / "sitegen.toml").read_text("utf-8").splitlines()
    bare = [line.removeprefix("# ") for line in lines if "=" in line or line.startswith("# [")]
    tables = [line for line in lines if line.startswith("[")]
    kept = [line for line in (raw.removeprefix("# ") for raw in lines) if line in bare + tables]
    (tmp_path / "sitegen.toml").write_text("\n".join(kept) + "\n")
    assert {"theme", "publish", "toctree", "base_url"} <= settings(tmp_path).keys()
    builds(run)


def test_nothing_is_overwritten(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"docs/a.md": "# A\n", ".github/workflows/docs.yml": "mine"})
    assert run("init", "docs", "--workflow")[0] == 0
    assert (tmp_path / ".github/workflows/docs.yml").read_text() == "mine"
    code, _, err = run("init", "docs")
    assert (code, err) == (
        2,
        "error: sitegen.toml is a configuration already - sitegen build uses it\n",
    )


def test_a_folder_that_shows_nothing_says_what_to_do(run: Run, tmp_path: Path) -> None:
    code, _, err = run("init")
    assert code == 2
    assert "sitegen init docs.parquet" in err
    write(tmp_path, {"a.jsonl": ROWS, "b.jsonl": ROWS})
    code, _, err = run("init")
    assert (code, "a.jsonl, b.jsonl" in err) == (2, True)
    assert not (tmp_path / "sitegen.toml").exists()


def test_a_project_of_quarto_builds_with_no_further_word(run: Run, tmp_path: Path) -> None:
    (tmp_path / "index.qmd").write_text("# Pumps\n")
    assert run("init")[0] == 0
    builds(run)
    assert ">Pumps <" in (tmp_path / "build/index.html").read_text()


def test_all_that_can_be_asked_for_is_written_and_builds(run: Run, tmp_path: Path) -> None:
    write(tmp_path, {"docs.jsonl": ROWS})
    code, _, err = run("init", "--toctree", "--start-page", "--workflow", "--schema")
    assert code == 0
    assert "the workflow installs tools/sitegen_docs-*.whl" in err
    assert "link-page" not in builds(run)
    assert (tmp_path / ".github/workflows/docs.yml").read_text() == workflow(requirement())
    assert (tmp_path / "sitegen.toml").read_text().startswith("#:schema ./sitegen.schema.json\n")
    toctree = yaml.safe_load((tmp_path / "_toctree.yml").read_text())
    assert toctree[0]["local"] == "index"
    assert 'href="a/"' in (tmp_path / "build/index.html").read_text()


MKDOCS = {
    "mkdocs.yml": """\
site_name: "My: Library"
site_url: https://example.org/lib/
repo_url: https://example.org/me/lib
edit_uri: edit/main/docs/
docs_dir: manual
copyright: Me
theme:
  name: material
  language: de
markdown_extensions:
  - pymdownx.emoji:
      emoji_index: !!python/name:material.extensions.emoji.twemoji
plugins:
  - search
  - redirects:
      redirect_maps:
        old.md: guide/start.md
  - mkdocstrings
nav:
  - Home: index.md
  - Guide:
      - guide/start.md
      - Deep: [guide/deep.md]
  - Code: https://example.org/
  - guide/gone.md
""",
    "manual/index.md": "# Home\n\n[Start](guide/start.md)\n",
    "manual/guide/start.md": "# Getting going\n",
    "manual/guide/deep.md": "# Deep things\n",
    "manual/guide/unlisted.md": "# Not listed\n",
}


def test_a_project_of_mkdocs_is_taken_over(run: Run, tmp_path: Path) -> None:
    write(tmp_path, MKDOCS)
    code, _, err = run("init")
    assert code == 0
    for left in ("plugin mkdocstrings", "markdown_extensions: pymdownx.emoji", "guide/gone is no"):
        assert f"not taken over: {left}" in err or left in err
    table = settings(tmp_path)
    assert (table["title"], table["language"], table["input"]) == ("My: Library", "de", "manual")
    assert table["base_url"] == "https://example.org/lib/"
    assert table["theme"] == {
        "footer": "Me",
        "edit_url": "https://example.org/me/lib/edit/main/docs/{source}",
        "links": {"Code": "https://example.org/me/lib"},
    }
    assert yaml.safe_load((tmp_path / "_toctree.yml").read_text()) == [
        {"local": "index", "title": "Home"},
        {
            "title": "Guide",
            "sections": [
                {"local": "guide/start", "title": "Getting going"},
                {"title": "Deep", "sections": [{"local": "guide/deep", "title": "Deep things"}]},
            ],
        },
        {"url": "https://example.org/", "title": "Code"},
    ]
    builds(run)
    assert "url=../guide/start/" in (tmp_path / "build/old/index.html").read_text()


DOCUSAURUS = {
    "docusaurus.config.js": """\
// @ts-check
import {themes} from 'prism-react-renderer';
/** @type {import('@docusaurus/types').Config} */
const config = {
  title: 'My Site', // shown
  url: 'https://example.org',
  baseUrl: '/lib/',
  i18n: { defaultLocale: 'fr', locales: ['fr', 'en'] },
  presets: [['classic', {
    docs: { path: 'handbook', sidebarPath: require.resolve('./sidebars.js') },
    blog: { showReadingTime: true },
  }]],
  plugins: [['@docusaurus/plugin-client-redirects', {
    redirects: [{ from: ['/docs/old', '/docs/older'], to: '/docs/guide/start' }],
  }]],
  themeConfig: { prism: { theme: themes.github } },
};
export default config;
""",
    "sidebars.js": """\
const sidebars = {
  main: [
    'intro',
    {type: 'category', label: 'Guide', link: {type: 'doc', id: 'guide/index'},
     items: ['guide/start', {type: 'link', label: 'Out', href: 'https://example.org'}]},
    {Group: [{type: 'doc', id: 'guide/deep', label: 'Deeper'}]},
  ],
};
module.exports = sidebars;
""",
    "handbook/intro.md": "---\nslug: /\n---\n# Intro\n",
    "handbook/guide/index.md": "# Guide\n",
    "handbook/guide/start.mdx": "# Start\n",
    "handbook/guide/deep.md": "# Deep\n",
}


def test_a_project_of_docusaurus_is_taken_over_without_running_it(run: Run, tmp_path: Path) -> None:
    write(tmp_path, DOCUSAURUS)
    code, _, err = run("init", "--from", "docusaurus.config.js")
    assert code == 0
    for left in ("themeConfig", "the blog", "pages in en: copy i18n/en/"):
        assert f"not taken over: {left}" in err
    table = settings(tmp_path)
    assert (table["title"], table["language"]) == ("My Site", "fr")
    assert (table["base_url"], table["input"]) == ("https://example.org/lib/", "handbook")
    assert yaml.safe_load((tmp_path / "_toctree.yml").read_text()) == [
        {"local": "intro", "title": "Intro"},
        {
            "local": "guide/index",
            "title": "Guide",
            "sections": [
                {"local": "guide/start", "title": "Start"},
                {"url": "https://example.org", "title": "Out"},
            ],
        },
        {"title": "Group", "sections": [{"local": "guide/deep", "title": "Deeper"}]},
    ]
    builds(run)
    for old in ("old", "older"):
        assert "url=../guide/start/" in (tmp_path / f"build/{old}/index.html").read_text()


def test_sidebars_that_are_programs_are_named_and_pages_stand_by_folders(
    run: Run, tmp_path: Path
) -> None:
    write(tmp_path, {**DOCUSAURUS, "sidebars.js": "module.exports = { docs: require('./x') };\n"})
    code, _, err = run("init")
    assert (code, "not taken over: sidebars.js: " in err) == (0, True)
    assert "toctree" not in settings(tmp_path)
    builds(run)


def test_a_project_of_doc_builder_keeps_its_own_toctree(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "docs/source/en/_toctree.yml": "- local: index\n  title: Home\n",
            "docs/source/en/index.md": "# Home\n",
            "docs/source/_config.py": "raise SystemExit\n",
        },
    )
    code, _, err = run("init", "--from", "doc-builder")
    assert (code, "not taken over: docs/source/_config.py: is a program" in err) == (0, True)
    assert settings(tmp_path)["input"] == "docs/source/en"
    builds(run)


def test_what_a_generator_says_and_ours_refuses_is_left(run: Run, tmp_path: Path) -> None:
    write(
        tmp_path, {**MKDOCS, "mkdocs.yml": "site_name: X\nsite_url: localhost\ndocs_dir: manual\n"}
    )
    code, _, err = run("init")
    assert (code, "not taken over: base_url: base_url must look like" in err) == (0, True)
    builds(run)


@pytest.mark.parametrize("name", ["nothing.yml", "mkdocs.yml", "../mkdocs.yml"])
def test_what_cannot_be_taken_over_is_refused(name: str, run: Run) -> None:
    assert run("init", "--from", name)[0] == 2


@pytest.mark.real
@pytest.mark.skipif(not FOREIGN.is_dir(), reason="the shared data is not there")
@pytest.mark.parametrize("name", sorted(p.name for p in FOREIGN.glob("*")))
def test_what_is_written_for_any_dataset_builds(name: str, run: Run, tmp_path: Path) -> None:
    source = FOREIGN / name
    (shutil.copytree if source.is_dir() else shutil.copy)(source, tmp_path / name)
    code, _, err = run("init", name)
    assert code == 0, err
    assert settings(tmp_path)["input"] == name
    builds(run)


@pytest.mark.integration
def test_the_documentation_of_sitegen_begins_like_any_other(run: Run, tmp_path: Path) -> None:
    shutil.copytree(CHECKOUT / "docs", tmp_path / "docs")
    assert run("init")[0] == 0
    assert "warning" not in builds(run)

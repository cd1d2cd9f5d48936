"""Projects of Mintlify, GitBook, Nextra, Sphinx and others, and such of several languages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.config.file import load_config

Run = Callable[..., tuple[int, str, str]]
Project = Mapping[str, str]

PAGES = {name: f"# {name.capitalize()}\n" for name in ("index", "one", "two")}
HOME, ONE, TWO = ({"local": name, "title": name.capitalize()} for name in PAGES)
BLOG = {"title": "Blog", "url": "https://blog.org"}
CODE = "https://github.com/me/lib"


def pages(suffix: str = "md", folder: str = "") -> dict[str, str]:
    return {f"{folder}{name}.{suffix}": text for name, text in PAGES.items()}


MINTLIFY = {
    "docs.json": """{
  "name": "My Lib",
  "navigation": {
    "tabs": [
      {"tab": "Guide", "groups": [{"group": "Start", "pages": ["index", "/two", "GET /users"]}]},
      {"tab": "Blog", "href": "https://blog.org"}
    ],
    "global": {"anchors": [{"anchor": "More", "pages": ["one"]}]}
  },
  "navbar": {"links": [{"label": "Code", "href": "https://github.com/me/lib"}]},
  "redirects": [{"source": "/old", "destination": "/one"}, {"source": "/a/:x", "destination": "/"}]
}""",
    "README.md": "# Of the repository",
    "snippets/part.mdx": "A part.",
    **pages("mdx"),
}
MINT = {
    "mint.json": """{"name": "My Lib", "navigation": [
      {"group": "Start", "pages": ["index", {"group": "Deep", "pages": ["one", "two"]}]}],
      "topbarLinks": [{"name": "Code", "url": "https://github.com/me/lib"}]}""",
    **pages("mdx"),
}
SUMMARY = (
    "# Table of contents\n\n* [Index](README.md)\n\n## Guide <a href='#g' id='g'></a>\n\n"
    "* [Two](two.md)\n  * [One](one.md)\n* [Blog](https://blog.org)\n"
)
GITBOOK = {
    ".gitbook.yaml": "root: ./manual/\nredirects:\n  old: one.md\n",
    "manual/SUMMARY.md": SUMMARY,
    "manual/README.md": "# My Lib",
    "manual/one.md": "# One",
    "manual/two.md": "# Two",
}
HONKIT = {
    "book.json": '{"title": "My Lib", "root": "manual"}',
    **{name: text for name, text in GITBOOK.items() if name.startswith("manual")},
}
BARE = {name.removeprefix("manual/"): text for name, text in GITBOOK.items() if "manual" in name}
NEXTRA = {
    "theme.config.jsx": f"export default {{ logo: <b>L</b>, project: {{link: '{CODE}'}} }}",
    "pages/_meta.ts": "const meta: Meta = { index: 'Index', two: {title: 'Two'},\n"
    "  blog: {title: 'Blog', href: 'https://blog.org'}, hidden: {display: 'hidden'} }\n"
    "export default meta\n",
    "pages/deep/_meta.json": '{"b": "B first"}',
    "pages/deep/a.mdx": "# A",
    "pages/deep/b.mdx": "# B",
    "pages/index.mdx": "# My Lib",
    "pages/one.md": "# One",
    "pages/two.md": "# Two",
}
SPHINX = {
    "docs/conf.py": "project = 'My Lib'\nextensions = ['myst_parser', 'sphinx.ext.napoleon']\n"
    "version = made()\nexclude_patterns = ['drafts']\nredirects = {'old': 'one.html'}\n",
    "docs/index.md": "# Index\n\n```{toctree}\n:caption: Guide\n\ntwo\nBlog <https://blog.org>\n```\n"
    "\n:::{toctree}\n:glob:\n\napi/*\n:::\n",
    "docs/two.md": "# Two\n\n```{toctree}\none\nindex\n```\n",
    "docs/one.md": "# One",
    "docs/api/a.md": "# A",
    "docs/drafts/x.md": "# X",
}
RST = SPHINX | {
    "docs/index.rst": ".. toctree::\n   :caption: Guide\n\n   two\n   Blog <https://blog.org>\n\n"
    ".. toctree::\n   :glob:\n\n   api/*\n",
    "docs/two.md": "# Two\n\n```{toctree}\none\n```\n",
}
del RST["docs/index.md"]
BOOK = {
    "_config.yml": "title: My Lib\nrepository:\n  url: https://github.com/me/lib\n",
    "_toc.yml": "root: index\nparts:\n- caption: Guide\n  chapters:\n  - file: two\n"
    "    sections:\n    - file: one\n  - url: https://blog.org\n    title: Blog\n",
    **pages(),
}
GUIDE = {"title": "Guide", "sections": [TWO | {"sections": [ONE]}, BLOG]}


@pytest.mark.parametrize(
    ("project", "toctree", "left"),
    [
        (
            MINTLIFY,
            [
                {"title": "Guide", "sections": [{"title": "Start", "sections": [HOME, TWO]}]},
                BLOG,
                {"title": "More", "sections": [ONE]},
            ],
            ["GET /users", "/a/:x"],
        ),
        (
            MINT,
            [{"title": "Start", "sections": [HOME, {"title": "Deep", "sections": [ONE, TWO]}]}],
            [],
        ),
        (
            {f"docs/{name}": text for name, text in MINT.items()},
            [{"title": "Start", "sections": [HOME, {"title": "Deep", "sections": [ONE, TWO]}]}],
            [],
        ),
        (GITBOOK, [HOME | {"local": "README"}, GUIDE], []),
        (HONKIT, [HOME | {"local": "README"}, GUIDE], []),
        (BARE, [HOME | {"local": "README"}, GUIDE], []),
        (
            NEXTRA,
            [
                HOME,
                TWO,
                BLOG,
                {
                    "title": "Deep",
                    "sections": [
                        {"local": "deep/b", "title": "B first"},
                        {"local": "deep/a", "title": "A"},
                    ],
                },
                ONE,
            ],
            ["theme.config.jsx"],
        ),
        (SPHINX, [HOME, GUIDE, {"local": "api/a", "title": "A"}], ["sphinx.ext.napoleon"]),
        (
            RST,
            [{"local": "index", "title": "Index"}, GUIDE, {"local": "api/a", "title": "A"}],
            ["sphinx.ext.napoleon"],
        ),
        (BOOK, [HOME, GUIDE], []),
    ],
    ids=[
        "mintlify",
        "mint",
        "mint in docs",
        "gitbook",
        "honkit",
        "bare",
        "nextra",
        "sphinx",
        "rst",
        "book",
    ],
)
def test_a_project_of_another_generator_builds_with_no_further_word(
    project: Project, toctree: list[Any], left: list[str], run: Run, tmp_path: Path
) -> None:
    said = taken(project, run, tmp_path)
    assert yaml.safe_load((tmp_path / "_toctree.yml").read_text()) == toctree
    assert said.count("not taken over") == len(left), said
    assert all(each in said for each in left), said
    config = load_config(environ={}, cwd=tmp_path)
    assert config.title == "My Lib"
    if CODE in "".join(project.values()):
        assert config.theme.links == {"Code": CODE}
    if "old" in "".join(project.values()):
        assert "one/" in (tmp_path / "build/old/index.html").read_text()


STARLIGHT = {
    "astro.config.mjs": """
export default defineConfig({ integrations: [starlight({
  title: {en: 'My Lib', de: 'Meine'}, defaultLocale: 'en',
  locales: {en: {label: 'English'}, de: {label: 'Deutsch'}},
  sidebar: ['two', {label: 'More', translations: {de: 'Mehr'}, items: [{slug: 'one'}]},
    {label: 'API', autogenerate: {directory: 'api'}}],
})]})
""",
    **pages(folder="src/content/docs/en/"),
    "src/content/docs/en/api/x.md": "# X",
    "src/content/docs/de/index.md": "# Anfang",
    "src/content/docs/de/one.md": "# Eins",
}
I18N = """
site_name: My Lib
plugins:
  - i18n:
      docs_structure: %s
      languages:
        - {locale: de, nav_translations: {More: Mehr}}
        - {locale: en, default: true}
nav: [two.md, {More: [one.md]}, {API: api/}]
"""
FOLDERS = {
    "mkdocs.yml": I18N % "folder",
    **{name.replace("src/content", ""): text for name, text in STARLIGHT.items() if "src" in name},
}
FOLDERS = {name.removeprefix("/"): text for name, text in FOLDERS.items()}


@pytest.mark.parametrize("project", [STARLIGHT, FOLDERS], ids=["starlight", "mkdocs"])
def test_the_navigation_stands_in_the_folder_of_each_language(
    project: Project, run: Run, tmp_path: Path
) -> None:
    assert "not taken over" not in taken(project, run, tmp_path)
    found = {
        each["title"]: each for each in yaml.safe_load((tmp_path / "_toctree.yml").read_text())
    }
    assert found["Two"]["local"] == "en/two"
    assert [each["local"] for each in found["More"]["sections"]] == ["en/one"]
    assert [each["local"] for each in found["Mehr"]["sections"]] == ["de/one"]
    assert [each["local"] for each in found["API"]["sections"]] == ["en/api/x"]


def test_pages_that_are_called_by_their_language_are_named(run: Run, tmp_path: Path) -> None:
    project = {
        "mkdocs.yml": I18N % "suffix",
        "docs/index.de.md": "# Anfang",
        "docs/api/x.md": "# X",
    }
    said = taken(project | pages(folder="docs/"), run, tmp_path)
    assert "not taken over: pages called NAME.de.md: move them to a folder de/" in said
    assert not (tmp_path / "build/index.de").exists()


def test_what_only_the_environment_tells_is_named(run: Run, tmp_path: Path) -> None:
    settings = "site_name: !ENV [NAME, My Lib]\nsite_url: !ENV SITE_URL\n"
    social = (
        "extra:\n  social: [{name: Chat, link: https://chat.org}]\n  version: {provider: mike}\n"
    )
    said = taken({"mkdocs.yml": settings + social} | pages(folder="docs/"), run, tmp_path)
    assert "not taken over: base_url: !ENV SITE_URL" in said
    assert "what mike has published stays there" in said
    assert load_config(environ={}, cwd=tmp_path).theme.links == {"Chat": "https://chat.org"}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs.json", '{"type": "of another program"}'),
        ("conf.py", "import os\nname = os.environ['X']\n"),
        ("conf.py", "def ("),
    ],
)
def test_a_file_of_another_program_changes_nothing(
    name: str, text: str, run: Run, tmp_path: Path
) -> None:
    taken({name: text} | pages(folder="docs/"), run, tmp_path)
    assert load_config(environ={}, cwd=tmp_path).input == (str(tmp_path / "docs"),)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("docs.json", '{"name": [], "navigation": 5, "navbar": 1, "redirects": {"a": 1}}'),
        ("docs.json", '{"navigation": {"tabs": [{"tab": 1}, 7, null]}, "footer": {"socials": 2}}'),
        (".gitbook.yaml", "root: 3\nstructure: [a]\nredirects: x\nplugins: 4\n"),
        ("_toc.yml", "root: [a]\nparts: [1, {chapters: 2}, {file: [x]}]\n"),
        ("conf.py", "extensions = 5\nredirects = 7\nroot_doc = ['a']\nexclude_patterns = 3\n"),
        ("pages/_meta.json", '{"index": 5, "a": [1], "b": {"href": 3}}'),
        ("pages/_meta.js", "export default made()"),
        (
            "mkdocs.yml",
            "site_name: x\nextra: {social: {a: [1]}}\nplugins: [{i18n: {languages: 3}}]\n",
        ),
    ],
)
def test_settings_of_an_odd_form_are_no_fault_of_ours(
    name: str, text: str, run: Run, tmp_path: Path
) -> None:
    everywhere = pages() | pages(folder="docs/") | pages(folder="pages/")
    for path, words in ({name: text} | everywhere).items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(words)
    code, _, err = run("init")
    assert code in {0, 1, 2}, err


def taken(project: Project, run: Run, folder: Path) -> str:
    """What `init` says of a project, which builds then."""
    for name, text in project.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(f"{text}\n")
    code, _, said = run("init")
    assert code == 0, said
    code, _, err = run("build", "--strict", "--no-search")
    assert code == 0, err
    return said

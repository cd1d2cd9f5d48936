"""MkDocs: navigations that its plugins read, patterns, and redirects that lead nowhere."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.cli.start.generators.taken import read_table
from sitegen.config.file import load_config
from tests.cli.start.generators.test_more_generators import taken

Run = Callable[..., tuple[int, str, str]]
Project = dict[str, str]

PAGES = {
    f"docs/{name}.md": f"# {name.title()}\n\n## Part\n"
    for name in ("index", "b", "a", "guide/z", "guide/y", "guide/deep/x", "api/one")
}
AWESOME = {
    "mkdocs.yml": "site_name: My Lib\nplugins: [search, awesome-pages]\n",
    "docs/.pages": "nav:\n  - index.md\n  - The guide: guide\n  - ...\n  - Out: https://blog.org\n",
    "docs/guide/.pages": "title: Not this\nnav:\n  - ... | z*.md\n  - Deeper: [deep, y.md]\n",
    "docs/api/.pages": "title: API\n",
}
NAV_YML = {
    "mkdocs.yml": "site_name: My Lib\nplugins: [awesome-nav]\n",
    "docs/.nav.yml": "nav:\n  - index.md\n  - The guide: guide\n  - '*'\n  - Out: https://blog.org\n",
    "docs/guide/.nav.yml": "nav:\n  - 'z*'\n  - Deeper: [deep, y.md]\n",
    "docs/api/.nav.yml": "title: API\n",
}
LITERATE = {
    "mkdocs.yml": "site_name: My Lib\nplugins:\n  - literate-nav: {nav_file: NAV.md}\n",
    "docs/NAV.md": "- [Index](index.md)\n- The guide\n    - [Z](guide/z.md)\n    - Deeper\n"
    "        - Deep\n            - [X](guide/deep/x.md)\n        - [Y](guide/y.md)\n"
    "- [A](a.md#part)\n- [API](api/)\n- [B](b.md)\n- [Out](https://blog.org)\n",
}
PATTERNS = {
    "mkdocs.yml": "site_name: My Lib\nnav:\n  - index.md\n  - The guide:\n    - guide/z*.md\n"
    "    - Deeper: [Deep: guide/deep/**, guide/*.md]\n  - a.md#part\n  - API: api/*\n  - '*.md'\n"
    "  - Out: https://blog.org\n"
}
DEEP: list[Any] = ["Deeper", "", ["Deep", "", ["Guide/Deep/X", "guide/deep/x"]], ["Y", "guide/y"]]


def _outline(nodes: list[dict[str, Any]]) -> list[Any]:
    return [
        [each["title"], each.get("local", ""), *_outline(each.get("sections", []))]
        for each in nodes
    ]


@pytest.mark.parametrize(
    "project",
    [AWESOME, NAV_YML, LITERATE, PATTERNS],
    ids=["awesome-pages", "awesome-nav", "literate-nav", "patterns"],
)
def test_the_order_that_a_plugin_reads_is_that_of_the_toctree(
    project: Project, run: Run, tmp_path: Path
) -> None:
    assert "not taken over" not in taken(PAGES | project, run, tmp_path)
    found = _outline(yaml.safe_load((tmp_path / "_toctree.yml").read_text()))
    assert found[0] == ["Index", "index"]
    title, _, first, deeper = found[1]
    assert (title, first[1]) == ("The guide", "guide/z")
    assert [deeper[0], [each[1] for each in deeper[2:]]] == ["Deeper", ["", "guide/y"]]
    assert deeper[2][0] == "Deep"
    assert deeper[2][2][1] == "guide/deep/x"
    rest = sorted((each[0], each[2][1] if each[2:] else each[1]) for each in found[2:])
    assert rest == [("A", "a"), ("API", "api/one"), ("B", "b"), ("Out", "")]


def test_a_folder_that_is_hidden_or_turned_round_is_so(run: Run, tmp_path: Path) -> None:
    said = taken(
        PAGES
        | {
            "mkdocs.yml": "site_name: My Lib\nplugins: [awesome-pages]\n",
            "docs/.pages": "order: desc\n",
            "docs/guide/.pages": "hide: true\n",
        },
        run,
        tmp_path,
    )
    found = _outline(yaml.safe_load((tmp_path / "_toctree.yml").read_text()))
    assert [each[1] for each in found if each[1]] == ["b", "a", "index"]
    assert "guide/ is hidden: write `hidden: true` in the front matter of its pages" in said


def test_drafts_are_no_pages(run: Run, tmp_path: Path) -> None:
    config = "site_name: My Lib\ndraft_docs: |\n  /a.md\nnot_in_nav: b.md\n"
    assert "not taken over" not in taken(PAGES | {"mkdocs.yml": config}, run, tmp_path)
    assert not (tmp_path / "build/a").exists()
    assert (tmp_path / "build/b/index.html").is_file()


def test_redirects_to_what_is_not_there_are_named_and_not_written(run: Run, tmp_path: Path) -> None:
    moved = "{old.md: a.md#part, older.md: gone.md, b.md: a.md, out.md: 'https://ex.org/'}"
    config = f"site_name: My Lib\nplugins:\n  - redirects:\n      redirect_maps: {moved}\n"
    said = taken(PAGES | {"mkdocs.yml": config}, run, tmp_path)
    assert "not taken over: redirect: 'older.md' leads to 'gone.md', which is no page" in said
    assert "not taken over: redirect: 'b.md' is a page: its redirect is left out" in said
    kept = yaml.safe_load((tmp_path / "_redirects.yml").read_text())
    assert kept == {"old.md": "a.md#part", "out.md": "https://ex.org/"}


def test_a_project_of_zensical_is_taken_over_as_one_of_mkdocs(run: Run, tmp_path: Path) -> None:
    nav = 'nav = [{"Home" = "index.md"}, {"Guide" = ["guide/z.md", {"Y" = "guide/y.md"}]}]'
    text = f'[project]\nsite_name = "My Lib"\n{nav}\n[project.theme]\nlanguage = "de"\n'
    social = '[[project.extra.social]]\nname = "Chat"\nlink = "https://chat.org"\n'
    taken({"zensical.toml": text + social} | PAGES, run, tmp_path)
    config = load_config(environ={}, cwd=tmp_path)
    assert (config.title, config.language) == ("My Lib", "de")
    assert config.theme.links == {"Chat": "https://chat.org"}
    titles = [entry["title"] for entry in yaml.safe_load((tmp_path / "_toctree.yml").read_text())]
    assert titles[:2] == ["Home", "Guide"]


def test_values_of_toml_are_texts_as_those_of_yaml_are(tmp_path: Path) -> None:
    toml, yml = tmp_path / "zensical.toml", tmp_path / "mkdocs.yml"
    toml.write_text("languages = [{default = true, since = 1979-05-27}]\nmost = [1, 1.5]\n")
    yml.write_text("languages: [{default: true, since: 1979-05-27}]\nmost: [1, 1.5]\n")
    assert read_table(toml) == read_table(yml)


def test_a_link_that_has_an_icon_alone_is_called_by_its_host(run: Run, tmp_path: Path) -> None:
    addresses = ("host.org/me/lib/", "host.org/me", "www.host.org/you", "chat.org/room")
    social = "".join(f"    - {{icon: a/b, link: 'https://{each}'}}\n" for each in addresses)
    text = f"site_name: T\nrepo_url: https://host.org/me/lib\nextra:\n  social:\n{social}"
    taken({"mkdocs.yml": text} | PAGES, run, tmp_path)
    assert load_config(environ={}, cwd=tmp_path).theme.links == {
        "Code": "https://host.org/me/lib",
        "host.org/me": "https://host.org/me",
        "host.org/you": "https://www.host.org/you",
        "chat.org": "https://chat.org/room",
    }

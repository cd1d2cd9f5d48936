"""VitePress: configurations of several modules and languages, none of which is run."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml

from sitegen.cli.start.generators.programs import settings_of
from sitegen.config.file import load_config
from tests.cli.start.generators.test_more_generators import taken

Run = Callable[..., tuple[int, str, str]]

PAGES = {
    f"docs/{folder}{name}.md": f"# {folder}{name}"
    for folder in ("", "pt/", "zh/")
    for name in ("index", "guide/a", "guide/b")
}
TOGETHER = {
    "docs/.vitepress/config.ts": """
export default withPlugin(defineConfig({
  title: 'My Lib',
  head: [['script', {}, `x = ${made()}`]],
  locales: {
    root: { label: 'English', lang: 'en-US', themeConfig: {
      nav: nav(),
      sidebar: { '/guide/': { base: '/guide/', items: [{ text: 'Start', items: guide }] } },
      editLink: { pattern: 'https://ex.org/edit/:path', text: 'Edit' },
    } },
    pt: { label: 'Português', lang: 'pt-BR', themeConfig: { sidebar: inPortuguese() } },
    zh: { label: '中文', themeConfig: { sidebar: read('zh') } },
  },
}))
const guide: DefaultTheme.SidebarItem[] = [{ text: 'A', link: 'a' }, { text: 'B', link: '/b#x' }]
function inPortuguese(): DefaultTheme.SidebarItem[] {
  return [
    { text: 'Começo', items: [{ text: 'Á', link: '/pt/guide/a' }] } // one of two
  ]
}
""",
    **PAGES,
}
APART = {
    "docs/.vitepress/config/index.ts": """
import { defineConfig } from 'vitepress'
import { shared } from './shared'
import en from './en'
import { pt as portuguese } from "./pt"
export default defineConfig({ ...shared, locales: {
  root: { label: 'English', ...en }, pt: { label: 'Português', ...portuguese }, zh: {...gone} } })
""",
    "docs/.vitepress/config/shared.ts": "export const shared = defineConfig({ title: 'My Lib' })\n",
    "docs/.vitepress/config/en.ts": """
const en = { lang: 'en-US', themeConfig: { sidebar: sidebar(),
  editLink: { pattern: 'https://ex.org/edit/:path' } } }
function sidebar() { return { '/guide/': { base: '/guide/', items: [
  { text: 'Start', items: [{ text: 'A', link: 'a' }, ...more] } ] } } }
const more = [{ text: 'B', link: 'b' }] as const
export default en
""",
    "docs/.vitepress/config/pt.ts": """
export const pt = defineConfig({ lang: 'pt-BR', themeConfig: { sidebar: sidebar() } })
function sidebar() { return [{ text: 'Começo', items: [{ text: 'Á', link: '/pt/guide/a' }] }] }
""",
    **PAGES,
}


@pytest.mark.parametrize("project", [TOGETHER, APART], ids=["together", "apart"])
def test_each_language_has_its_navigation(
    project: Mapping[str, str], run: Run, tmp_path: Path
) -> None:
    said = taken(project, run, tmp_path)
    found: list[dict[str, Any]] = yaml.safe_load((tmp_path / "_toctree.yml").read_text())
    homes = [each["local"] for each in found if "sections" not in each]
    assert homes == ["index", "pt/index", "zh/index"]
    assert {each["title"]: each["sections"] for each in found if "sections" in each} == {
        "Start": [{"local": "guide/a", "title": "A"}, {"local": "guide/b", "title": "B"}],
        "Começo": [{"local": "pt/guide/a", "title": "Á"}],
    }
    assert "not taken over: sidebar of zh: a program makes it; its pages stand by folders" in said
    assert "sidebar of pt" not in said
    config = load_config(environ={}, cwd=tmp_path)
    assert (config.title, config.language) == ("My Lib", "en-US")
    assert config.theme.edit_url == "https://ex.org/edit/{source}"


def test_the_folder_of_pages_and_what_is_left_out_are_as_it_says(run: Run, tmp_path: Path) -> None:
    config = "export default {title: 'My Lib', srcDir: './src', srcExclude: ['**/drafts/*.md']}"
    pages = {"docs/src/index.md": "# Home", "docs/src/drafts/a.md": "# A"}
    taken(
        {"docs/.vitepress/config.mts": config, "docs/README.md": "# No page", **pages},
        run,
        tmp_path,
    )
    assert (tmp_path / "build/index.html").is_file()
    assert not (tmp_path / "build/drafts").exists()
    assert not (tmp_path / "build/README").exists()


@pytest.mark.parametrize(
    ("program", "value"),
    [
        ("export default {a: b, c: 1}\nconst b = {c: b}", {"c": 1}),
        ("export default {a: x.y, b: 'q' + z, c: f(1), d() { return {e: 1} }, e: -1}", {"e": -1}),
        ("const a = (): X => { return ['y'] }\nexport default {b: [...a(), 1]}", {"b": ["y", 1]}),
        ("module.exports = {a: require('./beside'), b: require('fs')}", {"a": "there"}),
        ("export default {a: require('../above')}", {}),
        ("export default {a: [`${x}`, 'b', /*, */ 'c']", None),
        ("export default [[[[", None),
        ("", None),
    ],
)  # fmt: skip
def test_of_a_program_what_stands_there_is_read(program: str, value: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "above.js").write_text("module.exports = 'not ours'")
    (tmp_path / "in/beside.js").write_text("module.exports = 'there'")
    (tmp_path / "in/x.js").write_text(program)
    found = settings_of(tmp_path / "in/x.js", tmp_path / "in")
    assert _without_unread(found) == value


def test_names_that_stand_for_each_other_many_times_are_soon_given_up(tmp_path: Path) -> None:
    lines = [f"const a{n} = [a{n + 1}, a{n + 1}]" for n in range(40)]
    (tmp_path / "x.js").write_text("\n".join((*lines, "export default {a: a0, b: 1}")))
    assert isinstance(found := settings_of(tmp_path / "x.js", tmp_path), dict)
    assert "b" in found
    for deep in ("(" * 5_000, "[" * 5_000, "{a: " * 5_000, "f({" * 5_000):
        (tmp_path / "x.js").write_text(f"export default {deep}")
        assert not settings_of(tmp_path / "x.js", tmp_path)


def _without_unread(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    found = {key: _without_unread(each) for key, each in value.items()}
    return {key: each for key, each in found.items() if each is not None and each != {}}

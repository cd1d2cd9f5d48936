"""What stands in modules beside a configuration, and redirects of each generator's form."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import yaml

from tests.cli.start.generators.test_more_generators import taken

Run = Callable[..., tuple[int, str, str]]

OLD = {
    f"versioned_docs/version-{version}/{name}.md": f"# {name}\n\n## Part\n"
    for version in ("2.0", "1.0")
    for name in ("intro", "01-guide")
}
VERSIONS = {
    "docusaurus.config.ts": """
const url = 'https://ex.org';
export default {
  title: 'My Lib', url, baseUrl: '/lib/',
  presets: [['classic', {docs: {sidebarPath: './nav/main.ts', lastVersion: '2.0'}}]],
  plugins: [['@docusaurus/plugin-client-redirects', {redirects: [
    {from: '/docs/old', to: '/docs/guide#part'},
    {from: '/docs/legacy', to: '/docs/1.0/guide#part'},
    {from: '/docs/nightly', to: '/docs/next/intro'},
    {from: '/help', to: '/support'},
  ]}]],
};
""",
    "nav/main.ts": "import {one as first} from './one';\nexport default {a: [first, 'guide']};\n",
    "nav/one.ts": "export const one = {type: 'doc', id: 'intro', label: 'First'};\n",
    "versions.json": '["2.0", "1.0"]',
    "docs/intro.md": "# Intro",
    "docs/guide.md": "# Guide",
    **OLD,
}


def test_redirects_into_another_version_lead_to_where_that_will_be(
    run: Run, tmp_path: Path
) -> None:
    said = taken(VERSIONS, run, tmp_path)
    assert yaml.safe_load((tmp_path / "_redirects.2.0.yml").read_text()) == {
        "guide": "01-guide",
        "old": "01-guide#part",
        "legacy": "https://ex.org/lib/1.0/01-guide/#part",
        "nightly": "https://ex.org/lib/next/intro/",
    }
    assert (tmp_path / "build/1.0/01-guide/index.html").is_file()
    assert (tmp_path / "build/next/intro/index.html").is_file()
    assert "not taken over: redirect: 'help' leads to 'support', which is no page" in said
    assert yaml.safe_load((tmp_path / "_toctree.next.yml").read_text()) == [
        {"local": "intro", "title": "First"},
        {"local": "guide", "title": "Guide"},
    ]


def test_without_an_address_redirects_into_another_version_are_named(
    run: Run, tmp_path: Path
) -> None:
    config = VERSIONS["docusaurus.config.ts"].replace("url, ", "")
    said = taken(VERSIONS | {"docusaurus.config.ts": config}, run, tmp_path)
    assert "redirect: 'nightly' leads to 'next/intro', which is no page" in said


def test_sidebars_in_json_are_taken_over(run: Run, tmp_path: Path) -> None:
    project = {
        "docusaurus.config.js": "module.exports = {title: 'My Lib'}",
        "sidebars.json": '{"docs": {"Start": ["b", "a"]}}',
        "docs/a.md": "# A",
        "docs/b.md": "# B",
    }
    assert "not taken over" not in taken(project, run, tmp_path)
    found = yaml.safe_load((tmp_path / "_toctree.yml").read_text())
    assert [each["local"] for each in found[0]["sections"]] == ["b", "a"]


def test_starlight_keeps_its_sidebar_in_a_module_and_redirects_in_tables(
    run: Run, tmp_path: Path
) -> None:
    project = {
        "astro.config.mjs": """
import { sidebar } from './src/sidebar.mjs';
export default defineConfig({
  redirects: { '/old': '/a/#part', '/gone': { status: 301, destination: '/b/' } },
  integrations: [starlight({ title: 'My Lib', sidebar })],
});
""",
        "src/sidebar.mjs": "export const sidebar = [{ label: 'Start', items: ['b', 'a'] }];",
        "src/content/docs/a.md": "# A\n\n## Part\n",
        "src/content/docs/b.md": "# B",
    }
    assert "not taken over" not in taken(project, run, tmp_path)
    assert yaml.safe_load((tmp_path / "_redirects.yml").read_text()) == {
        "old": "a#part",
        "gone": "b",
    }
    found = yaml.safe_load((tmp_path / "_toctree.yml").read_text())
    assert [each["local"] for each in found[0]["sections"]] == ["b", "a"]


def test_moves_of_sphinx_count_from_where_its_extensions_count(run: Run, tmp_path: Path) -> None:
    project = {
        "docs/conf.py": "project = 'My Lib'\n"
        "extensions = ['sphinxext.rediraffe', 'sphinx_reredirects']\n"
        "rediraffe_redirects = {'deep/old.md': 'deep/new.md'}\n"
        "redirects = {'deep/older': 'new.html#part', 'deep/out': 'https://ex.org/'}\n",
        "docs/index.md": "# Home",
        "docs/deep/new.md": "# New\n\n## Part\n",
    }
    assert "not taken over" not in taken(project, run, tmp_path)
    assert yaml.safe_load((tmp_path / "_redirects.yml").read_text()) == {
        "deep/old.md": "deep/new",
        "deep/older": "deep/new#part",
        "deep/out": "https://ex.org/",
    }

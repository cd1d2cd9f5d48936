"""References through the whole pipeline: pages, inventories and docstrings meet in one build."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.model.inventory import read_inventory, write_inventory


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "api.md").write_text("# API\n\n[[autodoc]] lib.X\n    - go\n")
    (tmp_path / "pages" / "index.md").write_text(
        "# Start\n\n[`X`], [`~lib.X.go`], [`accelerate.A`], [`Unknown`]\n"
    )
    other = write_inventory("Other", [("accelerate.A", "py:class", "a.html#accelerate.A", "")])
    (tmp_path / "other.inv").write_bytes(other)
    (tmp_path / "sitegen.toml").write_text(
        'input = ["pages"]\njobs = 1\n[inventories]\n"https://x.example/o/" = "other.inv"\n'
    )
    return tmp_path


def test_an_object_of_mkdocstrings_is_a_card_that_names_lead_to(project: Path) -> None:
    (project / "lib.py").write_text('class X:\n    """A pump."""\n    def go(self): "Go."\n')
    text = '??? note "API"\n    ::: lib.X\n        options:\n            members: [go]\n\nText.\n'
    (project / "pages" / "api.md").write_text(f"# API\n\n{text}")
    with (project / "sitegen.toml").open("a") as file:
        file.write('[api]\npackages = ["lib"]\nsearch_paths = ["."]\n')
    result = build(load_config(project / "sitegen.toml", environ={}, cwd=project))
    assert not [each for each in result.diagnostics if each.code == "dialect"]
    html = (project / "build" / "api" / "index.html").read_text()
    for shown in ('id="lib.X"', 'id="lib.X.go"', "A pump."):
        assert shown in html
    assert "options" not in html.partition("<article")[2].partition("</article>")[0]
    assert 'href="api/#lib.X.go"' in (project / "build" / "index.html").read_text()


def test_a_build_links_names_and_writes_an_inventory(project: Path) -> None:
    result = build(load_config(project / "sitegen.toml", environ={}, cwd=project))
    page = (project / "build" / "index.html").read_text()
    assert 'href="api/#lib.X"><code>X</code>' in page
    assert 'href="api/#lib.X.go"><code>go()</code>' in page
    assert 'href="https://x.example/o/a.html#accelerate.A"' in page
    unresolved = [d for d in result.diagnostics if d.code == "reference-unresolved"]
    assert [d.message for d in unresolved] == ["no page documents 'Unknown'"]
    objects = read_inventory(project / "build" / "objects.inv", "https://y.example/")
    assert {o.name: o.url for o in objects} == {
        "lib.X": "https://y.example/api/#lib.X",
        "lib.X.go": "https://y.example/api/#lib.X.go",
    }


def test_pages_are_called_by_their_titles_beside_inventories_of_other_sites(project: Path) -> None:
    (project / "pages" / "other.md").write_text("# Other\n\n[](api.md), [[API]]\n")
    build(load_config(project / "sitegen.toml", environ={}, cwd=project))
    page = (project / "build" / "other" / "index.html").read_text()
    assert page.partition("<article")[2].count('href="../api/">API</a>') == 2


def test_references_of_mkdocstrings_lead_where_names_do_and_keep_their_words(project: Path) -> None:
    (project / "pages" / "index.md").write_text(
        "# Start\n\n[the *one*][lib.X], [`go`][lib.X.go], [lib.X][], [away][accelerate.A],\n"
        "{py:class}`lib.X`, {meth}`to go <lib.X.go>`, "
        "[no one][lib.None], a[i][lib.X], [file][README.md], [own][lib.Own], "
        "[i][lib.X], [12][lib.X], ![it][lib.X], [^1][lib.X]\n\n[^1]: note\n\n[lib.Own]: api.md\n"
    )
    result = build(load_config(project / "sitegen.toml", environ={}, cwd=project))
    page = (project / "build" / "index.html").read_text()
    for shown in (
        'href="api/#lib.X">the <em>one</em></a>',
        'href="api/#lib.X.go"><code>go</code></a>',
        'href="api/#lib.X">lib.X</a>',
        'href="api/#lib.X"><code>lib.X</code></a>',
        'href="api/#lib.X.go"><code>to go</code></a>',
        'href="https://x.example/o/a.html#accelerate.A"',
        '[no one][lib.None], a[i][lib.X], [file][README.md], <a href="api/">own</a>, '
        "[i][lib.X], [12][lib.X], ![it][lib.X]",
    ):
        assert shown in page
    twin = (project / "build" / "index.md").read_text()
    assert "[the *one*](api.md#lib.X), [`go`](api.md#lib.X.go), [lib.X](api.md#lib.X)" in twin
    codes = [each.code for each in result.diagnostics if each.location.file]
    assert codes.count("markup-shown") == 1  # what nothing defines is named once a page


def test_docstrings_of_an_installed_package_reach_the_page(project: Path) -> None:
    pytest.importorskip("griffe", reason="the optional extra `api` is not installed")
    (project / "src" / "lib").mkdir(parents=True)
    (project / "src" / "lib" / "__init__.py").write_text(
        'class X:\n    """An *X*."""\n\n    def go(self, far=1):\n        """Go."""\n'
    )
    with (project / "sitegen.toml").open("a") as file:
        file.write('[api]\npackages = "lib"\nsearch_paths = "src"\n')
    build(load_config(project / "sitegen.toml", environ={}, cwd=project))
    page = (project / "build" / "api" / "index.html").read_text()
    assert "<p>An <em>X</em>.</p>" in page
    assert '<b>go</b>(<span class="sg-api-arg">far</span>' in page


def test_an_inventory_that_is_not_there_stops_the_build(project: Path) -> None:
    (project / "other.inv").unlink()
    with pytest.raises(ConfigError, match=r"other\.inv"):
        build(load_config(project / "sitegen.toml", environ={}, cwd=project))

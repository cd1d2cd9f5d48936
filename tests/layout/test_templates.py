"""Templates of a project in the place of ours, and what is pasted into them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import jinja2
import pytest

from sitegen.config import Config, ThemeConfig
from sitegen.data import data_folder
from sitegen.errors import ConfigError, TemplateError
from sitegen.layout.assets import load_assets
from sitegen.model import Heading, NavItem, OutputFile, PageLink
from tests.layout.sites import body, laid_out, lay_out, page, rendered, site, tree

HOSTILE = """"><script>alert(1)</script>{{ 7*7 }}'&<root>"""


def test_hostile_titles_and_sources_stay_text() -> None:
    crumbs = (PageLink(HOSTILE, None),)
    hostile = page("x/", HOSTILE, breadcrumbs=crumbs, next=PageLink(HOSTILE, "y/"))
    navigation = (NavItem(HOSTILE, None, (NavItem(HOSTILE, "x/"),)), NavItem(HOSTILE, "y/"))
    a_site = site(hostile, page("y/"), navigation=navigation, title=HOSTILE)
    outline = Heading(2, 'q"><script>', HOSTILE)
    for path, html in laid_out(
        a_site, body("<h1>x</h1>", outline), base_url="https://x.test"
    ).items():
        parsed = tree(html)
        assert all(s.get("src") or s.get("type") for s in parsed.iter("script")), path
        assert "{{ 7*7 }}" in html
        assert "<root>" not in html
        assert HOSTILE in "".join(parsed.find(".//title").itertext())


def test_one_block_can_be_overridden_and_the_rest_stays_ours(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(
        '{% extends "sitegen/page.html" %}{% block footer %}<footer>{{ site.title }}!</footer>'
        "{% endblock %}"
    )
    html = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))["a/index.html"]
    assert "<footer>Docs!</footer>" in html
    assert 'id="sg-sidebar"' in html


def test_an_overridden_base_reaches_our_pages(tmp_path: Path) -> None:
    (tmp_path / "base.html").write_text(
        '{% extends "sitegen/base.html" %}{% block search %}<b>slot</b>{% endblock %}'
    )
    files = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
    assert all("<b>slot</b>" in html for html in files.values())


@pytest.mark.parametrize(
    ("template", "line", "message"),
    [
        ("{% extends 'sitegen/page.html' %}\n{% block toc %}\n{{ tok }}{% endblock %}", 3, "'tok'"),
        ("one\n{% if %}", 2, "Expected an expression"),
        ("one\n{{ 1 / 0 }}", 2, "division by zero"),
        ("{{ ''.__class__.__mro__ }}", 1, "unsafe"),
    ],
    ids=["undefined name", "syntax", "arithmetic", "sandbox"],
)
def test_a_faulty_template_is_named_with_its_line(
    tmp_path: Path, template: str, line: int, message: str
) -> None:
    (tmp_path / "page.html").write_text(template)
    with pytest.raises(TemplateError, match=message) as caught:
        laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
    assert (caught.value.location.file, caught.value.location.line) == ("page.html", line)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "{% extends '!page.html' %}",
            "no template '!page.html' - did you mean 'sitegen/page.html'?",
        ),
        ("{% extends 'theme/page.html' %}", "did you mean 'sitegen/page.html'?"),
        ("{% extends 'bse.html' %}", "did you mean 'base.html'?"),
        ("{{ pgae.title }}", "'pgae' is undefined - did you mean 'page'?"),
        ("{{ page.titel }}", "did you mean 'title'?"),
        ("{{ page.title | uper }}", "No filter named 'uper' - did you mean 'upper'?"),
    ],
)
def test_a_name_that_a_template_misspells_is_told_right(
    tmp_path: Path, text: str, said: str
) -> None:
    (tmp_path / "page.html").write_text(text)
    with pytest.raises(TemplateError) as caught:
        laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
    assert said in str(caught.value)
    assert "page.html" in str(caught.value)


def test_a_template_that_links_out_of_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    theme = tmp_path / "theme"
    theme.mkdir()
    (theme / "page.html").symlink_to(tmp_path / "secret")
    with pytest.raises(TemplateError, match="leads out of its folder"):
        laid_out(site(page("a/")), theme=ThemeConfig(templates=theme))


def test_a_template_is_compiled_again_only_when_its_text_is_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    compiled: list[str] = []
    compile = jinja2.Environment._compile

    def count(self: jinja2.Environment, source: str, filename: str) -> Any:
        compiled.append(filename)
        return compile(self, source, filename)

    monkeypatch.setattr(jinja2.Environment, "_compile", count)
    laid_out(site(page("a/")))
    for text, wanted in [("one", ["page.html"]), ("one", []), ("two", ["page.html"])]:
        (tmp_path / "page.html").write_text(f"{{# {tmp_path} #}}{text}")
        compiled.clear()
        files = laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path))
        assert files["a/index.html"] == text
        assert compiled == wanted
    assert 'id="sg-sidebar"' in laid_out(site(page("a/")))["a/index.html"]


def test_a_missing_template_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no folder"):
        laid_out(site(page("a/")), theme=ThemeConfig(templates=tmp_path / "absent"))


def test_extra_files_of_the_project_are_linked(tmp_path: Path) -> None:
    for name in ("extra.css", "extra.js", "logo.svg"):
        (tmp_path / name).write_text("x")
    assets = load_assets(tmp_path)
    a_site = site(page("a/"))
    pages = [rendered(a_site.pages[0], body())]
    file: OutputFile = next(lay_out(a_site, pages, Config(), assets=assets.urls))
    html = file.data.decode()
    for name in ("extra.css", "extra.js", "logo.svg"):
        assert f'"../{assets.url(name)}"' in html
    assert html.index(assets.url("site.css")) < html.index(assets.url("extra.css"))


def test_a_body_is_pasted_as_it_is() -> None:
    html = '<h1>x</h1><p style="color:red">{{ a }} {% b %}</p>'
    assert html in laid_out(site(page("a/")), body(html))["a/index.html"]


def test_no_value_of_a_template_brings_marks_of_its_own() -> None:
    """A string with quotes in an expression is escaped: attributes stand in `if` blocks."""
    for path in data_folder("templates").rglob("*.html"):
        for expression in re.findall(r"\{\{(.*?)\}\}", path.read_text(encoding="utf-8"), re.DOTALL):
            assert not re.search(r"""=["']|<""", expression), path.name

"""Phrases: what the interface says, in the language of each page."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import phrases
from sitegen.config.phrases import IN_BODIES, IN_SCRIPTS, IN_TEMPLATES, PHRASES, chosen
from sitegen.data import data_folder
from sitegen.errors import ConfigError

DOCS = Path(__file__).parents[2] / "docs"
SHIPPED = sorted((Path(phrases.__file__).parent / "strings").glob("*.json"))
GERMAN = """
[theme.strings.de]
"On this page" = "Auf <dieser> Seite"
"All pages" = "Alle Seiten & mehr"
"Open in {}" = "In {} öffnen"
"Wrap lines" = "Zeilen umbrechen"
"Link to “{}” copied" = "Verweis auf „{}“ kopiert"
"""


def _asked(folder: str, pattern: str) -> set[str]:
    files = sorted(path for path in data_folder(folder).rglob("*") if path.is_file())
    return {
        phrase for path in files for phrase in re.findall(pattern, path.read_text(encoding="utf-8"))
    }


def test_templates_ask_for_phrases_that_exist_and_for_all_of_them() -> None:
    elsewhere = {"Find a chunk", "Moved", "Page not found", "Show {} above", "Show {} below"}
    asked = _asked("templates", r'say\["([^"]+)"\]')
    assert asked <= set(IN_TEMPLATES)
    assert set(IN_TEMPLATES) - asked == elsewhere


def test_scripts_ask_for_phrases_that_exist_and_for_all_of_them() -> None:
    assert _asked("static", r'say\("([^"]+)"') <= set(IN_SCRIPTS)
    text = "".join(p.read_text("utf-8") for p in data_folder("static").rglob("*.js") if p.is_file())
    themes = {"Theme: system", "Theme: light", "Theme: dark"}  # made of the theme's name
    assert {phrase for phrase in IN_SCRIPTS if f'"{phrase}"' not in text} == themes


def test_the_documentation_lists_every_phrase() -> None:
    text = (DOCS / "theming.md").read_text(encoding="utf-8")
    lists = {"In pages": IN_TEMPLATES, "In texts": IN_BODIES, "In scripts": IN_SCRIPTS}
    for title, asked in lists.items():
        listed = text.partition(f'```text title="{title}"\n')[2].partition("\n```")[0]
        assert listed.split("\n") == list(asked)


def test_each_page_speaks_its_language_where_strings_are_given(
    project: Callable[..., Any], tmp_path: Path
) -> None:
    pages = {"de/a.md": "# A\n\n## B\n", "en/a.md": "# A\n\n## B\n", "da/a.md": "# A\n\n## B\n"}
    (tmp_path / "sitegen.toml").write_text(GERMAN, encoding="utf-8")
    built = project(pages)
    german, english, danish = (built.read(f"{tag}/a/index.html") for tag in ("de", "en", "da"))
    assert "Auf &lt;dieser&gt; Seite</p>" in german
    assert 'aria-label="Auf &lt;dieser&gt; Seite"' in german
    assert ">Alle Seiten &amp; mehr</a>" in german
    assert ">Seite kopieren<" in german  # as it is shipped
    (script,) = (built.folder / "assets").glob("strings.de.*.js")
    assert f'<script src="../../assets/{script.name}" defer>' in german
    said = script.read_text(encoding="utf-8").partition(" = ")[2].rstrip(";\n")
    assert json.loads(said)["Wrap lines"] == "Zeilen umbrechen"
    assert set(json.loads(said)) == set(IN_SCRIPTS)
    assert english.count("On this page") == danish.count("On this page") == 2
    assert "strings." not in english + danish


ALL = Path(__file__).parents[1] / "browser" / "every_component.md"
MORE = """
<Note>a</Note>

!!! hint

    b

:::{versionadded} 2.0
c
:::

- [x] d
- [ ] e

<Youtube id="abcdefgh"/> <img src="f.png">

<include>g.md</include>

[[autodoc]] h.I
    - all
"""


@pytest.mark.parametrize("tag", ["ar", "de", "fr", "hi", "ja", "ko", "zh"])
def test_components_speak_the_language_of_their_page(project: Callable[..., Any], tag: str) -> None:
    text = ALL.read_text(encoding="utf-8") + MORE
    folder = project({f"{tag}/a.md": text, "en/a.md": text, "f.png": ""})
    english, other = (folder.read(f"{each}/a/index.html") for each in ("en", tag))
    said = json.loads((SHIPPED[0].parent / f"{tag}.json").read_text(encoding="utf-8"))
    shown = {each: re.compile(rf'(?<=[>"]){re.escape(each)}(?=[<":])') for each in IN_BODIES}
    heads = {"Details", "Model"}  # as the author calls a heading and a column
    here = [each for each in shown if shown[each].search(english) and said[each] != each]
    assert len(here) > 12
    assert {each for each in here if shown[each].search(other)} <= heads
    assert f'title">{said["Added in {}"].replace("{}", "2.3.0")}<' in other
    assert f'title">{said["Added in {}"].replace("{}", "2.0")}<' in other


def test_the_markdown_of_a_page_has_the_titles_of_its_callouts_in_its_language(
    project: Callable[..., Any],
) -> None:
    text = "# A\n\n!!! danger\n    a\n\n<Info>b</Info>\n\n<Note>c</Note>\n\n!!! seealso\n    d\n"
    built = project({"de/a.md": text, "en/a.md": text})
    titles = [re.findall(r"\*\*(.*)\*\*", built.read(f"{tag}/a.md")) for tag in ("de", "en")]
    assert titles == [["Gefahr", "Info", "Siehe auch"], ["Danger", "Info", "See also"]]


def test_a_page_without_a_language_speaks_that_of_its_site_in_a_projects_own_words(
    project: Callable[..., Any], tmp_path: Path
) -> None:
    toml = 'language = "de"\n[theme.strings.de]\nTip = "Kniff & Co"\n'
    (tmp_path / "sitegen.toml").write_text(toml)
    html = project({"a.md": "# A\n\n<Tip>\n\nx\n\n</Tip>\n\n> [!NOTE]\n> y\n"}).read("a/index.html")
    assert 'aria-label="Kniff &amp; Co"' in html
    assert ">Hinweis</p>" in html


def test_the_script_of_a_text_tells_what_its_components_speak(project: Callable[..., Any]) -> None:
    html = project({"a.md": "# やかん\n\n水を沸かす道具です。\n\n> [!TIP]\n> 注意して。\n"}).read(
        "a/index.html"
    )
    assert '<html lang="ja"' in html
    assert ">ヒント</p>" in html


def test_the_sites_own_pages_speak_the_sites_language(
    project: Callable[..., Any], tmp_path: Path
) -> None:
    (tmp_path / "sitegen.toml").write_text(f'language = "de"\n{GERMAN}', encoding="utf-8")
    built = project({"a.md": "# A"})
    html = built.read("site-index/index.html")
    assert "<h1>Alle Seiten &amp; mehr</h1>" in html
    assert "<title>Alle Seiten &amp; mehr - " in html


def test_a_string_is_no_template(project: Callable[..., Any], tmp_path: Path) -> None:
    strings = '[theme.strings.en]\n"All pages" = "{{ 7 * 7 }} {% if %} {#"\n'
    (tmp_path / "sitegen.toml").write_text(strings)
    html = project({"a.md": "# A"}).read("a/index.html")
    assert html.count(">{{ 7 * 7 }} {% if %} {#</a>") == 2


def test_a_region_goes_before_its_language() -> None:
    strings = {"zh": {}, "zh-CN": {}, "pt": {}}
    wanted = {"zh-CN": "zh-CN", "zh-TW": "zh", "pt_BR": "pt", "pt": "pt", "de": ""}
    assert {tag: chosen(strings, tag) for tag in wanted} == wanted


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('de = {"On this paeg" = "x"}', "did you mean 'On this page'"),
        ('de = {"{} pages" = "Seiten"}', "as often as"),
        ('german = {"Menu" = "x"}', "theme.strings.german: no language"),
        ('"../x" = {"Menu" = "x"}', "no language"),
        ('"On this page" = "x"', "a table of tables"),
        ("de = {Menu = 1}", "a table of tables"),
    ],
)
def test_strings_that_nothing_says_are_errors(
    project: Callable[..., Any], tmp_path: Path, toml: str, says: str
) -> None:
    (tmp_path / "sitegen.toml").write_text(f"[theme.strings]\n{toml}\n")
    with pytest.raises(ConfigError, match=re.escape(says)):
        project({"a.md": "# A"})


def test_no_phrase_stands_twice() -> None:
    assert len(set(IN_TEMPLATES)) == len(IN_TEMPLATES)
    assert len(set(IN_SCRIPTS)) == len(IN_SCRIPTS)
    assert len(set(IN_BODIES)) == len(IN_BODIES)
    assert set(PHRASES) == {*IN_TEMPLATES, *IN_SCRIPTS, *IN_BODIES}


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_a_language_that_is_shipped_has_every_phrase_and_every_place(file: Path) -> None:
    said = json.loads(file.read_text(encoding="utf-8"))
    assert list(said) == list(PHRASES)
    assert all(said.values())
    assert not list(phrases.wrong_phrases({file.stem: said}))


def test_the_languages_that_the_documentation_names_are_shipped() -> None:
    tags = ["ar", "de", "es", "fr", "hi", "it", "ja", "ko", "pt", "ru", "tr", "vi", "zh"]
    assert [file.stem for file in SHIPPED] == tags
    text = (DOCS / "theming.md").read_text(encoding="utf-8")
    assert all(f"`{tag}`" in text for tag in tags)


def test_pages_speak_a_language_that_is_shipped(project: Callable[..., Any]) -> None:
    built = project({"ko/a.md": "# A", "en/a.md": "# A"})
    korean, english = (built.read(f"{tag}/a/index.html") for tag in ("ko", "en"))
    assert ">모든 페이지</a>" in korean
    (script,) = (built.folder / "assets").glob("strings.*.js")
    assert script.name in korean
    assert script.name not in english


def test_what_a_project_says_goes_before_what_is_shipped() -> None:
    strings = phrases.spoken({"de-CH": {"Menu": "M"}, "en": {"Menu": "N"}}, ("de", "fr-CA", "en"))
    assert strings["de-CH"]["Menu"] == "M"
    assert strings["de-CH"]["Search"] == strings["de"]["Search"] == "Suche"
    assert strings["en"] == {"Menu": "N"}
    assert set(strings) == {"de", "de-CH", "en", "fr"}

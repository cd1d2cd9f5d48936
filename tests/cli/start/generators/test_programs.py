"""Configurations that are programs, of hostile or odd forms: read in time, and as far as can be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from sitegen.cli.start.generators.programs import settings_of
from sitegen.cli.start.look import take
from sitegen.render.components.js_literal import Value

Run = Callable[..., tuple[int, str, str]]
MANY = 4_000
TITLE = "export default {title: 'T', "


def said(folder: Path, text: str, **modules: str | bytes) -> Value:
    """What a configuration exports, with modules beside it."""
    for name, inside in modules.items():
        data = inside if isinstance(inside, bytes) else inside.encode()
        (folder / name.replace("_", ".")).write_bytes(data)
    (folder / "config.ts").write_text(text, encoding="utf-8")
    return settings_of(folder / "config.ts", folder)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(
            "".join(f"const c{at} = {at};\n" for at in range(MANY))
            + TITLE
            + "".join(f"a{at}: c{at}, b{at}: d{at}, " for at in range(MANY))
            + "}",
            id="names",
        ),
        pytest.param(f"const b = [{'1, ' * MANY}];\n{TITLE}x: [{'b, ' * 1_000}]}}", id="copies"),
        pytest.param(
            "".join(f"const c{at} = [c{at + 1}, c{at + 1}];\n" for at in range(50))
            + f"{TITLE} x: c0}}",
            id="doubling",
        ),
        pytest.param(f"{TITLE} x: '{chr(92)}{(chr(39) + chr(92)) * 5 * MANY}", id="quotes"),
        pytest.param(f"{TITLE} x: f({'/* ' * 5 * MANY}", id="comments"),
        pytest.param(f"{'function f()' * 5 * MANY}\n{TITLE} x: f}}", id="functions"),
        pytest.param(f"import a{' ' * 5 * MANY}\n{TITLE} x: f}}", id="imports"),
        pytest.param(f"{TITLE} x: {'f(' * 5 * MANY}", id="calls"),
    ],
)
def test_reading_takes_as_long_as_the_text_is(tmp_path: Path, text: str) -> None:
    start = process_time()
    said(tmp_path, text)
    assert process_time() - start < 20  # seconds; each took minutes where it was not in proportion


@pytest.mark.parametrize(
    ("text", "module"),
    [
        ("import {a} from './other';\n" + TITLE + "a}", "import {a} from './config';"),
        ("import a from './other';\n" + TITLE + "a}", "import a from './other';\nexport default a"),
        ("const a = b, b = a;\n" + TITLE + "a, ...a}", ""),
        (TITLE + "a: [" + "..." * 2_000 + "a]}", ""),
    ],
)
def test_names_that_lead_round_in_a_circle_stand_for_nothing(
    tmp_path: Path, text: str, module: str
) -> None:
    found = said(tmp_path, text, other_ts=module)
    assert isinstance(found, dict)
    assert found["title"] == "T"
    assert found["a"] in (None, [None])


def test_a_pattern_ends_where_it_ends_whatever_quotes_and_brackets_it_holds(
    tmp_path: Path,
) -> None:
    text = f"{TITLE} a: /[(/'\"]\\/{{/, b: 'x'.replace(/'/g, \"\"), c: 6 / 2, d: [/`/, 1]}}"
    assert said(tmp_path, text) == {"title": "T", "a": None, "b": None, "c": None, "d": [None, 1]}


def test_keys_that_are_computed_stand_for_nothing(tmp_path: Path) -> None:
    text = "import {a} from './other';\n" + TITLE + "[a]: 'x', b: 1}"
    assert said(tmp_path, text, other_ts="export default {b: 2}") == {
        "title": "T",
        "": None,
        "b": 1,
    }


def test_what_is_imported_and_no_program_is_not_read(tmp_path: Path) -> None:
    text = "import logo from './logo.png';\n" + TITLE + "logo}"
    assert said(tmp_path, text, logo_png=b"\x89PNG\xff") == {"title": "T", "logo": None}


@pytest.mark.parametrize("name", ["astro.config.mjs", "docs/.vitepress/config.ts"])
def test_entries_that_a_program_makes_are_named(tmp_path: Path, name: str) -> None:
    file = tmp_path / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(
        "const s = {sidebar: [{text: 'A', items: [{link: '/a'}, ...more()]}]};\n"
        "export default {title: 'T', themeConfig: {...s}};\n"
    )
    assert "sidebar: a program makes some entries" in take(tmp_path, "").left


def test_an_order_that_leads_out_of_its_folder_is_named_and_not_followed(tmp_path: Path) -> None:
    pages = tmp_path / "docs/b"
    pages.mkdir(parents=True)
    (tmp_path / "docs/index.md").write_text("# Home")
    (pages / "one.md").write_text("# One")
    (pages / ".pages").write_text("nav: [one.md, .., ../../out.md]")
    (tmp_path / "mkdocs.yml").write_text("plugins: [awesome-pages]")
    taken = take(tmp_path, "")
    assert [each.local for top in taken.navigation for each in top.walk()] == ["index", "", "b/one"]
    assert taken.left == (
        "nav: b/.. leads out of its folder",
        "nav: b/../../out.md leads out of its folder",
    )


@pytest.mark.parametrize(
    "name", ["docusaurus.config.ts", "docs/.vitepress/config.mts", "astro.config.mjs"]
)
@pytest.mark.parametrize("text", ["export default await load();\n", "{{{ broken", ""])
def test_a_configuration_of_which_nothing_can_be_read_says_so(
    run: Run, tmp_path: Path, name: str, text: str
) -> None:
    (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / name).write_text(text)
    (tmp_path / "docs/intro.md").parent.mkdir(exist_ok=True)
    (tmp_path / "docs/intro.md").write_text("# A\n")
    code, _, err = run("init")
    assert code == 0
    assert f"{Path(name).name}: a program makes all of it" in err

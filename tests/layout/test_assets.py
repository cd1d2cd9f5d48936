"""Assets: names from content, rewritten references, the project's files over the theme's."""

from __future__ import annotations

import gzip
import re
from pathlib import Path

import pytest

from sitegen.data import data_folder
from sitegen.errors import ConfigError
from sitegen.layout.assets import JOINED, Assets, load_assets


def contents(assets: Assets) -> dict[str, bytes]:
    return {file.path: file.data for file in assets.files}


def test_an_assets_name_carries_a_fingerprint_of_its_content(tmp_path: Path) -> None:
    (tmp_path / "extra.css").write_text("a{}")
    before = load_assets(tmp_path).url("extra.css")
    (tmp_path / "extra.css").write_text("b{}")
    after = load_assets(tmp_path).url("extra.css")
    assert re.fullmatch(r"assets/extra\.[0-9a-f]{8}\.css", before)
    assert before != after


def test_the_same_files_give_the_same_assets() -> None:
    assert load_assets() == load_assets()


def test_references_in_a_stylesheet_follow_the_new_names(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "a.woff2").write_bytes(b"font")
    (tmp_path / "css").mkdir()
    (tmp_path / "css" / "part.css").write_text("p{background:url( '../fonts/a.woff2?v=1#x' )}")
    (tmp_path / "extra.css").write_text('@import "css/part.css"; i{src:url(https://x.test/a.png)}')
    assets = load_assets(tmp_path)
    part = contents(assets)[assets.url("css/part.css")].decode()
    extra = contents(assets)[assets.url("extra.css")].decode()
    font = assets.url("fonts/a.woff2").removeprefix("assets/")
    assert part == f"p{{background:url( '../{font}?v=1#x' )}}"
    assert assets.url("css/part.css").removeprefix("assets/") in extra
    assert "url(https://x.test/a.png)" in extra


def test_a_changed_image_renames_the_stylesheet_that_shows_it(tmp_path: Path) -> None:
    (tmp_path / "extra.css").write_text("p{background:url(a.png)}")
    (tmp_path / "a.png").write_bytes(b"1")
    before = load_assets(tmp_path).url("extra.css")
    (tmp_path / "a.png").write_bytes(b"2")
    assert load_assets(tmp_path).url("extra.css") != before


def test_stylesheets_that_import_each_other_are_refused(tmp_path: Path) -> None:
    (tmp_path / "a.css").write_text('@import "b.css";')
    (tmp_path / "b.css").write_text('@import "a.css";')
    with pytest.raises(ConfigError, match=r"circle: a\.css -> b\.css -> a\.css"):
        load_assets(tmp_path)


def test_a_projects_file_replaces_ours_of_the_same_name_alone(tmp_path: Path) -> None:
    (tmp_path / "favicon.svg").write_text("<svg/>")
    assets = load_assets(tmp_path)
    assert contents(assets)[assets.url("favicon.svg")] == b"<svg/>"
    assert assets.url("site.css") == load_assets().url("site.css")


def test_a_part_of_the_stylesheet_is_replaced_or_added_and_the_rest_stays_ours(
    tmp_path: Path,
) -> None:
    parts = tmp_path / "site.css"
    parts.mkdir()
    (parts / "32-code.css").write_text("/* our code */")
    (parts / "99-more.css").write_text("/* our more */")
    assets = load_assets(tmp_path)
    css = contents(assets)[assets.url("site.css")].decode()
    assert "/* our code */" in css
    assert css.endswith("/* our more */")
    assert ".sg-wrap::before" not in css
    assert ".sg-header" in css
    assert [name for name in assets.urls if name.startswith("site.css")] == ["site.css"]


def test_a_projects_own_script_stands_for_all_parts_of_ours(tmp_path: Path) -> None:
    (tmp_path / "site.js").write_text("go();")
    assets = load_assets(tmp_path)
    assert contents(assets)[assets.url("site.js")] == b"go();"


def test_a_link_out_of_the_folder_is_refused_and_one_inside_is_followed(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.mkdir()
    (secret / "key").write_text("key")
    static = tmp_path / "static"
    static.mkdir()
    (static / "a.txt").write_text("a")
    (static / "b.txt").symlink_to("a.txt")
    assert load_assets(static).url("b.txt")
    for name, target in (("file", secret / "key"), ("folder", secret), ("gone", "/nowhere/x")):
        (static / name).symlink_to(target)
        with pytest.raises(ConfigError, match="leads out of the static folder"):
            load_assets(static)
        (static / name).unlink()


def test_links_in_a_circle_are_no_files(tmp_path: Path) -> None:
    (tmp_path / "a.txt").symlink_to("b.txt")
    (tmp_path / "b.txt").symlink_to("a.txt")
    assert load_assets(tmp_path) == load_assets()


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("TOKEN=1")
    (tmp_path / ".git").mkdir()
    (tmp_path / ".git" / "config").write_text("x")
    assert load_assets(tmp_path) == load_assets()


def test_an_unknown_asset_is_named_with_the_nearest_known_one() -> None:
    with pytest.raises(ConfigError, match=r"did you mean 'site\.css'"):
        load_assets().url("sites.css")


def test_a_missing_static_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no folder"):
        load_assets(tmp_path / "absent")


@pytest.mark.parametrize(
    ("name", "limit", "packed"),
    [("theme.js", 400, False), ("site.js", 8_000, True), ("site.css", 12_000, True)],
)
def test_the_themes_files_stay_within_their_budgets(name: str, limit: int, packed: bool) -> None:
    assets = load_assets()
    data = contents(assets)[assets.url(name)]
    assert len(gzip.compress(data, mtime=0) if packed else data) <= limit


def _luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_and_code_colours_reach_aa_contrast(theme: int) -> None:
    assets = load_assets()
    css = contents(assets)[assets.url("site.css")].decode()
    tokens = {
        match[1]: match.group(2, 3)[theme]
        for match in re.finditer(r"--sg-([\w-]+): ?light-dark\((#\w{6}), ?(#\w{6})\)", css)
    }
    pairs = [(text, ground) for text in ("text", "text-muted", "accent", "text-strong")
             for ground in ("bg", "bg-soft", "bg-hover")]  # fmt: skip
    code = [name for name in tokens if name.startswith("code-")]
    grounds = {"code-added", "code-removed"}
    pairs += [
        (name, ground) for name in code if name not in grounds for ground in ("bg", "bg-soft")
    ]
    pairs += [("code-text", ground) for ground in sorted(grounds)]
    tones = ("note", "tip", "important", "warning", "caution", "accent")
    pairs += [(name, f"{tone}-soft") for tone in tones for name in (tone, "text")]
    pairs += [("accent-text", "accent"), ("text", "mark")]
    weak = {
        pair: round(_contrast(tokens[pair[0]], tokens[pair[1]]), 2)
        for pair in pairs
        if _contrast(tokens[pair[0]], tokens[pair[1]]) < 4.5
    }
    assert not weak
    assert _contrast(tokens["line-strong"], tokens["bg"]) >= 3


def test_comments_of_the_theme_are_not_sent_and_nothing_of_a_project_is_left_out(
    tmp_path: Path,
) -> None:
    (tmp_path / "site.js").mkdir()
    (tmp_path / "site.js" / "90-mine.js").write_text("// A licence\n  mine();\n")
    assets = load_assets(tmp_path)
    script = contents(assets)[assets.url("site.js")]
    assert b"// A licence\n  mine();\n" in script
    ours = script.partition(b"// A licence")[0].splitlines()
    assert not [line for line in ours if line.startswith((b"//", b" "))]
    for name in JOINED:
        for part in (data_folder("static") / name).iterdir():
            text = part.read_text()
            assert "\\\n" not in text, "a string over lines would lose its indentation"
            assert all(line.count("`") % 2 == 0 for line in text.splitlines()), part

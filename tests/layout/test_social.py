"""Pictures for links: drawn on request, the same bytes each time, an author's own before them."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import Config, FeedsConfig, ThemeConfig
from sitegen.config.values import wrong_values
from sitegen.errors import ConfigError
from sitegen.layout.social import SIZE, social_image

Image = pytest.importorskip("PIL.Image", reason="the optional extra `social` is not installed")

ON = FeedsConfig(social_images=True)
AT = "https://docs.example.org/kettle/"
PAGES = {
    "index.md": "# Kettle\n\nBoils water.\n",
    "guide/boil.md": "# Boil & pour\n\nFill it first.\n",
}
WIDE_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")


def drawn(title: str, about: str = "", language: str = "en", **options: Any) -> Any:
    config = Config(input=("x",), base_url=AT, **{"feeds": ON, **options})
    file = social_image(config, "a/", ("Kettle", title, about), language)
    assert file.path == "a/social.png"
    return Image.open(io.BytesIO(file.data)).convert("RGB")


def inked(image: Any, box: tuple[int, int, int, int]) -> bool:
    """Whether anything is drawn inside of a box."""
    return len(image.crop(box).getcolors(100_000)) > 1


def test_each_page_has_a_picture_that_its_head_names_by_its_whole_address(project):
    built = project(PAGES, base_url=AT, feeds=ON)
    for path in ("", "guide/boil/"):
        html = built.read(f"{path}index.html")
        assert f'<meta property="og:image" content="{AT}{path}social.png">' in html
        assert 'content="summary_large_image"' in html
        assert (built.folder / path / "social.png").read_bytes().startswith(b"\x89PNG")


def test_without_them_no_page_names_a_picture_and_none_is_drawn(project):
    built = project(PAGES, base_url=AT)
    assert "og:image" not in built.read("index.html")
    assert not list(built.folder.rglob("*.png"))


def test_the_authors_own_picture_of_a_page_stays(project):
    built = project(PAGES | {"guide/boil/social.png": b"own"}, base_url=AT, feeds=ON)
    assert (built.folder / "guide/boil/social.png").read_bytes() == b"own"
    assert f'content="{AT}guide/boil/social.png"' in built.read("guide/boil/index.html")


def test_a_picture_of_the_theme_is_that_of_all_pages(project, tmp_path):
    static = tmp_path / "static"
    static.mkdir()
    (static / "social.png").write_bytes(b"one for all")
    built = project(PAGES, base_url=AT, theme=ThemeConfig(static=static))
    named = next(built.folder.glob("assets/social.*.png")).relative_to(built.folder).as_posix()
    for path in ("index.html", "guide/boil/index.html"):
        assert f'<meta property="og:image" content="{AT}{named}">' in built.read(path)


def test_a_picture_has_the_size_that_sites_ask_for_and_the_colours_of_the_theme():
    image = drawn("Boil", theme=ThemeConfig(colors={"accent": "#aa0000", "bg": "#101010"}))
    assert image.size == SIZE
    assert image.getpixel((600, 625)) == (0xAA, 0, 0)
    assert image.getpixel((5, 5)) == (0x10, 0x10, 0x10)
    odd = drawn("Boil", theme=ThemeConfig(colors={"accent": "oklch(60% 0.1 200)"}))
    assert odd.getpixel((600, 625)) == (0x0B, 0x63, 0x80)


@pytest.mark.parametrize(
    "title", ["x" * 400, "word " * 200, "🤗 Transformers", "量子化", "", "مرحبا", "a\u0301 b\u200d"]
)
def test_no_title_leaves_the_picture(title: str):
    image = drawn(title, about=title)
    assert not inked(image, (0, 0, 70, 600))
    assert not inked(image, (SIZE[0] - 70, 0, SIZE[0], 600))
    assert not inked(image, (0, 590, SIZE[0], 612))


def test_what_a_font_lacks_is_left_out_and_leaves_no_box():
    assert drawn("🤗 Transformers").tobytes() == drawn("Transformers").tobytes()


@pytest.mark.skipif(not WIDE_FONT.is_file(), reason="there is no such font here")
def test_a_font_of_ones_own_writes_other_scripts_from_their_side():
    feeds = FeedsConfig(social_images=True, social_font=WIDE_FONT)
    image = drawn("الغلاية", language="ar", feeds=feeds)
    assert inked(image, (900, 150, 1130, 300))
    assert not inked(image, (0, 150, 400, 300))


def test_what_is_missing_is_said_with_a_remedy(tmp_path):
    off = Config(input=("x",), feeds=ON)
    assert "feeds.social_images needs base_url" in " ".join(wrong_values(off))
    broken = tmp_path / "font.ttf"
    broken.write_bytes(b"no font")
    with pytest.raises(ConfigError, match="social_font cannot be read"):
        drawn("x", feeds=FeedsConfig(social_images=True, social_font=broken))
    program = (
        "import sys; sys.modules['PIL'] = None\n"
        "from sitegen.config import Config\n"
        "from sitegen.layout.social import social_image\n"
        "social_image(Config(input=('x',)), '', ('a', 'b', 'c'), 'en')"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=False
    )
    assert "Pillow is not installed" in done.stderr


def test_a_font_without_accents_writes_the_letters_below_them():
    assert drawn("Café, Cafe\u0301, Größe, Łódź") == drawn("Cafe, Cafe, Grosse, Lodz")


def test_a_pipe_in_the_place_of_a_font_is_refused_at_once(tmp_path):
    os.mkfifo(tmp_path / "font.ttf")
    with pytest.raises(ConfigError, match="it is a pipe"):
        drawn("x", feeds=FeedsConfig(social_images=True, social_font=tmp_path / "font.ttf"))

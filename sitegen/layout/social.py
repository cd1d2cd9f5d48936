"""Social: what a page is called -> the picture that other sites show beside a link to it."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from sitegen.config import Config
from sitegen.data import install_line
from sitegen.errors import ConfigError, Location
from sitegen.languages import direction
from sitegen.limits.files import read_regular
from sitegen.model import OutputFile

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SIZE = (1200, 630)
NAME = "social.png"
_MARGIN, _TOP, _BAR = 80, 84, 16
_WIDTH = SIZE[0] - 2 * _MARGIN
_ACCENT, _INK, _MUTED, _GROUND = 0, 1, 104, 255
"""Indexes of the palette: the accent alone, and a ramp from the ink to the ground."""
_COLORS = {"accent": "#0b6380", "text": "#101417", "bg": "#ffffff"}
_WORD = re.compile(r"\s*(?:[\u3000-\u9fff\uac00-\ud7af\uff00-\uffef]|[^\s\u3000-\u9fff]+)")
"""A word with the blanks before it; in scripts without blanks, a character."""
_PLAIN = {
    "ß": "ss", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ø": "o", "Ø": "O", "ł": "l", "Ł": "L",
    "đ": "d", "Đ": "D", "ð": "d", "þ": "th", "ı": "i", "\u2013": "-", "\u2014": "-",
}  # fmt: skip
"""Letters that Unicode does not take apart, and dashes, as a font without them writes them."""
_PARTS = ((34, 1, 60, _MUTED), (68, 3, 84, _INK), (32, 2, 46, _MUTED))
"""Site, title and description: their size, most lines, height of a line, and ink."""


def social_image(
    config: Config, permalink: str, texts: tuple[str, str, str], language: str
) -> OutputFile:
    """The picture of a page; ``texts`` are its site, its title and what it is about.

    Characters that the font lacks are left out, as emoji are.

    Raises:
        ConfigError: what draws is not installed, or the font cannot be read.
    """
    try:
        from PIL import Image, ImageDraw  # noqa: PLC0415 - an optional extra
    except ImportError as error:
        raise ConfigError(
            "feeds.social_images is set but Pillow is not installed", help=install_line("social")
        ) from error
    image = Image.new("L", SIZE, _GROUND)
    drawing = ImageDraw.Draw(image)
    is_rtl = direction(language) == "rtl"
    left, anchor = (SIZE[0] - _MARGIN, "ra") if is_rtl else (_MARGIN, "la")
    top = _TOP
    for text, (size, most, height, ink) in zip(texts, _PARTS, strict=True):
        font = _font(config.feeds.social_font, size)
        bold = 1 if ink == _INK else 0
        for line in _lines(_shown(text, font), font, most):
            drawing.text((left, top), line, ink, font, anchor, stroke_width=bold)
            top += height
        top += height // 2
    drawing.rectangle((0, SIZE[1] - _BAR, *SIZE), _ACCENT)
    coloured = Image.frombytes("P", SIZE, image.tobytes())
    coloured.putpalette(_palette(config.theme.colors))
    data = io.BytesIO()
    coloured.save(data, "PNG")
    return OutputFile(permalink + NAME, data.getvalue())


def _palette(colors: Mapping[str, str]) -> list[int]:
    """The accent, and the ramp from the ink to the ground."""
    from PIL import ImageColor  # noqa: PLC0415

    def color(name: str) -> tuple[int, ...]:
        try:
            return ImageColor.getrgb(colors.get(name, _COLORS[name]))[:3]
        except ValueError:  # a way to write colours that only browsers know
            return ImageColor.getrgb(_COLORS[name])[:3]

    ink, ground = color("text"), color("bg")
    ramp = [
        round(a + (b - a) * step / (_GROUND - _INK))
        for step in range(_GROUND - _INK + 1)
        for a, b in zip(ink, ground, strict=True)
    ]
    return [*color("accent"), *ramp]


@cache
def _font(path: Path | None, size: int) -> FreeTypeFont:
    from PIL import ImageFont  # noqa: PLC0415

    if path is None:
        return ImageFont.load_default(size)  # type: ignore[return-value]  # with FreeType it is one
    try:
        return ImageFont.truetype(io.BytesIO(read_regular(path)), size)
    except OSError as error:
        raise ConfigError(
            f"feeds.social_font cannot be read: {error}",
            location=Location(file=str(path)),
            help="name a TrueType or OpenType file",
        ) from error


def _shown(text: str, font: FreeTypeFont) -> str:
    """A text in the signs that the font has: letters without their accents where it lacks these."""
    return " ".join("".join(_nearest(font, c) for c in unicodedata.normalize("NFC", text)).split())


@cache
def _nearest(font: FreeTypeFont, character: str) -> str:
    if _has(font, character):
        return character
    plain = _PLAIN.get(character) or unicodedata.normalize("NFKD", character)
    return "".join(c for c in plain if not unicodedata.combining(c) and _has(font, c))


@cache
def _has(font: FreeTypeFont, character: str) -> bool:
    """Whether a font knows a character, by the look of one that no font knows."""
    if character == " " or unicodedata.combining(character):
        return True
    return bytes(font.getmask(character)) != bytes(font.getmask("\uffff"))


def _lines(text: str, font: FreeTypeFont, most: int) -> list[str]:
    """Break a text to the width of the picture; what does not fit ends in dots."""
    lines = [""]
    for word in _WORD.findall(text):
        if lines[-1] and font.getlength(lines[-1] + word) > _WIDTH:
            lines.append("")
        lines[-1] += word if lines[-1] else word.lstrip()
    shown = lines[:most]
    if len(lines) > most or font.getlength(shown[-1]) > _WIDTH:
        while font.getlength(f"{shown[-1]}…") > _WIDTH:
            shown[-1] = shown[-1][:-1].rstrip()
        shown[-1] += "…"
    return shown

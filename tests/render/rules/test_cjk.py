"""Signs beside letters of East Asia, and of scripts whose particles are part of words."""

from __future__ import annotations

import pytest

from sitegen.render.commonmark import build_parser
from sitegen.render.rules.cjk import end_of_address, friendly_emphasis, is_cjk


@pytest.mark.parametrize(
    ("character", "expected"),
    [
        *[(letter, True) for letter in "가はカ漢。（Ａ１ｶ㈱\u1161々〜\U00020000"],
        *[(letter, False) for letter in "aéяعก—“…😀⌚\U0001f201"],
    ],
)
def test_letters_and_punctuation_of_east_asia_are_known_emoji_are_none(
    character: str, expected: bool
) -> None:
    assert is_cjk(character) is expected


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("**가(b)**는", "<strong>가(b)</strong>는"),
        ("는**(b)가**", "는<strong>(b)가</strong>"),
        ("字\ufe00**(b)**", "字\ufe00<strong>(b)</strong>"),
        ("葛\U000e0100**(b)**", "葛\U000e0100<strong>(b)</strong>"),
        ("“\ufe01**(b)**", "“\ufe01<strong>(b)</strong>"),
        ("و**«نص»** و", "و<strong>«نص»</strong> و"),
        ("**مرحبا،**ثم", "<strong>مرحبا،</strong>ثم"),
        ('ו**"א"** ב', "ו<strong>&quot;א&quot;</strong> ב"),
        ("**हिन्दी।**है", "<strong>हिन्दी।</strong>है"),
        ("**(हिन्दी)**में", "<strong>(हिन्दी)</strong>में"),
        ("**বাংলা।**English", "<strong>বাংলা।</strong>English"),
        ("*(தமிழ்)*இல்", "<em>(தமிழ்)</em>இல்"),
        ("**ไทย๚**ครับ", "<strong>ไทย๚</strong>ครับ"),
        ("**ລາວ!**ແລະ", "<strong>ລາວ!</strong>ແລະ"),
        ("**བོད།**ཡིན", "<strong>བོད།</strong>ཡིན"),
        ("**မြန်မာ။**ဟု", "<strong>မြန်မာ။</strong>ဟု"),
        ("**አማርኛ።**ነው", "<strong>አማርኛ።</strong>ነው"),
        ("**ខ្មែរ។**បាន", "<strong>ខ្មែរ។</strong>បាន"),
        ("**है **में", "**है **में"),
        ("**Հայերեն։**ն", "**Հայերեն։**ն"),
        ("**مرحبا **ثم _«ن»_ن", "**مرحبا **ثم _«ن»_ن"),
        ("я**«б»**", "я**«б»**"),
        ("a**(b)**c", "a**(b)**c"),
        ("a**(b)**😀", "a**(b)**😀"),
        ("__가(b)__는", "__가(b)__는"),
        ("**가 **는", "**가 **는"),
    ],
)
def test_emphasis_is_that_of_markdown_it_cjk_friendly(text: str, html: str) -> None:
    assert build_parser([friendly_emphasis]).renderInline(text) == html


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("https://a.b/c。次", "https://a.b/c"),
        ("https://a.b/日本", "https://a.b/日本"),
        ("https://a.com에서", "https://a.com"),
        ("https://a.comमें", "https://a.com"),
        ("https://a.comላይ", "https://a.com"),
        ("https://日本.jp/a", "https://日本.jp/a"),
        ("https://a.b/c**는", "https://a.b/c"),
        ("https://a.b/**/c", "https://a.b/**/c"),
        ("https://a.b/c_d_*~?!.,:", "https://a.b/c_d"),
        ("https://a.b/c،", "https://a.b/c"),
        ("https://a.b/c۔", "https://a.b/c"),
        ("https://a.b/c।", "https://a.b/c"),
        ("https://a.b/c».", "https://a.b/c"),
        ("https://a.b/c։", "https://a.b/c"),
        ("https://a.b/c។", "https://a.b/c"),
        ("https://a.b/c’", "https://a.b/c"),
        ("https://a.b/c，https://a.b/d", "https://a.b/c"),
    ],
)
def test_an_address_ends_where_a_sentence_goes_on(text: str, address: str) -> None:
    assert text[: end_of_address(text)] == address

from __future__ import annotations

import pytest

from sitegen.languages import direction, is_language, written_in


@pytest.mark.parametrize("name", ["en", "ko", "zh-CN", "zh-hant", "pt_br", "ar"])
def test_a_language_tag_is_a_language(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize("name", ["", "api", "EN", "xx", "en-", "en\n", "model_doc", "english"])
def test_other_names_of_folders_are_none(name: str) -> None:
    assert not is_language(name)


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert [direction(tag) for tag in ("ar", "he-IL", "fa", "AR")] == ["rtl"] * 4
    assert [direction(tag) for tag in ("en", "zh-CN", "")] == ["ltr"] * 3


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("الغلاية جهاز يسخن الماء. استخدم pip install kettle ثم شغلها.", "ar"),
        ("کتری آب را گرم می‌کند. آن را روشن کنید.", "fa"),
        ("やかんはお湯を沸かす。設定は次のとおり。", "ja"),
        ("水壶烧水。请先加水，然后打开开关。", "zh"),
        ("주전자는 물을 끓입니다.", "ko"),
        ("Чайник кипятит воду по расписанию.", "ru"),
        ("Чайник кип'ятить воду. Її кип'ятять щодня, є розклад.", "uk"),
        ("הקומקום מרתיח מים.", "he"),
        ("Kettle boils water. In Japanese it is called やかん, in Arabic غلاية. 🤗", ""),
        ("Der Kessel kocht Wasser. Größe: 2 l.", ""),
        ("🤗 🎉", ""),
        ("", ""),
    ],
)
def test_a_script_tells_the_language_where_it_is_that_of_the_text(text: str, language: str) -> None:
    assert written_in([text, text]) == language

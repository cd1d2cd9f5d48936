from __future__ import annotations

import pytest

from sitegen.scan.scripts import written_in


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

from __future__ import annotations

import pytest

from sitegen.languages import direction, is_language


@pytest.mark.parametrize("name", ["en", "ko", "zh-CN", "zh-hant", "pt_br", "ar"])
def test_a_language_tag_is_a_language(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize("name", ["", "api", "EN", "xx", "en-", "en\n", "model_doc", "english"])
def test_other_names_of_folders_are_none(name: str) -> None:
    assert not is_language(name)


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert [direction(tag) for tag in ("ar", "he-IL", "fa", "AR")] == ["rtl"] * 4
    assert [direction(tag) for tag in ("en", "zh-CN", "")] == ["ltr"] * 3

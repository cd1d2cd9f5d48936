from __future__ import annotations

import pytest

from sitegen.languages import direction, is_language, name_of


@pytest.mark.parametrize("name", ["en", "ko", "zh-CN", "zh-hant", "pt_br", "ar", "EN", "Pt-BR"])
def test_a_language_tag_is_a_language(name: str) -> None:
    assert is_language(name)


@pytest.mark.parametrize("name", ["", "api", "XX", "xx", "en-", "en\n", "model_doc", "english"])
def test_other_names_of_folders_are_none(name: str) -> None:
    assert not is_language(name)


def test_arabic_and_hebrew_run_from_right_to_left() -> None:
    assert [direction(tag) for tag in ("ar", "he-IL", "fa", "AR")] == ["rtl"] * 4
    assert [direction(tag) for tag in ("en", "zh-CN", "")] == ["ltr"] * 3


@pytest.mark.parametrize(
    ("languages", "names"),
    [
        ("en zh-CN", ["English", "中文"]),
        ("zh_CN zh-TW", ["简体中文", "繁體中文"]),
        ("zh zh-hant", ["中文", "繁體中文"]),
        ("en en-GB pt-br", ["English", "English (GB)", "Português"]),
        ("pt pt-br pt-PT", ["Português", "Português (BR)", "Português (PT)"]),
        ("ku ku-TR", ["ku", "ku-TR"]),
    ],
)
def test_no_two_languages_of_a_site_are_called_alike(languages: str, names: list[str]) -> None:
    tags = languages.split()
    assert [name_of(tag, tags) for tag in tags] == names

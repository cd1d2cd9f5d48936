"""How well search answers: queries of readers, scripts of the world, phrases, large sites."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from sitegen import search as texts
from tests.browser.queries import (
    AGAIN,
    IN_KINDS,
    IN_SCRIPTS,
    IN_SCRIPTS_AGAIN,
    KINDS,
    PASTED,
    QUERIES,
    SCRIPTS,
    SCRIPTS_AGAIN,
    held,
)
from tests.browser.searching import as_on_disk, opened

pytestmark = pytest.mark.browser
CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared"
ENOUGH = 26
PASTED_FIRST, PASTED_ENOUGH = 12, 13
FIND = "async query => (await sitegenFind.find(query)).sections.map((section) => section.url)"
SUGGESTED = "async query => (await sitegenFind.find(query)).suggested"
ASKED = "async query => (await sitegenFind.find(query)).query"
LANGUAGES = {
    "zh": (
        "# 生成策略\n\n## 束搜索解码\n\n每一步保留多个假设。\n",
        "束搜索",
        "保留多个",
        "搜索解码",
    ),
    "ja": (
        "# トークナイザ\n\n## 特殊トークン\n\n文を単語に分割します。\n",
        "特殊トー",
        "単語に分割",
        "トークン",
    ),
    "ko": (
        "# 토크나이저\n\n## 생성프롬프트 쓰기\n\n모델을 불러옵니다.\n",
        "생성프롬",
        "불러옵",
        "프롬프트",
    ),
}


def hits(page: Any, query: str) -> list[str]:
    """Give what is found, as `page#anchor` below the site."""
    root = page.evaluate("new URL(document.body.dataset.root, document.baseURI).href")
    found = [url.removeprefix(root).replace("index.html", "") for url in page.evaluate(FIND, query)]
    found = [unquote(each) for each in found]
    return [each.replace("/#", "#") if "#" in each else f"{each.rstrip('/')}#" for each in found]


def missed(
    page: Any, queries: Mapping[str, tuple[str, ...]] = QUERIES, *, among: int = 3
) -> dict[str, list[str]]:
    """Give the queries that the first ``among`` of what is found do not answer."""
    wrong = {}
    for query, answers in queries.items():
        first = hits(page, query)[:among]
        if not any(
            each == answer or (answer.endswith("#") and each.startswith(answer))
            for each in first
            for answer in answers
        ):
            wrong[query] = first
    return wrong


def rewritten(page: Any, dataset: Path) -> dict[str, str]:
    """Give the words of a dataset's own text for which something else is sought."""
    texts = pq.read_table(dataset, columns=["text"]).column("text").to_pylist()
    words = [word for some in held(texts) for word in some]
    assert len(words) == 240
    asked = {word: page.evaluate(ASKED, word) for word in words}
    return {word: other for word, other in asked.items() if other != word}


def test_queries_written_before_tuning_are_answered_in_the_first_three(
    page: Any, real: str
) -> None:
    opened(page, real)
    wrong = missed(page)
    assert len(QUERIES) - len(wrong) >= ENOUGH, wrong


def test_headings_alone_answer_them_too_and_from_a_disk(page: Any, real_folder: Path) -> None:
    opened(page, as_on_disk(real_folder, "quicktour/index.html"))
    wrong = missed(page)
    assert len(QUERIES) - len(wrong) >= ENOUGH, wrong


def test_pasted_errors_questions_and_sentences_find_their_section(page: Any, real: str) -> None:
    opened(page, real)
    assert len(wrong := missed(page, PASTED)) <= len(PASTED) - PASTED_ENOUGH, wrong
    wrong = missed(page, PASTED, among=1)
    assert len(wrong) <= len(PASTED) - PASTED_FIRST, wrong


def test_most_of_all_queries_are_answered_by_what_comes_first(page: Any, real: str) -> None:
    opened(page, real)
    queries = QUERIES | PASTED | AGAIN
    assert len(wrong := missed(page, queries)) <= 0.08 * len(queries), wrong
    assert len(wrong := missed(page, queries, among=1)) <= 0.18 * len(queries), wrong


def test_no_word_that_the_text_holds_is_taken_for_another(page: Any, real: str, docs: str) -> None:
    opened(page, real)
    assert rewritten(page, SHARED / "data" / "transformers-docs.parquet") == {}
    opened(page, docs)
    assert rewritten(page, CHECKOUT / "sample" / "sitegen-docs.parquet") == {}


@pytest.mark.parametrize(
    ("pages", "queries"),
    [(SCRIPTS, IN_SCRIPTS), (SCRIPTS_AGAIN, IN_SCRIPTS_AGAIN), (KINDS, IN_KINDS)],
)
def test_what_holds_the_words_of_a_query_together_comes_first(
    page: Any, site: Callable[..., Any], pages: Mapping[str, str], queries: Mapping[str, Any]
) -> None:
    address, _ = site(pages, search="full")
    for query, answers in queries.items():
        opened(page, f"{address}{answers[0].partition('#')[0]}/")
        assert missed(page, {query: answers}, among=1) == {}


@pytest.mark.parametrize(
    ("query", "asked"),
    [
        ("remove", "remove"),  # near "remote", which is a heading, but the text has it
        ("enable_tap", "enable_tap"),
        ("remoet contrl", "remote control"),
        ("enable_tpa", "enable_tpa"),  # an identifier, whoever knows it
        ("EnableStabel", "EnableStabel"),
        ("path/to/stabel", "path/to/stabel"),
        ("why is stabel not found here", "why is stabel not found here"),
        ('"stabel"', '"stabel"'),
    ],
)
def test_only_an_unknown_word_of_a_short_query_is_corrected(
    page: Any, site: Callable[..., Any], query: str, asked: str
) -> None:
    pages = {
        "index.md": "# Kettle\n\n## Stable release\n\nTested.\n\n## Remote control\n\nAfar.\n",
        "taps.md": "# Settings\n\nCall `enable_tap`. To remove a tap, call `close`.\n",
    }
    address, _ = site(pages, search="full")
    opened(page, address)
    assert page.evaluate(ASKED, query) == asked


def test_what_any_index_of_a_large_site_holds_is_found(
    page: Any, site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(texts, "PART", 60)
    words = ["apple", "bread", "cheese", "donut", "eclair", "fennel", "ginger", "honey"]
    pages = {f"{word}.md": f"# Food\n\nThis is made of {word}.\n" for word in words}
    address, folder = site(pages, search="full")
    assert len(list(folder.glob("pagefind/*/pagefind-entry.json"))) > 1
    opened(page, address)
    for word in words:
        assert [hit.partition("#")[0] for hit in hits(page, word)] == [word]


@pytest.mark.parametrize("search", ["full", "headings"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_scripts_without_spaces_are_found_by_their_characters(
    page: Any, site: Callable[..., Any], language: str, search: str
) -> None:
    text, beginning, inside, middle = LANGUAGES[language]
    other = "# Other\n\n## Something else\n\nNo such characters.\n"
    address, _ = site({"a.md": text, "b.md": other}, language=language, search=search)
    opened(page, f"{address}b/")
    for query in [beginning, middle] + [inside] * (search == "full"):
        found = hits(page, query)
        assert found, query
        assert found[0].startswith("a#"), (query, found)
    shown = page.evaluate("query => sitegenFind.find(query).then((a) => a.sections[0])", beginning)
    assert shown["title"] in text


KANA = (
    *("コーディング", "データベース", "グループ", "ディスク", "バックアップ", "ページ", "ブート"),
    "パーティション",
)


def test_kana_with_marks_are_found_beside_those_without(
    page: Any, site: Callable[..., Any]
) -> None:
    pages, holders = {}, {word: set() for word in KANA}
    for number in range(24):
        some = [word for at, word in enumerate(KANA) if (number >> at % 5) & 1 or number == at]
        plain = "".join(unicodedata.normalize("NFD", "".join(KANA)).replace("\u3099", "").split())
        plain = plain.replace("\u309a", "")
        form = "NFD" if number % 2 else "NFC"
        text = f"{plain[number:]}です。{'は、'.join(some)}を使います。{plain}"
        pages[f"p{number}.md"] = unicodedata.normalize(form, f"# 第{number}章\n\n{text}\n")
        for word in some:
            holders[word].add(f"p{number}")
    address, _ = site(pages, language="ja", search="full")
    opened(page, f"{address}p0/")
    for word in KANA:
        for form in ("NFC", "NFD"):
            found = hits(page, unicodedata.normalize(form, word))
            some = {url.partition("#")[0] for url in found[: len(holders[word])]}
            assert some == holders[word], word
    shown = page.evaluate("query => sitegenFind.find(query).then((a) => a.sections[0])", KANA[1])
    assert "".join(shown["excerpt"][1::2]).startswith(KANA[1])


def test_names_of_languages_and_identifiers_are_words(page: Any, site: Callable[..., Any]) -> None:
    pages = {
        "c.md": "# Languages\n\n## Bindings for C++\n\nSome.\n\n## Bindings for C\n\nPlain.\n",
        "d.md": "# Loading\n\n## `AutoModel.from_pretrained`\n\nCalls `torch.compile` once.\n",
    }
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}c/")
        assert hits(page, "C++")[0] == "c#bindings-for-c"
        assert page.evaluate(FIND.replace("section.url", "section.title"), "C++")[0].endswith("C++")
        for query in ("from_pretrained", "pretrained", "AutoModel.from"):
            assert hits(page, query)[0] == "d#automodelfrompretrained", (search, query)
        offered = page.evaluate(SUGGESTED, "automodl")
        assert (offered == "automodel") == (search == "headings")
        assert (hits(page, "automodl") == ["d#automodelfrompretrained"]) == (search == "full")
    assert hits(page, "torch.compile") == []
    address, _ = site(pages, search="full")
    opened(page, f"{address}c/")
    assert hits(page, "torch.compile")[0] == "d#automodelfrompretrained"


@pytest.mark.parametrize("search", ["full", "headings"])
def test_a_phrase_in_quotes_is_found_as_it_stands(
    page: Any, site: Callable[..., Any], search: str
) -> None:
    pages = {
        "a.md": "# First\n\n## Sliding window cache\n\nThe sliding window cache.\n",
        "b.md": "# Second\n\n## Cache of a sliding window\n\nA cache, a window that is sliding.\n",
    }
    address, _ = site(pages, search=search)
    opened(page, address)
    assert {each.partition("#")[0] for each in hits(page, "sliding window cache")} == {"a", "b"}
    assert {each.partition("#")[0] for each in hits(page, '"sliding window cache"')} == {"a"}


def test_of_a_huge_site_a_query_loads_few_parts(
    page: Any, site: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sitegen.search.headings.WHOLE", 2_000)
    monkeypatch.setattr("sitegen.search.headings.PART", 1_000)
    words = ("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "kappa", "lambda", "sigma")
    pages = {
        f"{a}-{b}.md": f"# About {a}\n\n## The {b} of {a}\n\nText.\n" for a in words for b in words
    }
    address, _ = site(pages, search="headings")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    opened(page, f"{address}alpha-beta/")
    assert page.evaluate(SUGGESTED, "sigma kapa") == "sigma kappa"
    assert hits(page, "the sigma of kappa")[0] == "kappa-sigma#the-sigma-of-kappa"
    parts = [url for url in asked if "/headings/" in url]
    assert 1 <= len(parts) <= 4
    assert all("?v=" in url for url in parts)


def test_a_reader_of_a_language_finds_pages_of_it(page: Any, site: Callable[..., Any]) -> None:
    pages = {"en/a.md": "# Cache\n\nText.\n", "de/a.md": "# Cache\n\nText.\n"}
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}de/a/")
        assert hits(page, "cache") == ["de/a#"] or hits(page, "cache") == ["de/a#cache"]

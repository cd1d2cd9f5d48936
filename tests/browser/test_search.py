"""Search as readers use it, and how well it answers."""

from __future__ import annotations

import importlib.util
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pyarrow.parquet as pq
import pytest

from sitegen.build import build
from sitegen.config.file import load_config

pytestmark = pytest.mark.browser

CHECKOUT = Path(__file__).parents[2]
SHARED = CHECKOUT.parent / "shared"
_SPEC = importlib.util.spec_from_file_location("queries", Path(__file__).with_name("queries.py"))
assert _SPEC
assert _SPEC.loader
_QUERIES = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(_QUERIES)

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


def as_on_disk(folder: Path, path: str) -> str:
    return f"{folder.as_uri()}/{path}"


def opened(page: Any, address: str) -> None:
    page.goto(address)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")


def hits(page: Any, query: str) -> list[str]:
    """Give what is found, as `page#anchor` below the site."""
    root = page.evaluate("new URL(document.body.dataset.root, document.baseURI).href")
    found = [url.removeprefix(root).replace("index.html", "") for url in page.evaluate(FIND, query)]
    found = [unquote(each) for each in found]
    return [each.replace("/#", "#") if "#" in each else f"{each.rstrip('/')}#" for each in found]


def missed(
    page: Any, queries: Mapping[str, tuple[str, ...]] = _QUERIES.QUERIES, *, among: int = 3
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
    words = [word for some in _QUERIES.held(texts) for word in some]
    assert len(words) == 240
    asked = {word: page.evaluate(ASKED, word) for word in words}
    return {word: other for word, other in asked.items() if other != word}


@pytest.fixture
def site(tmp_path: Path, serving: Any) -> Iterator[Callable[..., Any]]:
    """Build pages given by name and serve them; gives their address and their folder."""
    with ExitStack() as held:

        def made(pages: Mapping[str, str], **options: Any) -> tuple[str, Path]:
            for name, text in pages.items():
                path = tmp_path / "docs" / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, encoding="utf-8")
            flags = {"input": ("docs",), "output": Path("site"), "jobs": 1} | options
            output = build_site(flags, tmp_path)
            return held.enter_context(serving(output)), output

        yield made


def build_site(flags: Mapping[str, object], folder: Path) -> Path:
    config = load_config(flags=flags, environ={}, cwd=folder)
    build(config)
    return config.output


def test_a_section_is_found_and_opened_with_the_keyboard_alone(page: Any, real: str) -> None:
    page.goto(real)
    page.keyboard.press("/")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("generation prompt")
    page.wait_for_selector("[role=option][aria-selected=true]")
    box = page.locator("dialog[open] [role=combobox]")
    assert box.get_attribute("aria-expanded") == "true"
    first = page.locator("[role=option]").first
    assert box.get_attribute("aria-activedescendant") == first.get_attribute("id")
    assert "results for" in page.inner_text("#sg-live")
    page.keyboard.press("ArrowDown")
    assert first.get_attribute("aria-selected") == "false"
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat_templating/#*generation-prompts")


def test_escape_closes_search_and_gives_focus_back(page: Any, docs: str) -> None:
    page.goto(docs + "quickstart/")
    page.focus(".sg-theme")
    page.keyboard.press("Control+k")
    page.wait_for_selector("dialog[open] [role=combobox]")
    page.keyboard.type("toctree")
    page.keyboard.press("Escape")
    page.wait_for_selector("dialog[open]", state="detached")
    assert page.evaluate("document.activeElement.className").endswith("sg-theme")


def test_a_query_in_the_address_is_answered_on_the_search_page(page: Any, docs: str) -> None:
    page.goto(docs + "search/?q=base_url")
    page.wait_for_selector("[role=option]")
    found = page.locator("[role=option]").all_inner_texts()[:3]
    assert any("base_url" in text for text in found)


def test_nothing_of_search_is_loaded_before_it_is_asked_for(page: Any, docs: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(docs + "quickstart/")
    page.wait_for_load_state("networkidle")
    assert not [url for url in asked if "search" in url or "pagefind" in url]


def test_queries_written_before_tuning_are_answered_in_the_first_three(
    page: Any, real: str
) -> None:
    opened(page, real)
    wrong = missed(page)
    assert len(_QUERIES.QUERIES) - len(wrong) >= ENOUGH, wrong


def test_headings_alone_answer_them_too_and_from_a_disk(page: Any, real_folder: Path) -> None:
    opened(page, as_on_disk(real_folder, "quicktour/index.html"))
    wrong = missed(page)
    assert len(_QUERIES.QUERIES) - len(wrong) >= ENOUGH, wrong


def test_pasted_errors_questions_and_sentences_find_their_section(page: Any, real: str) -> None:
    opened(page, real)
    assert len(wrong := missed(page, _QUERIES.PASTED)) <= len(_QUERIES.PASTED) - PASTED_ENOUGH, (
        wrong
    )
    wrong = missed(page, _QUERIES.PASTED, among=1)
    assert len(wrong) <= len(_QUERIES.PASTED) - PASTED_FIRST, wrong


def test_no_word_that_the_text_holds_is_taken_for_another(page: Any, real: str, docs: str) -> None:
    opened(page, real)
    assert rewritten(page, SHARED / "data" / "transformers-docs.parquet") == {}
    opened(page, docs)
    assert rewritten(page, CHECKOUT / "sample" / "sitegen-docs.parquet") == {}


def test_what_holds_the_words_of_a_script_whole_comes_first(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site(_QUERIES.SCRIPTS, search="full")
    for query, answers in _QUERIES.IN_SCRIPTS.items():
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


def test_a_corrected_query_can_be_asked_as_it_was_written(
    page: Any, site: Callable[..., Any]
) -> None:
    pages = {"a.md": "# Remote control\n\nText.\n"}
    address, _ = site(pages, search="full")
    opened(page, address)
    page.keyboard.type("remoet contrl")
    page.wait_for_selector("dialog button:has-text('contrl”')")
    assert "“remote control” instead of “remoet contrl”" in page.inner_text("#sg-live")
    page.click("dialog button:has-text('Search for “remoet contrl”')")
    page.wait_for_selector("#sg-live:not(:has-text('instead'))", state="attached")
    assert page.input_value("dialog input") == "remoet contrl"


def test_where_the_text_is_not_known_a_correction_is_offered_only(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"a.md": "# Remote control\n\nTo remove it, call.\n"}, search="headings")
    opened(page, address)
    page.keyboard.type("remove")
    page.wait_for_selector("dialog button:has-text('Search for “remote”')")
    assert page.locator("[role=option]").count() == 0
    page.keyboard.press("Enter")
    page.wait_for_selector("[role=option]:has-text('Remote control')")
    assert page.input_value("dialog input") == "remote"


@pytest.mark.parametrize("keys", ["/", "Control+k"])
def test_what_is_typed_before_search_has_come_is_kept(
    page: Any, site: Callable[..., Any], keys: str
) -> None:
    pages = {"a.md": "# First\n", "b.md": "# Byzantine yaks\n", "c.md": "# Third\n"}
    address, _ = site(pages, search="headings")
    held: list[Any] = []

    def hold(route: Any) -> None:
        held.append(route)

    page.route("**/assets/find.*", hold)
    page.goto(f"{address}a/")
    page.keyboard.press(keys)
    page.keyboard.type("byzantine y]i?/[")  # single keys are letters here
    assert page.input_value("dialog[open] input") == "byzantine y]i?/["
    for _ in "]i?/[":
        page.keyboard.press("Backspace")
    page.keyboard.press("Enter")
    assert page.url == f"{address}a/"
    for route in held:
        route.continue_()
    page.wait_for_url("**/b/**")


def test_more_results_follow_at_the_end_of_the_list(page: Any, site: Callable[..., Any]) -> None:
    pages = {
        f"p{number}.md": f"# Page {number}\n\n## Kettle {number}\n\nSome.\n" for number in range(70)
    }
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}p1/")
        page.keyboard.type("kettle")
        page.wait_for_selector("[role=option]")
        assert page.locator("[role=option]").count() == 24
        for _ in range(80):
            page.keyboard.press("PageDown")
        page.wait_for_selector("[role=option]:nth-child(70):last-child", state="attached")
        assert "70 results" in page.inner_text("#sg-live")


def test_from_a_disk_the_keyboard_alone_leads_to_a_section(page: Any, real_folder: Path) -> None:
    opened(page, as_on_disk(real_folder, "index.html"))
    page.keyboard.type("generation prompt")
    page.wait_for_selector("[role=option][aria-selected=true]")
    page.keyboard.press("Enter")
    page.wait_for_url("**/chat_templating/index.html#*generation-prompts")


def test_the_search_page_answers_from_a_disk(page: Any, real_folder: Path) -> None:
    page.goto(as_on_disk(real_folder, "search/index.html?q=kv%20cache"))
    page.wait_for_selector("[role=option]")
    assert "cache" in page.inner_text("[role=option]").lower()


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


def test_words_of_the_query_are_marked_where_it_leads_until_escape(page: Any, docs: str) -> None:
    opened(page, docs + "quickstart/")
    page.keyboard.type("toctree")
    page.keyboard.press("Enter")  # sooner than anything is found
    page.wait_for_selector("#sg-live:has-text('Esc removes')", state="attached")
    marked = "[...CSS.highlights.get('sg-found')].map((range) => range.toString())"
    assert {each.lower() for each in page.evaluate(marked)} == {"toctree"}
    assert "highlight" not in page.url
    before = page.evaluate("scrollY")
    page.keyboard.press("Escape")
    assert not page.evaluate("CSS.highlights.has('sg-found')")
    assert page.evaluate("scrollY") == before


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


def test_search_can_be_kept_to_a_section_of_the_site(page: Any, site: Callable[..., Any]) -> None:
    pages = {f"{top}/{name}.md": f"# Cache {name}\n" for top in ("guide", "api") for name in "ab"}
    for search in ("full", "headings"):
        address, _ = site(pages, search=search)
        opened(page, f"{address}guide/a/")
        page.keyboard.type("cache")
        page.wait_for_selector("[role=option]")
        assert page.locator("[role=option]").count() == 4
        page.select_option(".sg-search-in", "API")
        page.wait_for_selector("[role=option]:nth-child(2):last-child")
        assert {text.strip() for text in page.locator(".sg-hit-place").all_inner_texts()} == {"API"}


def test_readers_are_told_when_headings_alone_were_looked_into(
    page: Any, site: Callable[..., Any]
) -> None:
    address, _ = site({"a.md": "# Cache\n"}, search="headings")
    opened(page, address)
    page.keyboard.type("cache")
    page.wait_for_selector("[role=option]")
    assert page.inner_text("#sg-live") == "1 result for “cache”, by headings"

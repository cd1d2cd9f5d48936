"""What stays of an open page, and what works in it, when an edit is exchanged in place."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.serve.chromium import Chromium, Tab
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.browser

Serve = Callable[..., "Preview"]
CODE = "```python\nprint({})\n```\n"
TABS = """<hfoptions id="">
<hfoption id="one">

First {0}.

</hfoption>
<hfoption id="two">

Second {0}.

</hfoption>
</hfoptions>
"""
LINES = "\n\n".join(f"Line {n}." for n in range(200)) + "\n"


def opened(preview: Preview, browser: Chromium, path: str = "") -> Tab:
    """Open a page and mark its window: a reload would lose the mark."""
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/{path}")
    tab.run("window.mark = 1")
    return tab


def saved(preview: Preview, tab: Tab, text: str, seen: str, page: str = "index.md") -> None:
    """Save a page and wait until the browser shows a word of it, without a reload."""
    (preview.folder / "docs" / page).write_text(text)
    tab.until(f"document.body.textContent.includes('{seen}')")
    assert tab.run("window.mark") == 1


def test_an_edit_is_exchanged_without_a_reload(serve: Serve, browser: Chromium) -> None:
    text = "# Bee\n\nFirst.\n\nSecond.\n\nThird.\n"
    preview = serve(pages={"index.md": "# Start\n", "b.md": text})
    tab = opened(preview, browser, "b/")
    tab.run("window.kept = document.querySelectorAll('article p')[2]")
    text = "# Other\n\nFirst.\n\nZebra and *more*.\n\nThird.\n"
    saved(preview, tab, text, "Zebra", "b.md")
    assert tab.run("document.title").startswith("Other")
    assert tab.run(
        "[...document.querySelectorAll('article p')].map(p => p.textContent).join()"
    ) == ("First.,Zebra and more.,Third.")
    assert tab.run("kept.isConnected") is True
    saved(preview, tab, "# Other\n\nYak.\n", "Yak", "b.md")
    assert tab.run("document.querySelectorAll('article p').length") == 1


def test_new_titles_reach_the_sidebars_of_other_pages(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# Start\n\nHello.\n", "b.md": "# Second\n\nText.\n"})
    tab = opened(preview, browser)
    (preview.folder / "docs/b.md").write_text("# Zebra\n\nText.\n")
    tab.until("document.querySelector('#sg-sidebar').textContent.includes('Zebra')")
    assert tab.run("document.querySelector('.sg-turn').textContent.includes('Zebra')")
    assert tab.run("window.mark") == 1


def test_what_comes_is_prepared_once(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# Start\n\n" + CODE.format(0) + "\n" + TABS.format(0)})
    tab = opened(preview, browser)
    for n in (1, 2, 3):
        text = f"# Start\n\n{CODE.format(f'{n}{n}')}\n{CODE.format('7')}\n{TABS.format(n)}"
        saved(preview, tab, text, f"{n}{n}")
    assert tab.run("document.querySelectorAll('.sg-code').length") == 2
    assert tab.run("document.querySelectorAll('.sg-code > .sg-copy').length") == 2
    assert tab.run("document.querySelectorAll('[role=tablist]').length") == 1
    tab.run("document.querySelectorAll('[role=tab]')[1].click()")
    shown = "[...document.querySelectorAll('[role=tabpanel]')].map(p => p.hidden !== false).join()"
    assert tab.run(shown) == "true,false"
    tab.run("window.copied = 0; navigator.clipboard.writeText = async (text) => { copied = text }")
    tab.run("document.querySelector('.sg-copy').click()")
    tab.until("window.copied === 'print(33)'")
    assert tab.run("new Set([...document.querySelectorAll('[id]')].map(e => e.id)).size") == (
        tab.run("document.querySelectorAll('[id]').length")
    )


def test_listeners_are_not_doubled(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# Start\n\n## One\n\nHello.\n"})
    tab = opened(preview, browser)
    for n in (1, 2, 3):
        saved(preview, tab, f"# Start\n\n## One {n}\n\nHello {n}.\n", f"Hello {n}.")
    themes = []
    for _ in range(3):
        tab.run("document.querySelector('.sg-theme').click()")
        themes.append(tab.run("document.documentElement.dataset.theme ?? 'system'"))
    assert themes == ["light", "dark", "system"]
    tab.run("document.querySelector('[data-tool=help]').click()")
    tab.until("document.querySelector('dialog[open]') !== null")
    assert tab.run("document.querySelectorAll('dialog').length") == 1


def test_the_list_of_contents_follows_and_marks_what_is_read(
    serve: Serve, browser: Chromium
) -> None:
    parts = [f"## Part {n}\n\n{LINES}" for n in (1, 2)]
    preview = serve(pages={"index.md": "# Start\n\n" + "\n".join(parts)})
    tab = opened(preview, browser)
    tab.run("document.getElementById('part-2').scrollIntoView()")
    current = "document.querySelector('#sg-toc [aria-current]')?.textContent"
    tab.until(f"{current} === 'Part 2'")
    saved(preview, tab, "# Start\n\n" + "\n".join([*parts, f"## Zebra\n\n{LINES}"]), "Zebra")
    tab.until("document.querySelector('#sg-toc').textContent.includes('Zebra')")
    tab.until(f"{current} === 'Part 2'")
    tab.run("document.getElementById('zebra').scrollIntoView()")
    tab.until(f"{current} === 'Zebra'")
    assert tab.run("document.querySelectorAll('#sg-toc [aria-current]').length") == 1


def test_what_is_read_stays_in_its_place_when_text_comes_above_it(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve(pages={"index.md": "# Start\n\n" + LINES})
    tab = opened(preview, browser)
    line = "[...document.querySelectorAll('article p')].find(p => p.textContent === 'Line 90.')"
    tab.run(f"{line}.scrollIntoView()")
    top = f"Math.round({line}.getBoundingClientRect().top)"
    tab.until(f"{top} < 200")
    time.sleep(0.2)
    before = tab.run(top)
    saved(preview, tab, f"# Start\n\nZebra.\n\nYak.\n\n{LINES}", "Zebra")
    tab.until(f"Math.abs({top} - {before}) < 2")


def test_what_the_reader_opened_chose_and_focused_stays(serve: Serve, browser: Chromium) -> None:
    text = (
        "# Start\n\n<details><summary>More</summary>\n\nHidden {0}.\n\n</details>\n\n"
        "[Link {0}](b.md)\n\n"
    )
    preview = serve(pages={"index.md": text.format(0) + TABS.format(0), "b.md": "# B\n"})
    tab = opened(preview, browser)
    tab.run("document.querySelector('article details').open = true")
    tab.run("document.querySelectorAll('[role=tab]')[1].click()")
    tab.run("document.querySelector('article p > a').focus()")
    saved(preview, tab, text.format(1) + TABS.format(1), "Second 1")
    assert tab.run("document.querySelector('article details').open") is True
    assert tab.run("document.querySelectorAll('[role=tab]')[1].ariaSelected") == "true"
    assert tab.run("document.activeElement.textContent") == "Link 1"


def test_an_error_comes_and_goes_over_a_page_that_is_not_loaded_again(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve(pages={"index.md": "# A\n\nText.\n", "_toctree.yml": "- local: index\n"})
    toctree = preview.folder / "docs/_toctree.yml"
    tab = opened(preview, browser)
    for _ in range(2):
        toctree.write_text("- {\n")
        tab.until("document.getElementById('sg-preview-error')?.textContent.includes('toctree')")
        toctree.write_text("- local: index\n")
        tab.until("!document.getElementById('sg-preview-error')")
    toctree.write_text("- {\n")
    tab.until("document.getElementById('sg-preview-error') !== null")
    (preview.folder / "docs/index.md").write_text("# A\n\nZebra.\n")
    toctree.write_text("- local: index\n")
    tab.until("document.body.textContent.includes('Zebra')")
    tab.until("!document.getElementById('sg-preview-error')")
    assert tab.run("window.mark") == 1


def test_a_page_with_a_script_of_its_own_is_loaded_again(serve: Serve, browser: Chromium) -> None:
    preview = serve(
        "--config",
        "sitegen.toml",
        pages={
            "index.md": "# A\n\nText.\n",
            "../static/extra.js": "document.querySelector('h1').append(' ran');",
            "../sitegen.toml": 'input = "docs"\n[theme]\nstatic = "static"\n',
        },
    )
    tab = opened(preview, browser)
    (preview.folder / "docs/index.md").write_text("# Zebra\n\nText.\n")
    tab.until("document.querySelector('h1').textContent.includes('Zebra')")
    tab.until("document.querySelector('h1').textContent.includes('ran')")
    assert tab.run("window.mark") is None


def test_a_page_that_goes_and_comes_back_is_followed(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# A\n", "b.md": "# Bee\n\nText.\n"})
    tab = opened(preview, browser, "b/")
    (preview.folder / "docs/b.md").unlink()
    tab.until("document.body.textContent.includes('Page not found')")
    (preview.folder / "docs/b.md").write_text("# Bee\n\nBack again.\n")
    tab.until("document.body.textContent.includes('Back again')")


def test_chunks_that_are_shown_are_drawn_anew(serve: Serve, browser: Chromium) -> None:
    def rows(*texts: str) -> str:
        made = [{"text": text, "source": "a.md", "id": f"a_{n}"} for n, text in enumerate(texts)]
        return "".join(f"{json.dumps(row)}\n" for row in made)

    preview = serve("rows.jsonl", pages={"../rows.jsonl": rows("# A\n\nOne.", "Two.")})
    tab = opened(preview, browser, "a/")
    tab.run("document.querySelector('[data-tool=chunks]').click()")
    tab.until("document.querySelectorAll('.sg-seam').length === 2")
    new = rows("# A\n\nOne.", "Zebra.", "Three.")
    saved(preview, tab, new, "Zebra", "../rows.jsonl")
    tab.until("document.querySelectorAll('.sg-seam').length === 3")
    cards = "[...document.querySelectorAll('.sg-chunk-card strong')].map(e => e.textContent).join()"
    assert tab.run(cards) == "Chunk a_0,Chunk a_1,Chunk a_2"
    assert tab.run("document.querySelector('[data-tool=chunks]').ariaPressed") == "true"


def test_search_finds_what_came(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# Start\n\n## One\n\nHello.\n"})
    tab = opened(preview, browser)
    tab.run("document.querySelector('.sg-search').click()")
    tab.until("document.querySelector('.sg-search-dialog[open]') !== null")
    ask = (
        "(() => { const box = document.querySelector('.sg-search-dialog input'); box.value = '{}';"
        "box.dispatchEvent(new Event('input')) })()"
    )
    hits = "document.querySelector('.sg-search-dialog .sg-hits').textContent"
    tab.run(ask.replace("{}", "one"))
    tab.until(f"{hits}.includes('One')")
    saved(preview, tab, "# Start\n\n## One\n\nHello.\n\n## Zebra\n\nText.\n", "Zebra")
    preview.until(lambda: b"Zebra" in preview.get("/search/headings.js"))
    tab.run(ask.replace("{}", "zebra"))
    tab.until(f"{hits}.includes('Zebra')")

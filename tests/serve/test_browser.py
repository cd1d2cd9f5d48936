"""What a reader sees in Chromium while the sources of a preview change."""

from __future__ import annotations

import http.server
import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from sitegen.serve.watch import RESCAN

if TYPE_CHECKING:
    from tests.serve.chromium import Chromium
    from tests.serve.conftest import Preview

pytestmark = pytest.mark.browser

Serve = Callable[..., "Preview"]
LONG = "# Start\n\n" + "\n\n".join(f"Line {n}." for n in range(300)) + "\n"
THEME = 'input = "docs"\n[theme]\nstatic = "static"\n'


def test_a_change_reaches_the_page_and_the_scroll_position_stays(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve(pages={"index.md": LONG})
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    tab.run("scrollTo(0, 3000)")
    tab.until("Math.abs(scrollY - 3000) < 2")
    (preview.folder / "docs/index.md").write_text(LONG + "\nZebra.\n")
    tab.until("document.body.textContent.includes('Zebra') && Math.abs(scrollY - 3000) < 2")


def test_a_page_that_did_not_change_is_left_alone(serve: Serve, browser: Chromium) -> None:
    preview = serve(pages={"index.md": "# A\n", "other.md": "# B\n\nText.\n"})
    here = browser.tab(f"http://127.0.0.1:{preview.port}/")
    there = browser.tab(f"http://127.0.0.1:{preview.port}/other/")
    here.run(
        "window.seen = 0; new MutationObserver(() => { seen += 1 })"
        ".observe(document, { subtree: true, childList: true, attributes: true })"
    )
    (preview.folder / "docs/other.md").write_text("# B\n\nZebra.\n")
    there.until("document.body.textContent.includes('Zebra')")
    time.sleep(0.2)
    assert here.run("window.seen") == 0


def test_a_stylesheet_changes_under_the_page(serve: Serve, browser: Chromium) -> None:
    css = "../static/extra.css"
    preview = serve(
        "--config",
        "sitegen.toml",
        pages={"index.md": "# A\n", css: "h1 { order: 3 }", "../sitegen.toml": THEME},
    )
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    tab.run("window.mark = 1")
    (preview.folder / "static/extra.css").write_text("h1 { order: 7 }")
    tab.until("getComputedStyle(document.querySelector('h1')).order === '7'")
    assert tab.run("window.mark") == 1


def picture(width: int) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="9"></svg>'


def test_a_changed_picture_is_exchanged_in_the_open_page(serve: Serve, browser: Chromium) -> None:
    text = '# A\n\n![p](img/p.svg)\n\n<img srcset="img/p.svg 1x" src="img/q.svg" alt="">\n'
    preview = serve(
        pages={"index.md": text, "img/p.svg": picture(11), "img/q.svg": picture(12)},
    )
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    widths = "[...document.querySelectorAll('main img')].map((each) => each.naturalWidth).join()"
    tab.until(f"{widths} === '11,11'")
    tab.run("window.mark = 1; scrollTo(0, 1)")
    for width in (21, 31):
        saved = time.monotonic()
        (preview.folder / "docs/img/p.svg").write_text(picture(width))
        tab.until(f"{widths} === '{width},{width}'")
        assert time.monotonic() - saved < RESCAN / 2
    assert tab.run("window.mark") == 1
    # What is written anew around it shows the new picture too.
    (preview.folder / "docs/index.md").write_text(text.replace("![p]", "Zebra ![p]"))
    tab.until("document.body.textContent.includes('Zebra')")
    tab.until(f"{widths} === '31,31'")


def test_a_picture_that_did_not_change_is_left_alone(serve: Serve, browser: Chromium) -> None:
    preview = serve(
        pages={
            "index.md": "# A\n\n![p](p.svg)\n",
            "p.svg": picture(11),
            "q.svg": picture(12),
        }
    )
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    before = tab.run("document.querySelector('main').innerHTML")
    (preview.folder / "docs/q.svg").write_text(picture(22))
    preview.until(lambda: "q.svg" in preview.lines())
    time.sleep(0.3)
    assert tab.run("document.querySelector('main').innerHTML") == before


def test_an_error_is_shown_as_text_over_the_last_good_page_and_goes_away(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve(pages={"index.md": "# A\n", "_toctree.yml": "- title: A\n  local: index\n"})
    tab = browser.tab(f"http://127.0.0.1:{preview.port}/")
    (preview.folder / "docs/_toctree.yml").write_text('- "<img src=x onerror=alert(1)>": [\n')
    tab.until("document.getElementById('sg-preview-error')?.textContent.includes('toctree')")
    assert tab.run("document.querySelectorAll('#sg-preview-error img').length") == 0
    assert tab.run("document.querySelector('h1').textContent.includes('A')")
    (preview.folder / "docs/_toctree.yml").write_text("- title: A\n  local: index\n")
    tab.until("!document.getElementById('sg-preview-error')")


def test_ten_tabs_share_one_stream_and_all_follow(serve: Serve, browser: Chromium) -> None:
    preview = serve()
    tabs = [browser.tab(f"http://127.0.0.1:{preview.port}/") for _ in range(10)]
    (preview.folder / "docs/index.md").write_text("# Start\n\nZebra.\n")
    for tab in tabs:
        tab.until("document.body.textContent.includes('Zebra')")


def test_another_origin_can_read_neither_pages_nor_the_stream(
    serve: Serve, browser: Chromium
) -> None:
    preview = serve()
    evil = http.server.ThreadingHTTPServer(("127.0.0.1", 0), http.server.BaseHTTPRequestHandler)
    handler = evil.RequestHandlerClass

    def do_get(self: http.server.BaseHTTPRequestHandler) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(b"<!doctype html><title>evil</title>")

    handler.do_GET = do_get  # type: ignore[attr-defined]
    handler.log_message = lambda *_: None  # type: ignore[method-assign, assignment]
    threading.Thread(target=evil.serve_forever, daemon=True).start()
    try:
        tab = browser.tab(f"http://127.0.0.1:{evil.server_port}/")
        for host in ("127.0.0.1", "localhost"):
            ours = f"http://{host}:{preview.port}"
            for path in ("/", "/__livereload", "/__livereload/state", "/build.json"):
                answer = tab.run(
                    f"fetch('{ours}{path}').then(r => r.text()).then(() => 'read', () => 'no')"
                )
                assert answer == "no", path
            heard = tab.run(
                f"new Promise(d => {{ const e = new EventSource('{ours}/__livereload');"
                "e.onmessage = () => d('heard'); e.onerror = () => d('no');"
                "setTimeout(() => d('no'), 3000) })"
            )
            assert heard == "no"
            for tag in ("img", "script"):
                seen = tab.run(
                    f"new Promise(d => {{ const e = document.createElement('{tag}');"
                    f"e.onload = () => d('loaded'); e.onerror = () => d('no');"
                    f"e.src = '{ours}/__livereload.js'; document.head.append(e) }})"
                )
                assert seen == "no", tag
    finally:
        evil.shutdown()
        evil.server_close()

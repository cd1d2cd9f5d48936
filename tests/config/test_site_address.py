"""`base_url` has one form in ASCII, and shows no secret."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.config.file import load_config
from sitegen.errors import ConfigError


def base_url(text: str) -> str:
    return load_config(flags={"base_url": text, "input": "docs"}, environ={}).base_url


@pytest.mark.parametrize(
    ("written", "sent"),
    [
        ("https://bücher.example/ü/", "https://xn--bcher-kva.example/%C3%BC/"),
        ("https://BÜCHER.example", "https://xn--bcher-kva.example"),
        ("https://straße.example/", "https://xn--strae-oqa.example/"),
        ("https://例え。テスト:8080/", "https://xn--r8jz45g.xn--zckzah:8080/"),
        ("https://h.org/%C3%BC/", "https://h.org/%C3%BC/"),
        ("https://h.org/100%/", "https://h.org/100%25/"),
        ('https://h.org/"><b>/', "https://h.org/%22%3E%3Cb%3E/"),
        ("https://h.org/docs/index.html", "https://h.org/docs/"),
        ("https://h.org/index.htm", "https://h.org/"),
        ("https://h.org/my-index.html/", "https://h.org/my-index.html/"),
        ("HTTPS://H.org:443/A", "https://h.org:443/A"),
        ("http://[::1]:8000/", "http://[::1]:8000/"),
        ("http://localhost:8000", "http://localhost:8000"),
    ],
)
def test_an_address_is_encoded_as_it_is_sent(written: str, sent: str) -> None:
    assert base_url(written) == sent
    assert base_url(sent) == sent


@pytest.mark.parametrize(
    "address",
    [
        "https://user:hush@h.org/",
        "https://hush@h.org/",
        "user:hush@h.org",
        "https://u:hush@[/",
        "ftp://u:hush@h.org/ x",
    ],
)
def test_credentials_are_refused_and_not_printed(address: str) -> None:
    with pytest.raises(ConfigError, match="a user or a password") as caught:
        base_url(address)
    assert "hush" not in str(caught.value)


@pytest.mark.parametrize(
    "address",
    [
        "https://h.org:99999/",
        "https://h.org:x/",
        "https://:80/",
        "https://-h/",
        "https://h.org/a/../",
    ],
)
def test_what_no_browser_can_open_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match=r"base.url must"):
        base_url(address)


def test_a_site_stands_at_its_encoded_address(project: Callable[..., Any]) -> None:
    pages = {"index.md": "# A\n", "b.md": "# B\n"}
    built = project(pages, base_url="https://bücher.example/ü/index.html")
    root = "https://xn--bcher-kva.example/%C3%BC/"
    assert f"<loc>{root}b/</loc>" in built.read("sitemap.xml")
    assert f'<link rel="canonical" href="{root}b/">' in built.read("b/index.html")
    assert f"Sitemap: {root}sitemap.xml" in built.read("robots.txt")
    assert '"/%C3%BC/' in built.read("404.html")

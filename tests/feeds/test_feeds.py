from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Callable
from operator import itemgetter
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import PublishConfig
from sitegen.feeds import report as module
from sitegen.feeds import sitemap
from sitegen.feeds.hosts import redirects, robots, site_headers
from sitegen.feeds.llms import llms_full
from sitegen.feeds.report import build_report, report_parts, restored_counts
from sitegen.feeds.sitemap import sitemaps
from sitegen.model import Certainty, Document, Page, Restored, Section, Site
from sitegen.plan.changed import pages_said
from sitegen.urls import canonical_url, permalink


def site(*ids: str) -> Site:
    sections = (Section(0, "", "0_0", "f", 0),)
    notes = (Restored(0, "title", Certainty.GUESSED), Restored(2, "heading", Certainty.CERTAIN))
    pages = [
        Page(
            Document(id, f"{id}.md", "x", sections, restored=notes).head(), f"T {id}", permalink(id)
        )
        for id in ids
    ]
    return Site("S", tuple(pages), ())


def test_the_sitemap_lists_every_page_in_reading_order() -> None:
    (file,) = sitemaps(site("index", "b", "a&b/é"), "https://h/docs")
    root = ET.fromstring(file.data)  # noqa: S314
    assert root.tag == "{http://www.sitemaps.org/schemas/sitemap/0.9}urlset"
    assert [loc.text for url in root for loc in url] == [
        "https://h/docs/",
        "https://h/docs/b/",
        "https://h/docs/a%26b/%C3%A9/",
    ]


def test_a_canonical_url_does_not_depend_on_a_slash_after_the_base() -> None:
    assert (
        canonical_url("https://h/d/", "a/")
        == canonical_url("https://h/d", "a/")
        == "https://h/d/a/"
    )


def test_a_large_site_gets_an_index_of_sitemaps(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "SITEMAP_LIMIT", 2)
    first, second, index = sitemaps(site("a", "b", "c"), "https://h/")
    assert (first.path, second.path, index.path) == (
        "sitemap-1.xml",
        "sitemap-2.xml",
        "sitemap.xml",
    )
    assert first.data.count(b"<loc>") == 2
    assert b"<sitemap><loc>https://h/sitemap-2.xml</loc></sitemap>" in index.data


def test_robots_names_the_sitemap_only_when_there_is_one() -> None:
    assert robots("").data == b"User-agent: *\nAllow: /\n"
    assert b"Sitemap: https://h/sitemap.xml\n" in robots("https://h/").data
    signals = robots("", "search=yes, ai-train=no").data
    assert b"*\nContent-Signal: search=yes, ai-train=no\nAllow" in signals


def test_the_report_says_what_was_built_and_is_stable() -> None:
    [file] = build_report(site("index", "字"), lambda: {"b": 1, "a": {"y": 1, "x": 2}})
    report = json.loads(file.data)
    assert file.path == "build.json"
    assert report["format"] == 1
    assert [page["permalink"] for page in report["pages"]] == ["", "字/"]
    assert report["pages"][0] == {
        "chunks": 1,
        "id": "index",
        "permalink": "",
        "restored": {"certain": 1, "likely": 0, "guessed": 1},
        "source": "index.md",
        "title": "T index",
    }
    assert [*build_report(site("index", "字"), lambda: {"a": {"x": 2, "y": 1}, "b": 1})] == [file]


def test_the_report_of_many_pages_is_in_parts_that_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    few = site(*map(str, range(30)))
    [whole] = build_report(few, dict)
    monkeypatch.setattr(module, "WHOLE", 20)
    monkeypatch.setattr(module, "_PART", 10)
    *parts, head = build_report(few, dict)
    assert [part.path for part in parts] == [f"build/{n}.json" for n in range(4)]
    assert json.loads(head.data) == {"format": 1, "parts": 4}
    (tmp_path / "build").mkdir()
    for file in (*parts, head):
        (tmp_path / file.path).write_bytes(file.data)
    told = pages_said(tmp_path / "build.json", json.loads(head.data))
    by_id = itemgetter("id")
    assert sorted(told, key=by_id) == sorted(json.loads(whole.data)["pages"], key=by_id)
    more = build_report(site(*map(str, range(31))), dict)
    changed = [new.path for new, old in zip(more, parts, strict=False) if new != old]
    assert len(changed) == 1  # that of the new page
    both = zip(report_parts(few, dict), report_parts(site(*map(str, range(31))), dict), strict=True)
    assert [new[0] == old[0] for old, new in both].count(False) == 1


def test_all_twins_are_in_parts_that_are_made_again_only_where_a_twin_differs(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("sitegen.feeds.llms.FULL_LIMIT", 60)
    pages = site("a", "b", "c", "d").pages
    twins = {f"{page.document.id}.md": f"text {page.title}".encode() for page in pages}

    def parts() -> dict[str, object]:
        def entry(path: str) -> tuple[int, object]:
            return len(twins[path]), twins[path]

        found = list(llms_full(pages, (), "", entry, twins.__getitem__))
        return {make().path: made_of for made_of, make in found}

    def written() -> bytes:
        found = llms_full(pages, (), "", lambda path: (len(twins[path]), None), twins.__getitem__)
        return b"".join(make().data for _, make in found)

    before = parts()
    assert list(before) == ["llms-full-1.txt", "llms-full-2.txt", "llms-full.txt"]
    assert all(b"<!-- %b -->\n\n%b\n" % (path.encode(), twins[path]) in written() for path in twins)
    twins["d.md"] = twins["d.md"].upper()
    assert [path for path, made_of in parts().items() if made_of != before[path]] == [
        "llms-full-2.txt"
    ]


def test_headers_carry_the_policy_and_keep_only_fingerprinted_assets_for_good() -> None:
    file = site_headers("default-src 'none'", ["assets/b.11111111.js", "assets/a.22222222.css"])
    lines = file.data.decode().splitlines()
    assert file.path == "_headers"
    assert lines[:3] == [
        "/*",
        "  Content-Security-Policy: default-src 'none'; frame-ancestors 'self'",
        "  X-Content-Type-Options: nosniff",
    ]
    assert lines[-4:] == [
        "/assets/a.22222222.css",
        "  Cache-Control: public, max-age=31536000, immutable",
        "/assets/b.11111111.js",
        "  Cache-Control: public, max-age=31536000, immutable",
    ]


def test_redirects_are_rooted_and_sorted() -> None:
    file = redirects({"old/b/": "new/b/", "/old/a/": "https://h/a/"})
    assert file.path == "_redirects"
    assert file.data == b"/old/a/ https://h/a/ 301\n/old/b/ /new/b/ 301\n"


def test_what_was_restored_is_counted_by_how_sure_it_is() -> None:
    assert restored_counts(site("a", "b").pages) == {"certain": 2, "likely": 0, "guessed": 2}
    assert restored_counts([]) == {"certain": 0, "likely": 0, "guessed": 0}


def test_a_site_of_its_own_domain_names_it(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A"}, publish=PublishConfig(domain="d.example.org"))
    assert built.read("CNAME") == "d.example.org\n"

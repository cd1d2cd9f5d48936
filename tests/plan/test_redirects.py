"""Redirects and sister pages: where old addresses and other languages lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.config import FeedsConfig, PublishConfig
from sitegen.errors import PlanError


def test_an_old_address_leads_to_the_new_page_also_without_a_script(
    project: Callable[..., Any],
) -> None:
    redirects = "old/name: a/new#part\nolder: old/name\n"
    built = project({"a/new.md": "# N", "_redirects.yml": redirects}, base_url="https://h/")
    html = built.read("old/name/index.html")
    assert '<meta http-equiv="refresh" content="0; url=../../a/new/#part">' in html
    assert '<link rel="canonical" href="https://h/a/new/">' in html
    assert "url=../a/new/#part" in built.read("older/index.html")


def test_redirects_that_cannot_work_are_findings(project: Callable[..., Any]) -> None:
    built = project({"a.md": "# A", "_redirects.yml": "a: b\nx: nowhere\ny: y\n"})
    assert sorted(built.codes) == ["redirect-taken", "redirect-target", "redirect-target"]
    assert not (built.folder / "x").exists()


@pytest.mark.parametrize("name", ["search", "site-index", "chunk", "print", "index"])
def test_a_redirect_from_a_page_of_the_site_itself_is_a_finding(
    project: Callable[..., Any], name: str
) -> None:
    feeds = FeedsConfig(print_page=True)
    built = project({"a.md": "# A", "_redirects.yml": f"{name}: a\n"}, feeds=feeds, search=True)
    assert built.codes == ["redirect-taken"]


def test_an_id_that_is_only_shown_is_no_place_for_an_alias(project: Callable[..., Any]) -> None:
    page = '# A\n\nWrite `<h2 id="usage">` and `id="old"`.\n\n## Usage\n'
    built = project({"a.md": page, "_redirects.yml": "a#old: a#usage\n"})
    alias = '<span id="old" class="sg-alias"></span>'
    assert f'<h2 id="usage">{alias}Usage' in built.read("a/index.html")
    assert built.codes == []


def test_an_anchor_with_an_apostrophe_is_found(project: Callable[..., Any]) -> None:
    page = '# A\n\n<a id="what\'s-new"></a>\n\nText.\n'
    built = project({"a.md": page, "_redirects.yml": "a#old: a#user-content-what's-new\n"})
    assert 'id="old" class="sg-alias"' in built.read("a/index.html")
    assert built.codes == []


def test_a_chain_over_pages_and_anchors_is_followed_to_its_end(project: Callable[..., Any]) -> None:
    chain = "p: q\nq#x: p#y\nq#y: p#z\nq#z: a#end\nq: a\np#x: q#x\n"
    built = project({"a.md": "# A\n\n## End\n", "_redirects.yml": chain})
    assert "redirect-target" not in built.codes
    assert '<li class="sg-moved" id="x"><a href="../a/#end">' in built.read("p/index.html")


def test_a_section_that_moved_within_its_page_answers_to_its_old_anchor(
    project: Callable[..., Any],
) -> None:
    page = '# A\n\n## New\n\n<img id="shot" src="a.png" alt="A > B">\n'
    redirects = "a#old: a.md#new\na#older: a#old\na.md#picture: a#user-content-shot\n"
    built = project({"a.md": page, "_redirects.yml": redirects})
    html = built.read("a/index.html")
    assert built.codes == ["link-file"]
    alias = '<span id="{}" class="sg-alias"></span>'.format
    assert f'<h2 id="new">{alias("old")}{alias("older")}New' in html
    assert f'{alias("picture")}<img loading="lazy"' in html
    assert "sg-moved" not in html


def test_a_section_that_moved_to_another_page_leaves_a_line_that_leads_on(
    project: Callable[..., Any],
) -> None:
    redirects = "a#old: b/c#new\na#whole: b/c\n"
    built = project({"a.md": "# A", "b/c.md": "# C & D\n\n## New\n", "_redirects.yml": redirects})
    html = built.read("a/index.html")
    assert 'id="old">This section has moved: <a href="../b/c/#new">C &amp; D</a>' in html
    assert 'id="whole">This section has moved: <a href="../b/c/">' in html
    assert built.codes == []
    assert '<script src="../assets/moved.' in html
    assert "moved" not in built.read("b/c/index.html")


def test_a_page_that_is_gone_leads_its_sections_to_several_pages(
    project: Callable[..., Any],
) -> None:
    redirects = "gone: a\ngone#part: mid#x\nmid: b\nmid#x: b#new\ngone#b: mid#kept\n"
    built = project(
        {"a.md": "# A", "b.md": "# B\n\n## New\n\n## Kept", "_redirects.yml": redirects}
    )
    html = built.read("gone/index.html")
    assert '<noscript><meta http-equiv="refresh" content="0; url=../a/">' in html
    assert '<li class="sg-moved" id="part"><a href="../b/#new">B</a></li>' in html
    assert '<li class="sg-moved" id="b"><a href="../b/#kept">B</a></li>' in html
    assert '<script src="../assets/moved.' in html
    assert built.codes == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("a#new: b", "redirect-anchor"),  # a section of that name is there
        ("a#old: b#nwe", "redirect-anchor"),
        ("a#old: a#nwe", "redirect-anchor"),
        ("gone#old: a", "redirect-anchor"),
        ("a#sg-toc: a#new", "redirect-anchor"),
        ("a#sg-content: a#new", "redirect-anchor"),
        ("a#old: nowhere#x", "redirect-target"),
        ("a#old: a#old", "redirect-target"),
        ("a#x: a#y\na#y: a#x", "redirect-target"),
        ("a#old: https://h/x#y", "redirect-target"),
    ],
)
def test_an_anchor_that_cannot_lead_on_is_a_finding_with_its_line(
    project: Callable[..., Any], line: str, code: str
) -> None:
    pages = {"a.md": "# A\n\n## New", "b.md": "# B\n\n## New"}
    built = project(pages | {"_redirects.yml": f"# Sections\n{line}\n"})
    assert set(built.codes) == {code}
    assert built.result.diagnostics[0].location.line == 2
    html = built.read("a/index.html")
    assert html.count('id="new"') == 1
    assert "sg-moved" not in html or "nwe" in html


def test_a_path_that_is_redirected_twice_is_refused_with_both_lines(
    project: Callable[..., Any],
) -> None:
    with pytest.raises(PlanError, match=r"yml:2: 'x\.md#p' is redirected in line 1"):
        project({"a.md": "# A", "_redirects.yml": "x#p: a\nx.md#p: a\n"})


@pytest.mark.parametrize("text", ["- a", "a: [b]", "a:\n", "a: &x [1]\nb: *x", "a: {"])
def test_a_file_that_is_no_mapping_is_refused(project: Callable[..., Any], text: str) -> None:
    with pytest.raises(PlanError, match=r"_redirects\.yml"):
        project({"a.md": "# A", "_redirects.yml": text})


def test_pages_in_several_languages_know_each_other(project: Callable[..., Any]) -> None:
    pages = {"en/a.md": "# A", "ar/a.md": "# ا", "en/b.md": "# B"}
    html = (built := project(pages, base_url="https://h/")).read("en/a/index.html")
    assert '<link rel="alternate" hreflang="ar" href="https://h/ar/a/">' in html
    assert 'lang="ar" hreflang="ar" dir="rtl">العربية</a>' in html
    other = built.read("en/b/index.html")
    assert 'hreflang="ar" href' not in other.partition("</head>")[0]
    assert "العربية" in other


def test_search_engines_are_told_no_other_languages_by_addresses_they_do_not_read(
    project: Callable[..., Any],
) -> None:
    head = project({"en/a.md": "# A", "ar/a.md": "# ا"}).read("en/a/index.html")
    assert "hreflang" not in head.partition("</head>")[0]
    assert '<a href="../../ar/a/" lang="ar" hreflang="ar"' in head


def test_a_frame_of_another_host_waits_behind_a_link(project: Callable[..., Any]) -> None:
    frame = '<iframe src="https://x.hf.space/" title="A demo"></iframe>'
    html = project({"a.md": f"# A\n\n{frame}\n"}).read("a/index.html")
    assert '<a class="sg-embed" href="https://x.hf.space/" rel="noopener">A demo' in html
    assert html.index("<template>") < html.index("<iframe")


def test_a_redirect_of_an_html_file_is_that_file_and_leads_on(project: Callable[..., Any]) -> None:
    lines = "old4.html: new\nx/Page.htm: old4.html\nd/index.html: new\nold4.html#a: new#b\n"
    built = project({"new.md": "# N\n\n## B\n", "_redirects.yml": lines})
    assert 'content="0; url=new/"' in built.read("old4.html")
    assert '<li class="sg-moved" id="a"><a href="new/#b">' in built.read("old4.html")
    assert 'content="0; url=../new/"' in built.read("x/Page.htm")
    assert 'content="0; url=../new/"' in built.read("d/index.html")
    assert not (built.folder / "old4").exists()
    assert built.codes == []


def test_addresses_that_differ_in_letter_case_alone_are_a_rule_for_hosts(
    project: Callable[..., Any],
) -> None:
    lines = "Guide: guide\nOld: guide\nold: guide#a\n"
    files = {"guide.md": "# G\n\n## A\n", "_redirects.yml": lines}
    built = project(files, base_url="https://h/docs/")
    assert built.codes == ["redirect-host", "redirect-host"]
    assert built.read("_redirects") == (
        "/docs/Guide/ /docs/guide/ 301\n/docs/old/ /docs/guide/ 301\n"
    )
    assert "url=../guide/" in built.read("Old/index.html")


def test_an_old_address_may_lead_to_another_host_or_to_a_file(project: Callable[..., Any]) -> None:
    lines = "away: https://other.example.org/x?a=1&b=2#c\nold.pdf: files/new.pdf\nhop: away\n"
    files = {"a.md": "# A", "files/new.pdf": "pdf", "_redirects.yml": lines}
    built = project(files, base_url="https://h/")
    assert 'url=https://other.example.org/x?a=1&amp;b=2#c"' in built.read("away/index.html")
    assert '<link rel="canonical" href="https://other' in built.read("away/index.html")
    assert "url=https://other" in built.read("hop/index.html")
    assert 'url=../files/new.pdf"' in built.read("old.pdf/index.html")
    assert built.codes == []


@pytest.mark.parametrize(
    "line",
    ["x: javascript:alert(1)", "x: //evil.example.org", "x: https://u:p@h.org/", "x: no.pdf",
     "a#old: https://h.org/", "x/*: nowhere/*", "x/*: nowhere", "x/*: x/a", "x*y: a"],
)  # fmt: skip
def test_a_target_that_is_nothing_is_a_finding(project: Callable[..., Any], line: str) -> None:
    built = project({"a.md": "# A", "x/a.md": "# A", "_redirects.yml": line})
    assert built.codes == ["redirect-target"]
    assert not (built.folder / "_redirects").exists()


@pytest.mark.parametrize(
    "old",
    ["img/a.png", "robots.txt", "404.html", "https://h.org/a", "LLMS.txt", "index.html",
     "build.json"],
)  # fmt: skip
def test_a_redirect_from_what_is_there_is_a_finding(project: Callable[..., Any], old: str) -> None:
    built = project({"a.md": "# A", "img/a.png": "png", "_redirects.yml": f"{old}: a"})
    assert built.codes == ["redirect-taken"]


def test_all_pages_below_a_folder_lead_to_those_of_the_same_names(
    project: Callable[..., Any],
) -> None:
    lines = "v1/b: v2/a\nv1/*: v2/*\n"
    pages = {f"v2/{name}.md": f"# {name}" for name in ("a", "b", "c/d")}
    built = project(pages | {"v1/c/d.md": "# Still here", "_redirects.yml": lines})
    assert "url=../../v2/a/" in built.read("v1/a/index.html")
    assert "url=../../v2/a/" in built.read("v1/b/index.html")
    assert "Still here" in built.read("v1/c/d/index.html")
    assert built.codes == []


def test_what_only_a_host_can_lead_on_is_a_rule_for_hosts_with_a_finding(
    project: Callable[..., Any],
) -> None:
    lines = "v1/*: a\nblog/*: https://blog.example.org/*\n"
    built = project({"a.md": "# A", "_redirects.yml": lines})
    assert built.codes == ["redirect-host", "redirect-host"]
    assert built.read("_redirects") == (
        "/blog/* https://blog.example.org/:splat 301\n/v1/* /a/ 301\n"
    )


def test_rules_of_the_configuration_are_looked_up(project: Callable[..., Any]) -> None:
    good = {
        "/x": "/a/",
        "/y": "a/",
        "/z": "/img/a.png?1",
        "/h": "https://h.org/",
        "/s/*": "/:splat",
    }
    rules = good | {"/r": "/"}
    files = {"a.md": "# A", "img/a.png": "png"}
    assert project(files, publish=PublishConfig(redirects=rules)).codes == []
    built = project(files, publish=PublishConfig(redirects={"/x": "/b/"}))
    assert built.codes == ["redirect-target"]
    below = {"/docs/x": "/docs/a/"}
    options = {"base_url": "https://h.org/docs/", "publish": PublishConfig(redirects=below)}
    assert project(files, **options).codes == []
    beside = {"/a/": "/other/b/", "/docs": "/docs/a/index.html"}
    assert project(files, **options | {"publish": PublishConfig(redirects=beside)}).codes == [
        "redirect-taken"
    ]


@pytest.mark.parametrize("old", ["/a/", "a", "/a/index.html", "/img/a.png", "/", "/%61/"])
def test_a_rule_for_what_is_there_is_a_finding(project: Callable[..., Any], old: str) -> None:
    files = {"a.md": "# A", "b.md": "# B", "index.md": "# C\n\n![x](img/a.png)", "img/a.png": "png"}
    rules = PublishConfig(redirects={old: "/b/"})
    assert project(files, publish=rules).codes == ["redirect-taken"]


def test_rules_may_follow_each_other_but_not_in_a_circle(project: Callable[..., Any]) -> None:
    chain = PublishConfig(redirects={"/x": "/y", "/y": "/z/", "/z": "/a/"})
    assert project({"a.md": "# A"}, publish=chain).codes == []
    circle = PublishConfig(redirects={"/w": "/x", "/x": "/y/", "/y": "/x"})
    assert project({"a.md": "# A"}, publish=circle).codes == ["redirect-target"] * 3

"""Redirects and sister pages: where old addresses and other languages lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from sitegen.config import FeedsConfig
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
    with pytest.raises(PlanError, match=r"yml, line 2: 'x\.md#p' is redirected in line 1"):
        project({"a.md": "# A", "_redirects.yml": "x#p: a\nx.md#p: a\n"})


@pytest.mark.parametrize("text", ["- a", "a: [b]", "a:\n", "a: &x [1]\nb: *x", "a: {"])
def test_a_file_that_is_no_mapping_is_refused(project: Callable[..., Any], text: str) -> None:
    with pytest.raises(PlanError, match=r"_redirects\.yml"):
        project({"a.md": "# A", "_redirects.yml": text})


def test_pages_in_several_languages_know_each_other(project: Callable[..., Any]) -> None:
    pages = {"en/a.md": "# A", "ar/a.md": "# ا", "en/b.md": "# B"}
    html = (built := project(pages)).read("en/a/index.html")
    assert '<link rel="alternate" hreflang="ar" href="../../ar/a/">' in html
    assert 'lang="ar" hreflang="ar" dir="rtl">العربية</a>' in html
    other = built.read("en/b/index.html")
    assert 'hreflang="ar" href' not in other.partition("</head>")[0]
    assert "العربية" in other


def test_a_frame_of_another_host_waits_behind_a_link(project: Callable[..., Any]) -> None:
    frame = '<iframe src="https://x.hf.space/" title="A demo"></iframe>'
    html = project({"a.md": f"# A\n\n{frame}\n"}).read("a/index.html")
    assert '<a class="sg-embed" href="https://x.hf.space/" rel="noopener">A demo' in html
    assert html.index("<template>") < html.index("<iframe")

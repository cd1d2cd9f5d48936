"""Redirects and sister pages: where old addresses and other languages lead."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

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

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import chain
from pathlib import Path

import pytest

from sitegen.plan.site_root import addresses, site_home, site_roots

Run = Callable[..., tuple[int, str, str]]


def roots(pages: dict[str, str], *files: str) -> tuple[str, ...]:
    return site_roots(pages, chain.from_iterable(map(addresses, pages.values())), lambda: files)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("[a](/course/chapter1/1) [b](/course/chapter9/1) [c](/nothere.png)", ("course",)),
        ("[a](/chapter1/1) ![b](/img/logo.png)", ("",)),
        ("[a](/docs/en/chapter1/1.md#x) [b](/docs/en/)", ("docs/en",)),
        ("[a](/docs/chapter1/1/) ![b](/img/logo.png)", ("docs", "")),
        ('<a href="/docs/chapter1/1">a</a> <img src="/docs/img/logo.png">', ("docs",)),
        ("[a]\n\n[a]: /docs/chapter1/1\n", ("docs",)),
        ("[a](/login) [b](/blog/) [c](/blog/index) [d](//host/chapter1/1)", ()),
        ("[a](/x/chapter1/1) [b](/x/1) [c](/x/2)", ()),
        ("[home](/)", ("",)),
        ("[home](/docs/) [a](/docs/chapter1/1) [lost](/docs/lost)", ("docs",)),
        ("No link at all.", ()),
    ],
)
def test_the_root_is_what_half_of_the_addresses_below_it_lead_somewhere_without(
    text: str, found: tuple[str, ...]
) -> None:
    assert roots({"index": text, "chapter1/1": "# One"}, "img/logo.png") == found


@pytest.mark.parametrize(
    ("text", "home"),
    [
        ("[a](/guide/start) [b](/guide/start.md#x) [c](/login)", "content/docs"),
        ("[a](/guide/start) [b](/login) [c](/blog)", ""),
        ("[a](/content/docs/guide/start)", ""),
        ("No link at all.", ""),
    ],
)
def test_the_folder_of_all_pages_may_be_left_out(text: str, home: str) -> None:
    pages = {"content/docs/guide/start": text, "content/docs/index": "# Home"}
    said = set(addresses(text))
    assert site_home(pages, said) == home
    assert not site_home({"index": "", **pages}, said)


def test_links_and_images_lead_into_the_folder_that_they_leave_out(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    (tmp_path / "all").mkdir()
    docs.rename(tmp_path / "all" / "content")
    text = "# Home\n\n[one](/one#part) [self](/index) ![a](/img/a.svg) [lost](/lost)\n"
    text += "[whole](/content/one?x=1) ![whole](/content/img/a.svg) [two](/two) [three](/three)\n"
    (tmp_path / "all" / "content" / "two.md").write_text("# Two\n")
    (tmp_path / "all" / "content" / "three.md").write_text("# Three\n")
    (tmp_path / "all" / "content" / "index.md").write_text(text)
    err = run("build", "all", "-v")[2]
    html = article(tmp_path, "content")
    assert 'href="one/#part"' in html
    assert re.search(r'src="img/a[^"]*svg"', html)
    assert 'href="one/?x=1"' in html
    assert 'src="/content/img/a.svg"' in html
    assert err.count("link-page]") == 1
    assert "link to 'content/lost'" in err
    assert "content/content" not in err


@pytest.fixture
def docs(tmp_path: Path) -> Path:
    folder = tmp_path / "docs"
    (folder / "img").mkdir(parents=True)
    (folder / "img" / "a.svg").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    (folder / "one.md").write_text("# One\n\n## Part\n\nText of the page.\n")
    return folder


def article(tmp_path: Path, page: str = "") -> str:
    html = (tmp_path / "build" / page / "index.html").read_text()
    return html.partition("<article")[2].partition("</article>")[0]


def test_links_and_images_from_the_root_are_looked_up(run: Run, docs: Path, tmp_path: Path) -> None:
    (docs / "index.md").write_text(
        "# Home\n\n[one](/course/one#part) [lost](/course/lost) ![a](/course/img/a.svg)\n"
        '![b](/course/img/b.svg) [off](/login) <a href="/course/one.md">raw</a>\n'
    )
    err = run("build", "docs", "-v")[2]
    html = article(tmp_path)
    assert 'href="one/#part"' in html
    assert 'src="img/a.svg"' in html
    assert 'href="one/">raw' in html
    assert 'href="/login"' in html
    assert "link to 'lost': the input holds no such page [link-page]" in err
    assert "link to 'img/b.svg': the input holds no such file [link-file]" in err
    assert "link to '/login' counts from the root of whatever host" in err
    assert err.count("warning: ") == 3


def test_a_root_that_is_configured_holds(run: Run, docs: Path, tmp_path: Path) -> None:
    (docs / "index.md").write_text("# Home\n\n[a](/x/one) [b](/y/one) [c](/x/lost)\n")
    (tmp_path / "sitegen.toml").write_text('input = "docs"\nsite_root = "/x/"\n')
    err = run("build", "-v")[2]
    assert 'href="one/">a' in article(tmp_path)
    assert 'href="/y/one">b' in article(tmp_path)
    assert "link to 'lost': the input holds no such page" in err
    (tmp_path / "sitegen.toml").write_text('input = "docs"\nsite_root = "x"\n')
    assert "site_root must begin with /" in run("build")[2]


@pytest.mark.parametrize(
    ("redirects", "link", "href"),
    [
        ("old: one", "old.md", "one/"),
        ("old: one", "old#part", "one/#part"),
        ("old: one#part", "old.md", "one/#part"),
        ("old: one#part", "old.md#own", "one/#own"),
        ("older: old\nold: one", "older/", "one/"),
        ("old.html: one", "old.html", "one/"),
        ("old/*: guide/*", "old/two.md", "guide/two/"),
        ("old: https://host.example/", "old.md", "old/"),
        ("index#gone: one#part", "index.md#gone", "./#gone"),
    ],
)
def test_a_link_to_a_redirected_page_leads_to_its_goal(  # noqa: PLR0917 - a row of the table
    run: Run, docs: Path, tmp_path: Path, redirects: str, link: str, href: str
) -> None:
    (docs / "guide").mkdir()
    (docs / "guide" / "two.md").write_text("# Two\n\nText of the page, with words.\n")
    (docs / "index.md").write_text(f"# Home\n\nText of the page: [there]({link}).\n")
    (docs / "_redirects.yml").write_text(redirects + "\n")
    assert "link-page" not in run("build", "docs", "-v")[2]
    assert f'href="{href}"' in article(tmp_path)
    out = run("check", "docs", "--level", "warning")[1]
    assert "link-page" not in out
    assert ("link-anchor" in out) == link.endswith("#own")


def test_a_page_that_names_its_old_address_is_led_to(run: Run, docs: Path, tmp_path: Path) -> None:
    (docs / "one.md").write_text("---\nredirect_from: /was/here\n---\n\n# One\n\nText.\n")
    (docs / "index.md").write_text("# Home\n\nText of the page: [there](was/here.md).\n")
    assert "warning" not in run("build", "docs", "-v")[2]
    assert 'href="one/"' in article(tmp_path)
    assert "(one.md)" in (tmp_path / "build" / "index.md").read_text()


def test_old_pages_that_lead_on_count_and_are_led_on_from_the_root_too(
    run: Run, docs: Path, tmp_path: Path
) -> None:
    (docs / "_redirects.yml").write_text("old: one\nolder: old\nsec: one#part\n")
    (docs / "index.md").write_text(
        "# Home\n\n[a](/lib/one) [b](/lib/old) [c](/lib/older#part) [d](/lib/sec)\n"
        '<a href="/lib/old.md">e</a> [f](/lib/) [g](/blog/x)\n'
    )
    code, _, err = run("build", "docs", "--strict")
    assert (code, err.count("'/blog/x'"), "'/lib" in err) == (3, 1, False)
    links = re.findall(r'<a href="([^"#]*(?:#part)?)">(.)</a>', article(tmp_path))
    assert links == [
        *(("one/", "a"), ("one/", "b"), ("one/#part", "c"), ("one/#part", "d")),
        *(("one/", "e"), ("./", "f"), ("/blog/x", "g")),
    ]

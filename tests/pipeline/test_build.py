"""A build: what its site holds, and what is left where it fails."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from sitegen.build import build
from sitegen.config.file import load_config
from sitegen.errors import ReadError, SitegenError
from tests.pipeline.built import DATA, ROWS, dataset, digest, made

HOSTILE = DATA.parent / "cases" / "hostile_rows.json"
Project = Callable[..., Any]


class Links(HTMLParser):
    """Gathers ids, and what tags lead to."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.opened: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        self.opened.append((tag, values))
        self.ids += [values["id"]] if "id" in values else []
        self.links += [values[name] for name in ("href", "src") if name in values]


def dead_links(folder: Path) -> Iterator[str]:
    pages = {path: Links(path.read_text("utf-8")) for path in folder.rglob("*.html")}
    for path, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            if parts.scheme or parts.netloc:
                continue
            # The page for what is not there stands at any depth: its links count from the root,
            # and what it seeks upwards is there.
            start = folder if path.name == "404.html" else path.parent
            name = unquote(parts.path)
            name = re.sub(r"^(?:/|(?:\.\./)+)", "", name) if start is folder else name
            target = (start / name).resolve()
            target = target / "index.html" if target.is_dir() or not parts.path else target
            target = path if not parts.path else target
            if not target.is_file() or (
                parts.fragment and unquote(parts.fragment) not in pages[target].ids
            ):
                yield f"{path.relative_to(folder)}: {link}"


def test_the_old_site_stays_when_a_build_fails(tmp_path: Path) -> None:
    site = made(dataset(tmp_path / "a", ROWS), tmp_path / "site")
    before = digest(site)
    broken = tmp_path / "broken.parquet"
    broken.write_bytes((tmp_path / "a" / "docs.parquet").read_bytes()[:-40])
    with pytest.raises(ReadError):
        made(broken, site)
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "page.html").write_text("{{ nonsense }}")
    (tmp_path / "sitegen.toml").write_text('[theme]\ntemplates = "templates"\n')
    flags = {"input": (str(tmp_path / "a"),), "output": site, "jobs": 1, "search": "headings"}
    config = load_config(flags=flags, environ={}, cwd=tmp_path)
    with pytest.raises(SitegenError, match="nonsense"):
        build(config)
    assert digest(site) == before


def test_every_relative_link_leads_to_a_file_of_the_site(project: Project) -> None:
    built = project(
        {
            "index.md": "# Home\n\n[a](guide/a) ![p](img/p.png) [top](#home)\n",
            "guide/a.md": "# A\n\n[b](./b.md#tips) [home](../index.md) ![p](../img/p.png)\n",
            "guide/b.mdx": "# B\n\n## Tips\n\n[a](a.html) [deep](deep/) [file](../files/x.pdf)\n",
            "guide/deep/README.md": "# Deep\n\n[b](../b#tips) <img src='../../img/p.png' alt=''>\n",
            "API reference/é.md": "# É\n\n[a](../guide/a)\n",
            "img/p.png": b"\x89PNG",
            "files/x.pdf": b"%PDF",
        }
    )
    assert built.codes == []
    assert built.result.report["links"]["missing"] == 0
    assert list(dead_links(built.folder)) == []
    assert (built.folder / "img/p.png").read_bytes() == b"\x89PNG"


def test_assets_are_found_when_all_pages_lie_in_one_folder(project: Project) -> None:
    built = project({"guide/a.md": "# A\n\n![p](../img/p.png)\n", "img/p.png": b"P"})
    assert built.pages == {"guide/a": "guide/a/"}
    assert list(dead_links(built.folder)) == []


def test_a_page_keeps_the_contract_of_the_output(tmp_path: Path) -> None:
    folder = made(dataset(tmp_path / "a", ROWS), tmp_path / "site")
    for row in ROWS:
        name = str(row["source"]).removeprefix("/home/me/lib/docs/source/en/").removesuffix(".md")
        path = folder / ("" if name == "index" else name) / "index.html"
        page = Links(path.read_text("utf-8"))
        tags = [tag for tag, _ in page.opened]
        assert tags.index("main") < tags.index("article") < tags.index("h1")
        assert tags.count("h1") == 1
        assert all("id" in attrs for tag, attrs in page.opened if tag in {"h1", "h2", "h3"})
        assert len(page.ids) == len(set(page.ids))
        assert {"tips", "tips-1", "more"} <= set(page.ids)
        assert any("anchor" in attrs.get("class", "") for tag, attrs in page.opened if tag == "a")
        marked = [attrs["data-chunk"] for _, attrs in page.opened if "data-chunk" in attrs]
        number = row["id"].split("_")[0]
        assert marked == [f"{number}_{part}" for part in range(1, 5)]


def test_a_site_without_an_index_gets_a_landing_page(project: Project) -> None:
    built = project({"a.md": "# A\n", "g/b.md": "# B\n"}, title="My site")
    assert "<h1>My site</h1>" in built.read("index.html")
    assert 'href="a/"' in built.read("index.html")
    assert list(dead_links(built.folder)) == []


def test_the_output_holds_what_hosts_and_machines_look_for(project: Project) -> None:
    built = project({"index.md": "# A\n"}, base_url="https://h.org/docs/")
    names = {path.name for path in built.folder.iterdir()}
    assert {"index.html", "404.html", "robots.txt", "sitemap.xml", "build.json", "assets"} <= names
    assert json.loads(built.read("build.json"))["counts"]["pages"] == 1
    assert "https://h.org/docs/" in built.read("sitemap.xml")
    assert str(built.folder.parent) not in built.read("build.json")


def test_the_toctree_of_a_folder_orders_its_site(project: Project) -> None:
    toctree = (
        "- title: Guides\n  sections:\n  - {local: b, title: Bee}\n  - {local: a, title: Ay}\n"
    )
    built = project({"_toctree.yml": toctree, "a.md": "# A\n", "b.md": "# B\n"})
    assert list(built.pages) == ["b", "a"]
    assert "_toctree.yml" not in {path.name for path in built.folder.rglob("*")}


def test_a_build_leaves_nothing_beside_the_site(tmp_path: Path) -> None:
    made(dataset(tmp_path / "a", ROWS), tmp_path / "site")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "site"]
    hidden = [p.name for p in (tmp_path / "site").rglob(".*")]
    assert sorted(hidden) == [".nojekyll", ".sitegen-manifest.json"]


def test_a_site_without_input_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SitegenError, match="no input"):
        build(load_config(environ={}, cwd=tmp_path))


@pytest.mark.skipif(not HOSTILE.is_file(), reason="the collected hostile rows are not here")
def test_hostile_sources_neither_leave_the_site_nor_change_other_pages(tmp_path: Path) -> None:
    cases = json.loads(HOSTILE.read_text(encoding="utf-8"))
    sources = {
        row["source"]
        for case in cases
        if case["name"].startswith(("source/", "collision/"))
        for row in case.get("rows") or [case["row"]]
        if row["source"]
    }
    hostile = [ROWS[0] | {"source": s, "url": "", "id": f"9{n}_0"} for n, s in enumerate(sources)]
    plain = [
        ROWS[0] | {"source": f"/home/me/lib/docs/source/en/p{n}.md", "url": "", "id": f"7{n}_0"}
        for n in range(len(hostile) + 1)
    ]
    encoded = [json.dumps(row) for row in (*ROWS, *plain, *hostile)]
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "in.jsonl").write_text("\n".join(encoded))
    made(dataset(tmp_path / "clean", [*ROWS, *plain]), tmp_path / "work" / "clean")
    made(tmp_path / "work" / "in.jsonl", tmp_path / "work" / "site", cache=False)
    assert sorted(p.name for p in (tmp_path / "work").iterdir()) == ["clean", "in.jsonl", "site"]
    for page in ("quick-tour", "model_doc/bert"):
        alone, among = (
            (tmp_path / "work" / site / page / "index.html").read_text("utf-8").split("<article")[1]
            for site in ("clean", "site")
        )
        assert alone.split("</article>")[0] == among.split("</article>")[0]


def test_what_was_restored_is_marked_on_the_page_with_how_sure_it_is(tmp_path: Path) -> None:
    rows = [
        {"source": "d/a.md", "id": "0_0", "text": "Intro.", "source_section": None},
        {"source": "d/a.md", "id": "0_1", "text": "Use it.", "source_section": "#usage-tips"},
    ]
    page = (made(dataset(tmp_path / "a", rows), tmp_path / "site") / "a/index.html").read_text()
    assert re.search(r'<h1 [^>]*data-restored="title:guessed"', page)
    assert re.search(r'<h2 [^>]*data-restored="heading:\w+ level:\w+"', page)

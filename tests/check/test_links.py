from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from sitegen.model import Body, Document, Link, Page, RenderedPage, Section
from sitegen.urls import permalink
from tests.check.linked import check_links


def page(id: str, *links: Link) -> RenderedPage:
    sections = (Section(0, "", "7_0", "d.parquet", 3), Section(4, "", "7_1", "d.parquet", 9))
    document = Document(id, f"{id}.md", "\n" * 8, sections)
    page = Page(document.head(), id, permalink(id))
    return RenderedPage(page, partial(Body, "", links=tuple(links)), lambda: document)


def messages(pages: Iterable[RenderedPage], files: Iterable[str] = ()) -> list[str]:
    return [finding.message for finding in check_links(pages, set(files)).diagnostics]


def test_links_to_pages_and_files_that_are_there_are_fine() -> None:
    links = [
        Link("b", "", 0),
        Link("b/index", "", 0),
        Link("index", "", 0),
        Link("a", "x", 0),
        Link("img/x.png", "", 0, is_page=False),
    ]
    report = check_links([page("a", *links), page("b"), page("index")], {"img/x.png"})
    assert (report.checked, report.missing, report.diagnostics) == (5, 0, ())


def test_a_link_to_nowhere_is_told_with_chunk_and_row() -> None:
    report = check_links([page("a", Link("gone", "", 5))], set())
    assert (report.checked, report.missing) == (1, 1)
    (finding,) = report.diagnostics
    assert finding.code == "link-page"
    assert str(finding.location) == "chunk 7_1 (row 9 of d.parquet), page a, line 6"


def test_a_page_of_the_same_name_elsewhere_is_suggested() -> None:
    pages = [page("a", Link("tasks/training", "", 0)), page("guide/x/training"), page("training")]
    (finding,) = check_links(pages, set()).diagnostics
    assert finding.help == "did you mean 'training'?"


def test_a_page_whose_name_is_nearly_that_is_suggested() -> None:
    names = ("guide/training", "tasks/summary", "api/index")
    links = [
        Link(to, "", 0) for to in ("guide/trainig", "guide/trianing", "x/summarys", "api/bart")
    ]
    links.append(Link("guide/training.png", "", 0, is_page=False))
    pages = [page("a", *links), page("api/bert"), *map(page, names)]
    assert [finding.help for finding in check_links(pages, set()).diagnostics] == [
        "did you mean 'guide/training'?",
        "did you mean 'guide/training'?",
        "did you mean 'tasks/summary'?",
        "",
        "",
    ]


def test_a_missing_file_is_a_finding_of_its_own() -> None:
    (finding,) = check_links([page("a", Link("x.png", "", 0, is_page=False))], set()).diagnostics
    assert finding.code == "link-file"
    assert messages([page("a", Link("x.png", "", 0))]) == [
        "link to 'x.png': the input holds no such page"
    ]


def test_thousands_of_misses_among_thousands_of_pages_are_all_told() -> None:
    many = [page(f"d{n}/index", *[Link(f"x{n}/gone", "", 0)] * 3) for n in range(3000)]
    near = [page(f"e{n}/p", Link(f"x{n}/index", "", 0)) for n in range(100)]
    assert check_links([*many, *near], set()).missing == 9100


def test_a_page_whose_name_is_only_spelled_otherwise_is_suggested() -> None:
    pages = [page("a", Link("models/VitMAE", "", 0)), page("models/vit_mae"), page("models/vit")]
    (finding,) = check_links(pages, set()).diagnostics
    assert finding.help == "did you mean 'models/vit_mae'?"


def test_a_link_to_a_folder_is_led_to_its_first_page() -> None:
    pages = [page("a", Link("quantization", "", 0)), page("main/quantization")]
    pages += [page("quantization/overview"), page("quantization/awq")]
    (finding,) = check_links(pages, set()).diagnostics
    assert finding.help == "did you mean 'quantization/overview'?"


def test_a_link_to_a_draft_says_that_it_is_one(project: Callable[..., Any]) -> None:
    draft = "---\ndraft: true\n---\n# A\n"
    text = "# B\n\n[a](a.md), [i](in/index.md), [x](x.md)\n"
    built = project({"a.md": draft, "in/index.md": draft, "b.md": text})
    found = [each for each in built.result.diagnostics if each.code == "link-page"]
    assert [each.message for each in found] == [
        "link to 'a': that page is a draft",
        "link to 'in/index': that page is a draft",
        "link to 'x': the input holds no such page",
    ]
    assert "take `draft` out" in found[0].help
    assert "draft" not in found[2].help

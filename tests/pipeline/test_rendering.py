"""A body is known by all that rendering reads, and by nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import fields, replace

import sitegen.render
from sitegen.errors import Diagnostic, Location, Severity
from sitegen.model import Body, Certainty, Document, LinkSpace, Restored, Section
from sitegen.model.objects import NOTHING_NAMED, ApiDoc, Documented, Mentions, Named
from sitegen.pipeline.documents import Ground
from sitegen.pipeline.rendering import Jobs, job_of, key_of, render_all, with_places
from sitegen.pipeline.restoring import Prepared, placeless
from sitegen.pipeline.work import warm_up
from sitegen.plan.object_index import ObjectIndex
from sitegen.plan.references import References
from sitegen.store.recall import Store
from sitegen.workers import Map

BODY = Body("<p>é</p>", (), (), "é", (), "é")
SPACE = LinkSpace()
GROUND = Ground(SPACE, (), {}, References(ObjectIndex()), None, (), ())


def document(text: str = "# A\n", row: int = 0, name: str = "a") -> Document:
    return Document(name, f"{name}.md", text, (Section(0, "a", "1_0", "x.parquet", row),))


def key(one: Document, space: LinkSpace = SPACE, named: Named = NOTHING_NAMED) -> str:
    return key_of(placeless(one), space, named, Store(None, in_memory=True))


def test_the_key_changes_with_all_that_render_may_read() -> None:
    one = document()
    (section,) = one.sections
    others = [
        *(key(replace(one, **{name: "other"})) for name in ("id", "source", "text", "title")),
        *(key(replace(one, **{name: "other"})) for name in ("url", "language", "description")),
        key(replace(one, restored=(Restored(0, "heading", Certainty.LIKELY),))),
        *(key(replace(one, sections=(s,))) for s in _other_sections(section)),
        key(replace(one, sections=())),
        key(one, LinkSpace(("https://x/docs/",))),
        key(one, LinkSpace((), (("a", "b"),))),
        key(one, LinkSpace(markdown_folders=("a",))),
        key(one, LinkSpace(site_roots=("a",))),
        key(one, LinkSpace(home="a")),
        key(one, LinkSpace(redirected=(("a/", "b", ""),))),
        key(one, LinkSpace(language="fr")),
        key(one, LinkSpace(strings=(("fr", (("Tip", "Conseil"),)),))),
        key(one, named=Named("pkg")),
        key(one, named=Named(references=(("A", Documented("A", "b", "A")),))),
        key(one, named=Named(references=(("A", Documented("A", "c", "A")),))),
        key(one, named=Named(docs=(ApiDoc("A", text="t"),))),
        key(one, named=Named(pages=("/b",))),
        key(one, named=Named(written_ids=(("b", "x"),))),
        key(one, named=Named(titles=(("b", "B"),))),
        key(document("\ud800")),
    ]
    assert len({key(one), *others}) == len(others) + 1
    assert {field.name for field in fields(Document)} == {
        *("id", "source", "text", "title", "url", "language", "restored", "sections"),
        *("own_place", "description", "redirect_from", "changed", "has_own_title"),
    }
    assert {field.name for field in fields(LinkSpace)} == {
        *("roots", "renamed", "markdown_folders", "site_roots", "home", "redirected"),
        *("language", "strings"),
    }
    assert {field.name for field in fields(Named)} == {
        *("package", "references", "docs", "pages", "written_ids", "titles")
    }


def _other_sections(section: Section) -> Iterator[Section]:
    """Change each field of a section but its place in the input."""
    for field in fields(Section):
        if field.name not in {"file", "row"}:
            yield replace(section, **{field.name: 7 if field.name == "line" else "other"})


def test_a_row_that_moves_renders_nothing_and_findings_move_along(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rendered: list[str] = []
    real = sitegen.render.render
    monkeypatch.setattr(
        sitegen.render, "render", lambda d, *rest: rendered.append(d.id) or real(d, *rest)
    )
    for row in (3, 8):
        moved = document("# A\n\n[x]()\n", row)
        prepared = Prepared(moved, placeless(moved), "", Mentions(), ())
        with Store(tmp_path / "s.sqlite") as store:
            jobs = Jobs()
            ticket = jobs.add(job_of(prepared, GROUND, store))
            ((_, body),) = render_all([ticket], GROUND.space, store, Map(1, warm_up), jobs)
            (finding,) = with_places(body(), partial(document, "# A\n\n[x]()\n", row)).diagnostics
        assert finding.location == Location("x.parquet", row, "1_0", "a", 3)
    assert rendered == ["a"]


def test_a_finding_without_a_line_keeps_its_place() -> None:
    finding = Diagnostic("c", Severity.WARNING, "m", Location("y", 7))
    body = replace(BODY, diagnostics=(finding,))
    assert with_places(body, document).diagnostics == (finding,)

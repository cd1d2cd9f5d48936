"""Patches: what upstream still does by itself, and what it does patched."""

from __future__ import annotations

import dataclasses
import inspect
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec, module_from_spec
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from linkify_it import LinkifyIt
from markdown_it import MarkdownIt, helpers
from markdown_it.token import Token

from sitegen.render import patches
from sitegen.render.parser import new_parser, parser
from tests.cases import body

DEEPER = patches.MAX_NESTING + 20


def test_upstream_still_drops_what_nests_too_deep() -> None:
    md = MarkdownIt("commonmark", {"maxNesting": 20})
    assert "kept" not in md.render("> " * 30 + "kept")


def test_what_nests_too_deep_is_shown_and_reported() -> None:
    rendered = body("> " * DEEPER + "kept")
    assert "kept" in rendered.html
    assert [each.code for each in rendered.diagnostics] == ["nesting-too-deep"]


@pytest.mark.parametrize("mark", ["::: note", "> ::: tip", "```{note}", "/// note", "::: tabs"])
def test_callouts_that_nest_too_deep_are_shown_and_reported(mark: str) -> None:
    rendered = body(f"{mark}\n" * 300 + "> kept\n" * mark.startswith(">") + "kept")
    assert "kept" in rendered.html
    assert "nesting-too-deep" in {each.code for each in rendered.diagnostics}


def test_callouts_and_tabs_that_stand_ever_further_in_are_shown_and_reported() -> None:
    for mark in ("!!! note", '=== "A"'):
        lines = [" " * 4 * level + mark for level in range(150)]
        rendered = body("\n".join([*lines, " " * 600 + "kept"]))
        assert "kept" in rendered.html
        assert [each.code for each in rendered.diagnostics] == ["nesting-too-deep"]


def test_upstream_still_converts_the_attributes_of_every_token() -> None:
    assert "convert_attrs" in inspect.getsource(Token.__post_init__)


def _upstream(module: str, name: str) -> Callable[..., Any]:
    """A function as upstream has it, whatever was patched before."""
    spec = find_spec(module)
    assert spec is not None
    assert spec.loader is not None
    fresh = module_from_spec(spec)
    spec.loader.exec_module(fresh)
    return getattr(fresh, name)  # type: ignore[no-any-return]


def test_upstream_still_parts_rows_by_the_character() -> None:
    source = inspect.getsource(_upstream("markdown_it.rules_block.table", "escapedSplit"))
    assert "charStrAt(string, pos)" in source


def test_a_row_is_parted_as_upstream_does() -> None:
    upstream = _upstream("markdown_it.rules_block.table", "escapedSplit")

    @given(st.text(alphabet="ab|\\ `", max_size=30))
    def are_equal(row: str) -> None:
        assert patches.cells_of(row) == upstream(row)

    are_equal()
    assert import_module("markdown_it.rules_block.table").escapedSplit is patches.cells_of


def test_a_token_begins_as_upstream_makes_it() -> None:
    new_parser()
    fields, token = dataclasses.fields(Token), Token("heading_open", "h2", 1)
    assert list(inspect.signature(Token).parameters) == [each.name for each in fields]
    for each in fields[3:]:
        is_made = each.default is dataclasses.MISSING
        assert getattr(token, each.name) == ({} if is_made else each.default)
    assert token.copy(level=1) == Token("heading_open", "h2", 1, level=1)
    assert Token("a", "a", 1, [["href", "/"]]).attrs == {"href": "/"}  # type: ignore[arg-type]


def test_upstream_still_takes_full_width_punctuation_for_a_part_of_an_address() -> None:
    (found,) = LinkifyIt().match("https://a.example/b。") or ()
    assert found.url.endswith("。")


@pytest.mark.parametrize("end", ["。", "、", "）", "!", "**가"])
def test_an_address_ends_before_punctuation_and_emphasis(end: str) -> None:
    html = body(f"https://a.example/b{end}").html
    assert 'href="https://a.example/b"' in html


@pytest.mark.parametrize("text", ["README.md", "a@b.com", "//a.example", "127.0.0.1", "a.com"])
def test_upstream_still_links_what_only_looks_like_an_address(text: str) -> None:
    assert LinkifyIt(options={"fuzzy_ip": True}).test(text)
    assert "<a" not in body(f"See {text} there.").html


@given(st.text(alphabet="ab/#?&;<>()\\ \n\t\"'%é\x01", max_size=12))
def test_a_destination_is_read_as_upstream_reads_it(text: str) -> None:
    md = parser()
    ours = md.helpers.parseLinkDestination(text, 0, len(text))
    theirs = helpers.parseLinkDestination(text, 0, len(text))
    assert ours.ok == theirs.ok
    if ours.ok:
        assert (ours.pos, ours.str) == (theirs.pos, theirs.str)

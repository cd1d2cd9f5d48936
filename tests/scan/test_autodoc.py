"""Lines that document an object, as doc-builder and mkdocstrings have them."""

from __future__ import annotations

import pytest

from sitegen.scan.autodoc import Marker, read_markers, scan_markers


@pytest.mark.parametrize(
    ("options", "members"),
    [
        ("", ()),
        ("    options:\n      members: [go, stop]\n", ("go", "stop")),
        ("    options:\n      members:\n        - go\n      show_bases: no\n", ("go",)),
        ("    options:\n      members: no\n", ("none",)),
        ("    options:\n      members: []\n", ("none",)),
        ("    options:\n      members: yes\n", ()),
        ("    options:\n      heading_level: 3\n", ()),
        ("    options: members: {\n", ()),
        ("    members:\n      - go\n", ()),
        ("    options:\n      members: [go]\n      since: 2024-13-45\n", ("go",)),
        ("    options:\n      members: [go]\n      since: !!timestamp soon\n", ("go",)),
        ("    options:\n      members: [go, [stop]]\n      most: !!int ''\n", ("go",)),
        (f"    options:\n      members: {'[' * 2000}\n", ()),
    ],
)
def test_options_below_a_line_of_mkdocstrings_may_list_members(
    options: str, members: tuple[str, ...]
) -> None:
    lines = f"::: lib.pump.Pump\n{options}\n    code = 1\n".split("\n")
    found = read_markers(lines, 0)
    assert found == ((Marker("lib.pump.Pump", members),), 1 + options.count("\n"))


@pytest.mark.parametrize("line", ["::: tip", ":::", "::: lib", "::: lib.Pump is one", "::: {.a.b}"])
def test_containers_are_no_objects(line: str) -> None:
    assert read_markers([line], 0)[0] == ()


def test_both_forms_are_found_outside_of_code() -> None:
    text = "# A\n\n::: lib.A\n\n```\n::: lib.B\n```\n\n[[autodoc]] lib.C\n    - go\n"
    assert list(scan_markers(text)) == [Marker("lib.A"), Marker("lib.C", ("go",))]


def test_what_options_hold_is_no_object() -> None:
    text = "::: lib.A\n    options:\n      ::: lib.B\n      ```\n\n::: lib.C\n"
    assert list(scan_markers(text)) == [Marker("lib.A"), Marker("lib.C")]

"""Objects that Sphinx describes by hand."""

from __future__ import annotations

import pytest

from sitegen.scan.described import described
from tests.tempo import within


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (".. function:: go(a, *b)\n", [("go", "function", "a, *b")]),
        (".. py:data:: size\n", [("size", "", None)]),
        ("```{py:function} lib.go(a) -> int\nGoes.\n```\n", [("lib.go", "function", "a")]),
        (
            ".. module:: lib\n\n.. class:: Pump(x)\n\n   Words.\n\n   .. method:: go()\n\n"
            "   .. attribute:: size\n\n.. function:: lib.stop\n.. method:: Pump.end()\n",
            [
                ("lib.Pump", "class", "x"),
                ("lib.Pump.go", "method", ""),
                ("lib.Pump.size", "property", None),
                ("lib.stop", "function", None),
                ("lib.Pump.end", "method", ""),
            ],
        ),
        (
            ".. class:: Out\n\n   .. class:: In\n\n      .. method:: Out.In.go\n",
            [("Out", "class", None), ("Out.In", "class", None), ("Out.In.go", "method", None)],
        ),
        (
            "````{py:class} Pump\n```{py:method} go()\n```\n````\n\n```{py:function} end()\n```\n",
            [("Pump", "class", None), ("Pump.go", "method", ""), ("end", "function", "")],
        ),
        (".. method:: async abstract go(self)\n", [("go", "method", "self")]),
        (".. class:: special\n.. function:: a b\n.. c:function:: int f(void)\n", []),
        ("```\n.. function:: go()\n```\nThe function::\n", []),
    ],
)
def test_objects_have_their_full_names_and_parameters(
    text: str, found: list[tuple[str, str, str | None]]
) -> None:
    objects = [(each.name, each.kind, each.parameters) for each in described(text).values()]
    assert objects == found


@pytest.mark.parametrize("line", [".. function:: " + "a " * 2_000, ".. class:: A(" + "(" * 4_000])
def test_long_lines_take_time_as_their_length(line: str) -> None:
    assert not described(f"{line}\n" * 100)


@pytest.mark.parametrize("line", [":::{py:class} A\n", "{indent}.. py:class:: A()\n"])
def test_classes_in_classes_take_a_time_that_grows_with_the_text(line: str) -> None:
    text = "".join(line.replace("{indent}", " " * number) for number in range(1_500))
    with within(1):
        assert len(described(text)) == 1_500

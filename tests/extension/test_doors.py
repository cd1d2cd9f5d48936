"""Every door: by it a package can add its own, and what is built in came in by the same."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import Any

import pytest

from sitegen.errors import ConfigError
from sitegen.extension import Check, Extension, doors, entered
from sitegen.extension.doors import DOORS
from sitegen.feeds import Feed
from sitegen.model.table import OWN
from sitegen.render.components import Component


def _teach(md: object) -> None:
    """Nothing."""


MINE: Mapping[str, Any] = {
    "components": [Component("Mine", lambda node, _: node.body)],
    "rules": [_teach],
    "readers": {".mine": lambda *_: None},
    "checks": [Check("mine", "Mine", "look", lambda _: ())],
    "feeds": [Feed("mine", lambda _: True, lambda *_: ())],
    "publishers": {"mine": lambda _: None},
}


def _names(kind: str, parts: Any) -> set[str]:
    key = {"checks": "code"}.get(kind, "name")
    return set(parts) if isinstance(parts, Mapping) else {getattr(each, key) for each in parts}


def test_each_thing_that_an_extension_has_goes_through_a_door() -> None:
    kinds = {*Extension.__struct_fields__} - {"name", "version"}
    assert DOORS.keys() == kinds == MINE.keys()


@pytest.mark.parametrize("kind", DOORS)
def test_what_is_built_in_is_found_where_a_package_adds_its_own(kind: str) -> None:
    table = DOORS[kind].open()
    before = dict(table)
    own = getattr(doors.BUILT_IN, kind)
    assert len(own) == len(table) > 0
    if kind != "rules":
        assert _names(kind, own) == table.keys()
    with entered(Extension("third", "1", **{kind: MINE[kind]})):
        (added,) = table.keys() - before.keys()
        assert table.source(added) == "third"
        assert {table.source(name) for name in before} == {OWN}
        assert len(getattr(doors.BUILT_IN, kind)) == len(before), "what is built in stays the same"
    assert table == before


@pytest.mark.parametrize("kind", [kind for kind in DOORS if kind not in {"components", "rules"}])
def test_nothing_that_is_built_in_but_components_can_be_replaced(kind: str) -> None:
    own = getattr(doors.BUILT_IN, kind)
    again = own if isinstance(own, Mapping) else own[:1]
    before = dict(DOORS[kind].open())
    with (
        pytest.raises(ConfigError, match="which 'sitegen' has already"),
        entered(Extension("third", "1", **{kind: again})),
    ):
        pass
    assert DOORS[kind].open() == before


def test_a_component_stands_for_the_one_that_is_built_in_until_its_extension_leaves() -> None:
    table = DOORS["components"].open()
    before, mine = dict(table), Component("Tip", lambda node, _: f"<p>{node.body}</p>")
    with entered(Extension("third", "1", components=(mine,))):
        assert table.source("Tip") == "third"
        assert table["Tip"].render is not before["Tip"].render
        assert table.own("Tip") is before["Tip"]
        with (
            pytest.raises(ConfigError, match="'Tip', which 'third' has already"),
            entered(Extension("fourth", "1", components=(mine,))),
        ):
            pass
    assert table == before
    assert table.source("Tip") == OWN


def test_no_extension_takes_the_name_of_what_is_built_in() -> None:
    with (
        pytest.raises(ConfigError, match="the name 'sitegen', which 'sitegen' has already"),
        entered(Extension(OWN, "1")),
    ):
        pass


def test_a_part_that_cannot_enter_leaves_no_other_of_its_extension_behind() -> None:
    taken = Extension("third", "1", readers=MINE["readers"], publishers={"s3": lambda _: None})
    with pytest.raises(ConfigError), entered(taken):
        pass
    assert ".mine" not in DOORS["readers"].open()
    with entered(Extension("third", "1", readers=MINE["readers"])):
        assert ".mine" in DOORS["readers"].open()


@pytest.mark.integration
def test_no_stage_is_loaded_before_something_enters_it() -> None:
    ask = "import sys; from sitegen.extension import extended\nwith extended(): print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", ask], capture_output=True, check=True, text=True)
    homes = {door.table.partition(":")[0] for door in DOORS.values()}
    assert homes.isdisjoint(loaded.stdout.split())

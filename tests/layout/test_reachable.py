"""What a template can reach: plain values, and names that only read."""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping
from enum import Enum
from itertools import chain
from pathlib import Path
from typing import Any

import jinja2
import pytest
from jinja2.defaults import DEFAULT_FILTERS, DEFAULT_NAMESPACE, DEFAULT_TESTS
from markupsafe import Markup

from sitegen.config import ApiConfig, CheckConfig, Config, FeedsConfig, ListedVersion, ThemeConfig
from sitegen.data import data_folder
from sitegen.layout.sandbox import READABLE, Sandbox, is_noun, sum_of_numbers
from sitegen.layout.templates import Templates, breakable

Project = Callable[..., Any]

LEAVES = (str, Markup, int, float, bool, types.NoneType)
TABLES = (dict, types.MappingProxyType)
OF_PLAIN = (str, tuple, *TABLES)  # their methods take plain values and give such
TAME = frozenset(chain.from_iterable(READABLE[kind] for kind in (*OF_PLAIN, Markup)))
FILES = {
    "en/index.md": "# Home\n\nWords, and a [link](gone) to none.\n\n## Part\n\nMore.\n",
    "en/a/one.md": "# One\n\nWords.\n\n## Setup\n\nMore words.\n",
    "en/a/two.md": "# Two\n\nWords.\n",
    "de/index.md": "# Start\n\nWorte.\n",
}


@pytest.fixture
def given(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> list[tuple[jinja2.Template, dict[str, Any]]]:
    """Build sites that have every page there is, with every path set, and note what they give."""
    rendered: list[tuple[jinja2.Template, dict[str, Any]]] = []
    render = jinja2.Template.render

    def note(self: jinja2.Template, values: dict[str, Any]) -> str:
        rendered.append((self, values))
        return render(self, values)

    monkeypatch.setattr(jinja2.Template, "render", note)
    for folder in ("templates", "static"):
        (tmp_path / folder).mkdir()
    (tmp_path / "templates/extra.html").write_text("extra")
    logo = tmp_path / "logo.svg"
    logo.write_text("<svg/>")
    baseline = tmp_path / "baseline.json"
    baseline.write_text("[]")
    settings: dict[str, Any] = {
        "title": "Docs",
        "search": "headings",
        "base_url": "https://docs.example.org/",
        "api": ApiConfig(search_paths=(tmp_path,)),
        "check": CheckConfig(page=True),
        "feeds": FeedsConfig(print_page=True, dataset=True),
        "theme": ThemeConfig(
            templates=tmp_path / "templates",
            static=tmp_path / "static",
            logo=logo,
            links={"Code": "https://code.example.org/"},
            open_in={"Tool": "https://tool.example.org/?q={url}"},
            strings={"de": {"Next": "Weiter"}},
        ),
    }
    redirects = tmp_path / "_redirects.yml"
    redirects.write_text("en/old: en/a/one\nen/a/one#gone: en/a/two\n")
    project(FILES, redirects=redirects, **settings)
    project({}, input=(), versions=(ListedVersion("1", ("docs",)),), **settings)
    return rendered


def attributes(value: object) -> list[str]:
    """All names; the weak references of a class with slots cannot be looked at before 3.11.5."""
    return [name for name in dir(value) if name != "__weakref__"]


def reached(environment: jinja2.Environment, start: object) -> Iterator[tuple[str, object]]:
    """Yield all that a template can get at from a value, each with the way to it."""
    assert isinstance(environment, Sandbox)
    waiting: list[tuple[str, object]] = [("", start)]
    seen: dict[int, object] = {}
    while waiting:
        way, value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        yield way, value
        if isinstance(value, Mapping):
            waiting += [(f"{way}[{key!r}]", item) for key, item in value.items()]
            waiting += [(f"{way} key", key) for key in value]
        elif isinstance(value, tuple | list):
            waiting += [(f"{way}[{number}]", item) for number, item in enumerate(value)]
        for name in attributes(value):
            found = getattr(value, name, None)
            if environment.is_safe_attribute(value, name, found):
                if callable(found):
                    assert isinstance(value, OF_PLAIN), f"{way}.{name}()"
                    assert name in TAME, f"{way}.{name}()"
                else:
                    waiting.append((f"{way}.{name}", found))


def test_all_that_a_template_can_reach_is_a_plain_value(given: list[Any]) -> None:
    templates = {file.name for file in data_folder("templates").iterdir()}
    parts = {"base.html", "version.html"}
    assert {template.name for template, _ in given} == templates - parts
    for template, values in given:
        for way, value in reached(template.environment, values):
            kind = type(value)
            plain = kind in (*LEAVES, tuple, *TABLES) or isinstance(value, Enum | tuple)
            assert plain or is_noun(kind), f"{template.name}: {way} is a {kind.__name__}"


def test_what_jinja_gives_is_known_by_name(given: list[Any]) -> None:
    environment = given[0][0].environment
    own = {"breakable": breakable, "sum": sum_of_numbers}
    assert set(environment.globals) == set(DEFAULT_NAMESPACE) - {"lipsum"}
    assert environment.filters == {
        name: each for name, each in (DEFAULT_FILTERS | own).items() if name != "random"
    }
    assert environment.tests == DEFAULT_TESTS
    assert not environment.extensions


@pytest.mark.parametrize(
    "value",
    [
        Path("/"),
        Path,
        types,
        open,
        Config(),
        ThemeConfig(templates=Path("/")),
        Templates(),
        jinja2.Environment(),  # noqa: S701 - nothing is rendered
        (each for each in ()),
        test_what_jinja_gives_is_known_by_name,
    ],
    ids=lambda value: type(value).__name__,
)
def test_what_acts_stays_shut_even_where_a_template_gets_it(value: object) -> None:
    sandbox = Sandbox()
    open_ones = []
    for name in attributes(value):
        found = getattr(value, name, None)
        if sandbox.is_safe_attribute(value, name, found):
            open_ones += [found]
    assert all(type(each) in (*LEAVES, tuple, *TABLES) or is_noun(type(each)) for each in open_ones)
    assert not sandbox.is_safe_callable(value)


def test_no_readable_name_is_private_or_writes() -> None:
    for kind, names in READABLE.items():
        assert not [name for name in names if name.startswith("_")], kind
        assert names.isdisjoint(("append", "clear", "encode", "extend", "pop", "update")), kind

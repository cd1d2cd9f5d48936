"""Templates of a checkout that nobody has read: they lay out pages and do nothing else."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import ThemeConfig
from sitegen.errors import SitegenError, TemplateError
from sitegen.layout import templates

Project = Callable[..., Any]
MEMORY = 192 << 20  # less than a page may take, to be there sooner


def templated(tmp_path: Path, project: Project, template: str) -> str:
    folder = tmp_path / "theme"
    folder.mkdir(exist_ok=True)
    (folder / "page.html").write_text(template)
    theme = ThemeConfig(templates=folder, static=None, footer="The footer")
    built = project({"index.md": "# Home\n\nText.\n"}, theme=theme)
    return str(built.read("index.html"))


Where = Callable[[Callable[[], str]], str]


def directly(work: Callable[[], str]) -> str:
    return work()


def in_a_thread(work: Callable[[], str]) -> str:
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(work).result()


ATTACKS = {
    "path": "{{ theme.templates.joinpath('/etc/hostname').read_text() }}",
    "path by subscript": "{{ theme['templates']['read_text']() }}",
    "path by filter": "{{ (theme | attr('templates')).cwd() }}",
    "path by map": "{{ [theme] | map(attribute='templates') | first }}",
    "path by groupby": "{{ ([theme] | groupby('templates') | first).grouper }}",
    "path by sort": "{{ [theme, theme] | sort(attribute='static') }}",
    "path by selectattr": "{{ [theme] | selectattr('logo') | list }}",
    "path by format": "{{ '{0.templates}'.format(theme) }}",
    "path by format_map": "{{ '{t.templates}'.format_map({'t': theme}) }}",
    "path by unbound format": "{{ ['{0.templates}'] | map('format', theme) | first }}"
    "{{ theme.templates }}",
    "earlier build": "{{ feeds.previous.open() }}",
    "class": "{{ ''.__class__ }}",
    "class by filter": "{{ '' | attr('__class__') }}",
    "class by split filter": "{{ '' | attr('__cla' ~ 'ss__') }}",
    "class by map": "{{ [''] | map(attribute='__class__') | first }}",
    "class by dotted map": "{{ [''] | map(attribute='__class__.__mro__') | list }}",
    "class by sum": "{{ [''] | sum(attribute='__class__') }}",
    "class by format": "{{ '{0.__class__}'.format(site) }}",
    "class by format of markup": "{{ ('{0.__class__}' | safe).format(site) }}",
    "class by format_map": "{{ '{x.__class__}'.format_map({'x': site}) }}",
    "class by format filter": "{{ '{0.__class__}' | attr('format') | string }}"
    "{{ ('{0.__class__}' | attr('format'))(site) }}",
    "globals of a method": "{{ page.document.locate.__globals__ }}",
    "method of a noun": "{{ page.document.locate(0) }}",
    "globals of a macro": "{% macro m() %}{% endmacro %}{{ m._func.__globals__ }}",
    "environment of a macro": "{% macro m() %}{% endmacro %}{{ m._environment }}",
    "globals of init": "{{ site.__init__.__globals__ }}",
    "globals of cycler": "{{ cycler.__init__.__globals__.os }}",
    "globals of joiner": "{{ joiner(',').__init__.__globals__ }}",
    "globals of namespace": "{{ namespace.__init__.__globals__ }}",
    "globals of lipsum": "{{ lipsum.__globals__ }}",
    "globals of range": "{{ range.__globals__ }}",
    "context of self": "{{ self._TemplateReference__context }}",
    "context of self by filter": "{{ self | attr('_TemplateReference__context') }}",
    "context of self by subscript": "{{ self['_TemplateReference__context'] }}",
    "context of a block": "{% block b %}{% endblock %}{{ self.b._context }}",
    "loop": "{% for a in [1] %}{{ loop._iterator }}{% endfor %}",
    "undefined": "{{ nothing._undefined_exception }}",
    "method by name": "{{ 'a'.encode() }}",
    "type of dict": "{{ dict.fromkeys([1]) }}",
    "type's subclasses": "{{ dict.mro() }}",
    "generator": "{{ ([1] | map('string')).gi_frame }}",
    "number": "{{ (1).to_bytes(1, 'big') }}",
    "changed table": "{{ say.update({'Menu': 'x'}) }}",
    "changed list": "{{ [].append(1) }}",
    "set on a noun": "{% set site.title = 'x' %}",
    "called text": "{{ 'a'() }}",
    "called noun": "{{ site() }}",
    "lots": "{{ [1, 2] | random }}",
    "parent folder": "{% include '../secret.txt' %}",
    "parent folder below": "{% include 'a/../../secret.txt' %}",
    "parent folder of ours": "{% include 'sitegen/../page.html' %}",
    "absolute": "{% include '/etc/hostname' %}",
    "absolute import": "{% import '/etc/hostname' as x %}",
    "list with a path": "{% include ['../secret.txt', '/etc/passwd'] %}",
    "name without end": "{% include 'a' * 5000 %}",
    "name with nul": "{% include 'a\\x00' %}",
}


@pytest.mark.parametrize("template", ATTACKS.values(), ids=ATTACKS)
def test_an_attack_ends_in_an_error_that_names_the_template(
    tmp_path: Path, project: Project, template: str
) -> None:
    (tmp_path / "secret.txt").write_text("secret")
    with pytest.raises(TemplateError) as caught:
        templated(tmp_path, project, template)
    assert caught.value.location.file == "page.html"
    assert "secret" not in str(caught.value).replace("secret.txt", "")


@pytest.mark.parametrize(
    "template",
    [
        "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
        "{% include 'page.html' %}",
        "{% extends 'page.html' %}",
        "{% block a %}{{ self.a() }}{% endblock %}",
        "{{ " + "(" * 500 + ")" * 500 + " }}",
        "{{ " + "[" * 3000 + "]" * 3000 + " }}",
        "{% for a in [1] %}" * 40 + "{% endfor %}" * 40,
        "{% for a in range(10 ** 9) %}{% endfor %}",
        "{{ 5 | dictsort }}",
        "{{ cycler() }}",
        "{{ 10 ** 5000 }}",
    ],
    ids=["macro", "include", "extends", "block", "brackets", "lists", "loops", "range", "filter",
         "cycler", "number"],
)  # fmt: skip
def test_a_template_that_goes_too_far_is_an_error_of_the_template(
    tmp_path: Path, project: Project, template: str
) -> None:
    with pytest.raises(SitegenError) as caught:
        templated(tmp_path, project, template)
    assert isinstance(caught.value, TemplateError)
    assert caught.value.location.file == "page.html"
    assert caught.value.message


@pytest.mark.integration
@pytest.mark.skipif(not Path("/proc/self/statm").exists(), reason="Linux bounds memory")
@pytest.mark.parametrize(
    "template",
    [
        "{{ 'a' * 10 ** 10 }}",
        "{{ ([0] * 10 ** 9) | length }}",
        "{{ '%9999999999d' % 1 }}",
        "{{ '%*d' % (10 ** 10, 1) }}",
        "{{ '{:9999999999}'.format(1) }}",
        "{{ '{:{w}}'.format(1, w=10 ** 10) }}",
        "{{ 'a' | center(10 ** 10) }}",
        "{{ 'a' | indent(10 ** 10, true) }}",
        "{{ [1] | tojson(indent=10 ** 10) }}",
        "{{ [1] | batch(10 ** 10, 'x') | list }}",
        "{% set ns = namespace(x='aaaa') %}{% for _ in range(99) %}{% set ns.x = ns.x ~ ns.x %}"
        "{% endfor %}",
        "{% set ns = namespace(x=[1]) %}{% for _ in range(99) %}{% set ns.x = ns.x + ns.x %}"
        "{% endfor %}",
        "{% for a in range(10000) %}{% for b in range(10000) %}{{ (a ~ b) * 10 ** 6 }}{% endfor %}"
        "{% endfor %}",
    ],
)
@pytest.mark.parametrize("where", [directly, in_a_thread])
def test_a_template_that_takes_all_memory_is_stopped(
    tmp_path: Path,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    template: str,
    where: Where,
) -> None:
    monkeypatch.setattr(templates, "MEMORY", MEMORY)
    with pytest.raises(TemplateError, match=r"memory|too (?:big|long)") as caught:
        where(lambda: templated(tmp_path, project, template))
    assert caught.value.location.file == "page.html"
    assert len("a" * (MEMORY + 1)) > MEMORY  # the bound ends with the template


@pytest.mark.parametrize(
    "template",
    [
        "{% for a in range(99999) %}" * 4 + "{% endfor %}" * 4,
        "{{ 9 ** (9 ** 9) > 1 }}",
        "{% set ns = namespace(x=9) %}{% for _ in range(99) %}{% set ns.x = ns.x * ns.x %}"
        "{% endfor %}",
        "{% set n = ('f' * 10 ** 7) | int(base=16) %}{{ (n * 3) % n }}",
        "{{ ([[1]] * 10 ** 6) | sum(start=[]) | length }}",
    ],
    ids=["loops", "power", "product", "remainder", "sum of lists"],
)
@pytest.mark.parametrize("where", [directly, in_a_thread])
def test_a_template_that_does_not_end_is_stopped(
    tmp_path: Path,
    project: Project,
    monkeypatch: pytest.MonkeyPatch,
    template: str,
    where: Where,
) -> None:
    monkeypatch.setattr(templates, "SECONDS", 0.2)
    with pytest.raises(TemplateError, match=r"takes longer than|numbers|too big") as caught:
        where(lambda: templated(tmp_path, project, template))
    assert caught.value.location.file == "page.html"


def test_what_layouts_need_is_allowed(tmp_path: Path, project: Project) -> None:
    (tmp_path / "theme").mkdir()
    (tmp_path / "theme/macros.html").write_text(
        "{% macro hello(name) %}Hello {{ name }}{% endmacro %}"
        "{% macro loud(name) %}{{ name }}{{ caller() }}{% endmacro %}"
        "{% set here = 'there' %}"
    )
    html = templated(
        tmp_path,
        project,
        "{% import 'macros.html' as m %}{% from 'macros.html' import loud %}"
        "{{ m.hello('a') }} {{ m.here }} {% call loud('b') %}{{ '!' }}{% endcall %}.\n"
        "{{ theme.footer }} {{ site.title | upper }} {{ page.document.title.replace('o', 'a') }}\n"
        "{% set ns = namespace(n=0) %}{% for each in range(3) %}{% set ns.n = ns.n + each %}"
        "{{ loop.index }}{{ loop.cycle('x', 'y') }}{% endfor %} {{ ns.n }}\n"
        "{% set c = cycler(1, 2) %}{{ c.next() }}{{ c.current }}{{ c.next() }}"
        "{% set j = joiner('-') %}{{ j() }}{{ j() }}\n"
        "{% for item in [1, [2]] recursive %}{{ loop(item) if item is not number else item }}"
        "{% endfor %} {{ '{:,} {}'.format(1000, 'x') }} {{ '%s' % 1 }} "
        "{{ ('<b>{}</b>' | safe).format('<') }}\n"
        "{% for name, group in site.pages | groupby('title') %}{{ name }}{{ group | length }}"
        "{% endfor %} {{ site.pages | map(attribute='document.title') | join(',') }} "
        "{{ dict(a=1).get('a') }} {{ assets.keys() | list | length > 3 }} {{ say['Next'] }}",
    )
    assert html.split("\n") == [
        "Hello a there b!.",
        "The footer HOME Hame",
        "1x2y3x 3",
        "122-",
        "12 1,000 x 1 <b>&lt;</b>",
        "Home1 Home 1 True Next",
    ]


@pytest.mark.parametrize(
    ("expression", "says"),
    [
        ("theme.fooder", "a table has no 'fooder': did you mean 'footer'?"),
        ("theme['nothing']", "a table has no 'nothing': known: "),
        ("page.titel", "a Page has no 'titel': did you mean 'title'?"),
        ("site.title.x", "a text has no 'x'"),
        ("'a' + theme", "dict"),
        ("page()", "nothing that a template may call"),
    ],
)
def test_what_a_template_asks_for_in_vain_is_told_in_words_of_the_docs(
    tmp_path: Path, project: Project, expression: str, says: str
) -> None:
    with pytest.raises(TemplateError) as caught:
        templated(tmp_path, project, f"{{{{ {expression} }}}}")
    assert says in str(caught.value)
    assert "mappingproxy" not in str(caught.value)

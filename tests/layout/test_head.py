"""What a project adds to the head of its pages, and what browsers are told to allow for it."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sitegen.config import ThemeConfig
from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.layout.policy import content_policy

Project = Callable[..., Any]
STATS = '<script defer src="https://stats.example.org/s.js"></script>'


def policy_in(page: str) -> dict[str, str]:
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]+)"', page)
    assert found
    return as_table(html.unescape(found[1]))


def as_table(policy: str) -> dict[str, str]:
    return dict(part.partition(" ")[::2] for part in policy.split("; "))


def test_the_head_stands_on_every_page_and_what_it_loads_is_allowed(project: Project) -> None:
    theme = ThemeConfig(head=STATS, csp={"script-src": "https://stats.example.org"})
    built = project({"index.md": "# A\n", "b.md": "# B\n"}, theme=theme, search="headings")
    for page in ("index.html", "b/index.html", "site-index/index.html", "search/index.html"):
        text = built.read(page)
        assert text.index(STATS) < text.index("</head>")
        assert policy_in(text)["script-src"] == "'self' https://stats.example.org"
        assert policy_in(text)["style-src"] == "'self'"
    assert "script-src 'self' https://stats.example.org;" in built.read("_headers")


def test_a_script_of_the_head_itself_is_allowed_by_its_digest() -> None:
    text = "console.log('<hi>')"
    theme = ThemeConfig(head=f"<script>{text}</script><style>a{{}}</style>")
    policy = as_table(content_policy(theme))
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    assert policy["script-src"] == f"'self' 'sha256-{digest}'"
    assert policy["style-src"].startswith("'self' 'sha256-")


def test_a_directive_that_allows_nothing_is_opened_to_what_is_named_alone() -> None:
    policy = as_table(content_policy(ThemeConfig(csp={"form_action": "https://f.example.org"})))
    assert policy["form-action"] == "https://f.example.org"
    assert policy["object-src"] == "'none'"
    more = as_table(content_policy(ThemeConfig(csp={"worker-src": "blob:"})))
    assert more["worker-src"] == "'self' blob:"


def test_without_either_the_policy_is_ours() -> None:
    assert content_policy(ThemeConfig()).startswith("default-src 'none'; script-src 'self'; ")


@pytest.mark.parametrize(
    ("toml", "says"),
    [
        ('csp = {script = "https://h.org"}', "theme.csp.script is nothing to allow"),
        ('csp = {default-src = "https://h.org"}', "theme.csp.default-src is nothing to allow"),
        ('csp = {script-src = "h.org; object-src *"}', "'h.org;' is no source"),
        ('csp = {script-src = "*"}', "'*' is no source"),
        ('csp = {script-src = ""}', "allows nothing"),
        ("head = '<p>x</p>'", "theme.head: <p> cannot be in a head"),
        ("head = 'text'", "theme.head: 'text' cannot be in a head"),
        ("head = '<base href=\"/\">'", "theme.head: <base> cannot be in a head"),
        (f"head = '{STATS}'", 'theme.csp.script-src = "https://stats.example.org"'),
        ('head = \'<link rel="stylesheet" href="//f.org/c">\'', "theme.csp.style-src"),
    ],
)
def test_what_cannot_be_or_would_not_work_is_named(tmp_path: Path, toml: str, says: str) -> None:
    (tmp_path / "sitegen.toml").write_text(f"[theme]\n{toml}\n")
    with pytest.raises(ConfigError) as caught:
        load_config(environ={}, cwd=tmp_path)
    assert says in str(caught.value)


@pytest.mark.parametrize("source", ["https://*.example.org", "https:", "https://stats.example.org"])
def test_a_host_is_allowed_as_browsers_match_it(tmp_path: Path, source: str) -> None:
    toml = f"[theme]\nhead = '{STATS}'\n[theme.csp]\nscript-src = \"{source}\"\n"
    (tmp_path / "sitegen.toml").write_text(toml)
    assert load_config(environ={}, cwd=tmp_path).theme.head == STATS


def test_links_of_other_kinds_load_nothing_that_is_refused(tmp_path: Path) -> None:
    head = '<link rel="me" href="https://h.org/"><meta name="x" content="y">'
    (tmp_path / "sitegen.toml").write_text(f"[theme]\nhead = '{head}'\n")
    assert load_config(environ={}, cwd=tmp_path).theme.head == head


def found(project: Project, theme: ThemeConfig) -> list[tuple[str, str]]:
    built = project({"index.md": "# A\n"}, theme=theme)
    return [
        (str(d.location), f"{d.message}; {d.help}")
        for d in built.result.diagnostics
        if d.code == "theme-unknown"
    ]


def written(folder: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_static_files_that_are_called_nearly_right_are_named(
    project: Project, tmp_path: Path
) -> None:
    names = ("exta.css", "extra.js", "my.css", "fonts/inter.woff2", "site.css/90-own.css")
    static = written(tmp_path / "static", dict.fromkeys(names, ""))
    assert found(project, ThemeConfig(static=static)) == [
        ("exta.css", "nothing loads the static file 'exta.css'; did you mean 'extra.css'?")
    ]


def test_a_theme_without_mistakes_is_not_spoken_of(project: Project) -> None:
    assert found(project, ThemeConfig()) == []

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.layout.overrides import odd_overrides

EXTENDED = '{% extends "sitegen/page.html" %}'


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (
            {"page.html": EXTENDED + "{% block after_article %}x{% endblock %}"},
            [],
        ),
        (
            {"page.html": EXTENDED + "\n{% block after_artikel %}x{% endblock %}"},
            [("theme-unknown", "page.html", 2, "did you mean 'after_article'?")],
        ),
        (
            {"pages.html": "<p>x</p>"},
            [("theme-unknown", "pages.html", None, "did you mean 'page.html'?")],
        ),
        (
            {
                "page.html": '{% extends "sitegen/page.html" %}'
                '{% block after_article %}{% include "note.html" %}{% endblock %}',
                "note.html": "<p>x</p>",
            },
            [],
        ),
        (
            {
                "mine.html": '{% extends "sitegen/page.html" %}{% block own %}{% endblock %}',
                "page.html": '{% extends "mine.html" %}{% block own %}x{% endblock %}',
            },
            [("theme-unknown", "mine.html", 1, "")],
        ),
        ({"page.html": "{% block anything %}x{% endblock %}"}, []),
        ({"components/Recipe.html": "{{ body }}"}, []),
        ({"page.html": "{% if %}"}, []),
    ],
)
def test_what_nothing_shows_is_reported(
    tmp_path: Path, files: dict[str, str], said: list[tuple[str, str, int | None, str]]
) -> None:
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    found = list(odd_overrides(tmp_path))
    assert [(f.code, f.location.file, f.location.line) for f in found] == [
        each[:3] for each in said
    ]
    for finding, (*_, help) in zip(found, said, strict=True):
        assert help in finding.help

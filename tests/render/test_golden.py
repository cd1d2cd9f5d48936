"""Golden cases: ``golden/*.md`` hold title, input and expected HTML with single ``.`` between."""

import re
from pathlib import Path

import pytest

from sitegen.model import Document, LinkSpace, Section
from sitegen.plan.mentions import mentions
from sitegen.render import render
from tests.plan.planned import references_of

GOLDEN = Path(__file__).parents[1] / "golden"
_CASE = re.compile(r"^\*([^\n]+)\*\n\.\n(.*?)^\.\n(.*?)^\.$", re.DOTALL | re.MULTILINE)
_URL = "https://huggingface.co/docs/transformers/en/page"


def _cases() -> list[tuple[str, str, str]]:
    return [
        (f"{file.stem}: {title}", given, expected)
        for file in sorted(GOLDEN.glob("*.md"))
        for title, given, expected in _CASE.findall(file.read_text("utf-8"))
    ]


@pytest.mark.parametrize(("given", "expected"), [pytest.param(*c[1:], id=c[0]) for c in _cases()])
def test_a_golden_case_renders_as_written(given: str, expected: str) -> None:
    document = Document("page", "page.md", given, (Section(0, "", "", "f", 0),), url=_URL)
    named = references_of([document], "lib").of(document, mentions(document.text))
    assert render(document, LinkSpace(), named).html == expected

"""Line ends that a dataset writes as a backslash and an `n`."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest

from tests.assemble.forms.test_inverse import written

TEXTS = [
    "# Pumps\n\nRun it:\n\n```py\nsay('a\\tb\\n', \"\\\\\")\n```",
    "- One\n- Two é \U0001f6b0\n- C:\\new",
]


@pytest.mark.parametrize(
    "hide",
    [
        lambda text: text.replace("\\", "\\\\").replace("\n", "\\n"),
        lambda text: json.dumps(text)[1:-1],
        lambda text: json.dumps(text, ensure_ascii=False)[1:-1],
        lambda text: repr(text)[1:-1],
    ],
    ids=["doubled", "ascii", "json", "python"],
)
def test_texts_that_are_written_as_programs_do_are_as_they_were(hide: Callable[[str], str]) -> None:
    assert written(*map(hide, TEXTS)) == TEXTS


def test_backslashes_that_were_not_doubled_stay() -> None:
    texts = [
        "# Flow\n\nIt is \\(\\nabla \\theta\\).\n\n```py\nre.sub(r'\\d\\t', '\\\\')\n```",
        "- a\n- b",
    ]
    assert written(*(text.replace("\n", "\\n") for text in texts)) == texts


@pytest.mark.parametrize(
    "texts",
    [
        ("A path: C:\\new\\table.", "So."),
        ("Use `\\n\\n` for a blank line.", "Write `\\n- ` above an item."),
        ('print("\\n# Pumps")', 'print("\\n- One")'),
        ("# Pumps\\n\\nIt runs.\\n\\n- One", "It stops.\nIt rests."),
    ],
    ids=["path", "mentioned", "program", "line-end"],
)
def test_a_backslash_and_an_n_that_are_meant_stay(texts: tuple[str, ...]) -> None:
    assert written(*texts) == list(texts)


def test_signs_that_no_text_may_hold_do_not_come_back_by_escapes() -> None:
    texts = ["# Pumps\n\n- a\0b\r\n- \ud83d c", "# Valves\n\n- One"]
    assert written(*(json.dumps(text)[1:-1] for text in texts)) == [
        "# Pumps\n\n- a\ufffdb\n- \ufffd c",
        texts[1],
    ]


@pytest.mark.parametrize(
    "code",
    [
        "say('It runs.\\n')\nsay('It stops.')",
        'template = "\\n### Label:"\nrun(template)',
        'say("It runs.\\n\\n\\n")\n\nstop()',
        "pump run \\\n  --fast \\\n  --loud",
        'pump -c "import this\nrun()\n"',
        "curl -d '{\n  \"a\": 1\n}'",
        'def f():\n    """Run it.\n\n    Really."""\n    return "1"',
        "# It's told\n'a'",
    ],
)
def test_line_ends_that_code_names_stay_where_backslashes_were_not_doubled(code: str) -> None:
    texts = [f"# Pumps\n\nRun `\\d` with `\\n`:\n\n```py\n{code}\n```", "- a\n- b"]
    assert written(*(text.replace("\n", "\\n") for text in texts)) == texts

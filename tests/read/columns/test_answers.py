"""Rows of questions and answers."""

from __future__ import annotations

import json
from pathlib import Path

from tests.read.rows import chunks, refusal


def test_questions_and_answers_are_refused_with_the_mapping_that_reads_them(tmp_path: Path) -> None:
    path = tmp_path / "d.jsonl"
    path.write_text(json.dumps({"question": "Is it on?", "answer": "Yes.", "source": "a.md"}))
    assert 'columns = { text = "answer", heading = "question" }' in refusal(path)
    (chunk,) = chunks(path, text="answer", heading="question")[0]
    assert (chunk.text, chunk.headings) == ("Yes.", (("Is it on?", 0),))

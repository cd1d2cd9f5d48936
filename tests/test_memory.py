"""Plans that follow each other in one process: parts that did not change are used again."""

from __future__ import annotations

import json
from pathlib import Path

from sitegen.config_file import load_config
from sitegen.memory import Memory
from sitegen.plan import Plan, prepare
from sitegen.restore import EVIDENCE


def write_rows(folder: Path, *texts: str) -> None:
    rows = [
        {"text": text, "source": f"docs/p{n}.md", "source_section": "#a-gpu-is-here"}
        for n, text in enumerate(texts)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def planned(folder: Path, memory: Memory | None = None) -> Plan:
    plan = prepare(load_config(flags={"input": ("rows.jsonl",)}, environ={}, cwd=folder), memory)
    if memory is not None:
        memory.turn()
    return plan


def test_a_page_whose_text_is_as_before_is_the_very_same_document(tmp_path: Path) -> None:
    memory = Memory()
    write_rows(tmp_path, "One.", "Two.")
    before = [page.document for page in planned(tmp_path, memory).site.pages]
    write_rows(tmp_path, "One.", "Two, edited.")
    after = [page.document for page in planned(tmp_path, memory).site.pages]
    assert after[0] is before[0]
    assert "edited" in after[1].text


def test_when_the_evidence_is_forgotten_a_plan_is_as_one_without_memory(tmp_path: Path) -> None:
    memory = Memory()
    write_rows(tmp_path, "The gpu is here.", "Two.")
    planned(tmp_path, memory)
    write_rows(tmp_path, "One GPU. Each GPU and all GPU time.", "Two.")
    planned(tmp_path, memory)
    memory.forget(EVIDENCE)
    assert planned(tmp_path, memory) == planned(tmp_path)


def test_a_new_section_is_restored_with_all_the_evidence_at_once(tmp_path: Path) -> None:
    memory = Memory()
    write_rows(tmp_path, "One.")
    planned(tmp_path, memory)
    write_rows(tmp_path, "One GPU. Each GPU is here.", "Two.")
    assert planned(tmp_path, memory) == planned(tmp_path)

"""Plans that follow each other in one process: parts that did not change are used again."""

from __future__ import annotations

import json
from pathlib import Path

from sitegen.config.file import load_config
from sitegen.pipeline.documents import prepare
from sitegen.plan.jobs import Plan
from sitegen.restore import Corpus
from sitegen.store.memory import Memory


def write_rows(folder: Path, *texts: str) -> None:
    rows = [
        {"text": text, "source": f"docs/p{n}.md", "source_section": "#a-gpu-is-here"}
        for n, text in enumerate(texts)
    ]
    (folder / "rows.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))


def planned(folder: Path, memory: Memory | None = None, corpus: Corpus | None = None) -> Plan:
    config = load_config(flags={"input": ("rows.jsonl",)}, environ={}, cwd=folder)
    plan = prepare(config, memory, corpus)
    if memory is not None:
        memory.turn()
    return plan


def test_a_page_whose_text_is_as_before_is_the_very_same_document(tmp_path: Path) -> None:
    memory, corpus = Memory(), Corpus()
    write_rows(tmp_path, "One.", "Two.", *["More."] * 4)
    before = [page.document for page in planned(tmp_path, memory, corpus).site.pages]
    write_rows(tmp_path, "One.", "Two, edited.", *["More."] * 4)
    after = [page.document for page in planned(tmp_path, memory, corpus).site.pages]
    assert after[0] is before[0]
    assert "edited" in after[1].text


def test_an_edit_reaches_the_headings_of_other_pages_at_once(tmp_path: Path) -> None:
    memory, corpus = Memory(), Corpus()
    write_rows(tmp_path, "The gpu is here.", *["Two."] * 5)
    planned(tmp_path, memory, corpus)
    write_rows(tmp_path, "One GPU. Each GPU and all GPU time.", *["Two."] * 5)
    assert planned(tmp_path, memory, corpus) == planned(tmp_path)


def test_a_new_section_is_restored_with_all_the_evidence_at_once(tmp_path: Path) -> None:
    memory, corpus = Memory(), Corpus()
    write_rows(tmp_path, "One.")
    planned(tmp_path, memory, corpus)
    write_rows(tmp_path, "One GPU. Each GPU is here.", "Two.")
    assert planned(tmp_path, memory, corpus) == planned(tmp_path)


def test_what_one_stage_made_can_outlive_the_process() -> None:
    memory, later = Memory(), Memory()
    memory.recall("index", "a", 1, lambda: "one")
    memory.recall("join", "a", 1, lambda: "other")
    later.load("index", memory.used("index"))
    assert later.used("index") == {}  # nobody has asked for it yet
    assert later.recall("index", "a", 1, lambda: "anew") == "one"
    assert later.recall("join", "a", 1, lambda: "anew") == "anew"
    assert later.recall("index", "a", 2, lambda: "anew") == "anew"
    assert later.used("index") == {"a": (2, "anew")}

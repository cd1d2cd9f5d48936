from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from sitegen.model import Body

CASES = Path(__file__).parents[2].parent / "shared" / "data" / "slug-cases.json"
Doc = Callable[..., Body]


def ids(body: Body) -> list[str]:
    return [heading.id for heading in body.headings]


@pytest.mark.skipif(not CASES.is_file(), reason="the collected headings are not here")
def test_real_headings_get_the_anchors_that_the_old_site_gave_them(doc: Doc) -> None:
    cases = json.loads(CASES.read_text(encoding="utf-8"))
    wrong = [
        (case["heading"], case["anchor"], got)
        for case in cases
        if (got := ids(doc(case["heading"]))) != [case["anchor"]]
    ]
    assert len(cases) == 379
    assert wrong == []


@pytest.mark.parametrize(
    ("heading", "anchor"),
    [
        ("Run a script with 🤗 Accelerate", "run-a-script-with--accelerate"),
        ("⚙️ ReAct: Reasoning + Acting", "-react-reasoning--acting"),
        ("7️⃣ [Vision agents](./vision_agents)", "7-vision-agents"),
        ("`refs/`: branch and tag references", "refs--branch-and-tag-references"),
        ("5. O que seria um `AutoModel`?", "5-o-que-seria-um-automodel-"),
        ("Sentry (`--strategy.type=sentry`)", "sentry----strategytypesentry-"),
        ("Quick Start - LLM", "quick-start---llm"),
        ("AlphaPO -- Reward shape", "alphapo--reward-shape"),
        ("Kahneman–Tversky Optimization", "kahnemantversky-optimization"),
        ("What should replace ... here?", "what-should-replace--here"),
        ("Activation/gradient checkpointing", "activationgradient-checkpointing"),
        ("Service, Mobile & Utility Robots", "service-mobile--utility-robots"),
        ("3.2.3 Grouped-Query-Attention (GQA)", "323-grouped-query-attention-gqa"),
        ("[2022-05-17] - Add support", "2022-05-17---add-support"),
        ("Citation [optional]", "citation-optional"),
        ("`agent_turn_fn`: entries", "agentturnfn--entries"),
        ("run `trl --model <name>`?", "run-trl---model-ltnamegt-"),
        ("`torch < 2.0`일 때", "torch-lt-20-일-때"),
        ("<i>Finetuner</i> un modèle", "i-finetuner-i-un-modèle"),
        ("🤖 *NEO NPCs* par Ubisoft", "-neo-npcs-par-ubisoft"),
        ("1\\. Create a Package", "1--create-a-package"),
        ("Что такое нормализация?", "что-такое-нормализация"),
        ("1. 什么是声码器（vocoder）？", "1-什么是声码器vocoder"),
        ("От `Dataset`а к `DataFrame`ам", "от-dataset-а-к-dataframe-ам"),
        ("क्यों `smolagents`?", "कय-smolagents-"),
        ("Check![[fine-tuning-check]]", "fine-tuning-check"),
        ("사용 팁[[Usage tips]]", "Usage tips"),
        ("X[[#transformers.X]]", "#transformers.X"),
        ("실행하기[[run-`accelerate`-tests]]", "run- accelerate -tests"),
        ("정의[[defining-agent's-state]]", "defining-agent’s-state"),
        ("الترميز[[cv-encoder]] (Encoder)", "الترميز-cv-encoder--encoder"),
        ("전처리하기[[preprocess]", "전처리하기-preprocess"),
        ("Text[[[[tokenizers.Text]]]]", "text-tokenizerstext-"),
        ("Use [[a]] and [[b]]", "b"),
    ],
)
def test_the_anchor_follows_every_rule_of_the_old_site(doc: Doc, heading: str, anchor: str) -> None:
    assert ids(doc(f"## {heading}")) == [anchor]


def test_repeats_are_numbered_and_the_first_keeps_the_plain_anchor(doc: Doc) -> None:
    assert ids(doc("# A\n\n## A\n\n## A\n\n## A-1\n")) == ["a", "a-1", "a-2", "a-1-1"]


def test_a_custom_id_is_taken_off_the_title(doc: Doc) -> None:
    body = doc("# Page\n\n## *Usage* tips [[tips]]\n")
    assert [(h.id, h.text, h.level) for h in body.headings[1:]] == [("tips", "Usage tips", 2)]
    assert "[[" not in body.html


def test_the_last_of_two_ids_names_the_heading_and_the_other_is_reported(doc: Doc) -> None:
    body = doc("# Page\n\n## Use [[a]] and [[b]]\n")
    assert [(h.id, h.text) for h in body.headings[1:]] == [("b", "Use [[a]] and")]
    assert [d.code for d in body.diagnostics] == ["heading-custom-id"]


def test_a_setext_heading_has_an_anchor_too(doc: Doc) -> None:
    assert ids(doc("Big title\n===\n\nsmall\n---\n")) == ["big-title", "small"]


def test_the_anchor_of_the_dataset_wins_over_the_generated_one(doc: Doc) -> None:
    body = doc("## Set up\n\ntext\n", anchors={0: "setup"})
    assert ids(body) == ["setup"]


def test_a_heading_of_the_text_never_takes_the_anchor_of_a_section(doc: Doc) -> None:
    body = doc("# T\n\n#### Setup\n\n## The setup\n", anchors={0: "t", 4: "setup"})
    assert ids(body) == ["t", "setup-1", "setup"]


def test_the_text_of_a_heading_is_what_a_reader_sees(doc: Doc) -> None:
    (heading,) = doc("## The `Trainer` **class** [here](x) &amp; <i>there</i>\n").headings
    assert heading.text == "The Trainer class here & there"


def test_ids_are_unique_on_a_page(doc: Doc) -> None:
    html = doc("# a\n\n" + "## a\n\n## a-1\n\n" * 20).html
    found = re.findall(r' id="([^"]*)"', html)
    assert len(found) == len(set(found)) == 41

"""White space given back to chunks that have lost it."""

from __future__ import annotations

from pathlib import Path

import pytest

from sitegen.config.file import load_config
from sitegen.errors import ConfigError
from sitegen.model import Certainty
from sitegen.restore.whitespace import restore_whitespace
from tests.restore.whitespace.collapsed import collapse, document, restored

SHARED = Path(__file__).parents[3].parent / "shared"


COLLAPSED = collapse("Intro.\n```sh\nls\n```\n- a\n<Tip>\n1. one\n[[autodoc]] A\n```sh\nls\n```")


def test_a_dataset_without_any_blank_line_or_indentation_is_collapsed() -> None:
    (after,) = restore_whitespace([document(COLLAPSED)], "auto")
    assert "Intro.\n\n```sh" in after.text


def test_one_indented_line_anywhere_shows_that_a_dataset_is_not_collapsed() -> None:
    documents = (document(COLLAPSED), document("- a\n  b", name="other"))
    assert restore_whitespace(documents, "auto") == documents


@pytest.mark.parametrize(
    "text",
    [
        "Text:\n   ```ts\nserver.get()\n\nreply()\n   ```",
        "$$\n```\n</div>\n$$\n\nreply()\n```",
    ],
    ids=["indented", "in-a-formula"],
)
def test_blank_lines_in_code_that_begins_where_nothing_else_would_stay(text: str) -> None:
    (after,) = restore_whitespace([document(text)], "on")
    assert after.text == f"{text}\n"


def test_many_fences_that_nothing_ends_are_looked_through_once() -> None:
    text = "- a\n\n- b\n" * 9 + "\n````sh of it\n```\n" * 30_000
    documents = (document(text), document(COLLAPSED, name="other"))
    assert tuple(restore_whitespace(documents, "auto")) == documents


def test_a_few_short_chunks_are_no_evidence_of_collapse() -> None:
    documents = (document("One line."), document("Another.\n- a list", name="other"))
    assert restore_whitespace(documents, "auto") == documents


def test_off_leaves_a_collapsed_dataset_as_it_is() -> None:
    documents = (document(COLLAPSED),)
    assert restore_whitespace(documents, "off") == documents


def test_on_never_touches_a_chunk_with_white_space_of_its_own() -> None:
    documents = (document("Text.\n\n- a\n  b"),)
    assert next(iter(restore_whitespace(documents, "on"))).text == documents[0].text


def test_the_source_map_points_to_where_each_text_begins() -> None:
    before = document("Intro.\n```sh\nls\n```\nMore.", "Second.\n- a", "Third.")
    (after,) = restore_whitespace([before], "on")
    lines = after.text.split("\n")
    assert [lines[s.line] for s in after.sections] == ["Intro.", "Second.", "Third."]
    assert [s.chunk_id for s in after.sections] == ["0_0", "0_1", "0_2"]


def test_lines_blanked_where_front_matter_was_keep_their_number() -> None:
    (after,) = restore_whitespace([document("\n\n\nIntro.\n```sh\nls\n```")], "on")
    assert after.text.startswith("\n\n\nIntro.\n\n```sh")


def test_what_was_restored_is_noted_with_its_line_and_its_doubt() -> None:
    (after,) = restore_whitespace([document("Text.\n```json\n[\n1\n]\n```")], "on")
    assert [(n.line, n.what, n.certainty) for n in after.restored] == [
        (0, "whitespace", Certainty.LIKELY),
        (2, "code", Certainty.CERTAIN),
    ]


def test_wrapped_german_prose_is_cut_where_a_sentence_ends_a_short_line() -> None:
    text = """\
        Der Übersetzer liest zuerst alle Dateien eines Ordners ein und
        merkt sich, welche davon seit dem letzten Lauf geändert worden
        sind. Nur diese werden neu übersetzt.
        Wer den Zwischenspeicher nicht haben möchte, kann ihn mit einem
        Schalter abstellen, muss dann aber länger warten, weil wirklich
        jede Datei noch einmal gelesen wird.
        """
    first, second = restored(text).split("\n\n")
    assert first.endswith("Nur diese werden neu übersetzt.")
    assert second.startswith("Wer den Zwischenspeicher")
    assert first.count("\n") == second.count("\n") == 2


def test_japanese_lines_that_end_a_sentence_are_paragraphs() -> None:
    assert restored("これは最初の段落です。\n次の段落はここから始まります。").count("\n\n") == 1


def test_emphasis_over_several_lines_is_one_paragraph() -> None:
    text = "*One sentence.\nAnother one.\nThe last one.*\nText after it."
    assert restored(text) == "*One sentence.\nAnother one.\nThe last one.*\n\nText after it."


def test_a_link_cut_by_a_line_break_stays_whole() -> None:
    text = "See [the manual](\nhttps://example.org/manual) for more."
    assert restored(text) == text


def test_a_hard_break_at_a_lines_end_keeps_the_next_line() -> None:
    assert restored("First line.<br>\nSecond line.") == "First line.<br>\nSecond line."


def test_rows_laid_out_by_hand_and_a_sentence_that_goes_back_stay_in_their_paragraph() -> None:
    """A row of no table ends in what looks like the end of a sentence, too."""
    rows = "SOT | 1 0. |\na | 1 1. |\nb | 1 1. |"
    assert restored(rows) == rows
    text = "All of them are read.\nThey are read in one go."
    assert restored(text) == text


def test_what_follows_a_table_is_no_row_of_it() -> None:
    text = "Sizes:\n| a | b |\n|---|---|\n| 1 | 2 |\nText after the table."
    assert restored(text) == ("Sizes:\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nText after the table.")


def test_a_rule_under_text_makes_no_heading_of_it() -> None:
    assert restored("Some longer text.\n---\nMore.") == "Some longer text.\n\n---\n\nMore."


def test_an_underline_about_as_long_as_its_title_stays_a_heading() -> None:
    for line in ("============", "----------"):
        assert restored(f"Text.\nInstallation\n{line}\nMore.") == (
            f"Text.\n\nInstallation\n{line}\n\nMore."
        )


def test_items_of_another_marker_are_nested_until_the_first_comes_again() -> None:
    text = "- Fruit\n* apples\n* pears\n- Vegetables"
    assert restored(text) == "- Fruit\n  * apples\n  * pears\n- Vegetables"


def test_items_below_an_item_that_ends_in_a_colon_are_its_members() -> None:
    text = "- Fruit:\n- apples\n- pears\n- Vegetables:\n- leeks"
    assert restored(text) == "- Fruit:\n  - apples\n  - pears\n- Vegetables:\n  - leeks"


def test_a_number_that_goes_on_another_list_holds_nothing_before_that() -> None:
    text = "1. One\n2. Two\nText of the page.\n1. First\n2. Second\n3. Third"
    assert restored(text) == (
        "1. One\n2. Two\n\nText of the page.\n\n1. First\n2. Second\n3. Third"
    )


def test_code_between_two_numbers_of_a_list_belongs_to_the_first() -> None:
    text = "1. Install:\n```sh\npip install it\n```\n2. Run it."
    assert restored(text) == "1. Install:\n\n   ```sh\n   pip install it\n   ```\n\n2. Run it."


def test_bullets_under_a_number_are_nested_when_the_numbers_go_on() -> None:
    text = "1. First\n- a\n- b\n2. Second"
    assert restored(text) == "1. First\n   - a\n   - b\n2. Second"


def test_text_after_the_last_item_is_a_paragraph() -> None:
    assert restored("- apples\n- pears\nBoth are fruit.") == "- apples\n- pears\n\nBoth are fruit."


def test_a_wrapped_item_keeps_its_second_line() -> None:
    assert (
        restored("- apples, which\nare fruit\n- pears") == "- apples, which\n  are fruit\n- pears"
    )


def test_a_formula_between_two_numbers_of_a_list_stands_in_the_item() -> None:
    text = "1. One\n$$\nx\n$$\n2. Two\n$$y$$\n3. Three\n$$z$$"
    assert restored(text) == (
        "1. One\n\n   $$\n   x\n   $$\n\n2. Two\n\n   $$y$$\n\n3. Three\n\n$$z$$"
    )


def test_an_item_goes_on_behind_a_comma() -> None:
    text = "- pretrained, 12-layer,\n768-hidden\n- 句子，\nTwo\n- pears"
    assert restored(text) == "- pretrained, 12-layer,\n  768-hidden\n- 句子，\n  Two\n- pears"


def test_an_item_wrapped_after_a_full_stop_keeps_its_next_sentence() -> None:
    text = """\
        The page is made of lines that the author has broken at sixty
        characters or so, which is what the reader learns from those
        sentences that go on in the next line, as all of these do in
        this one and in the ones above, and as they would go on to do
        for as long as anybody could want to read them.
        - name is what the thing is called. It may not be empty here.
        Blanks around it are taken off.
        - size is a number.
        """
    assert restored(text).endswith(
        "- name is what the thing is called. It may not be empty here.\n"
        "  Blanks around it are taken off.\n- size is a number."
    )


def test_members_of_an_object_are_more_indented_than_its_marker() -> None:
    assert restored("[[autodoc]] lib.Thing\n- all\n- run\nText.") == (
        "[[autodoc]] lib.Thing\n    - all\n    - run\n\nText."
    )


def test_tags_of_components_stand_apart_from_what_they_hold() -> None:
    text = "<Tip warning={true}>\nMind the gap.\n</Tip>\nOn we go."
    assert restored(text) == "<Tip warning={true}>\n\nMind the gap.\n\n</Tip>\n\nOn we go."


def test_raw_html_stays_in_one_piece_and_ends_before_prose() -> None:
    text = '<div class="x">\n<img src="a.png"\nalt="A"/>\n</div>\nText.'
    assert restored(text) == text.replace("\nText.", "\n\nText.")


def test_comments_are_not_reflowed() -> None:
    text = "<!-- One.\nTwo.\nThree. -->\nText."
    assert restored(text) == "<!-- One.\nTwo.\nThree. -->\n\nText."


def test_a_fence_that_never_closes_loses_no_line() -> None:
    assert restored("Text.\n```sh\nls\npwd") == "Text.\n\n```sh\nls\npwd"


@pytest.mark.parametrize(
    "line", ["if x:", "[", "- a:", "* a\n- b:", "{% if x %}", "<div>", "<!--", "*a", "```", "> a"]
)
def test_hostile_repetition_is_survived_without_loss(line: str) -> None:
    for wrapper in ("{}", "```python\n{}\n```", "```jinja\n{}\n```"):
        text = wrapper.format("\n".join([line] * 2000))
        (after,) = restore_whitespace([document(text)], "on")
        assert "".join(after.text.split()) == "".join(text.split())
        assert len(after.text) < 200 * len(text)


def test_a_mode_that_does_not_exist_is_refused_with_the_one_meant(tmp_path: Path) -> None:
    (tmp_path / "sitegen.toml").write_text('[restore]\nwhitespace = "of"\n', encoding="utf-8")
    with pytest.raises(ConfigError, match=r"restore\.whitespace 'of'.*off"):
        load_config(cwd=tmp_path, environ={})


@pytest.mark.real
@pytest.mark.skipif(not SHARED.is_dir(), reason="the shared data is not here")
def test_no_line_of_a_large_collapsed_dataset_is_lost_and_two_runs_are_equal() -> None:
    from sitegen.assemble import assemble  # noqa: PLC0415 - needs pyarrow
    from sitegen.read.inputs import read  # noqa: PLC0415

    path = SHARED / "data" / "transformers-docs-collapsed.parquet"
    before = assemble(read([str(path)], {}, []), []).documents
    after = list(restore_whitespace(before, "auto"))
    assert after == list(restore_whitespace(before, "auto"))
    for old, new in zip(before, after, strict=True):
        lost = [line.split() for line in old.text.split("\n") if line.strip()]
        lost = lost if lost != [line.split() for line in new.text.split("\n") if line] else []
        assert not lost, old.id


@pytest.mark.parametrize(
    "lines",
    [
        ["<small> Attention and others.", 'Taken from <a href="x">the paper</a>.</small>'],
        ["*The abstract of a paper. It has", "Sentences on lines of their own. *"],
        ["<i>Said by somebody.", "And somebody else.</i>"],
    ],
)
def test_what_a_line_opens_is_ended_before_a_blank_line_comes(lines: list[str]) -> None:
    words = ["Words before it. They end here.", "Words behind it. They end here.", "And so on."]
    text = "\n".join([words[0], *lines, *words[1:]])
    assert "\n".join(lines) in restored(text)


def test_a_tag_whose_values_go_on_over_many_lines_stays_in_one_piece() -> None:
    fields = [f"{{\nname: 'n{n}',\ntype:\n'A sentence. It ends.',\n}}," for n in range(30)]
    tag = "<Fields\ncontent={[\n" + "\n".join(fields) + "\n]}\n/>"
    assert restored(f"Above.\n{tag}\nBelow.") == f"Above.\n\n{tag}\n\nBelow."

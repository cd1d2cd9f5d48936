from __future__ import annotations

from sitegen.read.cells.composites import elements_of
from sitegen.read.cells.elements import Elements
from sitegen.read.text import Tally

SECTION = (
    "Start the pump\n\nOpen the valve first:\n\n>>> pump.open()\n\n>>> pump.start()\n\nThen wait."
)


def kinds_of(text: str) -> list[str]:
    return [kind for kind, _ in elements_of(text, continues=False, in_code=False)]


def test_a_composite_is_its_title_its_text_and_its_code() -> None:
    assert elements_of(SECTION, continues=False, in_code=False) == [
        ("Title", "Start the pump"),
        ("Text", "Open the valve first:"),
        ("CodeSnippet", ">>> pump.open()\n\n>>> pump.start()"),
        ("Text", "Then wait."),
    ]


def test_small_sections_that_were_put_together_have_a_title_each() -> None:
    text = "Pumps\n\nA pump moves water.\n\nValves\n\nA valve stops it:\n\nA label"
    assert kinds_of(text) == ["Title", "Text", "Title", "Text", "Text"]


def test_a_title_that_has_no_text_but_other_titles_ends_a_composite() -> None:
    assert kinds_of("It moves water.\n\nParts of a pump") == ["Text", "Title"]
    for end in ("And now it is done!", "--debug", "a label", "one two three four five six seven"):
        assert kinds_of(f"It moves water.\n\n{end}") == ["Text", "Text"], end


def test_the_words_of_a_glossary_and_numbered_chapters_are_titles_above_what_says_more() -> None:
    said = "The part that goes up and down in a pump and by this moves the water in it."
    for term in ("piston", "inlet valve (IV)", "2. The second chapter"):
        assert kinds_of(f"{term}\n\n{said}") == ["Title", "Text"]
        assert kinds_of(f"A pump moves water.\n\n{term}\n\n{said}") == ["Text", "Title", "Text"]
        assert kinds_of(f"{term}\n\nSee there.") == ["Text", "Text"]
    assert kinds_of(f"P\n\npiston\n\n{said}") == ["Title", "Title", "Text"]
    for other in ("some_name", "cat /var/log", "a drawing of the pump that we built"):
        assert kinds_of(f"{other}\n\n{said}")[-1] == "Text"
        assert "Title" not in kinds_of(f"{other}\n\n{said}"), other


def test_a_text_that_goes_on_has_no_title_and_may_be_code_still() -> None:
    assert elements_of("and so on", continues=True, in_code=False) == [("Text", "and so on")]
    assert elements_of("and so on", continues=True, in_code=True) == [("CodeSnippet", "and so on")]


def test_sentences_and_labels_are_no_titles() -> None:
    for text in ("It works.", "for example", "See:", "x" * 200, "two\nlines"):
        ((kind, _),) = elements_of(text, continues=False, in_code=False)
        assert kind == "Text", text


def test_composites_are_written_as_markdown() -> None:
    elements = Elements(Tally())
    assert elements.markdown("CompositeElement", "Pumps\n\nUse a_b.", {}, 0).strip() == (
        "## Pumps\n\nUse a_b."
    )
    table = "<table><tr><td>a</td></tr></table>"
    assert elements.markdown("TableChunk", "a", {"text_as_html": table}, 1) == f"\n{table}\n"


def test_a_paragraph_that_goes_on_in_the_next_composite_is_one() -> None:
    elements = Elements(Tally())
    goes_on = {"is_continuation": "true"}
    rows = [("A pump, it moves,", {}), ("the water on.", goes_on), ("- and", goes_on), ("New.", {})]
    written = [elements.markdown("CompositeElement", *row, 0) for row in rows]
    assert written == ["\nA pump, it moves,\n", "the water on.\n", "\n\\- and\n", "\nNew.\n"]


def test_blocks_of_one_form_below_a_colon_are_a_list() -> None:
    for one, two in (
        ("open the valve", "start the pump"),
        ("Small", "Quite large"),
        ("Valve: it stops the water.", "Pump: it moves it. Always."),
    ):
        text = f"These are its parts:\n\n{one}\n\n{two}\n\nThat is all there is."
        assert kinds_of(text) == ["Text", "ListItem", "ListItem", "Text"], one
    for below in ("open the valve\n\nThen wait.", "x = 1\n\ny = 2", "Pump\n\n[[autodoc]] Pump"):
        assert "ListItem" not in kinds_of(f"These are its parts:\n\n{below}"), below


def test_an_item_that_goes_on_in_the_next_composite_is_one() -> None:
    elements = Elements(Tally())
    rows = [("Do so:\n\nopen the valve\n\nstart the", {}), ("pump.", {"is_continuation": "true"})]
    written = "".join(elements.markdown("CompositeElement", *row, 0) for row in rows)
    assert written == "\nDo so:\n\n- open the valve\n- start the\npump.\n"


def test_what_a_composite_repeats_of_the_one_that_it_goes_on_is_shown_once() -> None:
    text = "Pumps\n\nIt runs. The pump, if on, moves water from the well to the tank, all of it."
    end = text.index(" to the tank")
    elements, parts = Elements(Tally()), [text[:end], text[end - 30 :]]
    rows = zip(parts, [{}, {"is_continuation": "true"}], strict=True)
    written = "".join(elements.markdown("CompositeElement", *row, 0) for row in rows)
    assert written.split() == ["##", *text.split()]


def test_where_most_composites_repeat_nothing_an_equal_line_is_none_of_them() -> None:
    elements, goes_on = Elements(Tally()), {"is_continuation": "true"}
    line = "The same line of many words."
    rows = [("One.", {}), ("Two goes on.", goes_on), ("Three goes on.", goes_on)]
    rows += [(f"Four. {line}", goes_on), (f"{line} Five.", goes_on)]
    written = "".join(elements.markdown("CompositeElement", *row, 0) for row in rows)
    assert written.count(line) == 2


def test_how_one_page_is_cut_says_nothing_of_another() -> None:
    line, goes_on = "The same line of many words.", {"is_continuation": "true"}
    plain = [("One.", {}), ("Two goes on.", goes_on)]
    again = [(f"Three. {line}", {}), (f"{line} Four.", goes_on)]
    elements = Elements(Tally())
    for rows in (plain, again, plain, again):
        written = "".join(elements.markdown("CompositeElement", *row, 0) for row in rows)
        assert written.count(line) == (rows is again)

"""Cards, steps and trees of files: with blank lines and without, nested, alone, hostile."""

from __future__ import annotations

import pytest

from tests.cases import body


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_cards_stand_in_a_grid_and_lead_where_they_say(gap: str) -> None:
    card = f'<Card title="Install" href="other">{gap}Do **it**.{gap}</Card>'
    html = body(f"<CardGrid>{gap}{card}{gap}</CardGrid>\n").html
    assert '<div class="sg-tiles"' in html
    assert '<p class="sg-tile-title"><a href="../other/">Install</a></p>' in html
    assert "<strong>it</strong>" in html


def test_a_card_of_a_link_needs_no_body() -> None:
    html = body('<LinkCard title="Away" href="https://example.org/" description="Far."/>\n').html
    assert '<a href="https://example.org/" rel="noopener noreferrer">Away</a>' in html
    assert "<p>Far.</p>" in html


def test_steps_are_a_numbered_list_or_tags_of_their_own() -> None:
    assert (
        '<div class="sg-steps" data-chunk="1_0">\n<ol>'
        in body("<Steps>\n\n1. One\n2. Two\n\n</Steps>\n").html
    )
    html = body('<Steps>\n<Step title="First">\n\nDo.\n\n</Step>\n</Steps>\n').html
    assert '<ol>\n<li><p class="sg-tile-title">First</p>' in html
    assert '<p class="sg-tile-title"' in body('<Step title="Alone">Do.</Step>\n').html


def test_a_tree_of_files_is_the_list_inside() -> None:
    html = body("<FileTree>\n\n- docs/\n  - index.md\n\n</FileTree>\n").html
    assert '<div class="sg-files"' in html
    assert html.count("<ul>") == 2


@pytest.mark.parametrize("name", ["Card", "CardGrid", "Steps", "Step", "FileTree"])
def test_hostile_attributes_and_tags_that_never_end_harm_nothing(name: str) -> None:
    bad = "&quot;><script>alert(1)</script>"
    html = body(f'- <{name} title="{bad}" href="javascript:alert(1)">\n\n  Text.\n\nAfter.\n').html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert "After." in html


def test_twins_say_the_same_without_the_tags() -> None:
    text = '<Card title="Install" href="other">Do it.</Card>\n\n'
    text += '<Steps>\n<Step title="A">B.</Step>\n</Steps>\n'
    assert body(text).markdown == "[Install](other.md)\n\nDo it.\n\n**A**\n\nB.\n"


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ('<Accordion title="A" description="More of it">\n\nText.\n\n</Accordion>', "More of it"),
        ('<Frame hint="Look up" caption="A sky">\n\nText.\n\n</Frame>', "Look up"),
    ],
)
def test_what_attributes_say_stands_on_the_page_and_in_its_twin(tag: str, words: str) -> None:
    made = body(f"{tag}\n")
    assert f"<p>{words}</p>" in made.html
    assert f"{words}\n\nText." in made.markdown


@pytest.mark.parametrize(
    ("group", "tabs"),
    [
        ("items={['One', 'Two']}", ["<Tab>a</Tab>", "<Tab>b</Tab>"]),
        ("items={['One', 'Two']}", ["<Tabs.Tab>a</Tabs.Tab>", "<Tabs.Tab>b</Tabs.Tab>"]),
        (
            "values={[{label: 'One', value: 'x'}, {label: 'Two', value: 'y'}]}",
            ['<TabItem value="x">a</TabItem>', '<TabItem value="y">b</TabItem>'],
        ),
    ],
)
def test_tabs_are_called_as_their_group_says(group: str, tabs: list[str]) -> None:
    found = body(f"<Tabs {group}>\n" + "\n".join(tabs) + "\n</Tabs>\n")
    assert 'data-tab="One"' in found.html
    assert 'data-tab="Two"' in found.html
    assert "**One**\n\na" in found.markdown
    assert found.diagnostics == ()


def test_tabs_without_labels_are_numbered() -> None:
    html = body("<Tabs items={names}>\n<Tab>a</Tab>\n<Tab title='x'>b</Tab>\n</Tabs>\n").html
    assert 'data-tab="1"' in html
    assert 'data-tab="x"' in html


@pytest.mark.parametrize(
    "text",
    [
        '<Tabs>\n- <TabItem label="A">x</TabItem>\n- y\n</Tabs>\n',
        '<Tabs>\n\n> <Tab title="A">\n>\n> x\n>\n> </Tab>\n\ny\n\n</Tabs>\n',
        '<Steps>\n\n1. <Step title="A">x</Step>\n2. y\n\n</Steps>\n',
        '<hfoptions id="o">\n- <hfoption id="A">x</hfoption>\n- y\n</hfoptions>\n',
    ],
)
def test_what_stands_in_a_list_or_a_quote_of_a_group_is_shown_there_and_told(text: str) -> None:
    made = body(text)
    for word in ("A", "x", "y"):
        assert f">{word}<" in made.html
        assert word in made.markdown
    assert [finding.code for finding in made.diagnostics] == ["component-misplaced"]


@pytest.mark.parametrize("name", ["ClientOnly", "Panel", "RequestExample"])
def test_what_says_where_a_part_stands_shows_the_part(name: str) -> None:
    made = body(f'<{name} a="b">\n\n**Words**\n\n</{name}>\n')
    assert "<p><strong>Words</strong></p>" in made.html
    assert made.markdown == "**Words**\n"
    assert not made.diagnostics

"""Where quotes, callouts and tags end in chunks that have lost their blank lines."""

from __future__ import annotations

import pytest

from tests.restore.whitespace.collapsed import restored


@pytest.mark.parametrize(
    "text",
    [
        "> [!TIP]\n> Keep it warm.\n\n> [!WARNING]\n> Keep it small.\n\nThe last paragraph.",
        "> [!NOTE]\n> - one\n> - two\n\nThe server asks the cache first.",
        "> [!TIP] Keep it\n> warm\n\nand the last line starts small.",
        "> A quote of one line\n\nThen the text goes on, as is usual.",
        "> [!note]\n> a\n\n>[!tip]\n>b\n\n> [!CAUTION]\n> c",
        "> > [!TIP]\n> > a\n\nText.",
        "The cache keeps all.\n\n<br>\n\nA paragraph with `code`.",
        "The cache keeps all.\n\n<br/>\n\n- item\n- item two",
        '<iframe src="https://example.com" allow="accelerometer;\nautoplay" allowfullscreen>'
        "</iframe>\n\nThen go on.",
        '<iframe src="https://example.com"\ntitle="a > b"\n></iframe>\n\nThen go on.',
        "<img\nsrc=\"a.png\"\nstyle={{ width: '100%' }}\nonLoad={() => load()}\n/>\n\nText.",
        '<div class="a"\nid="b"><img src="a.png"\nalt="A">\n</div>\n\nThen go on.',
        "<details\nopen>\n\n<summary>More</summary>\n\nText.\n\n</details>",
        "A line with a break<br>\nthat goes on.",
    ],
)
def test_a_border_is_found_where_it_was(text: str) -> None:
    assert restored(text) == text

"""What the inspector of a page shows of its chunks."""

from __future__ import annotations

import json

from sitegen.model import Document


def has_chunks(document: Document) -> bool:
    """Whether a page was made of a dataset's rows; a file of Markdown has nothing to inspect."""
    return any(section.row is not None for section in document.sections)


def page_facts(document: Document) -> str:
    """Give as JSON what a page itself knows of its chunks; their files and rows are looked up.

    So a page does not change with the order of rows. The object holds ``url``, the page's old
    address, and ``chunks``: id, length in characters, anchor, and what was restored: how sure that
    is and, of headings, by what reason.
    """
    chunks = [
        [
            section.chunk_id,
            len(text),
            section.anchor,
            [
                [each.what, each.certainty, *([each.reason] if each.reason else ())]
                for each in restored
            ],
        ]
        for section, text, restored in document.parts()
    ]
    facts = {"url": document.url, "chunks": chunks}
    # In a page's script element nothing may look like markup.
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")

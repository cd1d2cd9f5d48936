"""Assemble: chunks are grouped by source, ordered and joined to documents with a source map."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sitegen.assemble.comments import join_comment
from sitegen.assemble.groups import group_by_source
from sitegen.assemble.habits import Habits, learn_habits
from sitegen.assemble.join import join_chunks
from sitegen.assemble.order import learn_ids, ordered, unknown_order
from sitegen.assemble.outline import headings_above
from sitegen.assemble.sources import common_root, identify, is_multilingual, language_of, segments
from sitegen.assemble.told import joins
from sitegen.errors import Diagnostic
from sitegen.model import Chunk, Document, LinkSpace, OwnPlace
from sitegen.urls import markdown_folders, permalink

_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FRONT_MATTER_LIMIT = 65_536
Join = Callable[[str, Sequence[Chunk], Habits, str], Document]
_PLACES = (("order", "sidebar_position", "nav_order"), ("nav_title", "sidebar_label"), ("hidden",))
"""The keys of front matter that say where a page stands: ours first, then those of others."""


@dataclass(frozen=True, slots=True)
class Assembled:
    """All documents in source order, and what links between them may name."""

    documents: list[Document]
    space: LinkSpace


def assemble(
    chunks: Iterable[Chunk], notices: list[Diagnostic], join: Join | None = None
) -> Assembled:
    """Put documents together again, whatever the order of the rows.

    ``join`` may give a document that `join_document` has made before.

    Raises:
        ReadError: the same place of a source is claimed by chunks with different texts.
    """
    groups = group_by_source(chunks, notices)
    paths = {source: segments(source) for source in sorted(groups)}
    files = {source for source, group in groups.items() if group[0].row is None}
    root = common_root({source: path for source, path in paths.items() if source not in files})
    # Pages of a folder count from there, beside what a dataset's paths have below their root.
    paths |= {source: (*root, *paths[source]) for source in files}
    ids, renamed = identify(paths, root, notices)
    named = learn_ids(groups.values())
    if (doubt := unknown_order(groups)) is not None:
        notices.append(doubt)
    for source, document_id in ids.items():
        groups[source] = ordered(document_id, groups[source], named, notices)
    habits = learn_habits(groups.values())
    multilingual = is_multilingual(
        path[len(root) :] for path in paths.values() if path[: len(root)] == root
    )
    documents = []
    for source, document_id in ids.items():
        group = groups.pop(source)  # texts are held once
        language = document_id.split("/")[0] if multilingual else language_of(root)
        documents.append((join or join_document)(document_id, group, habits, language))
    notices += joins(documents)
    folders = markdown_folders(permalink(document.id) for document in documents)
    space = LinkSpace(_old_roots(documents), tuple(renamed.items()), tuple(sorted(folders)))
    return Assembled(documents, space)


def join_document(
    document_id: str, group: Sequence[Chunk], habits: Habits, language: str
) -> Document:
    """The document of a group of chunks in their order, joined as the habits of all say."""
    joined = join_chunks(group, headings_above(group), habits)
    url = next((chunk.url.split("#")[0] for chunk in group if chunk.url), "")
    title = next((chunk.title for chunk in group if chunk.title), "")
    document = Document(
        document_id, group[0].source, joined.text, joined.sections, title, url, language
    )
    return join_comment(_take_front_matter(document))


def _take_front_matter(document: Document) -> Document:
    """Read title and place from YAML front matter and blank it, so that line numbers stay."""
    match = _FRONT_MATTER.match(document.text[:_FRONT_MATTER_LIMIT])
    if match is None:
        return document
    import yaml  # noqa: PLC0415 - few datasets hold front matter

    try:
        # The base loader knows strings only: `2024-01-01` and `no` are titles, merges no bombs.
        table = yaml.load(match[1], Loader=yaml.BaseLoader)  # noqa: S506 - it makes no objects
    except (yaml.YAMLError, RecursionError):
        return document  # a thematic break and text, not front matter
    if not isinstance(table, dict):
        return document
    blank = "\n" * match[0].count("\n")
    return replace(
        document,
        text=blank + document.text[match.end() :],
        title=document.title or _words(table, "title"),
        own_place=OwnPlace(*(_words(table, *names) for names in _PLACES)),
    )


def _words(table: Mapping[Any, Any], *names: str) -> str:
    """The text of the first of some keys that there is."""
    found = (table[name] for name in names if isinstance(table.get(name), str))
    return " ".join(next(found, "").split())


def _old_roots(documents: Sequence[Document]) -> tuple[str, ...]:
    """Find the old site's addresses: what stays of pages' URLs without their document ids."""
    roots: Counter[str] = Counter()
    for document in documents:
        url = document.url.rstrip("/")
        if url.endswith(f"/{document.id}"):
            roots[url.removesuffix(document.id)] += 1
    return tuple(root for root, count in sorted(roots.items()) if count * 2 > len(documents))

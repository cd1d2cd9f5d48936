"""Stage ``read``: the columns of a dataset -> the library or the dump that writes such."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from sitegen.read.columns.mapping import Column

_SIGNS: Mapping[str, tuple[frozenset[str], ...]] = MappingProxyType(
    {
        "Qdrant": (frozenset({"payload"}),),
        "Chroma": (frozenset({"documents", "metadatas"}), frozenset({"document", "metadatas"})),
        "unstructured": (frozenset({"element_id"}),),
        "Haystack": (frozenset({"split_id"}), frozenset({"_split_overlap"})),
        "LlamaIndex": (
            *(frozenset({"start_char_idx"}), frozenset({"excluded_embed_metadata_keys"})),
            frozenset({"file_path", "last_modified_date"}),
        ),
        "docling": (frozenset({"doc_items"}), frozenset({"headings", "filename"})),
        "chonkie": (frozenset({"start_index", "end_index", "token_count"}),),
        "doc-builder's search": (frozenset({"source_page_url"}),),
        "LangChain": (frozenset({"page_content"}),),
        "sitegen": (frozenset({"text", "source", "source_section"}),),
    }
)
"""Who writes -> sets of keys, one of them all there; who packs the rows of others comes first."""


def maker_of(columns: Sequence[Column]) -> str:
    """The name of what wrote such columns; empty when they say nothing."""
    keys = {column.word for column in columns} | {column.keys[0] for column in columns}
    return next((name for name, signs in _SIGNS.items() if any(sign <= keys for sign in signs)), "")

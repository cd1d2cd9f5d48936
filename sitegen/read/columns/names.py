"""Stage ``read``: what columns are called: by us, and by those who make chunk datasets."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType

PACKED = "raw_bytes"
"""What columns of texts in base64 are called."""

HTML = ("cooked", "storage_value", "view_value", "html", "html_content", "content_html")
"""What columns of texts in HTML are called."""

SPANS = ("start_end_idx", "span", "char_span", "char_range", "offsets")
"""What columns of lists are called whose first item is where a text begins."""

KEPT = ("active", "is_active", "enabled", "is_enabled", "is_latest", "is_current", "available_int")
"""What columns are called that tell which rows still count."""

_WHOLES = ("page", "article", "doc", "document", "file", "section", "source")
_PIECES = ("chunk", "passage", "segment", "text", "content", "body", "raw", "node")
_AS_TEXT = ("text", "content", "markdown", "md", "body", "raw")
_MADE = ("original", "clean", "cleaned", "plain", "extracted", "processed", "child", "small")
_ADDED_TO = ("contextualized", "contextual", "enriched", "embedded")

NAMES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "text": (
            *("text", "content", "page_content", "chunk", "body", "markdown"),
            *("chunk_text", "chunk_content", "passage", "document_text", "documents"),
            *(
                "document_content",
                "full_text",
                "raw_text",
                "md",
                "md_content",
                "page_text",
                "document",
            ),
            *("contents", "text_content", "chunk_body", "chunk_markdown", "paragraph", "sentence"),
            *("content_with_weight", "text_chunk", "raw_markdown", "child_text"),
            *("snippet", "data", "input", "output", "context", "chunk_data", PACKED),
            *("inhalt", "texte", "contenu", "texto", "contenido", "conteudo", "conteúdo", "testo"),
            *("contenuto", "tekst", "inhoud", "treść", "текст", "содержание", "内容", "正文"),
            *("文本", "本文", "テキスト", "본문", "내용", "텍스트", "raw", *HTML),
            *("segment", *(f"{a}_{b}" for a in (*_WHOLES, *_PIECES) for b in _AS_TEXT if a != b)),
            *("child", "contextualized"),
            *(f"{a}_{b}" for a in (*_MADE, *_ADDED_TO) for b in ("text", "content", "chunk")),
        ),
        "source": (
            *("source", "path", "file", "file_path", "source_path", "repo_path", "doc_path"),
            *("document_path", "page_path", "filepath", "rel_path", "relative_path"),
            *("filename", "document_filename", "source_file", "file_name", "document", "doc"),
            *("document_name", "doc_name", "source_document", "uri", "metadata_source"),
            *("doc_source", "src_path", "markdown_path", "md_path", "docnm_kwd", "source_uri"),
            *("storage_path", "metadata_storage_path", "s3_uri", "gcs_uri", "doc_uri"),
            *("document_uri", "file_uri", "current_page_name", "docname", "pagename", "sourcefile"),
            *("quelle", "datei", "pfad", "fichier", "chemin", "fuente", "archivo", "ruta"),
            *("origem", "arquivo", "caminho", "fonte", "percorso", "bron", "bestand", "źródło"),
            *("plik", "источник", "файл", "путь", "来源", "文件", "路径", "出典", "ファイル"),
            *("출처", "파일", "경로", "fname", "max_stars_repo_path"),
            *(f"{a}_{b}" for a in _WHOLES for b in ("path", "file", "filename", "uri")),
        ),
        "url": (
            *("url", "link", "href", "source_url", "page_url", "source_page_url", "web_url"),
            *("doc_url", "document_url", "permalink", "canonical_url", "source_link"),
            *("url_without_anchor", "location", "html_url", "webui"),
            *(f"{a}_{b}" for a in _WHOLES for b in ("url", "link")),
        ),
        "section": ("source_section", "section", "anchor", "fragment", "section_anchor"),
        "file_type": ("file_type", "type", "ext"),
        "id": (
            "id",
            "chunk_id",
            "_id",
            "id_",
            "ids",
            "node_id",
            "uuid",
            "point_id",
            "element_id",
            "pk",
        ),
        "heading": (
            *("heading", "section_title", "headings", "header", "header_path", "section_header"),
            *("section_heading", "heading_path", "section_path", "title_path", "breadcrumb"),
            *("breadcrumbs", "section_name", "headers", "heading_text", "heading_hierarchy"),
            *("section_hierarchy", "header_hierarchy", "toc_path", "heading_context"),
            *("headings_context", "überschrift", "заголовок", "見出し"),
        ),
        "level": (
            *("level", "heading_level", "header_level", "section_level", "heading_depth"),
            *("section_depth", "header_depth"),
        ),
        "parents": ("parent_headers", "parent_headings", "parent_sections"),
        "title": (
            *("title", "page_title", "source_page_title", "doc_title", "document_title"),
            *("titel", "titre", "título", "titolo", "标题", "タイトル", "제목"),
        ),
        "order": (
            *("order", "chunk_index", "chunk_number", "chunk_no", "chunk_idx", "chunk_num"),
            *("split_id", "index", "position", "sequence", "seq", "chunk_order", "chunk_seq"),
            *("passage_id", "part", "ordinal", "seq_num", "seq_no", "chunk_position"),
            *("paragraph_id", "sentence_id", "chunk_ind", "chunk_order_index", "original_index"),
            *("start_line", "line_start", "lines_from", "line_number", "start_byte", "byte_start"),
            *("byte_offset", "token_start", "start_token", "row_index"),
            *("row_number", "chunk"),
        ),
        "start": (
            *("start", "start_index", "start_char_idx", "char_start", "split_idx_start"),
            *("start_char", "start_offset", "char_offset", "offset", "start_char_index", "start_i"),
            *SPANS,
        ),
        "end": (
            *("end", "end_index", "end_char_idx", "char_end", "end_char", "end_offset"),
            *("end_char_index", "end_i"),
        ),
        "last_changed": ("last_changed",),  # others are dates of a copy, or of anything else
        "element": (
            *("element", "type", "category", "element_type", "node_type", "chunk_type"),
            *("row_type", "record_type"),
        ),
        "folder": ("folder", "file_directory", "directory", "dir"),
        "language": (
            *("language", "lang", "locale", "language_code", "lang_code", "doc_language"),
            "doc_lang",
        ),
        "version": (
            *("version", "doc_version", "docs_version", "release", "product_version"),
            *("library_version", "package_version"),
        ),
        "deleted": (
            *("deleted", "is_deleted", "_deleted", "soft_deleted", "deleted_at", "removed"),
            *("is_removed", *KEPT),
        ),
    }
)
"""Our name -> the dataset's: the standard name first, then those that are guessed, best first."""

TEXTS = frozenset(
    {"chunks", "passages", "texts", "paragraphs", "segments", "splits", "passage_chunk"}
    | {"passage_chunks", "text_chunks", "content_chunks", "body_chunks", "document_chunks"}
)
"""What columns of lists of texts are called."""

ORIGINALS = (
    *("original_text", "original_content", "original_chunk", "raw_chunk", "chunk_without_context"),
    *("content_without_context", "text_without_context", "content_without_overlap"),
)
"""What texts are called as they were before anything was added to them, best first."""

WITH_HEADINGS = (
    *("contextualized", "contextualised_text", "text_with_context", "text_with_headings"),
    *("embed_text", "text_to_embed", "embedding_text", "text_for_embedding"),
    *(f"{a}_{b}" for a in _ADDED_TO for b in ("text", "content", "chunk")),
)
"""What texts are called as they are embedded: below their headings, as a rule."""

PATHS = frozenset(
    {"breadcrumb", "breadcrumbs", "header_path", "heading_path", "section_path", "title_path"}
    | {"toc_path", "heading_context", "headings_context", "heading_hierarchy"}
    | {"section_hierarchy", "header_hierarchy"}
)
"""What columns of whole paths of headings are called."""

WEAK = (
    *("src", "origin"),
    *("source_name", "page", "name", "doc_id", "document_id", "ref_doc_id", "source_id"),
    *(
        "document_ids",
        "page_id",
        "article_id",
        "page_slug",
        "slug",
        "doc_title",
        "document_title",
        "page_title",
        "title",
        "article",
    ),
)
"""What names a page where nothing else does, not even a url."""

OWNERS = frozenset({"document_ids"})
"""What columns of lists are called whose first item names a page."""

APART = frozenset(
    ("library", "package", "project", "product", "repo", "repo_id", "repository", "component")
)
"""What columns are called that tell apart what has the same source."""

LEVELS = tuple(f"heading{level}" for level in range(1, 7))
"""Our names of columns that hold the headings of one level each."""

_KNOWN = frozenset(name for names in NAMES.values() for name in names) | frozenset(WEAK)
_LEVEL = re.compile(r"(?:h|header|heading|section|(?:hierarchy_)?lvl)_?([1-6])$")
_WORDS = re.compile(r"[\W_]+")
_OUT_OF = re.compile(
    r"(?:(?:c?metadatas?|meta|payload|attributes|properties|kwargs"
    r"|amazon_bedrock|x_amz_bedrock_kb)_+)+"
)
_TYPED = re.compile(r"_(?:s|t|i|l|ss|txt|str|txt_[a-z]{2})$")
_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NOT_OURS = frozenset({"relationships", "embedding", "embeddings", "vector", "_vectors"})


_remembered = lru_cache(maxsize=1 << 16)  # each column is asked once for each of ours


@_remembered
def plain(name: str) -> str:
    """The name of a column without case and separators: ``chunkIndex`` is ``chunk_index``."""
    if name.startswith("_") or name.endswith("_"):
        return name.lower()
    return _WORDS.sub("_", _CAPITAL.sub("_", name).lower()).strip("_")


@_remembered
def bare(name: str) -> str:
    """The plain name of a column without those of objects that tables write before it.

    ``metadata.Header 1``, as a table of objects that was made flat has it, is ``header_1``.
    """
    whole = plain(name)
    if whole in _KNOWN or _LEVEL.fullmatch(whole):
        return whole
    last = _OUT_OF.sub("", plain(name.rpartition(".")[2]))
    return untyped(last)


def untyped(name: str) -> str:
    """The plain name of a column without its type, as Solr writes it: ``path_s``."""
    whole = plain(name)
    told = _TYPED.sub("", whole)
    return told if told in _KNOWN else whole


def level_of(name: str) -> int:
    """The level whose headings a column of this name holds; 0 when it is no such name."""
    match = _LEVEL.fullmatch(bare(name))
    return int(match[1]) if match else 0


def is_known(name: str) -> bool:
    """Whether a column of this name is one of ours, whatever is in it."""
    return bare(name) in _KNOWN or level_of(name) > 0


def is_closed(name: str) -> bool:
    """Whether a text in a column of this name is read as it is, also if it happens to be JSON.

    What txtai calls ``data`` is an object beside the text.
    """
    return is_known(name) and plain(name) != "data"


def is_object(name: str) -> bool:
    """Whether a column of this name is one of objects that tell more of a row."""
    return _OUT_OF.fullmatch(f"{plain(name)}_") is not None


def is_list(name: str) -> bool:
    """Whether a column of this name is one of lists: of texts, of headings, of pages."""
    word = bare(name)
    is_path = word in NAMES["heading"] or word in NAMES["parents"] or level_of(name) > 0
    return is_path or word in TEXTS or word in OWNERS


def is_ours(path: tuple[str, ...]) -> bool:
    """Whether a column may tell something of its own row: not what it is related to."""
    keys = ".".join(path).split(".")
    return not any(key in _NOT_OURS or key.startswith("excluded_") for key in keys)

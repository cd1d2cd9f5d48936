"""Stage ``read``: the first bytes of a file -> what it is instead of what its name says."""

from __future__ import annotations

HEAD = 64
"""So many bytes tell."""

_POINTER = b"version https://git-lfs.github.com/spec/"
_BOM = b"\xef\xbb\xbf"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_KINDS = (
    (b"\x1f\x8b", "packed by gzip", ".gz", (".gz",)),
    (b"\x28\xb5\x2f\xfd", "packed by zstd", ".zst", (".zst",)),
    (b"BZh", "packed by bzip2", "", ()),
    (b"\xfd7zXZ\0", "packed by xz", "", ()),
    (b"PK\x03\x04", "a zip archive, as Excel's .xlsx is too", "", (".xlsx", ".ods")),
    (b"PAR1", "a Parquet file", ".parquet", (".parquet", ".pq")),
    (b"ARROW1\0\0", "an Arrow file", ".arrow", (".arrow", ".feather", ".ipc")),
)
"""How files begin, what they are, the suffix that they want, and all that they may have."""

_HTML = (b"<!doctype html", b"<html", b"<?xml")
_DATA = frozenset(
    (".parquet", ".pq", ".arrow", ".feather", ".ipc", ".csv", ".tsv", ".json", ".jsonl", ".ndjson")
)
_TABLES = _DATA - {".json", ".jsonl", ".ndjson"}
_FIRST_OF_TEXT = 9  # the tab; what is packed begins with signs below it
_PACKED = {".gz": "gzip", ".zst": "zstd"}
_TEXTS = frozenset(
    {".md", ".mdx", ".markdown", ".csv", ".tsv", ".txt", ".json", ".jsonl", ".ndjson"}
)


def mislabelled(head: bytes, suffix: str, packing: str) -> tuple[str, str] | None:
    """Say what a file is, and what to do; nothing if it may be what its name says.

    ``suffix`` is that of the data, ``packing`` that of what it is packed by, if it is.
    """
    if head.startswith(_POINTER):
        return (
            "a pointer of Git LFS: the data itself was not downloaded",
            "run `git lfs pull` where it was cloned, or download the file itself",
        )
    if suffix in _DATA and head.removeprefix(_BOM).lstrip().lower().startswith(_HTML):
        return (
            "a page of the web, such as one that asks for a login or tells of an error",
            "download the data itself, or name the address that gives it",
        )
    last = packing or suffix
    for start, what, wanted, allowed in _KINDS:
        if head.startswith(start) and last not in allowed:
            return f"{what}, but named {last}", _remedy(wanted, suffix)
    if last in _TEXTS and _is_wide(head):
        by_excel = " (Excel calls that CSV UTF-8)" if suffix in {".csv", ".tsv", ".txt"} else ""
        return "the text is UTF-16", f"save it as UTF-8{by_excel}"
    return _plain(head, suffix, packing)


def _plain(head: bytes, suffix: str, packing: str) -> tuple[str, str] | None:
    """The same of a file that begins as no binary one does, but is named like one, or a table."""
    packer = _PACKED.get(packing)
    if packer and min(head, default=0) >= _FIRST_OF_TEXT:
        return f"not packed by {packer}, but named {packing}", f"take {packing} off its name"
    if suffix in _TABLES and not packer and (wanted := _json(head)):
        return f"JSON, but named {suffix}", f"call it {wanted}"
    return None


def _json(head: bytes) -> str:
    """The suffix of a file that begins with a row of JSON, or a list of them; else nothing."""
    text = b"".join(head.removeprefix(_BOM).split())
    return ".jsonl" if text.startswith(b'{"') else ".json" if text.startswith(b'[{"') else ""


def _remedy(wanted: str, suffix: str) -> str:
    if wanted in {".gz", ".zst"}:
        can_stay = suffix in _TEXTS and not suffix.startswith(".m")
        return f"call it {suffix}{wanted}, or unpack it" if can_stay else "unpack it"
    return f"call it {wanted}" if wanted else "unpack it, or save it in another format"


def _is_wide(head: bytes) -> bool:
    """Whether a text is UTF-16: by its mark, or because each second byte of ASCII is none."""
    pairs = head[: len(head) // 2 * 2]
    zeros = {not any(pairs[0::2]), not any(pairs[1::2])}
    return head.startswith(_UTF_16) or (len(pairs) >= 4 and any(pairs) and True in zeros)

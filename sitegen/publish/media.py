"""Publish: a file's path -> the content type and the cache header that it is served with."""

from __future__ import annotations

import mimetypes
import re

_FINGERPRINTED = re.compile(r"assets/.*\.[0-9a-f]{8}\.[^/.]+")
_REVALIDATE = "public, max-age=0, must-revalidate"
_IMMUTABLE = "public, max-age=31536000, immutable"
_TYPES = {
    ".css": "text/css",
    ".html": "text/html",
    ".js": "text/javascript",
    ".json": "application/json",
    ".md": "text/markdown",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
_KNOWN = mimetypes.MimeTypes(filenames=())  # Python's own table: no file of this machine is read


def content_type(path: str) -> str:
    """Give the media type, with the character set for what is text."""
    suffix = f".{path.rpartition('.')[2].lower()}"
    kind = _TYPES.get(suffix) or _KNOWN.guess_type(path)[0] or "application/octet-stream"
    is_text = kind.startswith("text/") or kind in {"application/json", "application/xml"}
    return f"{kind}; charset=utf-8" if is_text else kind


def cache_control(path: str) -> str:
    """Let browsers keep what has a fingerprint for good, and ask again for all else."""
    return _IMMUTABLE if _FINGERPRINTED.fullmatch(path) else _REVALIDATE

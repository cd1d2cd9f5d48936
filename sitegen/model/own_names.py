"""Names of the files by which a folder is known as one that a build wrote."""

from __future__ import annotations

RESERVED = ".sitegen-"
"""What the names of our own files in the top of an output folder begin with."""

MANIFEST = f"{RESERVED}manifest.json"
"""The list of the files that a build wrote; the folder that holds it is its output."""

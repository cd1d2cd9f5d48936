"""Publish: which states of which targets we left ourselves; all others are somebody else's."""

from __future__ import annotations

import json
from collections.abc import Collection
from pathlib import Path

from sitegen.errors import PublishError
from sitegen.store.sha256 import sha256_of
from sitegen.store.whole import draft_of


class Records:
    """Digests of manifests by target, in one small JSON file; no addresses, no secrets in it."""

    def __init__(self, file: Path) -> None:
        """Read the file; one that is missing or broken knows nothing."""
        self._file = file
        self._known: dict[str, list[str]] = {}
        try:
            known = json.loads(file.read_bytes())
        except (OSError, ValueError, RecursionError):
            return
        if isinstance(known, dict):
            self._known = {
                key: [digest for digest in digests if isinstance(digest, str)]
                for key, digests in known.items()
                if isinstance(digests, list)
            }

    def knows(self, target: str, digest: str) -> bool:
        """Tell whether this state of the target is one that we left."""
        return digest in self._known.get(_key(target), ())

    def note(self, target: str, digests: Collection[str]) -> None:
        """Remember the states that we may leave from now on.

        Raises:
            PublishError: The file cannot be written.
        """
        self._known[_key(target)] = sorted(digests)
        text = json.dumps(self._known, indent=1, sort_keys=True)
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            with draft_of(self._file) as draft:
                draft.write_text(text, encoding="utf-8")
        except OSError as error:
            raise PublishError(
                f"cannot note what is published: {error.strerror}",
                help="run in a folder that you can write; nothing was sent",
            ) from error


def _key(target: str) -> str:
    return sha256_of(target, 16)

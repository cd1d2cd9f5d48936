"""The list of a site's files."""

from __future__ import annotations

import hashlib
import json

from sitegen.write.manifest import Entry, digest, dump_manifest


def test_a_manifest_is_the_json_of_its_files_in_order() -> None:
    files = {name: Entry.of(name.encode()) for name in ('b/\u00fc"\n.html', "a.html", "a/b.html")}
    entries = {p: {"sha256": files[p].sha256, "size": files[p].size} for p in sorted(files)}
    whole = json.dumps({"version": 1, "files": entries}, separators=(",", ":")).encode()
    assert dump_manifest(files) == whole
    assert digest(files) == hashlib.sha256(whole).hexdigest()
    assert dump_manifest({}) == b'{"version":1,"files":{}}'

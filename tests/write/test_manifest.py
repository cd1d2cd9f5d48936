"""The list of a site's files."""

from __future__ import annotations

import hashlib
import json

import pytest

from sitegen.write.manifest import Entry, check_path, digest, dump_manifest, load_manifest


def test_a_manifest_is_the_json_of_its_files_in_order() -> None:
    files = {name: Entry.of(name.encode()) for name in ('b/\u00fc"\n.html', "a.html", "a/b.html")}
    entries = {p: {"sha256": files[p].sha256, "size": files[p].size} for p in sorted(files)}
    whole = json.dumps({"version": 1, "files": entries}, separators=(",", ":")).encode()
    assert dump_manifest(files) == whole
    assert digest(files) == hashlib.sha256(whole).hexdigest()
    assert dump_manifest({}) == b'{"version":1,"files":{}}'


def test_a_manifest_of_many_files_is_read_as_it_was_written() -> None:
    names = ("a.b/.c/d..html", "..a/.well-known/x", "é/ü.html", "x/.github/y", 'a"b')
    files = {f"{number}/{name}": Entry.of(b"x") for number in range(700) for name in names}
    assert load_manifest(dump_manifest(files)) == files
    assert dump_manifest(load_manifest(dump_manifest(files))) == dump_manifest(files)


@pytest.mark.parametrize(
    "path",
    ["", "/a", "a/", "a//b", ".", "..", "./a", "../a", "a/.", "a/..", "a/./b", "a/../b", "a\\b",
     "a\0b", ".sitegen-x", ".git", "a/.Git/b", "a\n/../b", ".git\nx/.git"],
)  # fmt: skip
def test_one_bad_path_among_many_good_ones_is_refused(path: str) -> None:
    with_bad = {f"page-{number}.html": Entry.of(b"") for number in range(1_500)}
    with_bad[path] = Entry.of(b"")
    with pytest.raises(ValueError, match="not a"):
        check_path(path)
    with pytest.raises(ValueError, match="not a"):
        load_manifest(dump_manifest(with_bad))


@pytest.mark.parametrize("sha256", ["", "g" * 64, "a" * 63, "a" * 66, "a b" * 21 + "a"])
def test_what_is_no_digest_is_refused(sha256: str) -> None:
    manifest = {"version": 1, "files": {"a": {"sha256": sha256, "size": 1}}}
    with pytest.raises(ValueError, match=r"SHA-256|hexadecimal"):
        load_manifest(json.dumps(manifest).encode())


@pytest.mark.parametrize("size", ["-1", "1.5", "true", f"{1 << 63}", f"{1 << 64}", "9" * 400])
def test_what_is_no_size_of_a_file_is_refused(size: str) -> None:
    entry = f'{{"sha256":"{"0" * 64}","size":{size}}}'
    with pytest.raises(ValueError, match="manifest"):
        load_manifest(f'{{"version":1,"files":{{"a":{entry}}}}}'.encode())

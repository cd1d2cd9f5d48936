"""What `re` makes of patterns is kept from command to command, and is what it would make again."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from sitegen.store.patterns import OURS, Patterns

WRITTEN: list[tuple[str | bytes, int]] = [
    *((f"{number}{{2,}}", 0) for number in range(16)),
    (r"(?P<name>\w+)(?:-(?P=name))?|[à-ÿ\u4e00-\u9fff]+", 0),
    ("ﬀ|straße|[k-s]", re.IGNORECASE),
    (r"(?im)^(a)(b)?$", re.DOTALL),
    (rb"[\x80-\xff]+(?<!x)", 0),
    ("a++(?:b|(?>cd))", re.VERBOSE | re.ASCII),
]


@pytest.fixture(autouse=True)
def _as_it_was(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    inside: Any = re._compiler  # type: ignore[attr-defined]
    was = inside.compile, inside._sre
    monkeypatch.setattr("sys.dont_write_bytecode", False)
    re.purge()
    yield
    inside.compile, inside._sre = was
    re.purge()


@pytest.fixture
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[str | bytes]:
    """The patterns that `re` has read."""
    parser: Any = re._parser  # type: ignore[attr-defined]
    parse, texts = parser.parse, list[str | bytes]()

    def count(text: str | bytes, *rest: object) -> object:
        texts.append(text)
        return parse(text, *rest)

    monkeypatch.setattr(parser, "parse", count)
    return texts


def _compiled(file: Path | None, written: list[tuple[str | bytes, int]] = WRITTEN) -> list[Any]:
    """What a process compiles that recalls a file, in which it leaves what is new."""
    patterns = Patterns(file) if file else None
    inside: Any = re._compiler  # type: ignore[attr-defined]
    was = inside.compile, inside._sre
    if patterns:
        patterns.recall()
    re.purge()
    made = [re.compile(*each) for each in written]
    if patterns:
        patterns.keep()
    inside.compile, inside._sre = was
    return made


def test_recalled_patterns_are_the_compiled_ones_and_nothing_is_read_again(
    tmp_path: Path, parsed: list[str | bytes]
) -> None:
    file = tmp_path / "x.patterns"
    plain = _compiled(None)
    assert _compiled(file) == plain
    parsed.clear()
    recalled = _compiled(file)
    assert parsed == []
    assert recalled == plain, "code and flags"
    said = [(each.pattern, each.groups, dict(each.groupindex)) for each in recalled]
    assert said == [(each.pattern, each.groups, dict(each.groupindex)) for each in plain]
    assert recalled[-5].fullmatch("so-so")["name"] == "so"


def test_a_pattern_is_recalled_with_its_flags_and_kind(tmp_path: Path) -> None:
    file = tmp_path / "x.patterns"
    both: list[tuple[str | bytes, int]] = [*WRITTEN, ("é", 0), ("a", 0), (b"a", 0)]
    _compiled(file, both)
    found = _compiled(file, [*both, ("é", re.IGNORECASE), ("a", re.IGNORECASE)])
    assert [bool(each.match("É")) for each in (found[-5], found[-2])] == [False, True]
    assert [bool(each.match("A")) for each in (found[-4], found[-1])] == [False, True]
    assert found[-3].match(b"a")


def test_a_wrong_pattern_is_refused_as_ever(tmp_path: Path) -> None:
    for _ in range(2):
        with pytest.raises(re.error, match="unterminated subpattern"):
            _compiled(tmp_path / "x.patterns", [*WRITTEN, ("(", 0)])
    assert _compiled(tmp_path / "x.patterns", [("a", 0)])[0].match("a")


@pytest.mark.parametrize("cut", [0, 3, 40, -1])
def test_a_torn_file_is_made_anew(tmp_path: Path, parsed: list[str | bytes], cut: int) -> None:
    file = tmp_path / "x.patterns"
    _compiled(file)
    whole = file.read_bytes()
    file.write_bytes(whole[:cut])
    parsed.clear()
    _compiled(file)
    assert len(parsed) == len(WRITTEN)
    assert file.read_bytes() == whole


def test_another_python_compiles_its_own(
    tmp_path: Path, parsed: list[str | bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.patterns"
    _compiled(file)
    parsed.clear()
    monkeypatch.setattr("sys.version", "another")
    _compiled(file)
    assert len(parsed) == len(WRITTEN)


def test_a_python_that_nobody_tried_compiles_as_ever(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.version_info", (3, 99))
    assert _compiled(tmp_path / "x.patterns") == _compiled(None)
    assert not list(tmp_path.iterdir())


def test_a_few_new_patterns_are_not_worth_a_write(tmp_path: Path) -> None:
    file = tmp_path / "x.patterns"
    _compiled(file)
    before = file.stat()
    _compiled(file, [*WRITTEN, ("of this site alone", 0)])
    assert file.stat() == before


def test_a_full_file_lets_go_of_what_this_command_has_not_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "x.patterns"
    monkeypatch.setattr("sitegen.store.patterns._MOST", 60)
    of_before: list[tuple[str | bytes, int]] = [(f"before{n}", 0) for n in range(30)]
    of_now: list[tuple[str | bytes, int]] = [(f"now{n}", 0) for n in range(30)]
    _compiled(file, WRITTEN + of_before)
    _compiled(file, WRITTEN + of_now)
    kept = {pattern for _, pattern, _ in Patterns(file)._known}
    assert kept == {pattern for pattern, _ in WRITTEN + of_now}


def test_threads_that_compile_at_once_keep_each_its_own(tmp_path: Path) -> None:
    file = tmp_path / "x.patterns"
    patterns = Patterns(file)
    patterns.recall()

    def compile_some(flags: int) -> None:
        for number in range(200):
            re.compile(f"é{number}[a-f]*", flags)

    threads = [Thread(target=compile_some, args=(flags,)) for flags in (0, re.IGNORECASE, re.A)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    patterns.keep()
    written = [(f"é{n}[a-f]*", flags) for flags in (0, re.IGNORECASE, re.A) for n in range(200)]
    assert _compiled(file, [*written]) == _compiled(None, [*written])


def test_all_patterns_of_the_command_are_as_compiled(tmp_path: Path) -> None:
    script = f"""
import sys
from pathlib import Path
sys.dont_write_bytecode = False
import sitegen.store.patterns as home
OURS = home.OURS = home.Patterns(Path({str(tmp_path / "x")!r}))
import sitegen.__main__, sitegen.render, sitegen.cli.build
print(len(OURS._known))
OURS.keep()
"""
    for _ in range(2):
        run = subprocess.run(
            [sys.executable, "-c", script], capture_output=True, text=True, check=True
        )
    assert int(run.stdout) > 100
    kept = Patterns(tmp_path / "x")._known
    written = [(pattern, flags) for _, pattern, flags in kept]
    assert _compiled(tmp_path / "x", written) == _compiled(None, written)


def test_the_command_keeps_its_own_beside_compiled_code() -> None:
    assert OURS._file.parent.name == "__pycache__"


def test_flags_that_were_refused_are_not_kept_with_a_later_pattern(tmp_path: Path) -> None:
    class Text(str):
        __slots__ = ()

    file = tmp_path / "x.patterns"
    inside: Any = re._compiler  # type: ignore[attr-defined]
    was = inside.compile, inside._sre
    for _ in range(2):
        patterns = Patterns(file)
        patterns.recall()
        re.purge()
        with pytest.raises(ValueError, match="LOCALE"):
            re.compile("never kept", re.LOCALE)
        assert re.compile(Text("never kept")).match("never kept")
        for written in WRITTEN:
            re.compile(*written)
        patterns.keep()
        inside.compile, inside._sre = was
        assert file.exists()


@pytest.mark.parametrize("wrong", [(), (0, b"123", 0, {}, (None,)), (0, bytes(8), 0, {}, (None,))])
def test_a_kept_pattern_that_is_not_sound_is_compiled(tmp_path: Path, wrong: Any) -> None:
    patterns = Patterns(tmp_path / "x.patterns")
    patterns._known["str", "not sound", 0] = wrong
    patterns.recall()
    assert re.compile("not sound").match("not sound")

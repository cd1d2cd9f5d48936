"""Stage ``read``: a row that holds several elements of a page as plain text -> these."""

from __future__ import annotations

import base64
import binascii
import json
import zlib
from collections.abc import Iterator, Sequence
from itertools import groupby

from sitegen.scan.patterns import rare

_LONGEST_TITLE = 90  # characters
_NO_TITLE = rare(r"[(\[{<>$%]|>>> ")
_UNLIKE_TITLE = rare(r"[a-z]|\d+[.)]\s")  # but a word of a glossary or a numbered chapter
_WORD = r"\(?[^\W\d_][^\W_]*(?:-[^\W_]+)*\)?"
_TERM = rare(rf"(?:\d+[.)]\s)?{_WORD}(?: {_WORD})*\Z")
_NO_ITEM = rare(r"[\[$`<{(|#>]")
_LABEL = rare(r"[^.:,;!?\n]{1,40}: \S")
_LONGEST_ITEM = 400  # characters
_FEW_WORDS = 6
_ABOUT = 66  # characters that are said about a term, at least
_FULL_STOPS = (".", "?", "!")
_ENDS_TEXT = rare(r"(?<!\.)[.:;,](?:['\")\]])?$|[=({\[]$")
_CODE_LINE = rare(
    r">>> |\.\.\. |\s{2,}\S|[)\]}]|[#@]\s?\w|//|\$ "
    r"|(?:from [\w.]+ )?import [\w{*]|(?:async )?(?:def|class|function|const|let|var) \w"
    r"|(?:if|for|while|with|elif|else|try|except)\b.*[:{]$|(?:return|raise|export|print)\b.*[;)}\]]$"
    r"|(?:pip|conda|npm|git|python3?|cd|curl|sudo|docker|apt|torchrun|accelerate) \S"
    r"|[\w.\[\]\"', ]+ [-+*/|]?= \S|[\w.]+\(.*\)?[:;,]?$|[{\[(\"']|[\w-]+: \S+$"
)
_MOSTLY = 0.7
SIGN = rare(r"\[\[[a-z][\w-]*\]\](?: [\w.]+(?: - [\w.]+)*)?\s*\Z")
"""A block such as ``[[autodoc]] name - member``."""

_MOST_UNPACKED = 1 << 22  # bytes of what one row holds
_TAIL = 40  # characters


def held_in(
    packed: object, text: str, before: str
) -> tuple[list[tuple[str, str, dict[str, object]]] | None, int]:
    """The kind, text and metadata of each element of a row that holds them, if it does.

    They are a list, or JSON in zlib in Base64; ``None`` where they cannot be unpacked. They are
    not those of a row where they are not what ``text`` was made of: it may be a part of theirs,
    theirs below the end of the text ``before``, or that end alone. How many bytes were unpacked
    is told too.
    """
    unpacked = b""
    if isinstance(packed, str):
        try:
            pressed = base64.b64decode(packed, validate=True)
            unpacked = zlib.decompressobj().decompress(pressed, _MOST_UNPACKED)
            packed = json.loads(unpacked)
        except (binascii.Error, ValueError, zlib.error, RecursionError):
            return None, len(unpacked)
    if not isinstance(packed, list):
        return None, len(unpacked)
    found = list(_elements(packed))
    own, whole = _dense(text), "".join(_dense(part) for _, part, _ in found)
    is_same = whole in own or own[-_TAIL:] in whole or _dense(before).endswith(own)
    return found if whole and is_same else [], len(unpacked)


def _dense(text: str) -> str:
    return "".join(text.split())


def _elements(value: list[object]) -> Iterator[tuple[str, str, dict[str, object]]]:
    for item in value:
        if isinstance(item, dict) and isinstance(text := item.get("text"), str):
            told = item.get("metadata")
            yield str(item.get("type")), text, told if isinstance(told, dict) else {}


def elements_of(text: str, *, continues: bool, in_code: bool) -> list[tuple[str, str]]:
    """The kind and text of each element: a title, code, an item of a list, or text.

    The first is the title that the text stands under, if it looks like one; a text that
    ``continues`` the one before has none. ``in_code``: that ended in code. Code may hold blank
    lines.
    """
    blocks = [block for block in text.split("\n\n") if block.strip()]
    goes_on = continues and in_code
    kinds: list[str] = []
    items = set(_items(blocks))
    for number, block in enumerate(blocks):
        above = blocks[number - 1] if number else "" if continues else None
        if _is_code(block) or (goes_on and number == 0):
            kinds.append("CodeSnippet")
        elif number in items:
            kinds.append("ListItem")
        elif _is_title(block) and _heads(above, *blocks[number : number + 2]):
            kinds.append("Title")
        else:
            kinds.append("Text")
    found: list[tuple[str, str]] = []
    for kind, group in groupby(zip(kinds, blocks, strict=True), key=lambda pair: pair[0]):
        written = [block for _, block in group]
        found += (
            [(kind, block) for block in written]
            if kind != "CodeSnippet"
            else [(kind, "\n\n".join(written))]
        )
    return found


def _items(blocks: Sequence[str]) -> Iterator[int]:
    """The numbers of blocks that are a list: two or more of one form below a colon."""
    end = 0
    for start in range(1, len(blocks)):
        if start < end or not blocks[start - 1].rstrip().endswith(":"):
            continue
        form, end = _form(blocks[start]), start
        while form and end < len(blocks) and _form(blocks[end]) == form:
            end += 1
        # What stands right above the sign of an object is its title.
        end -= end < len(blocks) and blocks[end].startswith("[[")
        yield from range(start, end) if end - start > 1 else ()


def _form(block: str) -> str:
    """How a block is written that may be an item: with a label, in small letters, as no sentence.

    Empty: it says nothing of what it is.
    """
    words = block.strip()
    if "\n" in words or len(words) > _LONGEST_ITEM or _NO_ITEM.match(words) or words[-1] == ":":
        return ""
    if _is_code(words) or (" " not in words and not words.isalpha()):
        return ""
    if _LABEL.match(words):
        return "label"
    return "small" if words[0].islower() else "" if words.endswith(_FULL_STOPS) else "name"


def _heads(above: str | None, title: str, below: str = "") -> bool:
    """Whether what looks like a title stands where one does: at the head, above text, at the end.

    A splitter by titles cuts below the one of a section that begins with another. Without
    ``above`` it opens a text.
    """
    is_new = above is None or above.rstrip().endswith(_FULL_STOPS)
    is_short = len(title.split()) <= _FEW_WORDS
    if _UNLIKE_TITLE.match(title):
        is_about = below[:1].isupper() and below.endswith(".") and len(below) >= _ABOUT
        is_term = is_short and is_about and _TERM.match(title) is not None
        return is_term and (is_new or _is_title(above or ""))
    if above is None:
        return True
    if not title[:1].isupper():
        return False
    if not below:
        return is_new and is_short and not title.endswith("!")
    return not _is_title(below) or _UNLIKE_TITLE.match(below) is not None


def _is_title(block: str) -> bool:
    words = block.strip()
    if not 0 < len(words) <= _LONGEST_TITLE or "\n" in words or _NO_TITLE.match(words):
        return False
    is_exclaimed = words.endswith("!") and len(words.split()) > _FEW_WORDS
    return not is_exclaimed and not _ENDS_TEXT.search(words)


def _is_code(block: str) -> bool:
    if SIGN.match(block):
        return False
    lines = [line for line in block.split("\n") if line.strip()]
    hits = sum(_CODE_LINE.match(line) is not None for line in lines)
    return _CODE_LINE.match(lines[0]) is not None and hits >= _MOSTLY * len(lines)

"""Restore: an anchor to the words of its heading, word by word, as the corpus writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import fsum

from sitegen.model.spelled import SPELLED
from sitegen.restore.evidence import Evidence
from sitegen.restore.headings.casing import Word, is_common
from sitegen.restore.headings.english import PREFIXES, SMALL
from sitegen.restore.lexicon import Forms, total
from sitegen.restore.lexicon.glue import slashed
from sitegen.restore.lexicon.words import LATIN_RUN
from sitegen.restore.seen import WordAt

_COMPOUND = 4
_SETTLED = 0.8  # share of the evidence that makes a spelling likely


class Speller:
    """Spells the words of anchors for a page, or for a section of it."""

    def __init__(self, evidence: Evidence, page: str, text: str, names: Sequence[str] = ()) -> None:
        """Look words up in the evidence, and in a page's own text.

        ``names`` are objects that the section documents: they show how it writes its subject.
        """
        self._evidence = evidence
        self._page = page
        self._text = text
        self._names = tuple(name.rpartition(".")[2] for name in names)

    def of(self, names: Sequence[str]) -> Speller:
        """Make a speller for a section of the page."""
        return Speller(self._evidence, self._page, self._text, names)

    def words(self, parts: Sequence[str], proper: range = range(0)) -> list[str]:
        """Put the parts of compounds together; in ``proper`` only capitals are evidence."""
        words: list[str] = []
        index = 0
        while index < len(parts):
            length = self._compound(parts, index, proper)
            words.append("-".join(parts[index : index + length]))
            index += length
        return words

    def _compound(self, parts: Sequence[str], index: int, proper: range) -> int:
        for length in range(min(_COMPOUND, len(parts) - index), 1, -1):
            span = parts[index : index + length]
            is_proper = index in proper and index + length - 1 in proper
            known = self._evidence.seen("-".join(span))
            if not all(span) or not (known or is_proper or span[0] in PREFIXES):
                continue
            if self._is_compound(span, proper=is_proper):
                return length
            if index + length < len(parts) and known:
                apart = self._apart(span)
                if known == apart or (known > 1 and not SMALL.isdisjoint(span[1:-1])):
                    return length
        return 1

    def _is_compound(self, span: Sequence[str], *, proper: bool) -> bool:
        raised = self._raised(span) if proper else None
        if raised is not None:
            return raised
        joined, apart = self._evidence.seen("-".join(span)), self._apart(span)
        return joined > apart or (len(span) == 2 and not apart and span[0] in PREFIXES)

    def _apart(self, span: Sequence[str]) -> int:
        """Count how often words stand side by side without hyphens."""
        return min(self._evidence.pairs_seen(*pair) for pair in pairwise(span))

    def _raised(self, span: Sequence[str]) -> bool | None:
        """Tell whether capitals are seen in a compound rather than in its parts apart."""
        whole, halves = "-".join(span), pairwise(span)
        evidence = self._evidence
        joined = sum(
            n
            for forms in (evidence.words(whole), evidence.openers(whole))
            for form, n in forms.items()
            if not is_common(form)
        )
        apart = min(
            sum(n for form, n in evidence.pairs(*half).items() if form[:1].isupper())
            for half in halves
        )
        return joined > apart if joined or apart else None

    def spell(self, keys: Sequence[str]) -> list[Word]:
        """Spell words as inside a sentence, each by itself and by its neighbours."""
        return [self._word(keys, i) if key else Word("") for i, key in enumerate(keys)]

    def code(self, key: str) -> Word:
        """Spell a word that is known to be code."""
        forms = self._evidence.code(key) or self._evidence.words(key)
        form = max(forms, key=lambda form: (forms[form], form), default=key)
        return Word(form, bool(forms), code=True)

    def _word(self, keys: Sequence[str], index: int) -> Word:
        key = keys[index]
        if key == "i":
            return Word("I")
        before, after = keys[index - 1] if index else None, (*keys[index + 1 : index + 2], None)[0]
        at = WordAt(self._page, key, before, after, self._names)
        return self._evidence.conclude(at, spelled) or self._unknown(key)

    def _unknown(self, key: str) -> Word:
        """Spell what no text holds: of known parts, as all know it, else as the anchor has it."""
        if "-" in key.strip("-"):
            parts = key.split("-")
            return Word("-".join(word.form for word in self.spell(parts)), settled=False)
        if not key.isascii() and LATIN_RUN.search(key):
            return Word(LATIN_RUN.sub(lambda run: self.spell([run[0]])[0].form, key), settled=False)
        glued = self._evidence.composed(key) or self._plural(key)
        if not glued and len(key) > 6:
            glued = slashed(key, self._text)
        return Word(glued or SPELLED.get(key, key), settled=False)

    def _plural(self, key: str) -> str:
        known = key.endswith("s") and self._evidence.knows(key[:-1])
        return self.spell([key[:-1]])[0].form + "s" if known else ""


def spelled(evidence: Evidence, at: WordAt) -> Word | None:
    """Spell a word by what texts say of it; ``None`` where none holds it."""
    key = at.key
    votes = _votes(evidence, at)
    code, in_prose = evidence.code(key), evidence.seen(key)
    if code and not in_prose:
        form = max(code, key=lambda form: (code[form], form))
        return Word(form, code[form] / total(code) >= _SETTLED, code=True)
    if not votes:
        return None
    form = max(votes, key=lambda form: (votes[form], is_common(form), form))
    if form == f"{key}()" and key in map(str.lower, votes):
        form = key  # a common word is a call only where texts never write it otherwise
    # The sum is exact, so that no order of texts matters.
    share = votes.get(form, 0.0) / fsum(votes.values())
    if key in SMALL and form.lower() == key:
        form = key  # where sentences begin it is large, and that says nothing
    is_code, raised = total(code) > 9 * in_prose, _capitals(key, votes) if form == key else ""
    return Word(form, share >= _SETTLED, is_code, _is_name(evidence, key), raised)


def _votes(evidence: Evidence, at: WordAt) -> dict[str, float]:
    key, votes = at.key, dict[str, float]()
    _count(votes, evidence.words(key), 1.0)
    _count(votes, evidence.openers(key), 0.1)
    _count(votes, evidence.on_page(at.page, key), 1.0)
    if at.before is not None:
        weight = 2.0 if at.before else 4.0  # behind a sign stands a name
        _vote(votes, evidence.pairs(at.before, key), 1, weight)
    if at.after is not None:
        _vote(votes, evidence.pairs(key, at.after), 0, 2.0)
    for name in at.names:
        if name.lower().startswith(key) and len(key) > 2 and name[len(key) :][:1].isupper():
            form = name[: len(key)]
            votes[form] = votes.get(form, 0.0) + 2.0
    return votes


def _is_name(evidence: Evidence, key: str) -> bool:
    """Tell whether a word is small even where a sentence begins, as names of programs are."""
    if key.isnumeric() or not evidence.code(key):
        return False
    inside, opening = evidence.words(key), evidence.openers(key)
    count = total(opening)
    forms = (*inside, *(form for form in opening if opening[form]))
    return count >= 3 and count * 4 >= total(inside) and all(map(is_common, forms))


def _capitals(key: str, votes: Mapping[str, float]) -> str:
    """A word in capitals that texts write hardly less often so, and never with one: ``GGUF``."""
    large, small = votes.get(key.upper(), 0.0), votes.get(key, 0.0)
    is_acronym = key.isalpha() and key not in SMALL and key.capitalize() not in votes
    return key.upper() if is_acronym and 0 < small <= 2 * large else ""


def _count(votes: dict[str, float], forms: Mapping[str, int], weight: float) -> None:
    """Let spellings of a word vote, the more weightily the more of them there are."""
    if forms and (whole := total(forms)):
        sure = weight * whole / (whole + 1)
        for form, count in forms.items():
            possessive = 0.2 if form.endswith(("'s", "’s")) else 1.0
            if count:
                votes[form] = votes.get(form, 0.0) + possessive * sure * count / whole


def _vote(votes: dict[str, float], pairs: Mapping[str, int], side: int, weight: float) -> None:
    """Let the neighbours speak: a pair of words is written more alike than a word by itself."""
    if not pairs:
        return
    whole = total(pairs)
    sure = weight * whole / (whole + 2)
    counts = Forms()
    for pair, count in pairs.items():
        halves = pair.split(" ")
        if len(halves) == 2:
            counts[halves[side]] += count
    for form, count in counts.items():
        votes[form] = votes.get(form, 0.0) + sure * count / whole

"""Restore: the heading of a section, from the best evidence that there is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from sitegen.model import Certainty, Document, Reason
from sitegen.restore.evidence import Evidence
from sitegen.restore.headings.casing import Case, Word, heading, is_common, literal, titled
from sitegen.restore.headings.english import acronym_at, is_question, label_length
from sitegen.restore.headings.numbering import Number
from sitegen.restore.headings.objects import documented, object_name
from sitegen.restore.headings.signs import sign_at, usual_sign
from sitegen.restore.headings.spelling import Speller
from sitegen.restore.headings.written import Found
from sitegen.restore.lexicon import Forms
from sitegen.restore.lexicon.wanted import LINK_IN_HEADING
from sitegen.urls import slug

_TAG = "code"
_LONG = 400  # letters; no heading that somebody reads is longer


class Text(NamedTuple):
    """A heading's text in Markdown, how sure it is, and what it was taken from."""

    text: str
    certainty: Certainty
    reason: Reason

    @property
    def found(self) -> Found:
        """How the text was found."""
        return Found(self.certainty, self.reason)


class Marks(NamedTuple):
    """What the anchors of a page say only together, by anchor."""

    numbers: Mapping[str, Number]
    qualified: Mapping[str, str]


class HeadingTexts:
    """Writes the headings of one page."""

    def __init__(
        self,
        evidence: Evidence,
        page: Document,
        marks: Marks,
        case: Case,
        *,
        knows_case: bool = True,
    ) -> None:
        """Prepare for a page with what its anchors say together, and the case of its headings."""
        self._evidence = evidence
        self._page = page.id
        self._text = page.text
        self._marks = marks
        self._case = case
        self._likely = Certainty.LIKELY if knows_case else Certainty.GUESSED
        self._speller = Speller(evidence, page.id, page.text)

    def of(self, anchor: str, body: str) -> Text:
        """Write the heading of the section with an anchor and a text."""
        names = documented(body)
        if name := object_name(anchor, names):
            return Text(literal(name), Certainty.CERTAIN, Reason.OBJECT)
        if link := self._link(anchor):
            return link
        if not any(map(str.isalnum, anchor)):
            return Text(literal(anchor), Certainty.GUESSED, Reason.ANCHOR)
        if len(anchor) < _LONG:
            anchor = LINK_IN_HEADING.sub("", anchor)
        speller = self._speller.of(names) if names else self._speller
        if found := self._marks.qualified.get(anchor):
            return self._whole(found, speller)._replace(certainty=Certainty.GUESSED)
        number = self._marks.numbers.get(anchor)
        if number is None:
            return self._whole(anchor, speller)
        label = heading(speller.spell(number.label.split("-")), self._case)
        rest = self._whole(number.rest, speller)
        return rest._replace(text=f"{label} {number.text} {rest.text}".lstrip())

    def title(self, anchor: str) -> Text:
        """Write the page's title, which heads the section with an anchor."""
        if link := self._link(anchor, of_page=True):
            return link
        text = self.of(anchor, "")
        if text.certainty is Certainty.LIKELY and self._phrase(anchor, self._speller):
            # The case of the other headings says less about titles, nor does a sentence's.
            return text._replace(certainty=Certainty.GUESSED)
        return text

    def _whole(self, anchor: str, speller: Speller) -> Text:
        return self._phrase(anchor, speller) or self._by_words(anchor, speller)

    def _link(self, anchor: str, *, of_page: bool = False) -> Text | None:
        """Take the words of links to the section or page, if they are all of its heading."""
        fits = Forms()
        for text, count in self._evidence.links(self._page, "" if of_page else anchor).items():
            if slug(_without_marks(text)) == anchor:
                fits[text.strip()] += count
        if not fits:
            return None
        best = max(fits, key=lambda text: (_opens_large(text), fits[text], text))
        if not _opens_large(best):
            text = self._cased(_without_marks(best))
            return None if of_page else Text(text, Certainty.LIKELY, Reason.LINKS)
        sure = Certainty.LIKELY if of_page else Certainty.CERTAIN
        return Text(best, sure, Reason.LINKS)

    def _phrase(self, anchor: str, speller: Speller) -> Text | None:
        """Take the words of a phrase of the page, or of the corpus, with the same anchor."""
        if "-" not in anchor:
            return None
        found = self._evidence.phrases(anchor, self._page)
        if not found or len(speller.words(anchor.split("-"))) == 1:
            return None
        form = max(found, key=lambda form: (found[form], form))
        if "](" in form or "][" in form:
            return None
        text = self._cased(form)
        text += "?" * is_question(anchor.split("-"))
        return Text(text, self._likely, Reason.PHRASE)

    def _by_words(self, anchor: str, speller: Speller) -> Text:
        """Spell the heading word by word."""
        parts = anchor.split("-")
        if len(parts) == 1:
            word = speller.spell(parts)[0]
            settled = self._likely if word.settled else Certainty.GUESSED
            return Text(heading([word], self._case), settled, Reason.SPELLING)
        acronym = acronym_at(parts)
        keys = speller.words(parts, range(*acronym) if acronym else range(0))
        keys, tagged = _without_tags(keys)
        words = speller.spell(keys)
        for index in tagged:
            words[index] = speller.code(keys[index])
        sure = len(keys) == 1 and words[0].settled
        if acronym:
            words = _expanded(words, keys, acronym, lower=self._case is Case.LOWER)
        words = self._with_signs(words, keys)
        label = label_length(keys, [word.form for word in words])
        text = heading(words[label:], self._case)
        if label:
            text = f"{heading(words[:label], self._case)}: {text}"
        if is_question([key for key in keys[label:] if key]):
            text += "?"
        certainty = Certainty.LIKELY if sure else Certainty.GUESSED
        return Text(text, certainty, Reason.SPELLING)

    def _with_signs(self, words: Sequence[Word], keys: Sequence[str]) -> list[Word]:
        """Put back the signs that stood alone between words and left only their two hyphens."""
        done: list[Word] = []
        for index, (word, key) in enumerate(zip(words, keys, strict=True)):
            if key:
                done.append(word)
            elif index == 0 or keys[index - 1]:
                stop = next((i for i in range(index, len(keys)) if keys[i]), len(keys))
                sign = sign_at(self._evidence, keys, index, stop)
                done.append(Word(usual_sign(self._text) if sign is None else sign))
        return [word for word in done if word.form]

    def _cased(self, phrase: str) -> str:
        return heading([Word(form) for form in phrase.split()], self._case)


def _without_marks(text: str) -> str:
    return text.replace("`", "").replace("*", "").strip()


def _opens_large(text: str) -> bool:
    """Tell whether the words of a link begin as a heading does: with a capital, or with code."""
    return text[:1] == "`" or not is_common(_without_marks(text)[:1])


def _without_tags(keys: list[str]) -> tuple[list[str], list[int]]:
    """Take out what the tags around ``<code>name</code>`` left of themselves: two words `code`.

    Also gives where the names are that stood between them.
    """
    kept: list[str] = []
    names: list[int] = []
    index = 0
    while index < len(keys):
        if keys[index] == _TAG and keys[index + 2 : index + 3] == [_TAG]:
            names.append(len(kept))
            kept.append(keys[index + 1])
            index += 3
        else:
            kept.append(keys[index])
            index += 1
    return kept, names


def _expanded(
    words: Sequence[Word], keys: Sequence[str], acronym: tuple[int, int], *, lower: bool
) -> list[Word]:
    """Capitalise the words that an acronym stands for, and put it in brackets."""
    start, at = acronym
    done: list[Word] = []
    part = 0
    for word, key in zip(words, keys, strict=True):
        if start <= part < at and not lower:
            done.append(replace(word, form=titled(word.form)))
        elif part == at:
            short = word.form.strip("()")
            done.append(replace(word, form=f"({short.upper() if is_common(short) else short})"))
        else:
            done.append(word)
        part += key.count("-") + 1
    return done

"""What the model is given in a sentence's place, and the way back from its answer.

What must not change is held back. Each held stretch has a mark in the text that the model gets: a name in plain letters
where it is one (``Erdogan``), else a short code (``X1``). An answer without all its marks is not used; if no answer has
them, the parts between the marks are translated one by one. So it is right with any model.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from sahelsum.language.pack import Pack
from sahelsum.language.untranslatable import Held, held_stretches, is_marks_alone

MARKS_ALONE = "marks"
NOTHING_TO_TRANSLATE = "nothing to translate"


@dataclass(frozen=True, slots=True)
class Prepared:
    """A sentence as the model gets it."""

    query: str
    kept: str = ""
    """Why the sentence stays as it is, and no model is asked: it is in another language (its name), or has no words."""
    marks: tuple[tuple[str, str], ...] = ()
    """Each mark in ``query`` with the text that it stands for."""
    before: str = ""
    """What stands before the translation as it is; ``after`` it: signs at the edge of a sentence."""
    after: str = ""

    def restored(self, answer: str) -> str | None:
        """The answer with the held texts in the place of their marks; None if one has no mark there."""
        if any(not _is_there(mark, answer) for mark, _ in self.marks):
            return None
        if self.marks:
            texts = dict(self.marks)
            every = re.compile("|".join(_form(mark) for mark in texts))
            answer = every.sub(lambda match: _put_back(match.group(), texts), answer)
        return f"{self.before}{answer}{self.after}"

    def parts(self) -> list[tuple[str, bool]]:
        """``query`` in parts that joined are the query, each with whether the model is to translate it."""
        if not self.marks:
            return [(self.query, True)]
        border = "|".join(rf"(?<!\w){re.escape(mark)}(?!\w)" for mark, _ in self.marks)
        pieces = re.split(rf"([\s,;:.)\]]*(?:{border})[\s(\[]*)", self.query)
        return [(piece, number % 2 == 0 and _has_word(piece)) for number, piece in enumerate(pieces) if piece]


def prepare(text: str, source: Pack, foreign: Callable[[str], str]) -> Prepared:
    """Hold back what must not be translated. ``foreign`` names the language of a text that is surely not the source."""
    if is_marks_alone(text):
        return Prepared(text, MARKS_ALONE)
    if language := _language(text, foreign):
        return Prepared(text, language)
    held = _with_quotations(text, held_stretches(text, source.letters), foreign)
    first, last, held = _without_edges(text, held)
    if _says_nothing(text[first:last], held, first):
        return Prepared(text, NOTHING_TO_TRANSLATE)
    marks: dict[str, str] = {}
    query = _marked(text[first:last], [_moved(stretch, -first) for stretch in held], marks)
    plain = source.plain(query)
    kept = all(_is_there(mark, plain) for mark in marks)
    return Prepared(plain if kept else query, "", tuple(marks.items()), text[:first], text[last:])


def _says_nothing(text: str, held: Sequence[Held], start: int) -> bool:
    """Whether there are no words in a text, which begins at ``start``, but for those that are held."""
    if not held:
        return is_marks_alone(text)
    rest = list(text)
    for stretch in held:
        rest[stretch.start - start : stretch.end - start] = " " * (stretch.end - stretch.start)
    return is_marks_alone("".join(rest))


SHORT_NAME = 3
"""Letters up to which an ``s`` at the end of a name is taken for its own."""
WORDS_AROUND = 2
"""So many words around a quotation (``sagte er``) are a sentence of their own."""
_WORD = re.compile(r"[^\W\d_]+")
_QUOTED = re.compile(r"[„“\"»«]([^„“”\"»«]{12,})[“”\"»«]")


def _language(text: str, foreign: Callable[[str], str]) -> str:
    """The other language of a text; empty where only a quotation in it is in that language."""
    around = _QUOTED.sub(" ", text)
    quotation_alone = around == text or len(_WORD.findall(around)) < WORDS_AROUND
    return foreign(text) if quotation_alone else foreign(around) and foreign(text)


def _with_quotations(text: str, held: list[Held], foreign: Callable[[str], str]) -> list[Held]:
    """Quotations in another language are held as a whole, with whatever they hold."""
    quoted = [Held(m.start(1), m.end(1)) for m in _QUOTED.finditer(text) if foreign(m.group(1))]
    others = [each for each in held if not any(q.start < each.end and each.start < q.end for q in quoted)]
    return sorted([*others, *quoted], key=lambda each: each.start)


def _without_edges(text: str, held: list[Held]) -> tuple[int, int, list[Held]]:
    """Where the sentence begins and ends without the signs at its edges, and what is held between."""
    first, last = 0, len(text)
    inside = list(held)
    while inside and inside[0].sign and inside[0].start == first and not text[first].isalnum():
        first = _after_space(text, inside.pop(0).end)
    while inside and inside[-1].sign and inside[-1].end == last and inside[-1].start > first:
        last = len(text[first : inside.pop().start].rstrip()) + first
    return first, last, inside


def _after_space(text: str, place: int) -> int:
    return place + len(text[place:]) - len(text[place:].lstrip())


def _moved(held: Held, by: int) -> Held:
    return Held(held.start + by, held.end + by, held.plain, held.sign)


def _marked(text: str, held: Sequence[Held], marks: dict[str, str]) -> str:
    """The text with a mark for each held stretch; ``marks`` is filled with what they stand for."""
    codes = _codes(text)
    pieces, end = [], 0
    for stretch in held:
        original = text[stretch.start : stretch.end]
        mark = stretch.plain
        if not mark or marks.get(mark, original) != original or mark in text:
            mark = next(codes)
        marks[mark] = original
        pieces += [text[end : stretch.start], mark]
        end = stretch.end
    return "".join([*pieces, text[end:]])


def _codes(text: str) -> Iterator[str]:
    """``X1``, ``X2`` and so on, that the text has not."""
    return (code for number in count(1) if (code := f"X{number}") not in text)


def _is_there(mark: str, text: str) -> bool:
    """A code must stand there once; a name may be said again."""
    found = len(re.findall(_form(mark), text))
    return found == 1 if mark[-1].isdigit() else found > 0


def _form(mark: str) -> str:
    """A code exactly; a name also in the English genitive where German has the bare ``s``."""
    genitive = rf"|{re.escape(mark[:-1])}[’']s" if mark.endswith("s") and len(mark) > SHORT_NAME else ""
    return rf"(?<![^\W_])(?:{re.escape(mark)}{genitive})(?![^\W_])"


def _put_back(found: str, texts: dict[str, str]) -> str:
    if found in texts:
        return texts[found]
    return texts[found[:-2] + "s"][:-1] + found[-2:]


def _has_word(text: str) -> bool:
    return any(char.isalnum() for char in text)

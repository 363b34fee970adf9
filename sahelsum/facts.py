"""Key facts of a translated article: names, places, numbers, dates, each with the paragraphs that have it.

The German source decides what is listed, since a translation may lose or invent a name or a number; the English gives
the wording.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

from sahelsum.datewords import ENGLISH_MONTHS, german_days
from sahelsum.german import MONTHS, SENTENCE_OPENERS
from sahelsum.places import country_of, known_names, names_in_german
from sahelsum.quantities import Quantity, english_quantities, german_quantities
from sahelsum.records import Article, Fact, FactKind, Translation

Found = tuple[FactKind, str]


def key_facts(article: Article, translations: Sequence[Translation]) -> tuple[Fact, ...]:
    """The facts, by kind and then in the order of their first mention."""
    blocks: dict[Found, set[int]] = {}
    for item in translations:
        for found in _facts_of(item):
            blocks.setdefault(found, set()).add(item.sentence.block)
    known = {block.number for block in article.blocks}
    order = list(FactKind)
    facts = [Fact(kind, text, tuple(sorted(numbers & known))) for (kind, text), numbers in blocks.items()]
    return tuple(sorted(facts, key=lambda fact: order.index(fact.kind)))


def _facts_of(item: Translation) -> Iterator[Found]:
    german = item.sentence.text
    for name in sorted(names_in_german(german), key=lambda name: (country_of(name), name)):
        yield known_names()[name].kind, name
    if item.failure is None:
        yield from ((FactKind.NAME, name) for name in _shared_names(german, item.text))
        yield from ((FactKind.NUMBER, phrase) for phrase in _number_phrases(german, item.text))
    yield from ((FactKind.DATE, date) for date in _dates(german))


_PARTICLES = r"(?:[Aa]g|[Aa]l|[Uu]ld|[Oo]uld|[Bb]en|[Dd]e|[Dd]u|[Dd]i|[Vv]an|[Vv]on|[Ff]or|[Oo]f|[Aa]nd|&)"
_CAPITALISED = r"[^\W\d_a-zà-ÿ][\w’'.-]*\w"
_SOURCE_WORD = r"[\w’&-]+(?:\.(?=\w))?"
_NAME_RUN = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:\s(?:{_PARTICLES}\s)*{_CAPITALISED})+")


def _shared_names(german: str, english: str) -> Iterator[str]:
    """Runs of capitalised words that stand alike in both texts.

    German capitalises every noun, and an English sentence its first word; what both spell alike is a name.
    """
    source = f" {' '.join(re.findall(_SOURCE_WORD, _folded(german)))} "
    for match in _NAME_RUN.finditer(english):
        words = match.group().removesuffix("’s").removesuffix("'s").split()
        start = 0
        while start < len(words) - 1:
            end = _longest_shared(words, start, source)
            name = " ".join(words[start:end])
            if end and _folded(name) not in _all_known():  # whole or in part
                yield name
            start = end or start + 1


@cache
def _all_known() -> str:
    """All forms of all known names, folded, as one text to look a name or a part of one up in."""
    return "|".join(_folded(form) for entry in known_names().values() for form in (*entry.english, *entry.german))


_NO_NAME_START = frozenset(
    word.casefold()
    for word in (
        *SENTENCE_OPENERS,
        *"General Generals Oberst Präsident President Minister Colonel Captain Dr Prof".split(),
    )
)
"""A translation that leaves ``Mit`` or ``In`` standing makes no name of it, and a rank is no part of a name."""
MAX_NAME_WORDS = 8
"""``Center for Strategic and International Studies`` has six."""


def _longest_shared(words: Sequence[str], start: int, source: str) -> int:
    """End of the longest name from ``start`` on, of two words at least, that the source has too; 0 for none."""
    if words[start].casefold() in _NO_NAME_START:
        return 0
    for end in range(min(len(words), start + MAX_NAME_WORDS), start + 1, -1):
        run = _folded(" ".join(words[start:end]))
        if words[start][0].isupper() and words[end - 1][0].isupper() and f" {run} " in source:
            return end
    return 0


def _folded(text: str) -> str:
    """Without accents and letter case: a translation often drops an accent."""
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "’"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


_QUALIFIERS = {
    "at least": r"mindestens|wenigstens",
    "at most": r"höchstens|maximal",
    "more than": r"mehr als|über",
    "fewer than": r"weniger als|unter",
    "up to": r"bis zu",
    "almost": r"fast|beinahe|nahezu|knapp",
    "about": r"rund|etwa|ungefähr|circa|ca\.|gut",
}
"""The German word right before a number decides, since a wrong ``at least`` changes what the number says."""
_STOP = (
    "a|an|and|also|are|as|at|be|been|but|by|can|died|for|from|had|has|have|he|if|in|into|is|it|its|last|later|more|of|"
    "on|or|other|out|per|she|since|that|the|their|them|then|they|this|to|was|went|were|when|where|which|while|who|will|"
    "with|would"
)
_UNIT = re.compile(
    r"\s?%|[\s-](?:percent|per cent)\b(?: of (?:its |the |their |all )?[\w’'-]+)?|"
    rf"(?:[\s-](?!(?:{_STOP})\b)[^\W\d_][\w’-]*){{0,2}}?[\s-](?!(?:{_STOP})\b)(?:people|men|women|children|[\w’-]+s)\b"
)
"""A share, or up to three words of which the last is a plural: ``hundred Malian soldiers``."""
_SMALLEST_IN_WORDS = 10
"""``two countries`` is no key fact; from here on, numbers in words are mostly counts."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERIC_DATE = re.compile(r"\.\d{4}$")


def _number_phrases(german: str, english: str) -> Iterator[str]:
    """Numbers that both texts have, with qualifier and unit: ``at least 100 drivers``."""
    source = german_quantities(german)
    for quantity in english_quantities(english):
        same = next((other for other in source if other.values & quantity.values), None)
        unit = _UNIT.match(english, quantity.end)
        if same and unit and _telling(quantity, english):
            yield _qualifier(german[: same.start]) + english[quantity.start : unit.end()]


def _qualifier(before: str) -> str:
    for english, german in _QUALIFIERS.items():
        if re.search(rf"\b(?:{german})\s$", before, re.IGNORECASE):
            return f"{english} "
    return ""


def _telling(quantity: Quantity, english: str) -> bool:
    if quantity.calendar or not quantity.claim or _YEAR.fullmatch(quantity.text) or _NUMERIC_DATE.search(quantity.text):
        return False
    if re.match(rf"(?:st|nd|rd|th)\b|\s(?:{'|'.join(ENGLISH_MONTHS)})\b", english[quantity.end :]):
        return False
    if re.search(rf"\b(?:{'|'.join(ENGLISH_MONTHS)})\s$", english[: quantity.start]):
        return False
    return quantity.text[0].isdigit() or any(float(value) >= _SMALLEST_IN_WORDS for value in quantity.values)


_MONTH_AND_YEAR = re.compile(rf"\b(?P<month>{'|'.join(MONTHS)})\b(?:\s(?P<year>(?:19|20)\d\d)\b)?", re.IGNORECASE)
_CLEAR_YEAR = re.compile(
    r"\b(?i:seit|im Jahre?|in den Jahren|Jahr|bis|zwischen|von|Ende|Anfang|Mitte|Sommer|Herbst|Winter|Frühjahr)"
    r"\s((?:19|20)\d\d)(?:\s(?:und|bis)\s((?:19|20)\d\d))?\b(?!\.\d)"
    r"|(?<![\d.,])((?:19|20)\d\d)(?![\d.,]*\d)(?!\w|\s[A-ZÄÖÜ])",
)
"""A four-digit number right before a noun (``2000 Soldaten``) may be a count; elsewhere it is a year."""


def _dates(german: str) -> Iterator[str]:
    rest = list(german)
    for day in german_days(german):
        words = [str(day.day), ENGLISH_MONTHS[day.month - 1], str(day.year or "")]
        yield " ".join(words).strip()
        rest[day.start : day.end] = " " * (day.end - day.start)
    text = "".join(rest)
    for match in _MONTH_AND_YEAR.finditer(text):
        yield " ".join(filter(None, (ENGLISH_MONTHS[MONTHS[match["month"].lower()] - 1], match["year"])))
    text = _MONTH_AND_YEAR.sub(lambda match: " " * len(match.group()), text)
    for match in _CLEAR_YEAR.finditer(text):
        yield from filter(None, match.groups())

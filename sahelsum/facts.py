"""Key facts of a translated article: names, places, numbers, dates, each with the paragraphs that have it.

The German source decides what is listed, since a translation may lose or invent a name or a number; the English gives
the wording.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from sahelsum.datewords import ENGLISH_MONTHS, german_days
from sahelsum.german import MONTHS
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
    known = {_folded(form) for entry in known_names().values() for form in (*entry.english, *entry.german)}
    for match in _NAME_RUN.finditer(english):
        words = match.group().removesuffix("’s").removesuffix("'s").split()
        start = 0
        while start < len(words) - 1:
            end = _longest_shared(words, start, source)
            name = " ".join(words[start:end])
            if end and _folded(name) not in known:
                yield name
            start = end or start + 1


MAX_NAME_WORDS = 8
"""``Center for Strategic and International Studies`` has six."""


def _longest_shared(words: Sequence[str], start: int, source: str) -> int:
    """End of the longest name from ``start`` on, of two words at least, that the source has too; 0 for none."""
    for end in range(min(len(words), start + MAX_NAME_WORDS), start + 1, -1):
        run = _folded(" ".join(words[start:end]))
        if words[start][0].isupper() and words[end - 1][0].isupper() and f" {run} " in source:
            return end
    return 0


def _folded(text: str) -> str:
    """Without accents and letter case: a translation often drops an accent."""
    decomposed = unicodedata.normalize("NFKD", text.replace("'", "’"))
    return "".join(char for char in decomposed if not unicodedata.combining(char)).casefold()


_QUALIFIER = re.compile(
    r"\b(?:at least|at most|more than|fewer than|less than|up to|just under|well over|over|nearly|almost|about|around|"
    r"roughly|approximately|some|only)\s$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s?%|[\s-](?:percent|per cent)\b(?: of (?:its |the |their |all )?[\w’'-]+)?|"
    r"(?:[\s-](?!(?:{stop})\b)[^\W\d_][\w’'-]*){{1,2}}".format(
        stop="a|an|and|also|are|as|at|be|been|but|by|can|died|for|from|had|has|have|he|if|in|into|is|it|its|last|left|"
        "later|more|of|on|or|other|out|per|she|since|that|the|their|them|they|this|to|two|was|went|were|when|where|"
        "which|while|who|will|with|would"
    )
)
_SMALLEST_IN_WORDS = 10
"""``two countries`` is no key fact; from here on, numbers in words are mostly counts."""
_YEAR = re.compile(r"(?:19|20)\d\d")


def _number_phrases(german: str, english: str) -> Iterator[str]:
    """Numbers of the English text that the German has too, with qualifier and unit: ``at least 100 drivers``."""
    source = {value for quantity in german_quantities(german) for value in quantity.values}
    for quantity in english_quantities(english):
        if quantity.values & source and _telling(quantity, english):
            before = _QUALIFIER.search(english[: quantity.start])
            unit = _UNIT.match(english, quantity.end)
            start = before.start() if before else quantity.start
            yield english[start : unit.end() if unit else quantity.end]


def _telling(quantity: Quantity, english: str) -> bool:
    if quantity.calendar or not quantity.claim or _YEAR.fullmatch(quantity.text):
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

"""Key facts of a translated article: names, places, numbers, dates, each with the paragraphs that have it.

The German source decides what is listed, since a translation may lose or invent a name or a number; the English gives
the wording.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sahelsum.language.dates import ENGLISH_MONTHS, german_days, has_digit, names_month
from sahelsum.language.english import folded
from sahelsum.language.german import MONTHS, SENTENCE_OPENERS
from sahelsum.language.names import country_of, known_names, names_in_german
from sahelsum.language.quantities import Quantity, english_quantities, german_quantities, search_before
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
MAX_NAME_CHARS = 60
"""Most characters of one word of a name. Without a bound, a long chain of initials (``A.B.C.``) is read again and
again, once from each of its letters."""
_CAPITALISED = rf"[^\W\d_a-zà-ÿ](?>[\w’'.-]{{0,{MAX_NAME_CHARS - 2}}}\w)"
_SOURCE_WORD = re.compile(r"[\w’&-]+(?:\.(?=\w))?")
_NAME_RUN = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:\s(?:{_PARTICLES}\s)*{_CAPITALISED})+")


def _shared_names(german: str, english: str) -> Iterator[str]:
    """Runs of capitalised words that stand alike in both texts.

    German capitalises every noun, and an English sentence its first word; what both spell alike is a name.
    """
    runs = [match.group().removesuffix("’s").removesuffix("'s").split() for match in _NAME_RUN.finditer(english)]
    source = _word_runs(german, max(map(len, runs))) if runs else frozenset()
    for words in runs:
        plain = [folded(word) for word in words]
        start = 0
        while start < len(words) - 1:
            end = _longest_shared(words, plain, start, source)
            name = " ".join(words[start:end])
            if end and folded(name) not in _all_known():  # whole or in part
                yield name
            start = end or start + 1


def _word_runs(german: str, longest: int) -> frozenset[str]:
    """Every run of two words up to the longest name, folded, to look runs up in: quicker than a search for each."""
    words = _SOURCE_WORD.findall(folded(german))
    return frozenset(
        " ".join(words[start : start + size])
        for size in range(2, min(longest, MAX_NAME_WORDS, len(words)) + 1)
        for start in range(len(words) - size + 1)
    )


@cache
def _all_known() -> str:
    """All forms of all known names, folded, as one text to look a name or a part of one up in."""
    return "|".join(folded(form) for entry in known_names().values() for form in (*entry.english, *entry.german))


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


def _longest_shared(words: Sequence[str], plain: Sequence[str], start: int, source: frozenset[str]) -> int:
    """End of the longest name from ``start`` on, of two words at least, that the source has too; 0 for none."""
    if words[start].casefold() in _NO_NAME_START:
        return 0
    for end in range(min(len(words), start + MAX_NAME_WORDS), start + 1, -1):
        if words[start][0].isupper() and words[end - 1][0].isupper() and " ".join(plain[start:end]) in source:
            return end
    return 0


_QUALIFIER_WORDS = {
    "at least": r"mindestens|wenigstens",
    "at most": r"höchstens|maximal",
    "more than": r"mehr als|über",
    "fewer than": r"weniger als|unter",
    "up to": r"bis zu",
    "almost": r"fast|beinahe|nahezu|knapp",
    "about": r"rund|etwa|ungefähr|circa|ca\.|gut",
}
"""The German word right before a number decides, since a wrong ``at least`` changes what the number says."""
_QUALIFIERS = {
    english: re.compile(rf"\b(?:{german})\s$", re.IGNORECASE) for english, german in _QUALIFIER_WORDS.items()
}
_STOP = (
    "a|an|and|also|are|as|at|be|been|but|by|can|died|for|from|had|has|have|he|if|in|into|is|it|its|last|later|more|of|"
    "on|or|other|out|per|she|since|that|the|their|them|then|they|this|to|was|went|were|when|where|which|while|who|will|"
    "with|would"
)
MAX_UNIT_CHARS = 40
"""Most characters of one word of a unit. A chain of hyphens can be split into words in many ways, all of which are
tried: the bound keeps them few."""
_UNIT_WORD = rf"[\w’-]{{0,{MAX_UNIT_CHARS - 1}}}"
_UNIT = re.compile(
    r"\s?%|[\s-](?:percent|per cent)\b(?: of (?:its |the |their |all )?[\w’'-]+)?|"
    rf"(?:[\s-](?!(?:{_STOP})\b)[^\W\d_]{_UNIT_WORD}){{0,2}}?"
    rf"[\s-](?!(?:{_STOP})\b)(?:people|men|women|children|[\w’-]{_UNIT_WORD}s)\b"
)
"""A share, or up to three words of which the last is a plural: ``hundred Malian soldiers``."""
_SMALLEST_IN_WORDS = 10
"""``two countries`` is no key fact; from here on, numbers in words are mostly counts."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMERIC_DATE = re.compile(r"\.\d{4}$")
_ORDINAL_OR_MONTH = re.compile(rf"(?:st|nd|rd|th)\b|\s(?:{'|'.join(ENGLISH_MONTHS)})\b")
_AFTER_MONTH = re.compile(rf"\b(?:{'|'.join(ENGLISH_MONTHS)})\s$")


def _number_phrases(german: str, english: str) -> Iterator[str]:
    """Numbers that both texts have, with qualifier and unit: ``at least 100 drivers``."""
    starts: dict[str, int] = {}
    for source in german_quantities(german):
        for value in source.values:
            starts.setdefault(value, source.start)
    for quantity in english_quantities(english):
        same = min((starts[value] for value in quantity.values & starts.keys()), default=None)
        if same is not None and _telling(quantity, english):
            unit = _UNIT.match(english, quantity.end)
            if unit:
                yield _qualifier(german, same) + english[quantity.start : unit.end()]


def _qualifier(german: str, position: int) -> str:
    for english, pattern in _QUALIFIERS.items():
        if search_before(pattern, german, position):
            return f"{english} "
    return ""


def _telling(quantity: Quantity, english: str) -> bool:
    if quantity.calendar or not quantity.claim or _YEAR.fullmatch(quantity.text) or _NUMERIC_DATE.search(quantity.text):
        return False
    if _ORDINAL_OR_MONTH.match(english, quantity.end) or search_before(_AFTER_MONTH, english, quantity.start):
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
    if not has_digit(german) and not names_month(german):
        return
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

"""Key facts of a translated article: names, places, numbers, dates, themes, each with the paragraphs that have it.

The source decides what is listed, since a translation may lose or invent a name or a number; the English gives the
wording. Only where the known names of a language are not known, the English decides on those.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from sahelsum.combine.themes import themes_of
from sahelsum.language.dates import ENGLISH_MONTHS
from sahelsum.language.english import folded
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import country_of, known_names, names_in_english
from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.language.quantities import Quantity, search_before
from sahelsum.records import Article, Fact, FactKind, Translation

ACTOR_KINDS = (FactKind.ARMED_GROUP, FactKind.ORGANISATION, FactKind.PERSON, FactKind.NAME)
"""Who acts; the news media, who tell, are none of them."""
FactKey = tuple[FactKind, str]


def key_facts(article: Article, translations: Sequence[Translation]) -> tuple[Fact, ...]:
    """The facts, by kind and then in the order of their first mention."""
    source = pack_of(article.language)
    blocks: dict[FactKey, set[int]] = {}
    for item in translations:
        for found in _facts_of(item, source):
            blocks.setdefault(found, set()).add(item.sentence.block)
    known = {block.number for block in article.blocks}
    order = list(FactKind)
    facts = [Fact(kind, text, tuple(sorted(numbers & known))) for (kind, text), numbers in blocks.items()]
    facts.extend(themes_of(article))
    return tuple(sorted(facts, key=lambda fact: order.index(fact.kind)))


def _facts_of(item: Translation, source: Pack) -> Iterator[FactKey]:
    text = item.sentence.text
    named = source.names(text) if source.checked else names_in_english(item.text)
    for name in sorted(named, key=lambda name: (country_of(name), name)):
        yield known_names()[name].kind, name
    if item.failure is None:
        yield from ((FactKind.NAME, name) for name in _shared_names(text, item.text, source))
        yield from ((FactKind.NUMBER, phrase) for phrase in _number_phrases(text, item.text, source))
    yield from ((FactKind.DATE, date) for date in source.dates(text))


_PARTICLES = r"(?:[Aa]g|[Aa]l|[Uu]ld|[Oo]uld|[Bb]en|[Dd]e|[Dd]u|[Dd]i|[Vv]an|[Vv]on|[Ff]or|[Oo]f|[Aa]nd|&)"
MAX_NAME_CHARS = 60
"""Most characters of one word of a name. Without a bound, a long chain of initials (``A.B.C.``) is read again and
again, once from each of its letters."""
_CAPITALISED = rf"[^\W\d_a-zà-ÿ](?>[\w’'.-]{{0,{MAX_NAME_CHARS - 2}}}\w)"
_SOURCE_WORD = re.compile(r"[\w’&-]+(?:\.(?=\w))?")
_NAME_RUN = re.compile(rf"(?<![\w-]){_CAPITALISED}(?:\s(?:{_PARTICLES}\s)*{_CAPITALISED})+")


def _shared_names(text: str, english: str, source: Pack) -> Iterator[str]:
    """Runs of capitalised words that stand alike in both texts.

    A language may capitalise every noun, as German does, and each its first word; what both spell alike is a name.
    """
    runs = [match.group().removesuffix("’s").removesuffix("'s").split() for match in _NAME_RUN.finditer(english)]
    shared = _word_runs(text, max(map(len, runs))) if runs else frozenset()
    for words in runs:
        plain = [folded(word) for word in words]
        start = 0
        while start < len(words) - 1:
            opens = _may_open(words[start].casefold(), source)
            end = _longest_shared(words, plain, start, shared) if opens else 0
            name = " ".join(words[start:end])
            if end and folded(name) not in _all_known():  # whole or in part
                yield name
            start = end or start + 1


def _word_runs(text: str, longest: int) -> frozenset[str]:
    """Every run of two words up to the longest name, folded, to look runs up in: quicker than a search for each."""
    words = _SOURCE_WORD.findall(folded(text))
    return frozenset(
        " ".join(words[start : start + size])
        for size in range(2, min(longest, MAX_NAME_WORDS, len(words)) + 1)
        for start in range(len(words) - size + 1)
    )


@cache
def _all_known() -> str:
    """All forms of all known names, folded, as one text to look a name or a part of one up in."""
    return "|".join(
        folded(form) for entry in known_names().values() for forms in entry.forms.values() for form in forms
    )


_RANKS = frozenset("general generals president minister colonel captain dr prof".split())
"""A rank is no part of a name."""
MAX_NAME_WORDS = 8
"""``Center for Strategic and International Studies`` has six."""


def _may_open(word: str, source: Pack) -> bool:
    return word not in _RANKS and word not in source.no_name_starts


def _longest_shared(words: Sequence[str], plain: Sequence[str], start: int, shared: frozenset[str]) -> int:
    """End of the longest name from ``start`` on, of two words at least, that the source has too; 0 for none."""
    for end in range(min(len(words), start + MAX_NAME_WORDS), start + 1, -1):
        if words[start][0].isupper() and words[end - 1][0].isupper() and " ".join(plain[start:end]) in shared:
            return end
    return 0


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


def _number_phrases(text: str, english: str, source: Pack) -> Iterator[str]:
    """Numbers that both texts have, with qualifier and unit: ``at least 100 drivers``."""
    starts: dict[str, int] = {}
    for number in source.quantities(text):
        for value in number.values:
            starts.setdefault(value, number.start)
    for quantity in english_quantities(english):
        same = min((starts[value] for value in quantity.values & starts.keys()), default=None)
        if same is not None and _telling(quantity, english):
            unit = _UNIT.match(english, quantity.end)
            if unit:
                qualifier = qualifier_before(text, same, source)
                yield f"{qualifier} {english[quantity.start : unit.end()]}".lstrip()


def qualifier_before(text: str, position: int, source: Pack) -> str:
    """English ``at least`` and the like for what stands right before a number of the source; empty for nothing."""
    matching = (english for english, words in source.qualifiers.items() if search_before(words, text, position))
    return next(matching, "")


def unit_after(english: str, quantity: Quantity) -> str:
    """What an English number counts: ``Malian soldiers``; empty if no plural follows it."""
    unit = _UNIT.match(english, quantity.end)
    return unit.group().strip(" -") if unit else ""


def _telling(quantity: Quantity, english: str) -> bool:
    if quantity.calendar or not quantity.claim or _YEAR.fullmatch(quantity.text) or _NUMERIC_DATE.search(quantity.text):
        return False
    if _ORDINAL_OR_MONTH.match(english, quantity.end) or search_before(_AFTER_MONTH, english, quantity.start):
        return False
    return quantity.text[0].isdigit() or any(float(value) >= _SMALLEST_IN_WORDS for value in quantity.values)

"""What a glossary says of one translation: terms it has, terms it lacks, and wordings that may be replaced."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property, lru_cache

from sahelsum.glossary.terms import Term
from sahelsum.glossary.wordings import article_for, english_pattern, plural, source_pattern, wrong_pattern
from sahelsum.language.pack import Pack
from sahelsum.language.packs import pack_of
from sahelsum.records import Finding, Severity, Translation

TERM_LOST = "TERM-LOST"
TERM_REPLACED = "TERM-REPLACED"
BUCKET_LETTERS = 3
"""Terms are looked up by this many letters of their first word: inflection changes only what comes after."""
REMEMBERED_SENTENCES = 512
"""The wordings of a sentence are asked about one after the other; so are, later, its findings and counts."""
_WORD = re.compile(r"\w+")
_SENTENCE_START = re.compile(r"(?:^|[.!?:]\s+)[\s\"“”„»«'‘’(\[]*$")
_ARTICLE = re.compile(r"(?<!\w)([Aa])n?(\s+)$")


@dataclass(frozen=True, slots=True)
class Hit:
    """A term in a German text, with the words that stand there."""

    term: Term
    text: str


@dataclass(frozen=True, slots=True)
class TermCounts:
    """How the terms of some sentences fared; a term counts once in a sentence."""

    found: int
    """Terms the model itself put into English as wanted or accepted."""
    replaced: int
    """Terms put right by a recorded replacement."""
    lost: int


class Glossary:
    """Terms of a language, given as ISO 639-1 code, to look for. ``key`` is a hash of all they say, for the recipe."""

    def __init__(self, terms: Sequence[Term] = (), language: str = "de") -> None:
        self.terms = tuple(terms)
        self._source = pack_of(language)
        self.key = _key(self.terms)
        self.hits: Callable[[str], tuple[Hit, ...]] = lru_cache(REMEMBERED_SENTENCES)(self._hits)

        # A pattern takes long to make, and most articles have few of the beginnings.
        self._pattern: Callable[[str], tuple[re.Pattern[str], dict[str, Term]]] = cache(self._bucket_pattern)

    @cached_property
    def _buckets(self) -> dict[str, list[_Spelling]]:
        return _buckets(self.terms)

    def _bucket_pattern(self, start: str) -> tuple[re.Pattern[str], dict[str, Term]]:
        return _bucket_pattern(self._buckets[start], self._source)

    def amended(self, item: Translation) -> Translation:
        """The translation with wrong wordings of its terms replaced; each replacement is kept in ``replaced``."""
        text, replaced = item.text, list(item.replaced)
        lacking = {hit.term for hit in self._lacking(item)}
        for hit in self.hits(item.sentence.text) if item.failure is None else ():
            wrong = _wrong(hit.term, self._source) if hit.term in lacking else _left_standing(hit.term)
            for match in reversed(list(wrong.finditer(text))) if wrong else ():
                text, before, after = _put(text, match, hit.term)
                replaced.append((hit.text, before, after))
        return replace(item, text=text, replaced=tuple(dict.fromkeys(replaced))) if text != item.text else item

    def missing(self, item: Translation) -> list[Hit]:
        """Terms of the German that the English has neither as wanted nor as accepted."""
        return list(self._lacking(item))

    def violations(self, item: Translation) -> int:
        """Missing terms; each weighs as much as a warning of the checks."""
        return len(self.missing(item))

    def preference(self, item: Translation) -> int:
        """How much had to be replaced: of wordings with as many violations the model's own is the better."""
        return len(item.replaced)

    def findings(self, item: Translation, told: Collection[str] = ()) -> Iterator[Finding]:
        """TERM-REPLACED and TERM-LOST of one sentence; ``told``: English names that are known to be missing already."""
        number = item.sentence.number
        for german, before, after in item.replaced:
            message = f"The model wrote “{before}”; the glossary has “{after}”, which was put in its place."
            yield Finding(TERM_REPLACED, Severity.INFO, message, number, None, german, f"{before} → {after}")
        for hit in self._lacking(item):
            if not set(hit.term.english).intersection(told):
                message = f"The English has neither “{hit.term.wanted}” nor another right wording of this term."
                yield Finding(TERM_LOST, Severity.WARNING, message, number, source_value=hit.text)

    def count(self, items: Sequence[Translation]) -> TermCounts:
        """How the terms of translated sentences fared."""
        done = [item for item in items if item.failure is None]
        terms = sum(len(self.hits(item.sentence.text)) for item in done)
        lost = sum(len(self.missing(item)) for item in done)
        replaced = sum(len({german for german, _, _ in item.replaced}) for item in done)
        return TermCounts(max(0, terms - lost - replaced), replaced, lost)

    def _lacking(self, item: Translation) -> Iterator[Hit]:
        if item.failure is None:
            for hit in self.hits(item.sentence.text):
                if not _accepted(hit.term).search(item.text):
                    yield hit

    def _hits(self, german: str) -> tuple[Hit, ...]:
        """Terms of a German text, each once, in the order of their first place; of overlapping ones the longest."""
        hits: dict[str, Hit] = {}
        end = 0
        for word in _WORD.finditer(german):
            start = _bucket(word.group())
            if start not in self._buckets or word.start() < end:
                continue
            pattern, owners = self._pattern(start)
            match = pattern.match(german, word.start())
            if match and match.lastgroup:
                term = owners[match.lastgroup]
                hits.setdefault(term.name, Hit(term, match.group()))
                end = match.end()
        return tuple(hits.values())


def missing_names(findings: Iterable[Finding]) -> dict[int | None, list[str]]:
    """English names that the checks miss, by sentence: what the glossary need not tell again."""
    lost = [finding for finding in findings if finding.code == "NAME-LOST"]
    return {finding.sentence: finding.source_value.split(", ") for finding in lost}


def _key(terms: Sequence[Term]) -> str:
    # Where a file lies shapes no page.
    told = json.dumps([dataclasses.astuple(replace(term, origin="")) for term in terms], ensure_ascii=True)
    return hashlib.sha256(told.encode("ascii")).hexdigest()


def _bucket(word: str) -> str:
    return word[:BUCKET_LETTERS].casefold()


_Spelling = tuple[int, str, Term]
"""The length of a spelling, the spelling, and its term."""


def _buckets(terms: Sequence[Term]) -> dict[str, list[_Spelling]]:
    """The spellings of all terms by the beginning of their first word."""
    by_start: dict[str, list[_Spelling]] = {}
    for term in terms:
        for spelling in (*term.german, *term.forms):
            first = _WORD.search(spelling)
            start = _bucket(first.group()) if first else ""
            by_start.setdefault(start, []).append((len(spelling), spelling, term))
    return by_start


def _bucket_pattern(entries: list[_Spelling], source: Pack) -> tuple[re.Pattern[str], dict[str, Term]]:
    """One pattern with a group for each spelling, the longest first, and whose they are."""
    owners: dict[str, Term] = {}
    parts = []
    for number, (_, spelling, term) in enumerate(sorted(entries, key=lambda entry: (-entry[0], entry[1]))):
        group = f"t{number}"
        owners[group] = term
        own = replace(term, german=(spelling,), forms=()) if spelling in term.german else None
        form = source_pattern(own or replace(term, german=(), forms=(spelling,)), source)
        # "Ex-Putschist" may be said in many ways; a name or an abbreviation is kept in any compound.
        before = r"(?<!\w)" if term.case else r"(?<![\w-])"
        parts.append(rf"(?P<{group}>{before}(?:{form})(?!\w))")
    return re.compile("|".join(parts)), owners


@cache
def _accepted(term: Term) -> re.Pattern[str]:
    return english_pattern(term)


@cache
def _left_standing(term: Term) -> re.Pattern[str] | None:
    """German spellings of a name: wrong even where a right wording stands as well (``Russian … in Moskau``)."""
    spellings = [spelling for spelling in term.german if term.case and not _accepted(term).search(spelling)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, spellings))})(?!\w)") if spellings else None


@cache
def _wrong(term: Term, source: Pack) -> re.Pattern[str] | None:
    return wrong_pattern(term, source)


def _put(text: str, match: re.Match[str], term: Term) -> tuple[str, str, str]:
    """The text with the match replaced, and the words before and after. ``a`` before it becomes ``an`` where due."""
    before, rest = text[: match.start()], text[match.end() :]
    old = match.group()
    new = plural(term.wanted) if _is_plural(old, term) else term.wanted
    if _SENTENCE_START.search(before):
        new = new[0].upper() + new[1:]
    article = _ARTICLE.search(before)
    if article:
        right = article_for(new)
        before = before[: article.start()] + (right.capitalize() if article[1] == "A" else right) + article[2]
    return before + new + rest, old, new


def _is_plural(old: str, term: Term) -> bool:
    """Whether a wrong wording stands in a plural that the glossary does not list."""
    listed = {wording.casefold() for wording in (*term.wrong, *term.german)}
    return old.casefold() not in listed and old.casefold() in {plural(wording).casefold() for wording in term.wrong}

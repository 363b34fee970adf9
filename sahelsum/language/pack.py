"""What the program knows of a source language, in one record.

A field that is left out says that nothing is known, and what needs it finds nothing: so the stand-in for a language
without a pack of its own is a pack with a code and a name alone.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from sahelsum.language.contrasts import Turned
from sahelsum.language.dates import Day, NamedDate
from sahelsum.language.digits import digits
from sahelsum.language.phrases import Phrases
from sahelsum.language.quantities import Quantity
from sahelsum.language.repair import Repair
from sahelsum.language.spelled import as_spelled
from sahelsum.records import ArticleDate

NEVER = r"(?!)"
"""A regular expression that matches nothing."""
NO_PATTERN = re.compile(NEVER)


def _nothing(_text: str) -> tuple[()]:
    return ()


def as_it_is(text: str) -> str:
    """The text."""
    return text


def _no_words(_source: str, _english: str) -> tuple[()]:
    return ()


def _as_spelled(spelling: str, _case: bool) -> str:
    return as_spelled(spelling)


def _no_names(_source: str, _english: frozenset[str]) -> tuple[()]:
    return ()


@dataclass(frozen=True, slots=True)
class DateLine:
    """A line that says when an article appeared: digits, without a day where it has none."""

    day: str | None
    month: str
    year: str
    labelled: bool = False
    """Whether a word on it says so (``Veröffentlicht am``, ``Von Anna Muster``), so that it may stand below text."""


@dataclass(frozen=True, slots=True, eq=False)
class Reading:
    """Words by which the parts of an article are told: regular expressions, without groups, of what is found."""

    letters: str = "„“”»«‚‘’–—…€§°¿¡À-ÖØ-öø-ÿŒœ"
    """Inside brackets: the letters beyond ASCII that texts have, to tell one old encoding from another."""
    small_letters: str = "à-öø-ÿœ"
    """Those of them that stand between other letters."""
    first_letters: str = "À-ÖØ-öø-ÿ"
    """Those that words begin with."""
    frequent_words: frozenset[str] = frozenset()
    """In lower case; all together frequent in no other language. A text with many of them needs no further look."""
    openers: frozenset[str] = frozenset()
    """Words that, written with a capital, can only open a sentence."""
    capitals: str = "A-ZÀ-ÖØ-Þ"
    """Inside brackets: the letters that a sentence begins with."""
    shared_part: str = NEVER
    """Words before which a hyphen at the end of a line is a real one (``Sicherheits- und …``)."""
    source_label: str = NEVER
    """What stands before the name of a source: ``Quelle``."""
    byline: str = NEVER
    """What stands before the name of an author: ``Von``."""
    name_particle: str = "von|van|de|al"
    """Small words within the name of a person."""
    name_joint: str = NEVER
    """The word between two authors: ``und``."""
    place_particle: str = NEVER
    """Small words within the name of a place: ``am``."""
    papers: str = NEVER
    """Papers and broadcasters, as they sign their texts."""
    towns: frozenset[str] = frozenset()
    """Casefolded, as datelines spell them, with hyphens for spaces."""
    photo_label: str = "Photos?"
    """What stands before the name of a photographer."""
    picture_date: str = NEVER
    """What ends a caption, in brackets, besides a year or a date in figures: ``Archivbild``, ``3. April 2025``."""
    date_line: Callable[[str], DateLine | None] = field(default=lambda _: None)
    """The date of a line that says nothing but when, where and by whom the article was published."""
    boilerplate: re.Pattern[str] = NO_PATTERN
    """Finds paragraphs that are offers or notes of the publisher, not the article; each is a whole paragraph."""
    closing_notes: re.Pattern[str] = NO_PATTERN
    """Those that are so only among the last paragraphs, such as a line about the author."""
    paywall: re.Pattern[str] = NO_PATTERN
    """Offers behind which the rest of the article is."""
    correction: re.Pattern[str] = NO_PATTERN
    """Paragraphs that take something back: what they repeat is what was wrong."""
    run_in_heading_end: Callable[[str], int] = field(default=lambda _: 0)
    """How many characters at the start of a paragraph are a heading without a line break; 0 if none surely are."""


@dataclass(frozen=True, slots=True, eq=False)
class Checking:
    """What the checks must know of a source language, each with what English may make of it."""

    times: Phrases = field(default_factory=Phrases)
    """Expressions of time."""
    added_weekdays: Callable[[str, str], Iterable[str]] = _no_words
    """Weekdays that only the English has."""
    relative_year: re.Pattern[str] = NO_PATTERN
    """``im vergangenen Jahr``, for which the English may have the year itself."""
    lost_units: Phrases = field(default_factory=Phrases)
    """Units behind a number, with every English unit they may have been converted to."""
    added_units: Phrases = field(default_factory=Phrases)
    """The other way round."""
    claims: Phrases = field(default_factory=Phrases)
    """Words that say by themselves that something is somebody's claim."""
    hearsay: Callable[[str], str] = field(default=lambda _: "")
    """The words of a weaker sign of it, such as a mood of the verb; empty if there is none."""
    negation: re.Pattern[str] = NO_PATTERN
    double_negation: Callable[[str], str] = field(default=lambda _: "")
    """The words of two noes that make a yes; empty if there are none."""
    negating_words: Callable[[str], Iterable[tuple[str, re.Pattern[str]]]] = _nothing
    """Words that negate by a prefix or an ending, each with the English, without a *no*, that may stand for it."""
    may_deny: Callable[[str], bool] = field(default=lambda _: True)
    """Whether anything in a text can be the reason of an English *not*."""
    turned: Callable[[str, str], Iterable[Turned]] = _no_words
    """Meanings that the English exchanges for another."""
    name_lists: Callable[[str], Iterable[tuple[str, ...]]] = _nothing
    """Lists of names, each with its members."""
    quotation: re.Pattern[str] = NO_PATTERN
    """What stands between quotation marks, as the one group that takes part."""
    function_words: frozenset[str] = frozenset()
    """Those that are no English words."""
    left_words: Callable[[str, str], Iterable[str]] = _no_words
    """Single words of the text that the English left standing."""
    left_capitals: Callable[[str, str], bool] = field(default=lambda _source, _english: False)
    """Whether a heading in capitals came back in the language of the source."""
    name_run: re.Pattern[str] = NO_PATTERN
    """Words with capitals in a row, where there may be names in no list: most sentences have none."""
    unlisted_names: Callable[[str, frozenset[str]], Iterable[str]] = _no_names
    """Names of a text, in no list, that are not among the English words, which are given folded."""
    sounds: tuple[tuple[str, str], ...] = ()
    """Letters for which English writes others in a foreign name, each pair made one sound, in this order."""


@dataclass(frozen=True, slots=True, eq=False)
class Figures:
    """How events and what is counted in them are told, to compare the figures of several articles."""

    event: re.Pattern[str]
    """With a named group for each kind of event."""
    parts_of_events: tuple[str, ...]
    """Whatever ``event`` finds has one of these in it, in lower case."""
    unit: re.Pattern[str]
    """From the end of a number on: what is counted, as the group ``unit``."""
    thing_of: Callable[[str], str]
    """One word for all that mean the same thing, of a unit in lower case; empty for a measure."""
    living: re.Pattern[str]
    """Finds out whether ``thing_of`` names people: only they are killed, wounded, abducted, captured or displaced."""
    one: re.Pattern[str]
    """The whole of a word that counts one (``ein Soldat``)."""
    number_of: re.Pattern[str]
    """Before a number that is people without saying so (``the number of dead rose to``)."""
    total: re.Pattern[str]
    """Words that make a number the sum over a time."""
    before_place: re.Pattern[str]
    """Right before the name of a place: that something happened there."""
    there: re.Pattern[str]
    """A word for a place that was named before."""


NO_CHECKING = Checking()


@dataclass(frozen=True, slots=True, eq=False)  # told apart by identity: results are remembered by it
class Pack:
    """What is known of a source language; ``code`` is its ISO 639-1 code, ``name`` what English calls it."""

    code: str
    name: str
    quotes: tuple[str, str] = ("“", "”")
    """The marks a text of this language is quoted with."""
    letters: str = ""
    """Inside brackets of a regular expression: letters beyond ASCII that a model of this language surely knows. Words
    with others are carried over as they are; empty: any letter may be the language's own."""
    plain: Callable[[str], str] = as_it_is
    """A text as a model reads it best: forms for both genders as one word, headlines in capitals as others."""
    repairs: Callable[[str, str], Iterable[Repair]] = _no_words
    """Numbers and dates in the English that are still written as in the source, or with another value."""
    is_border: Callable[[str, int], bool] | None = None
    """Whether a sentence starts at a place, which white space and the end of a sentence precede; None: not known."""
    clause_openers: str = NEVER
    """Words that open a clause after a comma, as a regular expression."""
    conjunctions: str = NEVER
    """Words between two parts of a sentence where no comma stands."""
    quantities: Callable[[str], tuple[Quantity, ...]] = digits
    """The numbers of a text."""
    days: Callable[[str], Iterable[Day]] = _nothing
    """The days of the calendar that a text names."""
    dates: Callable[[str], Iterable[str]] = _nothing
    """All dates of a text, in English words."""
    named_dates: Callable[[str, ArticleDate | None], list[NamedDate]] = field(default=lambda _, __: [])
    """The dates that a text names or, with the day of publication, counts from that; earliest first."""
    partial_dates: Callable[[str], list[NamedDate]] = field(default=lambda _: [])
    """Days and months that a text names without their year."""
    time_words: Callable[[str, bool], str] = field(default=lambda _text, _day: "")
    """The words of a text that say when without naming a date, a day of the past alone if so asked; empty for none."""
    name_forms: Callable[[str], frozenset[tuple[str, str]]] = field(default=lambda _: frozenset())
    """The known names of a text: each entry of the gazetteer with the form that the text uses."""
    no_name_starts: frozenset[str] = frozenset()
    """Casefolded words that, though written with a capital, are no part of a name."""
    qualifiers: Mapping[str, re.Pattern[str]] = field(default_factory=dict)
    """English ``at least`` and the like, each with what stands for it right before a number."""
    figures: Figures | None = None
    themes: Callable[[], Mapping[str, tuple[str, ...]]] = dict
    """Each theme with stems, in lower case, that speak for it."""
    has_glossary: bool = False
    """Whether the shipped glossary has terms of this language."""
    term_pattern: Callable[[str, bool], str] = _as_spelled
    """A regular expression for all forms of a term of a glossary; True if its letters must be exactly as written."""
    number_is_sure: Callable[[str], bool] = field(default=lambda _: False)
    """Whether a term can be seen to be one thing and not several."""
    reading: Reading = field(default_factory=Reading)
    checking: Checking = NO_CHECKING

    @property
    def checked(self) -> bool:
        """Whether checks that need to know the language can be made."""
        return self.checking is not NO_CHECKING

    def names(self, text: str) -> frozenset[str]:
        """The entries of the gazetteer, by English name, that a text names."""
        return frozenset(name for name, _ in self.name_forms(text))

"""German, put together."""

from __future__ import annotations

from sahelsum.language.de import attribution, borders, leftover, meaning, negating, spelling, timewords, units
from sahelsum.language.de.dates import german_days
from sahelsum.language.de.facts import NO_NAME_STARTS, QUALIFIERS, dates_in_english
from sahelsum.language.de.figures import FIGURES
from sahelsum.language.de.lists import name_lists
from sahelsum.language.de.named_dates import named_dates
from sahelsum.language.de.names import forms_in_german
from sahelsum.language.de.plain import plain_german
from sahelsum.language.de.quantities import german_quantities
from sahelsum.language.de.reading import READING
from sahelsum.language.de.repairs import german_repairs
from sahelsum.language.de.stated import partial_dates, time_words
from sahelsum.language.de.terms import number_is_sure, term_pattern
from sahelsum.language.de.themes import themes
from sahelsum.language.de.turned import turned
from sahelsum.language.pack import Checking, Pack

_CHECKING = Checking(
    times=timewords.PHRASES,
    added_weekdays=timewords.added_weekdays,
    relative_year=meaning.RELATIVE_YEAR,
    lost_units=units.LOST,
    added_units=units.ADDED,
    claims=attribution.CLAIMS,
    hearsay=attribution.hearsay,
    negation=meaning.NEGATION,
    double_negation=negating.double_negation,
    negating_words=negating.negating_words,
    may_deny=negating.may_deny,
    turned=turned,
    name_lists=name_lists,
    quotation=meaning.QUOTATION,
    function_words=leftover.GERMAN_ONLY,
    left_words=leftover.left_words,
    left_capitals=leftover.left_capitals,
    name_run=spelling.NAME_RUN,
    unlisted_names=spelling.unlisted_names,
    sounds=spelling.SOUNDS,
)

GERMAN = Pack(
    code="de",
    name="German",
    quotes=("„", "“"),
    letters="À-ÖØ-öø-ÿŒœŸẞ",
    plain=plain_german,
    repairs=german_repairs,
    is_border=borders.is_border,
    clause_openers="und|oder|aber|denn|doch|sondern|während|weil|dass|ob|wenn|als|obwohl|nachdem|bevor|"
    "damit|sodass|indem|wobei|wo|was|wie|die|der|das|den|dem|deren|dessen|nicht",
    conjunctions="und|oder|sowie|aber|denn|sondern",
    quantities=german_quantities,
    days=german_days,
    dates=dates_in_english,
    named_dates=named_dates,
    partial_dates=partial_dates,
    time_words=time_words,
    name_forms=forms_in_german,
    no_name_starts=NO_NAME_STARTS,
    qualifiers=QUALIFIERS,
    figures=FIGURES,
    themes=themes,
    has_glossary=True,
    term_pattern=term_pattern,
    number_is_sure=number_is_sure,
    reading=READING,
    checking=_CHECKING,
)

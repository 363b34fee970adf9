"""The view of a large run: what stands on the page of pages, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sahelsum.language.dates import date_in_words
from sahelsum.records import DatePrecision, ModelInfo
from sahelsum.records.folder import Part, ShardSummary
from sahelsum.render.view import FieldValue, Folded, count, folded, licence_notes, model_facts
from sahelsum.render.view_folder import TITLE

NAMED = 3
"""Countries and groups named in the row of a part; its own page has them all."""
SHOWN_TOTALS = 20
"""Countries and groups listed over all parts before the rest is folded."""
SHOWN_PARTS = 100
_PRECISION = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}
"""By the length of a date; a day has ten characters."""


@dataclass(frozen=True, slots=True)
class PartView:
    """The row of a part: its folder, and what is in it."""

    folder: str
    articles: int
    dates: str
    countries: tuple[str, ...]
    groups: tuple[str, ...]
    to_check: int
    failures: int


@dataclass(frozen=True, slots=True)
class Total:
    """A name, and how many articles of all parts mention it."""

    name: str
    articles: int


@dataclass(frozen=True, slots=True)
class Totals:
    """Names under one heading."""

    heading: str
    names: Folded[Total]


@dataclass(frozen=True, slots=True)
class ShardsView:
    """The page at the top of a large run."""

    fields: Mapping[str, FieldValue]
    title: str
    intro: tuple[str, ...]
    licence_notes: tuple[str, ...]
    parts: Folded[PartView]
    totals: tuple[Totals, ...]
    models: tuple[tuple[str, ...], ...]


def shards_view(parts: Sequence[Part], models: Sequence[ModelInfo]) -> ShardsView:
    """What stands on the page of pages."""
    summaries = [part.summary for part in parts]
    return ShardsView(
        fields=_fields(parts, models),
        title=TITLE,
        intro=tuple(_intro(summaries)),
        licence_notes=licence_notes(models),
        parts=folded((_part(part) for part in parts), SHOWN_PARTS),
        totals=(
            Totals("Countries", _totals(summary.countries for summary in summaries)),
            Totals("Groups", _totals(summary.groups for summary in summaries)),
        ),
        models=tuple(model_facts(model) for model in models),
    )


def _totals(pairs: Iterable[Iterable[tuple[str, int]]]) -> Folded[Total]:
    """Names with the number of articles over all parts, most first."""
    total: Counter[str] = Counter()
    for part in pairs:
        total.update(dict(part))
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return folded((Total(*item) for item in ranked), SHOWN_TOTALS)


def _dates(summaries: Iterable[ShardSummary]) -> tuple[str, str]:
    """The first and the last day of publication; empty where no article has one."""
    dated = [summary for summary in summaries if summary.first_date]
    first = min((summary.first_date for summary in dated), default="")
    return first, max((summary.last_date for summary in dated), default="")


def _span(first: str, last: str) -> str:
    words = [date_in_words(date, _PRECISION.get(len(date), DatePrecision.DAY)) for date in (first, last) if date]
    return " to ".join(dict.fromkeys(words))


def _fields(parts: Sequence[Part], models: Sequence[ModelInfo]) -> dict[str, FieldValue]:
    summaries = [part.summary for part in parts]
    first, last = _dates(summaries)
    to_check, failures = sum(s.to_check for s in summaries), sum(s.failures for s in summaries)
    return {
        "title": TITLE,
        "parts": len(parts),
        "articles": sum(summary.articles for summary in summaries),
        "not_done": failures,
        "reprints": sum(summary.reprints for summary in summaries),
        "to_check": to_check,
        "first_date": first,
        "last_date": last,
        "models": [model.alias for model in models],
        "review": "check" if to_check or failures else "ok",
    }


def _intro(summaries: Sequence[ShardSummary]) -> Iterable[str]:
    reprints, to_check, failures = (
        sum(getattr(summary, name) for summary in summaries) for name in ("reprints", "to_check", "failures")
    )
    texts = (
        f"{count(sum(summary.articles for summary in summaries), 'article')} in {count(len(summaries), 'part')}",
        f"{reprints:,} of them much the same as another of their part" if reprints else "",
        _span(*_dates(summaries)),
        f"{to_check:,} to check" if to_check else "",
        f"{failures:,} not done" if failures else "",
    )
    return filter(None, texts)


def _part(part: Part) -> PartView:
    summary = part.summary
    return PartView(
        folder=part.name,
        articles=summary.articles,
        dates=_span(summary.first_date, summary.last_date),
        countries=_most(summary.countries),
        groups=_most(summary.groups),
        to_check=summary.to_check,
        failures=summary.failures,
    )


def _most(pairs: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    return tuple(name for name, _ in list(pairs)[:NAMED])

"""The page of pages: what a large run made, part by part."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sahelsum.language.dates import date_in_words
from sahelsum.records import DatePrecision, ModelInfo
from sahelsum.records.folder import Part, PartSummary
from sahelsum.render.environment import render
from sahelsum.render.escape import FrontMatterValue, Safe, yaml_front_matter
from sahelsum.render.folder import TITLE, folded
from sahelsum.render.parts import count, joined, link, model_line

NAMED = 3
"""Countries and groups named in the row of a part; its own page has them all."""
SHOWN_TOTALS = 20
"""Countries and groups listed over all parts before the rest is folded."""
SHOWN_PARTS = 100
_PRECISION = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH}
"""By the length of a date; a day has ten characters."""


def render_parts(parts: Sequence[Part], models: Sequence[ModelInfo]) -> str:
    """The Markdown page at the top of a large run."""
    summaries = [part.summary for part in parts]
    countries, groups = (_totals(pairs) for pairs in ([s.countries for s in summaries], [s.groups for s in summaries]))
    return render(
        "whole.md.j2",
        front_matter=yaml_front_matter(_front_matter(parts, models)),
        title=TITLE,
        intro=_intro(parts),
        licence_notes=sorted({model.licence_note for model in models if model.licence_note}),
        parts=folded((_row(part) for part in parts), SHOWN_PARTS),
        totals=[(name, folded(rows, SHOWN_TOTALS)) for name, rows in (("Countries", countries), ("Groups", groups))],
        models=[model_line(model) for model in models],
    )


def _totals(pairs: Iterable[Iterable[tuple[str, int]]]) -> list[tuple[str, str]]:
    """Names with the number of articles over all parts, most first."""
    total: Counter[str] = Counter()
    for part in pairs:
        total.update(dict(part))
    ranked = sorted(total.items(), key=lambda item: (-item[1], item[0]))
    return [(name, f"{number:,}") for name, number in ranked]


def _dates(summaries: Iterable[PartSummary]) -> tuple[str, str]:
    """The first and the last day of publication; empty where no article has one."""
    dated = [summary for summary in summaries if summary.first_date]
    first = min((summary.first_date for summary in dated), default="")
    return first, max((summary.last_date for summary in dated), default="")


def _span(first: str, last: str) -> str:
    words = [date_in_words(date, _PRECISION.get(len(date), DatePrecision.DAY)) for date in (first, last) if date]
    return " to ".join(dict.fromkeys(words))


def _front_matter(parts: Sequence[Part], models: Sequence[ModelInfo]) -> dict[str, FrontMatterValue]:
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


def _intro(parts: Sequence[Part]) -> Safe:
    summaries = [part.summary for part in parts]
    reprints, to_check, failures = (
        sum(getattr(summary, name) for summary in summaries) for name in ("reprints", "to_check", "failures")
    )
    return joined(
        [
            f"{count(sum(summary.articles for summary in summaries), 'article')} in {count(len(parts), 'part')}",
            f"{reprints:,} of them much the same as another of their part" if reprints else "",
            _span(*_dates(summaries)),
            f"{to_check:,} to check" if to_check else "",
            f"{failures:,} not done" if failures else "",
        ]
    )


def _row(part: Part) -> tuple[Safe, str, str, str, str, str, str]:
    """Link, articles, dates, countries, groups, to check, not done."""
    summary = part.summary
    return (
        link(part.name, f"{part.name}/digest.md"),
        f"{summary.articles:,}",
        _span(summary.first_date, summary.last_date),
        _most(summary.countries),
        _most(summary.groups),
        f"{summary.to_check:,}" if summary.to_check else "",
        f"{summary.failures:,}" if summary.failures else "",
    )


def _most(pairs: Iterable[tuple[str, int]]) -> str:
    return ", ".join(name for name, _ in list(pairs)[:NAMED])

"""Source credits, bylines and datelines: who says so, and from where.

A rule takes a piece out of the prose only where its form is unmistakable; what it takes is kept word for word.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from sahelsum.language.pack import Pack, Reading
from sahelsum.read.draft import Draft, Taken
from sahelsum.records import BlockKind, Extract, ExtractKind

AGENCY = (
    r"(?i:dpa(?:-\w+)?|AFP|AP|Reuters|EPA|KNA|epd|APA|SDA|dts|DPA|EFE|ANSA|Xinhua|TASS|Tass|Interfax|RIA|Ria Nowosti|"
    r"Sputnik|Anadolu|AA|dapd|ddp|ANP|Belga|ots|AP Photo|Getty|Getty Images|picture[ -]alliance|imago(?: images)?|"
    r"Imago Images|Keystone|NurPhoto|Zuma(?: Press)?|laif|Panos|Shutterstock|Bundeswehr|UN Photo|MINUSMA)"
)
"""News and picture agencies, as a regular expression without groups."""

_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]+"
BYLINE_PLACES = 3
"""A byline stands among the first blocks; the same words later are more likely a heading."""

MAX_TRAILING_CREDITS = 3

_SECOND_DASH = re.compile(r"[^.!?]*\s[–—-]\s")


@dataclass(frozen=True, slots=True)
class _Forms:
    """Patterns with the words of a language in them."""

    trailing_source: re.Pattern[str]
    trailing_agencies: re.Pattern[str]
    has_agency: re.Pattern[str]
    source_line: re.Pattern[str]
    label: re.Pattern[str]
    byline: re.Pattern[str]
    dateline_agency: re.Pattern[str]
    dateline_dash: re.Pattern[str]
    dateline_stop: re.Pattern[str]


@cache
def _forms(words: Reading) -> _Forms:
    label, outlet = words.source_label, rf"(?:{AGENCY}|(?:{words.papers})|\w{{1,4}})"
    person = rf"{_NAME}(?:\s(?:(?:{words.name_particle})\s)?{_NAME}){{1,3}}"
    place = rf"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:\s(?:{words.place_particle}|[A-ZÀ-ÖØ-Þ][\w’'-]*)){{0,2}}"
    places, prose = rf"(?P<place>{place}(?:\s?/\s?{place}){{0,2}})", rf"[„»“\"{words.capitals}]"
    return _Forms(
        re.compile(rf"\s*(?P<text>\((?P<label>{label}):?\s*(?P<name>[^()]{{2,120}})\)\.?)$"),
        re.compile(
            rf"(?P<before>.*[.!?…][\"“”«»’)]*)\s+(?P<text>\((?P<name>{outlet}(?:\s?[/,;]\s?{outlet}){{0,4}})\)\.?)$",
            re.DOTALL,
        ),
        re.compile(rf"(?<!\w)(?:{AGENCY}|(?:{words.papers}))(?!\w)"),
        re.compile(rf"(?:{label}):?\s+(?P<name>\S.{{1,120}})$"),
        re.compile(rf"^(?:{label}):?\s*"),
        re.compile(
            rf"(?:{words.byline})\s+"
            rf"(?P<name>{person}(?:(?:,|\s(?:{words.name_joint})|/)\s?{_NAME}(?:\s{_NAME}){{0,3}}){{0,3}})$"
        ),
        re.compile(
            rf"{places},?(?:\s\d{{1,2}}\.\s?(?:\w+|\d{{1,2}}\.)(?:\s?\d{{4}})?,?)?\s\((?P<agency>[^()]{{2,30}})\)\s?(?:[–—.:-]|\s-)\s*(?=\S)"
        ),
        re.compile(rf"{places}(?:\s[–—-]|:)\s(?={prose})"),
        re.compile(rf"(?P<place>[A-ZÀ-ÖØ-Þ][\w’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ][\w’'-]*){{0,2}})\.(?:\s[–—-])?\s(?=\d|{prose})"),
    )


def take_trailing_credits(drafts: list[Draft], source: Pack) -> Taken:
    """Take ``(Quelle: …)``, ``(AFP/jW)`` and a closing line ``Quelle: …`` off the end."""
    taken: list[Extract] = []
    while drafts and len(taken) < MAX_TRAILING_CREDITS:
        rest = _without_credit(drafts[-1].text, _forms(source.reading))
        if rest is None:
            break
        text, credit = rest
        taken.insert(0, Extract(ExtractKind.CREDIT, credit))
        drafts = [*drafts[:-1], Draft(text, drafts[-1].kind)] if text else drafts[:-1]
    return drafts, taken


def _without_credit(text: str, forms: _Forms) -> tuple[str, str] | None:
    if found := forms.trailing_source.search(text):
        return text[: found.start()], found["text"]
    # The agency form may be any bracket, so it needs a finished sentence before it and an agency's name within it.
    if (found := forms.trailing_agencies.match(text)) and forms.has_agency.search(found["name"]):
        return found["before"], found["text"]
    if text.startswith("(") and (found := re.match(r"\(([^()]{2,60})\)\.?$", text)) and _all_agencies(found[1], forms):
        return "", text
    return ("", text) if forms.source_line.match(text) else None


def _all_agencies(text: str, forms: _Forms) -> bool:
    parts = [part.strip() for part in re.split(r"[/,;]", text)]
    return all(forms.has_agency.fullmatch(part) for part in parts)


def credit_name(extract: str, source: Pack) -> str:
    """The outlet, agency or author within the wording of a credit: ``(Quelle: X)`` → ``X``."""
    bare = extract.removesuffix(".").strip()
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    return _forms(source.reading).label.sub("", bare).strip()


def take_byline(drafts: list[Draft], source: Pack) -> Taken:
    """Take a line such as ``Von Anna Muster und Max Meier`` out of the first blocks."""
    byline = _forms(source.reading).byline
    for place, draft in enumerate(drafts[:BYLINE_PLACES]):
        if byline.match(draft.text):
            return [*drafts[:place], *drafts[place + 1 :]], [Extract(ExtractKind.CREDIT, draft.text)]
    return drafts, []


def byline_within(line: str, source: Pack) -> str | None:
    """The byline on a line that has the date too: ``Von Anna Muster | 3. März 2025``."""
    byline = _forms(source.reading).byline
    parts = re.split(r"\s*[|·•,]\s*|\s[–—-]\s", line)
    return next((part for part in parts if byline.match(part)), None)


def take_dateline(drafts: list[Draft], source: Pack) -> Taken:
    """Take ``Bamako/Paris (dpa) -``, ``BAMAKO –`` or ``Moskau.`` off the start of the first paragraph."""
    place = next((i for i, draft in enumerate(drafts) if draft.kind is BlockKind.PARAGRAPH), None)
    if place is None:
        return drafts, []
    text = drafts[place].text
    end = _dateline_end(text, source.reading)
    if not end or end == len(text):
        return drafts, []
    rest = Draft(text[end:].lstrip())
    return [*drafts[:place], rest, *drafts[place + 1 :]], [Extract(ExtractKind.DATELINE, text[:end].rstrip())]


def _dateline_end(text: str, words: Reading) -> int:
    forms = _forms(words)
    if (found := forms.dateline_agency.match(text)) and forms.has_agency.search(found["agency"]):
        return found.end()
    # "Bamako – Hauptstadt von Mali – ist …" is an insertion between two dashes, not a dateline.
    if (
        (found := forms.dateline_dash.match(text))
        and _is_place(found["place"], words, capitals=":" not in found.group())
        and not _SECOND_DASH.match(text, found.end())
    ):
        return found.end()
    if (found := forms.dateline_stop.match(text)) and _is_place(found["place"], words):
        return found.end()
    return 0


def _is_place(text: str, words: Reading, *, capitals: bool = False) -> bool:
    """Whether each part is a known town, or (with ``capitals``) it is one word in capitals, longer than an acronym."""
    if capitals and text.isupper() and text.isalpha() and len(text) >= 5 and text.capitalize() not in words.openers:
        return True
    parts = ["-".join(part.split()).casefold().replace("'", "’") for part in text.split("/")]
    return all(part in words.towns for part in parts)


def dateline_places(extract: str) -> str:
    """The place or places within the wording of a dateline: ``Bamako/Paris (dpa) -`` → ``Bamako/Paris``."""
    return re.split(r"\s\(|\s[–—-]|[.:,](?:\s|$)", extract, maxsplit=1)[0].strip()


def dateline_agency(extract: str) -> str | None:
    """The agency within the wording of a dateline: ``Bamako/Paris (dpa) -`` → ``dpa``."""
    found = re.search(r"\(([^()]+)\)", extract)
    return found[1] if found else None

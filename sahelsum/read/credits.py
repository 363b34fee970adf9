"""Source credits, bylines and datelines: who says so, and from where.

A rule takes a piece out of the prose only where its form is unmistakable; what it takes is kept word for word.
"""

from __future__ import annotations

import re

from sahelsum.language.german import SENTENCE_OPENERS
from sahelsum.read.draft import Draft, Taken
from sahelsum.records import BlockKind, Extract, ExtractKind

AGENCY = (
    r"(?i:dpa(?:-\w+)?|AFP|AP|Reuters|EPA|KNA|epd|APA|SDA|dts|DPA|EFE|ANSA|Xinhua|TASS|Tass|Interfax|RIA|Ria Nowosti|"
    r"Sputnik|Anadolu|AA|dapd|ddp|ANP|Belga|ots|AP Photo|Getty|Getty Images|picture[ -]alliance|imago(?: images)?|"
    r"Imago Images|Keystone|NurPhoto|Zuma(?: Press)?|laif|Panos|Shutterstock|Bundeswehr|UN Photo|MINUSMA)"
)
"""News and picture agencies, as a regular expression without groups."""

_PAPER = (
    r"(?:jW|taz|FAZ|SZ|NZZ|nd|ND|Spiegel|SPIEGEL|Zeit|ZEIT|Welt|ARD|ZDF|DLF|DW|ORF|SRF|RND|dw|jW-Bericht|Eigenbericht)"
)
_TRAILING_SOURCE = re.compile(r"\s*(?P<text>\((?P<label>Quellen?|Mit Material von):?\s*(?P<name>[^()]{2,120})\)\.?)$")
_TRAILING_AGENCIES = re.compile(
    rf"(?P<before>.*[.!?…][\"“”«»’)]*)\s+(?P<text>\((?P<name>(?:{AGENCY}|{_PAPER}|\w{{1,4}})"
    rf"(?:\s?[/,;]\s?(?:{AGENCY}|{_PAPER}|\w{{1,4}})){{0,4}})\)\.?)$",
    re.DOTALL,
)
_HAS_AGENCY = re.compile(rf"(?<!\w)(?:{AGENCY}|{_PAPER})(?!\w)")
_SOURCE_LINE = re.compile(r"(?:Quellen?|Mit Material von):?\s+(?P<name>\S.{1,120})$")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w.’'-]+"
_BYLINE = re.compile(
    rf"(?:Von|Text:|Autor:|Autorin:|Ein Gastbeitrag von)\s+(?P<name>{_NAME}(?:\s(?:(?:von|van|de|al)\s)?{_NAME}){{1,3}}"
    rf"(?:(?:,|\sund|/)\s?{_NAME}(?:\s{_NAME}){{0,3}}){{0,3}})$"
)
BYLINE_PLACES = 3
"""A byline stands among the first blocks; the same words later are more likely a heading."""

MAX_TRAILING_CREDITS = 3

# Towns that datelines of Sahel reporting come from. "Moskau." alone looks like any one-word sentence ("Endlich."), so
# without an agency or capitals the place has to be a known one.
_TOWNS = frozenset(
    """Abidjan Abuja Accra Addis-Abeba Agadez Algier Ankara Athen Bamako Bangui Banjul Beirut Berlin Bern Bissau Bonn
    Brüssel Budapest Bukarest Cotonou Dakar Doha Dubai Düsseldorf Frankfurt Freetown Gao Genf Hamburg Helsinki Istanbul
    Jerusalem Johannesburg Kairo Khartum Kidal Kiew Kinshasa Köln Konakry Kopenhagen Lagos Leipzig Lissabon Lomé London
    Madrid Mailand Maputo Mopti Moskau München N’Djamena Nairobi Niamey Nouakchott Oslo Ouagadougou Paris Peking Prag
    Pretoria Rabat Riad Rom Stockholm Stuttgart Teheran Timbuktu Tripolis Tunis Warschau Washington Wien Zürich
    Wiesbaden Den-Haag New-York Porto-Novo Port-Harcourt São-Tomé""".casefold().split()
)
_PLACE = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:\s(?:am|an|der|im|[A-ZÀ-ÖØ-Þ][\w’'-]*)){0,2}"
_DATELINE_AGENCY = re.compile(
    rf"(?P<place>{_PLACE}(?:\s?/\s?{_PLACE}){{0,2}}),?(?:\s\d{{1,2}}\.\s?\w+)?\s\((?P<agency>[^()]{{2,30}})\)"
    rf"\s?(?:[–—.:-]|\s-)\s*(?=\S)"
)
_DATELINE_DASH = re.compile(rf"(?P<place>{_PLACE}(?:\s?/\s?{_PLACE}){{0,2}})(?:\s[–—-]|:)\s(?=[„»“\"A-ZÄÖÜ])")
_DATELINE_STOP = re.compile(
    r"(?P<place>[A-ZÀ-ÖØ-Þ][\w’'-]*(?:[ /-][A-ZÀ-ÖØ-Þ][\w’'-]*){0,2})\.(?:\s[–—-])?\s(?=[„»“\"A-ZÄÖÜ\d])"
)
_SECOND_DASH = re.compile(r"[^.!?]*\s[–—-]\s")


def take_trailing_credits(drafts: list[Draft]) -> Taken:
    """Take ``(Quelle: …)``, ``(AFP/jW)`` and a closing line ``Quelle: …`` off the end."""
    taken: list[Extract] = []
    while drafts and len(taken) < MAX_TRAILING_CREDITS:
        rest = _without_credit(drafts[-1].text)
        if rest is None:
            break
        text, credit = rest
        taken.insert(0, Extract(ExtractKind.CREDIT, credit))
        drafts = [*drafts[:-1], Draft(text, drafts[-1].kind)] if text else drafts[:-1]
    return drafts, taken


def _without_credit(text: str) -> tuple[str, str] | None:
    if found := _TRAILING_SOURCE.search(text):
        return text[: found.start()], found["text"]
    # The agency form may be any bracket, so it needs a finished sentence before it and an agency's name within it.
    if (found := _TRAILING_AGENCIES.match(text)) and _HAS_AGENCY.search(found["name"]):
        return found["before"], found["text"]
    if text.startswith("(") and (found := re.match(r"\(([^()]{2,60})\)\.?$", text)) and _all_agencies(found[1]):
        return "", text
    return ("", text) if _SOURCE_LINE.match(text) else None


def _all_agencies(text: str) -> bool:
    parts = [part.strip() for part in re.split(r"[/,;]", text)]
    return all(_HAS_AGENCY.fullmatch(part) for part in parts)


def credit_name(extract: str) -> str:
    """The outlet, agency or author within the wording of a credit: ``(Quelle: X)`` → ``X``."""
    bare = extract.removesuffix(".").strip()
    bare = bare[1:-1] if bare.startswith("(") and bare.endswith(")") else bare
    return re.sub(r"^(?:Quellen?|Mit Material von):?\s*", "", bare).strip()


def take_byline(drafts: list[Draft]) -> Taken:
    """Take a line such as ``Von Anna Muster und Max Meier`` out of the first blocks."""
    for place, draft in enumerate(drafts[:BYLINE_PLACES]):
        if _BYLINE.match(draft.text):
            return [*drafts[:place], *drafts[place + 1 :]], [Extract(ExtractKind.CREDIT, draft.text)]
    return drafts, []


def take_dateline(drafts: list[Draft]) -> Taken:
    """Take ``Bamako/Paris (dpa) -``, ``BAMAKO –`` or ``Moskau.`` off the start of the first paragraph."""
    place = next((i for i, draft in enumerate(drafts) if draft.kind is BlockKind.PARAGRAPH), None)
    if place is None:
        return drafts, []
    text = drafts[place].text
    end = _dateline_end(text)
    if not end or end == len(text):
        return drafts, []
    rest = Draft(text[end:].lstrip())
    return [*drafts[:place], rest, *drafts[place + 1 :]], [Extract(ExtractKind.DATELINE, text[:end].rstrip())]


def _dateline_end(text: str) -> int:
    if (found := _DATELINE_AGENCY.match(text)) and _HAS_AGENCY.search(found["agency"]):
        return found.end()
    # "Bamako – Hauptstadt von Mali – ist …" is an insertion between two dashes, not a dateline.
    if (
        (found := _DATELINE_DASH.match(text))
        and _is_place(found["place"], capitals=":" not in found.group())
        and not _SECOND_DASH.match(text, found.end())
    ):
        return found.end()
    if (found := _DATELINE_STOP.match(text)) and _is_place(found["place"]):
        return found.end()
    return 0


def _is_place(text: str, *, capitals: bool = False) -> bool:
    """Whether each part is a known town, or (with ``capitals``) it is one word in capitals, longer than an acronym."""
    if capitals and text.isupper() and text.isalpha() and len(text) >= 5 and text.capitalize() not in SENTENCE_OPENERS:
        return True
    parts = ["-".join(part.split()).casefold().replace("'", "’") for part in text.split("/")]
    return all(part in _TOWNS for part in parts)


def dateline_places(extract: str) -> str:
    """The place or places within the wording of a dateline: ``Bamako/Paris (dpa) -`` → ``Bamako/Paris``."""
    return re.split(r"\s\(|\s[–—-]|[.:,](?:\s|$)", extract, maxsplit=1)[0].strip()


def dateline_agency(extract: str) -> str | None:
    """The agency within the wording of a dateline: ``Bamako/Paris (dpa) -`` → ``dpa``."""
    found = re.search(r"\(([^()]+)\)", extract)
    return found[1] if found else None

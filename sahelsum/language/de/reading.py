"""German words that tell the parts of an article: who says so, where it was, what a picture shows. Data only."""

from __future__ import annotations

from sahelsum.language.de.boilerplate import BOILERPLATE, CLOSING_NOTES, CORRECTION, PAYWALL
from sahelsum.language.de.datelines import date_line
from sahelsum.language.de.headings import run_in_heading_end
from sahelsum.language.de.words import MONTHS, SENTENCE_OPENERS
from sahelsum.language.pack import Reading

GERMAN_WORDS = frozenset(
    """
    aber auch auf aus bei das dem der durch ein eine einem einen einer für haben hatte im ist mit nach nicht noch oder
    sich sie sind über und vom von vor werden wird wurde wurden zu zum zur
    """.split()
)
"""Frequent in German and, all together, in no other of the candidates. A German sample with few of them goes to
lingua."""
_PAPERS = "jW|taz|FAZ|SZ|NZZ|nd|ND|Spiegel|SPIEGEL|Zeit|ZEIT|Welt|ARD|ZDF|DLF|DW|ORF|SRF|RND|dw|jW-Bericht|Eigenbericht"
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
_MONTH = "|".join(month.capitalize() for month in MONTHS)

READING = Reading(
    letters="äöüßÄÖÜ„“”»«‚‘’–—…€éèáàïîôçÉ§°",
    small_letters="äöüßéèïô",
    first_letters="ÄÖÜäöü",
    frequent_words=GERMAN_WORDS,
    openers=SENTENCE_OPENERS,
    capitals="A-ZÄÖÜ",
    shared_part="und|oder|bzw|beziehungsweise|sowie|bis|als|noch|wie",
    source_label="Quellen?|Mit Material von",
    byline="Von|Text:|Autor:|Autorin:|Ein Gastbeitrag von",
    name_joint="und",
    place_particle="am|an|der|im",
    papers=_PAPERS,
    towns=_TOWNS,
    photo_label="Fotos?|Bild(?:er)?|Photo|Symbolfoto|Archivfoto",
    picture_date=rf"(?:\d{{1,2}}\.\s?)?(?:{_MONTH})\s\d{{4}}|Archivbild",
    date_line=date_line,
    boilerplate=BOILERPLATE,
    closing_notes=CLOSING_NOTES,
    paywall=PAYWALL,
    correction=CORRECTION,
    run_in_heading_end=run_in_heading_end,
)

"""What German papers put around an article that is not the article: offers, appeals, notes on themselves.

A form is how a paragraph opens and what it must say further on; both together are what a report never says: an
imperative to the reader beside a product, or the publisher's own text as the subject.
"""

from __future__ import annotations

import re

_TEXT = "(?:Artikel|Beitrag|Text|Bericht|Recherche|Reportage|Interview|Serie|Podcast|Inhalt|Publikation|Meldung)s?"
_THIS = rf"(?:Diese[rsn]?|Unsere?)\s{_TEXT}"
_OWN = "(?:Artikel|Beitrag|Text|Recherche|Reportage|Serie|Podcast|Publikation)"
"""What a paper says of its own work. A report or a project that somebody paid for may be what the news is about."""
_WHOLE = rf"(?:ganzen?|vollständigen?|kompletten?|vollen?|gesamten?)\s{_TEXT}"
_PAID = r"(?:\w*abo|abos|abonnements?|abonnent(?:en|innen|in)?|plus|premium|\w+pass|e-paper|\w+\s?\+|\w+plus)"
_READ_ON = r"(?:weiter\s?(?:zu)?lesen|alles\slesen|ganzen\s\w+\slesen)"
_SOCIAL = (
    r"(?:\w*newsletter\w*|whatsapp\S*|telegram\S*|instagram|facebook|twitter|podcast|kanal|push\S*|mastodon|bluesky)"
)
_SUPPORT = (
    r"(?:unterstützung|unterstützt|gefördert|förderung|fördermittel\w*|\w*stipendi\w+|finanziert|kooperation|"
    r"zusammenarbeit|ermöglicht)"
)
_CODE = (
    r"(?:redaktionskodex|redaktionsstatut|pressekodex|qualitätsrichtlinien|"
    r"(?:redaktionell|journalistisch|publizistisch)e[nr]?\s(?:leitlinien|standards|richtlinien|grundsätze)\w*)"
)
_OUR_PEOPLE = r"(?:journalist|redaktion|redakteur|autor|reporter|korrespondent)\w*"
_TRADE = (
    r"(?:\w*(?:journalist|korrespondent|reporter|redakteur|autor|wissenschaftler|forscher|historiker|fotograf|referent|"
    r"mitarbeiter|dozent|volontär|analyst|professor)(?:in)?|\w*expert(?:e|in)|ethnolog(?:e|in)|publizist(?:in)?|"
    r"berichtet|schreibt|forscht|lehrt|studiert|promoviert|arbeitet)"
)
_NAME = r"(?-i:[A-ZÄÖÜ][\w.’'-]+)"


def _pattern(*forms: tuple[str, str]) -> re.Pattern[str]:
    """Finds a text that opens as the first of a pair says and has the second as words further on; empty: it ends."""
    ends = [rf"(?!\w).*(?<!\w)(?:{later})(?!\w)" if later else r"[.!?:…]*$" for _, later in forms]
    parts = [f"(?:{opening}){end}" for (opening, _), end in zip(forms, ends, strict=True)]
    return re.compile(rf"\s*(?:{'|'.join(parts)})", re.IGNORECASE | re.DOTALL)


PAYWALL = _pattern(
    (r"(?:Sie\s(?:möchten|wollen)|(?:Möchten|Wollen)\sSie|Du\s(?:möchtest|willst)|(?:Möchtest|Willst)\sDu)", _READ_ON),
    (r"(?:Jetzt\s)?weiter\s?lesen", rf"(?:mit|im|als|nach)\b.*(?:{_PAID}|registrierung|anmeldung)"),
    (r"Lesen\sSie\sweiter", rf"(?:mit|im|als|nach)\b.*(?:{_PAID}|registrierung|anmeldung)"),
    (r"(?:Jetzt\s)?weiter\s?lesen", ""),
    (
        r"Jetzt\s(?:mit|testen|abonnieren|lesen|freischalten|kostenlos|gratis|registrieren|alle|für|im|bestellen|sichern|\d+)",
        rf"{_PAID}|gratis|testen|artikel\slesen|weiter\s?lesen|zugang|freischalten",
    ),
    (r"Jetzt\s(?:testen|abonnieren|freischalten|registrieren|weiter\s?lesen|(?:gratis|kostenlos)\stesten)", ""),
    (
        r".{0,160}(?<!\w)(?:gratis|kostenlos|(?:pro|im|/)\s?(?:Monat|Woche|Jahr)|monatlich|wöchentlich)",
        r"kündbar|kündigen|abbestellen",
    ),
    (r"(?:Jederzeit|Monatlich|Flexibel)\skündbar", ""),
    (
        (
            r"(?:Sie\s(?:sind|haben)\s|Du\s(?:bist|hast)\s)?(?:Bereits|Schon)\s(?:eine?n?\s)?(?:\w*abonnent(?:in)?|\w*abo|"
            r"kund(?:e|in)|mitglied|leser(?:in)?|registriert|angemeldet|konto|zugang|plus\S*)\s?(?:[?!:.,|]|und\b|oder\b|dann\b|$)"
        ),
        r"|.*",
    ),
    (r"(?:Bitte\s)?(?:hier|jetzt)\s(?:anmelden|einloggen|registrieren|abonnieren|bestellen|freischalten)", ""),
    (r"(?:Anmelden|Einloggen|Registrieren|Abonnieren|Zum\s(?:Angebot|Abo)|(?:Jetzt\s)?Abo\sabschließen)", ""),
    (
        rf"{_THIS}\s(?:ist|liegt|steht|gehört|befindet\ssich)",
        rf"exklusiv\w*|{_PAID}|bezahlschranke|paywall|kostenpflichtig\w*",
    ),
    (r"(?:Exklusiv|Nur)\s(?:für|mit|im)", rf"{_PAID}|unsere\smitglieder"),
    (r"Registrieren\sSie\ssich", r"lesen|weiter\w*|zugang|artikel"),
    (
        r"(?:Testen|Lesen|Sichern|Bestellen|Abonnieren|Wählen|Registrieren|Schließen|Holen)\sSie",
        rf"{_PAID}|(?:monate?|wochen?|tage)\b.*(?:gratis|kostenlos|euro|€)|(?:voll\w+|unbegrenzt\w*)\szug(?:ang|riff)",
    ),
    (rf"(?:Mit|Im)\s(?:\w+\s)?{_PAID}", r"lesen|zugang|zugriff|testen"),
    (
        rf"Um\s(?:weiter\s?(?:zu\s?)?lesen|diesen\s{_TEXT}|(?:den|das)\s{_WHOLE})",
        rf"anmelden|melden|registrieren|{_PAID}|abonnieren",
    ),
    (rf"(?:Diesen|Den)\s{_TEXT}\s(?:jetzt\s)?(?:weiter\s?)?lesen", r"mit|im"),
    (rf"(?:Den|Das|Die)\s{_WHOLE}", rf"lesen\sSie|{_PAID}|exklusiv|(?:gibt\ses|finden\sSie)\b.*\b(?:heft|ausgabe)"),
    (r"(?:Zugang|Zugriff)\s(?:zu|auf)\s(?:allen?|sämtliche\w*)", r"artikeln?|inhalten?|archiv"),
)

BOILERPLATE = _pattern(
    (
        r"(?:©|\(c\)\s|Copyright\b)",
        r"\d{4}|rechte|\S*(?:verlag|zeitung|redaktion|medien|nachrichten)\w*|GmbH|AG|vorbehalten",
    ),
    (r"Alle\sRechte", r"vorbehalten"),
    (r"(?:Abonnieren|Bestellen|Erhalten|Melden|Folgen|Verpassen|Besuchen|Lesen)\sSie", _SOCIAL),
    (r".{0,120}\bMelden\sSie\ssich", r"\w*newsletter"),
    (r"(?:Jetzt|Hier)\s(?:geht|kostenlos|anmelden|abonnieren|den|unseren|zum|für|können)", r"\w*newsletter"),
    (
        r"(?:Unser|Mit\sunserem|Der|Zum|Kostenlose\w*|Täglich\w*)?\s?(?:\S+\s)?\S*Newsletter",
        r"informiert|informieren|bringt|hält|liefert|fasst|landet|abonnieren|anmelden|bestellen|Anmeldung",
    ),
    (r"(?:Folgen|Unterstützen|Abonnieren|Besuchen)\sSie", r"uns|unsere?n?"),
    (r"(?:Jetzt\sspenden|Spenden\sSie)", ""),
    (r"(?:Spenden\sSie|Mit\s(?:einer|Ihrer)\sSpende)", r"uns\w*|jetzt|hier|konto|journalismus"),
    (r"Unser\w*\s(?:unabhängige\w*\s)?Journalismus", r"spende\w*|kostet|ermöglich\w+|finanzier\w+|unterstütz\w+"),
    (rf"(?:Diese[rsn]?|Unsere?)\s{_OWN}\s(?:wurde|wird|ist|entstand|entsteht|erhielt|konnte)", _SUPPORT),
    (
        r"(?:Gefördert|Finanziert|Unterstützt|Ermöglicht)\s(?:durch|vo[nm]|mit|aus)[^.]{0,100}",
        r"\w*stiftung|\w*fonds|mitteln|\w*stipendium|\w*förderung",
    ),
    (r"(?:Die\sRecherche|Die\sRecherchen|Die\sReportage|(?:Die\s)?Recherche\sund\sReise)", _SUPPORT),
    (rf".{{0,160}}\b{_CODE}", r"\w+"),
    (rf"(?:Unsere|Die)\s{_OUR_PEOPLE}\s(?:folg|halt|verpflicht|arbeit)\w+", rf"\w*kodex|{_CODE}"),
    (r"(?:Transparenzhinweis|Zur\sTransparenz|Transparenz:|In\seigener\sSache|Offenlegung:)", r"\w+"),
    (rf"Diese[rsn]?\s{_OWN}\s(?:wurde|ist|erschien|erscheint)", r"KI|künstlicher\sIntelligenz|CC\sBY\S*|lizenz"),
    (
        rf"Diese[rsn]?\s{_TEXT}\s(?:ist|erschien|wurde)\s(?:zuerst|zunächst|ursprünglich)",
        r"erschienen|veröffentlicht|publiziert|bei|in",
    ),
    (r"(?:Lizenz:|Creative\sCommons|CC\sBY)", r"\w+"),
    (
        r"(?:Lesen\sSie\s(?:auch|dazu|hierzu|außerdem|mehr\s(?:dazu|zum|auf|unter|in)|mehr:)|Lies\sauch|Auch\sinteressant|Siehe\sauch:|Zum\sThema:)",
        r"\w+",
    ),
    (r"(?:Mehr\s(?:zum\sThema|dazu|Nachrichten)|Das\skönnte\sSie\sauch\sinteressieren|Auch\sinteressant)(?::.*)?", ""),
    (r"(?:Artikel|Beitrag|Seite)\s(?:teilen|drucken|merken|versenden|kommentieren|anhören|vorlesen)", ""),
    (
        r"(?:Teilen|Drucken|Merken|Kommentieren|Kommentare|Anzeige|Werbung|Zur\sStartseite|Nach\soben|Link\skopieren)",
        "",
    ),
    (r"(?:Haben\sSie|Hast\sDu)\b.*\b(?:Fehler|Hinweise?|Anregung\w*)", r"schreib\w*|mail|melden|redaktion"),
)

_AUTHORS = (
    r"(?:(?:Der|Die)\s(?:Gast)?(?:Autor|Verfasser)\w*|"
    r"Unsere?\s(?:Gast)?(?:autor|verfasser|korrespondent|reporter|redakteur|mitarbeiter)\w*)"
)
CLOSING_NOTES = _pattern(
    (r"(?:Zur\sPerson|Zum\sAutor|Zur\sAutorin|Über\s(?:den|die)\sAutor\w*)", r"\w+"),
    (rf"{_AUTHORS}(?:\s{_NAME}){{0,4}},?\s(?:ist|sind|war|lebt|leben|arbeitet|hat)", _TRADE),
    (
        rf"{_AUTHORS}(?:\s{_NAME}){{0,4}},?\s(?:berichtet|schreibt|lehrt|forscht|lebt|arbeitet)",
        r"seit|für|aus|über|in|an",
    ),
    (rf"{_NAME}(?:\s{_NAME}){{1,3}}\sist\s(?:freie[r]?|unsere?|ein\w*\sfreie\w?)", _TRADE),
)

CORRECTION = re.compile(
    r"^\W*(?:(?:Hinweis|Anmerkung) der Redaktion|Anm\. d\. Red\."
    r"|Korrektur(?:hinweis)?\b|Berichtigung\b|Richtigstellung\b)"
    r"|\b[Ii]n (?:einer|der) (?:ersten|früheren|vorherigen|älteren|ursprünglichen) (?:Fassung|Version)\b"
    r"|\b(?:hieß es|stand|schrieben wir)[^.]{0,80}\b(?:fälschlich|irrtümlich|versehentlich)"
)
"""A note that takes back what the article said before: what it repeats is what was wrong."""

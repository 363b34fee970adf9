"""Sentence borders in German news style: raw sentencex against our rules, on a table of tricky cases.

    python benchmarks/segmentation.py

Each case is one text with its sentences divided by " | ". A case is right only if every border is.
"""

from __future__ import annotations

import click
from sentencex import segment as sentencex_segment

from sahelsum.language.packs import pack_of
from sahelsum.segment import split_sentences

CASES = (
    "Im 19. Jahrhundert kamen die Franzosen. | Sie blieben lange.",
    "Der 2. Weltkrieg endete 1945. | Danach begann der Kalte Krieg.",
    "Allein ein Angriff am 1. November hatte 53 Soldaten das Leben gekostet. | Mali trauert.",
    "Papst Johannes Paul II. besuchte Mali. | Das war 1990.",
    "Papst Johannes Paul II. Polen besuchte. | Das war ein Fehler im Satz.",
    "Sie regierten unter Karl V. | Die Macht schwand.",
    "Er wurde 19. | Danach ging er nach Bamako.",
    "Sie kamen im Jahr 2012. | Seither herrscht Krieg.",
    "Die Zahl stieg auf 95. | Das sind mehr als im Vorjahr.",
    "Am 3. 4. 2025 traf er Lawrow. | Diop bedankte sich.",
    "Das Treffen (Moskau, 3.4.2025) war kurz. | Danach reiste Diop ab.",
    "Vom 3. bis 5. Mai tagte die ECOWAS. | Mali fehlte.",
    "Am Freitag, dem 13. Juni, begann es. | Niemand war vorbereitet.",
    "Der 50. Jahrestag wird gefeiert. | Alle kommen.",
    "In seiner 2. Amtszeit regierte er allein. | Die Opposition floh.",
    "Die 3. Division rückte ein. | Die Stadt fiel.",
    "Das Land hat z. B. Gold und Salz. | Es exportiert beides.",
    "Das Land hat z.B. Gold und Salz. | Es exportiert beides.",
    "Beteiligt sind u. a. Mali und Niger. | Tschad fehlt.",
    "Beteiligt sind Mali, Niger u. a. | Die Gespräche laufen.",
    "Die Kosten liegen bei 10 Mio. Euro. | Das ist viel.",
    "Die Kosten liegen bei 10 Mio. | Das ist viel.",
    "Die Hilfe beträgt 1,2 Mrd. Dollar. | Deutschland zahlt mit.",
    "Dr. Müller und Prof. Diallo widersprachen. | Sie forschen in Dakar.",
    "Der Staat bzw. Die Regierung haftet. | So steht es im Gesetz.",
    "Es kamen ca. 300 Menschen. | Viele waren verletzt.",
    "Gold, Salz, Uran usw. werden exportiert. | Öl fehlt.",
    "Sie liefern Waffen, Munition usw. | Das Geld kommt aus Moskau.",
    "Er stammt aus St. Louis im Senegal. | Dort lebt seine Familie.",
    "Präsident John F. Kennedy starb 1963. | Johnson folgte.",
    "J. F. K. wurde ermordet. | Die Welt trauerte.",
    "George W. Bush schickte Soldaten. | Die Zahl blieb geheim.",
    "Nach Nr. 5 folgt Nr. 6. | Dann ist Schluss.",
    "Das regelt Art. 3 Abs. 2 der Verfassung. | Sie gilt seit 2023.",
    "Das Reich entstand im 13. Jh. und zerfiel im 17. Jh. | Danach kamen andere.",
    "Die Stadt wurde 250 v. Chr. gegründet. | Sie liegt am Niger.",
    "Die Stadt bestand schon 250 v. Chr. | Heute ist sie verlassen.",
    "Mehr als 10.000 Menschen starben. | Die meisten waren Zivilisten.",
    "Um 14.30 Uhr fielen Schüsse. | Soldaten riegelten das Viertel ab.",
    "Die Botschaft lautet … wir sind da, wenn ihr es seid. | Das ist neu.",
    "„Wir sind bereit“, sagte er. | „Wir gehen nicht.“",
    "„Geht nach Hause!“, rief er. | Niemand ging.",
    "„Geht nach Hause!“ rief er. | Niemand ging.",
    "»Unsere Zusammenarbeit intensiviert sich«, sagte Lawrow. | »Unsere Soldaten kooperieren«, fügte er hinzu.",
    "»Das ist falsch.« | Er verließ den Saal.",
    "„Sie erkennen an, dass wir den gleichen Feind haben“, fügte er hinzu – in Bezug auf sie. | Mali schwieg.",
    '"Wir sind da." | Er ging zum Wagen.',
    '"Was nun?", fragte die Zeitung. | Keiner wusste es.',
    "Er sagte: „Ich gehe. Du bleibst.“ | Dann ging er.",
    "„Mit Trump liegt alles auf dem Tisch.“ | Die USA prüfen das Abkommen.",
    "(Das war der Plan. Er scheiterte.) | Nun beginnt alles neu.",
    "Die MSA (Bewegung zum Wohle Asawads) meldete dies. | Die Armee schwieg.",
    "Mehr auf www.example.org. | Dort steht alles.",
    "Siehe https://example.org/a.b.html?x=1. | Der Text ist kurz.",
    "Das meldet africa.businessinsider am Montag. | Belege fehlen.",
    "Wer war es? | Niemand weiß es! | Auch die Armee nicht.",
    "Im Gegenteil. | Die Lage wird schlechter.",
    "Die Truppen ziehen ab. | 17 Extremisten wurden getötet.",
    "Sie flohen nach Gao. | al-Qaida reklamierte die Tat.",
    "Gen. Assimi Goïta sprach. | Das Volk hörte zu.",
    "Oberst a. D. Meyer warnt. | Die Lage sei ernst.",
    "Der Konvoi (vgl. Abb. 3) erreichte Bamako. | Die Tankstellen öffneten.",
    "Die Siemens AG & Co. KG liefert. | Der Preis ist geheim.",
    "Es gab Verletzte, d. h. Menschen litten. | Hilfe kam spät.",
    "Am 11. September 2012 geschah es. | Vier Diplomaten starben.",
    "Sie kamen am 3. und 4. Oktober. | Dann war Ruhe.",
    "Ludwig XIV. Frankreichs König war er. | Das ist lange her.",
    "Der UN-Sicherheitsrat tagt … | Doch niemand hört zu.",
    "Seit dem 7. Jahrhundert leben sie dort. | Der Fluss ernährt sie.",
    "Er ist Mitglied Nr. 12. | Die Liste ist geheim.",
    "Sie gewann 3 : 2. | Das Stadion jubelte.",
    "Laut Abs. 4 Satz 1 ist das verboten. | Strafen drohen.",
)


def expected(case: str) -> list[str]:
    """The sentences of a case."""
    return case.split(" | ")


def by_sentencex(case: str) -> list[str]:
    """What raw sentencex makes of a case."""
    pieces = sentencex_segment("de", case.replace(" | ", " "))
    return [piece.strip() for piece in pieces if piece.strip()]


def by_us(case: str) -> list[str]:
    """What our segmenter makes of a case."""
    return [sentence for sentence, _ in split_sentences(case.replace(" | ", " "), pack_of("de"))]


def report() -> str:
    """A table of the cases that either gets wrong, and the shares right."""
    lines = []
    for case in CASES:
        marks = ["right" if split(case) == expected(case) else "WRONG" for split in (by_sentencex, by_us)]
        if "WRONG" in marks:
            lines.append(f"{marks[0]:9}  {marks[1]:5}  {case}")
    totals = [sum(split(case) == expected(case) for case in CASES) for split in (by_sentencex, by_us)]
    share = f"right of {len(CASES)}: sentencex {totals[0]}, sahelsum {totals[1]}"
    return "\n".join(["sentencex  ours   case", *lines, "", share])


@click.command(help=__doc__)
def main() -> None:
    click.echo(report())


if __name__ == "__main__":
    main()

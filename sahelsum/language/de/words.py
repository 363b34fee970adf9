"""Closed word lists of German that more than one stage needs. Data only."""

from __future__ import annotations

from typing import Final

MONTHS: Final[dict[str, int]] = {
    "januar": 1,
    "jänner": 1,
    "februar": 2,
    "märz": 3,
    "april": 4,
    "mai": 5,
    "juni": 6,
    "juli": 7,
    "august": 8,
    "september": 9,
    "oktober": 10,
    "november": 11,
    "dezember": 12,
}

WEEKDAYS: Final[dict[str, int]] = {
    "Montag": 0,
    "Dienstag": 1,
    "Mittwoch": 2,
    "Donnerstag": 3,
    "Freitag": 4,
    "Samstag": 5,
    "Sonnabend": 5,
    "Sonntag": 6,
}
"""Each with its number as ``datetime.date.weekday()`` has it."""

# German capitalises nouns, so a capitalised *function* word inside running text can only open a sentence (or belong to
# a title). That makes these words a sure sign of a sentence start after an ambiguous full stop. Words that are also
# common nouns or names are left out ("Sie" and "Ihr" may be the polite form, but that never follows a full stop).
ARTICLES: Final[frozenset[str]] = frozenset(
    """Der Die Das Dem Den Des Ein Eine Einem Einen Einer Eines Kein Keine Keinem Keinen Keiner
    Dies Diese Diesem Diesen Dieser Dieses Jene Jener Jenes Jede Jeder Jedes Alle Beide Manche Solche
    Mehrere Viele Einige Zahlreiche Wenige""".split()
)
PRONOUNS: Final[frozenset[str]] = frozenset(
    "Er Es Wir Ich Man Wer Was Wie Wo Wann Warum Weshalb Wieso Niemand Jemand Welche Welcher Welches".split()
)
POLITE_OR_THIRD_PERSON: Final[frozenset[str]] = frozenset("Sie Ihr Ihre Ihnen Ihren Ihrem Ihrer".split())
POSSESSIVES: Final[frozenset[str]] = frozenset(
    "Sein Seine Seinem Seinen Seiner Unser Unsere Unseren Mein Meine Dein Deine".split()
)
PREPOSITIONS: Final[frozenset[str]] = frozenset(
    """In Im Am An Auf Aus Bei Beim Durch Gegen Hinter Mit Nach Neben Seit Trotz Um Unter Vom Von Vor Während Wegen
    Zum Zur Zu Zwischen Über Laut Angesichts Aufgrund Anstatt Bis Innerhalb Außerhalb Für Ohne
    Gemäß Ab Entlang""".split()
)
ADVERBS: Final[frozenset[str]] = frozenset(
    """Allerdings Also Anschließend Auch Außerdem Bereits Bisher Bislang Dabei Dadurch Dafür Dagegen Daher Damals Damit
    Danach Daneben Dann Daran Darauf Daraufhin Daraus Darin Darüber Darum Darunter Davon Davor Dazu Dennoch Derzeit
    Deshalb Deswegen Doch Dort Ebenfalls Ebenso Eigentlich Endlich Erst Erstmals Etwa Ferner Folglich Freilich
    Gegenwärtig Gestern Gleichzeitig Gleichwohl Hernach Heute Heutzutage Hier Hierbei Hinzu Hingegen Immer Immerhin
    Indes Indessen Insbesondere Insgesamt Inzwischen Jedoch Jetzt Jüngst Kürzlich Künftig Längst Letztlich
    Mittlerweile Möglicherweise Momentan Morgen Nachdem Nämlich Nicht Noch Nun Nur Offenbar Parallel Plötzlich
    Schließlich Schon Seitdem Seither So Sobald Sodann Sogar Somit Sonst Später Stattdessen Tatsächlich
    Trotzdem Überdies Übrigens Vielleicht Vielmehr Vor Vorher Vorerst Wahrscheinlich Weiter Weiterhin Wieder
    Wohl Zeitgleich Zudem Zuerst Zuletzt Zumal Zunächst Zuvor Zugleich Zusammen Zwar""".split()
)
CONJUNCTIONS: Final[frozenset[str]] = frozenset(
    """Aber Als Bevor Da Dass Denn Ehe Falls Indem Nachdem Ob Obgleich Obwohl Oder Selbst Sobald Sofern Solange Sondern
    Sowohl Und Weder Weil Wenn Entweder""".split()
)
MODAL_VERBS: Final[frozenset[str]] = frozenset(
    "Sollte Sollten Könnte Könnten Würde Würden Wäre Wären Hätte Hätten".split()
)

SENTENCE_OPENERS: Final[frozenset[str]] = (
    ARTICLES | PRONOUNS | POLITE_OR_THIRD_PERSON | POSSESSIVES | PREPOSITIONS | ADVERBS | CONJUNCTIONS | MODAL_VERBS
)

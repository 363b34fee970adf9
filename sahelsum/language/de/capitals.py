"""Headlines in capitals as a model can read them: small words and verbs small, nouns with a capital, names as known.

Which word is a noun only a lexicon could tell. In headlines most are, so what is in no list keeps its first capital:
a model reads a verb with a capital better than a noun without one.
"""

from __future__ import annotations

import re
from functools import cache

from sahelsum.language.de.names import GERMAN_NAMES
from sahelsum.language.de.numberwords import german_word
from sahelsum.language.de.words import SENTENCE_OPENERS
from sahelsum.language.names import known_names
from sahelsum.language.quantities import LOOK_BACK_CHARS

_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_CAPITAL = "A-ZÀ-ÖØ-Þ"
"""With those of names from elsewhere: É, Ç, Ñ."""
_RUN = re.compile(
    rf"(?<![\w’'])[{_CAPITAL}][{_CAPITAL}ẞß’'\d]*+"
    rf"(?:\W++(?=[{_CAPITAL}])[{_CAPITAL}ẞß’'\d]++(?![a-zß-öø-ÿ]))++(?!\w)"
)
MIN_LETTERS = 12
"""A shorter run of capitals may be an abbreviation or two."""
_VERBS = frozenset(
    """ist sind war waren wird werden wurde wurden hat haben hatte hatten soll sollen will wollen kann können
    muss müssen
    darf dürfen tun tut geht gehen kommt kommen bleibt bleiben sagt sagen meldet melden fordert fordern warnt warnen
    droht drohen nimmt nehmen gibt geben lässt lassen steht stehen liegt liegen verbietet verbieten beginnt beginnen
    endet enden stirbt sterben tötet töten greift greifen schlägt schlagen zieht ziehen verlässt verlassen kündigt
    kündigen ruft rufen trifft treffen sucht suchen findet finden verliert verlieren gewinnt gewinnen siegt siegen
    stoppt stoppen schließt schließen öffnet öffnen startet starten erklärt erklären bestätigt bestätigen verurteilt
    kritisiert verhandelt verhandeln berät beraten plant planen baut bauen zahlt zahlen hilft helfen flieht fliehen
    kämpft kämpfen bekämpft besetzt besetzen erobert erobern befreit befreien entführt entführen verhaftet festgenommen
    getötet verletzt gescheitert scheitert scheitern gefunden gestorben beendet beenden macht machen gemacht weiß wissen
    zeigt zeigen hält halten fällt fallen führt führen schickt schicken sendet senden stellt stellen setzt setzen bringt
    bringen dient dienen lebt leben wirft werfen verspricht versprechen weist wächst steigt steigen sinkt
    sinken""".split()
)
_SMALL = frozenset(
    """ein eine einen einem einer eines auf aus bei mit nach von vor zu zum zur für gegen ohne um unter über durch wegen
    und oder aber denn nicht nie kein keine sich als wie auch noch nur schon sehr mehr weniger weiter wieder ab an am im
    in ins vom beim bis seit trotz laut ein aus zurück fest los vor nieder neue neuer neues neuen alte alter
    schwere schwerer schweren tot letzte letzten erste ersten große großer großen vier""".split()
)
_FUNCTION_WORDS = frozenset(word.lower() for word in SENTENCE_OPENERS) | _SMALL | _VERBS
_NO_VOWEL = re.compile(r"[^AEIOUÄÖÜY]+")


def from_capitals(text: str) -> str:
    """The text with its runs of capitals recased; one without any, or with abbreviations alone, as it is."""
    runs = [match for match in _RUN.finditer(text) if _is_headline(match.group())]
    for match in reversed(runs):
        text = text[: match.start()] + _recased(text, match) + text[match.end() :]
    return text


def _is_headline(run: str) -> bool:
    """Whether words stand in a run of capitals that are no names and no abbreviations."""
    words = [word for word in _WORD.findall(run) if not _is_abbreviation(word)]
    known = any(word.lower() in _FUNCTION_WORDS for word in words)
    letters = sum(map(len, words))
    return len(words) > 1 and (letters >= MIN_LETTERS or (known and letters > len(words) * 3))


def _is_abbreviation(word: str) -> bool:
    form = _forms().get(word)
    return word.lower() not in _FUNCTION_WORDS and (form == word or bool(_NO_VOWEL.fullmatch(word)))


def _recased(text: str, match: re.Match[str]) -> str:
    run = match.group()
    before = text[: match.start()].rstrip()
    recased, end = [], 0
    longest = _phrases()
    for word in _WORD.finditer(run):
        if word.start() < end:
            continue
        recased.append(run[end : word.start()])
        phrase = longest.match(run, word.start())
        right_before = run[max(0, word.start() - LOOK_BACK_CHARS) : word.start()].rstrip()
        opens = right_before.endswith((":", ".", "!", "?", "–", "„")) or (not before and word.start() == 0)
        if phrase:
            recased.append(_forms()[phrase.group()])
            end = phrase.end()
        else:
            recased.append(_word(word.group(), opens=opens, joined=run[word.end() : word.end() + 1].isdigit()))
            end = word.end()
    return "".join([*recased, run[end:]])


def _word(word: str, *, opens: bool, joined: bool) -> str:
    lower = word.lower()
    if joined or _is_abbreviation(word):
        return word
    small = lower in _FUNCTION_WORDS or german_word(lower) is not None
    return lower if small and not opens else lower[0].upper() + lower[1:]


@cache
def _forms() -> dict[str, str]:
    """Known names as they stand in capitals, with the form that texts have."""
    entries = known_names().values()
    spelled = {form for entry in entries for form in entry.forms[GERMAN_NAMES.code] if form}
    # Of "Nato" and "NATO" the latter counts: what may be an abbreviation stays one.
    forms = sorted(spelled, key=lambda form: (form.isupper(), form))
    return {_raised(form): form for form in forms if form[0].isupper() and "*" not in form}


def _raised(form: str) -> str:
    return form.replace("ß", "SS").upper()


@cache
def _phrases() -> re.Pattern[str]:
    names = sorted(_forms(), key=len, reverse=True)
    return re.compile(rf"(?:{'|'.join(map(re.escape, names))})(?!\w)")

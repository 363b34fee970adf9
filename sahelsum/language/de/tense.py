"""What is to come in German, and what has been: where English changes the one into the other, the news is another."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.contrasts import Turned
from sahelsum.language.phrases import any_of, whole_words

_STRONG_ENDS = (
    "schlossen|schoben|troffen|griffen|bunden|nommen|gangen|standen|wiesen|hoben|zogen|worfen|brochen|sprochen|boten|"
    "loren|schossen|storben|halten|lassen|geben|fallen|rufen|tragen|laden|fahren|raten|schlagen|worden|stoßen|kommen|"
    "sehen|lesen|legen|funden|wunden|zwungen|wogen|flogen|gessen|fangen|schrieben|trieben|rissen|stritten|schnitten"
)
_INFINITIVE_IN_GE = "gewähren|gewinnen|genehmigen|gestatten|gefährden|gehen|gehören|gelten|gelingen|genießen|gestalten"
_PARTICIPLE = (
    rf"(?!(?:be|ver|er|ent|emp|zer|miss|über|unter|wider|hinter)(?:{_STRONG_ENDS})\b)(?!(?:worden|sein|haben|müssen|sollen|können|dürfen|wollen|mögen)\b)"
    rf"(?!(?!(?:{_INFINITIVE_IN_GE})\b)(?:ab|an|auf|aus|bei|ein|fest|frei|her|hin|mit|nach|nieder|um|vor|weg|zu|zurück|"
    r"zusammen)?ge[a-zäöüß]+en\b)"
)
"""Not before a strong participle, which ends as an infinitive does: then *wird* is a passive."""
_INFINITIVE = (
    rf"{_PARTICIPLE}(?![a-zäöüß]*(?:ischen|lichen|igen|ären|ellen|iven|sten|ten Jahren)\b)[a-zäöüß]{{3,}}(?:en|ern|eln)"
)
_FUTURE = re.compile(
    rf"\b(?:wird|werden)\b(?! (?:wohl|vermutlich|wahrscheinlich))[^.,:;!?()]{{0,160}}?\s{_INFINITIVE}"
    r"(?=[.;!?“«\"]|$|, (?:um|wie|dass|so|sagte|teilte|hieß|wenn|falls|sobald|und)\b)"
)
_OTHER_WERDEN = re.compile(r"\bgeworden\b|\bworden\b|\bwürden?\b|\bwurden?\b|\bdass\b|\bob\b")
_STILL_TO_COME = whole_words(
    any_of(
        "will would shall ’ll 'll won going_to is_to are_to be_to set_to about_to due_to plan* expected expect* "
        "intend* soon tomorrow next future coming shortly later can could might must should wants likely schedul* "
        "promis* pledg* eventually until if when once announc* agree* decid* has_to have_to upcoming want* is are"
    )
)
_HAS_BEEN = whole_words(
    "(?:[a-z]+(?:ated|ended|ished|ured|cted|sed|ced|ked|ted|ded|ved|ned|red|ued|ied|led|ped|yed|med)|left|went|came|took|"
    "began|met|held|sent|built|bought|sold|fell|rose|won|lost|brought|withdrew|made|gave|got|paid|spent|was|were)"
)
_PERFECT = re.compile(
    r"\b(?:hat|haben|hatte|hatten|ist|sind|wurden?|war|waren)\b[^.;!?]{0,160}?"
    r"\b(?:[a-zäöüß]{0,8}ge[a-zäöüß]{2,}(?:t|en)|(?:ein|an|ab|aus|vor|zu)?(?:be|ver|er|ent|zer)[a-zäöüß]+(?:t|en))(?=[.,;!?“«\"]|$)"
)
_GERMAN_TO_COME = whole_words(
    "wird|werden|will|wollen|wolle|sollen?|solle|könnten?|würden?|künftig\\w*|morgen|nächste\\w*|kommende\\w*|bis|bald|"
    "ab|damit|um|angekündigt|versprochen|geplant|vorgesehen|beschlossen|zugesagt|müssen|muss|dürften?|wenn|vereinbart|"
    "bereit|zugestimmt|entschieden|verpflichtet|sicher|gestimmt|[Ww]ille\\w*"
)
_ENGLISH_FUTURE = re.compile(r"\b(?:will|is going to|are going to)\b (?!of\b)", re.IGNORECASE)


def turned_tense(german: str, english: str) -> Iterator[Turned]:
    """A future told as past, and the other way round."""
    if "wird" in german or "werden" in german:
        future = _FUTURE.search(german)
        if future and not _OTHER_WERDEN.search(german) and not _STILL_TO_COME.search(english):
            past = _HAS_BEEN.search(english)
            if past:
                yield Turned("tense", _shortened(future.group()), past.group())
        return
    told = _ENGLISH_FUTURE.search(english)
    past = _PERFECT.search(german) if told else None
    if told and past and not _GERMAN_TO_COME.search(german):
        yield Turned("tense", _shortened(past.group()), told.group().strip())


def _shortened(wording: str) -> str:
    first, *_, last = wording.split()
    return f"{first} … {last}"

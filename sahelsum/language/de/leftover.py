"""German words that a translation left standing."""

from __future__ import annotations

import re

GERMAN_ONLY = frozenset(
    """
    und der das dem ist nicht mit von für auf eine einen einem einer sich wurde wurden auch bei nach zum zur über sind
    haben wird werden durch aus als noch nur oder aber wie dass zwischen gegen unter seit bis wenn sie ich wir ihr
    """.split()
)
"""German function words that are no English words."""
_ALIKE = frozenset(
    """
    absolute abstract absurd active administrative aggressive also alternative anonymous anti apps april archaic
    arms arrogant august baker bald band bang bank basis beginner beige best bilateral bitten bitter bizarre
    blank blind block blond blonde boot brand brave brief bring brutal bunker camp cetera chance change chat
    check chef clan classic clever code container cool countdown crew curate damn dank data deal defensive
    definite definitive demonstrative depressive design destructive device dies digital diverse dominant
    download drill drone drones dual effective elegant element email emotional experimental explosive exquisite
    extensive extreme facto fade fair fallen falls fast fatal favorite fest feudal film filter final finale fine
    firm flat flexible form formal fort fragile frank from fundamental gang gangs genre global gold golden grand
    grave half halt hand handle hell herb high hinder hold horizontal human hunger hybrid ideal ignorant illegal
    immense immun import impotent impulsive inclusive indifferent individual info informative initiative
    innovative instrumental integral intelligent intensive inter intern international internet interview
    interviews intuitive irrational irrelevant irreversible item kamikaze kilo kind label lang last latent
    lateral leader leasing legal legislative level liberal like limit linear links list live lobby location
    loyal lynch manager marginal maritime marketing mass massive match matt maximal medium mental mentor
    messenger mild milder militant minimal minister minus mission mobile model modem moderate moderator modern
    monster monumental moral motto move multilateral multinational naive national native near negative nest
    netto network neutral news nomad nord normal november nude null offensive office offline okay omen online
    open operation operative optimal optional oral orange pair paradox parallel park partner passive patent path
    permanent persistent pest pilot pine pink plan plant plus pool popular portal positive post poster potent
    power practice prima primitive private prominent prompt proportional provider pure qualitative quantitative
    quasi quick quote radio raid rally range rank rapid rating rational raucous real rebel redundant reform
    region regional rein relative relevant remote rental report reports repressive reset rest reverse rigid
    robust roman romantic rosa route routine rund sale same sang sank satt scan script security seller sensible
    separate september server service sexual sexy shared show sing single sinister slogan smart snob software
    solar solo sonor sorry spam sport spot sprang spring squad stand stands stank star stark start state
    statements status still stop stream stress strict string student studio stunt subversive super support surf
    survival sweet swing symbolise symptom system tags task taxi team tender terrible terror test text ticket
    tiger tight titan toast token tolerant tool total tour track trainer transnational transparent travel trend
    trivial true tsunami turbo tweet tycoon unfair unified uniform universal update upgrade urban user utopia
    variable vegan verb verbal version versus vertical veto video viral virtual visa vision vital volt volume
    wage wall wand warlord warm warn website were west wild will wind windows wink with worker workshop worse
    wurst yacht your zero zone zoom
    """.split()
)
"""Words that both languages write alike in lower case."""
_SMALL_WORD = re.compile(r"(?<![\w’'./@-])[a-zäöüß]{4,}+(?![\w’'/@-]|\.\w)")
_NOUN_ENDINGS = "ung(?:en)?|heit(?:en)?|keit(?:en)?|schaft(?:en)?|ität(?:en)?|ismus"
_NOUN = re.compile(rf"(?<=[a-z] )[A-ZÄÖÜ][a-zäöüß]{{3,40}}(?:{_NOUN_ENDINGS})(?![\w-])(?! [A-ZÄÖÜ])")
"""German nouns with an ending that no English word has, unless beside another capital: that is a name."""
_QUOTED = re.compile(r"[“\"«»„‘](?:[^“”\"«»„‘’]{1,200})[”\"«»“’]")


def left_words(german: str, english: str) -> list[str]:
    """Words that stand in both texts: of the small ones those that are no English ones, of the nouns the clear ones.

    A small letter shows that the word is no name. What stands between quotation marks may be a title, and is left out.
    """
    english = _QUOTED.sub(" ", english)
    small = set(_SMALL_WORD.findall(german)) - _ALIKE
    nouns = set(_NOUN.findall(german))
    return [
        *(word for word in dict.fromkeys(_SMALL_WORD.findall(english)) if word in small),
        *(word for word in dict.fromkeys(_NOUN.findall(english)) if word in nouns),
    ]

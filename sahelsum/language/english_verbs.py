"""English words by their root: endings off, irregular verbs as their base form."""

from __future__ import annotations

from functools import lru_cache

from sahelsum.language.english import REMEMBERED_WORDS, folded, stem

BE = frozenset("is are was were be been being am".split())
"""Before a participle: the passive."""

_IRREGULAR = {
    form: base
    for base, forms in (
        entry.split(":")
        for entry in """
        arise:arose,arisen become:became bear:bore,borne begin:began,begun bind:bound bite:bit,bitten blow:blew,blown
        break:broke,broken breed:bred bring:brought build:built burn:burnt buy:bought catch:caught choose:chose,chosen
        come:came creep:crept deal:dealt dig:dug die:died,dying,dies draw:drew,drawn drive:drove,driven
        drink:drank,drunk eat:ate,eaten fall:fell,fallen feed:fed feel:felt fight:fought find:found flee:fled
        fly:flew,flown forbid:forbade,forbidden forget:forgot,forgotten free:freed freeze:froze,frozen get:got,gotten
        give:gave,given go:went,gone,goes grow:grew,grown hang:hung hear:heard hide:hid,hidden hold:held keep:kept
        kneel:knelt know:knew,known lay:laid lead:led leave:left lend:lent lie:lay,lain,lying lose:lost make:made
        mean:meant meet:met outlaw:outlawed overcome:overcame overthrow:overthrew,overthrown pay:paid prove:proven
        ride:rode,ridden ring:rang,rung rise:rose,risen run:ran say:said see:saw,seen seek:sought sell:sold send:sent
        shake:shook,shaken shoot:shot shrink:shrank,shrunk sing:sang,sung sink:sank,sunk sit:sat sleep:slept
        speak:spoke,spoken spend:spent spill:spilt stand:stood steal:stole,stolen stick:stuck strike:struck,stricken
        swear:swore,sworn sweep:swept swim:swam,swum take:took,taken teach:taught tear:tore,torn tell:told
        think:thought throw:threw,thrown tie:tying undergo:underwent,undergone understand:understood
        undertake:undertook,undertaken wear:wore,worn win:won withdraw:withdrew,withdrawn withhold:withheld
        withstand:withstood write:wrote,written man:men woman:women child:children person:people life:lives wife:wives
        half:halves army:armies
        """.split()
    )
    for form in forms.split(",")
}
_UNCHANGED_PAST = frozenset("cut hit hurt let put quit set shed shut spread split cost burst cast bet".split())
_NO_VERBS = frozenset("men women children people lives wives halves armies lay left felt".split())
_MIN_DOUBLED = 4
_DERIVING = (
    "isations izations isation ization ations ation ments ment ities ity ances ance ences ence ians ian ally "
    "ious ions ion ives ive ants ant ents ent ists ist als al ans an ness ly ic ism th y "
).split()
_MIN_FAMILY = 4
"""Letters that must be left: ``nation`` and ``native`` share three."""
PAST_FORMS = frozenset(_IRREGULAR) - _NO_VERBS | _UNCHANGED_PAST


@lru_cache(maxsize=REMEMBERED_WORDS)
def root(word: str) -> str:
    """The word without accents, letter case and endings: ``killed``, ``kills`` → ``kill``; ``took`` → ``tak``."""
    plain = folded(word).removesuffix("’s").removesuffix("’")
    if not plain:
        return word
    if plain.endswith("men") and len(plain) > len("women"):
        plain = f"{plain[:-2]}an"  # "gunmen"
    cut = stem(_IRREGULAR.get(plain, plain))
    doubled = len(cut) >= _MIN_DOUBLED and cut[-1] == cut[-2] and cut[-1] not in "sl"
    return cut[:-1] if doubled else cut.removesuffix("e") if len(cut) > _MIN_DOUBLED else cut


@lru_cache(maxsize=REMEMBERED_WORDS)
def family(word: str) -> str:
    """What words made of one another share: ``election`` and ``elected``. Who is rescued is no rescuer."""
    plain = folded(word).removesuffix("’s").replace("isation", "ization").replace("ise", "ize")
    for ending in _DERIVING:
        if plain.endswith(ending) and len(plain) - len(ending) >= _MIN_FAMILY:
            return root(plain[: -len(ending)]).removesuffix("iz").removesuffix("i")
    return root(plain).removesuffix("iz").removesuffix("i")

"""Whether a place in a German text really is the border between two sentences.

German makes a full stop after a number, an abbreviation or an initial ambiguous. What follows decides: a capitalised
function word ("Die", "Danach") can only open a sentence, while a capitalised noun proves nothing.
"""

from __future__ import annotations

import re

from sahelsum.language.de.words import ARTICLES, MONTHS, SENTENCE_OPENERS

CONTEXT = 40
"""Characters looked at on each side: longer than any abbreviation, and it keeps the whole linear in the text."""

# Abbreviations that never end a sentence: something they belong to has to follow.
_NEVER_FINAL = frozenset(
    """
    dr prof hr fr st bzw vgl sog inkl exkl gen lt oberstlt hptm maj mr mrs ms dipl ing ca evtl ggf bspw zzgl abzgl geb
    gest verh hrsg hl vors stv stellv z.b zb d.h dh u.h i.d.r z.t v.a m.e o.g u.g s.o s.u sen rep gov präs phil rer nat
    med h.c hc vs
    sra mme mlle dt frz engl russ arab lat ehem röm kath evang insg mind zw d.i gem jan feb apr aug sep sept
    okt nov dez col cpl sgt capt adm brig
    frl dres priv doz habil lic msgr rev sekr vizepräs botsch
    gefr uffz stuffz fw ofw hptfw olt oblt genlt genmaj brigadegen vadm kadm kptlt fregkpt
    rd bes allg betr bzgl einschl ausschl entspr jew lfd mtl tgl urspr vorl wiss zus zzt durchschn max
    i.v.m i.s.d i.s.v i.h.v i.z.m i.v a.o u.u u.e m.w z.zt z.z z.hd m.a.w o.a u.zw e.g i.e s.d n.n urt beschl verf
    mär jun jul""".split()
)
# Weekdays: they belong to a date, but "Di" and "So" are also plain words.
_WEEKDAYS = frozenset("Mo Di Mi Do Fr Sa So".split())
# These belong to a number: "Art. 3", but "von neuer Art. Die".
_BEFORE_NUMBER = frozenset(
    """nr nrn art abs unterabs ziff kap no bd bde abb tab anm hft rn rdnr rz tz lit buchst fn pkt anl anh jg sp
    az bl vol
    vers zl pos kl aufl var""".split()
)
# Abbreviations that can end one: only a function word after them shows that they do.
_MAYBE_FINAL = frozenset(
    """usw etc mio mrd tsd jh jhd jhdt chr u.a u.ä o.ä u.v.m d.j d.m n.chr v.chr co inc ltd corp str tel fa gmbh min std
    jr e.v u.s.w bio sek stk zt o.j o.v u.dgl o.dgl kdr btl rgt komp div u.v.a i.r ff a.d uam uä usf ebd a.a.o
    p.a red mill l.a u.s.a d.c""".split()
)
_ABBREVIATION = re.compile(r"(?:^|[\s(\[„“\"»«/–—-])((?:[^\W\d_]+\.\s?){0,3}[^\W\d_]+)\.$")
_INITIAL = re.compile(r"(?:^|[\s(„\"»-])[^\W\d_]\.$")
_ORDINAL = re.compile(
    r"(?:^|(?P<before>[^\W\d_]+[.,]{0,2}|[(/:„“\"–-]|\d+\.(?=\s|[–-])(?:\s?[–-]|\s(?:und|oder|bis))?)\s?)(?P<number>\d{1,3})\.$"
)
_ROMAN_NUMBER = re.compile(r"[IVX]{1,6}")
_ROMAN = re.compile(r"(?:^|(?P<before>[\w’'-]+)\s)(?P<number>[IVX]{1,6})\.$")
_FIRST_WORD = re.compile(r"[\"„“»«‚(\[]*([\w’'-]+)")
_QUOTED_END = re.compile(r"[.!?…][\"“”«»‘’]+$")
_LOWER_CASE_STARTERS = ("al-", "an-", "ar-", "as-", "asch-", "at-", "az-", "el-", "dpa", "iPhone", "eBay", "taz")

# Before an ordinal stands one of these; before a plain number that ends its sentence stands a noun or verb.
_BEFORE_ORDINAL = frozenset(
    """der die das dem den des am im zum zur vom beim ein eine einem einen einer ihr ihre ihrem ihren ihrer sein seine
    seinem seinen seiner jeder jede jedes jeden jedem dieser diese diesem diesen seit bis ab und oder sowie mein unser
    montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag mo di mi do fr sa so
    kein keine wegen""".split()
)
_SHORT_MONTHS = frozenset("Jan Feb Mär Apr Jun Jul Aug Sep Sept Okt Nov Dez".split())
_AFTER_ORDINAL = frozenset(
    """Jahrhundert Jahrhunderts Jahrhunderte Jahrtausend Jahrtausends Weltkrieg Weltkriegs Weltkrieges Geburtstag
    Todestag
    Jahrestag Jahrestages
    Mal Lebensjahr Klasse Stock Etage Platz Rang Tag Woche Monat Quartal Halbjahr Spieltag Runde
    Auflage Kapitel Absatz Artikel Bezirk Arrondissement Division Brigade Bataillon Kompanie Regiment Infanteriedivision
    Fallschirmjägerregiment Legislaturperiode Bundestag Parlament Gipfel Sitzung Amtszeit""".split()
)


def is_border(text: str, start: int) -> bool:
    """Whether a sentence starts at ``text[start]``; white space, and before it the end of a sentence, precede it."""
    left = text[max(0, start - CONTEXT) : start].rstrip()
    right = text[start : start + CONTEXT]
    if "\n" in text[max(0, start - CONTEXT + 1) : start][len(left) :]:
        return True
    found = _FIRST_WORD.match(right)
    word = found[1] if found else ""
    if word[:1].islower() and not word.startswith(_LOWER_CASE_STARTERS):
        return False
    if right[:1] in ",;:–—-/&+":
        return False
    if left.endswith("."):
        return not _stop_belongs_to_word(left, word)
    # Three dots in the middle of a sentence may stand before a noun; before a function word they end one.
    return not left.endswith("…") or word in SENTENCE_OPENERS or not word[:1].isalpha()


def _stop_belongs_to_word(left: str, word: str) -> bool:
    """Whether the full stop marks an abbreviation, ordinal or initial rather than the end of a sentence."""
    opens = word in SENTENCE_OPENERS
    by_abbreviation = _abbreviation_goes_on(left, word)
    if by_abbreviation is not None:
        return by_abbreviation
    if found := _ROMAN.search(left):
        return _roman_goes_on(found["before"] or "", word)
    if found := _INITIAL.search(left):
        return not opens or found.start() == 0  # A single letter that opens a text numbers it: "C. Wenn …".
    if found := _ORDINAL.search(left):
        return _ordinal_goes_on(found["before"] or "", int(found["number"]), word)
    return left.endswith("...") and not opens


def _abbreviation_goes_on(left: str, word: str) -> bool | None:
    """Whether the sentence goes on after the abbreviation ``left`` ends in; None if it ends in none."""
    found = _ABBREVIATION.search(left)
    written = re.sub(r"\s", "", found[1]) if found else ""
    name, last = written.lower(), written.lower().rsplit(".", 1)[-1]
    if last in _BEFORE_NUMBER:
        # Other words with a full stop may stand before: "Es gilt. Art. 12 ist ausgesetzt."
        return word[:1].isdigit() or bool(_ROMAN_NUMBER.fullmatch(word))
    if written.rsplit(".", 1)[-1] in _WEEKDAYS and word[:1].isdigit():
        return True
    if name in _NEVER_FINAL or (last in _NEVER_FINAL and len(last) > 1):
        return True
    if name in _MAYBE_FINAL or last in _MAYBE_FINAL:
        return word not in SENTENCE_OPENERS
    return None


def _roman_goes_on(before: str, word: str) -> bool:
    """Whether the sentence goes on: "Paul II. Polen besuchte" and "Der II. Weltkrieg" do, "unter Karl V. Die" not."""
    return (before[:1].isupper() or before.lower() in _BEFORE_ORDINAL) and word not in SENTENCE_OPENERS


def _ordinal_goes_on(before: str, number: int, word: str) -> bool:
    """Whether the sentence goes on: "Im 19. Jahrhundert" and "am 3. 4. 2025" do, "Er wurde 19. Danach" does not."""
    if word.lower() in MONTHS or word in _SHORT_MONTHS or word in _AFTER_ORDINAL:
        return number <= 31 or word in _AFTER_ORDINAL
    if word.isdigit():
        if len(word) == 3:
            return True  # A number with a space in it: "mehr als 77. 000".
        return number <= 31 and (
            int(word) <= 12 or (len(word) == 4 and number <= 12 and before.endswith((".", "–", "-")))
        )
    if word in SENTENCE_OPENERS or before.rstrip(".").lower() in _BEFORE_NUMBER:
        return False  # "siehe Art. 12. Mali klagt.": the number is that of the article.
    return before.lower() in _BEFORE_ORDINAL or before in ARTICLES or not before or not before[-1].isalpha()

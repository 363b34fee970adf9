"""Forms for both genders as the plain word: a model reads ``Helfer/-innen`` or ``Jede*r`` as anything else."""

from __future__ import annotations

import re

_MARK = r"(?:\*|:|_|·|/-?|’|')"
_PERSON = re.compile(rf"(?<![\w/])((?:[^\W\d_]+-)*[A-ZÄÖÜ][^\W\d_]*?){_MARK}(innen|in)(?![\w*]|:\w|/\w)")
_INNER_CAPITAL = re.compile(
    r"(?<![\w/])((?:[^\W\d_]+-)*[A-ZÄÖÜ][a-zäöüß]+)(?:(?P<many>Innen)|(?<=er|or|nt|st|at|kt|og|eg)In)(?![\w/])"
)
_BRACKETED = re.compile(r"(?<![\w/])((?:[^\W\d_]+-)*[A-ZÄÖÜ][^\W\d_]*)\((innen|in)\)")
_ARTICLE = re.compile(
    rf"(?<![\w/])((?:[Jj]ede|[Ee]ine|[Kk]eine|[Dd]iese|[Jj]ene|[Mm]anche|[Ww]elche|[Aa]ndere|[Ss]eine|[Ii]hre|[Uu]nsere)"
    rf"|[a-zäöüß]+e){_MARK}([rnms])(?![\w*]|:\w|/\w)"
)
_SHORT_ARTICLE = re.compile(
    rf"(?<![\w/])([Kk]?[Ee]in|[Mm]ein|[Ss]ein|[Ii]hr|[Uu]nser){_MARK}(e[rnms]?)(?![\w*]|:\w|/\w)"
)
_PAIR = re.compile(r"(?<![\w/])([Dd])(?:er[/*:_]die|ie[/*:_]der|er[/*:_]ie|ie[/*:_]er)(?!\w)")
_FORM = re.compile(rf"{_MARK}(?:in(?:nen)?|e?[rnms]|e)\b|[a-zäöüß]In(?:nen)?\b|\(in(?:nen)?\)|er[/*:_]die|ie[/*:_]der")
"""All that can make one of the others match."""
_MAYBE_FORM = re.compile(r"[*:_·/’'][a-z-]|[a-zäöüß]In|\(in")
"""Whatever ``_FORM`` finds has one of these in it, which are found in a third of the time."""

_PLURALS_IN_EN = re.compile(
    r"(?:ist|ent|ant|at|et|it|ot|oge|ög|oph|arch|aph|urg|erg|ekt|eug|ert|kund|kolleg|nachfahr|bot|rk|unkt)$",
    re.IGNORECASE,
)
"""Ends of stems that make their plural with ``en``: ``Expert``, ``Kolleg``, ``Journalist``."""
_WITH_UMLAUT = ("ärzt", "ämt", "bäuer", "jüd", "anwält", "köch", "gäst", "rät", "wält")
_SINGULAR = {"ärzt": "arzt", "bäuer": "bauer", "jüd": "jude", "anwält": "anwalt", "köch": "koch", "rät": "rat"}


def plain_persons(text: str) -> str:
    """``MitarbeiterInnen`` as ``Mitarbeiter``, ``Jede*r Bürger*in`` as ``Jeder Bürger``."""
    if not (_MAYBE_FORM.search(text) and _FORM.search(text)):
        return text
    text = _PAIR.sub(r"\1er", text)
    text = _INNER_CAPITAL.sub(lambda match: _person(match[1], plural=bool(match["many"])), text)
    for pattern in (_PERSON, _BRACKETED):
        text = pattern.sub(lambda match: _person(match[1], plural=match[2] == "innen"), text)
    return _SHORT_ARTICLE.sub(r"\1", _ARTICLE.sub(r"\1\2", text))


def _person(stem: str, *, plural: bool) -> str:
    return _several(stem) if plural else _one(stem)


def _several(stem: str) -> str:
    if stem.lower().endswith("bäuer"):
        return f"{stem[:-4]}auern"
    if stem.endswith(("er", "e", "en", "eur", "or")):
        return stem if not stem.endswith(("eur", "or")) else stem + ("e" if stem.endswith("eur") else "en")
    if stem.lower().endswith("jüd"):
        return f"{stem[:-3]}{'J' if stem[-3].isupper() else 'j'}uden"
    return stem + ("en" if _PLURALS_IN_EN.search(stem) and not stem.lower().endswith(_WITH_UMLAUT) else "e")


def _one(stem: str) -> str:
    for umlaut, plain in _SINGULAR.items():
        if stem.lower().endswith(umlaut):
            found = stem[-len(umlaut) :]
            return stem[: -len(umlaut)] + (plain.capitalize() if found[0].isupper() else plain)
    return stem + "e" if re.search(r"(?:kolleg|[oö]log|kund|nachfahr|zeug|experte)$", stem, re.IGNORECASE) else stem

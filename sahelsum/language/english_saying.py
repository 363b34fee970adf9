"""English words that leave a statement with somebody, or open, and with whom they leave it."""

from __future__ import annotations

import re

SAYING = """
    accord* account* acknowledg* accus* add added adding adds admit* alleg* announc* argu* as_per ask* assert*
    assess* assum* assur* believ* blam* call* charg* cite cited cites citing claim* comment* complain* conced*
    conclu* confirm* consider* contend* criti* declar* denied denies deny describ* disclos* document* emphasi*
    estimat* expect* explain* express* finds forecast* found hear* heard hold holds indicat* inform* insist* justif*
    learn* learned maintain* mention* note noted notes noting opinion* point* predict* presum* promis* propos*
    publish* purport* put puts putting quot* rate rated read* recall* recommend* reject* remark* repl* report*
    respon* reveal* rumo* said say* see sees seen shared show* so-called source sources speak* spoke* state* stating
    stress* suggest* suppos* survey* suspect* talk* tell* testi* think* thought told urg* view* vow* warn* word
    words writ* wrote apparent* evident* ostensib* judg* regard* based
"""
"""Words that leave a statement with somebody; a star stands for any ending."""
OPEN = """
    agree* answer* appeal* convinc* could data demand* discuss* fear* figure figures find formula guess*
    hope hoped hopes hoping if information knew know known knows likely may might obvious* pledg* possibl* potential*
    prais* probabl* promot* prosecut* reason* request* saw seem* self-* should studies study thank* threat* want wanted
    wants whether worr* would perhaps are_to is_to was_to were_to
"""
"""Further words that leave a statement open, or tell of somebody's mind."""

_WHO = r"(?:the |its |their |a |an )?(?P<who>[^,;:.()“”\"–—]{2,60}?)"
_CLAIMED_BY = re.compile(
    rf"\b[Aa]ccording to {_WHO}(?=[,;:.()–—]|\s(?:at least|at most|more than|less than|fewer than|up to|about|around|"
    r"some|some of|who|which|that|were|was|have|has|had|are|is|in|on)\b|\s\d|$)"
    r"|\b[Aa]s (?:the )?(?P<paper>[A-Z][\w’&-]*(?:\s[A-Z][\w’&-]*){0,4}) (?:reports?|reported|writes|wrote)\b"
)
"""``according to government sources``, ``as the Washington Post reports``."""


def claimed_by(english: str) -> str:
    """Who says what an English sentence says, as far as it tells; empty if it does not."""
    found = _CLAIMED_BY.search(english)
    return " ".join((found["who"] or found["paper"]).split()) if found else ""

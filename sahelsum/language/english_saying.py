"""English words that leave a statement with somebody, or open. Data only."""

from __future__ import annotations

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

"""What was done to a sentence besides translating it, and sentences that the English has fewer of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sahelsum.language.pack import Pack
from sahelsum.records import Finding, Severity, Translation

NO_WORDS = ("marks", "nothing to translate")
"""Why a text without words stays as it is; any other reason is the language it is in."""


def check_kept(item: Translation) -> Iterator[Finding]:
    """MT-FOREIGN: the sentence is in another language than the article, and stands as it is."""
    if item.kept and item.kept not in NO_WORDS:
        message = f"This sentence is {item.kept}, and stands as it is."
        severity = Severity.INFO if item.kept == "English" else Severity.WARNING
        yield Finding("MT-FOREIGN", severity, message, item.sentence.number, source_value=item.sentence.text)


NUMBER_REPAIRED = "NUM-REPAIRED"


def check_repaired(item: Translation, source: Pack) -> Iterator[Finding]:
    """NUM-REPAIRED: a number or date was put right."""
    for original, before, after in item.repaired:
        message = f"The model wrote “{before}”; the {source.name} has “{original}”, so “{after}” was put in its place."
        values = (original, f"{before} → {after}")
        yield Finding(NUMBER_REPAIRED, Severity.INFO, message, item.sentence.number, None, *values)


def check_pieced(item: Translation, _source: Pack) -> Iterator[Finding]:
    """MT-PIECED: the parts around an address or a name were translated one by one."""
    if item.pieced:
        message = (
            "No wording kept an address, sign or name unchanged, so the parts around it were translated one by one."
        )
        yield Finding("MT-PIECED", Severity.WARNING, message, item.sentence.number, target_value=item.text)


_REST = r"[\"“”«»‘’)\]]*[.!?…]+[\"“”«»‘’)\]]*\s+(?=[\"„“”«»‚‘(\[–—-]*[^\W_])"
_SURE_END = re.compile(rf"[^\W\d_]{_REST}")
"""After a letter: a full stop after a number may make it an ordinal."""
_ANY_END = re.compile(rf"[^\W_]{_REST}".replace(".!?…", ".!?…;"))
"""A semicolon may join in English what were two sentences."""


SENTENCES_LOST = "SENT-LOST"


def check_sentence_ends(item: Translation, source: Pack) -> Iterator[Finding]:
    """SENT-LOST: the text holds several sentences, and the English fewer."""
    if source.is_border is None:
        return
    said = sum(source.is_border(item.sentence.text, end.end()) for end in _SURE_END.finditer(item.sentence.text))
    if not said:
        return
    told = len(_ANY_END.findall(item.text))
    if told < said:
        message = f"The {source.name} has {said + 1} sentences here, the English {told + 1}; one may be missing."
        yield Finding(SENTENCES_LOST, Severity.WARNING, message, item.sentence.number, source_value=item.sentence.text)

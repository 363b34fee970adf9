"""Text that was read in a wrong encoding before it came here: repaired by ftfy, and told.

Source: R. Speer, ftfy (https://pypi.org/project/ftfy/).
"""

from __future__ import annotations

import re

from sahelsum.read import notes
from sahelsum.records import Finding

_SUSPECT = re.compile("[^\x00-\x7f][^\x00-\x7f]|[\x80-\x84\x86-\x9f]|Ã ")
"""What all mojibake has, and most German lines do not: without it ftfy is not loaded."""
_LOST = re.compile("\ufffd+")


def mend_mojibake(text: str) -> tuple[str, tuple[Finding, ...]]:
    """``text`` with ``AuÃŸenminister`` as ``Außenminister``, line by line, and what was done or could not be done."""
    lines = text.split("\n")
    mended = [_mend(line) if _SUSPECT.search(line) else line for line in lines]
    changed = [(before, after) for before, after in zip(lines, mended, strict=True) if before != after]
    findings = [notes.repaired(*_difference(*changed[0]))] if changed else []
    lost = sum(len(_LOST.findall(line)) for line in mended)
    findings += [notes.lost_characters(lost)] if lost else []
    garbled = next((line for line in mended if _SUSPECT.search(line) and _is_bad(line)), None)
    findings += [notes.still_garbled(garbled)] if garbled else []
    return "\n".join(mended), tuple(findings)


def _mend(line: str) -> str:
    import ftfy  # noqa: PLC0415 - only for lines that may need it

    return ftfy.fix_encoding(line) if _is_bad(line) else line


def _is_bad(line: str) -> bool:
    from ftfy.badness import is_bad  # noqa: PLC0415 - as above

    return bool(is_bad(line.replace("\ufffd", "")))


def _difference(before: str, after: str) -> tuple[str, str]:
    """The first words that differ."""
    pairs = zip(before.split(), after.split(), strict=False)
    return next(((old, new) for old, new in pairs if old != new), (before, after))

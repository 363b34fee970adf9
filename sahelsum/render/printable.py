"""What every printer needs, whatever its markup: text that shows what it says."""

from __future__ import annotations

import re

# NUL and other control characters, lone surrogates, and the marks that turn the direction of what follows: an
# article must not be able to show a line in another order than it is stored. They become a visible U+FFFD.
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def clean(text: str) -> str:
    """One line without unprintable characters: white space runs become one space, the ends are stripped."""
    # Most texts are printable throughout, which takes no time to see.
    return " ".join((text if text.isprintable() else _UNPRINTABLE.sub("\ufffd", text)).split())

"""What note-taking programs add to Markdown: links between notes, comments, highlights, footnotes."""

from __future__ import annotations

import re

_CODE = re.compile(
    r"^(?P<fence>`{3,}+|~{3,}+)[^\n]*+\n.*?(?:^(?P=fence)[^\n]*$|\Z)|`[^`\n]+`", re.DOTALL | re.MULTILINE
)
_TAKEN = re.compile(
    r"%%.*?%%|!\[\[[^\[\]\n]{1,300}\]\]|\[\^[^\s\[\]]{1,60}\](?!:)|(?<=\S)[ \t]+\^[A-Za-z0-9-]+[ \t]*$",
    re.DOTALL | re.MULTILINE,
)
_LINK = re.compile(r"\[\[(?P<target>[^\[\]|\n]{1,300})(?:\|(?P<shown>[^\[\]\n]{1,300}))?\]\]")
_HIGHLIGHT = re.compile(r"==(?=\S)(?P<text>[^=\n]+?)(?<=\S)==")
_FOOTNOTE = re.compile(r"^\[\^(?P<name>[^\s\[\]]{1,60})\]:[ \t]*", re.MULTILINE)
_CALLOUT = re.compile(r"^(?P<quote>(?:>[ \t]*)+)\[!(?P<kind>[A-Za-z-]{2,20})\][+-]?[ \t]*", re.MULTILINE)


def without_dialect(body: str) -> tuple[str, list[str]]:
    """Markdown without these marks, their texts kept; and the marks and comments that were taken out.

    Code stays as it is.
    """
    taken: list[str] = []
    pieces: list[str] = []
    start = 0
    for code in _CODE.finditer(body):
        pieces += [_without_marks(body[start : code.start()], taken), code.group()]
        start = code.end()
    return "".join([*pieces, _without_marks(body[start:], taken)]), taken


def _without_marks(text: str, taken: list[str]) -> str:
    def take(found: re.Match[str]) -> str:
        taken.append(" ".join(found.group().split()))
        return ""

    def link(found: re.Match[str]) -> str:
        if found["shown"]:
            taken.append(found["target"])
        return found["shown"] or found["target"]

    def callout(found: re.Match[str]) -> str:
        taken.append(f"[!{found['kind']}]")
        return found["quote"]

    def footnote(found: re.Match[str]) -> str:
        taken.append(found.group().strip())
        return "\n"  # a footnote is a paragraph of its own

    text = _FOOTNOTE.sub(footnote, _CALLOUT.sub(callout, _TAKEN.sub(take, text)))
    return _HIGHLIGHT.sub(lambda found: found["text"], _LINK.sub(link, text))

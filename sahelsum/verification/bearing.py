"""Whether what is denied or open in a group is so in a wording: its *not*, *failed to*, *could*, *plans to*."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sahelsum.language.english_verbs import root
from sahelsum.verification.matching import Group
from sahelsum.verification.reading import MODALS, Word, words_of

_NO = frozenset("not no never none nobody nothing neither nor cannot without hardly".split())
_WEAK_NO = frozenset(
    root(word)
    for word in "deny refuse reject fail lack unable prevent ban avoid stop halt cease decline absent avert forbid "
    "escape miss skip thwart foil rule".split()
)
"""Verbs that deny what follows them; beside a *not* they stand for it."""
_SCOPE = 5
"""Words behind a *not* among which stands what it denies."""
_OPEN = frozenset(
    root(word)
    for word in "plan want intend threaten hope try attempt seek demand urge call ask wish aim propose consider vow "
    "pledge promise agree order expect need offer prepare decide ready if unless whether possible likely due would "
    "warn fear".split()
)
_REAL = frozenset(
    root(word) for word in "manage force begin start continue help use able succeed compel go come had has have".split()
)
"""What they *managed to* do, and *had to* do, they did."""
_CLOSED_MODALS = frozenset({"can", "shall"})


def denials(text: str, group: Group) -> Iterator[str]:
    """Words that only one side denies."""
    own = words_of(text)
    for word in own:
        if not word.content:
            continue
        denied = _denied(own, word)
        others = [
            _denied(group.sentences[number], group.sentences[number][place]) for number, place in group.own_places(word)
        ]
        if not others:
            continue
        if denied == "no" and not any(others):
            yield f"not {word.text}"
        if not denied and all(others) and not _negative(own):
            yield word.text


def _negative(words: Sequence[Word]) -> bool:
    return any(word.plain in _NO or word.root in _WEAK_NO for word in words)


def added_no(text: str, group: Group) -> Iterator[str]:
    """A *not* where nothing in the group denies anything."""
    own = [word.text for word in words_of(text) if word.plain in _NO]
    if own and not any(map(_negative, group.sentences)) and not any(_un(word) for s in group.sentences for word in s):
        yield own[0]


def _un(word: Word) -> bool:
    return word.plain.startswith(("un", "in", "im", "dis", "non")) or word.plain.endswith("less")


def _denied(words: Sequence[Word], word: Word) -> str:
    """``no`` or ``weak`` where something before the word denies it and no other word of content stands between."""
    between = embedded = False
    for before in reversed(words[max(0, word.place - _SCOPE) : word.place]):
        if before.clause != word.clause:
            return ""
        if before.root in _WEAK_NO and word.verb and (embedded or not between):
            return "weak"  # "deny that he took", "failed to take"
        if before.plain in _NO and not between:
            only = before.place + 1 < len(words) and words[before.place + 1].plain in {"only", "just"}
            return "" if only else "no"
        embedded = embedded or before.plain == "that"
        between = between or embedded or before.plain in {"who", "which"} or _parts(before, word)
    return ""


def _parts(before: Word, word: Word) -> bool:
    """Whether a *not* before this word of content does not reach over it."""
    adverb = before.plain.endswith("ly") or (word.verb and before.place + 1 == word.place)
    return before.content and not adverb


def open_as_fact(text: str, group: Group) -> Iterator[str]:
    """Verbs that are plain in the wording and a plan, a demand or a possibility wherever the group has them."""
    own = words_of(text)
    for word in own:
        if not word.content or not (word.verb or _like_verb(own, word)) or _is_open(own, word):
            continue
        places = [place for place in group.places(word) if group.word(place).verb]
        if places and all(_is_open(group.sentences[number], group.word((number, place))) for number, place in places):
            yield word.text


def _like_verb(words: Sequence[Word], word: Word) -> bool:
    """A word that ends like a verb between two others: the present tense of headlines."""
    return word.plain.endswith(("s", "ed")) and 0 < word.place < len(words) - 1 and not word.capital


def _is_open(words: Sequence[Word], word: Word) -> bool:
    for before in reversed(words[max(0, word.place - _SCOPE - 1) : word.place]):
        if before.clause != word.clause:
            break
        if before.root in _REAL:
            return False
        if before.plain in MODALS - _CLOSED_MODALS or before.root in _OPEN or _is_aim(words, before):
            return True
        if before.verb:
            break
    return any(before.root in {"if", "unless", "whether", "would"} for before in words[: word.place])


def _is_aim(words: Sequence[Word], word: Word) -> bool:
    """A *to* before a verb, but for what somebody had or managed to do."""
    return word.plain == "to" and not (word.place and words[word.place - 1].root in _REAL)

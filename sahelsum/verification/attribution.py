"""Whether a wording leaves with somebody what its group has as somebody's word, and with the same somebody."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from sahelsum.language.english_saying import SAYING
from sahelsum.language.phrases import any_of, whole_words
from sahelsum.verification.matching import Group
from sahelsum.verification.reading import Word, words_of

_CLAIMED = whole_words(
    any_of(
        "said say says saying spoke speak* puts according alleg* reportedly claim claims claimed accus* suspect* "
        "believ* den* confirm* warned "
        "estimate* presum* suppos* apparently purport* rumour* insist* told tells stated explained "
        "argue* writes wrote blame* allegation* accusation* cited announced added complain* assum* reported thinks "
        "described emphasised emphasized asserted alleges assert* criticised criticized fears"
    ).replace("den\\w*", "denie[sd]|deny")
)
_QUOTED = re.compile(r"[“”\"„]")
_LEAVING = whole_words(
    any_of(
        "announc* call* pledg* vow* urg* promis* consider* regard* suggest* reveal* admit* acknowledg* expect* "
        "conclud* condemn* praise* welcom* agree* thought seen demand* want* hope* report* see sees"
    )
)
"""Further words of a wording that leave a statement with somebody."""
_SAYING = re.compile(any_of(f"{SAYING} calculat* find show"))
_FEWEST_WORDS = 2
"""Words of content that a wording has from nowhere but a claim."""
_HOLDER = 8
"""Words on either side of a word of saying among which stands who says it."""


def lost_claims(text: str, group: Group) -> Iterator[str]:
    """The word of saying of a sentence from whose claim a wording took its content without saying so."""
    if _QUOTED.search(text) or any(map(_carries, words_of(text))):
        return
    content = [word for word in words_of(text) if word.content]
    for number, sentence in enumerate(group.texts):
        claimed = _CLAIMED.search(sentence)
        if claimed and len(_only_there(content, number, group)) >= _FEWEST_WORDS:
            yield claimed.group()


def _carries(word: Word) -> bool:
    """Whether a word leaves a statement with somebody; a name such as *Islamic State* does not."""
    name = word.capital and word.place > 0
    return not name and bool(_CLAIMED.fullmatch(word.plain) or _LEAVING.fullmatch(word.plain))


def _only_there(content: Sequence[Word], number: int, group: Group) -> list[Word]:
    """Words that no sentence has but this one, or others with a claim."""
    claims = {at for at, sentence in enumerate(group.texts) if _CLAIMED.search(sentence)}
    found = []
    for word in content:
        places = group.places(word)
        if places and {at for at, _ in places} <= claims and any(at == number for at, _ in places):
            found.append(word)
    return found


def other_holders(text: str, group: Group) -> Iterator[str]:
    """Who says so in the wording, but in the group not where that is said."""
    words = words_of(text)
    for holder, said in _holders(words):
        names = [word for word in holder if group.places(word)]
        told = _told_in(said, group)
        places = [place for word in names for place in group.places(word)]
        if names and not any(at in told and _beside_saying(group, (at, spot)) for at, spot in places):
            yield " ".join(word.text for word in holder)


def denied_claims(text: str, group: Group) -> Iterator[str]:
    """Who says in the wording what the group has them deny (``Media report a coup, which the government denies``)."""
    words = words_of(text)
    if any(word.plain in _DENYING_WORDS or _DENYING.fullmatch(word.plain) for word in words):
        return
    for holder, _ in _holders(words):
        for number, place in (spot for word in holder for spot in group.own_places(word)):
            if any(_DENYING.fullmatch(word.plain) for word in group.sentences[number][place + 1 : place + 3]):
                yield " ".join(word.text for word in holder)


_DENYING = re.compile(r"den(?:y|ies|ied|ying)|reject\w*|disput\w+")
_DENYING_WORDS = frozenset("not no never".split())


def _told_in(said: Sequence[Word], group: Group) -> set[int]:
    """The sentences that have most of what is said, and those before them: "He announced this" needs the one before."""
    counts = Counter(at for word in said for at in {at for at, _ in group.places(word)})
    most = max(counts.values(), default=0)
    best = {at for at, count in counts.items() if count == most} or set(range(len(group.texts)))
    return best | {at - 1 for at in best} | {at + 1 for at in best if not _has_saying(group, at)}


def _has_saying(group: Group, number: int) -> bool:
    return any(map(_says, group.sentences[number]))


def _holders(words: Sequence[Word]) -> Iterator[tuple[list[Word], list[Word]]]:
    """The words of content of each who is said to say something, and those of what is said."""
    sayings = [word for word in words if word.plain == "according" or (word.root == "say" and word.place)]
    for number, word in enumerate(sayings):
        before, behind = words[max(0, word.place - _HOLDER) : word.place], words[word.place + 1 :]
        holder = _content(behind[:_HOLDER] if word.plain == "according" else before, word.clause)
        start = sayings[number - 1].place + 1 if number else 0
        end = sayings[number + 1].place - 4 if number + 1 < len(sayings) else len(words)
        later = [each for each in words[word.place + 1 : end] if each.content and each not in holder]
        earlier = [each for each in words[start : word.place] if each.content and each not in holder]
        yield holder, max(later, earlier, key=len)


def _content(words: Sequence[Word], clause: int) -> list[Word]:
    found: list[Word] = []
    for word in words:
        if word.clause != clause or (word.verb and found):
            break
        if word.content and not word.verb:
            found.append(word)
    return found


def _beside_saying(group: Group, place: tuple[int, int]) -> bool:
    number, at = place
    words = group.sentences[number]
    if any(map(_says, words[max(0, at - _HOLDER) : at + _HOLDER])):
        return True
    # "He announced this": whom the next sentence speaks of may stand in this one.
    following = group.sentences[number + 1] if number + 1 < len(group.sentences) else ()
    return any(map(_says, following))


def _says(word: Word) -> bool:
    return _SAYING.fullmatch(word.plain) is not None

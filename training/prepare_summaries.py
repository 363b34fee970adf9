"""Prepare the summarizer's lessons: articles and sentences → packed arrays for train.py.

    python training/prepare_summaries.py CORPUS OUT --sentencepiece models/sahelsum-de-en/source.spm [--translated FILE]

The summarizer shortens one sentence at a time. CORPUS holds authored.jsonl.xz (articles with `en`, a list of sentences,
and `summary`) and auth.tsv.xz, gen.tsv.xz, bt.tsv.xz. OUT gets data.npz with three groups, and validation.json with the
articles held out:

    written  a sentence → the clause of a person's summary that rests on it; or the sentence without the parts, see
             below, that the summary does not mention
    trimmed  a sentence → the sentence without some of its relative clauses, appositions, brackets and side clauses
    padded   a sentence with such parts of other sentences put in → the sentence (additive noise, Fevry & Phang 2018,
             arXiv 1809.02669)

--translated names a file with lists of machine-translated sentences, one JSON list for each article of authored.jsonl:
summaries are made of translations, so a second copy of the written lessons starts from those.
"""

from __future__ import annotations

import json
import lzma
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
from prepare import Pair, fold, forbidden, pack, rows_of

from sahelsum.language.english import content_words, english_sentences
from sahelsum.language.english_quantities import english_quantities
from sahelsum.language.names import names_in_english
from sahelsum.language.quantities import missing
from sahelsum.summarization.evidence import Evidence

GROUPS = ("written", "trimmed", "padded")
HELD_OUT = 40
"""Articles kept for choosing between runs; the development set is only looked at for the figures in the card."""
SOURCES = ("auth", "gen", "bt")
MIN_COVERAGE = 0.65
"""A summary sentence whose words its source covers less than this would teach invention."""
MAX_SHARE = 0.95
"""Of the source's words: what is no shorter teaches no shortening."""
WORDS = (12, 60)
MIN_WORDS_LEFT = 7
MOST_PADDED = 2
MENTIONED_SHARE = 0.3
"""A part with a larger share of its content words in the summary is mentioned there."""
TRIMMED_SHARE = 0.8
"""How likely each part is left out: some sentences keep one, so that not all must go."""
Article = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What goes in and what must come out."""

    group: str
    source: str
    target: str


@click.command()
@click.argument("corpus", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("out", type=click.Path(path_type=Path))
@click.option("--sentencepiece", "model", type=click.Path(exists=True, path_type=Path), required=True)
@click.option("--translated", type=click.Path(exists=True, path_type=Path), help="Machine translations, see above.")
@click.option("--keep-out", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Development sets.")
@click.option("--sentences", default=120_000, show_default=True, help="Sentences taken from the parallel text.")
def main(  # noqa: PLR0913, PLR0917 - one parameter for each option
    corpus: Path, out: Path, model: Path, translated: Path | None, keep_out: Path | None, sentences: int
) -> None:
    out.mkdir(parents=True, exist_ok=True)
    chance = random.Random(1)  # noqa: S311 - repeatable, not secret
    with lzma.open(corpus / "authored.jsonl.xz", "rt", encoding="utf-8") as rows:
        articles = [json.loads(row) for row in rows]
    if translated:
        for article, line in zip(articles, translated.read_text(encoding="utf-8").splitlines(), strict=True):
            article["translated"] = json.loads(line)
    held, used = articles[:HELD_OUT], articles[HELD_OUT:]
    (out / "validation.json").write_text(json.dumps(held, ensure_ascii=False), encoding="utf-8")
    banned = forbidden(keep_out) | {fold(sentence) for article in held for sentence in article["en"]}
    plain = usable_sentences(corpus, banned)
    chosen = chance.sample(plain, min(len(plain), sentences))
    lessons = [*(lesson for article in used for lesson in written(article)), *made(chosen, chance)]
    (out / "spm.model").write_bytes(model.read_bytes())
    pairs = [Pair(GROUPS.index(lesson.group), lesson.source, lesson.target) for lesson in lessons]
    click.echo(json.dumps(pack(pairs, model, out / "data.npz", GROUPS)))


def usable_sentences(corpus: Path, banned: frozenset[str]) -> list[str]:
    """English sides that are whole sentences, each once."""
    files = (corpus / f"{name}.tsv.xz" for name in SOURCES)
    sides = (columns[-1] for file in files if file.is_file() for columns in rows_of(file))
    whole = (side for side in sides if side.endswith(".") and side[:1].isupper())
    return list(
        dict.fromkeys(side for side in whole if WORDS[0] <= len(side.split()) <= WORDS[1] and fold(side) not in banned)
    )


def written(article: Article) -> Iterator[Lesson]:
    """Each clause of the summary with the one sentence it rests on, if that has all its names and numbers."""
    versions = [article["en"], article["translated"]] if "translated" in article else [article["en"]]
    evidence = Evidence(dict(enumerate(article["en"])))
    for sentence in english_sentences(article["summary"]):
        for clause in dict.fromkeys((sentence, *clauses(sentence))):
            _, numbers = evidence.cover(clause)
            for text in versions if numbers else []:
                if teaches(text[numbers[0]], clause):
                    yield Lesson("written", text[numbers[0]], clause)
    mentioned = set(content_words(article["summary"]))
    for sentence in (sentence for text in versions for sentence in text):
        shorter = without(sentence, [span for span in removable(sentence) if unmentioned(sentence, span, mentioned)])
        if stands_alone(shorter, sentence):
            yield Lesson("written", sentence, shorter)


def unmentioned(sentence: str, span: tuple[int, int], mentioned: set[str]) -> bool:
    """Whether the summary left this part out: it has few of its content words."""
    words = content_words(sentence[slice(*span)])
    return sum(word in mentioned for word in words) <= MENTIONED_SHARE * len(words)


_CLAUSE_BORDER = re.compile(
    r"(?:;|, (?:and|but|while|though|although|as)|,? and) "
    r"(?=(?:the|a|an|he|she|it|they|its|his|her|their|this|these|some|many|about|at least)\b|[A-Z0-9])"
)
_VERB_LIKE = re.compile(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|may|\w+ed|\w+s)\b")
MIN_CLAUSE_WORDS = 5


def clauses(sentence: str) -> list[str]:
    """Parts of a summary sentence that can stand alone, as sentences; none, if one of them cannot."""
    parts = [part.strip(" .,;") for part in _CLAUSE_BORDER.split(sentence)]
    if len(parts) < 2 or any(len(p.split()) < MIN_CLAUSE_WORDS or not _VERB_LIKE.search(p) for p in parts):
        return []
    return [f"{begun(part)}." for part in parts]


def begun(text: str) -> str:
    """With a capital at its beginning."""
    return text[:1].upper() + text[1:]


def teaches(source: str, target: str) -> bool:
    """Whether the target is shorter than its source, rests on it, and has no name or number that it lacks."""
    shorter = MIN_CLAUSE_WORDS <= len(target.split()) <= MAX_SHARE * len(source.split())
    if not shorter or Evidence({0: source, 1: ""}).cover(target)[0] < MIN_COVERAGE:
        return False
    new_names = names_in_english(target) - names_in_english(source)
    return not new_names and not missing(english_quantities(target), english_quantities(source))


_PARTS = {
    "relative": re.compile(r", (?:which|who|whose|where|in which|to whom|of whom) [^,;:.()“”\"]{8,100}(?=,|\.$)"),
    "brackets": re.compile(r" \([^()]{3,80}\)"),
    "end": re.compile(
        r", (?:while|because|since|after|before|when|as|and|with|including|saying|adding|citing"
        r"|leaving|making|so that|for example|such as|in order to|especially|particularly) [^;:()“”\"]{10,140}(?=\.$)"
    ),
}
_BEGINNING = re.compile(
    r"^(?:After|Before|When|While|Since|As|In addition|However|Moreover|Furthermore|Therefore|Thus|Indeed|Finally|"
    r"Similarly|In|On|At|With|During|For|Because|Until|Last|This)\b[^,;:.()“”\"]{0,80}, "
)
_APPOSITION = re.compile(r"(?<=[a-zé0-9]), (?:an?|the) [^,;:.()“”\"]{5,60}(?=, (?!(?:and|or|an?|the)\b))")


def removable(sentence: str) -> list[tuple[int, int]]:
    """Where the parts are that a shorter sentence can do without, with both of their commas."""
    beginning = _BEGINNING.match(sentence)
    # After "In Mali," a noun between commas is the subject, not an apposition.
    patterns = _PARTS.values() if beginning else (*_PARTS.values(), _APPOSITION)
    spans = [match.span() for pattern in patterns for match in pattern.finditer(sentence)]
    if beginning:
        spans.append(beginning.span())
    closed = [(start, end + (sentence[end : end + 1] == "," and sentence[start] == ",")) for start, end in spans]
    apart: list[tuple[int, int]] = []
    for span in sorted(closed):
        if not apart or span[0] >= apart[-1][1]:
            apart.append(span)
    return apart


def made(sentences: Sequence[str], chance: random.Random) -> Iterator[Lesson]:
    """A trimmed lesson of each sentence that has something to trim, a padded one of each that has not."""
    loose = [s[start:end].rstrip(",") for s in sentences for start, end in removable(s) if start and end < len(s) - 1]
    for sentence in sentences:
        spans = removable(sentence)
        if spans:
            chosen = [span for span in spans if chance.random() < TRIMMED_SHARE] or spans
            target = without(sentence, chosen)
            if stands_alone(target, sentence):
                yield Lesson("trimmed", sentence, target)
        elif loose:
            yield Lesson("padded", padded(sentence, loose, chance), sentence)


_CUT_SHORT = re.compile(r"\b(?:and|or|of|that|to|in|which|the|an?)\.$")


def stands_alone(shorter: str, sentence: str) -> bool:
    """Whether a trimmed sentence is one still, and shorter."""
    return MIN_WORDS_LEFT <= len(shorter.split()) < len(sentence.split()) and not _CUT_SHORT.search(shorter)


def without(sentence: str, spans: Sequence[tuple[int, int]]) -> str:
    """The sentence less those parts."""
    for start, end in reversed(spans):
        sentence = sentence[:start] + sentence[end:]
    return begun(sentence)


_NOUN_END = re.compile(r"(?<=[a-z]{3})(?= (?:of|in|on|to|is|are|was|were|has|have|had|will|would|with|for|by|from)\b)")


def padded(sentence: str, loose: Sequence[str], chance: random.Random) -> str:
    """With parts of other sentences where a noun may end."""
    places = [match.start() for match in _NOUN_END.finditer(sentence)] or [len(sentence) - 1]
    for place in sorted(chance.sample(places, min(len(places), chance.randint(1, MOST_PADDED))), reverse=True):
        part = chance.choice(loose)
        comma = "," if part.startswith(",") and place < len(sentence) - 1 else ""
        sentence = f"{sentence[:place]}{part}{comma}{sentence[place:]}"
    return sentence


if __name__ == "__main__":
    main()

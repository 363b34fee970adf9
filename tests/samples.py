"""Digests built by hand, for the tests of what comes after translation."""

from __future__ import annotations

from dataclasses import replace

from sahelsum.records import (
    Article,
    ArticleDate,
    Block,
    BlockKind,
    DatePrecision,
    Digest,
    Extract,
    ExtractKind,
    Fact,
    FactKind,
    Finding,
    ModelInfo,
    Receipt,
    Sentence,
    Severity,
    Summary,
    SummaryMethod,
    SummarySentence,
    Support,
    Translation,
)

TRANSLATOR = ModelInfo(
    alias="sahelsum-de-en",
    name="Sahelsum German–English",
    revision="bundled",
    licence="Apache-2.0",
    engine="ctranslate2",
    signature="0123456789abcdef" * 4,
)
SUMMARIZER = ModelInfo(
    alias="extractive",
    name="LexRank over the translated sentences",
    revision="",
    licence="Apache-2.0",
    engine="built in",
    signature="",
)
NON_COMMERCIAL = replace(
    TRANSLATOR,
    alias="nllb-200-600m",
    name="NLLB-200 distilled 600M",
    revision="f8d333a098d19b4fd9a8b18f94170487ad3f821d",
    licence="CC-BY-NC-4.0",
    licence_note="The model may not be used commercially.",
)


def translation(number: int, block: int, german: str, english: str) -> Translation:
    return Translation(
        Sentence(number, block, german, " "), english, source_tokens=len(german.split()), target_tokens=9
    )


def make_digest(
    pairs: list[list[tuple[str, str]]],
    *,
    article_id: str = "a",
    title: str = "A title",
    date: ArticleDate | None = None,
    kinds: dict[int, BlockKind] | None = None,
    **changes: object,
) -> Digest:
    """A digest of blocks, each a list of (German, English) sentences; its summary is the first English sentence."""
    blocks = tuple(
        Block(number, (kinds or {}).get(number, BlockKind.PARAGRAPH), " ".join(german for german, _ in sentences))
        for number, sentences in enumerate(pairs, 1)
    )
    flat = [(block, *pair) for block, sentences in enumerate(pairs, 1) for pair in sentences]
    translations = tuple(translation(number, *item) for number, item in enumerate(flat, 1))
    digest = Digest(
        article=Article(article_id, f"{article_id}.txt", "ab" * 32, "utf-8", "de", blocks, date=date),
        title=title,
        title_origin="first sentence",
        translations=translations,
        summary=Summary((SummarySentence(flat[0][2], (1,), Support.STRONG),), SummaryMethod.EXTRACTIVE),
        findings=(),
        receipt=Receipt(len(flat), len(flat), 0, 0, 0, 100, 90),
        translator=TRANSLATOR,
        summarizer=SUMMARIZER,
    )
    return replace(digest, **changes)  # type: ignore[arg-type]


def convoy() -> Digest:
    """A news article with everything a page can show: sub-heading, caption, failure, findings, licence note."""
    digest = make_digest(
        [
            [
                (
                    "Die Junta-nahen Medien atmeten auf, als ein Konvoi die malische Hauptstadt Bamako erreichte.",
                    "Media close to the junta sighed with relief when a convoy reached the Malian capital Bamako.",
                ),
                (
                    "JNIM hat mindestens einhundert Kraftfahrer ermordet.",
                    "JNIM has murdered at least 200 drivers.",
                ),
            ],
            [("Gezielte Anschläge", "Targeted attacks")],
            [
                (
                    "Mali, das seinen Treibstoff zu 95 Prozent importieren muss, war darauf wenig vorbereitet.",
                    "Mali, which has to import 95 percent of its fuel, was poorly prepared for this.",
                ),
                ("Tankstellen standen still.", "[not translated] Tankstellen standen still."),
            ],
            [("Militante Kämpfer in der Wüste (Februar 2018)", "Militant fighters in the desert (February 2018)")],
            [("Am 1. November starben 53 Soldaten.", "On 1 November, 53 soldiers died.")],
        ],
        article_id="000_convoy",
        title="Convoy reaches Bamako",
        date=ArticleDate("2025-11-16", DatePrecision.DAY, "text"),
        kinds={2: BlockKind.HEADING, 4: BlockKind.CAPTION},
        translator=NON_COMMERCIAL,
    )
    failed = replace(digest.translations[4], failure="the model gave an empty translation")
    article = replace(
        digest.article,
        credit="AFP/jW",
        dateline="Bamako",
        url="https://news.example/mali?a=1&b=2",
        extracts=(
            Extract(ExtractKind.DATE, "date 2025-11-16"),
            Extract(ExtractKind.PHOTO_CREDIT, "Souleymane AG ANARA/ AFP"),
        ),
        metadata=(("author", "A. Person"),),
    )
    summary = Summary(
        (
            SummarySentence("A fuel convoy reached Bamako.", (1,), Support.STRONG),
            SummarySentence("Mali imports most of its fuel.", (4, 1), Support.PARTIAL),
            SummarySentence("The blockade is over.", (), Support.NONE),
        ),
        SummaryMethod.ABSTRACTIVE,
    )
    findings = (
        Finding("NUM-LOST", Severity.WARNING, "A number of the German is missing.", 2, None, "einhundert", "200"),
        Finding("MT-FAILED", Severity.ERROR, "This sentence was not translated.", 5),
        Finding("SUM-SUPPORT", Severity.WARNING, "Nothing in the article supports this sentence.", None, 3),
    )
    facts = (
        Fact(FactKind.COUNTRY, "Mali", (1, 3, 4, 5)),
        Fact(FactKind.PLACE, "Bamako", (1,)),
        Fact(FactKind.ARMED_GROUP, "JNIM", (1,)),
        Fact(FactKind.NUMBER, "95 percent of its fuel", (3,)),
        Fact(FactKind.DATE, "1 November", (5,)),
    )
    translations = (*digest.translations[:4], failed, *digest.translations[5:])
    return replace(
        digest,
        article=article,
        translations=translations,
        summary=summary,
        findings=findings,
        facts=facts,
        receipt=Receipt(7, 7, 1, 0, 2, 100, 90),
    )


HOSTILE = (
    "</details><script>alert(1)</script>\n---\n{{ 7*7 }} {% raw %} [[wikilink]] ![x](http://evil.example/p.png) | a | "
    "# `code` <!-- --> &lt; ```js **b** %%c%% $x$ \" ' : \\ \u202e"
)


def hostile(text: str = HOSTILE) -> Digest:
    """A digest in which every string that can come from outside is ``text``."""
    digest = convoy()
    blocks = tuple(replace(block, text=text) for block in digest.article.blocks)
    article = replace(
        digest.article,
        source=text,
        encoding=text,
        credit=text,
        dateline=text,
        title=text,
        url=text,
        blocks=blocks,
        date=ArticleDate(text, DatePrecision.DAY, text),
        extracts=tuple(replace(item, text=text) for item in digest.article.extracts),
        metadata=((text, text),),
    )
    translations = tuple(
        replace(
            item,
            text=text,
            failure=item.failure and text,
            sentence=replace(item.sentence, text=text),
        )
        for item in digest.translations
    )
    summary = replace(
        digest.summary, note=text, sentences=tuple(replace(item, text=text) for item in digest.summary.sentences)
    )
    findings = tuple(
        replace(item, code=text, message=text, source_value=text, target_value=text) for item in digest.findings
    )
    model = ModelInfo(text, text, text, text, text, text, text)
    return replace(
        digest,
        article=article,
        title=text,
        translations=translations,
        summary=summary,
        findings=findings,
        facts=tuple(replace(fact, text=text) for fact in digest.facts),
        translator=model,
        summarizer=model,
    )

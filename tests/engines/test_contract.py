"""What every engine promises, asked of each of them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest

from sahelsum.catalog.cards import EngineName, LocatedModel, Location, Task
from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Engine, search_signature, signature_key
from sahelsum.engines.factory import open_engine
from sahelsum.errors import InputTooLongError
from sahelsum.records import Finish
from tests.standin_server import ChatServer
from tests.tiny_causal import PROMPT, build_tiny_causal
from tests.tiny_models import located, tiny_card

pytestmark = pytest.mark.slow

SENTENCES = [
    "Bamako ist die Hauptstadt.",
    "Es gibt 10.000 Flüchtlinge in dem Land, das seit Jahren von einer Krise erschüttert wird.",
    "Nein.",
    "Moskau.",
    "Die Armee hat nach eigenen Angaben zwölf Kämpfer getötet.",
    "Niger, Mali und Burkina Faso verließen die Staatengemeinschaft im Januar.",
    "Laut Armee kam niemand zu Schaden.",
    "Der Präsident reiste am 1. November ab.",
]
ODD = ["!", "…", "🙂🙃", "x", "„“", "مالي", "a" * 60, " führend", "</s>", "<pad> <unk>", "\u200b", "1.000,5 %", "\t"]
GENERATION = Generation(max_new_tokens=24, length_ratio=1.5, length_margin=4)
ENGINES = (
    "echo",
    "ctranslate2 translator",
    "ctranslate2 summarizer",
    "transformers translator",
    "transformers summarizer",
    "ctranslate2 llama",
    "ctranslate2 qwen3",
    "transformers llama",
    "transformers qwen3",
    "server",
)
LOCAL = [name for name in ENGINES if name not in ("echo", "server")]
Open = Callable[..., Engine]


@pytest.fixture(scope="module")
def server() -> Iterator[ChatServer]:
    with ChatServer() as running:
        yield running


@pytest.fixture(scope="module")
def tiny_causal(tmp_path_factory: pytest.TempPathFactory) -> dict[str, LocatedModel]:
    """Random decoder-only models: one that is asked to translate, one to summarize."""
    models = {}
    for family, task in {"llama": Task.TRANSLATE, "qwen3": Task.SUMMARIZE}.items():
        directory = build_tiny_causal(tmp_path_factory.mktemp("models") / f"tiny-{family}", family)
        models[family] = located(directory, tiny_card(directory, task, family, prompt=PROMPT))
    return models


@pytest.fixture(scope="module")
def openers(
    float32: None,
    tiny_marian: LocatedModel,
    tiny_summarizer: LocatedModel,
    tiny_causal: dict[str, LocatedModel],
    server: ChatServer,
    engine_cache: Path,
) -> dict[str, Open]:
    """Each engine's way to be opened, with optional changes to the search settings."""

    def opener(model: LocatedModel, name: EngineName) -> Open:
        def opened(**changes: Any) -> Engine:
            generation = replace(GENERATION, **changes)
            return open_engine(model, engine=name, generation=generation, workers=1, cache_dir=engine_cache)

        return opened

    card = tiny_card(Path("remote"), Task.TRANSLATE, "server", location=Location(server=server.url, model="m"))
    remote = LocatedModel(card, None, "", "server")
    return {
        "echo": opener(tiny_marian, EngineName.ECHO),
        "ctranslate2 translator": opener(tiny_marian, EngineName.CTRANSLATE2),
        "ctranslate2 summarizer": opener(tiny_summarizer, EngineName.CTRANSLATE2),
        "transformers translator": opener(tiny_marian, EngineName.TRANSFORMERS),
        "transformers summarizer": opener(tiny_summarizer, EngineName.TRANSFORMERS),
        **{
            f"{name} {family}": opener(model, name)
            for family, model in tiny_causal.items()
            for name in (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS)
        },
        "server": opener(remote, EngineName.SERVER),
    }


@pytest.fixture(scope="module")
def engines(openers: dict[str, Open]) -> Iterator[dict[str, Engine]]:
    opened = {name: opener() for name, opener in openers.items()}
    yield opened
    for engine in opened.values():
        engine.close()


def best_texts(engine: Engine, texts: list[str]) -> list[str]:
    return [output.best.text for output in engine.generate(texts)]


@pytest.mark.parametrize("name", ENGINES)
class TestContract:
    @pytest.fixture
    def engine(self, engines: dict[str, Engine], name: str) -> Engine:
        return engines[name]

    def test_one_output_per_input_in_order(self, engine: Engine) -> None:
        outputs = engine.generate(SENTENCES)
        assert [output.source_tokens for output in outputs] == engine.count_tokens(SENTENCES)
        assert len({output.source_tokens for output in outputs}) > 2

    def test_nothing_in_nothing_out(self, engine: Engine) -> None:
        assert engine.generate([]) == []
        assert engine.count_tokens([]) == []

    def test_reversed_input_gives_reversed_output(self, engine: Engine) -> None:
        assert best_texts(engine, SENTENCES[::-1]) == best_texts(engine, SENTENCES)[::-1]

    def test_batch_of_eight_equals_one_by_one(self, engine: Engine) -> None:
        together = engine.generate(SENTENCES)
        alone = [engine.generate([sentence])[0] for sentence in SENTENCES]
        assert [output.best.text for output in together] == [output.best.text for output in alone]
        assert [output.best.finish for output in together] == [output.best.finish for output in alone]

    def test_a_text_over_the_limit_is_refused_and_shown(self, engine: Engine) -> None:
        long = "Wüste und Dürre " * engine.limit_tokens
        with pytest.raises(InputTooLongError, match=r"Wüste und Dürre.*…"):
            engine.generate(["Kurz.", long])

    def test_a_text_at_the_limit_passes(self, engine: Engine) -> None:
        text = ""
        while engine.count_tokens([longer := f"{text} ja".strip()])[0] <= engine.limit_tokens:
            text = longer
        assert len(engine.generate([text])) == 1

    def test_odd_texts_give_one_output_each(self, engine: Engine) -> None:
        outputs = engine.generate(ODD)
        assert len(outputs) == len(ODD)
        assert all(output.hypotheses for output in outputs)

    def test_signature_is_stable_plain_and_complete(self, engine: Engine, openers: dict[str, Open], name: str) -> None:
        assert json.loads(json.dumps(dict(engine.signature))) == dict(engine.signature)
        assert signature_key(openers[name]().signature) == signature_key(engine.signature)
        assert engine.signature["engine"] == name.partition(" ")[0]

    def test_it_can_be_used_after_close(self, openers: dict[str, Open], name: str) -> None:
        engine = openers[name]()
        before = best_texts(engine, SENTENCES[:2])
        engine.close()
        engine.close()
        assert best_texts(engine, SENTENCES[:2]) == before


@pytest.mark.parametrize("name", ENGINES)
def test_every_further_search_keeps_the_contract(engines: dict[str, Engine], name: str) -> None:
    engine = engines[name]
    assert len(engine.further_searches) == (0 if name == "echo" else 1)
    keys = {signature_key(search_signature(engine.signature, search)) for search in engine.further_searches}
    assert len(keys | {signature_key(engine.signature)}) == len(engine.further_searches) + 1
    for search in engine.further_searches:
        together = engine.generate(SENTENCES, search)
        assert [len(output.hypotheses) for output in together] == [search.hypotheses] * len(SENTENCES)
        alone = [engine.generate([sentence], search)[0] for sentence in SENTENCES]
        assert [[h.text for h in output.hypotheses] for output in together] == [
            [h.text for h in output.hypotheses] for output in alone
        ]


@pytest.mark.parametrize("name", LOCAL)
def test_a_further_search_leaves_the_first_as_it_was_and_finds_other_wordings(
    engines: dict[str, Engine], name: str
) -> None:
    engine = engines[name]
    first = best_texts(engine, SENTENCES)
    (search,) = engine.further_searches
    assert [output.best.text for output in engine.generate(SENTENCES, search)] != first
    assert best_texts(engine, SENTENCES) == first


@pytest.mark.parametrize("name", [*LOCAL, "server"])
def test_signature_changes_with_the_settings(openers: dict[str, Open], name: str) -> None:
    changes: list[dict[str, Any]] = [
        {},
        {"beam_size": 2},
        {"length_penalty": 0.5},
        {"max_new_tokens": 23},
        {"no_repeat_ngram": 3},
        {"hypotheses": 2},
    ]
    assert len({signature_key(openers[name](**change).signature) for change in changes}) == len(changes)


@pytest.mark.parametrize("name", LOCAL)
class TestLocalEngines:
    def test_a_looping_model_stops_at_each_rows_own_bound(self, engines: dict[str, Engine], name: str) -> None:
        outputs = engines[name].generate(SENTENCES)
        bounds = [GENERATION.bound(output.source_tokens) for output in outputs]
        assert len(set(bounds)) > 2
        forced = 1 if "summarizer" in name else 0  # BART's first token is written too, but is not text
        cut = [output.best.finish is Finish.LENGTH for output in outputs]
        assert any(cut)
        for output, bound, is_cut in zip(outputs, bounds, cut, strict=True):
            written = output.best.tokens + forced
            assert written == bound if is_cut else written < bound

    def test_n_best_are_distinct_and_ordered(self, openers: dict[str, Open], name: str) -> None:
        for output in openers[name](hypotheses=3).generate(SENTENCES[:3]):
            assert len({hypothesis.text for hypothesis in output.hypotheses}) > 1
            assert len(output.hypotheses) == 3
            # With a length penalty of 1 the model's score is the mean log-probability.
            scores = [hypothesis.mean_logprob or 0.0 for hypothesis in output.hypotheses]
            assert all(later <= earlier + 0.02 for earlier, later in pairwise(scores))

    @pytest.mark.parametrize("beam_size", [1, 4])
    def test_scores_are_mean_log_probabilities(self, openers: dict[str, Open], name: str, beam_size: int) -> None:
        for output in openers[name](beam_size=beam_size, length_penalty=2.0).generate(SENTENCES):
            assert output.best.mean_logprob is not None
            assert -7.0 < output.best.mean_logprob < 0.0

    def test_scores_do_not_depend_on_the_batch(self, engines: dict[str, Engine], name: str) -> None:
        together = [output.best.mean_logprob for output in engines[name].generate(SENTENCES)]
        alone = [engines[name].generate([sentence])[0].best.mean_logprob for sentence in SENTENCES]
        assert together == pytest.approx(alone, abs=1e-4)

    def test_repeats_can_be_forbidden(self, openers: dict[str, Open], name: str) -> None:
        looping = best_texts(openers[name](), SENTENCES)
        assert best_texts(openers[name](no_repeat_ngram=2), SENTENCES) != looping

    def test_special_tokens_leave_no_trace(self, engines: dict[str, Engine], name: str) -> None:
        for text in best_texts(engines[name], SENTENCES + ODD):
            assert not any(mark in text for mark in ("<s>", "</s>", "<pad>", "<unk>", "⁇"))

    def test_white_space_never_reaches_the_model(self, openers: dict[str, Open], name: str) -> None:
        output = openers[name]().generate(["   "])[0]
        assert (output.best.text, output.source_tokens) == ("", 0)

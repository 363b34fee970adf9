"""Two models put the wordings in order: the translator, and one of the opposite direction that judges them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.catalog.cards import LocatedModel, Task
from sahelsum.catalog.folder import ModelFolder, read_model_folder
from sahelsum.engines.backward import BackwardRankedEngine
from sahelsum.engines.base import Signature, signature_key
from sahelsum.engines.budget import TokenBudget
from sahelsum.engines.ctranslate2_conversion import converted
from sahelsum.engines.ctranslate2_scorer import CTranslate2Scorer
from sahelsum.engines.factory import open_scorer
from sahelsum.engines.hardware import Placement
from sahelsum.engines.marian_tokenizer import MarianPieces
from sahelsum.errors import ConfigError
from sahelsum.records import Hypothesis
from tests.fakes import Proposals
from tests.tiny_models import build_tiny_bart_with_marian_pieces, located, tiny_card

PAIRS = [
    ("The army attacked the village.", "Die Armee griff das Dorf an."),
    ("Rain.", "Am Montag zogen vierzig Familien nach Bamako, weil es in der Region keinen Regen gab."),
    ("Forty families moved to Bamako on Monday.", "Am Montag zogen vierzig Familien nach Bamako."),
]


@dataclass
class Judge:
    """A scorer with a score for each English text."""

    scores: dict[str, float]
    asked: list[tuple[str, str]] = field(default_factory=list)
    signature: Signature = field(default_factory=lambda: {"weights_sha256": "0"})
    closed: bool = False

    def score(self, pairs: Sequence[tuple[str, str]]) -> list[float]:
        self.asked += pairs
        return [self.scores[given] for given, _ in pairs]

    def close(self) -> None:
        self.closed = True


def ordered(hypotheses: Sequence[Hypothesis], scores: dict[str, float], weight: float, judged: int) -> list[str]:
    engine = BackwardRankedEngine(Proposals(tuple(hypotheses)), Judge(scores), weight, judged)
    (output,) = engine.generate(["Regen."])
    assert output.source_tokens == 6
    assert output.parts == 2
    return [hypothesis.text for hypothesis in output.hypotheses]


def test_the_second_model_can_overrule_the_first() -> None:
    wordings = [Hypothesis("Rain.", 2, -0.1), Hypothesis("It rained.", 3, -0.2), Hypothesis("Dry.", 2, -0.3)]
    scores = {"Rain.": -3.0, "It rained.": -1.0, "Dry.": -9.0}
    assert ordered(wordings, scores, 0.2, 3) == ["It rained.", "Rain.", "Dry."]
    assert ordered(wordings, scores, 0.01, 3) == ["Rain.", "It rained.", "Dry."]


def test_only_the_first_are_judged_and_the_others_keep_their_places() -> None:
    wordings = [Hypothesis(text, 1, -0.1) for text in "abcd"]
    assert ordered(wordings, {"a": -2.0, "b": -1.0}, 1.0, 2) == ["b", "a", "c", "d"]


@pytest.mark.parametrize("missing", [Hypothesis("b", 1, None), Hypothesis("", 0, -0.1)])
def test_what_cannot_be_compared_stays_in_its_order(missing: Hypothesis) -> None:
    assert ordered([Hypothesis("a", 1, -5.0), missing], {}, 1.0, 4) == ["a", missing.text]


def test_a_single_wording_is_not_judged() -> None:
    assert ordered([Hypothesis("a", 1, -5.0)], {}, 1.0, 4) == ["a"]


@given(st.lists(st.tuples(st.floats(-9, 0), st.floats(-9, 0)), min_size=1, max_size=6), st.integers(2, 8))
def test_no_wording_is_lost(scores: list[tuple[float, float]], judged: int) -> None:
    wordings = [Hypothesis(str(number), 1, own) for number, (own, _) in enumerate(scores)]
    given_scores = {str(number): backward for number, (_, backward) in enumerate(scores)}
    assert sorted(ordered(wordings, given_scores, 0.5, judged)) == sorted(h.text for h in wordings)


def test_each_text_is_judged_by_its_own_source() -> None:
    judge = Judge({"a": -1.0, "b": -1.0})
    engine = BackwardRankedEngine(Proposals((Hypothesis("a", 1, -1.0), Hypothesis("b", 1, -1.0))), judge, 1.0, 2)
    engine.generate(["eins", "zwei"])
    assert judge.asked == [("a", "eins"), ("b", "eins"), ("a", "zwei"), ("b", "zwei")]


def test_signature_and_close_cover_both_models() -> None:
    proposals, judge = Proposals(()), Judge({})
    engine = BackwardRankedEngine(proposals, judge, 0.2, 4)
    keys = {signature_key(engine.signature), signature_key(proposals.signature)}
    keys.add(signature_key(BackwardRankedEngine(proposals, judge, 0.3, 4).signature))
    judge.signature = {"weights_sha256": "1"}
    keys.add(signature_key(engine.signature))
    assert len(keys) == 4
    engine.close()
    assert proposals.closed
    assert judge.closed


def files_of(model: LocatedModel) -> ModelFolder:
    assert model.directory is not None
    return read_model_folder(model.directory)


def scorer_of(model: LocatedModel, cache: Path, *, tokens: int = 1024) -> CTranslate2Scorer:
    """In float32, so that it can be held against PyTorch."""
    files = files_of(model)
    return CTranslate2Scorer(
        signature={},
        open_tokenizer=lambda: MarianPieces(files, model.card),
        find_model=lambda pieces: converted(files, pieces, cache / "model", "float32"),
        placement=Placement("cpu", "float32"),
        workers=2,
        budget=TokenBudget(tokens),
    )


@pytest.fixture(params=["marian", "bart"])
def judging(request: pytest.FixtureRequest, tiny_marian: LocatedModel, tmp_path: Path) -> LocatedModel:
    """A model that can judge: with Marian's tokenizer, whatever it is built like."""
    if request.param == "marian":
        return tiny_marian
    directory = build_tiny_bart_with_marian_pieces(tmp_path / "tiny-bart")
    return located(directory, tiny_card(directory, Task.TRANSLATE, "bart"))


def test_scores_are_those_of_the_model(judging: LocatedModel, tmp_path: Path) -> None:
    import torch
    from transformers import AutoModelForSeq2SeqLM

    scorer = scorer_of(judging, tmp_path)
    model = AutoModelForSeq2SeqLM.from_pretrained(judging.directory).eval()
    pieces = MarianPieces(files_of(judging), judging.card)
    for (given_text, wanted), score in zip(PAIRS, scorer.score(PAIRS), strict=True):
        source = torch.tensor([pieces.ids(pieces.source_tokens(given_text))])
        target = torch.tensor([[*pieces.ids(pieces.target_tokens(wanted)), pieces.special.eos]])
        start = torch.tensor([[model.config.decoder_start_token_id]])
        with torch.inference_mode():
            logits = model(input_ids=source, decoder_input_ids=torch.cat([start, target[:, :-1]], 1)).logits
            if model.config.model_type == "marian":  # the converter takes the padding token out of the vocabulary
                logits[..., model.config.pad_token_id] = -torch.inf
            expected = logits.log_softmax(-1).gather(-1, target.unsqueeze(-1)).mean()
        assert score == pytest.approx(float(expected), abs=1e-3)


def test_scores_do_not_depend_on_the_batch(tiny_marian: LocatedModel, tmp_path: Path) -> None:
    together = scorer_of(tiny_marian, tmp_path).score(PAIRS)
    assert scorer_of(tiny_marian, tmp_path, tokens=1).score(PAIRS) == pytest.approx(together, abs=1e-5)
    assert scorer_of(tiny_marian, tmp_path).score(PAIRS[::-1]) == pytest.approx(together[::-1], abs=1e-5)


def test_a_scorer_can_be_closed_and_used_again(judging: LocatedModel, tmp_path: Path) -> None:
    scorer = open_scorer(judging, device="cpu", cache_dir=tmp_path)
    first = scorer.score(PAIRS)
    scorer.close()
    assert scorer.score(PAIRS) == first
    assert scorer.score([]) == []


def test_another_tokenizer_cannot_judge(tiny_summarizer: LocatedModel, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot judge"):
        open_scorer(tiny_summarizer, cache_dir=tmp_path)

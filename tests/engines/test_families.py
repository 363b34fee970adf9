"""Every architecture, through both runtimes: the same ids, the same scores, in the same precision."""

from __future__ import annotations

from pathlib import Path

import pytest

from sahelsum.catalog.cards import Task
from sahelsum.catalog.folder import ModelFolder, read_model_folder
from sahelsum.catalog.generation import Generation
from sahelsum.engines.ctranslate2_conversion import converted
from sahelsum.engines.ctranslate2_engine import CTranslate2Runtime
from sahelsum.engines.hardware import Placement
from sahelsum.engines.local import Candidate, Row
from sahelsum.engines.tokenizers import open_tokenizer
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.engines.transformers_engine import TransformersRuntime
from tests.tiny_families import build_family
from tests.tiny_models import (
    build_tiny_bart_with_marian_pieces,
    build_tiny_marian,
    build_tiny_summarizer,
    tiny_card,
)

pytestmark = pytest.mark.slow

CODES = {"m2m_100": ("de", "en"), "mbart": ("", "en_XX")}
BUILDERS = {
    "marian": build_tiny_marian,
    "bart": build_tiny_summarizer,
    "bart with Marian's pieces": build_tiny_bart_with_marian_pieces,
}
FAMILIES = (*BUILDERS, "pegasus", "t5", "mbart", "m2m_100")
TEXTS = ["Bamako ist die Hauptstadt.", "Nein.", "Die Armee hat nach eigenen Angaben zwölf Kämpfer getötet.", "Ja, 3 %."]
FLOAT32 = Placement("cpu", "float32")
SETTINGS = [
    Generation(beam_size=1, max_new_tokens=12),
    Generation(beam_size=4, hypotheses=4, max_new_tokens=12),
    Generation(beam_size=3, hypotheses=2, max_new_tokens=12, length_penalty=2.0, no_repeat_ngram=2, min_new_tokens=4),
]


@pytest.fixture(scope="module", params=FAMILIES)
def model(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[ModelFolder, Tokenizer]:
    directory = tmp_path_factory.mktemp("families") / "".join(filter(str.isalnum, request.param.lower()))
    if request.param in BUILDERS:
        BUILDERS[request.param](directory)
    else:
        build_family(request.param, directory)
    source, target = CODES.get(request.param, ("", ""))
    card = tiny_card(directory, Task.TRANSLATE, request.param, source_code=source, target_code=target)
    files = read_model_folder(directory)
    return files, open_tokenizer(files, card)


def rows(tokenizer: Tokenizer, generation: Generation) -> list[Row]:
    pieces = [tokenizer.pieces(text) for text in TEXTS]
    return [Row(tuple(tokenizer.frame(ids)), generation.bound(len(ids))) for ids in pieces]


@pytest.mark.parametrize("generation", SETTINGS, ids=["greedy", "beam 4", "penalties"])
def test_both_runtimes_agree(
    model: tuple[ModelFolder, Tokenizer], generation: Generation, tmp_path_factory: pytest.TempPathFactory
) -> None:
    files, tokenizer = model
    assert files.convertible
    target = tmp_path_factory.getbasetemp() / f"{files.directory.name}-float32"
    converted(files, tokenizer, target, "float32")
    batch = rows(tokenizer, generation)
    fast = CTranslate2Runtime(target, FLOAT32, generation, tokenizer, workers=1).search(batch)
    plain = TransformersRuntime(files, FLOAT32, generation, tokenizer, workers=1).search(batch)
    assert [best_ids(found) for found in fast] == [best_ids(found) for found in plain]
    for one, other in zip(fast, plain, strict=True):
        assert len(one) == len(other) == generation.hypotheses
        if not generation.no_repeat_ngram:  # CTranslate2 takes forbidden repeats out of the probabilities
            assert one[0].mean_logprob == pytest.approx(other[0].mean_logprob, abs=5e-3)
        assert one[0].finish is other[0].finish


def test_beams_share_their_rows_encoder_states(
    model: tuple[ModelFolder, Tokenizer], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The cache that does not move them gives what the library's own does, which moves them at every step."""
    files, tokenizer = model
    generation = Generation(beam_size=4, hypotheses=4, max_new_tokens=12)
    runtime = TransformersRuntime(files, FLOAT32, generation, tokenizer, workers=1)
    batch = rows(tokenizer, generation)
    shared = runtime.search(batch)
    monkeypatch.setattr(TransformersRuntime, "_cache", lambda *_: {})
    assert shared == runtime.search(batch)


def best_ids(found: list[Candidate]) -> tuple[int, ...]:
    return found[0].ids


def test_led_reads_and_writes_within_its_two_windows(tmp_path: Path) -> None:
    directory = build_family("led", tmp_path / "led")
    files = read_model_folder(directory)
    assert (files.longest_source_tokens, files.longest_target_tokens) == (248, 56)
    assert not files.convertible
    tokenizer = open_tokenizer(files, tiny_card(directory, Task.SUMMARIZE, "led"))
    generation = Generation(max_new_tokens=8)
    runtime = TransformersRuntime(files, FLOAT32, generation, tokenizer, workers=1)
    together = runtime.search(rows(tokenizer, generation))
    alone = [runtime.search([row])[0] for row in rows(tokenizer, generation)]
    assert [best_ids(found) for found in together] == [best_ids(found) for found in alone]
    scores = [found[0].mean_logprob for found in alone]
    assert [found[0].mean_logprob for found in together] == pytest.approx(scores, abs=1e-4)

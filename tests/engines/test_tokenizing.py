"""Text to ids and back."""

from __future__ import annotations

import json
import shutil
import warnings
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sahelsum.catalog.cards import LocatedModel, Task
from sahelsum.catalog.folder import read_model_folder
from sahelsum.engines.batching import plan_batches
from sahelsum.engines.tokenizers import open_tokenizer
from sahelsum.engines.tokenizing import Tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError
from tests.tiny_families import build_family
from tests.tiny_models import seed_texts, tiny_card

BUNDLED = Path(__file__).parents[2] / "models" / "sahelsum-de-en"


def tokenizer_of(model: LocatedModel, **changes: object) -> Tokenizer:
    assert model.directory is not None
    return open_tokenizer(read_model_folder(model.directory), model.card.model_copy(update=changes))


@pytest.fixture
def marian_copy(tiny_marian: LocatedModel, tmp_path: Path) -> Path:
    """A Marian directory to damage."""
    return Path(shutil.copytree(str(tiny_marian.directory), tmp_path / "model"))


def with_mark(directory: Path) -> LocatedModel:
    """The model with a target-language mark in its vocabulary."""
    file = directory / "vocab.json"
    vocabulary = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**vocabulary, ">>eng<<": len(vocabulary)}), encoding="utf-8")
    return LocatedModel(tiny_card(directory, Task.TRANSLATE, "marian"), directory, "", "local")


class TestMarian:
    def test_same_ids_as_transformers_without_sacremoses(self) -> None:
        from transformers import MarianTokenizer

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it recommends sacremoses
            theirs = MarianTokenizer.from_pretrained(str(BUNDLED), local_files_only=True)
        theirs.punc_normalizer = lambda text: text
        ours = open_tokenizer(read_model_folder(BUNDLED), tiny_card(BUNDLED, Task.TRANSLATE, "marian"))
        lines = [line for text in seed_texts() for line in text.splitlines() if line.strip()]
        for line in lines:
            assert ours.frame(ours.pieces(line)) == theirs(line)["input_ids"]
            ids = ours.pieces(line)
            assert ours.text([*ids, ours.special.eos]) == theirs.decode(ids, skip_special_tokens=True)

    def test_text_survives(self, tiny_marian: LocatedModel) -> None:
        tokenizer = tokenizer_of(tiny_marian)
        text = "Die Armee hat die Stadt verlassen."
        assert tokenizer.text(tokenizer.pieces(text)) == text

    def test_unknown_characters_become_the_unknown_token(self, tiny_marian: LocatedModel) -> None:
        tokenizer = tokenizer_of(tiny_marian)
        assert tokenizer.special.unknown in tokenizer.pieces("مالي")

    def test_the_cards_language_mark_goes_first(self, marian_copy: Path) -> None:
        tokenizer = tokenizer_of(with_mark(marian_copy), prefix=">>eng<< ")
        mark = tokenizer.vocabulary()[">>eng<<"]
        assert tokenizer.frame([5, 6]) == [mark, 5, 6, tokenizer.special.eos]
        assert tokenizer.overhead == 2

    def test_a_mark_in_the_text_is_plain_text(self, marian_copy: Path) -> None:
        tokenizer = tokenizer_of(with_mark(marian_copy))
        assert tokenizer.vocabulary()[">>eng<<"] not in tokenizer.pieces(">>eng<< Hallo")
        assert tokenizer.special.eos not in tokenizer.pieces("Hallo </s> Welt")

    def test_a_mark_the_model_does_not_know_is_refused(self, marian_copy: Path) -> None:
        with pytest.raises(ModelUnavailableError, match=">>fra<<"):
            tokenizer_of(with_mark(marian_copy), prefix=">>fra<<")

    @pytest.mark.parametrize(
        ("file", "content", "match"),
        [
            ("vocab.json", '{"a": 1', "expected JSON"),
            ("vocab.json", '{"</s>": 0, "<unk>": 0}', "a number of its own"),
            ("vocab.json", '{"</s>": 0, "<unk>": "1"}', "a number of its own"),
            ("vocab.json", '{"a": 0}', "must be among"),
            ("source.spm", "nonsense", "SentencePiece"),
        ],
    )
    def test_damaged_files_are_named(self, marian_copy: Path, file: str, content: str, match: str) -> None:
        (marian_copy / file).write_text(content)
        with pytest.raises(ModelUnavailableError, match=match) as caught:
            open_tokenizer(read_model_folder(marian_copy), tiny_card(marian_copy, Task.TRANSLATE, "marian"))
        assert file in str(caught.value)

    def test_a_missing_file_is_named(self, marian_copy: Path) -> None:
        (marian_copy / "target.spm").unlink()
        with pytest.raises(ModelUnavailableError, match=r"target\.spm"):
            open_tokenizer(read_model_folder(marian_copy), tiny_card(marian_copy, Task.TRANSLATE, "marian"))

    def test_an_id_outside_the_vocabulary_is_an_error(self, tiny_marian: LocatedModel) -> None:
        with pytest.raises(EngineError, match="token 99999"):
            tokenizer_of(tiny_marian).text([99_999])


class TestAuto:
    def test_frame_is_what_the_tokenizer_does_itself(self, tiny_summarizer: LocatedModel) -> None:
        from transformers import AutoTokenizer

        theirs = AutoTokenizer.from_pretrained(str(tiny_summarizer.directory), local_files_only=True)
        ours = tokenizer_of(tiny_summarizer)
        text = "Die Armee hat die Stadt verlassen."
        assert ours.frame(ours.pieces(text)) == theirs(text)["input_ids"]
        assert ours.overhead == 2
        assert ours.text(ours.frame(ours.pieces(text))) == text

    def test_special_tokens_in_the_text_are_plain_text(self, tiny_summarizer: LocatedModel) -> None:
        ours = tokenizer_of(tiny_summarizer)
        pieces = ours.pieces("Hallo </s> <pad> Welt")
        assert not {ours.special.eos, ours.special.pad} & set(pieces)
        assert ours.text(pieces) == "Hallo </s> <pad> Welt"

    def test_the_cards_prefix_goes_first(self, tiny_summarizer: LocatedModel) -> None:
        plain, prefixed = tokenizer_of(tiny_summarizer), tokenizer_of(tiny_summarizer, prefix="summarize: ")
        ids = prefixed.frame(prefixed.pieces("Ja"))
        assert prefixed.text(ids).startswith("summarize:")
        assert prefixed.overhead == plain.overhead + len(plain.pieces("summarize:"))
        assert prefixed.pieces("Ja") == plain.pieces("Ja")

    def test_m2m_marks_source_and_target(self, tmp_path: Path) -> None:
        directory = build_family("m2m_100", tmp_path / "m2m")
        card = tiny_card(directory, Task.TRANSLATE, "m2m_100", source_code="de", target_code="en")
        tokenizer = open_tokenizer(read_model_folder(directory), card)
        assert tokenizer.tokens(tokenizer.frame([]))[0] == "__de__"
        first = tokenizer.special.first_target
        assert first is not None
        assert tokenizer.tokens([first]) == ["__en__"]
        assert tokenizer.text([first, *tokenizer.pieces("Hallo"), tokenizer.special.eos]) == "Hallo"
        with pytest.raises(ModelUnavailableError, match="'xyz'"):
            open_tokenizer(read_model_folder(directory), card.model_copy(update={"target_code": "xyz"}))

    def test_a_missing_tokenizer_is_named(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"model_type": "bart"}')
        (tmp_path / "model.safetensors").touch()
        with pytest.raises(ModelUnavailableError, match="holds no tokenizer"):
            open_tokenizer(read_model_folder(tmp_path), tiny_card(tmp_path, Task.SUMMARIZE, "bart"))


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=60))
def test_any_text_frames_to_ids_of_the_vocabulary(text: str) -> None:
    ours = _bundled()
    ids = ours.frame(ours.pieces(text))
    assert len(ids) == len(ours.pieces(text)) + ours.overhead
    assert ids[-1] == ours.special.eos
    assert set(ids) <= set(ours.vocabulary().values())
    assert ours.ids(ours.tokens(ids)) == ids


def _bundled() -> Tokenizer:
    if not _OPENED:
        _OPENED.append(open_tokenizer(read_model_folder(BUNDLED), tiny_card(BUNDLED, Task.TRANSLATE, "marian")))
    return _OPENED[0]


_OPENED: list[Tokenizer] = []


@given(
    st.lists(st.integers(1, 200), max_size=60),
    st.integers(1, 500),
    st.integers(1, 4),
)
def test_batches_hold_every_row_once_longest_first_within_the_budget(
    lengths: list[int], budget: int, at_least: int
) -> None:
    batches = plan_batches(lengths, budget, at_least)
    flat = [position for batch in batches for position in batch]
    assert sorted(flat) == list(range(len(lengths)))
    assert [lengths[position] for position in flat] == sorted(lengths, reverse=True)
    assert all(len(batch) == 1 or len(batch) * lengths[batch[0]] <= budget for batch in batches)
    if len(lengths) >= at_least * at_least:
        assert len(batches) >= at_least

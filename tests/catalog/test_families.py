"""The table of model families, and what is read in a model's folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import EngineName, Task
from sahelsum.catalog.families import FAMILIES, family_of
from sahelsum.catalog.folder import ModelFolder, read_model_folder
from sahelsum.catalog.localcard import card_for_directory
from sahelsum.errors import ModelUnavailableError
from tests.model_folders import model_folder


def read(folder: Path, **config: object) -> ModelFolder:
    return read_model_folder(model_folder(folder, **config))  # type: ignore[arg-type]


def test_every_architecture_has_one_row_and_transformers_knows_it() -> None:
    from transformers import CONFIG_MAPPING

    names = [name for family in FAMILIES for name in family.model_types]
    assert len(set(names)) == len(names)
    assert [name for name in names if name not in CONFIG_MAPPING] == []


def test_every_shipped_card_names_a_row_of_the_table_or_a_server() -> None:
    for card in Catalog.load(user_dir=Path("no such folder")).cards():
        family = None if card.family == "server" else family_of(card.family, card.alias)
        if EngineName.CTRANSLATE2 in card.engines:
            assert family is not None
            assert family.converts, card.alias


@pytest.mark.parametrize("model_type", ["gpt2", "", "marian "])
def test_an_unknown_architecture_is_named_with_those_that_there_are(tmp_path: Path, model_type: str) -> None:
    with pytest.raises(ModelUnavailableError, match=rf"config\.json: model_type '{model_type}'.*Expected.*marian"):
        read(tmp_path / "model", model_type=model_type)


def test_a_second_vocabulary_is_seen_in_the_configuration_and_in_the_files(tmp_path: Path) -> None:
    assert read(tmp_path / "one").convertible
    assert not read(tmp_path / "two", share_encoder_decoder_embeddings=False).convertible
    (tmp_path / "one" / "target_vocab.json").write_text("{}")
    assert not read_model_folder(tmp_path / "one").convertible


def test_mbart_converts_with_the_tokenizer_of_fifty_languages_alone(tmp_path: Path) -> None:
    assert read(tmp_path / "50", model_type="mbart", tokenizer_class="MBart50Tokenizer").convertible
    assert not read(tmp_path / "25", model_type="mbart", tokenizer_class="MBartTokenizer").convertible
    assert not read(tmp_path / "unsaid", model_type="mbart").convertible


@pytest.mark.parametrize(
    ("config", "converts"),
    [
        ({"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "head_dim": 16}, True),
        ({"model_type": "llama", "hidden_size": 64, "num_attention_heads": 4, "head_dim": 32}, False),
        ({"model_type": "qwen3", "hidden_size": 64, "num_attention_heads": 4, "head_dim": 32}, True),
        ({"model_type": "mistral", "sliding_window": 4096}, False),
        ({"model_type": "mistral", "sliding_window": None}, True),
        ({"model_type": "qwen2", "sliding_window": 4096, "use_sliding_window": False}, True),
        ({"model_type": "gemma3_text"}, False),
    ],
)
def test_what_the_converter_would_get_wrong_is_not_converted(
    tmp_path: Path, config: dict[str, object], converts: bool
) -> None:
    assert read(tmp_path / "model", **config).convertible is converts


def test_a_model_that_sees_pictures_too_tells_of_its_language_model_inside(tmp_path: Path) -> None:
    inner = {"max_position_embeddings": 1000, "model_type": "gemma3_text"}
    found = read(tmp_path / "model", model_type="gemma3", text_config=inner)
    assert (found.model_type, found.window_tokens, found.advised_source_tokens) == ("gemma3", 1000, 500)
    assert (found.longest_source_tokens, found.longest_target_tokens) == (None, None)


def test_the_tokenizer_is_that_of_the_files(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model", model_type="bart")
    assert read_model_folder(folder).marian_pieces
    assert card_for_directory(folder, Task.TRANSLATE).engines == (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS)
    (folder / "source.spm").rename(folder / "sentencepiece.bpe.model")
    assert not read_model_folder(folder).marian_pieces


def test_the_generation_config_goes_before_the_config_and_null_says_nothing(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model", eos_token_id=2, pad_token_id=7, decoder_start_token_id=True)
    generation = {"eos_token_id": [0, 5], "pad_token_id": None, "forced_bos_token_id": -1}
    (folder / "generation_config.json").write_text(json.dumps(generation))
    read_again = read_model_folder(folder)
    assert (read_again.eos_ids, read_again.eos_id, read_again.pad_id) == ((0, 5), 0, 7)
    assert (read_again.decoder_start_id, read_again.forced_first_id) == (None, None)


@pytest.mark.parametrize(
    ("config", "tokenizer", "longest", "advised"),
    [
        ({}, {}, None, 504),
        ({"max_position_embeddings": 256}, {}, 248, 248),
        ({"max_position_embeddings": 1024}, {"model_max_length": 512}, 1016, 504),
        ({"n_positions": 512}, {"model_max_length": 1e30}, None, 504),
        ({"max_position_embeddings": 1024, "max_encoder_position_embeddings": 4096}, {}, 4088, 4088),
        ({"max_position_embeddings": 4}, {}, 1, 8),
    ],
)
def test_windows(
    tmp_path: Path, config: dict[str, object], tokenizer: dict[str, object], longest: int | None, advised: int
) -> None:
    folder = model_folder(tmp_path / "model", **config)  # type: ignore[arg-type]
    (folder / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    found = read_model_folder(folder)
    assert (found.longest_source_tokens, found.advised_source_tokens) == (longest, advised)

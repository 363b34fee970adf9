"""Conversion into the cache, and the bundled model through both runtimes."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sahelsum.catalog.cards import EngineName, LocatedModel, Task
from sahelsum.catalog.folder import read_model_folder
from sahelsum.catalog.generation import Generation
from sahelsum.engines import ctranslate2_conversion as conversion
from sahelsum.engines import ctranslate2_engine
from sahelsum.engines.base import Engine
from sahelsum.engines.factory import open_engine
from sahelsum.engines.tokenizers import open_tokenizer
from sahelsum.errors import EngineError, ModelUnavailableError, OutputError
from tests.near_ties import all_but_near_ties
from tests.tiny_models import located, seed_texts, tiny_card

pytestmark = pytest.mark.slow

BUNDLED = Path(__file__).parents[2] / "models" / "sahelsum-de-en"
SENTENCES = [part for text in seed_texts() for part in re.split(r"(?<=[.!?])\s+", text) if part.strip()]


@pytest.fixture(scope="module")
def bundled() -> LocatedModel:
    return located(BUNDLED, tiny_card(BUNDLED, Task.TRANSLATE, "marian", limit_tokens=240))


def opened(model: LocatedModel, cache: Path, engine: str = "ctranslate2", **changes: Any) -> Engine:
    generation = replace(Generation(), **changes)
    return open_engine(model, engine=EngineName(engine), generation=generation, cache_dir=cache)


class TestBundledModel:
    @pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
    def test_known_sentence_known_words(self, bundled: LocatedModel, engine_cache: Path, engine: str) -> None:
        text = opened(bundled, engine_cache, engine).generate(["Bamako ist die Hauptstadt."])[0].best.text
        assert text == "Bamako is the capital."

    def test_int8_texts_do_not_depend_on_their_batch(self, bundled: LocatedModel, engine_cache: Path) -> None:
        engine = opened(bundled, engine_cache)
        together = texts(engine, SENTENCES)
        assert len(together) > 100
        assert all_but_near_ties(texts(engine, SENTENCES[::-1]), together[::-1])
        chunks = [SENTENCES[start : start + 32] for start in range(0, len(SENTENCES), 32)]
        assert all_but_near_ties([text for chunk in chunks for text in texts(engine, chunk)], together)
        alone = SENTENCES[::4]
        assert all_but_near_ties([texts(engine, [sentence])[0] for sentence in alone], together[::4])

    def test_two_calls_side_by_side_open_one_model_and_give_the_same(
        self, bundled: LocatedModel, engine_cache: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        loaded: list[Path] = []
        load = ctranslate2_engine.load_translator
        monkeypatch.setattr(
            ctranslate2_engine, "load_translator", lambda path, *rest: loaded.append(path) or load(path, *rest)
        )
        halves = SENTENCES[::2], SENTENCES[1::2]
        engine = opened(bundled, engine_cache)
        with ThreadPoolExecutor(2) as threads:
            side_by_side = list(threads.map(lambda half: texts(engine, half), halves))
        assert len(loaded) == 1
        for beside, half in zip(side_by_side, halves, strict=True):
            assert all_but_near_ties(beside, texts(engine, half))

    def test_texts_do_not_depend_on_the_workers(self, bundled: LocatedModel, engine_cache: Path) -> None:
        outputs = [
            open_engine(bundled, generation=Generation(), workers=workers, cache_dir=engine_cache) for workers in (1, 3)
        ]
        one, three = (texts(engine, SENTENCES[:20]) for engine in outputs)
        assert all_but_near_ties(one, three)

    def test_scores_of_a_search_with_penalty_are_left_out(self, bundled: LocatedModel, engine_cache: Path) -> None:
        model = opened(bundled, engine_cache)
        (search,) = model.further_searches
        (output,) = model.generate(SENTENCES[:1], search)
        assert {hypothesis.mean_logprob for hypothesis in output.hypotheses} == {None}

    def test_a_repetition_penalty_shapes_the_search_not_the_scores(
        self, bundled: LocatedModel, engine_cache: Path
    ) -> None:
        model = opened(bundled, engine_cache, "transformers")
        (search,) = model.further_searches
        wide, penalised = (
            model.generate(SENTENCES[:8], each) for each in (replace(search, repetition_penalty=1.0), search)
        )
        shared = 0
        for plain, other in zip(wide, penalised, strict=True):
            scores = {hypothesis.text: hypothesis.mean_logprob for hypothesis in plain.hypotheses}
            for hypothesis in other.hypotheses:
                if hypothesis.text in scores:
                    shared += 1
                    assert hypothesis.mean_logprob == pytest.approx(scores[hypothesis.text], abs=0.02)
        assert shared >= 3

    def test_a_tight_bound_holds_for_each_row_alone(self, bundled: LocatedModel, engine_cache: Path) -> None:
        """Bounds so tight that many rows run into theirs, in batches whose bound is another."""
        engine = opened(bundled, engine_cache, length_ratio=0.8, length_margin=2)
        together = engine.generate(SENTENCES[:40])
        alone = [engine.generate([sentence])[0] for sentence in SENTENCES[:40]]
        assert all_but_near_ties(*([output.best.text for output in outputs] for outputs in (together, alone)))
        assert {output.best.finish.value for output in together} == {"stop", "length"}


def texts(engine: Engine, inputs: list[str]) -> list[str]:
    return [output.best.text for output in engine.generate(inputs)]


class TestConversion:
    @pytest.fixture
    def cache(self, tmp_path: Path) -> Path:
        return tmp_path / "cache"

    def folder(self, cache: Path) -> Path:
        [folder] = (cache / "ctranslate2").iterdir()
        return folder

    def test_it_happens_once(self, tiny_marian: LocatedModel, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        before = opened(tiny_marian, cache).generate(["Ja."])
        monkeypatch.setattr(conversion, "_convert", never)
        assert opened(tiny_marian, cache).generate(["Ja."]) == before

    def test_other_weights_are_converted_anew(self, tiny_marian: LocatedModel, cache: Path) -> None:
        opened(tiny_marian, cache).generate(["Ja."])
        opened(replace(tiny_marian, weights_sha256="0" * 64), cache).generate(["Ja."])
        assert len(list((cache / "ctranslate2").iterdir())) == 2

    def test_half_made_and_damaged_ones_are_not_used(self, tiny_marian: LocatedModel, cache: Path) -> None:
        before = opened(tiny_marian, cache).generate(["Ja."])
        folder = self.folder(cache)
        half = folder.parent / f".{folder.name}.abc.partial"
        (half / "model").mkdir(parents=True)
        with (folder / "model.bin").open("r+b") as file:
            file.truncate(100)
        assert opened(tiny_marian, cache).generate(["Ja."]) == before
        assert half.exists(), "another process may still be writing it"
        old = time.time() - 2 * 86_400
        os.utime(half, (old, old))
        shutil.rmtree(folder)
        opened(tiny_marian, cache).generate(["Ja."])
        assert not half.exists()

    def test_of_two_at_once_both_can_use_the_result(self, tiny_marian: LocatedModel, cache: Path) -> None:
        script = (
            "import sys\n"
            "from pathlib import Path\n"
            "from sahelsum.catalog.cards import *\n"
            "from sahelsum.catalog.generation import Generation\n"
            "from sahelsum.engines.factory import open_engine\n"
            "model = LocatedModel(ModelCard.model_validate_json(sys.argv[1]), Path(sys.argv[2]), 'a' * 64, 'local')\n"
            "engine = open_engine(model, generation=Generation(max_new_tokens=5), cache_dir=Path(sys.argv[3]))\n"
            "print(engine.generate(['Ja.'])[0].best.text)\n"
        )
        command = [sys.executable, "-c", script, tiny_marian.card.model_dump_json(), str(tiny_marian.directory)]
        running = [
            subprocess.Popen([*command, str(cache)], stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(2)
        ]
        answers = [process.communicate(timeout=120) for process in running]
        assert [process.returncode for process in running] == [0, 0], answers
        assert answers[0][0] == answers[1][0] != b""
        assert conversion.is_complete(self.folder(cache))

    def test_it_loses_the_race_gracefully(self, tiny_marian: LocatedModel, tmp_path: Path) -> None:
        made, target = tmp_path / "made", tmp_path / "target"
        for folder in (made, target):
            folder.mkdir()
            (folder / "model.bin").write_bytes(b"abc")
            (folder / "sahelsum.json").write_text('{"bytes": {"model.bin": 3}}')
        conversion._install(made, target)
        assert conversion.is_complete(target)

    def test_a_model_that_does_not_convert_points_to_transformers(
        self, tiny_marian: LocatedModel, cache: Path, tmp_path: Path
    ) -> None:
        assert tiny_marian.directory is not None
        broken = Path(shutil.copytree(tiny_marian.directory, tmp_path / "broken"))
        config = (broken / "config.json").read_text()
        (broken / "config.json").write_text(
            re.sub(r'"activation_function": "\w+"', '"activation_function": "mish"', config)
        )
        with pytest.raises(EngineError, match="--engine transformers"):
            opened(replace(tiny_marian, directory=broken), cache).generate(["Ja."])
        assert list((cache / "ctranslate2").iterdir()) == []

    @pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
    def test_incomplete_weights_are_refused(
        self, tiny_marian: LocatedModel, cache: Path, tmp_path: Path, engine: str
    ) -> None:
        from safetensors.numpy import load_file, save_file

        assert tiny_marian.directory is not None
        broken = Path(shutil.copytree(tiny_marian.directory, tmp_path / "broken"))
        weights = load_file(broken / "model.safetensors")
        weights.pop(next(name for name in sorted(weights) if "fc1.weight" in name))
        save_file(weights, broken / "model.safetensors", metadata={"format": "pt"})
        with pytest.raises(ModelUnavailableError, match=r"incomplete: 1 weights are missing.*fc1"):
            opened(replace(tiny_marian, directory=broken), cache, engine).generate(["Ja."])

    @pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
    def test_cut_weights_are_refused(self, tiny_marian: LocatedModel, cache: Path, tmp_path: Path, engine: str) -> None:
        assert tiny_marian.directory is not None
        broken = Path(shutil.copytree(tiny_marian.directory, tmp_path / "broken"))
        with (broken / "model.safetensors").open("r+b") as file:
            file.truncate(500)
        with pytest.raises(ModelUnavailableError, match="broken cannot be loaded"):
            opened(replace(tiny_marian, directory=broken), cache, engine).generate(["Ja."])

    def test_a_cache_that_cannot_be_written_is_named(self, tiny_marian: LocatedModel, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        with pytest.raises(OutputError, match="SAHELSUM_CACHE_DIR"):
            opened(tiny_marian, tmp_path / "file").generate(["Ja."])

    def test_keys_differ_by_all_that_shapes_a_conversion(self) -> None:
        keys = {
            conversion.conversion_key(*parts)
            for parts in (
                ("a", "w", "4.8", "int8"),
                ("b", "w", "4.8", "int8"),
                ("a", "x", "4.8", "int8"),
                ("a", "w", "4.9", "int8"),
                ("a", "w", "4.8", "float32"),
            )
        }
        assert len(keys) == 5

    def test_marian_with_two_vocabularies_stays_on_transformers(self, tiny_marian: LocatedModel) -> None:
        assert tiny_marian.directory is not None
        files = read_model_folder(tiny_marian.directory)
        assert files.convertible
        assert not replace(files, shared_vocabulary=False).convertible

    def test_the_converters_view_of_a_marian_vocabulary(self, tiny_marian: LocatedModel) -> None:
        assert tiny_marian.directory is not None
        tokenizer = open_tokenizer(read_model_folder(tiny_marian.directory), tiny_marian.card)
        view = tokenizer.for_converter()
        assert view.convert_ids_to_tokens(0) == "</s>"
        assert view.convert_ids_to_tokens(10**6) is None


def never(*_: object) -> None:
    raise AssertionError("converted again")

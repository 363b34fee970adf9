"""Choosing and signing an engine, where it computes, and that nothing heavy is loaded for it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from importlib import metadata
from pathlib import Path

import pytest

from sahelsum.catalog.cards import EngineName, LocatedModel, Location, SelfTest, Task
from sahelsum.catalog.generation import Generation
from sahelsum.engines import factory, hardware
from sahelsum.engines.base import signature_key
from sahelsum.engines.echo import EchoEngine
from sahelsum.engines.factory import choose_engine, open_engine, run_self_test
from sahelsum.engines.hardware import Placement, place_ctranslate2, place_transformers
from sahelsum.errors import ConfigError, ModelUnavailableError
from tests.fakes import FakeEngine
from tests.tiny_models import tiny_card

GENERATION = Generation()


def key(model: LocatedModel, **options: object) -> str:
    settings = {"generation": GENERATION, "cache_dir": Path("unused"), **options}
    return signature_key(open_engine(model, **settings).signature)  # type: ignore[arg-type]


def remote(url: str = "http://localhost:1/v1", **changes: object) -> LocatedModel:
    card = tiny_card(Path("remote"), Task.TRANSLATE, "server", location=Location(server=url, model="m"), **changes)
    return LocatedModel(card, None, "", "server")


def test_signature_and_counting_load_no_runtime(tiny_marian: LocatedModel, tmp_path: Path) -> None:
    script = (
        "import sys\n"
        "from pathlib import Path\n"
        "from sahelsum.catalog.cards import *\n"
        "from sahelsum.catalog.generation import Generation\n"
        "from sahelsum.engines.factory import open_engine\n"
        "card = ModelCard.model_validate_json(sys.argv[1])\n"
        "model = LocatedModel(card, Path(sys.argv[2]), 'a' * 64, 'local')\n"
        "for name in ('ctranslate2', 'transformers', 'echo', 'auto'):\n"
        "    name = EngineName(name)\n"
        "    engine = open_engine(model, engine=name, generation=Generation(), cache_dir=Path(sys.argv[3]))\n"
        "    assert engine.signature['engine']\n"
        "    assert engine.limit_tokens == 100\n"
        "    assert engine.count_tokens(['Bamako ist die Hauptstadt.'])[0] > 3\n"
        "loaded = {name.split('.')[0] for name in sys.modules}\n"
        "assert not loaded & {'torch', 'transformers', 'ctranslate2', 'huggingface_hub'}, loaded\n"
    )
    arguments = [tiny_marian.card.model_dump_json(), str(tiny_marian.directory), str(tmp_path)]
    subprocess.run([sys.executable, "-c", script, *arguments], check=True)
    assert list(tmp_path.iterdir()) == []


class TestSignature:
    def test_everything_that_shapes_the_output_is_in_it(self, tiny_marian: LocatedModel) -> None:
        card = tiny_marian.card
        variants = [
            tiny_marian,
            replace(tiny_marian, weights_sha256="0" * 64),
            replace(tiny_marian, revision="f" * 40),
            *(
                replace(tiny_marian, card=card.model_copy(update=change))
                for change in ({"alias": "other"}, {"prefix": "x: "}, {"target_code": "en"}, {"limit_tokens": 50})
            ),
        ]
        keys = [key(model, engine=name) for model in variants for name in (EngineName.AUTO, EngineName.TRANSFORMERS)]
        assert len(set(keys)) == len(keys)

    @pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
    def test_precision_and_device_are_in_it(
        self, tiny_marian: LocatedModel, engine: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        keys = set()
        for placement in (Placement("cpu", "int8"), Placement("cpu", "float32"), Placement("cuda", "float32")):
            monkeypatch.setattr(factory, f"place_{engine}", lambda *_, placement=placement: placement)
            keys.add(key(tiny_marian, engine=EngineName(engine)))
        assert len(keys) == 3

    def test_versions_are_in_it(self, tiny_marian: LocatedModel, monkeypatch: pytest.MonkeyPatch) -> None:
        before = key(tiny_marian)
        real = metadata.version
        monkeypatch.setattr(factory.metadata, "version", lambda name: "9" if name == "ctranslate2" else real(name))
        assert key(tiny_marian) != before

    def test_workers_and_cache_are_not(self, tiny_marian: LocatedModel) -> None:
        assert key(tiny_marian, workers=1, cache_dir=Path("a")) == key(tiny_marian, workers=2, cache_dir=Path("b"))

    def test_a_server_is_told_apart_by_address_model_and_prompt(self) -> None:
        changed = remote().card.model_copy(update={"location": Location(server="http://localhost:1/v1", model="n")})
        models = [remote(), remote("http://localhost:2/v1"), remote(system_prompt="Translate."), remote()]
        models[3] = replace(models[3], card=changed)
        assert len({key(model) for model in models}) == 4


class TestChoice:
    def test_auto_prefers_ctranslate2(self, tiny_marian: LocatedModel) -> None:
        assert choose_engine(tiny_marian) is EngineName.CTRANSLATE2

    def test_auto_follows_the_card(self, tiny_marian: LocatedModel) -> None:
        card = tiny_marian.card.model_copy(update={"engines": (EngineName.TRANSFORMERS, EngineName.CTRANSLATE2)})
        assert choose_engine(replace(tiny_marian, card=card)) is EngineName.TRANSFORMERS

    def test_what_does_not_convert_runs_on_transformers(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"model_type": "led"}')
        (tmp_path / "model.safetensors").touch()
        card = tiny_card(tmp_path, Task.SUMMARIZE, "led", engines=("ctranslate2", "transformers"))
        model = LocatedModel(card, tmp_path, "", "local")
        assert choose_engine(model) is EngineName.TRANSFORMERS
        with pytest.raises(ConfigError, match=r"cannot run on ctranslate2.*--engine transformers"):
            choose_engine(model, EngineName.CTRANSLATE2)

    def test_a_server_runs_nowhere_else(self) -> None:
        assert choose_engine(remote()) is EngineName.SERVER
        with pytest.raises(ConfigError, match="--engine server"):
            choose_engine(remote(), EngineName.TRANSFORMERS)

    def test_echo_needs_no_files(self) -> None:
        assert choose_engine(remote(), EngineName.ECHO) is EngineName.ECHO

    def test_weights_only_as_pickle_are_refused_with_the_way_out(self, tmp_path: Path) -> None:
        (tmp_path / "config.json").write_text('{"model_type": "marian"}')
        (tmp_path / "pytorch_model.bin").touch()
        model = LocatedModel(tiny_card(tmp_path, Task.TRANSLATE, "marian"), tmp_path, "", "local")
        with pytest.raises(ModelUnavailableError, match=r"pickle.*save_pretrained"):
            open_engine(model, generation=GENERATION, cache_dir=tmp_path)

    @pytest.mark.parametrize("content", [None, "{", "[]", '"x"'])
    def test_a_damaged_config_is_named(self, tmp_path: Path, content: str | None) -> None:
        if content is not None:
            (tmp_path / "config.json").write_text(content)
        model = LocatedModel(tiny_card(tmp_path, Task.TRANSLATE, "marian"), tmp_path, "", "local")
        with pytest.raises(ModelUnavailableError, match=r"config\.json"):
            choose_engine(model)

    def test_bad_settings(self, tiny_marian: LocatedModel) -> None:
        with pytest.raises(ConfigError, match="workers is 0"):
            key(tiny_marian, workers=0)
        with pytest.raises(ConfigError, match="Unknown device 'tpu'"):
            key(tiny_marian, device="tpu")

    def test_a_missing_package_is_named(self, tiny_marian: LocatedModel, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing(name: str) -> str:
            raise metadata.PackageNotFoundError(name)

        monkeypatch.setattr(factory.metadata, "version", missing)
        with pytest.raises(ModelUnavailableError, match="pip install ctranslate2"):
            key(tiny_marian)

    def test_bounds_follow_the_models_positions(self, tiny_marian: LocatedModel, tmp_path: Path) -> None:
        card = tiny_marian.card.model_copy(update={"limit_tokens": 5000})
        wide = open_engine(
            replace(tiny_marian, card=card), generation=Generation(max_new_tokens=5000), cache_dir=tmp_path
        )
        assert (wide.limit_tokens, wide.signature["max_new_tokens"]) == (120, 120)


class TestPlacement:
    @pytest.fixture(autouse=True)
    def _plain_pc(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.machine(monkeypatch)

    def machine(
        self,
        monkeypatch: pytest.MonkeyPatch,
        *,
        capability: tuple[int, int] | None = None,
        cublas: bool = True,
        flags: frozenset[str] = frozenset(),
        system: str = "linux",
        processor: str = "x86_64",
    ) -> None:
        monkeypatch.setattr(hardware, "cuda_capability", lambda: capability)
        monkeypatch.setattr(hardware, "has_cublas", lambda: cublas)
        monkeypatch.setattr(hardware, "cpu_flags", lambda: flags)
        monkeypatch.setattr(hardware.sys, "platform", system)
        monkeypatch.setattr(hardware.platform, "machine", lambda: processor)

    def test_a_plain_pc(self) -> None:
        assert place_ctranslate2("auto") == Placement("cpu", "int8")
        assert place_transformers("auto", "2.9.0+cpu") == Placement("cpu", "float32")

    @pytest.mark.parametrize("flag", ["amx_bf16", "avx512_bf16"])
    def test_cpus_that_multiply_bfloat16(self, monkeypatch: pytest.MonkeyPatch, flag: str) -> None:
        self.machine(monkeypatch, flags=frozenset({"avx2", flag}))
        assert place_transformers("auto", "2.9.0+cpu") == Placement("cpu", "bfloat16")

    def test_gpus(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.machine(monkeypatch, capability=(8, 0))
        assert place_ctranslate2("auto") == Placement("cuda", "float16")
        assert place_transformers("auto", "2.9.0") == Placement("cuda", "bfloat16")
        assert place_transformers("cpu", "2.9.0") == Placement("cpu", "float32")
        self.machine(monkeypatch, capability=(7, 5))
        assert place_transformers("auto", "2.9.0") == Placement("cuda", "float16")
        self.machine(monkeypatch, capability=(6, 1))
        assert place_ctranslate2("auto") == Placement("cuda", "float32")

    def test_a_gpu_without_its_libraries_is_left_alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.machine(monkeypatch, capability=(9, 0), cublas=False)
        assert place_ctranslate2("auto") == Placement("cpu", "int8")
        assert place_ctranslate2("cuda") == Placement("cuda", "float16")
        assert place_transformers("auto", "2.9.0+cpu") == Placement("cpu", "float32")

    def test_a_mac(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.machine(monkeypatch, system="darwin", processor="arm64")
        assert place_transformers("auto", "2.9.0") == Placement("mps", "float32")
        assert place_ctranslate2("auto") == Placement("cpu", "int8")
        with pytest.raises(ConfigError, match="--engine transformers"):
            place_ctranslate2("mps")

    @pytest.mark.parametrize(
        ("version", "system", "expected"),
        [
            ("2.9.0", "linux", True),
            ("2.9.0+cu128", "linux", True),
            ("2.9.0+cpu", "linux", False),
            ("2.9.0+rocm6.4", "linux", False),
            ("2.9.0", "win32", False),
            ("2.9.0+cu128", "win32", True),
        ],
    )
    def test_cuda_in_pytorchs_version(
        self, monkeypatch: pytest.MonkeyPatch, version: str, system: str, expected: bool
    ) -> None:
        self.machine(monkeypatch, system=system)
        assert hardware.torch_has_cuda(version) is expected


def test_cpu_flags_are_read_from_linux(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("processor\t: 0\nflags\t\t: fpu avx2 amx_bf16\n\nflags\t: other\n")
    for file, expected in ((tmp_path / "cpuinfo", {"fpu", "avx2", "amx_bf16"}), (tmp_path / "none", set())):
        monkeypatch.setattr(hardware, "_CPU_INFO", file)
        hardware.cpu_flags.cache_clear()
        assert hardware.cpu_flags() == expected
    hardware.cpu_flags.cache_clear()


def test_the_kind_of_a_processor_names_what_runtimes_choose_by(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "cpuinfo").write_text("vendor_id\t: GenuineIntel\nflags\t\t: fpu avx2 avx512f amx_bf16\n")
    monkeypatch.setattr(hardware.platform, "machine", lambda: "x86_64")
    kinds = []
    for file in (tmp_path / "cpuinfo", tmp_path / "none"):
        monkeypatch.setattr(hardware, "_CPU_INFO", file)
        hardware.cpu_flags.cache_clear()
        hardware.processor_kind.cache_clear()
        kinds.append(hardware.processor_kind())
    hardware.cpu_flags.cache_clear()
    hardware.processor_kind.cache_clear()
    assert kinds == ["GenuineIntel x86_64 avx2 avx512f amx_bf16", "x86_64"]


def test_no_gpu_driver_is_no_gpu(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware, "_DRIVERS", {sys.platform: "libno-such-driver.so.1"})
    hardware.cuda_capability.cache_clear()
    assert hardware.cuda_capability() is None
    hardware.cuda_capability.cache_clear()


class TestSelfTest:
    def card(self, *expect: str) -> object:
        return tiny_card(Path("x"), Task.TRANSLATE, "marian", self_test=SelfTest(input="Hallo Welt", expect=expect))

    def test_known_words_pass_in_any_letter_case(self) -> None:
        run_self_test(EchoEngine(), self.card("HALLO", "welt"))  # type: ignore[arg-type]

    def test_a_missing_word_fails_with_both_texts(self) -> None:
        with pytest.raises(ModelUnavailableError, match=r"'Hallo Welt' gave '\[echo\] Hallo Welt', without 'world'"):
            run_self_test(EchoEngine(), self.card("welt", "world"))  # type: ignore[arg-type]

    def test_no_test_asks_nothing(self) -> None:
        engine = FakeEngine()
        run_self_test(engine, tiny_card(Path("x"), Task.TRANSLATE, "marian"))
        assert engine.calls == []


class TestEcho:
    def test_it_is_visible(self) -> None:
        assert EchoEngine().generate(["Ein Satz."])[0].best.text == "[echo] Ein Satz."

    def test_as_a_summarizer_it_keeps_the_first_whole_sentences(self) -> None:
        engine = EchoEngine(most_tokens=5)
        text = "One two three. Four five. Six seven eight nine."
        assert engine.generate([text])[0].best.text == "[echo] One two three. Four five."
        assert engine.generate(["A much too long first sentence here. B."])[0].best.text.endswith("here.")

"""The doctor: it exits 0 exactly when a run can work, and tells each problem with its own way out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner

from sahelsum.cli.main import cli
from sahelsum.engines import hardware
from tests.model_folders import model_folder, write_card


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.startswith("SAHELSUM_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path)


def doctor() -> tuple[int, dict[str, tuple[str, str]]]:
    """Exit code, and verdict and detail of each check."""
    result = CliRunner().invoke(cli, ["doctor", "--json"])
    checks = [json.loads(line) for line in result.stdout.splitlines()]
    return result.exit_code, {check["name"]: (check["verdict"], check["detail"]) for check in checks}


def problem(name: str) -> str:
    """The detail of the one check that must be a problem."""
    code, checks = doctor()
    assert [key for key, (verdict, _) in checks.items() if verdict == "PROBLEM"] == [name]
    assert code == 1
    assert "\n" not in checks[name][1]
    return checks[name][1]


def test_all_is_well_with_the_defaults() -> None:
    code, checks = doctor()
    assert code == 0
    assert checks["translator"] == ("ok", "sahelsum-de-en, by ctranslate2 on cpu")
    assert checks["summarizer"][0] == "ok"
    assert checks["model opus-mt-de-en"] == (
        "note",
        "not on this machine; type: sahelsum models fetch opus-mt-de-en",
    )


def test_it_leaves_nothing_behind_but_the_cache(tmp_path: Path) -> None:
    doctor()
    assert [path.name for path in tmp_path.iterdir() if path.name != "cache"] == []


@pytest.mark.parametrize(
    ("variable", "value", "check", "told"),
    [
        ("TRANSLATOR", "nonsense", "translator", "No model is called 'nonsense'"),
        ("TRANSLATOR", "/no/such", "translator", "no such folder"),
        ("TRANSLATOR", "opus-mt-de-en", "translator", "sahelsum models fetch opus-mt-de-en"),
        ("TRANSLATOR", "bart-large-cnn", "translator", "not to translate"),
        ("SUMMARIZER", "nonsense", "summarizer", "No model is called 'nonsense'"),
        ("SUMMARIZER", "/no/such", "summarizer", "no such folder"),
        ("SOURCE_LANGUAGE", "fr", "translator", "does not translate from 'fr'"),
        ("ENGINE", "server", "translator", "cannot run on server"),
        ("DEVICE", "mps", "translator", "cannot compute on mps"),
        ("QUALITY", "nonsense", "settings", "SAHELSUM_QUALITY"),
    ],
)
def test_settings_with_which_a_run_cannot_work(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str, check: str, told: str
) -> None:
    monkeypatch.setenv(f"SAHELSUM_{variable}", value)
    assert told in problem(check)


@pytest.mark.parametrize("engine", ["ctranslate2", "transformers"])
def test_cuda_without_a_gpu(monkeypatch: pytest.MonkeyPatch, engine: str) -> None:
    monkeypatch.setattr(hardware, "cuda_capability", lambda: None)
    monkeypatch.setenv("SAHELSUM_DEVICE", "cuda")
    monkeypatch.setenv("SAHELSUM_ENGINE", engine)
    assert "no NVIDIA GPU" in problem("translator")


def test_cuda_with_a_gpu_but_without_the_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(hardware, "cuda_capability", lambda: (8, 0))
    monkeypatch.setattr(hardware, "has_cublas", lambda: False)
    monkeypatch.setattr(hardware, "torch_has_cuda", lambda _: False)
    monkeypatch.setenv("SAHELSUM_DEVICE", "cuda")
    assert "cuBLAS" in problem("translator")
    monkeypatch.setenv("SAHELSUM_ENGINE", "transformers")
    assert "PyTorch comes without CUDA" in problem("translator")
    monkeypatch.setattr(hardware, "torch_has_cuda", lambda _: True)
    assert doctor()[0] == 0


def test_a_dry_run_needs_no_model(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_ENGINE", "echo")
    monkeypatch.setenv("SAHELSUM_TRANSLATOR", "nonsense")
    assert doctor()[0] == 0


def test_a_server_is_named_but_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_TRANSLATOR", "server-translate")
    code, checks = doctor()
    assert code == 0
    verdict, detail = checks["translator"]
    assert verdict == "note"
    assert "http://" in detail


def test_damaged_weights_are_told_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = model_folder(tmp_path / "config/models/mine")
    write_card(tmp_path / "config/models/mine.toml", "mine", 'bundled = "mine"')
    assert doctor()[1]["model mine"][0] == "ok"
    with (folder / "model.safetensors").open("r+b") as file:
        file.truncate(20)
    code, checks = doctor()
    assert code == 0, "it is not the chosen model"
    assert checks["model mine"][0] == "note"
    assert "damaged" in checks["model mine"][1]
    assert "models fetch" not in checks["model mine"][1]
    monkeypatch.setenv("SAHELSUM_TRANSLATOR", "mine")
    assert "damaged" in problem("translator")


def test_a_broken_card_matters_only_if_it_is_the_chosen_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_card(tmp_path / "config/models/mine.toml", "mine", size_mb="-1")
    code, checks = doctor()
    assert code == 0
    assert checks["card mine"][0] == "note"
    monkeypatch.setenv("SAHELSUM_TRANSLATOR", "mine")
    assert "mine.toml" in problem("translator")


@pytest.mark.parametrize("output", ["file", "file/below", "nowhere"])
def test_an_output_path_that_is_no_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: str) -> None:
    (tmp_path / "file").write_text("Text.")
    (tmp_path / "nowhere").symlink_to(tmp_path / "gone")
    monkeypatch.setenv("SAHELSUM_OUTPUT", output)
    assert "is not a folder" in problem("output folder")


def test_a_memory_that_cannot_be_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "memory").write_bytes(b"no database" * 100)
    monkeypatch.setenv("SAHELSUM_MEMORY_PATH", "memory")
    assert "memory" in problem("memory")
    monkeypatch.setenv("SAHELSUM_USE_MEMORY", "false")
    assert doctor()[0] == 0

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.catalog.pins import read_pins
from sahelsum.cli.models import models_group
from sahelsum.errors import ConfigError, ModelUnavailableError
from tests.model_folders import model_folder, write_card
from tests.standin_hub import StandinHub, serving
from tests.tiny_models import build_tiny_marian

NAME = "someone/tiny-de-en"
COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A user with nothing but one card of a hub model."""
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    monkeypatch.chdir(tmp_path)
    write_card(tmp_path / "config" / "models" / "tiny.toml", "tiny", f'hub = "{NAME}"')
    return tmp_path


@pytest.fixture
def standin(home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[StandinHub]:
    """A hub that has the model of that card."""
    files = {file.name: file.read_bytes() for file in model_folder(home / "origin").iterdir()}
    with serving(StandinHub(NAME, COMMIT, {**files, "pytorch_model.bin": b"pickle"})) as hub:
        monkeypatch.setenv("HF_ENDPOINT", hub.url)
        yield hub


def invoke(*arguments: str) -> Result:
    return CliRunner().invoke(models_group, list(arguments))


def test_list_fits_eighty_columns_and_says_what_is_here(home: Path) -> None:
    result = invoke("list")
    lines = result.stdout.splitlines()
    assert max(map(len, lines)) <= 80
    rows = {line.split()[0]: line.split()[1:] for line in lines}
    assert rows["sahelsum-de-en"][:2] == ["translate", "ready"]
    assert rows["tiny"][:3] == ["translate", "to", "fetch"]
    assert rows["server-summarize"][:2] == ["summarize", "server"]
    assert str(home / "config" / "models") in result.stderr


def test_list_marks_a_users_card_and_reports_a_broken_one(home: Path) -> None:
    write_card(home / "config" / "models" / "mine.toml", "sahelsum-de-en")
    (home / "config" / "models" / "bad.toml").write_text("x = [")
    result = invoke("list")
    assert "(your card, instead of sahelsum's)" in result.stdout
    assert "Not usable" in result.stderr
    assert "bad.toml" in result.stderr


def test_list_as_json_by_task(home: Path) -> None:
    rows = [json.loads(line) for line in invoke("list", "--json", "--task", "summarize").stdout.splitlines()]
    assert {row["task"] for row in rows} == {"summarize"}
    assert next(row for row in rows if row["alias"] == "bart-large-cnn")["status"] == "to fetch"


def test_show_says_who_chose_the_commit(home: Path) -> None:
    assert "(pinned by the card)" in " ".join(invoke("show", "opus-mt-de-en").stdout.split())
    assert "pinned at the first fetch" in invoke("show", "tiny").stdout


def test_show_as_json_has_the_card_and_what_is_here(home: Path) -> None:
    shown = json.loads(invoke("show", "sahelsum-de-en", "--json").stdout)
    assert shown["location"]["bundled"] == "sahelsum-de-en"
    assert shown["here"]["status"] == "ready"


def test_show_takes_a_folder(home: Path) -> None:
    model_folder(home / "My Model")
    shown = invoke("show", "./My Model").stdout
    assert "Licence unknown" in shown
    assert "ready" in shown


@pytest.mark.parametrize("command", ["show", "fetch", "verify"])
def test_an_unknown_alias_gets_the_nearest_of_any_task(home: Path, command: str) -> None:
    error = invoke(command, "bart-large-cn").exception
    assert isinstance(error, ModelUnavailableError)
    assert "Did you mean 'bart-large-cnn'?" in str(error)


def test_fetch_downloads_checks_and_pins(home: Path, standin: StandinHub) -> None:
    result = CliRunner().invoke(models_group, ["fetch", "tiny"], catch_exceptions=False)

    assert result.stdout.startswith("tiny is ready: ")
    assert COMMIT in result.stdout
    assert "pytorch_model.bin" not in standin.downloaded()
    assert read_pins(home / "config") == {NAME: COMMIT}
    assert "(recorded at the first fetch)" in " ".join(invoke("show", "tiny").stdout.split())


def test_a_pinned_model_stays_at_its_commit_and_needs_no_network(home: Path, standin: StandinHub) -> None:
    invoke("fetch", "tiny")
    standin.commit = "f" * 40
    asked = len(standin.requests)
    assert COMMIT in invoke("fetch", "tiny").stdout
    assert len(standin.requests) == asked


def test_a_damaged_download_is_fetched_again(home: Path, standin: StandinHub) -> None:
    invoke("fetch", "tiny")
    weights = next((home / "hub").glob("models--*/snapshots/*/model.safetensors"))
    weights.resolve().write_bytes(b"damage")
    assert isinstance(invoke("fetch", "tiny", "--offline").exception, ModelUnavailableError)
    assert invoke("fetch", "tiny").exit_code == 0
    assert weights.read_bytes() == standin.files["model.safetensors"]


@pytest.mark.parametrize("way", ["flag", "setting", "library"])
def test_offline_is_honoured_in_every_way(
    home: Path, standin: StandinHub, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    if way == "setting":
        monkeypatch.setenv("SAHELSUM_OFFLINE", "1")
    if way == "library":
        monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    error = invoke("fetch", "tiny", *(["--offline"] if way == "flag" else [])).exception
    assert isinstance(error, ModelUnavailableError)
    assert "offline mode is on" in str(error)
    assert standin.requests == []


def test_a_model_that_wants_to_run_code_is_refused_and_not_pinned(home: Path, standin: StandinHub) -> None:
    standin.files["config.json"] = b'{"model_type": "marian", "auto_map": {"AutoModel": "evil.Model"}}'
    assert "its own Python code" in str(invoke("fetch", "tiny").exception)
    assert read_pins(home / "config") == {}


def test_a_bundled_model_needs_no_download(home: Path, standin: StandinHub) -> None:
    assert "sahelsum-de-en is ready" in invoke("fetch", "sahelsum-de-en").stdout
    assert standin.requests == []


def test_the_libraries_own_variables_work_in_a_fresh_process(home: Path, standin: StandinHub) -> None:
    env = {**os.environ, "HF_HOME": str(home / "hf home"), "HF_ENDPOINT": standin.url}
    script = "from sahelsum.cli.models import models_group; models_group(['fetch', 'tiny'])"
    done = subprocess.run([sys.executable, "-c", script], env=env, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert str(home / "hf home" / "hub") in done.stdout
    assert "tiny is ready" not in done.stderr


def test_verify_names_damage(home: Path) -> None:
    folder = model_folder(home / "model")
    (folder / "model.safetensors").write_bytes(b"damage")
    error = invoke("verify", "./model").exception
    assert isinstance(error, ModelUnavailableError)
    assert "damaged" in str(error)


def test_verify_runs_the_self_test_of_the_bundled_model(home: Path) -> None:
    result = CliRunner().invoke(models_group, ["verify", "sahelsum-de-en"], catch_exceptions=False)
    assert "self-test  passed" in result.stdout
    assert result.stdout.endswith("sahelsum-de-en is good.\n")


@pytest.mark.slow
def test_verify_lets_no_random_model_pass(home: Path) -> None:
    build_tiny_marian(home / "random")
    error = invoke("verify", "./random").exception
    assert isinstance(error, ModelUnavailableError)
    assert error.exit_code == 4
    assert "does not work" in str(error)


def test_a_broken_card_is_an_error_when_asked_for(home: Path) -> None:
    (home / "config" / "models" / "bad.toml").write_text("x = [")
    assert isinstance(invoke("show", "bad").exception, ConfigError)


@pytest.mark.parametrize("command", ["list", "show", "fetch", "verify"])
def test_every_command_has_help(command: str) -> None:
    assert len(invoke(command, "--help").stdout.splitlines()) > 3

from __future__ import annotations

import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from sahelsum.catalog import hub
from sahelsum.errors import ModelUnavailableError
from tests.standin_hub import StandinHub, serving

pytestmark = pytest.mark.slow

NAME = "someone/tiny-de-en"
COMMIT = "0123456789abcdef0123456789abcdef01234567"
FILES = {
    "config.json": json.dumps({"model_type": "marian"}).encode(),
    "model.safetensors": b"not opened here",
    "source.spm": b"source",
    "README.md": b"read me",
    "pytorch_model.bin": b"a pickle",
    "modeling.py": b"import os",
    "tf_model.h5": b"tensorflow",
    "onnx/model.safetensors": b"another copy",
    "onnx/config.json": b"{}",
}


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")


@pytest.fixture
def standin(monkeypatch: pytest.MonkeyPatch) -> Iterator[StandinHub]:
    with serving(StandinHub(NAME, COMMIT, dict(FILES))) as server:
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server


def test_download_takes_weights_tokenizer_and_config_only(standin: StandinHub, tmp_path: Path) -> None:
    snapshot = hub.download(NAME, COMMIT, cache_dir=tmp_path)

    assert snapshot.commit == COMMIT
    assert {path.name for path in snapshot.directory.iterdir()} == {"config.json", "model.safetensors", "source.spm"}
    assert (snapshot.directory / "source.spm").read_bytes() == b"source"
    assert standin.downloaded() == {"config.json", "model.safetensors", "source.spm"}


def test_without_a_commit_the_newest_is_taken_and_named(standin: StandinHub, tmp_path: Path) -> None:
    assert hub.download(NAME, cache_dir=tmp_path).commit == COMMIT


def test_a_download_is_found_again_without_the_network(standin: StandinHub, tmp_path: Path) -> None:
    assert hub.find_snapshot(NAME, COMMIT, tmp_path) is None
    snapshot = hub.download(NAME, COMMIT, cache_dir=tmp_path)
    asked = len(standin.requests)

    assert hub.find_snapshot(NAME, COMMIT, tmp_path) == snapshot
    assert hub.find_snapshot(NAME, "f" * 40, tmp_path) is None
    assert len(standin.requests) == asked


def test_an_incomplete_download_is_not_found(standin: StandinHub, tmp_path: Path) -> None:
    snapshot = hub.download(NAME, COMMIT, cache_dir=tmp_path)
    (snapshot.directory / "source.spm").unlink()

    assert hub.find_snapshot(NAME, COMMIT, tmp_path) is None


def test_a_cache_laid_out_by_hand_is_found(tmp_path: Path) -> None:
    snapshot = tmp_path / "models--someone--tiny-de-en" / "snapshots" / COMMIT
    snapshot.mkdir(parents=True)
    (snapshot / "model.safetensors").write_bytes(b"weights")

    assert hub.find_snapshot(NAME, COMMIT, tmp_path) == hub.Snapshot(snapshot, COMMIT)


def test_a_damaged_file_is_downloaded_again_when_forced(standin: StandinHub, tmp_path: Path) -> None:
    snapshot = hub.download(NAME, COMMIT, cache_dir=tmp_path)
    (snapshot.directory / "source.spm").resolve().write_bytes(b"damage")

    hub.download(NAME, COMMIT, force=True, cache_dir=tmp_path)

    assert (snapshot.directory / "source.spm").read_bytes() == b"source"


def test_a_broken_connection_is_explained_and_the_next_try_succeeds(standin: StandinHub, tmp_path: Path) -> None:
    standin.cut.add("model.safetensors")
    with pytest.raises(ModelUnavailableError, match="goes on where it stopped"):
        hub.download(NAME, COMMIT, cache_dir=tmp_path)
    assert hub.find_snapshot(NAME, COMMIT, tmp_path) is None

    standin.cut.clear()
    snapshot = hub.download(NAME, COMMIT, cache_dir=tmp_path)
    assert (snapshot.directory / "model.safetensors").read_bytes() == FILES["model.safetensors"]


def test_a_repository_without_safetensors_is_refused_before_anything_is_downloaded(
    standin: StandinHub, tmp_path: Path
) -> None:
    standin.files = {"config.json": b"{}", "pytorch_model.bin": b"a pickle", "onnx/model.safetensors": b"elsewhere"}

    with pytest.raises(ModelUnavailableError, match=r"no safetensors.*pytorch_model\.bin.*save_pretrained"):
        hub.download(NAME, cache_dir=tmp_path)
    assert standin.downloaded() == set()


def test_unknown_repository_commit_and_missing_consent_are_told_apart(standin: StandinHub, tmp_path: Path) -> None:
    with pytest.raises(ModelUnavailableError, match="no such repository"):
        hub.download("someone/else", cache_dir=tmp_path)
    with pytest.raises(ModelUnavailableError, match="no such commit"):
        hub.download(NAME, "f" * 40, cache_dir=tmp_path)
    standin.gated = True
    with pytest.raises(ModelUnavailableError, match="consent"):
        hub.download(NAME, COMMIT, cache_dir=tmp_path)


def test_an_answer_that_is_not_a_hubs_is_explained(standin: StandinHub, tmp_path: Path) -> None:
    standin.nonsense = True
    with pytest.raises(ModelUnavailableError, match="could not be downloaded"):
        hub.download(NAME, COMMIT, cache_dir=tmp_path)


def test_no_network_is_explained(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving(StandinHub(NAME, COMMIT, {})) as closed:
        address = closed.url
    monkeypatch.setenv("HF_ENDPOINT", address)

    with pytest.raises(ModelUnavailableError, match="Check the network"):
        hub.download(NAME, COMMIT, cache_dir=tmp_path)


def test_a_full_disk_is_named(standin: StandinHub, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def full(*_: object, **__: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(hub, "snapshot_download", full)
    with pytest.raises(ModelUnavailableError, match=r"disk is full.*HF_HOME"):
        hub.download(NAME, COMMIT, cache_dir=tmp_path)


@pytest.mark.parametrize(("value", "forbidden"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_the_hubs_own_offline_switch(monkeypatch: pytest.MonkeyPatch, value: str, forbidden: bool) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", value)
    assert hub.network_forbidden() is forbidden

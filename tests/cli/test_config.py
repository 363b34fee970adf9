from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sahelsum.app.settings import KEYS, Settings, load_config, template
from sahelsum.cli.config import config_group
from sahelsum.errors import ConfigError, OutputError


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, with the user's configuration beside it."""
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_init_writes_a_file_that_is_read_back(here: Path) -> None:
    result = CliRunner().invoke(config_group, ["init"], catch_exceptions=False)
    assert result.stdout.strip() == "sahelsum.toml"
    assert (here / "sahelsum.toml").read_text(encoding="utf-8") == template()
    assert load_config({}).settings == Settings()


def test_init_leaves_a_file_alone_without_force(here: Path) -> None:
    (here / "sahelsum.toml").write_text("workers = 1")
    result = CliRunner().invoke(config_group, ["init"])
    assert isinstance(result.exception, OutputError)
    assert "--force" in str(result.exception)
    assert (here / "sahelsum.toml").read_text() == "workers = 1"

    CliRunner().invoke(config_group, ["init", "--force"], catch_exceptions=False)
    assert (here / "sahelsum.toml").read_text(encoding="utf-8") == template()


def test_init_for_the_user(here: Path) -> None:
    CliRunner().invoke(config_group, ["init", "--user"], catch_exceptions=False)
    assert (here.parent / "config" / "config.toml").exists()
    assert not (here / "sahelsum.toml").exists()


def test_show_prints_toml_that_gives_the_same_settings(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_WORKERS", "2")
    shown = CliRunner().invoke(config_group, ["show", "--origin"], catch_exceptions=False).stdout
    assert "workers = 2  # environment\n" in shown
    assert 'quality = "balanced"  # default\n' in shown

    monkeypatch.delenv("SAHELSUM_WORKERS")
    (here / "sahelsum.toml").write_text(shown)
    assert load_config({}).settings == Settings(workers=2)


def test_show_as_json_has_value_and_origin(here: Path) -> None:
    (here / "sahelsum.toml").write_text("offline = true")
    shown = json.loads(CliRunner().invoke(config_group, ["show", "--json"], catch_exceptions=False).stdout)
    assert shown["offline"] == {"value": True, "origin": f"project file {here / 'sahelsum.toml'}"}
    assert shown["output"] == {"value": "outputs", "origin": "default"}
    assert tuple(shown) == KEYS


def test_show_refuses_wrong_settings(here: Path) -> None:
    (here / "sahelsum.toml").write_text("ofline = true")
    assert isinstance(CliRunner().invoke(config_group, ["show"]).exception, ConfigError)

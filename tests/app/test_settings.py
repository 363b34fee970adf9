from __future__ import annotations

import itertools
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.app.selection import selection_of
from sahelsum.app.settings import KEYS, TABLES, Config, Settings, expected_value, load_config, template, toml_value
from sahelsum.errors import ConfigError
from sahelsum.records.folder import Selection


@pytest.fixture
def load(tmp_path: Path):
    """Load settings with nothing of the real user in them."""

    def load(
        project: str = "", user: str = "", env: dict[str, str] | None = None, flags: dict[str, object] | None = None
    ) -> Config:
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "config.toml").write_text(user, encoding="utf-8")
        (tmp_path / "sahelsum.toml").write_text(project, encoding="utf-8")
        return load_config(flags or {}, cwd=tmp_path, env=env or {}, user_dir=tmp_path / "config")

    return load


def test_without_any_file_the_defaults_hold(tmp_path: Path) -> None:
    config = load_config({}, cwd=tmp_path, env={}, user_dir=tmp_path)
    assert config.settings == Settings()
    assert set(config.origins.values()) == {"default"}
    assert tuple(config.origins) == KEYS


def test_later_sources_win_and_are_named(load, tmp_path: Path) -> None:
    config = load(
        user="workers = 1\nbatch_tokens = 100\nquality = 'fast'\nsummary_sentences = 4",
        project="workers = 2\nbatch_tokens = 200\nquality = 'best'",
        env={"SAHELSUM_WORKERS": "3", "SAHELSUM_BATCH_TOKENS": "300"},
        flags={"workers": 4, "device": None},
    )
    settings, origins = config.settings, config.origins
    assert (settings.workers, origins["workers"]) == (4, "flag")
    assert (settings.batch_tokens, origins["batch_tokens"]) == (300, "environment")
    assert (settings.quality, origins["quality"]) == ("best", f"project file {tmp_path / 'sahelsum.toml'}")
    assert (settings.summary_sentences, origins["summary_sentences"]) == (
        4,
        f"user file {tmp_path / 'config/config.toml'}",
    )
    assert (settings.device, origins["device"]) == ("auto", "default")


def test_an_unknown_key_gets_its_line_and_the_nearest_match(load) -> None:
    with pytest.raises(ConfigError, match=r"sahelsum\.toml, line 3: .*'wokers'\. Did you mean 'workers'"):
        load("# settings\n\nwokers = 2\n")


def test_an_unknown_table_gets_its_line(load) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml, line 2: .*'models'"):
        load(user="workers = 1\n[models]\nx = 1\n")


def test_broken_toml_names_file_and_line(load) -> None:
    with pytest.raises(ConfigError, match=r"sahelsum\.toml: not valid TOML.*line 2"):
        load("workers = 1\nquality = = 2\n")


def test_a_file_that_is_not_utf8_is_named(load, tmp_path: Path) -> None:
    load()
    (tmp_path / "sahelsum.toml").write_bytes(b'output = "\xe4"')
    with pytest.raises(ConfigError, match=r"sahelsum\.toml: not UTF-8 at byte 10"):
        load_config({}, cwd=tmp_path, env={}, user_dir=tmp_path)


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(load, tmp_path: Path) -> None:
    (tmp_path / "sahelsum.toml").write_bytes(b"\xef\xbb\xbfworkers = 2\r\noffline = true\r\n")
    settings = load_config({}, cwd=tmp_path, env={}, user_dir=tmp_path).settings
    assert (settings.workers, settings.offline) == (2, True)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("workers = '2'", "a whole number from 0 to 256"),
        ("workers = 2.0", "a whole number from 0 to 256"),
        ("workers = -1", "a whole number from 0 to 256"),
        ("workers = true", "a whole number from 0 to 256"),
        ("batch_tokens = -1", "a whole number from 0 to 65536"),
        ("summary_sentences = 11", "a whole number from 1 to 10"),
        ("offline = 1", "true or false"),
        ("quality = 'bst'", 'one of "fast", "balanced", "best"'),
        ("engine = 'onnx'", 'one of "auto", "ctranslate2", "transformers", "server", "echo"'),
        ("device = 'gpu'", '"auto", "cpu", "cuda" or "mps"'),
        ("source_language = 'German'", 'two letters, such as "de"'),
        ("output = ''", "the path of a folder"),
        ("output = 3", "the path of a folder"),
        ('output = "a\\u0000b"', "the path of a folder"),
        ("translator = ''", "the alias of a model"),
        ('translator = "\\u001b[2J"', "the alias of a model"),
        ("memory_path = 1", "the path of a file"),
        ("output = 1979-05-27", "the path of a folder"),
    ],
)
def test_a_wrong_value_names_place_key_and_what_is_expected(load, line: str, expected: str) -> None:
    with pytest.raises(ConfigError) as raised:
        load(line)
    message = str(raised.value)
    assert "sahelsum.toml, line 1: " in message
    assert f"{line.split(maxsplit=1)[0]} = " in message
    assert f"expected {expected}" in message


@pytest.mark.parametrize(
    ("variable", "text", "value"),
    [
        ("OFFLINE", "yes", True),
        ("OFFLINE", "0", False),
        ("WORKERS", " 8 ", 8),
        ("TRANSLATOR", "opus-mt-de-en", "opus-mt-de-en"),
        ("OUTPUT", "a folder", Path("a folder")),
        ("QUALITY", "", "balanced"),
    ],
)
def test_the_environment_is_read_by_the_settings_types(load, variable: str, text: str, value: object) -> None:
    assert getattr(load(env={f"SAHELSUM_{variable}": text}).settings, variable.lower()) == value


@pytest.mark.parametrize(("variable", "text"), [("WORKERS", "many"), ("OFFLINE", "perhaps"), ("WORKERS", "9" * 5000)])
def test_a_wrong_environment_value_names_the_variable(load, variable: str, text: str) -> None:
    with pytest.raises(ConfigError, match=f"environment variable SAHELSUM_{variable}: "):
        load(env={f"SAHELSUM_{variable}": text})


def test_unknown_variables_are_errors_but_the_folders_are_not(load) -> None:
    load(env={"SAHELSUM_CACHE_DIR": "/x", "SAHELSUM_CONFIG_DIR": "/y", "OTHER": "z"})
    with pytest.raises(ConfigError, match=r"SAHELSUM_TRANSLATR.*Did you mean 'translator'"):
        load(env={"SAHELSUM_TRANSLATR": "x"})


def test_flags_may_be_of_the_types_that_click_gives(load) -> None:
    settings = load(flags={"output": "there", "engine": "echo", "offline": False}).settings
    assert (settings.output, settings.engine, settings.offline) == (Path("there"), "echo", False)


def test_a_home_folder_is_understood(load) -> None:
    assert load("output = '~/digests'").settings.output == Path.home() / "digests"


def test_the_template_changes_nothing_as_it_is(load) -> None:
    config = load(template())
    assert config.settings == Settings()
    assert set(config.origins.values()) == {"default"}


def test_the_template_explains_every_key_and_gives_its_default(load) -> None:
    lines = template().splitlines()
    active = [line.removeprefix("#") for line in lines if line and not line.startswith("# ")]
    config = load("\n".join(active))
    assert config.settings == Settings()
    assert "default" not in config.origins.values()
    explained = [after for before, after in itertools.pairwise(lines) if before.startswith("# ")]
    assert all(f"#{key.rpartition('.')[2]} = " in "\n".join(explained) for key in KEYS)


def test_every_setting_says_what_it_takes() -> None:
    assert all(expected_value(key) for key in (*KEYS, *TABLES))
    for fields in (Settings.model_fields, *(model.model_fields for model in TABLES.values())):
        for key, field in fields.items():
            assert (field.description or "").endswith("."), key


def test_a_table_of_settings_is_joined_key_by_key(load, tmp_path: Path) -> None:
    config = load(
        user="[checks]\nlongest_ratio = 3\nname_similarity = 0.9",
        project='[checks]\nname_similarity = 0.8\ndisabled = ["QUOTE-LOST"]',
    )
    checks, origins = config.settings.checks, config.origins
    assert (checks.longest_ratio, checks.name_similarity, checks.disabled) == (3.0, 0.8, ("QUOTE-LOST",))
    assert origins["checks.longest_ratio"] == f"user file {tmp_path / 'config/config.toml'}"
    assert origins["checks.name_similarity"] == f"project file {tmp_path / 'sahelsum.toml'}"
    assert origins["checks.low_logprob"] == "default"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[checks]\nlongest_ration = 3", r"line 2: .*'checks\.longest_ration'\. Did you mean 'checks\.longest_ratio'"),
        ("[checks]\n\nshortest_ratio = 2", r"line 3: .*expected a number from 0\.0 to 1\.0"),
        ("[checks]\nlow_logprob = 'low'", r"line 2: .*expected a number from -20\.0 to 0\.0"),
        ("[checks]\nlow_logprob = nan", r"line 2: .*expected a number"),
        ('[checks]\ndisabled = ["NUM-LOSS"]', r"line 2: .*expected a list of codes"),
        ('[checks]\ndisabled = ["MT-FAILED"]', r"line 2: .*but not MT-FAILED"),
        ("[checks]\ndisabled = 'NUM-LOST'", r"line 2: .*expected a list of codes"),
        ("checks = 3", r"line 1: .*the line \[checks\]"),
    ],
)
def test_a_wrong_setting_of_the_checks_gets_its_line(load, text: str, message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        load(text)


def test_a_table_cannot_come_from_the_environment(load) -> None:
    with pytest.raises(ConfigError, match=r"SAHELSUM_CHECKS: .*the line \[checks\]"):
        load(env={"SAHELSUM_CHECKS": "strict"})


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"])))
def test_text_survives_being_written_as_toml(text: str) -> None:
    assert tomllib.loads(f"key = {toml_value(text)}") == {"key": text}


@given(st.binary(max_size=200))
def test_any_bytes_are_settings_or_a_config_error(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    folder = tmp_path_factory.mktemp("any", numbered=True)
    (folder / "sahelsum.toml").write_bytes(data)
    try:
        load_config({}, cwd=folder, env={}, user_dir=folder)
    except ConfigError as error:
        assert "sahelsum.toml" in str(error)  # noqa: PT017 - either outcome is right


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mali", "Mali"),
        ("niger", "Niger"),
        ("Tschad", "Chad"),
        ("Cote d'Ivoire", "Côte d’Ivoire"),
        ("BURKINA", "Burkina Faso"),
    ],
)
def test_a_country_is_found_by_its_english_or_german_name(text: str, name: str) -> None:
    assert selection_of(Settings(countries=(text,), since="2026-03", actors=("JNIM",))) == Selection(
        "2026-03", (name,), ("JNIM",)
    )


def test_an_unknown_country_is_told_with_what_may_be_meant() -> None:
    with pytest.raises(ConfigError, match=r"--country Malli: there is no country of that name\. .*Mali"):
        selection_of(Settings(countries=("Malli",)))


@pytest.mark.parametrize("since", ["gestern", "2026-13", "2026-02-30", "26", "2026-3-1"])
def test_a_date_that_is_none_is_refused(since: str, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"--since: since = .* cannot be used; expected a date such as"):
        load_config({"since": since}, cwd=tmp_path, env={}, user_dir=tmp_path)


def test_lists_of_the_environment_are_parted_by_commas(tmp_path: Path) -> None:
    env = {"SAHELSUM_COUNTRIES": "Mali, Niger", "SAHELSUM_ACTORS": "JNIM", "SAHELSUM_WIKILINKS": "yes"}
    settings = load_config({}, cwd=tmp_path, env=env, user_dir=tmp_path).settings
    assert (settings.countries, settings.actors, settings.wikilinks) == (("Mali", "Niger"), ("JNIM",), True)

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sahelsum.catalog import Catalog, Origin
from sahelsum.catalog.cards import ModelCard, Task
from sahelsum.catalog.fingerprint import fingerprint
from sahelsum.catalog.inspection import check_directory, read_weights
from sahelsum.catalog.localcard import card_for_directory
from sahelsum.catalog.pins import LOCK_NAME, read_pins, record_pin
from sahelsum.errors import ConfigError, ModelUnavailableError
from tests.model_folders import model_folder, weights, write_card

COMMIT = "0123456789abcdef0123456789abcdef01234567"


@pytest.fixture
def dirs(tmp_path: Path) -> tuple[Path, Path]:
    """The bundled models folder and the user's configuration folder, both with one card."""
    bundled, user = tmp_path / "bundled", tmp_path / "config"
    model_folder(bundled / "ours")
    write_card(bundled / "ours" / "card.toml", "ours", 'bundled = "ours"')
    write_card(bundled / "far.toml", "far", 'hub = "someone/far"')
    write_card(user / "models" / "mine.toml", "mine", 'path = "weights"')
    model_folder(user / "models" / "weights")
    return bundled, user


# The shipped cards


def test_every_shipped_card_is_valid_and_states_a_licence() -> None:
    catalog = Catalog.load(user_dir=Path("no such folder"))
    assert catalog.problems == ()
    assert {"sahelsum-de-en", "opus-mt-de-en", "nllb-200-600m", "bart-large-cnn"} <= set(catalog.entries)
    assert all(card.licence for card in catalog.cards())
    assert "non-commercial" in catalog.get("nllb-200-600m").card.licence_note


def test_every_shipped_card_is_in_the_list_of_models() -> None:
    listed = (Path(__file__).parents[2] / "models" / "README.md").read_text(encoding="utf-8")
    for card in Catalog.load(user_dir=Path("no such folder")).cards():
        size = f"{card.size_mb:,} MB" if card.size_mb else "elsewhere"
        row = rf"^\| `{card.alias}` \| {card.task} \|.*\| {card.licence} \| {size} \|$"
        assert re.search(row, listed, re.MULTILINE), card.alias


def test_shipped_cards_with_settings_have_all_levels() -> None:
    for card in Catalog.load(user_dir=Path("no such folder")).cards():
        assert set(card.generation) == {"fast", "balanced", "best"}, card.alias


def test_the_bundled_translator_is_found_and_its_card_tells_its_true_size(tmp_path: Path) -> None:
    catalog = Catalog.load(user_dir=tmp_path)
    card = catalog.resolve("sahelsum-de-en", Task.TRANSLATE)
    located = catalog.locate(card, offline=True, cache=tmp_path)

    assert located.revision == "bundled"
    assert located.directory is not None
    found = read_weights(located.directory)
    assert card.parameters_millions == pytest.approx(found.parameters / 1e6, rel=0.05)
    assert card.size_mb == pytest.approx(sum(file.stat().st_size for file in found.files) / 1e6, rel=0.05)


# Loading and choosing


def test_cards_of_both_folders_are_found(dirs: tuple[Path, Path]) -> None:
    catalog = Catalog.load(*dirs)
    assert {alias: entry.origin for alias, entry in catalog.entries.items()} == {
        "ours": Origin.BUNDLED,
        "far": Origin.BUNDLED,
        "mine": Origin.USER,
    }


def test_a_users_card_wins_and_says_so(dirs: tuple[Path, Path]) -> None:
    write_card(dirs[1] / "models" / "other.toml", "ours", 'path = "weights"', name='"My own"')
    entry = Catalog.load(*dirs).get("ours")
    assert (entry.card.name, entry.origin, entry.replaces_bundled) == ("My own", Origin.USER, True)


def test_a_broken_card_breaks_no_other_and_is_an_error_only_when_asked_for(dirs: tuple[Path, Path]) -> None:
    (dirs[1] / "models" / "ours.toml").write_text("alias = [not toml")
    catalog = Catalog.load(*dirs)

    assert catalog.resolve("mine", Task.TRANSLATE).alias == "mine"
    assert [problem.alias for problem in catalog.problems] == ["ours"]
    # Taking the bundled card instead would be a surprise.
    with pytest.raises(ConfigError, match=r"ours\.toml: not valid TOML.*line 1"):
        catalog.resolve("ours", Task.TRANSLATE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"licens": '"MIT"'}, "unknown key 'licens'. Did you mean 'licence'?"),
        ({"limit_tokens": "1"}, "limit_tokens: "),
        ({"family": "[1]"}, "family: "),
        ({"name": '"\\u001b[31mred"'}, "control characters"),
        ({"task": '"sing"'}, "task: "),
    ],
)
def test_a_wrong_card_names_its_file_and_what_is_wrong(
    dirs: tuple[Path, Path], changes: dict[str, str], told: str
) -> None:
    file = dirs[1] / "models" / "wrong.toml"
    write_card(file, "wrong", **changes)
    problem = Catalog.load(*dirs).problems[0]
    assert str(file) in problem.message
    assert told in problem.message


def test_an_alias_cannot_be_a_path(dirs: tuple[Path, Path]) -> None:
    write_card(dirs[1] / "models" / "wrong.toml", "../up")
    assert "alias: " in Catalog.load(*dirs).problems[0].message


@pytest.mark.parametrize(
    "location",
    [
        'bundled = "../../elsewhere"',
        'hub = "../etc"',
        'hub = "a/b"\nrevision = "main"',
        "",
        'hub = "a/b"\npath = "c"',
        'server = "file:///etc/passwd"',
        'server = "http://me:secret@x"',
    ],
)
def test_a_card_cannot_point_outside_or_at_two_places(dirs: tuple[Path, Path], location: str) -> None:
    write_card(dirs[1] / "models" / "wrong.toml", "wrong", location)
    assert "location" in Catalog.load(*dirs).problems[0].message


def test_a_huge_or_misencoded_card_is_refused(dirs: tuple[Path, Path]) -> None:
    (dirs[1] / "models" / "huge.toml").write_text("#" * 100_000)
    (dirs[1] / "models" / "latin.toml").write_bytes(b'name = "\xe9"')
    messages = {problem.alias: problem.message for problem in Catalog.load(*dirs).problems}
    assert "larger than" in messages["huge"]
    assert "not UTF-8" in messages["latin"]


def test_two_cards_with_one_alias_are_a_problem(dirs: tuple[Path, Path]) -> None:
    write_card(dirs[1] / "models" / "zwei.toml", "mine")
    assert "already that of" in Catalog.load(*dirs).problems[0].message


def test_an_unknown_name_gets_the_nearest_ones_and_the_list(dirs: tuple[Path, Path]) -> None:
    with pytest.raises(ModelUnavailableError, match=r"'our'.*Did you mean 'ours'\?.*Known: ours, far, mine\."):
        Catalog.load(*dirs).resolve("our", Task.TRANSLATE)


def test_the_wrong_task_is_refused_with_the_right_models(dirs: tuple[Path, Path]) -> None:
    write_card(dirs[0] / "sum.toml", "sum", 'hub = "a/b"', task='"summarize"')
    with pytest.raises(ConfigError, match=r"'ours' is there to translate, not to summarize\. Choose one of: sum\."):
        Catalog.load(*dirs).resolve("ours", Task.SUMMARIZE)


def test_a_hub_name_finds_its_card(dirs: tuple[Path, Path]) -> None:
    assert Catalog.load(*dirs).resolve("someone/far", Task.TRANSLATE).alias == "far"


def test_the_automatic_summarizer_is_the_bundled_one_or_none(dirs: tuple[Path, Path]) -> None:
    write_card(dirs[0] / "a.toml", "a", 'hub = "a/b"', task='"summarize"')
    assert Catalog.load(*dirs).resolve_summarizer("auto") is None
    write_card(dirs[0] / "a" / "card.toml", "a-shortener", 'bundled = "a"', task='"summarize"\nunit = "sentence"')
    assert Catalog.load(*dirs).resolve_summarizer("auto") is None
    write_card(dirs[0] / "f" / "card.toml", "a-fuser", 'bundled = "f"', task='"summarize"\nunit = "group"')
    assert Catalog.load(*dirs).resolve_summarizer("auto") is None
    write_card(dirs[0] / "sum" / "card.toml", "sum", 'bundled = "sum"', task='"summarize"')
    catalog = Catalog.load(*dirs)
    chosen = catalog.resolve_summarizer("auto")
    assert chosen is not None
    assert chosen.alias == "sum"
    assert catalog.resolve_summarizer("extractive") is None


def test_a_model_for_groups_says_by_which_marks_it_is_told_what_to_write(dirs: tuple[Path, Path]) -> None:
    write_card(
        dirs[0] / "f.toml",
        "fuser",
        'hub = "a/b"',
        task='"summarize"\nunit = "group"\nmarks = {sentence = "=", headline = "#"}',
    )
    assert Catalog.load(*dirs).resolve("fuser", Task.SUMMARIZE).marks == {"sentence": "=", "headline": "#"}
    write_card(dirs[0] / "f.toml", "fuser", 'hub = "a/b"', task='"summarize"\nunit = "group"\nmarks = {poem = "="}')
    with pytest.raises(ConfigError, match="marks"):
        Catalog.load(*dirs).resolve("fuser", Task.SUMMARIZE)


# Local folders


def test_a_folder_without_a_card_gets_one_from_its_config(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "My Model", max_position_embeddings=256)
    card = Catalog.load(tmp_path / "none", tmp_path / "config").resolve(str(folder), Task.TRANSLATE)

    assert (card.alias, card.name, card.family, card.licence) == ("my-model", "My Model", "marian", "unknown")
    assert card.limit_tokens == 248
    assert card.location.path == folder


def test_a_folders_own_card_is_used_but_not_its_location(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    write_card(folder / "card.toml", "own", 'bundled = "elsewhere"')
    card = card_for_directory(folder, Task.TRANSLATE)
    assert (card.alias, card.location.path, card.location.bundled) == ("own", folder, None)


def test_many_language_models_get_their_codes(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "nllb", model_type="m2m_100")
    (folder / "tokenizer_config.json").write_text('{"tokenizer_class": "NllbTokenizerFast", "model_max_length": 1e30}')
    card = card_for_directory(folder, Task.TRANSLATE)
    assert (card.source_code, card.target_code) == ("deu_Latn", "eng_Latn")


def test_a_summarizers_prefix_is_read_from_its_config(tmp_path: Path) -> None:
    params = {"summarization": {"prefix": "summarize: "}}
    folder = model_folder(tmp_path / "t5", model_type="t5", task_specific_params=params, n_positions=512)
    assert card_for_directory(folder, Task.SUMMARIZE).prefix == "summarize: "


def test_a_folder_name_and_a_prefix_with_escape_sequences_do_no_harm(tmp_path: Path) -> None:
    params = {"summarization": {"prefix": "\x1b[2J"}}
    folder = model_folder(tmp_path / "a\x1b[31mb", model_type="t5", task_specific_params=params)
    card = card_for_directory(folder, Task.SUMMARIZE)
    assert (card.name, card.prefix) == ("a\N{REPLACEMENT CHARACTER}[31mb", "")


@given(
    name=st.text(alphabet=st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=90)
)
def test_any_folder_name_gives_a_valid_alias(name: str) -> None:
    from sahelsum.catalog.localcard import _alias

    assert ModelCard.model_validate(
        {
            "alias": _alias(name),
            "name": "n",
            "task": "translate",
            "family": "marian",
            "engines": ["transformers"],
            "location": {"path": "x"},
            "licence": "unknown",
            "size_mb": 0,
            "parameters_millions": 0,
            "limit_tokens": 8,
        },
    ).alias


# Hostile folders


@pytest.mark.parametrize("file", ["config.json", "tokenizer_config.json"])
def test_custom_code_is_refused(tmp_path: Path, file: str) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / file).write_text(json.dumps({"model_type": "marian", "auto_map": {"AutoModel": "evil.Model"}}))
    with pytest.raises(ModelUnavailableError, match=r"its own Python code \(auto_map\)"):
        check_directory(folder)


def test_links_out_of_the_folder_are_refused(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    (tmp_path / "secret").write_text("secret")
    (folder / "vocab.json").symlink_to(tmp_path / "secret")
    with pytest.raises(ModelUnavailableError, match=r"vocab\.json: a link that leads out"):
        check_directory(folder)


def test_a_linked_subfolder_that_leads_out_is_refused(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "extra").symlink_to(tmp_path)
    with pytest.raises(ModelUnavailableError, match="leads out"):
        check_directory(folder)


def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "config.json").unlink()
    os.mkfifo(folder / "config.json")
    with pytest.raises(ModelUnavailableError, match="not a regular file"):
        check_directory(folder)


def test_a_folder_given_by_mistake_is_not_searched_through(tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to("/")
    with pytest.raises(ModelUnavailableError, match=r"no config\.json, so this is not a model folder"):
        check_directory(tmp_path)


def test_the_hub_caches_own_links_are_followed_and_no_others(tmp_path: Path) -> None:
    repository = tmp_path / "models--a--b"
    folder = model_folder(repository / "snapshots" / COMMIT)
    (repository / "blobs").mkdir()
    blob = (folder / "source.spm").rename(repository / "blobs" / "abc")
    (folder / "source.spm").symlink_to(Path("../../blobs/abc"))
    check_directory(folder)

    (repository / "elsewhere").write_text("x")
    blob.unlink()
    blob.symlink_to(repository / "elsewhere")
    with pytest.raises(ModelUnavailableError, match="leads out"):
        check_directory(folder)


def test_a_pickle_is_ignored_beside_safetensors_and_refused_alone(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "pytorch_model.bin").write_bytes(b"pickle")
    check_directory(folder)
    (folder / "model.safetensors").unlink()
    with pytest.raises(ModelUnavailableError, match=r"pytorch_model\.bin.*refused.*save_pretrained"):
        check_directory(folder)


@pytest.mark.parametrize("name", ["../../outside.safetensors", "/etc/passwd", "model.bin", "sub/model.safetensors"])
def test_an_index_cannot_name_files_elsewhere(tmp_path: Path, name: str) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": {"w": name}}))
    with pytest.raises(ModelUnavailableError, match="refused"):
        check_directory(folder)


def test_a_missing_shard_is_named(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    shards = {"a": "model.safetensors", "b": "model-2.safetensors"}
    (folder / "model.safetensors.index.json").write_text(json.dumps({"weight_map": shards}))
    with pytest.raises(ModelUnavailableError, match=r"model-2\.safetensors is missing"):
        check_directory(folder)


def test_a_tokenizer_config_cannot_name_a_file_elsewhere(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "model")
    config = folder / "tokenizer_config.json"
    config.write_text(json.dumps({"source_spm": "/a/stale/path/of/its/author"}))
    check_directory(folder)
    (tmp_path / "secret").write_text("secret")
    config.write_text(json.dumps({"source_spm": "../secret"}))
    with pytest.raises(ModelUnavailableError, match="source_spm leads out"):
        check_directory(folder)


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"[" * 100_000])
def test_a_broken_config_is_named(tmp_path: Path, content: bytes) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "config.json").write_bytes(content)
    with pytest.raises(ModelUnavailableError, match=r"config\.json"):
        check_directory(folder)


@pytest.mark.parametrize("content", [b"", b"not safetensors at all", b"\xff" * 64])
def test_damaged_weights_are_named(tmp_path: Path, content: bytes) -> None:
    folder = model_folder(tmp_path / "model")
    (folder / "model.safetensors").write_bytes(content)
    with pytest.raises(ModelUnavailableError, match=r"model\.safetensors: damaged"):
        read_weights(folder)


def test_weights_are_counted(tmp_path: Path) -> None:
    found = read_weights(model_folder(tmp_path / "model"))
    assert (found.tensors, found.parameters) == (1, 12)


# Hashes


def test_the_hash_covers_names_and_contents_but_not_the_card(tmp_path: Path) -> None:
    first = fingerprint(model_folder(tmp_path / "a"), tmp_path / "cache")
    copy = model_folder(tmp_path / "b")
    assert fingerprint(copy, tmp_path / "cache") == first

    (copy / "card.toml").write_text("x")
    (copy / "README.md").write_text("x")
    assert fingerprint(copy, tmp_path / "cache") == first

    (copy / "source.spm").rename(copy / "target.spm")
    assert fingerprint(copy, tmp_path / "cache") != first


def test_a_changed_file_changes_the_hash_even_with_its_old_size_and_time(tmp_path: Path) -> None:
    folder, cache = model_folder(tmp_path / "a"), tmp_path / "cache"
    before = fingerprint(folder, cache)
    file = folder / "source.spm"
    times = (file.stat().st_atime_ns, file.stat().st_mtime_ns)
    file.write_bytes(b"PIECES")
    os.utime(file, ns=times)
    assert fingerprint(folder, cache) != before


def test_unchanged_files_are_not_read_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder, cache = model_folder(tmp_path / "a"), tmp_path / "cache"
    first = fingerprint(folder, cache)

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr("hashlib.file_digest", fail)
    assert fingerprint(folder, cache) == first


@pytest.mark.parametrize("content", ["", "[]", '{"/x": 1}', '{"/x": [1, 2, "a", "b"]}', "[" * 50_000])
def test_a_damaged_hash_cache_is_made_again(tmp_path: Path, content: str) -> None:
    folder, cache = model_folder(tmp_path / "a"), tmp_path / "cache"
    first = fingerprint(folder, cache)
    (cache / "model-hashes.json").write_text(content)
    assert fingerprint(folder, cache) == first
    assert str(folder / "source.spm") in json.loads((cache / "model-hashes.json").read_text())


def test_a_cache_that_cannot_be_written_only_costs_time(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    folder = model_folder(tmp_path / "a")
    assert fingerprint(folder, tmp_path / "file") == fingerprint(folder, tmp_path / "cache")


# Finding the weights


def test_the_three_kinds_that_are_on_this_machine(dirs: tuple[Path, Path], tmp_path: Path) -> None:
    write_card(dirs[0] / "api.toml", "api", 'server = "http://localhost:1/v1"\nmodel = "m"', family='"server"')
    catalog = Catalog.load(*dirs)
    located = {
        alias: catalog.locate(catalog.resolve(alias, Task.TRANSLATE), offline=False, cache=tmp_path / "cache")
        for alias in ("ours", "mine", "api")
    }
    assert located["ours"].directory == dirs[0] / "ours"
    assert located["ours"].revision == "bundled"
    assert located["mine"].directory == dirs[1] / "models" / "weights"
    assert located["mine"].revision == "local"
    assert len(located["mine"].weights_sha256) == 64
    assert (located["api"].directory, located["api"].revision) == (None, "server")


def test_a_hub_model_that_is_not_here_names_the_three_ways_out(
    dirs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(tmp_path / "hub"))
    catalog = Catalog.load(*dirs)
    with pytest.raises(ModelUnavailableError) as raised:
        catalog.locate(catalog.resolve("far", Task.TRANSLATE), offline=False, cache=tmp_path)
    message = str(raised.value)
    for part in ("'far'", "someone/far", "1 MB", "models fetch far", "--translator ./FOLDER", "sahelsum-de-en"):
        assert part in message


def test_a_hub_model_is_found_in_the_cache_at_the_recorded_commit(
    dirs: tuple[Path, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = tmp_path / "hub"
    monkeypatch.setattr("huggingface_hub.constants.HF_HUB_CACHE", str(cache))
    folder = model_folder(cache / "models--someone--far" / "snapshots" / COMMIT)
    model_folder(cache / "models--someone--far" / "snapshots" / ("f" * 40))
    record_pin(dirs[1], "someone/far", COMMIT)
    catalog = Catalog.load(*dirs)
    located = catalog.locate(catalog.resolve("far", Task.TRANSLATE), offline=True, cache=tmp_path / "cache")
    assert (located.directory, located.revision) == (folder, COMMIT)


def test_a_missing_folder_of_a_card_is_named(dirs: tuple[Path, Path], tmp_path: Path) -> None:
    write_card(dirs[1] / "models" / "gone.toml", "gone", 'path = "gone"')
    catalog = Catalog.load(*dirs)
    with pytest.raises(ModelUnavailableError, match="no such folder"):
        catalog.locate(catalog.resolve("gone", Task.TRANSLATE), offline=False, cache=tmp_path)


# Recorded commits


def test_commits_are_recorded_and_read_back(tmp_path: Path) -> None:
    assert read_pins(tmp_path) == {}
    record_pin(tmp_path, "b/two", "f" * 40)
    record_pin(tmp_path, "a/one", COMMIT)
    assert read_pins(tmp_path) == {"a/one": COMMIT, "b/two": "f" * 40}


@pytest.mark.parametrize(
    "content", ["revisions = 1", '[revisions]\n"a/b" = "main"', "[", '[revisions]\n"a\\"b/c" = "' + COMMIT + '"']
)
def test_a_damaged_record_is_named(tmp_path: Path, content: str) -> None:
    (tmp_path / LOCK_NAME).write_text(content)
    with pytest.raises(ConfigError, match=r"models\.lock\.toml"):
        read_pins(tmp_path)


def test_more_weights_are_another_model(tmp_path: Path) -> None:
    folder = model_folder(tmp_path / "a")
    before = fingerprint(folder, tmp_path / "cache")
    weights(folder / "model.safetensors", rows=5)
    assert fingerprint(folder, tmp_path / "cache") != before

"""The commands as a user types them, with the echo engine: no model is loaded here."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.cli.main import COMMANDS, cli
from sahelsum.errors import ModelUnavailableError

SEEDS = Path(__file__).parents[2] / "seeds"
GERMAN = "Die Armee hat in Bamako 24 Menschen festgenommen. Der Minister sprach am Montag im Radio von einem Erfolg."


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setenv("SAHELSUM_CONFIG_DIR", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)


def sahelsum(*arguments: str, stdin: str | bytes | None = None) -> Result:
    return CliRunner().invoke(cli, list(arguments), input=stdin)


def run_echo(*arguments: str, stdin: str | None = None) -> Result:
    return sahelsum("run", *arguments, "--engine", "echo", "-o", "out", stdin=stdin)


def test_every_command_has_help_with_a_first_sentence() -> None:
    overview = sahelsum("--help")
    for name in COMMANDS:
        result = sahelsum(name, "--help")
        assert result.exit_code == 0, result.output
        assert name in overview.output


def test_version() -> None:
    assert re.fullmatch(r"sahelsum \d+\.\d+\.\d+\n", sahelsum("--version").output)


def test_a_dry_run_on_the_seeds_writes_all_pages_and_says_where() -> None:
    result = run_echo(str(SEEDS))
    assert result.exit_code == 0, result.output
    assert sorted(path.name for path in Path("out").glob("*.md")) == [
        "000_21a7c099a1aad2e0.md",
        "001_21810a1278fde07b.md",
        "002_8ca5774a777f5161.md",
        "003_b11584190c4d334a.md",
        "004_378a34bc2fd6e492.md",
        "digest.md",
    ]
    assert "5 done" in result.stderr
    assert "out/digest.md" in result.stderr
    assert result.stdout == ""


def test_a_second_run_changes_no_byte() -> None:
    run_echo(str(SEEDS))
    before = {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()}
    result = run_echo(str(SEEDS))
    assert "5 unchanged" in result.stderr
    assert {path: path.read_bytes() for path in Path("out").rglob("*") if path.is_file()} == before


def test_bad_files_are_named_and_the_good_ones_written() -> None:
    folder = Path("mixed")
    folder.mkdir()
    (folder / "good.txt").write_text(GERMAN, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    (folder / "binary.txt").write_bytes(bytes(range(256)) * 40)
    english = "The army arrested twenty people in the capital on Monday, and the minister spoke about it on the radio. "
    (folder / "english.txt").write_text(english * 5, encoding="utf-8")
    (folder / "huge.txt").write_text(GERMAN * 20_000, encoding="utf-8")
    result = run_echo("mixed")
    assert result.exit_code == 1
    assert Path("out/good.md").is_file()
    lines = [line for line in result.stderr.splitlines() if line.startswith("FAILED")]
    assert [next(name for name in ("binary", "empty", "english", "huge") if name in line) for line in lines] == [
        "binary",
        "empty",
        "english",
        "huge",
    ]
    assert "--source-lang" in lines[2]
    assert "max" in lines[3]
    page = Path("out/digest.md").read_text(encoding="utf-8")
    assert all(f"{name}.txt" in page for name in ("binary", "empty", "english", "huge"))


def test_a_file_without_read_permission_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    folder = Path("mixed")
    folder.mkdir()
    (folder / "good.txt").write_text(GERMAN, encoding="utf-8")
    locked = folder / "locked.txt"
    locked.write_text(GERMAN, encoding="utf-8")
    locked.chmod(0)
    if os.access(locked, os.R_OK):  # root may read everything, so the refusal has to be played
        really_open = os.open

        def refuse(path: str | Path, *arguments: int, **named: int) -> int:
            if Path(path).name == locked.name:
                raise PermissionError(13, "Permission denied")
            return really_open(path, *arguments, **named)

        monkeypatch.setattr(os, "open", refuse)
    result = run_echo("mixed")
    assert result.exit_code == 1
    assert "permission" in next(line for line in result.stderr.splitlines() if line.startswith("FAILED"))
    assert Path("out/good.md").is_file()


def test_standard_input_is_an_article() -> None:
    result = run_echo("-", stdin=GERMAN)
    assert result.exit_code == 0, result.output
    assert Path("out/stdin.md").is_file()


def test_the_output_folder_is_not_read_as_articles() -> None:
    Path("good.txt").write_text(GERMAN, encoding="utf-8")
    for _ in range(3):
        result = sahelsum("run", ".", "--engine", "echo")
        assert result.exit_code == 0, result.output
    assert sorted(path.name for path in Path("outputs").glob("*.md")) == ["digest.md", "good.md"]


def test_sources_and_pages_may_share_a_folder() -> None:
    Path("good.txt").write_text(GERMAN, encoding="utf-8")
    for _ in range(2):
        assert sahelsum("run", ".", "--engine", "echo", "-o", ".").exit_code == 0
    assert sorted(path.name for path in Path().glob("*.md")) == ["digest.md", "good.md"]


def test_somebody_elses_run_json_is_not_overwritten() -> None:
    Path("out").mkdir()
    Path("out/run.json").write_text('{"mine": 1}', encoding="utf-8")
    result = run_echo(str(SEEDS))
    assert result.exit_code == 1
    assert "run.json" in result.stderr
    assert Path("out/run.json").read_text(encoding="utf-8") == '{"mine": 1}'


SHELL = f"{sys.executable} -m sahelsum"


@pytest.mark.skipif(os.name != "posix", reason="needs a POSIX shell")
@pytest.mark.parametrize(
    "line",
    [
        f"{SHELL} run {SEEDS} --engine echo -o out <&-",
        f"{SHELL} run {SEEDS} --engine echo -o out 2>&-",
        f"{SHELL} run {SEEDS} --engine echo -o out >&-",
        f"{SHELL} inspect {SEEDS} | head -n 1; exit ${{PIPESTATUS[0]}}",
    ],
)
def test_closed_streams_and_pipes_do_no_harm(line: str) -> None:
    result = subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert "mistake" not in result.stderr


def test_a_closed_input_is_explained() -> None:
    result = subprocess.run(
        ["bash", "-c", f"{SHELL} translate --engine echo <&-"], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "Standard input is closed" in result.stderr


@pytest.mark.parametrize("option", ["-o", "--memory", "--translator"])
def test_an_unknown_home_folder_is_explained(option: str) -> None:
    result = sahelsum("run", str(SEEDS), option, "~no-such-user/x")
    assert result.exit_code in {2, 4}
    assert "mistake" not in result.stderr
    assert "~no-such-user" in result.stderr


def test_a_language_the_model_does_not_know_is_refused() -> None:
    result = sahelsum("run", str(SEEDS), "--source-lang", "zz", "-o", "out")
    assert result.exit_code == 2
    assert "does not translate from 'zz'" in result.stderr


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="needs named pipes")
def test_a_pipe_in_place_of_the_settings_does_not_hang() -> None:
    os.mkfifo("sahelsum.toml")
    result = run_echo(str(SEEDS))
    assert result.exit_code == 2
    assert "not a regular file" in result.stderr


def test_files_without_a_last_line_end_stay_apart() -> None:
    Path("a.de").write_text("Eins.", encoding="utf-8")
    Path("b.de").write_text("Zwei.", encoding="utf-8")
    assert sahelsum("translate", "--lines", "--engine", "echo", "a.de", "b.de").stdout.count("\n") == 2


def test_nothing_to_read_is_said() -> None:
    Path("nothing").mkdir()
    result = run_echo("nothing")
    assert result.exit_code == 1
    assert "No articles found" in result.stderr


def test_the_report_as_json() -> None:
    result = run_echo(str(SEEDS), "--json")
    report = json.loads(result.stdout)
    assert [entry["state"] for entry in report["entries"]] == ["done"] * 5


def test_strict_exits_3_when_there_is_something_to_review() -> None:
    # The echo engine leaves everything German, which every check must notice.
    assert run_echo(str(SEEDS), "--strict").exit_code == 3


def test_the_manifest_tells_settings_with_their_origin() -> None:
    Path("sahelsum.toml").write_text("summary_sentences = 2\n", encoding="utf-8")
    run_echo(str(SEEDS))
    manifest = json.loads(Path("out/run.json").read_text(encoding="utf-8"))
    assert manifest["settings"]["summary_sentences"]["value"] == 2
    assert "sahelsum.toml" in manifest["settings"]["summary_sentences"]["origin"]
    assert manifest["settings"]["engine"]["origin"] == "flag"
    assert len(manifest["articles"]) == 5
    digests = [json.loads(file.read_text(encoding="utf-8")) for file in Path("out/data").glob("*.json")]
    assert {digest["processor"] for digest in digests} == {manifest["processor"]} != {""}


def test_an_unknown_model_names_the_nearest() -> None:
    result = sahelsum("run", str(SEEDS), "--translator", "sahelsum-de-n")
    assert result.exit_code == 4
    assert "sahelsum-de-en" in result.stderr


def test_a_model_that_is_not_here_names_the_ways_out() -> None:
    result = sahelsum("run", str(SEEDS), "--translator", "opus-mt-de-en")
    assert result.exit_code == 4
    for way in ("Helsinki-NLP/opus-mt-de-en", "MB", "sahelsum models fetch opus-mt-de-en", "sahelsum-de-en"):
        assert way in result.stderr


def test_settings_that_send_files_elsewhere_are_told(tmp_path: Path) -> None:
    Path("here").mkdir()
    os.chdir("here")
    Path("sahelsum.toml").write_text('output = "../elsewhere"\n', encoding="utf-8")
    result = sahelsum("run", str(SEEDS), "--engine", "echo")
    assert "sets output to ../elsewhere, outside this folder" in result.stderr
    assert "outside this folder" not in run_echo(str(SEEDS)).stderr
    assert (tmp_path / "elsewhere" / "digest.md").is_file()


def test_a_wrong_key_names_file_line_and_nearest_key() -> None:
    Path("sahelsum.toml").write_text('quality = "fast"\ntranslater = "x"\n', encoding="utf-8")
    result = run_echo(str(SEEDS))
    assert result.exit_code == 2
    assert "line 2" in result.stderr
    assert "translator" in result.stderr


def test_wrong_usage_exits_2() -> None:
    assert sahelsum("run").exit_code == 2
    assert sahelsum("nonsense").exit_code == 2
    assert sahelsum("evaluate").exit_code == 2


def test_an_unexpected_error_is_no_traceback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sahelsum.app.settings.load_config", lambda flags: 1 / 0)
    result = run_echo(str(SEEDS))
    assert result.exit_code == 1
    assert "ZeroDivisionError" in result.stderr
    assert "Traceback" not in result.stderr


def test_an_interrupt_says_how_to_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(flags: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("sahelsum.app.settings.load_config", interrupt)
    result = run_echo(str(SEEDS))
    assert result.exit_code == 130
    assert "run the same command again" in result.stderr


def test_translate_lines_gives_one_line_for_each() -> None:
    text = "Guten Tag. Wie geht es?\n\nEs gibt 10.000 Flüchtlinge.\n"
    result = sahelsum("translate", "--lines", "--engine", "echo", stdin=text)
    assert result.exit_code == 0, result.output
    lines = result.stdout.split("\n")
    assert len(lines) == 4
    assert lines[1] == ""
    assert "Guten Tag." in lines[0]
    assert "Wie geht es?" in lines[0]
    assert lines[3] == ""


def test_translate_joins_wrapped_lines_as_run_does() -> None:
    text = (
        "Die Minister der drei Staaten trafen sich am Montag in der Haupt-\n"
        "stadt von Mali und berieten lange über die Lage in der ganzen\n"
        "Region, die seit Jahren von bewaffneten Gruppen bedroht wird und\n"
        "in der viele Menschen auf der Flucht sind.\n"
    )
    result = sahelsum("translate", "--engine", "echo", stdin=text)
    assert result.stdout.count("\n") == 1
    assert "Hauptstadt von Mali" in result.stdout


@pytest.mark.parametrize("separator", ["\u2028", "\x0b", "\x85", "\r"])
def test_other_line_separators_do_not_make_lines(separator: str) -> None:
    result = sahelsum("translate", "--lines", "--engine", "echo", stdin=f"Guten{separator}Tag.\nJa.\n".encode())
    assert result.stdout.count("\n") == 2


def test_translate_refuses_what_is_not_utf8() -> None:
    result = sahelsum("translate", "--engine", "echo", stdin="Grüße".encode("cp1252"))
    assert result.exit_code == 1
    assert "not UTF-8 at byte 2" in result.stderr


def test_translate_json_has_a_row_for_every_sentence() -> None:
    result = sahelsum("translate", "--json", "--engine", "echo", stdin="Guten Tag. Wie geht es dir?\n")
    rows = [json.loads(line) for line in result.stdout.splitlines()]
    assert [row["source"] for row in rows] == ["Guten Tag.", "Wie geht es dir?"]


def test_summarize_prints_the_summary_alone() -> None:
    text = (
        "The army arrested 24 people in Bamako on Monday.\nA minister spoke on the radio about the arrests in town.\n"
    )
    result = sahelsum("summarize", "-", "--summarizer", "extractive", "--summary-sentences", "1", stdin=text)
    assert result.exit_code == 0
    assert result.stdout in {f"{line}\n" for line in text.splitlines()}


def test_evaluate_scores_a_given_translation() -> None:
    Path("ref.en").write_text("The army is in the town now.\nThe school is closed today.\n", encoding="utf-8")
    result = sahelsum("evaluate", "--hypothesis", "ref.en", "--reference", "ref.en", "--json")
    scores = {score["metric"]: score for score in map(json.loads, result.stdout.splitlines())}
    assert scores["BLEU"]["score"] == pytest.approx(100)
    assert scores["chrF2"]["score"] == pytest.approx(100)
    assert "version:" in scores["BLEU"]["signature"]


def test_evaluate_refuses_files_of_different_length() -> None:
    Path("a.en").write_text("One.\n", encoding="utf-8")
    Path("b.en").write_text("One.\nTwo.\n", encoding="utf-8")
    result = sahelsum("evaluate", "--hypothesis", "a.en", "--reference", "b.en")
    assert result.exit_code == 1
    assert "1 lines" in result.stderr
    assert "2" in result.stderr


def test_evaluate_scores_summaries() -> None:
    text = "The army arrested 24 people in Bamako on Monday."
    Path("s.jsonl").write_text(json.dumps({"text": text, "summary": text}) + "\n", encoding="utf-8")
    result = sahelsum("evaluate", "--summaries", "s.jsonl", "--summarizer", "extractive", "--json")
    assert [score["score"] for score in map(json.loads, result.stdout.splitlines())] == [100, 100, 100]


def test_memory_shows_and_forgets() -> None:
    sahelsum("translate", "--engine", "echo", stdin="Guten Tag.\n")
    assert json.loads(sahelsum("memory", "show", "--json").stdout)["rows"] == 1
    assert "Forgot 1" in sahelsum("memory", "clear", "--yes").stdout
    assert json.loads(sahelsum("memory", "show", "--json").stdout)["rows"] == 0


def test_a_damaged_memory_is_explained_and_can_be_cleared() -> None:
    sahelsum("translate", "--engine", "echo", stdin="Guten Tag.\n" * 3 + "Wie geht es dir heute?\n")
    memory = Path(os.environ["SAHELSUM_CACHE_DIR"]) / "memory.sqlite"
    memory.write_bytes(b"no database at all" * 1000)
    for extra in ("-wal", "-shm"):
        memory.with_name(memory.name + extra).unlink(missing_ok=True)
    result = run_echo(str(SEEDS))
    assert result.exit_code == 0
    assert "translation memory" in result.stderr
    assert sahelsum("memory", "clear", "--yes").exit_code == 0
    assert run_echo(str(SEEDS)).exit_code == 0


def test_a_memory_that_is_one_of_the_articles_is_refused() -> None:
    Path("empty.txt").write_text("", encoding="utf-8")
    Path("good.txt").write_text(GERMAN, encoding="utf-8")
    result = run_echo("empty.txt", "good.txt", "--memory", "empty.txt")
    assert result.exit_code == 2
    assert "empty.txt" in result.stderr
    assert Path("empty.txt").read_bytes() == b""


def test_a_memory_named_by_the_user_is_never_deleted() -> None:
    Path("letter.txt").write_text("Dear all", encoding="utf-8")
    Path("sahelsum.toml").write_text('memory_path = "letter.txt"\n', encoding="utf-8")
    assert sahelsum("memory", "clear", "--yes").exit_code == 1
    assert Path("letter.txt").read_text(encoding="utf-8") == "Dear all"


def test_clearing_without_anybody_to_ask_says_what_to_type() -> None:
    result = sahelsum("memory", "clear", stdin="")
    assert result.exit_code == 2
    assert "--yes" in result.stderr


def test_doctor_finds_the_bundled_model() -> None:
    result = sahelsum("doctor", "--json")
    checks = {check["name"]: check for check in map(json.loads, result.stdout.splitlines())}
    assert checks["model sahelsum-de-en"]["verdict"] == "ok"
    assert result.exit_code == 0


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_name_the_command(shell: str) -> None:
    result = sahelsum("completion", shell)
    assert result.exit_code == 0
    assert "_SAHELSUM_COMPLETE" in result.stdout


def test_errors_pass_through_when_called_as_a_function() -> None:
    with pytest.raises(ModelUnavailableError):
        cli.main(["run", str(SEEDS), "--translator", "no-such"], standalone_mode=False)

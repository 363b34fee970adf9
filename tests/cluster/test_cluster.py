"""The models' work on a Ray cluster: the same digests as in this process, whoever dies meanwhile."""

from __future__ import annotations

import json
import logging
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from sahelsum.app.jobs import open_job, packed
from sahelsum.app.settings import load_config
from sahelsum.cli.main import cli
from sahelsum.cluster import LOCAL, ClusterRunner, Work, check_address
from sahelsum.cluster.attempts import Attempts
from sahelsum.cluster.identity import check_identity, identity
from sahelsum.cluster.runner import _groups, _pool
from sahelsum.cluster.session import Resources, cause
from sahelsum.cluster.wire import Answer, Problem, pack_answer, pack_items, unpack_answer, unpack_items
from sahelsum.cluster.worker import BatchWorker
from sahelsum.errors import ConfigError, ModelUnavailableError, SahelsumError
from sahelsum.glossary import load_glossary
from sahelsum.language.packs import pack_of
from sahelsum.read import ReadOptions, find_sources, read_articles
from sahelsum.records import Article, ArticleState, Failure
from sahelsum.runs.pipeline import run
from sahelsum.runs.work import Item, make_digests
from sahelsum.segment import segment
from tests.cluster_jobs import FATAL, echo_job, open_echo
from tests.fakes import RecordingObserver
from tests.near_ties import all_but_near_ties

pytestmark = pytest.mark.slow

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="session")
def cluster() -> Iterator[None]:
    """A Ray cluster of this machine with room for four actors, reachable from nowhere else."""
    from sahelsum.cluster import session

    patch = pytest.MonkeyPatch()
    for name in (*session._QUIET, *session._LOOPBACK, "RAY_AUTH_TOKEN"):
        patch.setenv(name, "")
    patch.delenv("RAY_AUTH_TOKEN")
    session._prepare_environment(LOCAL)
    ray = pytest.importorskip("ray")
    ray.init(LOCAL, num_cpus=4, include_dashboard=False, log_to_driver=False, object_store_memory=100_000_000)
    yield
    ray.shutdown()
    patch.undo()


def items(folder: Path = SEEDS) -> list[Item]:
    options = ReadOptions(check_language=False)
    articles = [article for source in find_sources([str(folder)]) for article in read_articles(source, options)]
    return [
        Item(article, segment(article.blocks, pack_of("de"))) for article in articles if isinstance(article, Article)
    ]


def work(actors: int = 2, **plain: object) -> Work:
    return Work(open_echo, json.dumps(plain), actors=actors, cpus=1)


def sahelsum(*arguments: str) -> Result:
    return CliRunner().invoke(cli, list(arguments))


def outputs(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "run.json"
    }


def save_articles(folder: Path) -> Path:
    """Articles of which one cannot be read and one kills the engine that wants to be killed."""
    folder.mkdir()
    for number in range(9):
        text = f"In Bamako wurden {number} Menschen verletzt. Die Lage im Norden ist am {number + 1}. Mai ruhig."
        (folder / f"{number}.txt").write_text(f"{FATAL}. {text}" if number == 4 else text, encoding="utf-8")
    (folder / "5.txt").write_bytes(b"")
    return folder


def test_articles_and_answers_survive_the_wire() -> None:
    (first, *others) = items()
    odd = replace(first.article, title="halb \ud800 \x00 \u2028", metadata=(("a", "b"),))
    sent = [replace(first, article=odd), *others]
    assert unpack_items(pack_items(sent)) == tuple(sent)
    assert pack_items(sent).isascii()
    result = make_digests(sent, echo_job(), RecordingObserver())
    for answer in (Answer(result, None, ("a note",)), Answer(None, Problem("EngineError", "broken", "mend it"))):
        assert unpack_answer(pack_answer(answer)) == answer


def test_a_problem_comes_back_as_the_error_it_was() -> None:
    error = Problem("ModelUnavailableError", "gone", "fetch it").as_error()
    assert isinstance(error, ModelUnavailableError)
    assert (error.message, error.hint) == ("gone", "fetch it")
    assert type(Problem("SystemExit", "odd").as_error()) is SahelsumError


@pytest.mark.parametrize("actors", [1, 2, 4, 50])
def test_groups_keep_the_order_and_lose_nothing(actors: int) -> None:
    given = items()
    groups = _groups(given, actors)
    assert [item for group in groups for item in group] == given
    assert all(groups)
    assert len(groups) <= max(actors, 1) or actors > len(given)


def answers(worker: BatchWorker, given: list[Item]) -> Answer:
    import pyarrow as pa

    answered = worker(pa.table({"number": [7], "items": [pack_items(given)]}))
    assert answered["number"] == [7]
    (answer,) = map(unpack_answer, answered["answer"])
    return answer


def test_an_article_that_kills_its_worker_again_and_again_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(code: int) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "_exit", die)
    given, ledger, deaths = items(save_articles(tmp_path / "in")), Attempts(), 0
    (tmp_path / "marks").mkdir()
    plain = json.dumps({"marks": str(tmp_path / "marks"), "times": 100})
    while True:
        worker = BatchWorker(open_echo, plain, 1, identity(echo_job()), ledger)
        try:
            answer = answers(worker, given)
        except KeyboardInterrupt:
            deaths += 1
        else:
            break
    assert deaths == 3
    assert answer.result is not None
    outcomes = answer.result.outcomes
    assert [outcome.source for outcome in outcomes if isinstance(outcome, Failure)] == ["4.txt"]
    assert len(outcomes) == len(given)


def test_what_is_wrong_on_a_node_is_an_answer() -> None:
    given = items()[:1]
    told = [
        answers(BatchWorker(open_echo, plain, 1, identity(echo_job()), Attempts()), given).problem
        for plain in ('{"missing": true}', '{"code": "two"}')
    ]
    assert [problem and problem.kind for problem in told] == ["ModelUnavailableError", "ConfigError"]


def test_a_node_that_would_make_other_digests_is_refused() -> None:
    driver = identity(echo_job())
    check_identity(driver, driver, "n1")
    other = {**driver, "version of sahelsum": "0.0.0", "recipe": "other"}
    with pytest.raises(ConfigError, match=r"node n1 .* version of sahelsum \(0\.0\.0, here"):
        check_identity(other, driver, "n1")
    with pytest.raises(ConfigError, match="recipe"):
        check_identity({**driver, "recipe": "other"}, driver, "n1")


def test_a_worker_on_another_kind_of_processor_says_so() -> None:
    driver = identity(echo_job())
    other = {**driver, "processor": "GenuineIntel x86_64 avx2"}
    assert answers(BatchWorker(open_echo, "{}", 1, driver, Attempts()), items()[:1]).notes == ()
    answer = answers(BatchWorker(open_echo, "{}", 1, other, Attempts()), items()[:1])
    assert answer.problem is None
    assert [note for note in answer.notes if "processor of another kind" in note]


def test_a_worker_hands_on_what_engines_say(monkeypatch: pytest.MonkeyPatch) -> None:
    from sahelsum.engines.echo import EchoEngine

    real = EchoEngine.generate

    def talking(self: EchoEngine, texts: list[str], search: object = None) -> object:
        logging.getLogger("sahelsum.engines.budget").warning("Memory ran out.")
        return real(self, texts)

    monkeypatch.setattr(EchoEngine, "generate", talking)
    answer = answers(BatchWorker(open_echo, "{}", 1, identity(echo_job()), Attempts()), items()[:1])
    assert set(answer.notes) == {"Memory ran out."}
    assert answer.result is not None
    assert len(answer.result.outcomes) == 1


@pytest.mark.parametrize("address", [LOCAL, "auto", "10.0.0.1:6379", "ray://head.example:10001", "[::1]:6379"])
def test_addresses(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: name)
    check_address(address)


def test_the_client_of_ray_is_an_extra_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None if name == "grpc" else name)
    with pytest.raises(ConfigError, match=r"pip install 'ray\[client\]'"):
        check_address("ray://head:10001")


@pytest.mark.parametrize(
    ("given", "cluster_has", "on_gpu", "wanted"),
    [
        (Work(open_echo, ""), Resources(16, 0, 8), False, (4, 4, 0)),
        (Work(open_echo, ""), Resources(2, 0, 2), False, (1, 2, 0)),
        (Work(open_echo, "", actors=3, cpus=1), Resources(16, 0, 8), False, (3, 1, 0)),
        (Work(open_echo, ""), Resources(16, 2, 8), True, (2, 1, 1)),
        (Work(open_echo, ""), Resources(0, 0, 0), False, (1, 1, 0)),
    ],
)
def test_as_many_actors_as_fit(given: Work, cluster_has: Resources, on_gpu: bool, wanted: tuple[int, int, int]) -> None:
    pool = _pool(given, cluster_has, on_gpu=on_gpu)
    assert (pool.actors, pool.cpus, pool.gpus) == wanted


def test_a_cluster_without_gpus_is_no_place_for_models_on_gpus() -> None:
    with pytest.raises(ConfigError, match="--device cpu"):
        _pool(Work(open_echo, ""), Resources(16, 0, 8), on_gpu=True)


@pytest.mark.parametrize("address", ["seeds/", "http://a:1", "head", "a:b", "", "a:1 b", "ray://a:1/../x"])
def test_what_is_no_address_is_refused(address: str) -> None:
    with pytest.raises(ConfigError, match="HOST:PORT"):
        check_address(address)


def test_without_ray_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(ConfigError, match=r"pip install 'sahelsum\[ray\]'"):
        check_address(LOCAL)


def test_the_cause_is_found_among_tracebacks() -> None:
    told = """\x1b[36mray::MapWorker()\x1b[39m
  File "x.py", line 3, in f
ModuleNotFoundError: No module named 'sahelsum'.

ray.exceptions.UserCodeException: UDF failed.
To change retry attempts, configure it."""
    assert cause(RuntimeError(told)) == "ModuleNotFoundError: No module named 'sahelsum'"
    assert cause(RuntimeError("The actor died.\nMore.")) == "The actor died"
    assert cause(RuntimeError()) == "RuntimeError"


def test_settings_and_glossary_travel_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SAHELSUM_CACHE_DIR", str(tmp_path))
    terms = load_glossary([], shipped=True)
    settings = load_config(
        {
            "engine": "echo",
            "summary_sentences": 2,
            "workers": 7,
            "output": str(tmp_path / "out"),
            "glossary": ["x.toml"],
        },
        cwd=tmp_path,
        env={},
        user_dir=tmp_path,
    ).settings
    with open_job(packed(settings, terms), 3) as job:
        assert job.glossary.key == terms.key
        assert job.summary_sentences == 2
        assert job.output == tmp_path / "out"


def test_nothing_to_do_starts_nothing() -> None:
    with ClusterRunner("10.255.255.1:1", work()) as runner:
        assert runner([], echo_job(), RecordingObserver()).outcomes == ()


def test_the_same_bytes_from_four_actors(cluster: None, tmp_path: Path) -> None:
    folder = save_articles(tmp_path / "in")
    job = replace(echo_job(), sources=find_sources([str(folder)]))
    here = run(replace(job, output=tmp_path / "here"), RecordingObserver())
    observer = RecordingObserver()
    with ClusterRunner(LOCAL, work(4)) as runner:
        there = run(replace(job, output=tmp_path / "there"), observer, runner, runner.batch_sentences)
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")
    assert list(there.entries) == list(here.entries)
    assert [entry.state for entry in there.entries].count(ArticleState.FAILED) == 1
    assert ("on the cluster", observer.steps) in observer.stages


def test_the_same_bytes_from_two_actors_of_which_one_dies(cluster: None, tmp_path: Path) -> None:
    folder = save_articles(tmp_path / "in")
    marks = tmp_path / "marks"
    marks.mkdir()
    job = replace(echo_job(), sources=find_sources([str(folder)]))
    run(replace(job, output=tmp_path / "here"), RecordingObserver())
    with ClusterRunner(LOCAL, work(2, marks=str(marks), times=1)) as runner:
        observer = RecordingObserver()
        run(replace(job, output=tmp_path / "there"), observer, runner)
    assert len(list(marks.iterdir())) == 1
    assert any("A worker died" in note for note in observer.notes)
    assert outputs(tmp_path / "there") == outputs(tmp_path / "here")


def test_a_model_missing_on_a_node_ends_the_run(cluster: None) -> None:
    with ClusterRunner(LOCAL, work(missing=True)) as runner, pytest.raises(ModelUnavailableError, match="'planted'"):
        runner(items()[:1], echo_job(), RecordingObserver())


def test_the_bundled_model_gives_the_same_pages(cluster: None, tmp_path: Path) -> None:
    folder = save_articles(tmp_path / "in")
    for number in range(3, 9):
        (folder / f"{number}.txt").unlink()
    common = ["--no-memory", "--no-language-check", "--workers", "1", "--device", "cpu"]
    here = sahelsum("run", str(folder), *common, "-o", str(tmp_path / "here"))
    there = sahelsum("run", str(folder), *common, "-o", str(tmp_path / "there"), "--ray", "--ray-actors", "2")
    assert (here.exit_code, there.exit_code) == (0, 0), there.output
    assert "3 done" in there.stderr
    assert there.stdout == ""
    assert outputs(tmp_path / "there").keys() == outputs(tmp_path / "here").keys()
    assert all_but_near_ties(*(wordings(tmp_path / name) for name in ("there", "here")))


def wordings(folder: Path) -> list[tuple[str, str]]:
    """German and English of every sentence of a run, in order."""
    digests = [json.loads(file.read_bytes()) for file in sorted(folder.glob("data/*.json"))]
    return [(item["sentence"]["text"], item["text"]) for digest in digests for item in digest["translations"]]

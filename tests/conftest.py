"""Fixtures and options shared by all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest

from sahelsum.catalog.cards import LocatedModel, Task
from sahelsum.engines import hardware
from tests.tiny_models import build_tiny_marian, build_tiny_summarizer, located, tiny_card

# A check of a change must give the same answer twice; at the desk, new examples every time find more.
hypothesis.settings.register_profile("ci", derandomize=True, deadline=None)
hypothesis.settings.register_profile("desk", deadline=None)
hypothesis.settings.load_profile("ci" if os.environ.get("CI") else "desk")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--update-golden", action="store_true", help="write what the tests got into tests/golden/ instead of comparing"
    )


@pytest.fixture
def update_golden(request: pytest.FixtureRequest) -> bool:
    """Whether golden files are to be written anew."""
    return bool(request.config.getoption("--update-golden"))


@pytest.fixture(scope="module")
def float32() -> Iterator[None]:
    """PyTorch computes in float32 on every processor: in bfloat16, which some have, a score depends on the batch."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hardware, "cpu_flags", frozenset)
        yield


@pytest.fixture(scope="session")
def tiny_marian(tmp_path_factory: pytest.TempPathFactory) -> LocatedModel:
    """A random Marian translator."""
    directory = build_tiny_marian(tmp_path_factory.mktemp("models") / "tiny-marian")
    return located(directory, tiny_card(directory, Task.TRANSLATE, "marian"))


@pytest.fixture(scope="session")
def tiny_summarizer(tmp_path_factory: pytest.TempPathFactory) -> LocatedModel:
    """A random BART summarizer."""
    directory = build_tiny_summarizer(tmp_path_factory.mktemp("models") / "tiny-bart")
    return located(directory, tiny_card(directory, Task.SUMMARIZE, "bart", source_languages=("en",)))


@pytest.fixture(scope="session")
def engine_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder for converted models, shared by the tests of a session."""
    return tmp_path_factory.mktemp("cache")

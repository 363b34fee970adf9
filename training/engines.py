"""A bundled or trained model as sahelsum runs it, for scripts that translate a corpus."""

from __future__ import annotations

from pathlib import Path

from sahelsum.catalog import Catalog
from sahelsum.catalog.cards import Task
from sahelsum.catalog.generation import Generation
from sahelsum.engines.base import Engine
from sahelsum.engines.factory import open_engine


def opened(model: str, generation: Generation, workers: int | None, cache: Path) -> Engine:
    """The engine of a folder with a model; ``cache`` gets its conversion.

    Raises:
        SahelsumError: the folder holds no model that can be run.
    """
    catalog = Catalog.load()
    located = catalog.locate(catalog.resolve(model, Task.TRANSLATE), offline=True, cache=cache)
    return open_engine(located, generation=generation, device="cpu", workers=workers, cache_dir=cache)

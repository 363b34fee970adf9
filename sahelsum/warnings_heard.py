"""What the engines log as warnings, handed to whoever tells the user: they run in other threads and know nobody."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class _Handler(logging.Handler):
    def __init__(self, tell: Callable[[str], None]) -> None:
        super().__init__(logging.WARNING)
        self._tell = tell

    def emit(self, record: logging.LogRecord) -> None:
        self._tell(record.getMessage())


@contextmanager
def warnings_to(tell: Callable[[str], None]) -> Iterator[None]:
    """Call ``tell`` with each warning that sahelsum logs meanwhile, in whatever thread logs it."""
    handler, logger = _Handler(tell), logging.getLogger("sahelsum")
    logger.addHandler(handler)
    try:
        yield
    finally:
        logger.removeHandler(handler)

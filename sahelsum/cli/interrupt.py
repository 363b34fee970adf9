"""Ctrl-C: said at once, and heeded within two seconds, also while a model computes and Python hears nothing."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from sahelsum.errors import ExitCode

GRACE_SEC = 1.5
"""For what is being written. What a model has begun is given up: what it has finished is in the memory."""
CLUSTER_GRACE_SEC = 20.0
"""For the workers of a cluster, which would else go on."""
STOPPING = "\nStopping: finishing what is being written ...\n"
STOPPED = "Stopped. Finished work is kept: run the same command again to go on.\n"
_SHOW_CURSOR = "\x1b[?25h"
"""A progress bar hides it."""


@contextmanager
def heeded() -> Iterator[None]:
    """End the process after Ctrl-C even if it is busy outside Python.

    The operating system's signal is passed on to a thread, since Python's own handler runs only between two steps of
    the main thread, and a batch of a model is one step.
    """
    ours, signals = socket.socketpair()
    signals.setblocking(False)
    previous = signal.set_wakeup_fd(signals.fileno(), warn_on_full_buffer=False)
    watcher = threading.Thread(target=_watch, args=(ours,), name="interrupt", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(previous)
        signals.close()
        watcher.join()
        ours.close()


def _watch(signals: socket.socket) -> None:
    while heard := signals.recv(1):
        if heard[0] == signal.SIGINT:
            _say(STOPPING)
            wait = CLUSTER_GRACE_SEC if "ray" in sys.modules else GRACE_SEC
            timer = threading.Timer(wait, _end)
            timer.daemon = True
            timer.start()
            return


def _end() -> None:
    _say(STOPPED)
    os._exit(ExitCode.INTERRUPTED)


def _say(text: str) -> None:
    with suppress(OSError, ValueError, AttributeError):
        if sys.stderr.isatty():
            text = _SHOW_CURSOR + text
        os.write(sys.stderr.fileno(), text.encode("ascii", "replace"))

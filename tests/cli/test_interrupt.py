"""Ctrl-C while Python itself hears nothing."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import pytest

from sahelsum.cli.interrupt import heeded

BUSY = """
import signal, threading
from sahelsum.cli.interrupt import heeded
signal.signal(signal.SIGINT, lambda *_: None)  # as if a model were at work: Python's own handler stops nothing
with heeded():
    print("busy", flush=True)
    lock = threading.Lock()
    lock.acquire()
    lock.acquire()
"""


@pytest.mark.skipif(os.name != "posix", reason="signals are sent as POSIX does")
def test_a_process_that_is_busy_outside_python_is_ended_and_says_so() -> None:
    process = subprocess.Popen([sys.executable, "-c", BUSY], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout
    assert process.stdout.readline() == "busy\n"
    process.send_signal(signal.SIGINT)
    _, told = process.communicate(timeout=60)
    assert process.returncode == 130
    assert told.index("Stopping") < told.index("run the same command again")


def test_signals_are_as_they_were_afterwards() -> None:
    before = signal.set_wakeup_fd(-1)
    with heeded():
        pass
    assert signal.set_wakeup_fd(before) == -1

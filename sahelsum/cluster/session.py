"""Starting or joining a Ray cluster, quietly, and turning what Ray says into messages for the user."""

from __future__ import annotations

import importlib.util
import logging
import os
import re
import secrets
import sys
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout
from dataclasses import dataclass
from pathlib import Path

from sahelsum.errors import ConfigError, SahelsumError

LOCAL = "local"
"""The address that stands for a cluster of this machine alone, started for the run and stopped after it."""
AUTO = "auto"
"""The address that stands for the cluster this machine belongs to."""
OBJECT_STORE_BYTES = 200_000_000
"""Shared memory of a local cluster: far more than the article batch in hand, as JSON, takes there."""
_ADDRESS = re.compile(r"(?:ray://)?(?:[\w.-]+|\[[0-9a-fA-F:]+\]):[0-9]{1,5}", re.ASCII)
_ERROR = re.compile(r"(?!ray\.)[A-Za-z_][\w.]*(?:Error|Exception): ")
_QUIET = {"RAY_USAGE_STATS_ENABLED": "0", "RAY_BACKEND_LOG_LEVEL": "fatal"}
"""No telemetry; Ray's own processes log to their files only."""
_LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0", "RAY_AUTH_MODE": "token"}
"""The first makes Ray take 127.0.0.1 for its address on every system; the second asks every caller for a secret."""


@dataclass(frozen=True, slots=True)
class Resources:
    """What a cluster has altogether, and the processor cores of its largest node."""

    cpus: int
    gpus: int
    largest_node_cpus: int


def check_address(address: str) -> None:
    """Look, without starting anything, that Ray is installed and that the address has a form it knows.

    Raises:
        ConfigError: it is not, or has not.
    """
    if address not in {LOCAL, AUTO} and not _ADDRESS.fullmatch(address):
        raise ConfigError(
            f"--ray {address!r} is no address of a Ray cluster.",
            hint="Give auto, HOST:PORT or ray://HOST:PORT, or put --ray last, without a value.",
        )
    if importlib.util.find_spec("ray") is None:
        raise ConfigError("Running on a cluster needs Ray.", hint="Type: pip install 'sahelsum[ray]'")
    if address.startswith("ray://") and importlib.util.find_spec("grpc") is None:
        raise ConfigError("Addresses with ray:// need Ray's client.", hint="Type: pip install 'ray[client]'")


@contextmanager
def connected(address: str) -> Iterator[Resources]:
    """A connection to the cluster, or a cluster of one's own, for as long as the context lasts.

    A connection that this process has already is used, whatever the address, and left open.

    Raises:
        ConfigError: Ray is not installed, or there is no such cluster.
    """
    check_address(address)
    _prepare_environment(address)
    import ray  # noqa: PLC0415 - an optional dependency, and slow to import

    ours = not ray.is_initialized()
    with _quiet_output():
        if ours:
            _start(address)
        _quieten()
        try:
            yield _resources()
        finally:
            if ours:
                ray.shutdown()


def _start(address: str) -> None:
    import ray  # noqa: PLC0415 - as above

    own = {"include_dashboard": False, "object_store_memory": OBJECT_STORE_BYTES} if address == LOCAL else {}
    try:
        with _quiet_start():
            ray.init(address, log_to_driver=False, logging_level=logging.CRITICAL, **own)
    except (ImportError, ConnectionError, TimeoutError, RuntimeError, ValueError) as error:
        raise ConfigError(
            f"The Ray cluster {address!r} cannot be used: {first_line(error)}.",
            hint="Is it running (ray status), with the same versions of Ray and Python as here?",
        ) from None


@contextmanager
def explained(address: str) -> Iterator[None]:
    """Turn what Ray raises while it works into one sentence of ours.

    Raises:
        SahelsumError: the cluster gave up.
    """
    from ray.exceptions import RayError  # noqa: PLC0415 - as above

    try:
        yield
    except RayError as error:
        raise SahelsumError(
            f"The Ray cluster {address!r} gave up on a part of the work: {cause(error)}.",
            hint="Finished work is kept: see whether the nodes have sahelsum and enough memory, and run again.",
        ) from None


def first_line(error: BaseException) -> str:
    """The first line of a message."""
    return _lines(error)[0]


def cause(error: BaseException) -> str:
    """The error at the root of what Ray says, which has tracebacks of several processes in it."""
    errors = [line for line in _lines(error) if _ERROR.match(line)]
    return errors[0] if errors else first_line(error)


def _lines(error: BaseException) -> list[str]:
    lines = ("".join(filter(str.isprintable, line)).strip().rstrip(".") for line in str(error).splitlines())
    return [line for line in lines if line] or [type(error).__name__]


@contextmanager
def _quiet_output() -> Iterator[None]:
    """Ray tells of workers that die on standard output, which is ours for results; the workers tell of it too."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        yield


@contextmanager
def _quiet_start() -> Iterator[None]:
    """Ray's C++ part greets on the file descriptor of standard error, past anything that Python could redirect."""
    kept = os.dup(2)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)
        os.close(nowhere)


def _prepare_environment(address: str) -> None:
    """Ray reads these when it is imported, and hands them on to the processes it starts."""
    os.environ.update(_QUIET)
    if address == LOCAL and "ray" not in sys.modules:
        os.environ.update(_LOOPBACK)
        os.environ.setdefault("RAY_AUTH_TOKEN", secrets.token_hex(32))


def _quieten() -> None:
    import ray.data  # noqa: PLC0415 - as above

    for name in ("ray", "ray.data"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    context = ray.data.DataContext.get_current()
    context.enable_progress_bars = False
    context.print_on_execution_start = False
    context.execution_options.preserve_order = True


def _resources() -> Resources:
    import ray  # noqa: PLC0415 - as above

    total = ray.cluster_resources()
    nodes = [node["Resources"].get("CPU", 0) for node in ray.nodes() if node["Alive"]]
    return Resources(int(total.get("CPU", 0)), int(total.get("GPU", 0)), int(max(nodes, default=0)))

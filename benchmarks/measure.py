"""What all benchmarks share: interleaved rounds, medians with ranges, children with their peak memory, tables.

- ``interleaved(runs, rounds)``: every run once a round, so that whatever else the machine does hits all alike
- ``Timings``: the seconds of all rounds, with ``median``, ``low``, ``high``
- ``run_child(argv)``: a command in a process of its own → ``ChildResult(seconds, cpu_seconds, peak_mb, stdout)``
- ``table(header, rows)`` and ``ratio_table(timings, baseline)``: Markdown
- ``report(command, table)``: a table under the command that makes it, as every script prints it
- ``stolen_seconds()``: time that other machines on the same hardware took from this one's cores
- ``machine_line()``: cores, instruction sets and versions, without any name of the machine
- ``put_between(document, name, text)``: text between the markers of a document

Absolute times say more about the machine than about the program: read the ratios. They are the median over the rounds
of the ratio within each round.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from statistics import median

from sahelsum.engines.hardware import cpu_flags, cuda_capability, usable_cores

ROOT = Path(__file__).parent.parent
LAUNCHER = Path(__file__).parent / "runners" / "launch.py"
KILOBYTES_A_MEGABYTE = 1024
BYTES_A_MEGABYTE = 1024 * 1024
STDERR_LINES = 15
"""As much of a failed command's messages as is shown."""
ROUNDS_AT_LEAST = 2
"""Rounds that are run whatever they take, where so many were asked for: one alone shows no range."""
STEAL_FIELD = 8
"""In the first line of Linux's ``/proc/stat``; see ``man 5 proc_stat``."""
TELLING_FLAGS = ("avx2", "avx512f", "avx512_vnni", "avx512_bf16", "amx_int8", "amx_bf16", "asimd", "i8mm", "bf16")
"""Instruction sets that decide how fast matrices are multiplied, as Linux names them."""
TELLING_PACKAGES = ("ctranslate2", "torch", "transformers", "numpy")

Run = Callable[[], float | None]
"""One run of a contender. What it returns is taken as its seconds; None: as long as the call took."""


@dataclass(frozen=True, slots=True)
class Timings:
    """Seconds of each round, in the order of the rounds."""

    seconds: tuple[float, ...]

    @property
    def median(self) -> float:
        """The middle of the rounds."""
        return median(self.seconds)

    @property
    def low(self) -> float:
        """The fastest round."""
        return min(self.seconds)

    @property
    def high(self) -> float:
        """The slowest round."""
        return max(self.seconds)

    def over(self, base: Timings) -> Timings:
        """The ratios to another contender's seconds, round by round, as far as both ran."""
        return Timings(tuple(own / other for own, other in zip(self.seconds, base.seconds, strict=False)))


@dataclass(frozen=True, slots=True)
class ChildResult:
    """What a command took: wall-clock seconds, seconds of processor time, peak resident memory, and what it printed."""

    seconds: float
    cpu_seconds: float
    peak_mb: float
    stdout: str


def interleaved(
    runs: Mapping[str, Run], rounds: int, *, once: Container[str] = (), budget_sec: float = math.inf
) -> dict[str, Timings]:
    """Each run once a round; every round begins one contender later, so that none always follows the same one.

    Those in ``once`` run in the first round only: who is ten times slower need not be measured thrice. From the third
    round on, none is begun that would not end within ``budget_sec``, judged by the one before.
    """
    seconds: dict[str, list[float]] = {name: [] for name in runs}
    started = time.perf_counter()
    for number in range(rounds):
        begun = time.perf_counter()
        for name in _order(list(runs), number):
            if number == 0 or name not in once:
                progress(f"round {number + 1} of {rounds}: {name}")
                seconds[name].append(timed(runs[name]))
        now = time.perf_counter()
        if number >= ROUNDS_AT_LEAST - 1 and now - started + now - begun > budget_sec:
            break
    return {name: Timings(tuple(taken)) for name, taken in seconds.items()}


def _order(names: Sequence[str], number: int) -> Iterable[str]:
    start = number % len(names)
    return [*names[start:], *names[:start]]


def timed(run: Run) -> float:
    """Seconds of one run: what it says of itself, or what the clock says."""
    started = time.perf_counter()
    told = run()
    return time.perf_counter() - started if told is None else told


def run_child(argv: Sequence[str], env: Mapping[str, str] | None = None, cwd: Path | None = None) -> ChildResult:
    """Run a command to its end; ``env`` is put on top of this process's environment.

    Raises:
        SystemExit: the command failed; the message has the end of what it said.
    """
    with tempfile.TemporaryDirectory() as temporary:
        result = Path(temporary) / "result.json"
        command = [sys.executable, "-I", "-S", str(LAUNCHER), str(result), *argv]
        done = subprocess.run(
            command, env={**os.environ, **(env or {})}, cwd=cwd, capture_output=True, text=True, check=False
        )
        if done.returncode != 0:
            said = "\n".join(done.stderr.splitlines()[-STDERR_LINES:])
            raise SystemExit(f"{' '.join(argv)}\nended with {done.returncode}:\n{said}")
        taken = json.loads(result.read_bytes())
    # macOS counts bytes where Linux counts kilobytes.
    peak = taken["peak"] / (BYTES_A_MEGABYTE if sys.platform == "darwin" else KILOBYTES_A_MEGABYTE)
    return ChildResult(taken["seconds"], taken["cpu"], peak, done.stdout)


def table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A Markdown table; the first column is flush left, the others flush right."""
    aligned = ["---", *("---:" for _ in header[1:])]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (header, aligned, *rows))


def ratio_table(
    timings: Mapping[str, Timings], baseline: str, extra: Mapping[str, Mapping[str, str]] | None = None
) -> str:
    """Contenders, the baseline first, with seconds and the ratio to the baseline; ``extra``: column → name → cell."""
    base, extra = timings[baseline], extra or {}
    rows = [
        [name, spread(taken), f"{taken.over(base).median:.2f}", *(cells.get(name, "") for cells in extra.values())]
        for name, taken in sorted(timings.items(), key=lambda item: item[0] != baseline)
    ]
    return table(["", "seconds (range)", f"ratio to {baseline}", *extra], rows)


def spread(taken: Timings) -> str:
    """A median with its range."""
    if len(taken.seconds) == 1:
        return f"{digits(taken.median)} (one run)"
    return f"{digits(taken.median)} ({digits(taken.low)}–{digits(taken.high)})"


def digits(value: float) -> str:
    """A figure with about three digits that mean something."""
    return f"{value:.0f}" if value >= 100 else f"{value:.1f}" if value >= 10 else f"{value:.2f}"


def report(command: str, *tables: str) -> str:
    """Tables under the command that makes them."""
    return "\n\n".join([f"    {command}", *tables])


def stolen_seconds() -> float:
    """Seconds, of all cores together and since the machine started, in which another machine had the core (steal).

    0 where the system does not tell: only Linux does.
    """
    try:
        total = Path("/proc/stat").read_text(encoding="ascii").splitlines()[0].split()
    except OSError:
        return 0.0
    return int(total[STEAL_FIELD]) / os.sysconf("SC_CLK_TCK") if len(total) > STEAL_FIELD else 0.0


def machine_line() -> str:
    """What a reader must know of the machine to compare, and nothing that names it."""
    flags = ", ".join(flag for flag in TELLING_FLAGS if flag in cpu_flags()) or "none known"
    cores = usable_cores()
    capability = cuda_capability()
    gpu = "no GPU at hand" if capability is None else f"GPU of compute capability {capability[0]}.{capability[1]}"
    python = f"Python {sys.version_info.major}.{sys.version_info.minor}"
    libraries = ", ".join(f"{name} {found}" for name in TELLING_PACKAGES if (found := _version(name)))
    return f"{cores} processor core{'s' * (cores > 1)} ({flags}), {gpu}; {python}, {libraries}."


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def put_between(document: Path, name: str, text: str) -> None:
    """Replace what stands between the markers of that name.

    Raises:
        SystemExit: the document has no such markers.
    """
    begin, end = f"<!-- {name}:begin -->", f"<!-- {name}:end -->"
    head, found, rest = document.read_text(encoding="utf-8").partition(begin)
    _, closed, tail = rest.partition(end)
    if not (found and closed):
        raise SystemExit(f"{document} needs the lines {begin} and {end}.")
    document.write_text(f"{head}{begin}\n\n{text}\n\n{end}{tail}", encoding="utf-8")


def progress(text: str) -> None:
    """A line for whoever waits, on standard error."""
    print(text, file=sys.stderr, flush=True)

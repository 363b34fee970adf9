"""Run a command and write down its seconds and its peak memory; `measure.run_child` starts this.

    python -I -S benchmarks/runners/launch.py RESULT COMMAND [ARGUMENTS...]

It stands between the benchmark and the command because Linux hands the peak memory of a parent down to its child at
`exec`: only the child of a small process shows its own. RESULT gets a line of JSON; standard output and error are the
command's.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time


def main(result: str, *command: str) -> int:
    started = time.perf_counter()
    child = subprocess.Popen(command)
    _, status, usage = os.wait4(child.pid, 0)
    seconds = time.perf_counter() - started
    child.returncode = os.waitstatus_to_exitcode(status)
    with open(result, "w", encoding="ascii") as file:  # noqa: PTH123  # pathlib would be half of the start-up time
        json.dump({"seconds": seconds, "cpu": usage.ru_utime + usage.ru_stime, "peak": usage.ru_maxrss}, file)
    return child.returncode


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))

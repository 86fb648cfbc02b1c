"""How long `unitlint diagnose` takes for a million lines: `python benchmarks/diagnose.py [--lines N]`.

CPU time and peak memory of the whole process; promised are 3 s and 100 MB, also for a log of nothing but
failures; one of the failures of hundreds of thousands of units takes longer.
"""

from __future__ import annotations

import argparse
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
MEASURE = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss)
"""
FAILURE = (
    "web-{unit}.service: Main process exited, code=exited, status=203/EXEC",
    "web-{unit}.service: Failed with result 'exit-code'.",
    "web-{unit}.service: Scheduled restart job, restart counter is at {number}.",
)
PROGRAMS = ("nginx", "sshd", "CRON", "postfix/smtpd", "dockerd", "kubelet", "worker")


def main() -> int:
    """Measures each kind of log and prints a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    number = parser.parse_args().lines
    with tempfile.TemporaryDirectory() as folder:
        promised = "at most 3 s and 100 MB"
        for kind, promise in (("everyday", promised), ("manager", promised), ("failures", promised), ("units", "")):
            path = Path(folder) / f"{kind}.log"
            with path.open("w", encoding="utf-8") as file:
                file.writelines(lines(kind, number))
            command = [sys.executable, "-m", "unitlint", "diagnose", path]
            done = subprocess.run(
                [sys.executable, "-c", MEASURE, *command], env=ENVIRONMENT, capture_output=True, text=True, check=True
            )
            _, seconds, kilobytes = map(float, done.stdout.split())
            print(
                f"{kind}: {seconds:.2f} s CPU, {kilobytes / 1024:.0f} MB for {number} lines {promise}".rstrip(),
                flush=True,
            )
            path.unlink()
    return 0


def lines(kind: str, number: int) -> Iterator[str]:
    """``everyday``: programs, some of the manager and the kernel, failures now and then; ``manager``: its messages
    alone; ``failures``: nothing but those of one unit; ``units``: those of very many."""
    choose = random.Random(1)  # noqa: S311  # the same log each time
    for index in range(number):
        second = index // 20
        stamp = (
            f"May {1 + second // 86400:02d} {second // 3600 % 24:02d}:{second // 60 % 60:02d}:{second % 60:02d} host"
        )
        draw = choose.random()
        failure = FAILURE[index % 3].format(unit=index // 3 if kind == "units" else 0, number=index // 3)
        if kind in ("failures", "units") or (kind == "everyday" and draw < 0.02):
            yield f"{stamp} systemd[1]: {failure}\n"
        elif kind == "manager" or draw < 0.12:
            yield f"{stamp} systemd[1]: Started Session {index} of User root.\n"
        elif draw < 0.16:
            yield f"{stamp} kernel: [{second}.{index % 1000:06d}] IPv6: ADDRCONF(NETDEV_UP): veth{index}: ready\n"
        else:
            program = PROGRAMS[index % len(PROGRAMS)]
            yield f"{stamp} {program}[{index % 5000}]: request {index} took {draw * 1000:.1f} ms, GET /things/{index}\n"


if __name__ == "__main__":
    sys.exit(main())

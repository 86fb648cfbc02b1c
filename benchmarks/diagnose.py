"""How long `unitlint diagnose` takes for a million lines: `python benchmarks/diagnose.py [--lines N] [--formats]`.

CPU time and peak memory of the whole process.  Promised are 3 s and 100 MB for the short format on an idle machine:
everyday messages, the manager's alone, failures of one unit or of hundreds of thousands, OOM reports with long tables
of processes, and the logs of all cases of the event table one after the other, over and over.  ``--formats`` measures
the other formats as well.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent.parent
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
ENVIRONMENT["PYTHONPATH"] = str(ROOT / "src")
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
KINDS = ("everyday", "manager", "failures", "units", "oom", "cases")
SHORT_LINE = re.compile(r"\w{3} \d\d \d\d:\d\d:\d\d \S+ ([^\s:\[]+)(?:\[(\d+)\])?: (.*)")
REPORT = 200
"""Lines of an OOM report."""


class Line(NamedTuple):
    """A message with its second, its sender and the PID of that."""

    second: int
    sender: str
    pid: str
    message: str


def main() -> int:
    """Measures each kind of log and prints a line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=1_000_000)
    parser.add_argument("--formats", action="store_true")
    arguments = parser.parse_args()
    formats = FORMATS if arguments.formats else {"short": short}
    with tempfile.TemporaryDirectory() as folder:
        for name, written in formats.items():
            for kind in KINDS:
                path = Path(folder) / "log"
                opened = gzip.open if name.endswith(".gz") else open
                with opened(path, "wt", encoding="utf-8") as file:
                    file.writelines(map(written, messages(kind, arguments.lines)))
                measure(f"{name} {kind}", path, arguments.lines)
    return 0


def measure(name: str, path: Path, number: int) -> None:
    """Prints what one run takes."""
    subprocess.run([sys.executable, "-m", "compileall", "-q", ROOT / "src"], check=True)
    command = [sys.executable, "-m", "unitlint", "diagnose", str(path)]
    done = subprocess.run(
        [sys.executable, "-c", MEASURE, *command], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    _, seconds, kilobytes = map(float, done.stdout.split())
    megabytes = path.stat().st_size / 1e6
    print(f"{name}: {seconds:.2f} s CPU, {kilobytes / 1024:.0f} MB for {number} lines, {megabytes:.0f} MB", flush=True)


def messages(kind: str, number: int) -> Iterator[Line]:
    """``everyday``: programs, some of the manager and the kernel, failures now and then; ``manager``: its messages
    alone; ``failures``: nothing but those of one unit; ``units``: those of very many; ``oom``: reports of
    the kernel; ``cases``: what the cases of the event table hold."""
    if kind == "cases":
        yield from lines_of_cases(number)
        return
    choose = random.Random(1)  # noqa: S311  # the same log each time
    for index in range(number):
        second = index // 20
        draw = choose.random()
        failure = FAILURE[index % 3].format(unit=index // 3 if kind == "units" else 0, number=index // 3)
        if kind == "oom":
            yield Line(second, "kernel", "", oom_line(index, draw, choose.random()))
        elif kind in ("failures", "units") or (kind == "everyday" and draw < 0.02):
            yield Line(second, "systemd", "1", failure)
        elif kind == "manager" or draw < 0.12:
            yield Line(second, "systemd", "1", f"Started Session {index} of User root.")
        elif draw < 0.16:
            yield Line(second, "kernel", "", f"IPv6: ADDRCONF(NETDEV_UP): veth{index}: ready")
        else:
            program = PROGRAMS[index % len(PROGRAMS)]
            message = f"request {index} took {draw * 1000:.1f} ms, GET /things/{index}"
            yield Line(second, program, str(index % 5000), message)


def lines_of_cases(number: int) -> Iterator[Line]:
    """The lines of the short format that the cases of the event table hold."""
    logs = (path.read_text(encoding="utf-8") for path in sorted(ROOT.glob("events/*/*/*.log")))
    found = [match for log in logs for match in map(SHORT_LINE.fullmatch, log.splitlines()) if match]
    for index in range(number):
        sender, pid, message = found[index % len(found)].groups(default="")
        yield Line(index // 20, sender, pid, message)


def oom_line(index: int, draw: float, size: float) -> str:
    """A line of a report on the control group of one service."""
    group = "/system.slice/web.service"
    first = (
        "java invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        f"memory: usage 1048576kB, limit 1048576kB, failcnt {index}",
        "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
    )
    last = (
        (
            f"oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=web.service,mems_allowed=0,oom_memcg={group},"
            f"task_memcg={group},task=java,pid={index},uid=998"
        ),
        (
            f"Memory cgroup out of memory: Killed process {index} (java) total-vm:3249380kB, anon-rss:1034240kB, "
            "file-rss:8000kB, shmem-rss:0kB, UID:998 pgtables:2344kB oom_score_adj:0"
        ),
    )
    at = index % REPORT
    if at < len(first):
        return first[at]
    if at >= REPORT - len(last):
        return last[at - REPORT]
    pid = int(draw * 99999)
    return f"[{pid:7d}] {index % 3000:5d} {pid:5d} {pid * 9:8d} {int(size * 99999):8d} {8192:8d} {0:8d} {0:13d} worker"


def clock(line: Line) -> str:
    """The time of day."""
    return f"{line.second // 3600 % 24:02d}:{line.second // 60 % 60:02d}:{line.second % 60:02d}"


def told(line: Line) -> str:
    """Host, sender and message."""
    pid = f"[{line.pid}]" if line.pid else ""
    return f"host {line.sender}{pid}: {line.message}\n"


def short(line: Line) -> str:
    """``May 08 11:46:49 host sender[1]: message``"""
    return f"May {1 + line.second // 86400:02d} {clock(line)} {told(line)}"


def short_iso(line: Line) -> str:
    """``2026-05-08T11:46:49+0000 host sender[1]: message``"""
    return f"2026-05-{1 + line.second // 86400:02d}T{clock(line)}+0000 {told(line)}"


def short_precise(line: Line) -> str:
    """``May 08 11:46:49.123456 host sender[1]: message``"""
    return f"May {1 + line.second // 86400:02d} {clock(line)}.{hash(line) % 1000000:06d} {told(line)}"


def fields(line: Line) -> dict[str, str]:
    """A record of the journal."""
    found = {
        "__CURSOR": f"s=5d6f4b0aa1c94b0b9d3f1a7d0f0b7d3c;i={line.second:x};b=1f0c0a7e3b2f4e0c8c9d1a2b3c4d5e6f",
        "__REALTIME_TIMESTAMP": str(1777593600000000 + line.second * 1000000),
        "_BOOT_ID": "1f0c0a7e3b2f4e0c8c9d1a2b3c4d5e6f", "_MACHINE_ID": "3f0c0a7e3b2f4e0c8c9d1a2b3c4d5e6f",
        "_HOSTNAME": "host", "PRIORITY": "6", "SYSLOG_FACILITY": "3", "SYSLOG_IDENTIFIER": line.sender,
        "_TRANSPORT": "kernel" if line.sender == "kernel" else "journal", "MESSAGE": line.message,
    }  # fmt: skip
    if line.pid:
        found |= {
            "_PID": line.pid, "_UID": "0", "_GID": "0", "_COMM": line.sender, "_EXE": f"/usr/sbin/{line.sender}",
            "_CMDLINE": f"/usr/sbin/{line.sender} -D", "_CAP_EFFECTIVE": "1ffffffffff",
            "_SYSTEMD_CGROUP": f"/system.slice/{line.sender}.service", "_SYSTEMD_UNIT": f"{line.sender}.service",
            "_SYSTEMD_SLICE": "system.slice",
        }  # fmt: skip
    if ".service: " in line.message:
        found["UNIT"] = line.message.partition(":")[0]
    return found


def as_json(line: Line) -> str:
    """`journalctl -o json`"""
    return json.dumps(fields(line), separators=(",", ":")) + "\n"


def export(line: Line) -> str:
    """`journalctl -o export`"""
    return "".join(f"{name}={value}\n" for name, value in fields(line).items()) + "\n"


FORMATS = {
    "short": short, "short.gz": short, "short-iso": short_iso, "short-precise": short_precise, "json": as_json,
    "export": export,
}  # fmt: skip

if __name__ == "__main__":
    sys.exit(main())

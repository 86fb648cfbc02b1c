"""The table of processes in an OOM report: its largest processes are named, however long it is."""

from __future__ import annotations

import random

import pytest

from tests.diagnose.test_formats import read
from unitlint.diagnose.task_rows import TaskRows

HEADS = {
    "short": "Mar 02 10:00:00 host kernel: ",
    "short-iso": "2026-03-02T10:00:00+0000 host kernel: ",
    "syslog with the time of the ring buffer": "Mar 02 10:00:00 host kernel: [   12.500000] ",
    "dmesg": "[   12.500000] ",
    "dmesg -T": "[Mon Mar  2 10:00:00 2026] ",
}


def row(pid: int, pages: int, name: str) -> str:
    """A row as the kernel writes it since 4.15."""
    return f"[{pid:7d}]   998 {pid:5d} {pages * 3:8d} {pages:8d} {4096:8d} {0:8d} {0:13d} {name}"


def report(rows: list[str], head: str) -> str:
    """An OOM report with such a table."""
    messages = [
        "big invoked oom-killer: gfp_mask=0xcc0(GFP_KERNEL), order=0, oom_score_adj=0",
        "[  pid  ]   uid  tgid total_vm      rss pgtables_bytes swapents oom_score_adj name",
        *rows,
        (
            "oom-kill:constraint=CONSTRAINT_NONE,nodemask=(null),cpuset=/,mems_allowed=0,global_oom,"
            "task_memcg=/system.slice/web.service,task=web,pid=31,uid=998"
        ),
        (
            "Out of memory: Killed process 31 (web) total-vm:9000kB, anon-rss:4000kB, file-rss:0kB, shmem-rss:0kB, "
            "UID:998 pgtables:44kB oom_score_adj:0"
        ),
    ]
    return "".join(f"{head}{message}\n" for message in messages)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize("seed", range(4))
def test_the_largest_of_many_are_named(head: str, seed: int) -> None:
    rows = [row(100 + number, 1000 + number, f"worker {number}") for number in range(60)]
    rows += [row(7, 700_000, "big"), row(8, 600_000, "large one"), row(9, 500_000, "third")]
    random.Random(seed).shuffle(rows)  # noqa: S311  # the same order each time
    (incident,) = read(report(rows, head)).incidents
    assert incident.causes[0].fields["top"] == "big (pid 7) 2.67G, large one (pid 8) 2.29G, third (pid 9) 1.91G"


def test_each_report_has_a_table_of_its_own() -> None:
    head = HEADS["short"]
    first = report([row(7, 700_000, "a"), row(8, 700_001, "b"), row(9, 700_002, "c")], head)
    second = report([row(17, 300, "d"), row(18, 200, "e"), row(19, 100, "f")], head.replace("10:00", "12:00"))
    (incident,) = read(first + second.replace("web", "db").replace("=31,", "=32,")).incidents[1:]
    assert incident.causes[0].fields["top"].startswith("d (pid 17)")


def test_what_is_no_row_ends_a_table() -> None:
    rows = TaskRows()
    large = [row(pid, 1000 + pid, "web") for pid in range(3)]
    for text in large:
        assert not rows.is_small(text)
        rows.add(text)
    assert rows.is_small(row(9, 5, "small"))
    assert not rows.is_small("[drm] initialised")
    assert not rows.is_small(row(9, 5, "small"))

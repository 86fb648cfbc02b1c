"""A log in which thousands of units fail at once takes no longer than its length."""

from __future__ import annotations

import io

import pytest

from tests.growth import assert_linear
from unitlint.diagnose.run import diagnose_streams

TIME = "Mar 02 10:00:00 host"
SECCOMP = (
    f'{TIME} audit[1]: SECCOMP auid=1 uid=0 gid=0 ses=1 pid=№ comm="c№" exe="/bin/c№" sig=31 arch=c000003e syscall=№'
    f" compat=0 ip=0x0 code=0x80000000\n"
    f"{TIME} systemd[1]: u№.service: Main process exited, code=dumped, status=31/SYS\n"
)
OOM = (
    f"{TIME} kernel: Out of memory: Killed process № (a№) total-vm:1kB, anon-rss:1kB, file-rss:0kB, shmem-rss:0kB,"
    f" UID:0 pgtables:1kB oom_score_adj:0\n"
    f"{TIME} systemd[1]: u№.service: A process of this unit has been killed by the OOM killer.\n"
)


KILLS = (
    "Mar 02 {stamp} host kernel: Out of memory: Killed process № (a№) total-vm:1kB, anon-rss:1kB, file-rss:0kB,"
    " shmem-rss:0kB, UID:0 pgtables:1kB oom_score_adj:0\n"
    "Mar 02 {stamp} host systemd[1]: u№.service: Main process exited, code=killed, status=9/KILL\n"
)


def test_kills_beside_units_that_lost_a_process_in_a_second_each() -> None:
    def diagnosed(number: int) -> None:
        stamps = [f"{at // 3600:02d}:{at // 60 % 60:02d}:{at % 60:02d}" for at in range(number)]
        data = "".join(KILLS.format(stamp=stamp).replace("№", str(at)) for at, stamp in enumerate(stamps)).encode()
        found = diagnose_streams([("x.log", lambda: io.BufferedReader(io.BytesIO(data)))])
        assert len(found.incidents) >= number

    assert_linear(diagnosed, 300, factor=8)


@pytest.mark.parametrize("lines", [SECCOMP, OOM], ids=["seccomp", "OOM killer"])
def test_events_that_name_no_unit_beside_as_many_units(lines: str) -> None:
    def diagnosed(number: int) -> None:
        data = "".join(lines.replace("№", str(at)) for at in range(number)).encode()
        diagnose_streams([("x.log", lambda: io.BufferedReader(io.BytesIO(data)))])

    assert_linear(diagnosed, 250, factor=8)

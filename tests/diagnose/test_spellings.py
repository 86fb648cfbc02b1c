"""Directives are found under the names that they had before, where a unit still uses these."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.diagnose.run import diagnose
from unitlint.report.diagnosis import full

LOG = (
    "Mar 02 10:00:01 host systemd[1]: web.service: Scheduled restart job, restart counter is at 3.\n"
    "Mar 02 10:00:01 host systemd[1]: web.service: Start request repeated too quickly.\n"
    "Mar 02 10:00:01 host systemd[1]: web.service: Failed with result 'start-limit-hit'.\n"
)


@pytest.mark.parametrize(
    ("unit", "line", "says"),
    [
        ("[Service]\nRestart=always\nStartLimitBurst=3\n", 3, "StartLimitBurst=3 allows"),
        ("[Unit]\nStartLimitBurst=4\n[Service]\nRestart=always\nStartLimitBurst=3\n", 2, "StartLimitBurst=4 allows"),
        ("[Service]\nRestart=always\nStartLimitInterval=60\n", 3, "StartLimitBurst= allows"),
        ("[Unit]\nStartLimitInterval=60\n[Service]\nRestart=always\n", 2, "StartLimitBurst= allows"),
    ],
)
def test_start_limits(unit: str, line: int, says: str, tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text(unit)
    (tmp_path / "boot.log").write_text(LOG)
    found = diagnose([str(tmp_path / "boot.log")], units=[str(tmp_path / "web.service")])
    (incident,) = found.incidents
    (cause,) = incident.causes
    assert says in cause.says
    assert line in {shown.line for shown in cause.look_at if shown.directive.partition(".")[2].startswith("StartLimit")}


def test_a_limit_of_cgroup_v1_is_the_line_and_its_finding_is_fixable(tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text("[Service]\nExecStart=/usr/bin/web\nMemoryLimit=1G\n")
    (tmp_path / "boot.log").write_text(
        "Mar 02 10:00:00 host kernel: memory: usage 1048576kB, limit 1048576kB, failcnt 17\n"
        "Mar 02 10:00:00 host kernel: oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=web.service,"
        "mems_allowed=0,oom_memcg=/system.slice/web.service,task_memcg=/system.slice/web.service,task=web,pid=8,uid=9\n"
        "Mar 02 10:00:00 host kernel: Memory cgroup out of memory: Killed process 8 (web) total-vm:3249380kB, "
        "anon-rss:1034240kB, file-rss:8000kB, shmem-rss:0kB, UID:9 pgtables:2344kB oom_score_adj:0\n"
    )
    text = full.render(diagnose([str(tmp_path / "boot.log")], units=[str(tmp_path / "web.service")]))
    assert "3 | MemoryLimit=1G\n  | ^^^^^^^^^^^^^^\n" in text
    assert "rule: UL302 [*]" in text
    assert "help: [*] can be fixed by `unitlint check --fix`" in text


def test_lines_beside_the_first_are_marked_in_its_excerpt(tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text("[Service]\nRestart=always\nRestartSec=1\n\n\n\n\nStartLimitBurst=3\n")
    (tmp_path / "boot.log").write_text(LOG)
    text = full.render(diagnose([str(tmp_path / "boot.log")], units=[str(tmp_path / "web.service")]))
    assert " 2 | Restart=always\n   | ^^^^^^^^^^^^^^\n 3 | RestartSec=1\n   | ------------\n" in text
    assert text.count("web.service:3:1") == 0
    assert " 8 | StartLimitBurst=3\n   | -----------------\n" in text

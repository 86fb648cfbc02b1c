"""Incidents joined with unit files: which line decides, and whose it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from unitlint.base.errors import UnitlintError
from unitlint.diagnose.model import Cause, Incident
from unitlint.diagnose.run import diagnose

OOM = (
    "[ 1.000000] memory: usage 1048576kB, limit 1048576kB, failcnt 9\n"
    "[ 1.000001] oom-kill:constraint=CONSTRAINT_MEMCG,nodemask=(null),cpuset=x,mems_allowed=0,oom_memcg={limit},"
    "task_memcg={task},task=web,pid=7,uid=0\n"
    "[ 1.000002] Memory cgroup out of memory: Killed process 7 (web) total-vm:9kB, anon-rss:1040000kB, file-rss:0kB, "
    "shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:0\n"
)


@pytest.fixture
def units(tmp_path: Path) -> Path:
    folder = tmp_path / "units"
    folder.mkdir()
    (folder / "web.service").write_text("[Service]\nExecStart=/usr/bin/web\nMemoryMax=512M\nSlice=apps.slice\n")
    (folder / "web.service.d").mkdir()
    (folder / "web.service.d" / "limit.conf").write_text("[Service]\nMemoryMax=1G\n")
    (folder / "apps.slice").write_text("[Slice]\nMemoryMax=1G\n")
    (folder / "job@.service").write_text(
        "[Service]\nExecStart=/opt/job/run %i\nReadWritePaths=/srv/data /srv/jobs\nReadWritePaths=/var/lib/job\n"
    )
    return folder


def main(log: str, tmp_path: Path, *units: Path) -> tuple[Incident, Cause]:
    path = tmp_path / "a.log"
    path.write_text(log)
    (incident,) = diagnose([str(path)], units=[str(unit) for unit in units]).incidents
    return incident, incident.causes[0]


def places(cause: Cause) -> list[tuple[str, str, int]]:
    return [(line.directive, Path(line.path).name, line.line) for line in cause.look_at if line.path]


def test_the_effective_line_of_the_unit_decides(units: Path, tmp_path: Path) -> None:
    incident, cause = main(OOM.format(limit="/apps.slice/web.service", task="/apps.slice/web.service"), tmp_path, units)
    assert (incident.unit, cause.caused_by) == ("web.service", "unit")
    assert places(cause)[0] == ("Service.MemoryMax", "limit.conf", 2)
    assert (
        cause.advice[0]
        == "MemoryMax=1G was reached by anon-rss 1015.62M; raise it to MemoryMax=1.5G, or let web use less"
    )
    assert "UL312" in [finding.code for finding in cause.findings]


def test_the_limit_of_a_slice_is_shown_in_the_slice(units: Path, tmp_path: Path) -> None:
    _, cause = main(OOM.format(limit="/apps.slice", task="/apps.slice/web.service"), tmp_path, units)
    assert cause.caused_by == "other-unit"
    assert places(cause)[0] == ("Slice.MemoryMax", "apps.slice", 2)
    assert "apps.slice, in which web.service runs, reached its memory limit of 1G" in cause.says


def test_a_path_is_found_in_the_line_that_names_it(units: Path, tmp_path: Path) -> None:
    log = (
        "job@7.service: Failed to set up mount namespacing: /run/systemd/unit-root/srv/jobs: "
        "No such file or directory\n"
        "job@7.service: Failed at step NAMESPACE spawning /opt/job/run: No such file or directory\n"
    )
    incident, cause = main(log, tmp_path, units)
    assert incident.unit_path.endswith("job@.service")
    assert places(cause) == [("Service.ReadWritePaths", "job@.service", 3)]
    assert "ReadWritePaths=-/srv/jobs" in cause.advice[0]


def test_where_the_path_is_not_named_all_are_shown(units: Path, tmp_path: Path) -> None:
    log = "job@7.service: Failed to set up mount namespacing: No such file or directory\n"
    _, cause = main(log, tmp_path, units)
    assert places(cause) == [
        ("Service.ReadWritePaths", "job@.service", 3),
        ("Service.ReadWritePaths", "job@.service", 4),
    ]


def test_what_is_not_set_is_told_with_its_default(units: Path, tmp_path: Path) -> None:
    log = "web.service: start operation timed out. Terminating.\nweb.service: Failed with result 'timeout'.\n"
    _, cause = main(log, tmp_path, units)
    unset = {line.directive: line.note for line in cause.look_at if line.value is None}
    assert unset["Service.TimeoutStartSec"] == "default: DefaultTimeoutStartSec=, 90s"
    assert "Service.PIDFile" not in unset, "what only matters where it is set is not told of"


def test_without_unit_files_directives_are_named(tmp_path: Path) -> None:
    incident, cause = main(OOM.format(limit="/a.slice/web.service", task="/a.slice/web.service"), tmp_path)
    assert incident.unit_path == ""
    assert [line.directive for line in cause.look_at][:2] == ["Service.MemoryMax", "Service.MemorySwapMax"]
    assert all(line.value is None for line in cause.look_at)


def test_a_unit_that_is_not_among_the_files(units: Path, tmp_path: Path) -> None:
    incident, cause = main("db.service: Main process exited, code=exited, status=203/EXEC\n", tmp_path, units)
    assert (incident.unit_path, places(cause)) == ("", [])


def test_units_of_a_root_tree(units: Path, tmp_path: Path) -> None:
    tree = tmp_path / "root" / "etc" / "systemd" / "system"
    tree.parent.mkdir(parents=True)
    units.rename(tree)
    log = tmp_path / "a.log"
    log.write_text("web.service: Main process exited, code=exited, status=203/EXEC\n")
    (incident,) = diagnose([str(log)], root=str(tmp_path / "root")).incidents
    assert places(incident.causes[0])[0] == ("Service.ExecStart", "web.service", 2)
    assert "UL503" in [finding.code for finding in incident.causes[0].findings], "the tree has no /usr/bin/web"


def test_cycles_show_the_lines_between_the_members(tmp_path: Path) -> None:
    (tmp_path / "early.service").write_text(
        "[Unit]\nBefore=sysinit.target\nAfter=x.service b.service\n[Service]\nExecStart=/e\n"
    )
    (tmp_path / "b.service").write_text("[Unit]\nAfter=early.service\n[Service]\nExecStart=/b\n")
    log = (
        "sysinit.target: Found ordering cycle on b.service/start\n"
        "sysinit.target: Found dependency on early.service/start\n"
        "sysinit.target: Job b.service/start deleted to break ordering cycle starting with sysinit.target/start\n"
    )
    incident, cause = main(log, tmp_path, tmp_path / "early.service", tmp_path / "b.service")
    assert (incident.unit, cause.caused_by) == ("b.service", "other-unit")
    assert sorted(places(cause)) == [
        ("Unit.After", "b.service", 2), ("Unit.After", "early.service", 3), ("Unit.Before", "early.service", 2),
    ]  # fmt: skip


def test_files_that_may_be_missing_are_not_the_cause(tmp_path: Path) -> None:
    (tmp_path / "web.service").write_text(
        "[Service]\nEnvironmentFile=/etc/web.env\nEnvironmentFile=-/etc/default/web\nExecStart=/usr/bin/web\n"
    )
    _, cause = main("web.service: Failed to load environment files: No such file or directory\n", tmp_path, tmp_path)
    assert places(cause) == [("Service.EnvironmentFile", "web.service", 2)]
    assert any("EnvironmentFile=-/etc/web.env" in advice for advice in cause.advice)


def test_a_path_that_is_not_there(tmp_path: Path) -> None:
    (tmp_path / "a.log").write_text("")
    with pytest.raises(UnitlintError, match="nowhere"):
        diagnose([str(tmp_path / "a.log")], units=[str(tmp_path / "nowhere")])
    with pytest.raises(UnitlintError, match="no such file"):
        diagnose([str(tmp_path / "nowhere.log")])


FORK = (
    "Jun 15 20:02:45 host kernel: cgroup: fork rejected by pids controller in /apps.slice/apps-web.slice/web.service\n"
)


@pytest.mark.parametrize(
    ("unit", "inner", "outer", "caused_by", "words"),
    [
        ("", "", "TasksMax=50\n", "other-unit", "TasksMax=50 of apps.slice"),
        ("", "TasksMax=40\n", "TasksMax=50\n", "other-unit", "TasksMax=40 of apps-web.slice"),
        ("TasksMax=60\n", "", "TasksMax=50\n", "unit", "TasksMax=60, or the limit of a slice above it"),
        ("", "", "", "unit", "its limit, or that of a slice above it"),
    ],
)
def test_whose_limit_of_tasks(unit: str, inner: str, outer: str, caused_by: str, words: str, tmp_path: Path) -> None:
    folder = tmp_path / "units"
    folder.mkdir()
    (folder / "web.service").write_text(f"[Service]\nExecStart=/usr/bin/web\nSlice=apps-web.slice\n{unit}")
    (folder / "apps-web.slice").write_text(f"[Slice]\n{inner}")
    (folder / "apps.slice").write_text(f"[Slice]\n{outer}")
    _, cause = main(FORK, tmp_path, folder)
    assert (cause.caused_by, words in cause.says) == (caused_by, True)

"""Causes before symptoms: counts, boots, correlation, and what the log does not show."""

from __future__ import annotations

import io

import pytest

from tests.diagnose.test_formats import read
from unitlint.diagnose.cgroups import is_of_user, leaf_unit, limiting_unit
from unitlint.diagnose.model import Incident
from unitlint.diagnose.records import MOST_RECORDS
from unitlint.diagnose.run import Window, diagnose_streams
from unitlint.diagnose.syscalls import call_of
from unitlint.diagnose.texts import filled, raised, size
from unitlint.diagnose.times import read_time, seconds_of


def incidents(log: str, window: Window | None = None) -> tuple[Incident, ...]:
    stream = io.BufferedReader(io.BytesIO(log.encode()))  # type: ignore[arg-type]
    return diagnose_streams([("log", lambda: stream)], window=window).incidents


def at(seconds: int, message: str, sender: str = "systemd[1]") -> str:
    return f"Mar 02 {10 + seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d} host {sender}: {message}\n"


EXIT, RESULT = "web.service: Main process exited, code={}, status={}", "web.service: Failed with result '{}'."


def failure(seconds: int, code: str, status: str, result: str) -> str:
    restart = "web.service: Scheduled restart job, restart counter is at 1."
    return at(seconds, EXIT.format(code, status)) + at(seconds, RESULT.format(result)) + at(seconds + 1, restart)


def test_a_loop_is_one_incident_with_counts() -> None:
    log = "".join(failure(10 * number, "exited", "203/EXEC", "exit-code") for number in range(5))
    log += at(55, "web.service: Start request repeated too quickly.") + at(55, RESULT.format("exit-code"))
    (incident,) = incidents(log)
    (cause,) = incident.causes
    assert (cause.kind.id, cause.times, cause.first.stamp, cause.last.stamp) == (
        "exec-failed", 5, "Mar 02 10:00:00", "Mar 02 10:00:40",
    )  # fmt: skip
    assert dict(incident.symptoms) == {"restarted": 5, "the unit failed": 6, "started too often": 1}


def test_a_kill_then_restarts_then_the_start_limit() -> None:
    log = at(0, "web.service: A process of this unit has been killed by the OOM killer.")
    log += failure(0, "killed", "9/KILL", "oom-kill") + at(2, "web.service: Start request repeated too quickly.")
    log += at(2, RESULT.format("start-limit-hit"))
    (incident,) = incidents(log)
    assert [(cause.kind.id, cause.times) for cause in incident.causes] == [("oom-killed", 1)]


def test_two_reasons_on_one_day_are_two_causes() -> None:
    log = failure(0, "exited", "203/EXEC", "exit-code") + failure(7200, "exited", "1/FAILURE", "exit-code")
    (incident,) = incidents(log)
    assert [(cause.kind.id, cause.times) for cause in incident.causes] == [("exec-failed", 1), ("exit-status", 1)]


def test_a_start_limit_long_after_is_not_explained() -> None:
    log = failure(0, "exited", "203/EXEC", "exit-code") + at(9000, "web.service: Start request repeated too quickly.")
    (incident,) = incidents(log)
    assert [cause.kind.id for cause in incident.causes] == ["exec-failed", "start-limit"]


@pytest.mark.parametrize("kernel_first", [True, False])
def test_a_kernel_kill_without_a_control_group_goes_to_the_unit_of_the_same_moment(*, kernel_first: bool) -> None:
    kill = at(
        0, "Memory cgroup out of memory: Killed process 7 (worker) total-vm:9kB, anon-rss:99kB, file-rss:0kB", "kernel"
    )
    unit = failure(0, "killed", "9/KILL", "oom-kill")
    (incident,) = incidents(kill + unit if kernel_first else unit + kill)
    assert (incident.unit, incident.causes[0].kind.id) == ("web.service", "oom-memcg")
    assert incident.causes[0].confidence == "medium", "it rests on the time alone"


def test_with_two_units_in_that_moment_nobody_is_named() -> None:
    kill = at(
        0, "Memory cgroup out of memory: Killed process 7 (worker) total-vm:9kB, anon-rss:99kB, file-rss:0kB", "kernel"
    )
    one = failure(0, "killed", "9/KILL", "signal")
    found = incidents(kill + one + one.replace("web.service", "api.service"))
    assert {(incident.unit, incident.causes[0].kind.id) for incident in found} == {
        ("", "oom-memcg"), ("web.service", "killed-by-sigkill"), ("api.service", "killed-by-sigkill"),
    }  # fmt: skip


def test_the_process_names_the_unit() -> None:
    kill = at(
        0, "Out of memory: Killed process 7 (web) total-vm:9kB, anon-rss:99kB, file-rss:0kB, shmem-rss:0kB", "kernel"
    )
    found = incidents(kill + failure(0, "killed", "9/KILL", "signal"))
    assert [(one.unit, one.causes[0].kind.id, one.causes[0].caused_by) for one in found] == [
        ("web.service", "oom-machine", "machine")
    ]


def test_a_sigkill_without_a_reason_blames_nobody() -> None:
    (incident,) = incidents(failure(0, "killed", "9/KILL", "signal"))
    assert (incident.causes[0].caused_by, incident.causes[0].confidence) == ("unknown", "low")


def test_a_kill_hours_before_is_not_the_reason() -> None:
    kill = at(
        0, "Out of memory: Killed process 7 (web) total-vm:9kB, anon-rss:99kB, file-rss:0kB, shmem-rss:0kB", "kernel"
    )
    found = incidents(kill + failure(7200, "killed", "9/KILL", "signal"))
    assert {(one.unit, one.causes[0].kind.id) for one in found} == {
        ("", "oom-machine"),
        ("web.service", "killed-by-sigkill"),
    }


def test_the_machine_says_who_used_the_memory() -> None:
    group = "/user.slice/user-7.slice/user@7.service/app.slice/web.service"
    where = f"nodemask=(null),cpuset=/,mems_allowed=0,global_oom,task_memcg={group}"
    log = (
        at(0, "db invoked oom-killer: gfp_mask=0x140cca(GFP_HIGHUSER_MOVABLE), order=0, oom_score_adj=0", "kernel")
        + at(0, "[   1200]   999  1200  2100000  1700000 15000000        0             0 node red", "kernel")
        + at(0, "[    801]   110   801   400000   120000  1200000        0             0 web", "kernel")
        + at(0, f"oom-kill:constraint=CONSTRAINT_NONE,{where},task=web,pid=801,uid=110", "kernel")
        + at(0, "Out of memory: Killed process 801 (web) total-vm:9kB, anon-rss:99kB, file-rss:0kB", "kernel")
    )
    (incident,) = incidents(log)
    assert (incident.unit, incident.user) == ("web.service", True)
    assert "node red (pid 1200) 6.48G, web (pid 801) 468.75M" in incident.causes[0].advice[0]


def test_dropped_messages_are_summed_up_by_the_largest() -> None:
    (incident,) = incidents(at(0, "Suppressed 7 messages from web.service", "systemd-journald[9]")
                            + at(9, "Suppressed 12 messages from web.service", "systemd-journald[9]"))  # fmt: skip
    assert (incident.causes[0].times, incident.causes[0].fields["number"]) == (2, "12")


def test_success_and_notes_are_no_incidents() -> None:
    log = at(0, "Started web.service - Web.") + at(1, EXIT.format("exited", "0/SUCCESS"))
    assert not incidents(log + at(2, "web.service: Failed with result 'exec-condition'."))


def test_other_programs_cannot_make_incidents() -> None:
    log = at(0, RESULT.format("oom-kill"), "fluentd[7]") + at(1, "Out of memory: Killed process 7 (web) x", "app[8]")
    assert not incidents(log)


def test_since_and_until() -> None:
    log = failure(0, "exited", "203/EXEC", "exit-code") + failure(7200, "exited", "1/FAILURE", "exit-code")
    start = seconds_of("Mar 02 11:00:00")
    assert start is not None
    (incident,) = incidents(log, Window(since=start))
    assert [cause.kind.id for cause in incident.causes] == ["exit-status"]
    (incident,) = incidents(log, Window(until=start))
    assert [cause.kind.id for cause in incident.causes] == ["exec-failed"]


def test_very_many_units_are_counted_and_not_kept() -> None:
    log = "".join(
        failure(0, "exited", "1/FAILURE", "exit-code").replace("web", f"run-r{n}") for n in range(MOST_RECORDS + 50)
    )
    stream = io.BufferedReader(io.BytesIO(log.encode()))  # type: ignore[arg-type]
    found = diagnose_streams([("log", lambda: stream)])
    assert (len(found.incidents), found.more) == (MOST_RECORDS, 50)


@pytest.mark.parametrize(
    ("cgroup", "leaf", "limit", "user"),
    [
        ("/system.slice/web.service", "web.service", "web.service", False),
        ("/system.slice/web.service/worker/1", "web.service", "web.service", False),
        ("/a.slice/a-b.slice", "", "a-b.slice", False),
        ("/user.slice/user-7.slice/user@7.service/app.slice/web.service", "web.service", "web.service", True),
        ("/user.slice/user-7.slice/user@7.service/init.scope", "init.scope", "init.scope", True),
        ("/user.slice/user-7.slice/session-6.scope", "session-6.scope", "session-6.scope", False),
        ("/docker/0a1b", "", "", False),
        ("/", "", "", False),
        ("", "", "", False),
    ],
)
def test_units_of_control_groups(cgroup: str, leaf: str, limit: str, user: bool) -> None:
    assert (leaf_unit(cgroup), limiting_unit(cgroup), is_of_user(cgroup)) == (leaf, limit, user)


@pytest.mark.parametrize(
    ("stamp", "clock"),
    [
        ("Mar 02 10:00:00", "10:00:00"), ("Feb 29 10:00:00", "10:00:00"), ("[Mon Mar  2 10:00:00 2026]", "10:00:00"),
        ("2026-03-02T12:00:00+02:00", "10:00:00"), ("2026-03-02 10:00:00", "10:00:00"), ("Dec 31 23:59:60", "23:59:59"),
    ],
)  # fmt: skip
def test_times(stamp: str, clock: str) -> None:
    seconds = seconds_of(stamp)
    assert seconds is not None
    hours, minutes, rest = map(int, clock.split(":"))
    assert seconds % 86400 == hours * 3600 + minutes * 60 + rest


@pytest.mark.parametrize("stamp", ["", "yesterday", "Foo 02 10:00:00", "Mar 99 10:00:00", "2026-13-01 10:00:00", "[x]"])
def test_what_is_no_time(stamp: str) -> None:
    assert seconds_of(stamp) is None


def test_times_that_people_write() -> None:
    assert read_time("2026-03-02 10:00") == read_time("2026-03-02T10:00:00Z") == read_time("2026-03-02 11:00+01:00")
    assert read_time("2 hours ago") == pytest.approx(read_time("-120min"), abs=5)
    assert read_time("yesterday") + 86400 == read_time("today")


def test_sizes_and_sentences() -> None:
    assert [size(1 << 30), size(1040000 * 1024), size(512), size(1536 << 20)] == ["1G", "1015.62M", "512B", "1.5G"]
    assert [raised(1 << 30), raised(100 << 20), raised(3 << 30), raised(6 << 20)] == ["1.5G", "150M", "5G", "10M"]
    assert filled("{a} of {b} || only {a}", {"a": "1"}) == "only 1"
    assert filled("{b|kb}", {"b": "x"}) is None


def test_system_calls_by_number() -> None:
    assert call_of("c000003e", 141) == ("x86-64", "setpriority")
    assert call_of("c00000b7", 140) == ("aarch64", "setpriority")
    assert call_of("40000003", 97) == ("i386", "setpriority")
    assert call_of("c000003e", 9999) == ("x86-64", "")
    assert call_of("deadbeef", 1) == ("", "")


def test_commands_are_those_of_the_manager_that_tells() -> None:
    """A user's manager has another PID than 1, and its units are asked for with --user."""
    line = "Mar 02 10:00:00 host systemd[{pid}]: sync.service: Main process exited, code=exited, status=1/FAILURE\n"
    for pid, command in (("1", "`journalctl -u sync.service"), ("1784", "`journalctl --user -u sync.service")):
        (incident,) = read(line.format(pid=pid)).incidents
        assert incident.user == (pid != "1")
        assert any(command in text for text in incident.causes[0].advice)


def test_a_pasted_status_sums_up_the_log_below_it() -> None:
    status = (
        "● web.service - Web shop\n"
        "   Active: failed (Result: timeout) since Mon 2026-03-02 10:01:30 UTC; 6min ago\n"
        " Main PID: 1047 (code=exited, status={})\n\n"
    )
    log = at(90, "web.service: start operation timed out. Terminating.") + at(91, RESULT.format("timeout"))
    (incident,) = incidents(status.format("143") + log)
    assert [cause.kind.id for cause in incident.causes] == ["start-timeout"]
    assert dict(incident.symptoms)["the program ended with an error status"] == 1
    (incident,) = incidents(status.format("203/EXEC") + at(2, "web.service: Start request repeated too quickly."))
    assert [cause.kind.id for cause in incident.causes] == ["exec-failed"]


def test_a_status_of_a_unit_that_runs_tells_no_failure() -> None:
    status = (
        "● web.service - Web shop\n"
        "     Active: {}\n"
        "    Process: 700 ExecStartPre=-/bin/prepare (code=exited, status=1/FAILURE)\n"
        "   Main PID: 702 (code=killed, signal=TERM)\n"
    )
    assert not incidents(status.format("active (running) since Mon 2026-03-02 10:11:12 UTC; 3 days ago"))
    assert not incidents(status.format("inactive (dead) since Mon 2026-03-02 10:11:12 UTC; 3 days ago"))
    assert incidents(status.format("failed (Result: signal) since Mon 2026-03-02 10:11:12 UTC; 3 days ago"))

"""One event, worded as each release words it; the wordings stand here, not in the table under test."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from unitlint.diagnose.model import EventKind
from unitlint.diagnose.patterns import filled
from unitlint.diagnose.recognise import SENDER_OF, Recogniser
from unitlint.diagnose.table import load_events

KINDS = load_events()
RECOGNISER = Recogniser(KINDS)

OF_UNITS = [
    # (releases, what stands behind `web.service: `, the event)
    ("247 252 254 257", "A process of this unit has been killed by the OOM killer.", "oom-killed"),
    ("262", "The kernel OOM killer killed some processes in this unit.", "oom-killed"),
    ("247 252 254 257 262", "systemd-oomd killed 3 process(es) in this unit.", "oomd-killed"),
    ("252 254 257 262", "systemd-oomd killed some process(es) in this unit.", "oomd-killed"),
    ("239", "Main process exited, code=exited status=203", "exec-failed"),
    ("247", "Main process exited, code=exited, status=203/EXEC", "exec-failed"),
    ("252", "Main process exited, code=exited, status=1/FAILURE (failure)", "exit-status"),
    ("247", "Control process exited, code=killed, status=15/TERM", "killed-by-signal"),
    ("252", "Control process exited, code=dumped, status=31/SYS", "seccomp-killed"),
    ("252", "Mount process exited, code=exited, status=32/n/a", "exit-status"),
    ("247 252 254", "Failed to locate executable /opt/x: No such file or directory", "exec-failed"),
    ("257 262", "Unable to locate executable '/opt/x': No such file or directory", "exec-failed"),
    ("247 252", "Failed at step USER spawning /opt/x: No such process", "user-unknown"),
    ("247 252", "Failed at step NAMESPACE spawning /opt/x: No such file or directory", "namespace-failed"),
    ("247 252", "Failed at step STATE_DIRECTORY spawning /opt/x: File exists", "directory-failed"),
    ("247 252", "Failed at step RUNTIME_DIRECTORY spawning /opt/x: File exists", "directory-failed"),
    ("247 252", "Failed at step STDOUT spawning /opt/x: No such file or directory", "output-failed"),
    ("247 252", "Failed at step PERSONALITY spawning /opt/x: Invalid argument", "setup-failed"),
    ("247 252 254 257", "Failed to determine user credentials: No such process", "user-unknown"),
    ("262", "Failed to determine credentials for user 'web': No such process", "user-unknown"),
    ("247 252 254 257", "Failed to determine group credentials: No such process", "group-unknown"),
    ("262", "Failed to determine credentials for group 'web': No such process", "group-unknown"),
    ("all", "Failed to load environment files: No such file or directory", "environment-file-missing"),
    ("all", "Failed to set up credentials: No such file or directory", "credentials-failed"),
    ("239", "Failed to set up mount namespacing: No such file or directory", "namespace-failed"),
    ("252", "Failed to set up mount namespacing: /srv/x: No such file or directory", "namespace-failed"),
    ("all", "Changing to the requested working directory failed: Permission denied", "chdir-failed"),
    ("247 252 254", "Scheduled restart job, restart counter is at 7.", "restart-scheduled"),
    ("257 262", "Scheduled restart job immediately on client request, restart counter is at 7.", "restart-scheduled"),
    ("all", "Start request repeated too quickly.", "start-limit"),
    ("all", "Failed with result 'start-limit-hit'.", "start-limit"),
    ("all", "Failed with result 'oom-kill'.", "oom-killed"),
    ("all", "Failed with result 'watchdog'.", "watchdog-timeout"),
    ("all", "Failed with result 'protocol'.", "protocol"),
    ("all", "Failed with result 'exit-code'.", "unit-result"),
    ("all", "Watchdog timeout (limit 2min 30s)!", "watchdog-timeout"),
    *[
        ("all", f"start operation timed out. {action}.", "start-timeout")
        for action in ("Terminating", "Killing", "Aborting")
    ],
    *[
        ("all", f"State 'stop-sigterm' timed out. {action}.", "stop-timeout")
        for action in ("Killing", "Skipping SIGKILL")
    ],
    ("all", "State 'final-sigterm' timed out. Skipping SIGKILL. Entering failed mode.", "stop-timeout"),
    ("all", "Stopping timed out (2). Skipping SIGKILL. Ignoring.", "stop-timeout"),
    ("all", "Service reached runtime time limit. Stopping.", "runtime-limit"),
    ("247 252 254", "Can't open PID file /run/x.pid (yet?) after start: No such file or directory", "pid-file"),
    ("257 262", "Can't open PID file '/run/x.pid' (yet?) after start: No such file or directory", "pid-file"),
    ("239", "PID file /run/x.pid not readable (yet?) after start: No such file or directory", "pid-file"),
    ("all", "Daemon never wrote its PID file. Failing.", "pid-file"),
    ("all", "Got notification message from PID 4, but reception only permitted for main PID 5", "notify-refused"),
    (
        "all",
        "Got notification message from PID 4, but reception only permitted for main PID which is currently not known",
        "notify-refused",
    ),
    ("all", "Failed to create listening socket ([::]:80): Address already in use", "listen-failed"),
    ("all", "Trigger limit hit, refusing further activation.", "trigger-limit"),
    ("all", "Service has no ExecStart=, ExecStop=, or SuccessAction=. Refusing.", "unit-refused"),
    ("all", "Service has an empty argv in ExecStart=. Refusing.", "unit-refused"),
    ("all", "Job web.service/start failed with result 'dependency'.", "dependency-failed"),
    ("252", "Found ordering cycle on b.service/start", "ordering-cycle"),
    ("all", "Job b.service/start deleted to break ordering cycle starting with web.service/start", "ordering-cycle"),
]

PRESSURE = "memory pressure for /a.slice being 60.10% > 50.00% for > 20s with reclaim activity"
SWAP = "memory used (1) / total (2) and swap used (3) / total (4) being more than 90.00%"
FILE = "/etc/systemd/system/x.service:3"
INVOKED = "java invoked oom-killer: gfp_mask="
RSS = "total-vm:11kB, anon-rss:71kB, file-rss:12kB"
SUMMARY = "nodemask=(null),cpuset=x,mems_allowed=0,global_oom,task_memcg=/x,task=a,pid=9,uid=0"
OLD_SUMMARY = "nodemask=(null),oom_memcg=/x,task_memcg=/x/y,task=a,pid=9,uid=0"

WHOLE = {
    # sender: (message, event), no event where it is none
    "systemd-oomd": [
        (f"Killed /a.slice/x.service due to {PRESSURE}", "oomd-kill"),
        (f"Marked /a.slice/x.service for killing due to {PRESSURE}", "oomd-kill"),
        (f"Killed /a.slice/x.service due to {SWAP}", "oomd-kill"),
        ("Considered 19 cgroups for killing, top candidates were:", ""),
    ],
    "systemd": [
        (f"{FILE}: Unknown key name 'Foo' in section 'Service', ignoring.", "line-ignored"),
        (f"{FILE}: Unknown key 'Foo' in section [Service], ignoring.", "line-ignored"),
        (f"{FILE}: Unknown lvalue 'Foo' in section 'Service'", "line-ignored"),
        (f"{FILE}: Failed to parse service type, ignoring: simpel", "line-ignored"),
        (f"{FILE}: Special user nobody configured, this is not safe!", ""),
        ("Dependency failed for app.service - App.", "dependency-failed"),
        ("x.service - X was skipped because of an unmet condition check (ConditionPathExists=/x).", "condition-unmet"),
        ("Condition check resulted in X being skipped.", "condition-unmet"),
        ("Started Session 4 of User root.", ""),
        ("Reached target Multi-User System.", ""),
    ],
    "systemd-journald": [
        ("Suppressed 12 messages from x.service", "messages-suppressed"),
        ("Suppressed 12 messages from /system.slice/x.service", "messages-suppressed"),
    ],
    "systemd-coredump": [
        ("Process 7 (web) of user 0 dumped core.", "core-dump"),
        ("Process 7 (web) of user 0 terminated abnormally with signal 11/SEGV, processing...", "core-dump"),
    ],
    "kernel": [
        (f"{INVOKED}0x14200ca(GFP_HIGHUSER_MOVABLE), nodemask=0, order=0, oom_score_adj=0", "oom-kernel"),
        (f"{INVOKED}0xd0, order=0, oom_adj=0, oom_score_adj=0", "oom-kernel"),
        ("Memory cgroup out of memory: Kill process 215701 (java) score 854 or sacrifice child", "oom-memcg"),
        (f"Memory cgroup out of memory: Killed process 9 (a b), UID 4, {RSS}, shmem-rss:0kB", "oom-memcg"),
        (f"Killed process 215701, UID 679, (java) {RSS}", "oom-kernel"),
        (f"Killed process 21 (java), UID 679, {RSS}, shmem-rss:0kB", "oom-kernel"),
        ("Task in /docker/55 killed as a result of limit of /docker/55", "oom-memcg"),
        ("Memory cgroup stats for /a.slice/x.service: cache:0KB rss:0KB rss_huge:0KB", "oom-memcg"),
        ("memory: usage 204800kB, limit 204800kB, failcnt 4563", "oom-memcg"),
        ("swap: usage 0kB, limit 9007199254740988kB, failcnt 0", ""),
        (
            f"Out of memory: Killed process 9 (a b) {RSS}, shmem-rss:0kB, UID:0 pgtables:4kB oom_score_adj:-900",
            "oom-machine",
        ),
        (f"oom-kill:constraint=CONSTRAINT_CPUSET,{SUMMARY}", "oom-machine"),
        (f"oom-kill:constraint=CONSTRAINT_MEMCG,{OLD_SUMMARY}", "oom-memcg"),
        ("oom_reaper: reaped process 9 (a), now anon-rss:0kB, file-rss:0kB, shmem-rss:0kB", ""),
        ("cgroup: fork rejected by pids controller in /user.slice/user-1000.slice/session-6.scope", "tasks-max"),
        ("web[812]: segfault at 0 ip 00007f sp 00007f error 4 in libc.so.6[7f+1]", "segfault"),
        ("IPv6: ADDRCONF(NETDEV_CHANGE): veth1: link becomes ready", ""),
    ],
    "nginx": [
        (f"Out of memory: Killed process 9 (a) {RSS}, shmem-rss:0kB", ""),
        ("web.service: Failed with result 'oom-kill'.", ""),
    ],
}
OTHERS = [(sender, *row) for sender, rows in WHOLE.items() for row in rows]


@pytest.mark.parametrize(("_releases", "message", "event"), OF_UNITS, ids=[row[1][:60] for row in OF_UNITS])
@pytest.mark.parametrize("unit", ["web.service", "a-b\\x2dc@instance:1.service", "dev-sda1.swap"])
def test_messages_of_units(_releases: str, message: str, event: str, unit: str) -> None:
    found = RECOGNISER.by_wording(f"{unit}: {message}", "systemd")
    assert found is not None
    assert (found[0].id, found[2]) == (event, unit)


UP_TO_229 = [
    # Most messages had no colon behind the name of the unit and began with a small letter.
    ("web.service: main process exited, code=exited, status=1/FAILURE", "exit-status"),
    ("web.service: main process exited, code=killed, status=9/KILL", "killed-by-sigkill"),
    ("web.service: control process exited, code=exited status=203", "exec-failed"),
    ("Unit web.service entered failed state.", "unit-result"),
    ("web.service failed.", "unit-result"),
    ("web.service holdoff time over, scheduling restart.", "restart-scheduled"),
    ("start request repeated too quickly for web.service", "start-limit"),
    ("web.service start request repeated too quickly, refusing to start.", "start-limit"),
    ("web.service start operation timed out. Terminating.", "start-timeout"),
    ("web.service stopping timed out. Killing.", "stop-timeout"),
    ("web.service still around after SIGKILL. Ignoring.", "unkillable"),
    ("web.service watchdog timeout (limit 3min)!", "watchdog-timeout"),
    ("web.service failed to run 'start' task: Cannot allocate memory", "spawn-failed"),
    ("web.service lacks both ExecStart= and ExecStop= setting. Refusing.", "unit-refused"),
    ("web.service has more than one ExecStart setting, which is only allowed for Type=oneshot services. Refusing.",
     "unit-refused"),
    ("[/etc/systemd/system/web.service:6] Unknown lvalue 'Foo' in section 'Service'", "line-ignored"),
    ("[/etc/systemd/system/web.service:6] Executable path is not absolute, ignoring: run.sh", "line-ignored"),
]  # fmt: skip


@pytest.mark.parametrize(("message", "event"), UP_TO_229, ids=[row[0][:60] for row in UP_TO_229])
def test_the_words_of_releases_up_to_229(message: str, event: str) -> None:
    assert RECOGNISER.is_wanted("systemd", message)
    found = RECOGNISER.by_wording(message, "systemd")
    assert found is not None
    assert (found[0].id, found[2]) == (event, "web.service")


@pytest.mark.parametrize(("sender", "message", "event"), OTHERS, ids=[row[1][:60] for row in OTHERS])
def test_other_messages(sender: str, message: str, event: str) -> None:
    found = RECOGNISER.by_wording(message, sender)
    assert (found[0].id if found else "") == event
    assert not event or RECOGNISER.is_wanted(sender, message), "the quick look has to let it through"


@pytest.mark.parametrize("sender", ["systemd", "init", "(web)", "systemd-executor", "init.scope", "web.service", ""])
def test_senders_of_the_manager(sender: str) -> None:
    """PID 1, its children before they execute the program, and what with-unit has in their place."""
    assert RECOGNISER.by_wording("web.service: Failed with result 'exit-code'.", sender) is not None


TEMPLATES = [(kind, template) for kind in KINDS for template, _, _ in kind.patterns]


@pytest.mark.parametrize(("kind", "template"), TEMPLATES, ids=[f"{kind.id}: {text[:50]}" for kind, text in TEMPLATES])
def test_every_template_is_found_again(kind: EventKind, template: str) -> None:
    """What a template writes is told as its event, or as one that refines it."""
    message, sender = filled(template), identifier_of(kind)
    assert RECOGNISER.is_wanted(sender, message)
    found = RECOGNISER.by_wording(message, sender)
    assert found is not None
    ids = {kind.id, *(other.id for other in KINDS if kind.id in other.refines)}
    assert found[0].id in ids or (found[0].category == kind.category and found[0].group == kind.group)


def identifier_of(kind: EventKind) -> str:
    """The syslog identifier of one that writes such messages."""
    wanted = kind.senders[0]
    return next((identifier for identifier, known in SENDER_OF.items() if identifier and known == wanted), "systemd")


def test_a_recording_has_no_wording_that_is_not_known(shared: Path) -> None:
    """Every wording of ../shared/logs/FORMATS.md but those that say nothing of a unit's failure."""
    unknown = []
    for line in (shared / "logs" / "FORMATS.md").read_text(encoding="utf-8").splitlines():
        found = re.match(r"- [\d ]+: `(?:MESSAGE=)?(%s: )?(.*)`$", line)
        if found is None or ("MESSAGE=" in line and not found[2]):
            continue
        text = _written(found[2])
        tries = (f"web.service: {text}", text, f"/etc/systemd/system/web.service:3: {text}")
        if not any(RECOGNISER.by_wording(message, "systemd") for message in tries):
            unknown.append(text)
    assert all("ordering cycle" in text or "sd-device" in text for text in unknown), unknown


def _written(text: str) -> str:
    """A printf format with something in its places."""
    text = re.sub(r"^%s operation", "start operation", text)
    for old, new in (
        ("%s exited, code=%s, status=%i/%s%s", "Main process exited, code=exited, status=1/FAILURE"),
        ("%s exited, code=%s, status=%i/%s", "Main process exited, code=exited, status=1/FAILURE"),
        ("step %s", "step EXEC"), ("result '%s'", "result 'timeout'"), ("Job %s/%s", "Job a.service/start"),
        ("with %s/%s", "with b.target/start"), ("namespacing%s%s", "namespacing: /srv/x"), ("job%s,", "job,"),
        ("'%s'%s%s%s", "'Foo' in section [Service]"), ("(%s=%s%s)", "(ConditionPathExists=/x)"), ("SIG%s", "SIGABRT"),
        ("%m", "No such file or directory"), ("%i", "42"), ("%lu", "3"), ("%u", "7"),
    ):  # fmt: skip
        text = text.replace(old, new)
    text = text.replace("%s was skipped", "web.service was skipped")
    return text.replace("%s", "thing")

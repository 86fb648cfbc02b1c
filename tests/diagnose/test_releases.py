"""One incident, worded as each release of systemd words it, gets one and the same answer.

The wordings are those that ../shared/logs/FORMATS.md has of each release, and those of which the event table says in
which releases they are written.
"""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest

from tests.diagnose.test_formats import read
from tests.diagnose.test_wordings import identifier_of
from unitlint.diagnose.model import EventKind
from unitlint.diagnose.patterns import fields_of, filled
from unitlint.diagnose.table import load_events

RELEASES = (247, 252, 254, 257, 262)


def exited(message: str) -> dict[str, str]:
    """How a process's end is worded."""
    return {
        "MESSAGE=%s: %s exited, code=%s, status=%i/%s": f"web.service: {message}",
        "MESSAGE=%s: %s exited, code=%s, status=%i/%s%s": f"web.service: {message}",
    }


RESTARTED = {
    "MESSAGE=%s: Scheduled restart job, restart counter is at %u.": (
        "web.service: Scheduled restart job, restart counter is at 5."
    ),
    "MESSAGE=%s: Scheduled restart job%s, restart counter is at %u.": (
        "web.service: Scheduled restart job, restart counter is at 5."
    ),
}
NO_PROGRAM = "/opt/web/run: No such file or directory"


def at_step(step: str) -> dict[str, str]:
    """How it is worded that the program could not be executed."""
    return {
        "MESSAGE=%s: Failed at step %s spawning %s: %m": f"web.service: Failed at step {step} spawning {NO_PROGRAM}"
    }


def result(name: str) -> dict[str, str]:
    """How a unit's result is worded."""
    return {"MESSAGE=%s: Failed with result '%s'.": f"web.service: Failed with result '{name}'."}


INCIDENTS = {
    "killed by the OOM killer": [
        {
            "MESSAGE=%s: A process of this unit has been killed by the OOM killer.": (
                "web.service: A process of this unit has been killed by the OOM killer."
            ),
            "MESSAGE=%s: The kernel OOM killer killed some processes in this unit.": (
                "web.service: The kernel OOM killer killed some processes in this unit."
            ),
        },
        exited("Main process exited, code=killed, status=9/KILL"),
        result("oom-kill"),
        RESTARTED,
    ],
    "killed by systemd-oomd": [
        {
            "MESSAGE=%s: systemd-oomd killed %lu process(es) in this unit.": (
                "web.service: systemd-oomd killed 3 process(es) in this unit."
            )
        },
        exited("Main process exited, code=killed, status=9/KILL"),
        result("oom-kill"),
    ],
    "no program, until the start limit": [
        {
            "MESSAGE=%s: Failed to locate executable %s: %m": f"web.service: Failed to locate executable {NO_PROGRAM}",
            "MESSAGE=%s: Unable to locate executable '%s': %m": (
                "web.service: Unable to locate executable '/opt/web/run': No such file or directory"
            ),
        },
        at_step("EXEC"),
        exited("Main process exited, code=exited, status=203/EXEC"),
        result("exit-code"),
        RESTARTED,
        {"Start request repeated too quickly.": "web.service: Start request repeated too quickly."},
    ],
    "a folder that the sandbox needs": [
        {
            "Failed to set up mount namespacing%s%s: %m": (
                "web.service: Failed to set up mount namespacing: /srv/web: No such file or directory"
            )
        },
        at_step("NAMESPACE"),
        exited("Main process exited, code=exited, status=226/NAMESPACE"),
        result("exit-code"),
    ],
    "silence": [
        {"Watchdog timeout (limit %s)!": "web.service: Watchdog timeout (limit 30s)!"},
        exited("Main process exited, code=dumped, status=6/ABRT"),
        result("watchdog"),
        RESTARTED,
    ],
    "a PID file that does not come": [
        {
            "PID file, without quotes": (
                "web.service: Can't open PID file /run/web.pid (yet?) after start: No such file or directory"
            ),
            "PID file, in quotes": (
                "web.service: Can't open PID file '/run/web.pid' (yet?) after start: No such file or directory"
            ),
        },
        {"%s operation timed out. Terminating.": "web.service: start operation timed out. Terminating."},
        result("timeout"),
    ],
    "a stop that takes too long": [
        {"State 'stop-sigterm' timed out. Killing.": "web.service: State 'stop-sigterm' timed out. Killing."},
        {"Killing process %i (%s) with signal SIG%s.": "web.service: Killing process 9 (web) with signal SIGKILL."},
        exited("Main process exited, code=killed, status=9/KILL"),
        result("timeout"),
    ],
    "a notification of a child": [
        {
            "Got notification message from PID %i, but reception only permitted for main PID %i": (
                "web.service: Got notification message from PID 12, but reception only permitted for main PID 11"
            )
        },
        {"%s operation timed out. Terminating.": "web.service: start operation timed out. Terminating."},
        result("timeout"),
    ],
    "an environment file that is missing": [
        {
            "Failed to load environment files: %m": (
                "web.service: Failed to load environment files: No such file or directory"
            )
        },
        {
            "task, run": "web.service: Failed to run 'start' task: No such file or directory",
            "task, spawned": "web.service: Failed to spawn 'start' task: No such file or directory",
        },
        result("resources"),
    ],
    "no user": [
        {
            "user, unnamed": "web.service: Failed to determine user credentials: No such process",
            "user, named": "web.service: Failed to determine credentials for user 'web': No such process",
        },
        at_step("USER"),
        exited("Main process exited, code=exited, status=217/USER"),
        result("exit-code"),
    ],
    "a line with a misspelt name": [
        {
            "Unknown key name '%s' in section '%s', ignoring.": (
                "/etc/systemd/system/web.service:3: Unknown key name 'Memory' in section 'Service', ignoring."
            ),
            "Unknown key '%s'%s%s%s, ignoring.": (
                "/etc/systemd/system/web.service:3: Unknown key 'Memory' in section [Service], ignoring."
            ),
        }
    ],
}


BESIDES = {
    "PID file, without quotes": {247, 252, 254},
    "PID file, in quotes": {257, 262},
    "task, run": {247, 252, 254},
    "task, spawned": {257, 262},
    "user, unnamed": {247, 252, 254, 257},
    "user, named": {262},
}
"""Ways of wording that FORMATS.md does not list for each release (systemd: src/core/service.c, exec-invoke.c)."""


def answer(log: str) -> list[tuple[object, ...]]:
    """Everything that a log is answered with."""
    return [
        (incident.unit, incident.symptoms, cause.kind.id, cause.times, cause.caused_by, cause.confidence, cause.says,
         cause.advice, [shown.directive for shown in cause.look_at])
        for incident in read(log).incidents for cause in incident.causes
    ]  # fmt: skip


@pytest.fixture(scope="module")
def wordings(shared: Path) -> dict[str, set[int]]:
    """The releases in which each message is written."""
    found = dict(BESIDES)
    for line in (shared / "logs" / "FORMATS.md").read_text(encoding="utf-8").splitlines():
        listed = re.match(r"- ([\d ]+): `(.*)`$", line)
        if listed:
            found[listed[2]] = set(map(int, listed[1].split()))
    return found


@pytest.mark.parametrize("name", INCIDENTS)
def test_each_release_s_words_get_the_same_answer(name: str, wordings: dict[str, set[int]]) -> None:
    answers = {}
    for release in RELEASES:
        log = ""
        for ways in INCIDENTS[name]:
            (message,) = [text for way, text in ways.items() if release in wordings[way]]
            log += f"Mar 02 10:00:00 host systemd[1]: {message}\n"
        answers[release] = answer(log)
        assert len(answers[release]) == 1
    assert [release for release in RELEASES if answers[release] != answers[247]] == []


def reworded() -> list[tuple[EventKind, list[str]]]:
    """The messages with the same fields that stand for each other in different releases."""
    found = []
    for kind in load_events():
        groups: dict[frozenset[str], list[str]] = defaultdict(list)
        for template, releases, _ in kind.patterns:
            if releases:
                groups[fields_of(template)].append(template)
        found += [(kind, templates) for templates in groups.values() if len(templates) > 1]
    return found


REWORDED = reworded()


@pytest.mark.parametrize(("kind", "templates"), REWORDED, ids=[f"{kind.id}: {one[0][:50]}" for kind, one in REWORDED])
def test_what_the_table_words_anew_gets_the_same_answer(kind: EventKind, templates: list[str]) -> None:
    sender = identifier_of(kind)
    values = {"cgroup": "/system.slice/web.service", "pressed": "/system.slice/web.service", "task": "fork"}
    if "line" in fields_of(templates[0]):
        values["path"] = "/etc/systemd/system/web.service"
    first, *others = [answer(f"Mar 02 10:00:00 host {sender}[1]: {filled(one, values)}\n") for one in templates]
    assert all(other == first for other in others)
    assert first or kind.role != "cause"

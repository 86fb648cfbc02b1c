"""Whole units on which systemd and unitlint once disagreed, in words of our own."""

from __future__ import annotations

import pytest

import unitlint

CASES = {
    "a command whose quote is never closed counts for nothing": (
        "web.service",
        '[Service]\nExecStart=-/usr/bin/web "--greeting=hello\nType=simple\n',
        262,
        {(2, "UL103", "ignored"), (2, "UL201", "refused")},
    ),
    "a slice lies where its name says": (
        "web-shop.slice",
        "[Slice]\nSlice=web.slice\n",
        257,
        {(2, "UL103", "ignored")},
    ),
    "names that are none are not counted where one unit may be isolated": (
        "web.service",
        "[Unit]\nOnFailure=rescue nobody\nOnFailureJobMode=isolate\n[Service]\nExecStart=/usr/bin/web\n",
        257,
        {(2, "UL103", "ignored")},
    ),
    "a unit is its own under every name": (
        "web.service",
        "[Unit]\nAfter=%N.service\n[Service]\nExecStart=/usr/bin/web\n",
        257,
        {(2, "UL704", "ignored")},
    ),
    "an instance is its own under %n": (
        "web@.service",
        "[Unit]\nAfter=%n\n[Service]\nExecStart=/usr/bin/web\n",
        257,
        {(2, "UL704", "ignored")},
    ),
    "the root file system needs no What=": ("-.mount", "[Mount]\nOptions=noatime\n", 257, set()),
    "a second bracket in a header refuses the unit": (
        "web.service",
        "[Service]\nExecStart=/usr/bin/web\n[Unit] [Install]\n",
        262,
        {(3, "UL003", "refused")},
    ),
    "an older release takes that for the name of a section": (
        "web.service",
        "[Service]\nExecStart=/usr/bin/web\n[Unit] [Install]\n",
        257,
        {(3, "UL005", "ignored")},
    ),
    "an octal priority is a priority": (
        "web.service",
        "[Service]\nExecStart=/usr/bin/web\nCPUSchedulingPriority=07\n",
        247,
        {(3, "UL268", "ignored")},
    ),
    "loading ends before the listeners are looked at": (
        "web.socket",
        "[Socket]\nAccept=yes\nListenDatagram=/srv/../run/web.sock\n",
        257,
        set(),
    ),
    "a specifier that stands for nothing is an empty value": (
        "srv.mount",
        "[Mount]\nWhere=/srv\nWhat=%i\n",
        257,
        {(3, "UL242", "refused")},
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_unit(case: str) -> None:
    name, text, release, expected = CASES[case]
    found = unitlint.check_text(text, name, profile="conform", systemd_version=release)
    assert {(one.line, one.code, one.effect) for one in found if one.effect} == expected

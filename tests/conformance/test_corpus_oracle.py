"""unitlint says of real units what systemd says of them, line by line, at every recorded release."""

from __future__ import annotations

from pathlib import Path

import pytest

import unitlint
from tools.agreement import corpus as recordings
from unitlint.files.source import Source

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
RELEASES = (247, 252, 254, 257, 262)
"""The releases that were asked about real units."""
REQUIRED = 0.999

KNOWN = {
    "loopy4.service:6": "systemd drops a dependency on itself with a message that names no line; it was not recorded",
}
"""Ends of the places at which the recordings are known to say less than systemd."""

SAMPLE = {
    "good.service": ("[Unit]\nDescription=Fine\n[Service]\nExecStart=/usr/bin/app\n", {}),
    "value.service": ("[Service]\nExecStart=/usr/bin/app\nPrivateTmp=maybe\n", {3: "ignored"}),
    "key.service": ("[Service]\nExecStart=/usr/bin/app\nFrobnicate=yes\n", {3: "ignored"}),
    "fatal.service": ("[Service]\nExecStart=/usr/bin/app\nDynamicUser=maybe\nPrivateTmp=maybe\n", {3: "refused"}),
    "header.service": ("[Service]\nExecStart=/usr/bin/app\n[Install\nWantedBy=a.target\n", {3: "refused"}),
    "nothing.service": ("[Unit]\nDescription=Nothing\n[Service]\nNice=5\n", {3: "refused"}),
    "twice.service": ("[Service]\nExecStart=/bin/a\nExecStart=/bin/b\n", {3: "refused"}),
    "bus.service": ("[Service]\nType=dbus\nExecStart=/bin/a\n", {2: "refused"}),
    "kill.service": ("[Service]\nExecStart=/bin/a\nKillMode=none\n", {3: "warned"}),
    "never.timer": ("[Timer]\nOnCalendar=daily\nOnBootSec=\n", {3: "refused"}),
    "srv-data.mount": ("[Mount]\nWhat=/dev/vdb\nWhere=/srv/other\n", {3: "refused"}),
}
"""Units of our own with the effect that systemd 262 has on each line; they stand in where the recordings are not."""


@pytest.mark.parametrize("name", SAMPLE)
def test_sample(name: str) -> None:
    text, effects = SAMPLE[name]
    found = unitlint.check_text(text, name, profile="conform", systemd_version=262)
    assert {one.line: one.effect for one in found if one.effect} == effects


@pytest.fixture(scope="module")
def sources() -> list[Source]:
    if not CORPUS.is_dir():
        pytest.skip("the recordings of systemd (../shared/corpus) are not here; the sample stands in")
    return list(recordings.sources_of(str(CORPUS)))


@pytest.mark.parametrize("release", RELEASES)
def test_corpus(release: int, sources: list[Source]) -> None:
    found = recordings.agreement(str(CORPUS), sources, release)
    spoken_of = found.lines + found.units
    missed = [row for row in found.missed if not row[1].endswith(tuple(KNOWN))]
    extra = [row for row in found.extra if not row[1].endswith(tuple(KNOWN))]
    assert 1 - len(missed) / spoken_of >= REQUIRED, missed
    assert 1 - len(extra) / spoken_of >= REQUIRED, extra

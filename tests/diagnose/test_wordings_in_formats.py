"""Every wording of the event table, as every format writes it: each format is answered with the same."""

from __future__ import annotations

import io
import json
from collections.abc import Callable

import pytest

from tests.diagnose.test_wordings import identifier_of
from unitlint.diagnose.model import EventKind
from unitlint.diagnose.patterns import filled
from unitlint.diagnose.reading import LogReader
from unitlint.diagnose.recognise import Recogniser
from unitlint.diagnose.sightings import expanded
from unitlint.diagnose.table import load_events

KINDS = load_events()
RECOGNISER = Recogniser(KINDS)
SECOND = 1772445600
VALUES = {"cgroup": "/system.slice/web.service", "pressed": "/system.slice/web.service", "path": "/srv/web.service"}


def record(sender: str, message: str) -> dict[str, str]:
    """A record of the journal; that of a service's own words has no transport of the kernel."""
    transport = sender if sender in ("kernel", "audit") else "journal"
    return {
        "__REALTIME_TIMESTAMP": f"{SECOND}000000", "_TRANSPORT": transport, "SYSLOG_IDENTIFIER": sender, "_PID": "1",
        "MESSAGE": message,
    }  # fmt: skip


FORMATS: dict[str, Callable[[str, str], str]] = {
    "short": lambda sender, message: f"Mar 02 10:00:00 host {sender}[1]: {message}",
    "short-iso": lambda sender, message: f"2026-03-02T10:00:00+0000 host {sender}[1]: {message}",
    "short-precise": lambda sender, message: f"Mar 02 10:00:00.000000 host {sender}[1]: {message}",
    "short-full": lambda sender, message: f"Mon 2026-03-02 10:00:00 UTC host {sender}[1]: {message}",
    "short-unix": lambda sender, message: f"{SECOND}.000000 host {sender}[1]: {message}",
    "json": lambda sender, message: json.dumps(record(sender, message)),
    "json, compact": lambda sender, message: json.dumps(record(sender, message), separators=(",", ":")),
    "export": lambda sender, message: "".join(f"{name}={value}\n" for name, value in record(sender, message).items()),
}


def events(log: str) -> list[tuple[str, dict[str, str], str]]:
    """Event, fields and unit of what a log tells."""
    data = log.encode()
    reading = LogReader(RECOGNISER)
    found = reading.events("log", lambda: io.BufferedReader(io.BytesIO(data)))  # type: ignore[arg-type]
    return [(event.kind.id, dict(event.fields), event.unit) for event in map(expanded, found)]


@pytest.mark.parametrize("name", [name for name in FORMATS if name != "short"])
@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.id)
def test_a_wording_tells_the_same_in_each_format(kind: EventKind, name: str) -> None:
    sender = identifier_of(kind)
    messages = [filled(template, VALUES) for template, _, _ in kind.patterns]
    first, other = ("".join(f"{FORMATS[form](sender, text)}\n" for text in messages) for form in ("short", name))
    told = events(first)
    assert events(other) == told
    assert len(told) == len(messages)

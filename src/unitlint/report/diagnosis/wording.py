"""The words that all formats of a diagnosis share."""

from __future__ import annotations

from unitlint.report.summary import counted

TYPE_CHECKING = False
if TYPE_CHECKING:
    from unitlint.diagnose.model import Cause, Diagnosis, Entry, Incident, Shown

MOST_DEPENDENTS = 12
"""Names of units that are listed."""
CAUSED_BY = {
    "unit": "caused by a setting of the unit",
    "program": "not caused by the unit file: the program itself failed",
    "machine": "not caused by this unit: the whole machine was short of memory or processes",
    "environment": "not caused by this unit: its environment (container, kernel, file system) refuses it",
    "other-unit": "not caused by this unit: by another one",
    "unknown": "cause unknown: the log does not show it",
}
"""Whose fault an incident is, in words."""


def heading(incident: Incident) -> str:
    """``web.service``, or what an incident without a unit is about."""
    if incident.unit:
        return incident.unit
    main = incident.causes[0]
    fields = main.fields
    subject = fields.get(main.kind.about) or fields.get("comm") or fields.get("path") or fields.get("subject") or ""
    return f"{subject} (no unit named)" if subject else "no unit named"


def times_of(cause: Cause) -> str:
    """``3 times, Mar 02 10:11:12 to Mar 02 10:15:00``."""
    first, last = when(cause.first), when(cause.last)
    if cause.times > 1 and first and last != first:
        return f"{cause.times} times, {first} to {last}"
    number = f"{cause.times} times" if cause.times > 1 else "once"
    return f"{number}, {first}" if first else number


def when(entry: Entry) -> str:
    """The time of an entry as its log has it."""
    return entry.stamp.strip("[] ") + (
        " s after boot" if entry.stamp.startswith("[") and ":" not in entry.stamp else ""
    )


def evidence(entry: Entry) -> str:
    """What the log says, on one line."""
    shown = (entry.fields or {}).get("shown", "")
    sender = f"{entry.sender}: " if entry.sender and not shown else ""
    return f"{sender}{shown or entry.message}".partition("\n")[0]


def place(entry: Entry) -> str:
    """Where an entry stands: ``journal.txt:12``."""
    return f"{'standard input' if entry.source == '-' else entry.source}:{entry.line}"


def followed(incident: Incident) -> str:
    """``then: the unit failed 3 times, restarted 3 times``; "" where nothing is known."""
    parts = [title if number == 1 else f"{title} ({number} times)" for title, number in incident.symptoms]
    return f"also seen: {', '.join(parts)}" if parts else ""


def not_started(incident: Incident) -> str:
    """``not started because of it: web.service (Requires= in web.service:3)``; "" where nothing depended on it."""
    parts = []
    for dependent in incident.dependents[:MOST_DEPENDENTS]:
        name = dependent.directive.partition(".")[2]
        parts.append(f"{dependent.unit} ({name}=, {dependent.path}:{dependent.line})" if name else dependent.unit)
    more = len(incident.dependents) - len(parts)
    if more > 0:
        parts.append(f"and {more} more")
    return f"not started because of it: {', '.join(parts)}" if parts else ""


def setting(shown: Shown, unit: str) -> str:
    """``MemoryMax= of web.service: not set; the default is infinity``."""
    section, _, directive = shown.directive.partition(".")
    of = f" of {shown.unit}" if shown.unit and shown.unit != unit else ""
    text = f"[{section}] {directive}={shown.value if shown.value is not None else ''}{of}"
    return f"{text} ({shown.note})" if shown.note else text


def summary(diagnosis: Diagnosis) -> str:
    """The closing line."""
    what = counted(diagnosis.entries, "line")
    logs = "" if len(diagnosis.sources) == 1 else f" of {counted(len(diagnosis.sources), 'log')}"
    outside = (
        f" {counted(diagnosis.outside, 'event')} outside of the given times left out." if diagnosis.outside else ""
    )
    if not diagnosis.incidents:
        return f"No incidents in {what}{logs}.{outside}"
    more = f" {diagnosis.more} more units are left out." if diagnosis.more else ""
    hint = "" if diagnosis.units_given else " With --units PATH or --root DIR the lines of the unit files are shown."
    return f"Found {counted(len(diagnosis.incidents), 'incident')} in {what}{logs}.{more}{outside}{hint}"

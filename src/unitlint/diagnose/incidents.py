"""Records to incidents: one a unit and boot, the main cause first, each cause with the answer that fits it."""

from __future__ import annotations

import re
from functools import cache

from unitlint.diagnose.cgroups import is_above
from unitlint.diagnose.correlate import DUMPED, correlate
from unitlint.diagnose.derived import with_derived
from unitlint.diagnose.model import SAME_MOMENT, Cause, Incident, near
from unitlint.diagnose.records import Record
from unitlint.diagnose.texts import filled, listed, shell_word

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from unitlint.diagnose.model import Answer, Event
    from unitlint.diagnose.records import Records
    from unitlint.diagnose.tally import Tally
    from unitlint.diagnose.unit_lines import UnitLines

MOST_CAUSES = 5
INFERRED = ("time", "command")
"""How an event was joined with its unit where the log does not say that it is of this one (diagnose/correlate.py)."""
SAME_SECOND = 0.9
OF_SLICES = ("oom-killed", "oomd-killed")
"""What the manager tells of a unit, and of the slices above it as well."""
OF_MANAGER = ("{unit}: {which=", "{unit}: Failed with result", "{unit}: Scheduled restart job")
"""What the manager itself says, and not the process that it starts."""


def incidents_of(records: Records, lines: UnitLines) -> list[Incident]:
    """The incidents in the order in which they began; ``lines`` knows the unit files that are at hand."""
    found = []
    left = correlate(records, lines)
    for record in records.of_units.values():
        record.settle()
        if record.causes:
            names = records.dependents.of(record.boot, record.unit)
            incident = _incident(record, record.unit, "", lines)
            found.append(incident._replace(dependents=tuple(lines.need(name, (record.unit, *names)) for name in names)))
    for record, subject in _without_unit(event for event in left if not _is_named(event, records)):
        record.settle()
        if record.causes:
            found.append(_incident(record, "", subject, lines))
    found = [one for one in found if not _is_above_another(one, found)]
    return sorted(found, key=lambda one: (one.causes[0].first.time or 0.0, one.causes[0].first.line))


def _is_above_another(incident: Incident, others: list[Incident]) -> bool:
    """Whether an incident only passes on what happened to a unit below this slice."""
    cause = incident.causes[0]
    return cause.kind.id in OF_SLICES and any(
        other.causes[0].kind.id == cause.kind.id
        and is_above(incident.unit, other.unit)
        and near(other.causes[0].last, cause.last, SAME_MOMENT)
        for other in others
    )


def _is_named(event: Event, records: Records) -> bool:
    """Whether what an event tells of a description is told of a unit in the same moment."""
    if not event.kind.follows:
        return False
    tallies = [record.tallies.get(event.kind.id) for record in records.of_units.values()]
    return any(tally is not None and near(tally.last, event.entry, SAME_SECOND) for tally in tallies)


def _without_unit(events: Iterable[Event]) -> list[tuple[Record, str]]:
    """What names no unit, together by what it is about: the process, or the kind of event."""
    records: dict[tuple[str, str], tuple[Record, str]] = {}
    events = list(events)
    dumps = {(event.entry.boot, _subject(event)) for event in events if event.kind.id == DUMPED}
    for event in events:
        fields = event.fields
        subject = _subject(event)
        about = event.kind.group or event.kind.id
        if DUMPED in event.kind.explained_by and (event.entry.boot, subject) in dumps:
            about = DUMPED
        key = (event.entry.boot, f"{about} {subject}")
        if event.kind.group and not fields.get("comm"):
            # Scraps of what the kernel wrote: they go with the next report that there is.
            near = [name for name in records if name[0] == key[0] and name[1].startswith(event.kind.group)]
            key = near[-1] if near else key
        if key not in records:
            records[key] = Record("", event.entry.boot, user=False), subject
        records[key][0].keep(event)
        records[key][0].add(event)
    return list(records.values())


def _subject(event: Event) -> str:
    fields = event.fields
    return fields.get(event.kind.about) or fields.get("comm") or fields.get("subject") or fields.get("path") or ""


def _incident(record: Record, unit: str, subject: str, lines: UnitLines) -> Incident:
    tallies = sorted((record.tallies[name] for name in record.causes), key=_main_first)
    for tally in tallies[MOST_CAUSES:]:
        record.symptoms[tally.kind.id] = record.causes[tally.kind.id]
    causes = tuple(_cause(tally, record, unit, lines) for tally in tallies[:MOST_CAUSES])
    symptoms = {record.tallies[name].kind.title: count for name, count in record.symptoms.items()}
    timeline = (*record.start, *record.end)
    return Incident(
        unit=unit,
        subject=subject or str(causes[0].kind.title),
        boot=record.boot,
        user=_is_of_user(record),
        causes=causes,
        symptoms=tuple(sorted(symptoms.items(), key=lambda item: -item[1])),
        timeline=timeline,
        left_out=record.events - len(timeline),
        left_out_after=len(record.start),
        events=record.events,
        unit_path=lines.path_of(unit),
    )


def _main_first(tally: Tally) -> tuple[bool, int]:
    return tally.kind.role != "cause", -tally.kind.rank


def _cause(tally: Tally, record: Record, unit: str, lines: UnitLines) -> Cause:
    values = with_derived({**_of_symptoms(tally, record), **tally.fields}, unit)
    values.update(unit=unit, count=str(record.causes[tally.kind.id]), restarts=record.restarts, said=record.said)
    values["stack"] = record.stack
    values["all"] = listed(tuple(tally.each)) if tally.each else ""
    values["failed"] = "yes" if len(record.tallies) > 1 else ""
    values["manager"] = "user" if _is_of_user(record) else ""
    values["other_result"] = "" if record.result.endswith("start-limit-hit") else record.result
    values.setdefault("subject", tally.fields.get("comm", ""))
    values["unit_type"] = unit.rpartition(".")[2] or "service"
    values = {name: value for name, value in values.items() if value}
    texts = lines.values(unit, tally.kind.answers, values)
    answer = next((one for one in tally.kind.answers if _fits(one, values, texts)), None)
    cause = Cause(tally.kind, record.causes[tally.kind.id], tally.first, tally.last, tally.evidence, values)
    if answer is None:
        return cause._replace(says=tally.kind.title)
    shown = lines.shown(unit, answer, values)
    return cause._replace(
        kind=tally.kind._replace(title=answer.title) if answer.title else tally.kind,
        caused_by=answer.caused_by,
        confidence=_less(answer.confidence) if tally.fields.get("joined") in INFERRED else answer.confidence,
        says=filled(answer.cause, texts) or tally.kind.title,
        advice=tuple(_asked_of(values, text) for one in answer.advice if (text := filled(one, texts))),
        look_at=shown,
        findings=lines.findings(unit, tally.kind, answer, shown),
    )


def _is_of_user(record: Record) -> bool:
    """Whether a user's manager tells of the unit, which has another PID than 1."""
    return record.user or any(
        event.entry.sender == "systemd" and event.entry.pid not in ("", "1") and event.wording.startswith(OF_MANAGER)
        for event in (*record.start, *record.end)
    )


def _asked_of(values: Mapping[str, str], advice: str) -> str:
    """An advice with the commands as they are for a unit of a user's manager."""
    if values.get("manager") != "user":
        return advice
    asked = f"-u {shell_word(values.get('unit', ''))}"
    return advice.replace("`systemctl ", "`systemctl --user ").replace(
        f"`journalctl {asked}", f"`journalctl --user {asked}"
    )


def _of_symptoms(tally: Tally, record: Record) -> dict[str, str]:
    """What symptoms of the cause say, such as the stack of its core dump."""
    fields: dict[str, str] = {}
    for name in record.symptoms:
        if tally.kind.id in record.tallies[name].kind.explained_by:
            fields.update(record.tallies[name].fields)
    return fields


def _fits(answer: Answer, values: Mapping[str, str], texts: Mapping[str, str]) -> bool:
    for name, pattern in answer.when.items():
        if name in ("set", "unset"):
            if texts.get(f"{pattern} is") != name:
                return False
        elif not _pattern(pattern).search(values.get(name, "")):
            return False
    return filled(answer.cause, texts) is not None


@cache
def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text)


def _less(confidence: str) -> str:
    return "low" if confidence == "low" else "medium"

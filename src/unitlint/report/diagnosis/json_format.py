"""The form for programs, version 1: other tools depend on its keys; json_schema.py describes them."""

from __future__ import annotations

from unitlint.base.json_text import json_of
from unitlint.base.plain_text import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from unitlint.base.finding import Finding
    from unitlint.diagnose.model import Cause, Diagnosis, Entry, Event, Incident, Shown

VERSION = 1


def render(diagnosis: Diagnosis) -> str:
    """``{"version": 1, "incidents": […], "sources": […], "entries": N, "errors": […], …}``."""
    whole = {
        "version": VERSION,
        "incidents": [incident_object(incident) for incident in diagnosis.incidents],
        "sources": list(diagnosis.sources),
        "entries": diagnosis.entries,
        "errors": list(diagnosis.errors),
        "units-left-out": diagnosis.more,
    }
    return f"{json_of(_plain(whole), indent=2)}\n"


def _plain(value: Any) -> Any:
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(key)): _plain(inner) for key, inner in value.items()}
    return [_plain(inner) for inner in value] if isinstance(value, list) else value


def incident_object(incident: Incident) -> dict[str, Any]:
    """An incident with its main cause; further ones stand in ``other-causes``."""
    return {
        "unit": incident.unit or None,
        "subject": incident.subject or None,
        "user": incident.user,
        "boot": incident.boot or None,
        "path": incident.unit_path or None,
        **_cause(incident.causes[0]),
        "other-causes": [_cause(cause) for cause in incident.causes[1:]],
        "symptoms": [{"title": title, "count": count} for title, count in incident.symptoms],
        "dependents": [_dependent(dependent) for dependent in incident.dependents],
        "timeline": [_event(event) for event in incident.timeline],
        "events": incident.events,
    }


def _cause(cause: Cause) -> dict[str, Any]:
    return {
        "event": cause.kind.id,
        "title": cause.kind.title,
        "caused-by": cause.caused_by,
        "confidence": cause.confidence,
        "message": cause.says,
        "count": cause.times,
        "first": _entry(cause.first),
        "last": _entry(cause.last),
        "evidence": _entry(cause.evidence),
        "fields": dict(cause.fields),
        "directives": [_directive(shown) for shown in cause.look_at],
        "advice": list(cause.advice),
        "findings": [_finding(finding) for finding in cause.findings],
    }


def _entry(entry: Entry) -> dict[str, Any]:
    shown = (entry.fields or {}).get("shown")
    return {
        "time": entry.time,
        "stamp": entry.stamp or None,
        "source": entry.source,
        "line": entry.line,
        "message": shown or entry.message,
    }


def _event(event: Event) -> dict[str, Any]:
    return {"event": event.kind.id, **_entry(event.entry)}


def _directive(shown: Shown) -> dict[str, Any]:
    section, _, directive = shown.directive.partition(".")
    return {
        "unit": shown.unit or None,
        "section": section,
        "directive": directive,
        "value": shown.value,
        "path": shown.path or None,
        "line": shown.line or None,
        "note": shown.note or None,
    }


def _dependent(shown: Shown) -> dict[str, Any]:
    return {
        "unit": shown.unit,
        "directive": shown.directive.partition(".")[2] or None,
        "path": shown.path or None,
        "line": shown.line or None,
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "name": finding.name,
        "message": finding.message,
        "path": finding.path,
        "line": finding.line,
        "column": finding.column,
        "fixable": finding.fixable,
    }

"""The JSON Schema of the form for programs: `unitlint diagnose --json-schema`."""

from __future__ import annotations

from unitlint.diagnose.model import CAUSED_BY, CONFIDENCES
from unitlint.report.diagnosis.json_format import VERSION
from unitlint.report.schema_parts import COUNT, DRAFT, FLAG, TEXT, closed_object, list_of, or_null

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


def json_schema() -> dict[str, Any]:
    """The schema as plain data (JSON Schema draft 2020-12)."""
    entry = {
        "time": {"type": ["number", "null"], "description": "seconds since 1970, or since boot"},
        "stamp": {**or_null(TEXT), "description": "the time as the log has it"},
        "source": TEXT,
        "line": COUNT,
        "message": TEXT,
    }
    directive = closed_object(
        {
            "unit": or_null(TEXT),
            "section": TEXT,
            "directive": TEXT,
            "value": {**or_null(TEXT), "description": "null where nothing sets it"},
            "path": or_null(TEXT),
            "line": or_null(COUNT),
            "note": or_null(TEXT),
        }
    )
    dependent = closed_object(
        {
            "unit": {**TEXT, "description": "was not started because of this incident"},
            "directive": {**or_null(TEXT), "description": "what makes it need the unit"},
            "path": or_null(TEXT),
            "line": or_null(COUNT),
        }
    )
    names = ("code", "name", "message", "path")
    finding = closed_object({**dict.fromkeys(names, TEXT), "line": COUNT, "column": COUNT, "fixable": FLAG})
    cause = {
        "event": {**TEXT, "description": "the id of the event that is the cause"},
        "title": TEXT,
        "caused-by": {"enum": list(CAUSED_BY)},
        "confidence": {"enum": list(CONFIDENCES)},
        "message": TEXT,
        "count": COUNT,
        "first": closed_object(entry),
        "last": closed_object(entry),
        "evidence": closed_object(entry, description="the message that says most"),
        "fields": {"type": "object", "additionalProperties": TEXT, "description": "what the log's messages say"},
        "directives": list_of(directive),
        "advice": list_of(TEXT),
        "findings": list_of(finding),
    }
    incident = {
        "unit": {**or_null(TEXT), "description": "null where the log names none"},
        "subject": or_null(TEXT),
        "user": {**FLAG, "description": "whether it is a unit of a user's manager"},
        "boot": or_null(TEXT),
        "path": {**or_null(TEXT), "description": "the unit file, where it was given"},
        **cause,
        "other-causes": list_of(closed_object(cause)),
        "symptoms": list_of(closed_object({"title": TEXT, "count": COUNT})),
        "dependents": list_of(dependent),
        "timeline": list_of(closed_object({"event": TEXT, **entry})),
        "events": COUNT,
    }
    whole = {
        "version": {"const": VERSION},
        "incidents": list_of(closed_object(incident)),
        "sources": list_of(TEXT),
        "entries": COUNT,
        "errors": list_of(TEXT),
        "units-left-out": COUNT,
    }
    return {"$schema": DRAFT, "title": "A diagnosis by unitlint", **closed_object(whole)}

"""The JSON Schema of the form for programs: `unitlint diagnose --json-schema`."""

from __future__ import annotations

from unitlint.diagnose.model import CAUSED_BY, CONFIDENCES
from unitlint.report.diagnosis.json_format import VERSION

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_TEXT = {"type": "string"}
_COUNT = {"type": "integer", "minimum": 0}
_FLAG = {"type": "boolean"}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    return {**schema, "type": [schema["type"], "null"]}


def _object(properties: dict[str, Any], **more: Any) -> dict[str, Any]:
    closed = {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}
    return {**closed, **more}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def json_schema() -> dict[str, Any]:
    """The schema as plain data (JSON Schema draft 2020-12)."""
    entry = {
        "time": {"type": ["number", "null"], "description": "seconds since 1970, or since boot"},
        "stamp": {**_or_null(_TEXT), "description": "the time as the log has it"},
        "source": _TEXT,
        "line": _COUNT,
        "message": _TEXT,
    }
    directive = _object(
        {
            "unit": _or_null(_TEXT),
            "section": _TEXT,
            "directive": _TEXT,
            "value": {**_or_null(_TEXT), "description": "null where nothing sets it"},
            "path": _or_null(_TEXT),
            "line": _or_null(_COUNT),
            "note": _or_null(_TEXT),
        }
    )
    names = ("code", "name", "message", "path")
    finding = _object({**dict.fromkeys(names, _TEXT), "line": _COUNT, "column": _COUNT, "fixable": _FLAG})
    cause = {
        "event": {**_TEXT, "description": "the id of the event that is the cause"},
        "title": _TEXT,
        "caused-by": {"enum": list(CAUSED_BY)},
        "confidence": {"enum": list(CONFIDENCES)},
        "message": _TEXT,
        "count": _COUNT,
        "first": _object(entry),
        "last": _object(entry),
        "evidence": _object(entry, description="the message that says most"),
        "fields": {"type": "object", "additionalProperties": _TEXT, "description": "what the log's messages say"},
        "directives": _list(directive),
        "advice": _list(_TEXT),
        "findings": _list(finding),
    }
    incident = {
        "unit": {**_or_null(_TEXT), "description": "null where the log names none"},
        "subject": _or_null(_TEXT),
        "user": {**_FLAG, "description": "whether it is a unit of a user's manager"},
        "boot": _or_null(_TEXT),
        "path": {**_or_null(_TEXT), "description": "the unit file, where it was given"},
        **cause,
        "other-causes": _list(_object(cause)),
        "symptoms": _list(_object({"title": _TEXT, "count": _COUNT})),
        "timeline": _list(_object({"event": _TEXT, **entry})),
        "events": _COUNT,
    }
    whole = {
        "version": {"const": VERSION},
        "incidents": _list(_object(incident)),
        "sources": _list(_TEXT),
        "entries": _COUNT,
        "errors": _list(_TEXT),
        "units-left-out": _COUNT,
    }
    schema = "https://json-schema.org/draft/2020-12/schema"
    return {"$schema": schema, "title": "A diagnosis by unitlint", **_object(whole)}

"""The JSON Schema of the form for programs: `unitlint check --json-schema`."""

from __future__ import annotations

from unitlint.base.finding import SEVERITIES
from unitlint.report.json_format import SAFE, UNSAFE, VERSION
from unitlint.report.schema_parts import COUNT, DRAFT, FLAG, TEXT, closed_object, list_of, or_null

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_NUMBER = {"type": "integer", "minimum": 1, "description": "counts from 1"}
_STRETCH = {
    "line": _NUMBER,
    "column": _NUMBER,
    "end_line": _NUMBER,
    "end_column": {**_NUMBER, "description": "exclusive"},
}


def json_schema() -> dict[str, Any]:
    """The schema as plain data; a finding alone, as in the format json-lines, is ``$defs/finding``."""
    edit = closed_object({**_STRETCH, "new": {**TEXT, "description": "the text that replaces it"}})
    fix = {
        "applicability": {"enum": [SAFE, UNSAFE], "description": "whether --fix makes it, or --unsafe-fixes only"},
        "message": TEXT,
        "edits": list_of(edit),
    }
    finding = {
        "code": TEXT,
        "name": TEXT,
        "severity": {"enum": list(SEVERITIES)},
        "confidence": {"enum": ["high", "medium", "low"]},
        "effect": {"enum": ["refused", "ignored", "warned", None], "description": "what systemd itself does"},
        "message": TEXT,
        "path": TEXT,
        **_STRETCH,
        "unit": or_null(TEXT),
        "section": or_null(TEXT),
        "directive": or_null(TEXT),
        "related": list_of(closed_object({"path": TEXT, "line": _NUMBER, "column": _NUMBER, "message": TEXT})),
        "fixable": {**FLAG, "description": "whether --fix fixes it"},
        "url": TEXT,
        "help": TEXT,
        "fix": or_null(closed_object(fix)),
        "why_unfixable": {**or_null(TEXT), "description": "where the help suggests something, but there is no fix"},
    }
    counts = ("files", "units", "findings", "errors", "warnings", "infos", "fixable", "skipped")
    whole = {
        "version": {"const": VERSION},
        "findings": list_of({"$ref": "#/$defs/finding"}),
        "summary": closed_object({**dict.fromkeys(counts, COUNT), "unreadable": list_of(TEXT)}),
    }
    definitions = {"finding": closed_object(finding)}
    return {"$schema": DRAFT, "title": "A report of unitlint", "$defs": definitions, **closed_object(whole)}

"""The JSON Schema of rule.yaml, for editors: `unitlint rule --json-schema`."""

from __future__ import annotations

from unitlint.rules.conditions import SAYING_WORDS
from unitlint.rules.custom import CODE, NAME
from unitlint.rules.facts import FACTS
from unitlint.rules.schema import CONDITION, CONDITIONS, FLAG, KEYS, TABLE, TEXT, TEXTS, TYPES, Key
from unitlint.rules.validate import FLAGS, LISTS, MANY, WORDS, known_directives
from unitlint.rules.walk import ANY_COMMAND, ANY_OF, OWN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_LIST = {"type": "array", "items": {"type": "string"}}
_SCALAR = {"type": ["string", "number", "boolean"]}
_REFERENCE = {
    "type": "object",
    "properties": {"option": {"type": "string"}, "value-of": {"enum": []}},
    "minProperties": 1,
    "maxProperties": 1,
    "additionalProperties": False,
}
_HOLDS: dict[str, dict[str, Any]] = {
    TEXT: {"type": "string"},
    TEXTS: _LIST,
    FLAG: {"type": "boolean"},
    TABLE: {"type": "object"},
    CONDITION: {"$ref": "#/$defs/condition"},
    CONDITIONS: {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1},
}


def json_schema() -> dict[str, Any]:
    """The schema of an own rule's file, as plain data (JSON Schema draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A rule of unitlint",
        "type": "object",
        "properties": {name: _key(name, key) for name, key in KEYS.items() if key.own},
        "required": [name for name, key in KEYS.items() if key.needed],
        "additionalProperties": False,
        "$defs": _definitions(),
    }


def _key(name: str, key: Key) -> dict[str, Any]:
    schema = {**_HOLDS[key.holds], "description": key.meaning}
    if key.choices:
        schema["enum"] = list(key.choices)
    if name == "applies-to":
        schema["items"] = {"enum": list(TYPES)}
    if name in ("code", "name"):
        schema["pattern"] = f"^{(CODE if name == 'code' else NAME).pattern}$"
    return schema


def _definitions() -> dict[str, Any]:
    conditions = {"type": "array", "items": {"$ref": "#/$defs/condition"}, "minItems": 1}
    asked = {"$ref": "#/$defs/words"}
    known = known_directives()
    directives = sorted({*known, *(f"{OWN}.{name.partition('.')[2]}" for name in known)})
    words = {word: _word(word, meaning) for word, meaning in WORDS.items()}
    reference = {**_REFERENCE, "properties": {**_REFERENCE["properties"], "value-of": {"enum": directives}}}  # type: ignore[dict-item]
    return {
        "condition": {
            "type": "object",
            "properties": {
                "all": conditions,
                "any": conditions,
                "not": {"$ref": "#/$defs/condition"},
                ANY_OF: {"$ref": "#/$defs/any-of"},
                **dict.fromkeys((ANY_COMMAND, *FACTS, *directives), asked),
            },
            "minProperties": 1,
            "maxProperties": 1,
            "additionalProperties": False,
        },
        "words": {"type": "object", "properties": words, "minProperties": 1, "additionalProperties": False},
        "any-of": {
            "type": "object",
            "properties": {"directives": {"type": "array", "items": {"enum": directives}, "minItems": 1}, **words},
            "required": ["directives"],
            "minProperties": 2,
            "additionalProperties": False,
        },
        "reference": reference,
    }


def _word(word: str, meaning: str) -> dict[str, Any]:
    if word in FLAGS:
        return {"type": "boolean", "description": meaning}
    if word in SAYING_WORDS:
        return {"type": "string", "description": meaning}
    if word == "matches":
        return {"type": "string", "format": "regex", "description": meaning}
    forms: list[dict[str, Any]] = [{"$ref": "#/$defs/reference"}]
    if word in LISTS:
        forms.append({"type": "array", "items": _SCALAR})
    if word not in LISTS or word in MANY:
        forms.append(_SCALAR)
    return {"anyOf": forms, "description": meaning}

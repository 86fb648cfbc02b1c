"""Predicates of the rules about directives and their values: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL101": "reports:unknown_directive",
    "UL102": "reports:wrong_section",
    "UL103": "reports:invalid_value",
    "UL104": "reports:out_of_range",
    "UL105": "reports:bad_specifier",
    "UL106": "reports:relative_path",
    "UL107": "reports:legacy_path",
    "UL108": "reports:deprecated_directive",
    "UL109": "reports:removed_directive",
    "UL110": "reports:too_new_directive",
    "UL111": "reports:deprecated_value",
    "UL112": "renamed:check",
}

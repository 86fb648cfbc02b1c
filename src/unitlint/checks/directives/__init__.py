"""Predicates of the rules about directives and their values: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL101": "unknown_directive:check",
}

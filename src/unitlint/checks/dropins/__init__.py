"""Predicates of the rules about drop-ins: code to ``module:function``."""

from __future__ import annotations

CHECKS = {
    "UL901": "exec_start_without_reset:check",
    "UL902": "overrides:no_effect",
    "UL903": "overrides:weakened",
    "UL904": "lists_added_to:check",
    "UL908": "install:check",
}
